import { links } from '../../../db/pages/tables.ts'
import { press, type Stage, says } from '../stage.ts'

/** The page of last quarter's score was shown; the town has no pages of its own to show it on. */
async function shownOnPage({ db, now }: Stage) {
  await db.insert(links).values({
    id: 'shown',
    unit: 'unit',
    kind: 'branchScore',
    subject: 'home 2026Q3',
    madeBy: 'clock',
    madeAt: now(),
    expiresAt: new Date('2027-01-01'),
  })
  return {}
}

export const scoreboard = [
  says('score', 'seeScore', '考核', { view: 'score' }),
  press('score.open', 'seeScore', { view: 'score', sends: { branch: 'home', quarter: '2026Q4' } }),
  says('score', 'seeOrder', '考核', { view: 'order', chat: 'oc_first', at: 'committee' }),
  says('score', 'revokeScoreLinks', '/考核 网页 撤销', { deed: 'link.revoke', given: shownOnPage }),
  press('order.next', 'seeOrder', { view: 'order', sends: { committee: 'first', quarter: '2026Q4', from: 120 }, at: 'committee' }),
]
