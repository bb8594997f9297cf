import { mkdirSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { ShownMessage, State } from '../../src/playground/state.ts'

/** Every card that the page was shown, as it stood then. */
export function cardsShown(page: Page): Set<string> {
  const shown = new Set<string>()
  page.on('response', async (response) => {
    if (!response.url().includes('/playground/state')) return
    const { messages = {} } = (await response.json().catch(() => ({}))) as Partial<State>
    for (const { type, content, deleted } of Object.values(messages).flat() as ShownMessage[])
      if (type === 'interactive' && !deleted) shown.add(JSON.stringify(content))
  })
  return shown
}

/** The hands and eyes of a stranger at the playground's page, who waits for each thing to appear. */
export function aVisitor(page: Page) {
  const pane = page.locator('.pane').first()
  const cards = (words: string | RegExp) => pane.locator('.message .card', { hasText: words })
  const card = (words: string | RegExp) => cards(words).last()
  const sees = async (words: string | RegExp, within: Locator = pane) => {
    await within.getByText(words).last().waitFor()
  }

  async function becomes(name: string, chat: string | RegExp) {
    const option = pane.locator('.who option', { hasText: name }).first()
    await option.waitFor({ state: 'attached' })
    await pane.locator('.who').selectOption(await option.getAttribute('value'))
    await pane.locator('.pick', { hasText: chat }).first().click()
    await pane.locator('.where b', { hasText: chat }).waitFor()
  }
  async function says(words: string) {
    await pane.locator('.say > input').fill(words)
    await pane.locator('.say > input').press('Enter')
  }
  const presses = (words: string, on: Locator = pane) => on.getByRole('button', { name: words, exact: true }).last().click()

  /** A toast with these words; what it says. */
  async function toast(words: string | RegExp): Promise<string> {
    const node = page.locator('.toast', { hasText: words }).last()
    await node.waitFor()
    return node.innerText()
  }
  async function waitsUntil(moment: string) {
    const field = page.locator('#jump input')
    // A click is lost where the page is drawn anew between its two halves.
    const isOpen = async () => {
      if (!(await field.isVisible())) await page.locator('#calendar summary').click()
      return field.isVisible()
    }
    await expect.poll(isOpen, { timeout: 30_000 }).toBe(true)
    await field.fill(moment.replace(' ', 'T'))
    await page.locator('#jump button').click()
    await expect.poll(() => page.locator('#now').innerText()).toContain(moment)
    await page.locator('#to-hour:enabled').waitFor()
    await page.keyboard.press('Escape')
  }

  /** Kept where SCREENSHOTS says, to be looked at: on a phone and a desk, in both languages. */
  async function shoots(name: string, shown?: Locator) {
    const folder = process.env.SCREENSHOTS
    if (!folder) return
    mkdirSync(folder, { recursive: true })
    const before = page.viewportSize()
    // Its words change with the language; its message does not.
    const message = await shown?.locator('xpath=ancestor::*[@data-message]').getAttribute('data-message')
    for (const language of ['en', 'zh'])
      for (const [look, width, height] of [
        ['phone', 390, 1400],
        ['desk', 1280, 1000],
      ] as const) {
        await page.setViewportSize({ width, height })
        if ((await page.locator('html').getAttribute('lang'))?.startsWith(language) === false) await page.locator('#language').click()
        await page.locator(`html[lang^=${language}]`).waitFor()
        if (message) await pane.locator(`[data-message=${message}]`).scrollIntoViewIfNeeded()
        await page.screenshot({ path: `${folder}/${name}-${look}-${language}.png` })
      }
    if (before) await page.setViewportSize(before)
  }
  return { page, pane, card, cards, sees, becomes, says, presses, toast, waitsUntil, shoots }
}
