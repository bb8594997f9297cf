import type { Page } from 'playwright-core'
import { afterEach } from 'vitest'
import { sharedBrowser, WAIT_MS } from './browser.ts'

interface How {
  width?: number
  height?: number
  locale?: string
  dark?: boolean
  /** The time of the reader's machine. */
  believes?: Date
  /** Its clock goes on by itself, and can be moved. */
  movable?: boolean
  withoutScript?: boolean
  calm?: boolean
}

/** Opens the product's own pages; they are closed after each test. */
export function aBrowser() {
  const opened: Page[] = []
  afterEach(async () => {
    for (const page of opened.splice(0)) await page.close()
  })

  return async function browse(url: string, how: How = {}) {
    const {
      width = 390,
      height = 844,
      locale = 'zh-CN',
      dark = false,
      believes,
      movable = false,
      withoutScript = false,
      calm = false,
    } = how
    const browser = await sharedBrowser()
    const page = await browser.newPage({
      viewport: { width, height },
      locale,
      colorScheme: dark ? 'dark' : 'light',
      reducedMotion: calm ? 'reduce' : 'no-preference',
      javaScriptEnabled: !withoutScript,
    })
    page.setDefaultTimeout(WAIT_MS)
    opened.push(page)
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (line) => line.type() === 'error' && errors.push(line.text()))
    if (movable) await page.clock.install()
    if (believes) await page.clock.setFixedTime(believes)
    await page.goto(url)
    return { page, errors }
  }
}

/** The pixels beyond the side, where a reader would have to scroll sideways. */
export const overhang = (page: Page): Promise<number> => page.evaluate('document.documentElement.scrollWidth - innerWidth')
