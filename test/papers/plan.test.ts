import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { branchesOfUnit } from '../../db/branches/units.ts'
import { lookUp } from '../../db/client.ts'
import { planFacts } from '../../db/papers/facts.ts'
import { rhythms } from '../../db/rhythms/tables.ts'
import { plant, seedFile } from '../../db/roster/seeding.ts'
import { moment } from '../../src/calendar.ts'
import { sampleSeed } from '../../src/playground/cast/sample.ts'
import { draftPlan, planTitles } from '../../src/words/papers/plan-text.ts'
import { aStore } from '../harness/database.ts'

const GOLDEN = new URL('../golden/plan.txt', import.meta.url)

/** The sample unit's first branch, which meets on the first Friday and on the tenth. */
test('the sample unit’s plan is word for word the golden one', async () => {
  const { db, client } = await aStore()
  const now = moment('2026-12-01', '09:00')
  await plant(db, seedFile.parse(sampleSeed('playground')), now)
  const unit = String((await client.execute('select id from units')).rows[0]?.id)
  const [all] = await lookUp(db, [branchesOfUnit(db, unit)])
  const branch = all.find(({ name }) => name === '教工第一支部')
  if (!branch) throw new Error('no such branch')
  const member = String((await client.execute({ sql: 'select id from members where branch = ? limit 1', args: [branch.id] })).rows[0]?.id)
  const one = (id: string) => ({ id, branch: branch.id, place: '三楼会议室', time: '15:00', setBy: member, setAt: now, inRoom: false })
  await db.insert(rhythms).values([
    { ...one('a'), kind: 'committee', rule: { every: 'month', nth: 1, weekday: 5 } },
    { ...one('b'), kind: 'themeDay', rule: { every: 'month', date: 10 } },
  ])
  const draft = draftPlan(await planFacts(db, branch, '2027', now), '2027')
  const text = (['zh', 'en'] as const)
    .map((language) => planTitles.map((title, nth) => `## ${title[language]}\n${draft[nth]?.[language]}`).join('\n\n'))
    .join('\n\n')
  if (process.env.UPDATE_GOLDEN || !existsSync(GOLDEN)) writeFileSync(GOLDEN, `${text}\n`)
  expect(`${text}\n`).toBe(readFileSync(GOLDEN, 'utf8'))
})
