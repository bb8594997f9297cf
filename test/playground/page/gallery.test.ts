import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { asSeenBy, needsOf } from '../../../src/playground/gallery/versions.ts'
import { WAIT_MS } from '../../harness/browser/browser.ts'
import { barriers, eyes, seen } from '../../harness/browser/looked.ts'

const { served, look } = eyes()

const chart = { tag: 'chart', chart_spec: { type: 'line', data: [{ values: [{ x: 1 }] }] } }
const card = (...elements: object[]) => ({ schema: '2.0', header: { title: { tag: 'plain_text', content: '一' } }, body: { elements } })

test.each([
  [19, card(chart), '请升级'],
  [20, card(chart), '"drawn_by":"1.10.1"'],
  [33, card({ tag: 'audio', file_key: 'f' }), '请升级'],
  [32, card({ tag: 'table', columns: [], rows: [], row_height: 'auto' }), '"rows":[]}'],
])('a client of 7.%i sees what it knows', (version, whole, there) => {
  const seenBy = JSON.stringify(asSeenBy(whole, version))
  expect(seenBy).toContain(there)
  expect(seenBy).toContain('"header"')
  expect(JSON.stringify(asSeenBy(whole, 49))).toBe(JSON.stringify(whole))
})

test('what older clients lack is named with its version', () => {
  expect(needsOf(card(chart, { tag: 'audio' })).map(({ from }) => from)).toEqual([27, 49])
  expect(needsOf(card({ tag: 'hr' }))).toEqual([])
})

async function gallery(width = 1280, height = 860) {
  const { url } = await served()
  const { page, errors } = await look(url, { width, height })
  await page.goto(`${url}#gallery`)
  await page.locator('#gallery nav .pick').nth(1).waitFor()
  return { page, errors }
}
const pick = (page: Page, name: string) => page.locator('#gallery nav .pick', { hasText: new RegExp(`^${name} \\(`) }).click()

seen('each card hangs with its states, verdict and JSON', async () => {
  const { page, errors } = await gallery()
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await pick(page, 'host')
  const states = page.locator('.hung')
  expect(await states.count()).toBeGreaterThan(2)
  const [first] = await states.all()
  expect(await first?.locator('.facts').innerText()).toMatch(/✓ 平台接受\s+\d+\.\d KB/)
  expect(await first?.locator('.card').count()).toBe(1)
  await first?.locator('details summary').last().click()
  await first?.getByRole('button', { name: '复制' }).click()
  await page.locator('.toast', { hasText: '已复制' }).waitFor()
  const copied = JSON.parse(String(await page.evaluate('navigator.clipboard.readText()')))
  expect(copied).toMatchObject({ schema: '2.0' })
  expect(await page.locator('.facts .tag.red').count()).toBe(0)
  expect(await barriers(page)).toEqual([])
  expect(errors).toEqual([])
})

seen('cards are seen in both languages, themes, widths, by older clients', async () => {
  const { page, errors } = await gallery()
  await pick(page, 'score')
  await page.locator('.hung').first().waitFor()
  const title = () => page.locator('.hung .card .title').first().innerText()
  const zh = await title()
  await page.locator('#language').click()
  await expect.poll(title).not.toBe(zh)
  await page.locator('#theme').click()
  await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark')
  const width = async () => (await page.locator('.hung .card').first().boundingBox())?.width ?? 0
  expect(await width()).toBeGreaterThan(400)
  await page.locator('#width').click()
  await expect.poll(width).toBeLessThan(345)
  await page.locator('#client').selectOption('19')
  await page.locator('.card', { hasText: 'Please upgrade' }).first().waitFor()
  await page.locator('#client').selectOption('20')
  await page.locator('.chart small', { hasText: 'VChart 1.10.1' }).first().waitFor()
  await page.locator('#client').selectOption('27')
  await page.locator('.chart[data-drawn=yes]').first().waitFor({ timeout: WAIT_MS })
  expect(errors).toEqual([])
})

seen('each limit of the platform is shown green and red', async () => {
  const { page, errors } = await gallery(390, 844)
  await page.locator('#gallery nav .pick').first().click()
  const limits = page.locator('.hung.limit')
  await limits.nth(12).waitFor()
  expect(await page.locator('.limit .wire.good').count()).toBe(13)
  expect(await page.locator('.limit .wire.bad').count()).toBe(13)
  expect(await page.locator('[data-limit=chat] .bad').innerText()).toContain('230020')
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  expect(errors).toEqual([])
})
