import { expect } from 'vitest'
import { barriers, eyes, left, seen, twoPeople } from '../harness/browser/looked.ts'

const { served, look } = eyes()

seen('a click right after choosing a person hits that person’s chats', async () => {
  const { url } = await served(undefined, twoPeople)
  const { page, errors } = await look(url)
  const where = left(page).locator('.where b')
  await left(page).locator('.pick', { hasText: '私聊' }).click()
  await where.filter({ hasText: '私聊' }).waitFor()
  // One script does both: no answer of the server can come between the two.
  await page.evaluate(`(() => {
    const pane = document.querySelector('.pane')
    const who = pane.querySelector('.who')
    who.value = 'ou_wang'
    who.dispatchEvent(new Event('change'))
    const direct = [...pane.querySelectorAll('.pick')].find(({ innerText }) => innerText.includes('私聊'))
    direct.click()
  })()`)
  expect(await where.innerText()).toBe('支部（私聊）')
  for (let answers = 0; answers < 2; answers++) await page.waitForResponse(/playground\/state/)
  expect(await left(page).getAttribute('aria-label')).toBe('王芳')
  expect(await where.innerText()).toBe('支部（私聊）')
  expect(errors).toEqual([])
})

seen('a phone shows the open chat in the row of chats', async () => {
  const groups = ['一', '二', '三', '四', '五', '六'].map((name) => ({
    chatId: `oc_${name}`,
    name: `${name}号党支部工作群`,
    members: ['ou_li', 'ou_wang'],
  }))
  const { url } = await served(undefined, { ...twoPeople, groups })
  const { page } = await look(url, { width: 390, height: 844 })
  const last = left(page).locator('.pick', { hasText: '私聊' })
  const isSeen = async () => {
    const box = await last.boundingBox()
    return box !== null && box.x >= 0 && box.x + box.width <= 390
  }
  expect(await isSeen()).toBe(false)
  // The guide clicks like this, from elsewhere on the page.
  await last.dispatchEvent('click')
  await expect.poll(isSeen).toBe(true)
})

seen('the direct chat has the bot’s menu, and the bot hears choices', async () => {
  const heard: unknown[] = []
  const { url } = await served(async (type, event) => {
    if (type === 'application.bot.menu_v6') heard.push(event)
    return {}
  }, twoPeople)
  const { page, errors } = await look(url)
  const menu = left(page).getByLabel('菜单')
  expect(await menu.count()).toBe(0)
  await left(page).locator('.pick', { hasText: '私聊' }).click()
  await menu.selectOption({ label: '我的' })
  await expect.poll(() => heard).toMatchObject([{ event_key: 'mine', operator: { operator_id: { open_id: 'ou_li' } } }])
  // The select is a menu: no choice stays in it.
  expect(await menu.inputValue()).toBe('')
  expect(await barriers(page)).toEqual([])
  expect(errors).toEqual([])
})
