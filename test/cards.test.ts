import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { allCards } from '../cards/index.ts'
import { commands, offerCommand } from '../commands/index.ts'
import type { Cast } from '../src/playground/cast/cast.ts'
import { keptFile, namedAs } from '../src/playground/gallery/shown.ts'
import { namesOf } from '../src/rules/words/names.ts'
import { openId, textOf } from './harness/branch.ts'
import { findings } from './harness/browser/judged.ts'
import { barriers, eyes, left, seen } from './harness/browser/looked.ts'
import { theAssessment } from './harness/gallery/assessment.ts'
import { theBallots } from './harness/gallery/ballots.ts'
import { theBoard } from './harness/gallery/board.ts'
import { theEvaluation } from './harness/gallery/evaluation.ts'
import { type Hung, theGallery } from './harness/gallery/gallery.ts'
import { theMinutes } from './harness/gallery/minutes.ts'
import { theNotes } from './harness/gallery/notes.ts'
import { thePapers } from './harness/gallery/papers.ts'
import { thePledges } from './harness/gallery/pledges.ts'
import { theReports } from './harness/gallery/reports.ts'
import { theScores } from './harness/gallery/scores.ts'
import { theTalks } from './harness/gallery/talks.ts'
import { theVoices } from './harness/gallery/voices.ts'
import { theVoters } from './harness/gallery/voters.ts'
import { theVotes } from './harness/gallery/votes.ts'
import { theWork } from './harness/gallery/work.ts'

const { served, look } = eyes()

/** As many as the tallest window holds: each question to the checker is about the whole page. */
const PER_ROOM = 8

let hung: Hung[]
beforeAll(async () => {
  hung = [
    ...(await theGallery()),
    ...(await theAssessment()),
    ...(await theBallots()),
    ...(await theVotes()),
    ...(await theEvaluation()),
    ...(await theVoters()),
    ...(await theNotes()),
    ...(await theVoices()),
    ...(await thePapers()),
    ...(await theTalks()),
    ...(await theReports()),
    ...(await thePledges()),
    ...(await theMinutes()),
    ...(await theScores()),
    ...(await theWork()),
    ...(await theBoard()),
  ]
})

test('every view hangs in the gallery', async () => {
  const { views } = await allCards()
  const names = new Set(hung.map(({ name }) => name.split(/[:,]/)[0]))
  expect([...views, offerCommand].map(({ name }) => name).filter((name) => !names.has(name))).toEqual([])
})

/** GALLERY=1 keeps them anew for the playground's gallery. */
test('the playground’s gallery has every card as it is now', () => {
  const kept = hung.map(({ name, card }) => ({ ...namedAs(name), card }))
  const file = join(import.meta.dirname, '../src/playground/gallery/cards.json.gz')
  if (process.env.GALLERY) writeFileSync(file, gzipSync(JSON.stringify(kept), { level: 9 }))
  const there = keptFile.parse(JSON.parse(gunzipSync(readFileSync(file)).toString()))
  expect(there, 'drifted: run npm run gallery').toEqual(JSON.parse(JSON.stringify(kept)))
})

test('the platform has nothing against any of them', () => {
  expect(
    findings(
      hung.map(({ card }) => card),
      'gallery',
    ),
  ).toEqual([])
  expect(findings([{ ...hung[0]?.card, schema: '1.0' }], 'broken')).toHaveLength(1)
})

test('a card has one main button', () => {
  const main = (value: unknown): string[] => {
    if (Array.isArray(value)) return value.flatMap(main)
    if (!value || typeof value !== 'object') return []
    const { tag, type, behaviors } = value as { tag?: string; type?: string; behaviors?: { value?: { press?: string } }[] }
    const own = tag === 'button' && type?.startsWith('primary') ? [behaviors?.[0]?.value?.press ?? 'a page'] : []
    return [...own, ...Object.values(value).flatMap(main)]
  }
  const all = hung.map(({ name, card }) => ({ name, presses: [...new Set(main(card))] }))
  expect(all.filter(({ presses }) => presses.length > 1)).toEqual([])
  expect(all.filter(({ presses }) => presses.length === 1).length).toBeGreaterThan(50)
})

test('the words that a card tells people to say are commands', () => {
  const known = new Set(commands.flatMap(namesOf))
  const told = hung.flatMap(({ name, card }) =>
    [...textOf(card).matchAll(/(?:说「|say “|「|“)(\/?)([^\s」”]+)/gu)]
      .filter(([all, slash]) => slash === '/' || /^(?:说|say)/u.test(all))
      .map(([, , word = '']) => ({ name, word: word.toLowerCase() })),
  )
  expect(told.filter(({ word }) => !known.has(word))).toEqual([])
  expect(new Set(told.map(({ word }) => word)).size).toBeGreaterThan(20)
})

seen.each([
  ['light', 1280, 12000, 'zh-CN'],
  ['dark', 390, 12000, 'en-GB'],
] as const)('none bars anybody: %s, %i wide', async (theme, width, height, locale) => {
  const people: Cast['people'] = ['李华', '王芳', '张伟', '赵敏', '钱进', '孙丽'].map((name) => ({ name, openId: openId(name) }))
  const members = people.map(({ openId }) => openId)
  const rooms = Array.from({ length: Math.ceil(hung.length / PER_ROOM) }, (_, room) => `oc_room${room}`)
  const groups = rooms.map((chatId) => ({ chatId, name: `${chatId}.`, members, hasBot: true }))
  const { url, feishu, clock } = await served(undefined, { people, groups })
  const at = clock()
  for (const [index, { card: content }] of hung.entries()) {
    const sender = { kind: 'app' as const, id: 'cli_x' }
    const chatId = `oc_room${Math.floor(index / PER_ROOM)}`
    const message = { chatId, sender, msgType: 'interactive', content, createdAt: at, deleted: false }
    feishu.messages.push({ id: `om_${index}`, ...message, versions: [{ at, content }] })
  }
  const { page, errors } = await look(url, { width, height, locale, dark: theme === 'dark' })
  const found: string[] = []
  for (const [room, chatId] of rooms.entries()) {
    await left(page)
      .locator('.pick', { hasText: `${chatId}.` })
      .click()
    await left(page)
      .locator(`[data-message=om_${room * PER_ROOM}]`)
      .waitFor()
    await page.evaluate("document.querySelectorAll('.pane .card details').forEach((details) => { details.open = true })")
    // The other pane shows the same again, and its drawing cost as much.
    await page.evaluate("document.querySelector('.pane:last-child').style.display = 'none'")
    // The checker does not judge what is scrolled away.
    const scrolled = "(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)(document.querySelector('.pane .stream'))"
    expect(await page.evaluate(scrolled)).toBe(0)
    found.push(...(await barriers(page, '.pane:first-child .stream')))
  }
  expect(found).toEqual([])
  expect(await page.locator('.unsupported').count()).toBe(0)
  await page.evaluate("document.querySelector('.pane:last-child').style.display = ''")
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
  expect(errors).toEqual([])
})
