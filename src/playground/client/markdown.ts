import type { StateInline, Token } from 'markdown-it'
import MarkdownIt from 'markdown-it'
import { colour, hueClass } from './colours.ts'
import { avatarNode, beijing, h, icon, pictureBox } from './dom.ts'
import { nameOf, prefs, say } from './store.ts'

type Attributes = Record<string, string>
const md = new MarkdownIt({ html: false, breaks: true, linkify: true })
md.inline.ruler.before('html_inline', 'platform_tag', platformTag)

/** Turns the platform's markdown into nodes; no text is ever read as HTML. `lark_md` texts have no lists and headings. */
export function markdown(text: string, { textOnly = false } = {}): HTMLElement {
  const source = balanced(
    text
      .replaceAll('&sim;', '&#126;')
      .replace(/<br\s*\/?>/g, '\n')
      .replace(/^\s*<hr\s*\/?>\s*$/gm, '\n---\n'),
  )
  const tokens = textOnly ? md.parseInline(source.replace(/^[ \t]+/gm, ''), {}) : md.parse(source, {})
  const holder = h('div', { class: 'text' })
  grow(holder, tokens)
  return holder
}

/** A font across paragraphs is closed and reopened in each: markdown parses each paragraph by itself. */
function balanced(text: string): string {
  let open: string[] = []
  const paragraphs = text.split(/(\n\s*\n)/).map((part) => {
    const before = open.join('')
    for (const [tag, closing] of part.matchAll(/<(\/?)font\b[^>]*>/g)) open = closing ? open.slice(0, -1) : [...open, tag]
    return part.trim() === '' ? part : `${before}${part}${'</font>'.repeat(open.length)}`
  })
  return paragraphs.join('')
}

const paired = new Set(['font', 'text_tag', 'a', 'link', 'number_tag', 'raw'])
const alone = new Set(['at', 'person', 'local_datetime', 'audio'])

function platformTag(state: StateInline, silent: boolean): boolean {
  const rest = state.src.slice(state.pos, state.posMax)
  const [opening, tag = '', written = ''] = /^<(\w+)((?:\s[^<>]*)?)>/.exec(rest) ?? []
  if (!opening || !(paired.has(tag) || alone.has(tag))) return false
  const inside = paired.has(tag)
    ? closingOf(tag, rest, opening.length)
    : { end: opening.length, after: opening.length + closed(tag, rest, opening.length) }
  if (!inside) return false
  if (!silent) {
    const token = state.push(`feishu_${tag}_open`, tag, 1)
    token.meta = attributesOf(written)
    const { pos, posMax } = state
    if (tag === 'raw') state.push('text', '', 0).content = decoded(rest.slice(opening.length, inside.end))
    else {
      Object.assign(state, { pos: pos + opening.length, posMax: pos + inside.end })
      state.md.inline.tokenize(state)
      Object.assign(state, { pos, posMax })
    }
    state.push(`feishu_${tag}_close`, tag, -1)
  }
  state.pos += inside.after
  return true
}

const closed = (tag: string, rest: string, from: number): number => (rest.startsWith(`</${tag}>`, from) ? tag.length + 3 : 0)
const decoded = (text: string): string => text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))

/** Fonts nest: the search finds the end of this one. */
function closingOf(tag: string, rest: string, from: number) {
  let depth = 1
  for (const found of rest.slice(from).matchAll(new RegExp(`<(/?)${tag}\\b[^>]*>`, 'g'))) {
    depth += found[1] ? -1 : 1
    if (depth === 0) return { end: from + found.index, after: from + found.index + found[0].length }
  }
  return null
}

const attributesOf = (written: string): Attributes =>
  Object.fromEntries(
    [...written.matchAll(/([\w-]+)\s*=\s*(?:'([^']*)'|"([^"]*)"|([^\s'"]+))/g)].map(([, key, a, b, c]) => [
      key,
      decoded(a ?? b ?? c ?? ''),
    ]),
  )

function grow(root: HTMLElement, tokens: readonly Token[]): void {
  const path = [root]
  for (const token of tokens) {
    const into = path.at(-1) ?? root
    if (token.type === 'inline') grow(into, token.children ?? [])
    else if (token.nesting === 1) path.push(into.appendChild(token.hidden ? h('span') : element(token)))
    else if (token.nesting === -1) path.pop()
    else into.append(leaf(token))
  }
}

function element(token: Token): HTMLElement {
  if (token.type.startsWith('feishu_')) return tags[token.tag]?.(token.meta as Attributes) ?? h('span')
  if (token.type === 'link_open') return link(String(token.attrGet('href')))
  if (/^h\d$/.test(token.tag)) return h('p', { class: `heading md-${token.tag}` })
  const allowed = ['p', 'ul', 'ol', 'li', 'strong', 'em', 's', 'blockquote', 'table', 'thead', 'tbody', 'tr', 'th', 'td']
  const node = document.createElement(allowed.includes(token.tag) ? token.tag : 'span')
  const start = token.attrGet('start')
  if (start) node.setAttribute('start', String(start))
  return node
}

function leaf(token: Token): Node {
  if (token.type === 'softbreak' || token.type === 'hardbreak') return h('br')
  if (token.type === 'hr') return h('hr')
  if (token.type === 'code_inline') return h('code', {}, token.content)
  if (token.type === 'fence' || token.type === 'code_block') return h('pre', { tabindex: 0 }, h('code', {}, token.content))
  if (token.type === 'image')
    return pictureBox(String(token.attrGet('src')), token.content || say('picture'), { width: '120px', height: '68px' })
  return document.createTextNode(emoji(token.content))
}

const tags: Record<string, (given: Attributes) => HTMLElement> = {
  font: ({ color }) => h('span', { css: { color: colour(color, 'ink') } }),
  text_tag: ({ color }) => h('span', { class: `tag ${hueClass(color)}` }),
  number_tag: ({ background_color, font_color }) =>
    h('span', {
      class: 'badge',
      css: { background: colour(background_color ?? 'red', 'ink'), color: font_color ? colour(font_color, 'ink') : '#fff' },
    }),
  a: ({ href = '' }) => link(href),
  link: ({ icon: token, url = '', pc_url }) => {
    const node = link(pc_url || url)
    if (token) node.append(icon(token))
    return node
  },
  raw: () => h('span'),
  at: ({ id, ids, email }) => h('span', { class: 'mention' }, [id, ids, email].join(',').split(',').filter(Boolean).map(atName).join(' ')),
  person: ({ id = '', show_name, show_avatar, style }) =>
    personNode(id, { name: show_name !== 'false', avatar: show_avatar !== 'false', capsule: style === 'capsule' }),
  local_datetime: ({ millisecond, format_type, link: url }) => {
    const node = url ? link(url) : h('span')
    node.append(localTime(Number(millisecond) || Date.parse(messageMoment), format_type))
    return node
  },
  audio: ({ fallback_text }) => h('span', { class: 'tag' }, fallback_text || say('audio')),
}

const atName = (id: string): string => `@${id === 'all' ? say('everyone') : id.includes('@') ? id : nameOf(id)}`

/** Only web, telephone and mail links are followed. */
function link(href: string): HTMLElement {
  if (!/^(https?|tel|mailto):/i.test(href)) return h('span', { class: 'dead-link' })
  return h('a', { href, target: '_blank', rel: 'noopener noreferrer' })
}

interface PersonLook {
  name?: boolean
  avatar?: boolean
  capsule?: boolean
  size?: string
}

export function personNode(id: string, { name = true, avatar = true, capsule, size = 'small' }: PersonLook): HTMLElement {
  const called = nameOf(id)
  return h(
    'span',
    { class: `person ${capsule ? 'capsule' : ''} of-${size.replace('_', '-')}`, title: called },
    avatar && avatarNode(called, id),
    name && h('span', {}, called),
  )
}

/** A time tag without a time shows when its message was sent; this is set before a card is drawn. */
let messageMoment = ''
export const drawnFor = (at: string): void => {
  messageMoment = at
}

const formats: Record<string, Intl.DateTimeFormatOptions> = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date_short: { month: 'short', day: 'numeric' },
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  week: { weekday: 'long' },
  week_short: { weekday: 'short' },
  time: { hour: '2-digit', minute: '2-digit', hour12: false },
  time_sec: { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false },
}

function localTime(at: number, format = 'date_num'): string {
  if (format === 'timezone') return 'GMT+8'
  const zone = { timeZone: 'Asia/Shanghai' }
  if (!Number.isFinite(at)) return ''
  if (format === 'date_num') return beijing(at).slice(0, 10)
  return new Intl.DateTimeFormat(prefs.language === 'zh' ? 'zh-CN' : 'en-GB', { ...formats[format], ...zone }).format(at)
}

const emojis: Record<string, string> = {
  Partying: '🥳',
  YouAreTheBest: '👍',
  STRIVE: '💪',
  CheckMark: '✅',
  OK: '👌',
  DONE: '✅',
  THUMBSUP: '👍',
  SMILE: '🙂',
}
const emoji = (text: string): string => text.replace(/:([A-Za-z_]+):/g, (whole, name: string) => emojis[name] ?? whole)
