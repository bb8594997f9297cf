import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import type { Page } from 'playwright-core'
import { afterEach, expect, test } from 'vitest'
import { moment } from '../../../src/calendar.ts'
import { unseal } from '../../../src/feishu/door/verify.ts'
import type { Cast } from '../../../src/playground/cast/cast.ts'
import { createFeishu, type Feishu } from '../../../src/playground/feishu/feishu.ts'
import { createPlayground, type PlaygroundDeps } from '../../../src/playground/server.ts'
import { t } from '../../../src/text.ts'
import { hasBrowser, sharedBrowser, WAIT_MS } from './browser.ts'
import { alikeOnce } from './contrast.ts'

const secrets = { encryptKey: 'a key of this test', verificationToken: 'the-token' }
export const keys = { appId: 'cli_a5fb0ae6a4000001', appSecret: 'the-app-secret' }
export const twoPeople: Cast = {
  people: [
    { openId: 'ou_li', name: '李华', role: t('书记', 'Secretary') },
    { openId: 'ou_wang', name: '王芳' },
  ],
  groups: [{ chatId: 'oc_branch', name: '第一支部', members: ['ou_li', 'ou_wang'] }],
}

export const seen = test.skipIf(!hasBrowser)

export type Pressed = {
  value?: Record<string, unknown>
  form_value?: Record<string, unknown>
  option?: string
  checked?: boolean
  tag: string
}

type Bot = (type: string, event: { action: Pressed; message: { chat_id: string; content: string } }, feishu: Feishu) => Promise<object>

/** The page asks twice a second for news. The page of a test asks ten times as often, because each step waits for its news. */
const briskly =
  '{ const { setTimeout: sets } = window; window.setTimeout = (then, ms, ...more) => sets(then, ms === 500 ? 50 : ms, ...more) }'

/** Serves playgrounds and opens pages on them; both are closed after each test. */
export function eyes() {
  const closings: (() => unknown)[] = []
  afterEach(async () => {
    for (const close of closings.splice(0)) await close()
  })

  /** Serves the playground on a loopback port beside a bot of a few lines. */
  async function served(bot: Bot = async () => ({}), cast = twoPeople, more: Pick<PlaygroundDeps, 'replay'> = {}) {
    let now = moment('2026-10-08', '09:00')
    const feishu: Feishu = createFeishu({
      ...keys,
      ...secrets,
      clock: () => now,
      random: Math.random,
      async webhook(request) {
        const { encrypt } = (await request.json()) as { encrypt: string }
        const { header, event } = JSON.parse(unseal(encrypt, secrets.encryptKey) ?? '{}')
        return Response.json(await bot(header.event_type, event, feishu))
      },
    })
    const moveClock = (to: Date) => {
      now = to
    }
    const dayKind = () => t('工作日', 'Workday')
    const playground = createPlayground({ feishu, cast, clock: () => now, moveClock, dayKind, ...more })
    const server = serve({ fetch: playground.fetch, hostname: '127.0.0.1', port: 0 })
    await new Promise((listening) => server.once('listening', listening))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    closings.push(() => new Promise((closed) => server.close(closed)))
    return { feishu, playground, url, clock: () => now, moveClock }
  }

  /** Opens a page on it. */
  async function look(url: string, { width = 1280, height = 860, locale = 'zh-CN', dark = false } = {}) {
    const browser = await sharedBrowser()
    const page = await browser.newPage({ viewport: { width, height }, locale, colorScheme: dark ? 'dark' : 'light' })
    page.setDefaultTimeout(WAIT_MS)
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (line) => line.type() === 'error' && errors.push(line.text()))
    closings.unshift(() => page.close())
    await page.addInitScript(briskly)
    await page.goto(url)
    await page.locator('.pane .pick').first().waitFor()
    return { page, errors }
  }

  async function opened(bot?: Bot, how: Parameters<typeof look>[1] = {}) {
    const world = await served(bot)
    return { ...world, ...(await look(world.url, how)) }
  }
  return { served, look, opened }
}

/** Puts a card into a chat by the API, as any bot does. */
export async function posts(feishu: Feishu, chat: string, msg_type: string, content: object) {
  const headers = { authorization: `Bearer ${await tokenOf(feishu)}` }
  const body = JSON.stringify({ receive_id: chat, msg_type, content: JSON.stringify(content) })
  const response = await feishu.fetch('http://feishu/open-apis/im/v1/messages?receive_id_type=chat_id', { method: 'POST', headers, body })
  expect(await response.json()).toMatchObject({ code: 0 })
}

async function tokenOf(feishu: Feishu): Promise<string> {
  const body = JSON.stringify({ app_id: keys.appId, app_secret: keys.appSecret })
  const response = await feishu.fetch('http://feishu/open-apis/auth/v3/tenant_access_token/internal', { method: 'POST', body })
  return ((await response.json()) as { tenant_access_token: string }).tenant_access_token
}

/** The pane of the left person, and that of the right. */
export const left = (page: Page) => page.locator('.pane').first()
export const right = (page: Page) => page.locator('.pane').last()

export async function says(page: Page, text: string) {
  await left(page).locator('.say > input').fill(text)
  await left(page).locator('.say > input').press('Enter')
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Half a megabyte, as a script of the page’s own: `page.evaluate` reads its text twice, which took longer than the judging. */
async function load(page: Page, expression: string) {
  const session = await page.context().newCDPSession(page)
  const { exceptionDetails } = await session.send('Runtime.evaluate', { expression })
  expect(exceptionDetails).toBeUndefined()
  await session.detach()
}

/** Returns the violations of the accessibility rules, at levels A and AA. */
export async function barriers(page: Page, within = 'html', rules = levels): Promise<string[]> {
  if (!(await page.evaluate("'axe' in window"))) await load(page, `${axe}; axe.configure({ noHtml: true }); ${alikeOnce}; void 0`)
  // Nobody reads what passed: it is not named element by element.
  const asked = { runOnly: rules, resultTypes: ['violations'], selectors: false, elementRef: true }
  const run = `axe.run(${JSON.stringify(within)}, ${JSON.stringify(asked)}).then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ': ' + nodes.map((one) => one.element.outerHTML.slice(0, 140) + ' ' + (one.any[0]?.message ?? '')).join(' | ')))`
  return page.evaluate(run)
}

/** The same for a page of the product’s own, by every rule of the checker. */
export const barriersOfPage = (page: Page) => barriers(page, 'html', [...levels, 'best-practice'])
