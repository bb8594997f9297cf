import * as z from 'zod'
import type { Db } from '../../db/client.ts'
import { openGatherings } from '../../db/gatherings/state.ts'
import { isUnderway } from '../../db/gatherings/under-way.ts'
import { button, type Card, card, type Element, folded, lines, note, row } from '../../src/card.ts'
import { id } from '../../src/id.ts'
import { type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { openSuggest } from '../voices/buttons.ts'

/** Every part stands behind a fold, the administrators' words at the end. */
export const helpParts = ['everybody', 'branch', 'begin', 'above'] as const
export type HelpPart = (typeof helpParts)[number]

export const partNames: Record<HelpPart, Text> = {
  everybody: t('人人可用', 'Everybody'),
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

/** One screen: what is the reader's and likely now as buttons with a line each, everything else folded. `open` is a stranger's part. */
export const helpCard = (menu: readonly Line[], open: readonly HelpPart[], likely: readonly string[]): Card => {
  const those = (part: HelpPart) => linesOf(menu.filter((one) => one.part === part))
  const first = likely.flatMap((name) => menu.find(({ sends }) => sends?.command === name) ?? [])
  return card(t('我能做什么', 'What I can do'), [
    ...(first.length > 0 ? [row(...first.map(pressed)), lines(...first.map(shortLineOf))] : []),
    ...helpParts.map((part) => folded(partNames[part], those(part), open.includes(part))),
    note(
      t(
        '按按钮，或者说：群里先 @我，私聊直接说。日期怎么说都行：周五 15:00、明晚7点半、12月5日。',
        'Press a button, or say it: in a group @ me first, in a direct chat just say it. Dates as you say them: Fri 3pm, tomorrow 19:30, 5 Dec.',
      ),
    ),
    button(t('给机器人提意见', 'Say something about this bot'), openSuggest.value({ kind: 'tool' }), { type: 'text' }),
  ])
}

const pressed = ({ label, sends }: Line, nth: number): Element => button(label, sends ?? {}, { type: nth === 0 ? 'primary' : 'default' })
const lineOf = ({ usage, summary }: Line): Text => t(`**${usage.zh}**  ${summary.zh}`, `**${usage.en}**  ${summary.en}`)
/** One way to say it is enough; the guide has the others. */
const shortLineOf = ({ usage, summary }: Line): Text =>
  lineOf({ usage: t(usage.zh.split(/[；、]/)[0] ?? '', usage.en.split(/[;,]/)[0] ?? ''), summary } as Line)

/** Buttons come before lines, as a tap is the shortest path. One element holds all lines, since the card has room for little more. */
function linesOf(menu: readonly Line[]): Element[] {
  const buttons = menu.flatMap(({ label, sends }) => (sends ? [button(label, sends)] : []))
  return [...(buttons.length > 0 ? [row(...buttons)] : []), lines(...menu.map(shortLineOf))]
}

const MOST_LIKELY = 5

/** Checking in goes first while it is open, then the words of the reader's seats, then leave. */
async function likelyNow(db: Db, branch: string | undefined, own: readonly string[], now: Date): Promise<string[]> {
  const open = branch ? await openGatherings(db, branch, now) : []
  const isNow = open.some((it) => isUnderway(it, now))
  const isSoon = open.some(({ startsAt }) => startsAt > now)
  return [...new Set([...(isNow ? ['checkin'] : []), ...own, ...(isSoon ? ['leave'] : [])])].slice(0, MOST_LIKELY)
}

/** The menu hands its own list in when the card is asked for, so help cannot drift from the commands. */
export const help = view({
  name: 'help',
  takes: z.object({
    menu: z.array(line),
    open: z.array(z.enum(helpParts)),
    /** The commands of the reader's seats, by name. */
    own: z.array(z.string()).default([]),
    branch: id.optional(),
  }),
  show: async (db, { menu, open, own, branch }, now) => helpCard(menu, open, await likelyNow(db, branch, own, now)),
})
