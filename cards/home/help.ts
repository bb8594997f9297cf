import * as z from 'zod'
import { button, type Card, card, type Element, folded, lines, note, row } from '../../src/card.ts'
import { type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'

/** Commands for everybody stand on top, the other parts behind a fold. */
export const helpParts = ['everybody', 'branch', 'above', 'begin'] as const
export type HelpPart = (typeof helpParts)[number]

export const partNames: Record<Exclude<HelpPart, 'everybody'>, Text> = {
  branch: t('支部工作', 'Branch work'),
  above: t('党委和管理员', 'Committees and administrators'),
  begin: t('第一次使用', 'First use'),
}

const text = z.object({ zh: z.string(), en: z.string() })
const line = z.object({
  part: z.enum(helpParts),
  label: text,
  usage: text,
  summary: text,
  /** The value of the command's button; none where the command alone says too little. */
  sends: z.record(z.string(), z.unknown()).optional(),
})
type Line = z.infer<typeof line>

/** Buttons come before lines, as a tap is the shortest path. `open` names the reader's own parts. */
export const helpCard = (menu: readonly Line[], open: readonly HelpPart[]): Card => {
  const those = (part: HelpPart) => linesOf(menu.filter((one) => one.part === part))
  const parts = helpParts.filter((part) => part !== 'everybody')
  return card(t('我能做什么', 'What I can do'), [
    ...those('everybody'),
    ...parts.map((part) => folded(partNames[part], those(part), open.includes(part))),
    note(
      t(
        '按按钮，或者说：群里先 @我，私聊直接说。日期怎么说都行：周五 15:00、明晚7点半、12月5日。',
        'Press a button, or say it: in a group @ me first, in a direct chat just say it. Dates as you say them: Fri 3pm, tomorrow 19:30, 5 Dec.',
      ),
    ),
  ])
}

function linesOf(menu: readonly Line[]): Element[] {
  const pressed = menu.flatMap(({ label, sends }) => (sends ? [button(label, sends)] : []))
  return [
    ...(pressed.length > 0 ? [row(...pressed)] : []),
    ...menu.map(({ usage, summary }) => lines(t(`**${usage.zh}**  ${summary.zh}`, `**${usage.en}**  ${summary.en}`))),
  ]
}

/** The menu hands its own list in when the card is asked for, so help cannot drift from the commands. */
export const help = view({
  name: 'help',
  takes: z.object({ menu: z.array(line), open: z.array(z.enum(helpParts)) }),
  show: async (_db, { menu, open }) => helpCard(menu, open),
})
