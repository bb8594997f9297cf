import { expect, test } from 'vitest'
import { branchesOf } from '../../db/branches/units.ts'
import { lookUp } from '../../db/client.ts'
import { accountsIn } from '../../db/duties/account.ts'
import { scoreOfAccount } from '../../db/duties/score.ts'
import { scoreSheet } from '../../db/scoreboard/score-sheet.ts'
import { moment } from '../../src/calendar.ts'
import { generate } from '../../src/generate/unit.ts'
import { standards } from '../../src/rules/standards/standards.ts'
import { aStore } from '../harness/database.ts'
import { comparing } from '../year/differences.ts'
import { proved, sized } from './sizes.ts'

// T22: 24 (484) branches × 30 standards
test('the listed evidence of each branch and standard is its score', async ({ task }) => {
  const branches = sized(24, 484)
  const { db, client } = await aStore()
  const { committees } = await generate(db, { seed: 7, branches, until: moment('2026-12-31', '18:00'), isWhole: false })
  const compare = await comparing(client)
  const now = moment('2026-12-31', '18:00')
  let compared = 0
  const different: string[] = []
  const tenths = new Set<number | null>()
  for (const committee of committees) {
    const [own] = await lookUp(db, [branchesOf(db, committee)])
    for (const account of await accountsIn(db, own, ['2026Q4'], now)) {
      const shown = scoreOfAccount(account).tenths
      different.push(...compare(account.branch.id, '2026Q4', shown, account))
      tenths.add(shown)
      compared += standards.length
    }
    // The card that a branch opens shows the same as its committee's reckoning.
    const [first] = own
    if (first) {
      const sheet = await scoreSheet(db, first, '2026Q4', now)
      different.push(...compare(first.id, '2026Q4', sheet.score.tenths, sheet.account))
    }
  }
  expect({ compared, different }).toEqual({ compared: branches * standards.length, different: [] })
  expect(tenths.size).toBeGreaterThan(5)
  proved(task, 'T22', `${branches} branches × ${standards.length} standards: 0 differences between score and evidence`)
})
