import * as messages from '../../db/ledgers/messages.ts'
import { card, lines, note } from '../../src/card.ts'
import { literal, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'

/**
 * The administrators are told once that a person or chat cannot be reached, or that a card was refused. A member's
 * secretary is told too.
 */
export const undelivered = view({
  message: messages.undelivered,
  show: async (_db, { recipient, view: what, code, isOwnMember }) =>
    card(
      t('有消息没有送达', 'A message could not be delivered'),
      [
        recipient
          ? lines(t(`收件方：${named(recipient).zh}`, `To: ${named(recipient).en}`))
          : lines(t(`卡片：${literal(what ?? '')}`, `Card: ${literal(what ?? '')}`)),
        isOwnMember && recipient
          ? note(
              t(
                '机器人发不出给这位同志的私聊。仍在支部的，请先当面告诉，并请管理员检查应用的可用范围；已经离开的，说「/成员 移除 姓名」。对方再次出现后会自动恢复。',
                'The bot cannot send this member direct messages. If they are still in the branch, please tell them yourself for now and ask an administrator to check the app’s availability; if they have left, say “/member remove NAME”. It resumes when they show up again.',
              ),
            )
          : note(
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
