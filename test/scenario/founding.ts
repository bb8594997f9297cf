import { expect } from 'vitest'
import type { Message } from '../../src/playground/feishu/feishu.ts'
import { SECRETARY, type TestHost } from '../harness/host.ts'
import { until } from '../harness/until.ts'

export const GROUP = 'oc_branchchat000000000000000000000'
export const COMMITTEE_CHAT = 'oc_committeechat0000000000000000'

const seats = { 王芳: '组织委员', 张伟: '宣传委员', 赵敏: '纪检委员', 钱进: '副书记' }

/** Founds a branch of five with a bound chat on an empty database. Tests follow with these helpers what happens there. */
export async function foundBranch({ feishu }: TestHost) {
  const people = new Map<string, string>([['李华', SECRETARY]])
  feishu.addPerson('李华', { openId: SECRETARY })
  for (const name of Object.keys(seats)) people.set(name, feishu.addPerson(name).openId)
  const ou = (name: string) => people.get(name) as string
  feishu.addChat('第一支部', [...people.values()], { chatId: GROUP })
  feishu.addChat('机关党委', [SECRETARY], { chatId: COMMITTEE_CHAT })

  const cards = (chatId: string) => feishu.messages.filter((message) => message.chatId === chatId && message.sender.kind === 'app')
  const textOf = (message: Message | undefined) => JSON.stringify(message?.content ?? '')
  const cardWith = async (chatId: string, words: string) => {
    return until(`a card with “${words}”`, () => cards(chatId).findLast((card) => textOf(card).includes(words)))
  }
  const dm = (name: string) => feishu.dm(ou(name))
  const okay = (answered: { status: number; error?: number }) => expect(answered).toMatchObject({ status: 200 })

  // Bind: the welcome card's form makes the branch; the committee's chat is bound by words.
  okay(await feishu.addBot(GROUP, SECRETARY))
  const welcome = await cardWith(GROUP, '把本群绑定到支部')
  okay(await feishu.press(SECRETARY, welcome.id, 'bind_submit', { form: { name: '第一支部' } }))
  expect(textOf(feishu.message(welcome.id))).toContain('本群已绑定到「第一支部」')
  okay(await feishu.addBot(COMMITTEE_CHAT, SECRETARY))
  okay(await feishu.say(SECRETARY, COMMITTEE_CHAT, '@支部 /绑定 党委'))
  await cardWith(COMMITTEE_CHAT, '季度考核的名次会发到这里')

  // The roster, by naming people of the chat.
  okay(await feishu.say(SECRETARY, GROUP, '@支部 /成员 添加 @李华 正式 书记'))
  for (const [name, seat] of Object.entries(seats)) okay(await feishu.say(SECRETARY, GROUP, `@支部 /成员 添加 @${name} 正式 ${seat}`))
  await until('five on the roster', () => cards(GROUP).filter((card) => textOf(card).includes('已加入名单')).length === 5)

  return { ou, dm, cards, textOf, cardWith, okay }
}
