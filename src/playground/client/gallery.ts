import type { LimitShown, Outcome } from '../gallery/limits.ts'
import type { CardShown } from '../gallery/shown.ts'
import { asSeenBy, clients } from '../gallery/versions.ts'
import { cardNode } from './containers.ts'
import { complain, toast, toastLayer } from './dialogs.ts'
import { h } from './dom.ts'
import { drawnFor } from './markdown.ts'
import type { Part } from './part.ts'
import { ask, gallerySees, inLanguage, prefer, prefs, say } from './store.ts'

const newest = clients.at(-1)?.from ?? 0
const chosen = { name: '', version: newest as number, isPhone: false, search: '' }
let cards: CardShown[] = []
let limits: LimitShown[] = []
const page = h('div', { id: 'gallery' })

/** Hangs every card that the product can send, and shows the platform's limits at work. */
export async function openGallery(): Promise<void> {
  document.body.replaceChildren(page, toastLayer)
  try {
    ;[cards, limits] = await Promise.all([ask<CardShown[]>('gallery'), ask<LimitShown[]>('limits')])
  } catch (error) {
    complain(error)
  }
  gallerySees(namesIn(JSON.stringify(cards)))
  chosen.name = cards[0]?.name ?? LIMITS
  draw()
}

const LIMITS = 'limits'

/** The people of the gallery's branch bear their names in their ids. */
function namesIn(written: string): Record<string, string> {
  const decoder = new TextDecoder()
  const bytes = (id: string) => Uint8Array.from(id.slice(3).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  return Object.fromEntries((written.match(/\bou_(?:[0-9a-f]{2})+\b/g) ?? []).map((id) => [id, decoder.decode(bytes(id))]))
}

function draw(): void {
  const { documentElement: root } = document
  root.lang = prefs.language === 'zh' ? 'zh-CN' : 'en'
  root.dataset.theme = prefs.theme
  document.title = say('gallery')
  const names = [...new Set(cards.map(({ name }) => name))].filter((name) => name.toLowerCase().includes(chosen.search.toLowerCase()))
  const pick = (name: string, words: string) => {
    const shows = () => {
      chosen.name = name
      draw()
    }
    return h('button', { type: 'button', class: 'pick', 'aria-current': chosen.name === name ? 'true' : undefined, onclick: shows }, words)
  }
  const many = (name: string) => cards.filter((one) => one.name === name).length
  const list = h(
    'nav',
    { 'aria-label': say('gallery') },
    pick(LIMITS, say('limits')),
    ...names.map((name) => pick(name, `${name} (${many(name)})`)),
  )
  const shown = chosen.name === LIMITS ? limits.map(limitNode) : cards.filter(({ name }) => name === chosen.name).map(cardShown)
  const room = h('main', { class: chosen.isPhone ? 'as-phone' : '' }, ...shown)
  const before = page.querySelector('nav')
  const [top, left] = [before?.scrollTop ?? 0, before?.scrollLeft ?? 0]
  if (document.activeElement?.id === 'search') {
    page.querySelector('nav')?.replaceWith(list)
    page.querySelector('main')?.replaceWith(room)
  } else page.replaceChildren(bar(), list, room)
  Object.assign(list, { scrollTop: top, scrollLeft: left })
}

function bar(): HTMLElement {
  const tool = (id: string, words: string, pressed: () => void, look: object = {}) => {
    const acts = () => {
      pressed()
      draw()
      document.getElementById(id)?.focus()
    }
    return h('button', { type: 'button', class: 'small', id, onclick: acts, ...look }, words)
  }
  const search = h('input', { id: 'search', type: 'search', placeholder: say('search'), 'aria-label': say('search'), value: chosen.search })
  search.oninput = () => {
    chosen.search = search.value
    draw()
  }
  const options = clients.map(({ from, says }) => new Option(inLanguage(says), String(from), false, from === chosen.version))
  const version = h('select', { id: 'client', 'aria-label': say('asClient') }, ...options)
  version.onchange = () => {
    chosen.version = Number(version.value)
    draw()
    document.getElementById('client')?.focus()
  }
  return h(
    'header',
    {},
    h('h1', {}, `${say('gallery')} · ${cards.length}`),
    search,
    h('label', {}, `${say('asClient')} `, version),
    tool('width', say(chosen.isPhone ? 'desk' : 'phone'), () => {
      chosen.isPhone = !chosen.isPhone
    }),
    tool('theme', say(prefs.theme === 'dark' ? 'light' : 'dark'), () => prefer({ theme: prefs.theme === 'dark' ? 'light' : 'dark' })),
    tool('language', say('language'), () => prefer({ language: prefs.language === 'zh' ? 'en' : 'zh' })),
    h('a', { class: 'small', href: '/' }, say('back')),
  )
}

const at = '2026-10-08T09:00:00+08:00'

function cardShown({ name, state, card, bytes, objection, needs }: CardShown, nth: number): HTMLElement {
  const json = JSON.stringify(card, null, 2)
  const copies = () => navigator.clipboard.writeText(json).then(() => toast('success', say('copied')), complain)
  const seen = asSeenBy(card, chosen.version) as Part
  const missing = needs.filter(({ from }) => from > chosen.version)
  drawnFor(at)
  return h(
    'section',
    { class: 'hung', 'data-card': `${name}/${state}` },
    h('h2', {}, state ? `${name} · ${state}` : name),
    h(
      'p',
      { class: 'facts' },
      h('span', { class: objection ? 'tag red' : 'tag green' }, objection ?? `✓ ${say('accepted')}`),
      ` ${(bytes / 1024).toFixed(1)} KB `,
      ...missing.map(({ from, what }) => h('span', { class: 'tag orange' }, `7.${from}: ${inLanguage(what)}`)),
    ),
    cardNode(seen, { message: { id: `${name}-${nth}`, at, chatId: '' }, press: () => toast('info', say('onlyShown')), redraw: draw }),
    h(
      'details',
      {},
      h('summary', { class: 'small' }, 'JSON'),
      h('button', { type: 'button', class: 'small copy', onclick: copies }, say('copy')),
      h('pre', { tabindex: 0 }, json),
    ),
  )
}

const limitNode = ({ name, limit, green, red }: LimitShown): HTMLElement =>
  h('section', { class: 'hung limit', 'data-limit': name }, h('h2', {}, inLanguage(limit)), outcomeNode(green), outcomeNode(red))

const outcomeNode = ({ tried, isTaken, code, said }: Outcome): HTMLElement =>
  h(
    'p',
    { class: `wire ${isTaken ? 'good' : 'bad'}` },
    h('b', {}, inLanguage(tried)),
    ` → ${isTaken ? say('accepted') : [code > 0 && code, said].filter(Boolean).join(' ')}`,
  )
