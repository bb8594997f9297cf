import { help as helpView } from '../cards/help.ts'
import { type Command, command } from '../src/command.ts'
import { t } from '../src/text.ts'

/** The help screen of a menu; the card is made from the menu itself, so it cannot drift from what works. */
export const helpOf = (menu: readonly Command[]) =>
  helpView.args({ menu: menu.map(({ usage, summary }) => ({ zh: usage.zh, en: usage.en, summary })) })

/** Made with the menu it describes: see `commands/index.ts`. */
export const helpFor = (menu: () => readonly Command[]) =>
  command({
    name: 'help',
    zh: '帮助',
    also: ['菜单', '?', '？', 'menu', '你好', 'hello'],
    summary: t('看看能做什么', 'See what I can do'),
    usage: t('帮助', 'help'),
    rights: ['help'],
    answer: async () => helpOf(menu()),
  })
