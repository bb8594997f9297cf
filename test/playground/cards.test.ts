import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Cast } from '../../src/playground/cast/cast.ts'
import { barriers, eyes, left, seen } from '../harness/browser/looked.ts'

const { served, look } = eyes()
const folder = join(import.meta.dirname, '../fixtures/cards')
const names = readdirSync(join(folder, 'ok')).map((file) => file.replace('.json', ''))
const screenOf = (name: string) => join(folder, 'screens', `${name}.png`)

/** The official samples only name their data; this data stands in for it. */
const quarters = ['2025Q4', '2026Q1', '2026Q2', '2026Q3'].flatMap((time, index) =>
  ['甲', '乙'].map((type, other) => ({
    time,
    year: time,
    x: time,
    type,
    name: type + time,
    key: time,
    value: 40 + index * 12 + other * 9,
  })),
)
const figures: Record<string, object[]> = {
  line: quarters.filter(({ type }) => type === '甲'),
  area: quarters.filter(({ type }) => type === '甲'),
  bar: quarters,
  'bar-horizontal': quarters.slice(0, 5),
  common: quarters.map((one) => ({ ...one, y: one.value })),
  pie: quarters.slice(0, 4).map(({ name, value }) => ({ type: name, value })),
  'pie-donut': quarters.slice(0, 4).map(({ name, value }) => ({ type: name, value })),
  funnel: [90, 60, 30].map((value) => ({ name: `第 ${value} 步`, value })),
  radar: quarters.filter(({ type }) => type === '甲'),
  scatter: [12, 18, 25, 33].map((milesPerGallon) => ({ milesPerGallon, horsepower: 220 - milesPerGallon * 5 })),
  linearProgress: [{ type: '进度', value: 0.7 }],
  circularProgress: [{ type: '进度', value: 0.7, text: '70%' }],
  wordCloud: ['组织', '学习', '服务', '支部', '党课'].map((challenge_name, index) => ({ challenge_name, sum_count: 10 + index * 8 })),
}

function fixture(name: string) {
  const text = readFileSync(join(folder, 'ok', `${name}.json`), 'utf8')
  const data = JSON.stringify(figures[name.replace('chart-', '')] ?? [])
  return text.replaceAll(/"mock_data(_\d)?"/g, () => data)
}

/** The cast holds everybody that a card names. */
function peopleOf(texts: string[]): Cast['people'] {
  const ids = [...new Set(texts.flatMap((text) => [...text.matchAll(/ou_[0-9a-z]+/g)].map(([id]) => id)))]
  return ids.map((openId, index) => ({ openId, name: ['李华', '王芳', '张伟', '赵敏', '钱进', '周洁'][index % 6] ?? '' }))
}

const cards = new Map(names.map((name) => [name, fixture(name)]))

/** A window that holds a lot of cards: what is scrolled away, the checker does not judge. */
const TALL = 16_000
const LOT = 14
const lots = Array.from({ length: Math.ceil(names.length / LOT) }, (_, lot) => names.slice(lot * LOT, (lot + 1) * LOT))

/** Each card has a chat, and so has each lot of them. A page turns from one to the next. */
async function gallery(how: Parameters<typeof look>[1]) {
  const people = peopleOf([...cards.values(), '"ou_a" "ou_b"'])
  const members = people.map(({ openId }) => openId)
  const chats = [...names.map((name) => ({ name, holds: [name] })), ...lots.map((holds, lot) => ({ name: `lot${lot}`, holds }))]
  const groups = chats.map(({ name }) => ({ chatId: `oc_${name}`, name, members, hasBot: true }))
  const world = await served(undefined, { people, groups })
  const at = world.clock()
  for (const { name: chat, holds } of chats)
    for (const name of holds) {
      const content = JSON.parse(cards.get(name) ?? '')
      const sender = { kind: 'app' as const, id: 'cli_x' }
      const message = {
        id: `om_${chat}_${name}`,
        chatId: `oc_${chat}`,
        sender,
        msgType: 'interactive',
        content,
        createdAt: at,
        deleted: false,
      }
      world.feishu.messages.push({ ...message, versions: [{ at, content }] })
    }
  const { page, errors } = await look(world.url, how)

  /** Returns the cards of a chat when all are drawn. */
  async function turnTo(chat: string, holds: readonly string[] = [chat]) {
    await left(page)
      .locator('.pick', { has: page.getByText(chat, { exact: true }) })
      .click()
    await left(page).locator(`[data-message="om_${chat}_${holds[0]}"]`).waitFor()
    const isDrawn = "[...document.querySelectorAll('.pane:first-child .chart')].every(({ dataset }) => dataset.drawn === 'yes')"
    await expect.poll(() => page.evaluate(isDrawn)).toBe(true)
    return holds.map((name) => ({ name, card: left(page).locator(`[data-message="om_${chat}_${name}"] .card`) }))
  }

  /** Shows each lot of cards whole, and returns what bars anybody from them. */
  async function barriersInLots(judge: (name: string, card: Locator) => Promise<void> = async () => {}): Promise<string[]> {
    await page.setViewportSize({ width: how?.width ?? 1280, height: TALL })
    const found: string[] = []
    for (const [lot, holds] of lots.entries()) {
      for (const { name, card } of await turnTo(`lot${lot}`, holds)) await judge(name, card)
      const scrolled = "(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)(document.querySelector('.pane .stream'))"
      expect(await page.evaluate(scrolled)).toBe(0)
      found.push(...(await barriers(page, '.pane:first-child .stream')))
    }
    return found
  }
  return { page, errors, turnTo, barriersInLots }
}

test('all of the platform’s samples are here, each with a picture', () => {
  expect(names).toHaveLength(42)
  expect(readdirSync(join(folder, 'screens')).sort()).toEqual(names.map((name) => `${name}.png`).sort())
})

/** SCREENS=1 writes the pictures anew; look at them before a commit. */
seen('each card looks as in its kept picture', async () => {
  const { page, errors, turnTo, barriersInLots } = await gallery({ width: 1280, height: 1400 })
  const changed: object[] = []
  for (const name of names) {
    const [shown] = await turnTo(name)
    const shot = await shown?.card.screenshot({ animations: 'disabled' })
    if (!shot) throw new Error(`${name} is not shown`)
    if (process.env.SCREENS) writeFileSync(screenOf(name), shot)
    const { size, difference } = await compared(page, readFileSync(screenOf(name)), shot)
    if (size > 0.06 || difference > 0.05) changed.push({ name, size, difference })
  }
  expect(changed).toEqual([])
  expect(await barriersInLots()).toEqual([])
  expect(await page.locator('.unsupported').count()).toBe(0)
  expect(errors).toEqual([])
})

seen('each card fits a phone, in the dark and in English', async () => {
  const { page, errors, barriersInLots } = await gallery({ width: 390, height: 844, locale: 'en-GB', dark: true })
  const found = await barriersInLots(async (name, card) => {
    expect([name, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([name, 390])
    expect((await card.boundingBox())?.width).toBeLessThan(345)
  })
  expect(found).toEqual([])
  expect(await page.locator('.unsupported').count()).toBe(0)
  expect(errors).toEqual([])
})

/** Compares the sizes of two pictures, and their brightness over small tiles, which forgives another rendering of letters. */
async function compared(page: Page, before: Buffer, after: Buffer): Promise<{ size: number; difference: number }> {
  const look = `(async ([a, b]) => {
    const load = async (base64) => createImageBitmap(new Blob([Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))], { type: 'image/png' }))
    const [one, two] = [await load(a), await load(b)]
    const tiles = (image) => {
      const canvas = new OffscreenCanvas(40, 40)
      const context = canvas.getContext('2d', { willReadFrequently: true })
      context.imageSmoothingQuality = 'high'
      context.drawImage(image, 0, 0, 40, 40)
      return context.getImageData(0, 0, 40, 40).data
    }
    const [first, second] = [tiles(one), tiles(two)]
    let sum = 0
    for (let at = 0; at < first.length; at++) sum += Math.abs(first[at] - second[at])
    const size = Math.max(Math.abs(one.width / two.width - 1), Math.abs(one.height / two.height - 1))
    return { size, difference: sum / first.length / 255 }
  })(${JSON.stringify([before.toString('base64'), after.toString('base64')])})`
  return page.evaluate(look)
}
