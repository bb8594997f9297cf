import { beforeAll, describe, expect, test } from 'vitest'
import { allCards } from '../../cards/index.ts'
import { commands, runCommand } from '../../commands/index.ts'
import { type Holder, may, type Place, type Right, rights, seatRoles } from '../../src/rules/branches/rights.ts'
import { people } from '../harness/town.ts'
import { examples } from './examples/index.ts'
import { allRoles, another, expected, isExpectedToHave, own } from './roles.ts'
import { aStage, type Example, type Stage } from './stage.ts'

const { presses } = await allCards()

describe('the table of rights', () => {
  test('every row is as the grid states it', () => {
    const rows = Object.fromEntries(
      Object.entries(rights).map(([right, held]) => [right, allRoles.filter((role) => held.includes(role as never))]),
    )
    expect(rows).toEqual(expected)
  })

  test.each(Object.keys(expected) as Right[])('%s holds in its place and nowhere else', (right) => {
    const held = expected[right]
    const forAll = held.includes('anyone')
    const forKnown = forAll || held.includes('known')
    for (const role of seatRoles) {
      expect({ role, may: may(holding(role), right, own) }).toEqual({ role, may: forKnown || held.includes(role) })
      const elsewhere = forKnown || (role === 'admin' && held.includes('admin'))
      expect({ role, may: may(holding(role), right, another) }).toEqual({ role, may: elsewhere })
      expect({ role, may: may(holding(role), right, { ...own, unit: 'far' }) }).toEqual({ role, may: forAll })
    }
    const ofBranch: Holder = { unit: 'unit', branch: 'home', seats: [] }
    const mayAt = (place: Place) => may(ofBranch, right, place)
    expect([mayAt(own), mayAt(another)]).toEqual([forKnown || held.includes('member'), forKnown])
    expect(may(null, right, own)).toBe(forAll)
  })
})

/** Somebody of no branch with one seat, held for the place that is their own. */
function holding(role: (typeof seatRoles)[number]): Holder {
  const at = { branch: null, committee: null, group: null }
  const seat = { leader: { group: 'group' }, assessor: { committee: 'first' }, admin: {} }[role as string] ?? { branch: 'home' }
  return { unit: 'unit', branch: null, seats: [{ role, ...at, ...seat }] }
}

// T36: every action × every person of the town
describe('examples', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await aStage()
  })

  // T36: no action is without an example
  test('every command, press and right has one', () => {
    const declared = [...commands, ...presses, runCommand].flatMap(({ name, rights }) => rights.map((right) => `${name} ${right}`))
    expect(examples.map(({ action, asks }) => `${action} ${asks.at(-1)}`).sort()).toEqual([...declared].sort())
    expect([...new Set(examples.flatMap(({ asks }) => asks))].sort()).toEqual(Object.keys(rights).sort())
  })

  test.each(examples.map((one) => ({ ...one, name: `${one.action}: ${one.asks.join(' + ')}` })))('$name', async (one) => {
    await stage.undone(async () => {
      const given = (await one.given?.(stage)) ?? {}
      const before = await standOf(stage)
      const allowed: string[] = []
      for (const who of people)
        await stage.undone(async () => {
          const answer = await one.acts(stage, who, given)
          if (await hasEffect(stage, one.effect, before, answer)) allowed.push(who.name)
          else expect({ who: who.name, ...(await changedSince(stage, before)) }).toEqual({ who: who.name, facts: before.facts, views: [] })
        })
      const expectedOnes = people.filter((who) => one.asks.every((right) => isExpectedToHave(who.name, right, one.at)) && one.if(who))
      expect(allowed).toEqual(expectedOnes.map(({ name }) => name))
    })
  })

  test('a command behind a near miss asks its own right', async () => {
    const before = await stage.facts()
    for (const { openId, tenantKey } of people.filter(({ name }) =>
      ['member', 'stranger', 'sibling secretary', 'far admin'].includes(name),
    ))
      await stage.presses(
        openId,
        { press: 'command.run', command: 'meeting', rest: '支委会 周五 15:00', isGroup: true, offer: stage.newId() },
        { chat: 'oc_home', tenantKey },
      )
    expect(await stage.facts()).toEqual(before)
  })
})

type Stand = Awaited<ReturnType<typeof standOf>>

const standOf = async (stage: Stage) => ({
  deeds: (await stage.deeds()).length,
  sent: await stage.lastSent(),
  facts: await stage.facts(),
})

async function hasEffect(stage: Stage, effect: Example['effect'], before: Stand, answer: unknown): Promise<boolean> {
  if ('deed' in effect) return (await stage.deeds()).slice(before.deeds).includes(effect.deed)
  if ('view' in effect) return (await stage.viewsAfter(before.sent)).includes(effect.view)
  return JSON.stringify((answer as { card?: object }).card ?? '').includes(effect.card)
}

/** A refused person leaves nothing behind but the refusal. */
const changedSince = async (stage: Stage, before: Stand) => ({
  facts: await stage.facts(),
  views: (await stage.viewsAfter(before.sent)).filter((view) => view !== 'say'),
})
