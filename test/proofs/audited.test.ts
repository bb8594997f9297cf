import { expect, test } from 'vitest'
import { claimHash } from '../../commands/claim.ts'
import { together } from '../../db/client.ts'
import { keepClaimCode } from '../../db/roster/claim-codes.ts'
import { anApp } from '../harness/app.ts'
import { anAssessment } from '../harness/assessment.ts'
import { aVotingBranch } from '../harness/ballots/ballots.ts'
import { aStore } from '../harness/database.ts'
import { refusedByServer } from '../harness/on-server.ts'
import { recordingStatements } from '../harness/plans.ts'
import { askOnly } from '../harness/rulebook.ts'
import { people } from '../harness/town.ts'
import { examples } from '../rights/examples/index.ts'
import { isExpectedToHave } from '../rights/roles.ts'
import { aStage } from '../rights/stage.ts'
import { proved } from './sizes.ts'
import { noFacts, watched } from './watched.ts'

const said = new Set<string>()

// T41: every command and press, and every table that holds a fact
test('whatever changes a fact has its audit entry in one commit', async ({ task }) => {
  const stage = await aStage()
  const seen = await watched(stage.client, stage.db)
  const statements = recordingStatements(stage.db)
  const strays: string[] = []
  let actions = 0
  for (const one of examples) {
    const who = people.find((each) => one.asks.every((right) => isExpectedToHave(each.name, right, one.at)) && one.if(each))
    if (!who) throw new Error(`nobody may ${one.action}`)
    await stage.undone(async () => {
      const given = (await one.given?.(stage)) ?? {}
      // Rows that an example stands on were put there by nobody.
      seen.unaudited.splice(0)
      await one.acts(stage, who, given)
    })
    strays.push(...seen.unaudited.splice(0).map((tables) => `${one.action}: ${tables}`))
    actions++
  }
  for (const statement of statements.keys()) said.add(statement)
  const all = [seen, await votes(), await aYearEnd(), await aBeginning()]
  strays.push(...all.flatMap(({ unaudited }) => unaudited))
  expect(strays).toEqual([])

  const changed = new Set(all.flatMap((one) => [...one.changed]))
  expect(seen.facts.filter((table) => !changed.has(table))).toEqual([])
  const batches = all.reduce((sum, one) => sum + one.batches, 0)
  proved(
    task,
    'T41',
    `${actions} commands and presses, ${batches} batches: ${changed.size} of ${seen.facts.length} tables of facts, each with its entry; ${Object.keys(noFacts).length} hold none`,
  )
})

test('a libSQL server takes every statement of them', async () => {
  expect(said.size).toBeGreaterThan(400)
  expect(await refusedByServer(said, new Date('2026-10-08T10:00:00+08:00'))).toEqual([])
  expect(await refusedByServer(['select count(*) from units having count(*) > 0'], new Date(0))).toHaveLength(1)
})

async function votes() {
  const it = await aVotingBranch()
  const seen = await watched(it.store.client, it.db)
  const named = await it.opens({ isSecret: false })
  await it.votes('王芳', named, 'for')
  await it.votes('王芳', named, 'against')
  const graded = await it.opens({
    use: 'evaluation',
    question: { scale: 'grades', subjects: [{ key: '1', name: '李华', member: 'm_李华' }] },
  })
  await it.byCode(graded, 5, { g_1: 'qualified' })
  await it.minute('2026-10-09', '17:01')
  return seen
}

/** A quarter in which nothing waits; it is published and closed by the clock. */
async function aYearEnd() {
  const it = await anAssessment()
  await askOnly(it.client, '12.general', '12.lecture')
  await it.holds('general', '2026-07-10')
  const seen = await watched(it.client, it.db)
  await it.opens()
  await it.press('上级', { press: 'review.publish', committee: 'committee', quarter: '2026Q3' })
  for (const on of ['2026-10-20', '2026-10-21', '2026-10-22']) await it.turn(on)
  return seen
}

/** From an empty database: the first administrator, a branch, its chat. */
async function aBeginning() {
  const { db, client } = await aStore()
  const app = anApp({ db, client })
  const seen = await watched(client, db)
  await together(db, [keepClaimCode(db, claimHash('ABCD-EFGH'), app.now())])
  await app.says('ou_first', '/认领 ABCD-EFGH', { dm: true })
  await app.says('ou_first', '/绑定 第一支部')
  return seen
}
