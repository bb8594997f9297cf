import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect } from 'vitest'
import type { WireLine } from '../../src/playground/inspect.ts'
import type { ShownMessage } from '../../src/playground/state.ts'
import { aBrowser } from '../harness/browser/browse.ts'
import { seen } from '../harness/browser/looked.ts'
import { aPlayground } from '../harness/playground.ts'

const playground = await aPlayground()
const { stateOf, post, ask } = playground
const browse = aBrowser()
afterAll(() => playground.stop())

const inBeijing = (at: string | Date) => new Date(new Date(at).getTime() + 8 * 3_600_000).toISOString().slice(0, 16)

seen('a jump over a meeting sends its reminder and closes it', async () => {
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
  // A message that nobody asked for names the clock's work behind it, and an answer names none.
  const sent = await ask<WireLine[]>(`inspect?message=${reminder?.id}`)
  expect(sent.flatMap(({ cause }) => cause?.job ?? [])).toEqual(['remind-gatherings'])
  expect(inBeijing(sent.find(({ cause }) => cause)?.cause?.at ?? '')).toBe('2026-10-14T14:00')
  expect(wire.filter(({ cause }) => cause)).toEqual([])
  const { page } = await browse(playground.url, { width: 1280 })
  await page.locator('.pane .pick', { hasText: '教工第一支部' }).first().click()
  await page.locator(`[data-message=${reminder?.id}]`).getByRole('button', { name: '查看' }).first().click()
  await page.locator('.cause', { hasText: '由时钟引起：会前提醒 (remind-gatherings) · 2026-10-14 14:00' }).waitFor()
})

seen('a paused clock stands still, and answers still come', async () => {
  await post('replay', { from: '2026-10-12T09:00:00+08:00', steps: [], expects: [] })
  const { page, errors } = await browse(playground.url, { width: 1280 })
  await page.locator('#pause').click()
  await page.locator('#pause[aria-pressed=true]', { hasText: '继续' }).waitFor()
  const { people, chats, now } = await stateOf()
  await pause(1_500)
  expect((await stateOf()).now).toBe(now)
  const as = people.find(({ name }) => name === '李华')?.openId
  const chat = chats.find(({ mode, members }) => mode === 'p2p' && members[0] === as)?.chatId ?? ''
  // More than the platform takes in a second: each exchange moves a paused clock a little.
  for (let nth = 0; nth < 8; nth++) await post('say', { as, chat, text: '我的' })
  const answers = async () => (await stateOf(chat)).messages[chat]?.filter(({ senderKind }: ShownMessage) => senderKind === 'app').length
  await expect.poll(answers).toBe(8)
  const later = Date.parse((await stateOf()).now) - Date.parse(now)
  expect(later).toBeGreaterThan(0)
  expect(later).toBeLessThan(60_000)
  await page.locator('#to-month').click()
  await page.locator('#now', { hasText: '2026-11-02 10:00' }).waitFor()
  expect((await stateOf()).isPaused).toBe(true)
  await page.locator('#pause').click()
  await page.locator('#pause[aria-pressed=false]').waitFor()
  const gone = (await stateOf()).now
  await pause(300)
  expect(Date.parse((await stateOf()).now)).toBeGreaterThan(Date.parse(gone))
  expect(errors).toEqual([])
})
