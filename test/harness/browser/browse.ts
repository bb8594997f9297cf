import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** A busy machine is waited for. */
const WAIT_MS = 120_000

interface How {
  width?: number
  height?: number
  locale?: string
  dark?: boolean
  /** The fixed time of the reader's machine. */
  believes?: Date
  withoutScript?: boolean
  calm?: boolean
}

/** One browser for the tests of a file, to read the product's own pages. */
export function aBrowser() {
  let browser: Browser | undefined
  const opened: Page[] = []
  beforeAll(async () => {
    if (!existsSync(executablePath)) return
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
    browser = await chromium.launch({ executablePath, args })
  })
  afterEach(async () => {
    for (const page of opened.splice(0)) await page.close()
  })
  afterAll(() => browser?.close())

  return async function browse(url: string, how: How = {}) {
    if (!browser) throw new Error('there is no browser here')
    const { width = 390, height = 844, locale = 'zh-CN', dark = false, believes, withoutScript = false, calm = false } = how
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
    if (believes) await page.clock.setFixedTime(believes)
    await page.goto(url)
    return { page, errors }
  }
}

/** Returns the pixels beyond the right edge of the screen. */
export const overhang = (page: Page): Promise<number> => page.evaluate('document.documentElement.scrollWidth - innerWidth')
