import { afterAll, expect, test } from 'vitest'
import type { WireLine } from '../../src/playground/inspect.ts'
import type { ShownMessage } from '../../src/playground/state.ts'
import { aPlayground } from '../harness/playground.ts'

const playground = await aPlayground()
const { stateOf, post, ask } = playground
afterAll(() => playground.stop())

const inBeijing = (at: string | Date) => new Date(new Date(at).getTime() + 8 * 3_600_000).toISOString().slice(0, 16)

test('a jump over a meeting sends its reminder and closes it', async () => {
  await post('replay', { from: '2026-10-12T09:00:00+08:00', steps: [], expects: [] })
  const { people, chats } = await stateOf()
  const as = people.find(({ name }) => name === '李华')?.openId
  const chat = chats.find(({ name }) => name === '教工第一支部')?.chatId ?? ''
  await post('say', { as, chat, text: '@支部 /会议 支委会 周三 15:00 三楼会议室' })
  const card = await expect
    .poll(() => playground.cardIn(chat, '支委会'))
    .toBeTruthy()
    .then(() => playground.cardIn(chat, '支委会'))
  await post('clock', { to: '2026-10-16T09:30:00+08:00' })
  const said = (await stateOf(chat)).messages[chat] ?? []
  const reminder = said.find(({ content }: ShownMessage) => JSON.stringify(content).includes('快开会了'))
  expect(reminder && inBeijing(reminder.at)).toBe('2026-10-14T14:00')
  const wire = await ask<WireLine[]>(`inspect?message=${card?.id}`)
  const closed = wire.find(({ wire }) => JSON.stringify(wire).includes('已结束'))
  expect(closed && inBeijing(closed.at)).toMatch(/^2026-10-14T16:[0-2]/)
})
