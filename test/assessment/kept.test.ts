import { expect, test } from 'vitest'
import { branchesOf } from '../../db/branches/units.ts'
import { lookUp } from '../../db/client.ts'
import { accountsIn } from '../../db/duties/account.ts'
import { generate } from '../../src/generate/unit.ts'
import { thawed } from '../../src/rules/assessment/adjustment.ts'
import { packed, unpacked } from '../../src/rules/assessment/kept.ts'
import { defaultRulebook } from '../../src/rules/rulebook/rulebook.ts'
import { aStore } from '../harness/database.ts'

test('a quarter of a branch is kept in 2 KB', async () => {
  const { db } = await aStore()
  const until = new Date('2026-12-31T18:00:00+08:00')
  const { committees } = await generate(db, { seed: 1, branches: 6, until, isWhole: true })
  const [own] = await lookUp(db, [branchesOf(db, committees[0] ?? '')])
  const accounts = await accountsIn(db, own, ['2026Q4'], until)
  expect(accounts).toHaveLength(6)
  for (const { duties, rulebook, findings } of accounts) {
    const account = JSON.parse(JSON.stringify({ duties, rulebook, findings }))
    expect(packed(account).byteLength).toBeLessThanOrEqual(2_048)
    expect(unpacked(packed(account))).toEqual(account)
    expect(unpacked(JSON.stringify(account))).toEqual(account)
  }
})

test('a quarter kept before sources had kinds opens as it was', () => {
  const of = (part: string, standard: number) => ({
    part,
    standard,
    subject: '',
    period: '2026',
    nth: 1,
    state: 'met',
    basis: 'record',
    dueOn: '2026-12-31',
  })
  const { modules: _, ...rulebook } = defaultRulebook
  const at = '2026-11-20T07:00:00.000Z'
  const kept = {
    quarter: '2026Q4',
    findings: [],
    rulebook,
    duties: [
      { ...of('12.general', 12), evidence: { gathering: 'meeting', at } },
      { ...of('14.review', 14), evidence: { gathering: 'review', at } },
      { ...of('22.judged', 22), gathered: [{ gathering: 'lecture', at }] },
    ],
  }
  const { duties, rulebook: open } = thawed(JSON.parse(JSON.stringify(kept)))
  expect(duties.flatMap(({ evidence, gathered = [] }) => [evidence, ...gathered]).filter(Boolean)).toEqual([
    { source: 'meeting', sourceKind: 'gathering', at: new Date(at) },
    { source: 'review', sourceKind: 'evaluation', at: new Date(at) },
    { source: 'lecture', sourceKind: 'gathering', at: new Date(at) },
  ])
  expect(open).toEqual(defaultRulebook)
})
