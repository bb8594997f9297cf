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
  /** The time of the reader's machine. */
  believes?: Date
  /** Its clock goes on by itself, and can be moved. */
  movable?: boolean
  withoutScript?: boolean
  calm?: boolean
}

/** A browser for the tests of one file, to look at the product's own pages with. */
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
