import * as z from 'zod'
import { card, lines, note } from '../src/card.ts'
import { literal, t } from '../src/text.ts'
import { view } from '../src/view.ts'

/** Told to the administrators once: somebody or some chat cannot be reached, or a card was refused. */
export const undelivered = view({
  name: 'undelivered',
  takes: z.object({ recipient: z.string().optional(), view: z.string().optional(), code: z.union([z.string(), z.number()]) }),
  show: async (_db, { recipient, view: what, code }) =>
    card(
      t('有消息没有送达', 'A message could not be delivered'),
      [
        recipient
          ? lines(t(`收件方：${named(recipient).zh}`, `To: ${named(recipient).en}`))
          : lines(t(`卡片：${literal(what ?? '')}`, `Card: ${literal(what ?? '')}`)),
        note(
          t(
            `平台答复代码 ${code}。请检查机器人是否还在群里、对方是否在应用可用范围内。对方再次出现后会自动恢复。`,
            `Platform code ${code}. Please check that the bot is still in the chat and the person within the app’s availability. It resumes when they show up again.`,
          ),
        ),
      ],
      { colour: 'orange' },
    ),
})

function named(recipient: string) {
  const [kind = '', id = ''] = recipient.split(':')
  return kind === 'chat'
    ? t(`群 ${literal(id)}`, `chat ${literal(id)}`)
    : t(
        `成员 <person id='${id}' show_name=true show_avatar=false></person>`,
        `<person id='${id}' show_name=true show_avatar=false></person>`,
      )
}
