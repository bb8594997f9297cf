import { describe, expect, test } from 'vitest'
import { closeBallots } from '../../src/jobs/close-ballots.ts'
import { type Stance, stances } from '../../src/rules/ballots/uses.ts'
import { anApp } from '../harness/app.ts'
import { atOnce } from '../harness/at-once.ts'
import { aVotingBranch } from '../harness/ballots/ballots.ts'
import { openId, seeded } from '../harness/branch.ts'

const RECEIPT = /[A-Z2-7]{4}-[A-Z2-7]{4}/

const chance = seeded(31)
const dice = (sides: number) => (chance(1)[0] ?? 0) % sides
const shuffled = <T>(all: readonly T[]) =>
  all
    .map((one) => ({ one, place: dice(256) }))
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one)
const anyStance = (): Stance => stances[dice(3)] ?? 'for'
const counted = (all: readonly Stance[]) => Object.fromEntries(stances.map((one) => [one, all.filter((stance) => stance === one).length]))

const names = Array.from({ length: 200 }, (_, nth) => `p${nth}`)

async function twoHundred(asked: { isSecret?: boolean } = {}) {
  const it = await aVotingBranch(names.map((name, nth) => ({ name, ...(nth === 0 ? { role: 'secretary' as const } : {}) })))
  const ballot = await it.opens(asked, names, names[0])
  const app = anApp(it.store)
  const press = async (name: string, stance: Stance, more: { eventId?: string } = {}) => {
    const { toast, status } = await app.presses(
      openId(name),
      { press: 'ballot.vote', ballot, stance },
      { messageId: `om_${name}`, ...more },
    )
    expect(status).toBe(200)
    return { name, stance, type: toast?.type, receipt: RECEIPT.exec(toast?.content ?? '')?.[0] ?? '', said: toast?.content ?? '' }
  }
  const result = async () => {
    expect(await it.minute('2026-10-09', '17:01')).toEqual([])
    return (await it.it(ballot)).result
  }
  return { ...it, ballot, app, press, result }
}

// T26: 200 voters × 50 presses
test('two hundred voters pressing fifty times cast one secret vote each', async () => {
  const { press, result, count, rows, ballot, shown } = await twoHundred()
  const presses = shuffled(names.flatMap((name) => Array.from({ length: 50 }, () => () => press(name, anyStance()))))
  const answers = await atOnce(50, presses)
  const recorded = answers.filter(({ type }) => type === 'success')
  expect(recorded.map(({ name }) => name).sort()).toEqual([...names].sort())
  expect(answers.filter(({ type }) => type !== 'success').filter(({ said }) => !said.startsWith('已经记录'))).toEqual([])
  expect([await count('turnout'), await count('marks')]).toEqual([200, 400])
  expect(await rows("select count(*) as n from audit where deed = 'ballot.vote'")).toMatchObject([{ n: 200 }])
  expect(await result()).toMatchObject({ outcome: 'counted', voted: 200 })
  const [row] = await rows(`select tally ->> '$.members.counts.1' as counts, receipts from ballot_results where ballot = '${ballot}'`)
  expect(JSON.parse(String(row?.counts))).toEqual(counted(recorded.map(({ stance }) => stance)))
  expect(JSON.parse(String(row?.receipts))).toEqual(recorded.map(({ receipt }) => receipt).sort())
  expect((await shown('ballotResult', { ballot })).text).toContain('全部回执（200）')
})

test('one press delivered fifty times at once is one vote', async () => {
  const { press, count } = await twoHundred()
  const answers = await Promise.all(Array.from({ length: 50 }, () => press('p7', 'for', { eventId: 'the same' })))
  expect(answers.filter(({ type }) => type === 'success')).toHaveLength(1)
  expect([await count('turnout'), await count('marks')]).toEqual([1, 2])
})

// T26: by name the last choice counts
test('by name two hundred change their minds: the last choice counts', async () => {
  const { press, result, rows, app, ballot } = await twoHundred({ isSecret: false })
  const minds = new Map(names.map((name) => [name, Array.from({ length: 5 }, anyStance)]))
  const changes = [...minds].map(([name, choices]) => async () => {
    for (const stance of choices) expect((await press(name, stance)).type).toBe('success')
    // A value that is no choice changes nothing.
    const { toast } = await app.presses(openId(name), { press: 'ballot.vote', ballot }, { form: {} })
    expect(toast?.type).toBe('warning')
  })
  await atOnce(50, changes)
  const last = [...minds.values()].map((choices) => choices.at(-1) ?? 'for')
  expect((await result())?.tally.members?.counts['1']).toEqual(
    Object.fromEntries(Object.entries(counted(last)).filter(([, many]) => many > 0)),
  )
  const said = await rows('select member, said from named_votes')
  const chosen = new Map(said.map((row) => [String(row.member), JSON.parse(String(row.said)).marks[0][1]]))
  expect(names.filter((name) => chosen.get(`m_${name}`) !== minds.get(name)?.at(-1))).toEqual([])
})

test('by name two presses at once leave one whole vote', async () => {
  const { press, result, count } = await twoHundred({ isSecret: false })
  await atOnce(
    50,
    names.flatMap((name) => [() => press(name, 'for'), () => press(name, 'against')]),
  )
  expect([await count('turnout'), await count('named_votes')]).toEqual([200, 200])
  const told = await result()
  expect(told).toMatchObject({ outcome: 'counted', voted: 200 })
  expect(Object.values(told?.tally.members?.counts['1'] ?? {}).reduce((all, one) => all + one, 0)).toBe(200)
})

describe('a vote counts in time and by right', () => {
  const later = (moment: Date, ms: number) => new Date(moment.getTime() + ms)

  // T27: one millisecond before the deadline, on it, and one after
  test.each([
    [-1, 'success'],
    [0, 'warning'],
    [1, 'warning'],
  ])('pressed %i ms after the deadline: %s', async (ms, type) => {
    const { press, app, closesAt, count } = await twoHundred()
    app.to(later(closesAt, ms))
    expect((await press('p7', 'for')).type).toBe(type)
    expect(await count('turnout')).toBe(type === 'success' ? 1 : 0)
  })

  test.each([
    ['the store took four seconds', 4_000, 'success', 1],
    ['it took six, and the clock had closed it', 6_000, 'warning', 0],
  ])('pressed a millisecond before the deadline while %s: %s', async (_what, tookMs, type, votes) => {
    const { press, app, closesAt, count, db } = await twoHundred()
    const { write } = db.gate
    let isVote = true
    const closing = () => closeBallots({ db, slot: closesAt, now: later(closesAt, tookMs), isLate: false })
    Object.assign(db.gate, {
      write: async (statements: Parameters<typeof write>[0]) => {
        if (isVote) {
          isVote = false
          await closing()
        }
        return write(statements)
      },
    })
    app.to(later(closesAt, -1))
    expect((await press('p7', 'for')).type).toBe(type)
    expect(await count('turnout')).toBe(votes)
  })

  test.each<[string, string, string | null]>([
    ['who left', "update members set left_on = '2026-10-08' where id = 'm_p7'", '还不在任何支部的名单上'],
    ['who was moved to another branch', "update members set branch = null where id = 'm_p7'", '没有这次投票的表决权'],
    ['who is no full member any more', "update members set stage = 'probationer' where id = 'm_p7'", '没有这次投票的表决权'],
    ['who is away', "update members set away_since = '2026-10-01' where id = 'm_p7'", null],
    ['who was given a seat', "insert into seats (id, member, role, branch, from_at) values ('s', 'm_p7', 'deputy', 'branch', 0)", null],
  ])('of somebody %s after the opening', async (_who, change, refused) => {
    const { press, store, count } = await twoHundred()
    await store.client.execute(change)
    const { type, said } = await press('p7', 'for')
    if (refused === null) expect(type).toBe('success')
    else expect(said).toContain(refused)
    expect(await count('turnout')).toBe(refused === null ? 1 : 0)
  })

  test('somebody who left while the vote was under way is not recorded', async () => {
    const { press, store, db, count } = await twoHundred()
    const { write } = db.gate
    Object.assign(db.gate, {
      write: async (statements: Parameters<typeof write>[0]) => {
        await store.client.execute("update members set left_on = '2026-10-08' where id = 'm_p7'")
        return write(statements)
      },
    })
    expect((await press('p7', 'for')).said).toContain('没有这次投票的表决权')
    expect([await count('turnout'), await count('marks')]).toEqual([0, 0])
  })

  // T27: people without a right
  test('strangers, other organisations and people off the list have no vote', async () => {
    const it = await aVotingBranch()
    const ballot = await it.opens({}, ['李华', '王芳', '孙丽'])
    const app = anApp(it.store)
    const value = { press: 'ballot.vote', ballot, stance: 'for' }
    for (const [who, more] of [
      ['ou_stranger', {}],
      [openId('王芳'), { tenantKey: 'tenant_elsewhere' }],
      [openId('张伟'), {}],
      [openId('郑凯'), {}],
    ] as const)
      expect((await app.presses(who, value, more)).toast?.type).toBe('warning')
    expect(await it.count('turnout')).toBe(0)
  })
})
