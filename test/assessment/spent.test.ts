import { copyFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { resultOf } from '../../db/assessment/close.ts'
import { type Branch, branchById } from '../../db/branches/units.ts'
import { type Db, lookUp } from '../../db/client.ts'
import { accountOf } from '../../db/duties/account.ts'
import { moment } from '../../src/calendar.ts'
import { thawed } from '../../src/rules/assessment/adjustment.ts'
import { anAssessment } from '../harness/assessment.ts'
import { aStore } from '../harness/database.ts'
import { askOnly } from '../harness/rulebook.ts'

const general = async (db: Db, quarter: string, on: string) => {
  const [[branch]] = await lookUp(db, [branchById(db, 'branch')])
  const { duties } = await accountOf(db, branch as Branch, quarter, moment(on, '09:00'))
  return duties.filter(({ part }) => part === '12.general').map(({ state, evidence }) => `${state} ${evidence?.source ?? '–'}`)
}

test('what a closed quarter used stays spent, also in a reopened database', async () => {
  const it = await anAssessment()
  await askOnly(it.client, '12.general')
  await it.holds('general', '2026-10-09')
  await it.opens()
  await it.run("update assessments set published_at = 1, published_by = 'test', appeals_until = '2026-10-20'")
  await it.turn('2026-10-21')
  const used = ['met late general 2026-10-09 branch']
  expect((await it.client.execute('select part, gathering as source, period, quarter from spent_credits')).rows).toMatchObject([
    { part: '12.general', source: 'general 2026-10-09 branch', period: '2026Q3', quarter: '2026Q3' },
  ])

  // Later a meeting of September comes to light: the debt would need October’s no more.
  await it.holds('general', '2026-09-10')
  expect(await general(it.db, '2026Q4', '2026-12-01')).toEqual(['upcoming –'])
  await it.client.execute('PRAGMA wal_checkpoint(TRUNCATE)')
  const path = `${it.store.path}.copy`
  copyFileSync(it.store.path, path)

  const again = await aStore(path)
  expect(await general(again.db, '2026Q4', '2026-12-01')).toEqual(['upcoming –'])
  const [[kept]] = await lookUp(again.db, [resultOf(again.db, 'branch', '2026Q3')])
  const { duties } = thawed(kept?.result.account)
  expect(duties.filter(({ part }) => part === '12.general').map((one) => `${one.state} ${one.evidence?.source}`)).toEqual(used)
})
