import { help as helpView } from '../cards/home/help.ts'
import type { Actor } from '../db/branches/members.ts'
import { type Command, command } from '../src/command.ts'
import type { Press } from '../src/press.ts'
import { branchSeats } from '../src/rules/branches/rights.ts'
import { t } from '../src/text.ts'

/** Runs a command as if it had been said. */
type Run = Press<{ command: string; rest: string; isGroup: boolean }>

/** The card is made from the menu itself, so it cannot drift from the commands. */
export const helpOf = (menu: readonly Command[], run: Run, actor: Actor | null, isGroup: boolean) =>
  helpView.args({
    menu: menu
      .filter(({ name }) => name !== 'help')
      .map(({ name, zh, part, summary, usage, needsWords }) => ({
        part,
        label: t(zh, name),
        usage,
        summary,
        ...(needsWords ? {} : { sends: { ...run.value({ command: name, rest: '', isGroup }) } }),
      })),
    open: actor ? [] : ['begin'],
    own: ownOf(actor),
    ...(actor?.branch ? { branch: actor.branch } : {}),
  })

/** The commands that a reader's seats are for, the likeliest first. A stranger sees how to begin instead. */
function ownOf(actor: Actor | null): string[] {
  if (!actor) return []
  const holds = (roles: readonly string[]) => actor.seats.some(({ role }) => roles.includes(role))
  if (holds([...branchSeats, 'leader'])) return ['meeting', 'todo', 'mine', 'score']
  return holds(['assessor', 'admin']) ? ['review', 'mine', 'roles'] : ['mine', 'score']
}

/** Made with the menu it describes: see `commands/index.ts`. */
export const helpFor = (menu: () => readonly Command[], run: () => Run) =>
  command({
    name: 'help',
    zh: '帮助',
    part: 'everybody',
    also: ['菜单', '?', '？', 'menu', '你好', 'hello'],
    summary: t('看看能做什么', 'See what I can do'),
    usage: t('帮助', 'help'),
    rights: ['help'],
    answer: async ({ actor, chat }) => helpOf(menu(), run(), actor, chat.isGroup),
  })
