import * as z from 'zod'
import { orderOfCommittee } from '../db/scores.ts'
import { isQuarter, type Quarter } from '../src/calendar.ts'
import { type Card, card, fitting, note } from '../src/card.ts'
import { id } from '../src/press.ts'
import { points, spokenQuarter } from '../src/spoken.ts'
import { both, t } from '../src/text.ts'
import { view } from '../src/view.ts'

/** As many rows as fit the platform's 30 KB with room to spare. */
const MOST_ROWS = 120
const ROWS_BYTES = 25_000
const ROW_BYTES = 75

/** The order of a committee's branches: for the committee's own chat only. */
export function orderCard(quarter: Quarter, order: Awaited<ReturnType<typeof orderOfCommittee>>): Card {
  const rows = fitting(order.slice(0, MOST_ROWS), ({ branch, committee }) => `${branch.name}${committee}`, ROWS_BYTES, ROW_BYTES)
  const isMixed = new Set(order.map(({ committee }) => committee)).size > 1
  const column = (name: string, zh: string, en: string, width: string) => ({ name, display_name: `${zh} ${en}`, data_type: 'text', width })
  return card(
    both((l) => `${spokenQuarter(quarter)[l]} ${{ zh: '各支部考核', en: 'branches assessed' }[l]}`),
    [
      {
        tag: 'table',
        page_size: 10,
        row_height: 'low',
        header_style: { text_align: 'left', text_size: 'normal', background_style: 'grey', text_color: 'default', bold: true, lines: 1 },
        columns: [
          ...(isMixed ? [column('committee', '党组织', 'Committee', 'auto')] : []),
          column('place', '名次', '#', '80px'),
          column('branch', '支部', 'Branch', 'auto'),
          column('score', '得分', 'Score', '90px'),
        ],
        rows: rows.map(({ committee, place, branch, tenths }) => ({
          ...(isMixed ? { committee } : {}),
          place: place === null ? '–' : String(place),
          branch: branch.name,
          score: tenths === null ? '–' : points(tenths),
        })),
      },
      ...(order.length > rows.length
        ? [
            note(
              t(
                `共 ${order.length} 个支部，这里列出前 ${rows.length} 个。`,
                `${order.length} branches; the first ${rows.length} are listed.`,
              ),
            ),
          ]
        : []),
      note(
        t(
          '名次只发在党委的群里；得分供评议参考，每一分都可在支部群说「考核」查看依据。',
          'The order is posted to the committee only. It is an aid to judgement; each point opens to its evidence with “/score” in the branch’s group.',
        ),
      ),
    ],
    { colour: 'turquoise' },
  )
}

export const order = view({
  name: 'order',
  takes: z.object({ committee: id, quarter: z.string().refine(isQuarter), subject: z.string().optional() }),
  show: async (db, { committee, quarter }, now) => orderCard(quarter, await orderOfCommittee(db, committee, quarter, now)),
})
