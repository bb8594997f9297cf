import { render } from '../../../src/bot.ts'
import { aBranch } from '../branch.ts'
import { type Hung, pages } from './gallery.ts'

/** A branch’s score with the quarters before it, and the order among several branches: the cards with charts. */
export async function theScores(): Promise<Hung[]> {
  const { db, store, now } = await aBranch([{ name: '李华', role: 'secretary' }, { name: '王芳' }], { since: '2026-01-01' })
  await store.client.executeMultiple(
    [
      "insert into branches (id, unit, committee, name, since) values ('students', 'unit', 'committee', '学生第二支部', '2026-01-01');",
      ...['branch', 'students'].flatMap((branch, place) =>
        ['2026Q1', '2026Q2', '2026Q3'].map(
          (quarter, nth) =>
            `insert into results (branch, quarter, committee, tenths, weight_asked, place, is_last, account, at)
             values ('${branch}', '${quarter}', 'committee', ${700 + nth * 90 - place * 60}, 100, ${place + 1}, 0, '{}', 0);`,
        ),
      ),
      ...['2026Q1', '2026Q2', '2026Q3'].map(
        (quarter) =>
          `insert into assessments (committee, quarter, opened_at, self_until, review_until, published_at, closed_at, left_out) values ('committee', '${quarter}', 0, '', '', 0, 0, '[]');`,
      ),
    ].join('\n'),
  )
  const hung: Hung[] = []
  for (const [name, args, as] of [
    ['score', { branch: 'branch', quarter: '2026Q4' }, 'score, with its trend'],
    ['order', { committee: 'committee', quarter: '2026Q3' }, 'order, of two branches'],
  ] as const) {
    const card = await render(db, name, args, now(), pages)
    if (!card) throw new Error(`“${as}” has nothing to show`)
    hung.push({ name: as, card })
  }
  return hung
}
