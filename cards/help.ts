import * as z from 'zod'
import { type Card, card, lines, note } from '../src/card.ts'
import { both, type Text, t } from '../src/text.ts'
import { view } from '../src/view.ts'

/** One line of the help screen, shortest path first. */
export interface HelpLine {
  zh: string
  en: string
  summary: Text
}

/** The list is the menu's own, handed in when the card is asked for, so that help cannot drift from what works. */
export const helpCard = (menu: readonly HelpLine[]): Card =>
  card(t('我能做什么', 'What I can do'), [
    ...menu.map((line) => lines(both((l) => `**${line[l]}**  ${line.summary[l]}`))),
    note(
      t(
        '群里请先 @我；私聊直接说就行。日期怎么说都行：周五 15:00、明晚7点半、12月5日。',
        'In a group, @ me first; in a direct chat just say it. Dates as you say them: Fri 3pm, tomorrow 19:30, 5 Dec.',
      ),
    ),
  ])

export const help = view({
  name: 'help',
  takes: z.object({ menu: z.array(z.object({ zh: z.string(), en: z.string(), summary: z.object({ zh: z.string(), en: z.string() }) })) }),
  show: async (_db, { menu }) => helpCard(menu),
})
