import { expect, test } from 'vitest'
import { branchesOf } from '../../db/branches/units.ts'
import { lookUp } from '../../db/client.ts'
import { accountsIn } from '../../db/duties/account.ts'
import { generate } from '../../src/generate/unit.ts'
import { packed, unpacked } from '../../src/rules/assessment/kept.ts'
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
