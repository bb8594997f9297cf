import { afterAll, expect, test } from 'vitest'
import { addMinutes } from '../../src/calendar.ts'
import { eyes, left, posts, right, seen, twoPeople } from '../harness/browser/looked.ts'
import { aPlayground } from '../harness/playground.ts'

const playground = await aPlayground()
const { stateOf, post } = playground
afterAll(() => playground.stop())
const { served, look } = eyes()

const doneOf = async () => (await stateOf()).tour.map(({ isDone }) => isDone)
const calls = async () => {
  const [first] = (await stateOf()).tour
  await post('say', { as: first?.as, chat: first?.chat, text: first?.says?.zh })
}

test('a tour counts from the meeting’s call, wherever the clock was before', async () => {
  await post('replay', { from: '2026-10-12T09:00:00+08:00', steps: [], expects: [] })
  await post('clock', { to: '2026-10-15T11:00:00+08:00' })
  expect(await doneOf()).toEqual(Array(15).fill(false))
  await calls()
  const [, waits] = (await stateOf()).tour
  expect(waits).toMatchObject({ isDone: false, until: '2026-10-16T06:50:00.000Z' })
})

test('a visitor who let the meeting pass is led to another', async () => {
  await post('replay', { from: '2026-10-12T09:00:00+08:00', steps: [], expects: [] })
  await calls()
  expect((await doneOf())[0]).toBe(true)
  await post('clock', { to: '2026-10-19T10:00:00+08:00' })
  expect(await doneOf()).toEqual(Array(15).fill(false))
  await calls()
  const { tour } = await stateOf()
  expect(tour.map(({ isDone }) => isDone)).toEqual([true, ...Array(14).fill(false)])
  expect(tour[1]?.until).toBe('2026-10-20T06:50:00.000Z')
})

seen('the guide does what it can, else shows where to press', async () => {
  const card = {
    schema: '2.0',
    config: { update_multi: true },
    header: { title: { tag: 'plain_text', content: '会议' } },
    body: {
      elements: [
        ...Array.from({ length: 60 }, (_, line) => ({ tag: 'markdown', content: `第 ${line} 行` })),
        { tag: 'button', text: { tag: 'plain_text', content: '签到' }, behaviors: [{ type: 'callback', value: { press: 'in' } }] },
      ],
    },
  }
  const words = { zh: '先叫一次会。', en: 'First call a meeting.' }
  const { url, feishu } = await served(async () => ({}), {
    ...twoPeople,
    tour: (since) => [
      { words, as: 'ou_li', chat: 'oc_branch', says: { zh: '@支部 开会', en: '@支部 meet' } },
      { words, as: 'ou_wang', chat: 'oc_branch' },
      { words, as: 'ou_li', chat: 'oc_branch', until: addMinutes(since, 10) },
    ],
  })
  await feishu.addBot('oc_branch', 'ou_li')
  const { page } = await look(url, { width: 390, height: 844 })
  const help = page.locator('#show-me')
  expect(await help.innerText()).toBe('替我做')
  await help.click()
  await left(page).locator('.bubble', { hasText: '开会' }).waitFor()
  await posts(feishu, 'oc_branch', 'interactive', card)
  await expect.poll(() => help.innerText()).toBe('带我去')
  await help.click()
  const front = page.locator('.pane.front')
  await expect.poll(() => front.getAttribute('aria-label')).toBe('王芳')
  const head = front.locator('.card header')
  // A tall card is shown from its head.
  await expect.poll(async () => ((await head.boundingBox())?.y ?? -1) > 0).toBe(true)
  await front.getByRole('button', { name: '签到' }).click()
  await expect.poll(() => help.innerText()).toBe('替我做')
  await help.click()
  await expect.poll(() => page.locator('#tour p').innerText()).toContain('引导走完了')
})

seen('a press is looked for on the card that has its button', async () => {
  const buttonOf = (press: string, words: string) => ({
    schema: '2.0',
    config: { update_multi: true },
    header: { title: { tag: 'plain_text', content: words } },
    body: {
      elements: [{ tag: 'button', text: { tag: 'plain_text', content: '签到' }, behaviors: [{ type: 'callback', value: { press } }] }],
    },
  })
  const words = { zh: '请签到。', en: 'Check in.' }
  const tour = () => [
    { words, as: 'ou_li', chat: 'oc_branch', says: { zh: '@支部 开会', en: '@支部 meet' } },
    { words, as: 'ou_wang', chat: 'oc_branch', press: 'right' },
  ]
  const { url, feishu } = await served(async () => ({}), { ...twoPeople, tour })
  await feishu.addBot('oc_branch', 'ou_li')
  const { page } = await look(url)
  await page.locator('#show-me').click()
  for (const press of ['right', 'wrong']) await posts(feishu, 'oc_branch', 'interactive', buttonOf(press, press))
  await expect.poll(() => page.locator('#show-me').innerText()).toBe('带我去')
  await page.locator('#show-me').click()
  await page.locator('.card.flash', { hasText: 'right' }).waitFor()
  expect(await page.locator('.card.flash', { hasText: 'wrong' }).count()).toBe(0)
  const isDone = () => page.locator('#tour p').innerText()
  await right(page).locator('.card', { hasText: 'wrong' }).getByRole('button', { name: '签到' }).click()
  await expect.poll(() => feishu.log.filter(({ path }) => path === 'card.action.trigger').length).toBe(1)
  expect(await isDone()).toBe('请签到。')
  await right(page).locator('.card', { hasText: 'right' }).getByRole('button', { name: '签到' }).click()
  await expect.poll(isDone).toContain('引导走完了')
})
