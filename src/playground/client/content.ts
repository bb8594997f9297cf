import { chartNode } from './chart.ts'
import { colour, type OwnColours } from './colours.ts'
import { h, icon, pictureBox } from './dom.ts'
import { markdown, personNode } from './markdown.ts'
import type { Part, Sizes } from './part.ts'
import { say, spoken } from './store.ts'

/** The surroundings of an element: its message, the card's own styles, and its form. */
export interface CardContext {
  message: { id: string; at: string; chatId: string }
  colours: OwnColours
  sizes: Sizes
  form: { fields: Map<string, Field> } | null
  press(element: Part, path: string, entered: object, node: HTMLElement, form: CardContext['form']): void
  redraw(): void
}

export interface Field {
  node: HTMLElement
  read(): string | string[] | boolean
}

export function iconOf(given: Part | undefined, colours: OwnColours = {}): HTMLElement | null {
  if (!given) return null
  if (given.tag === 'custom_icon') return pictureBox(String(given.img_key), '', { width: '16px', height: '16px' })
  const own = /_colorful$/.test(given.token ?? '') ? 'blue' : given.color
  return icon(String(given.token), own ? { color: colour(own, 'ink', colours) } : {})
}

const named = /^(heading(-[0-4])?|normal|notation|x*-?large|medium|x?-?small)$/
function sizeClass(size: unknown, { sizes }: Pick<CardContext, 'sizes'>): string {
  const own = sizes[String(size)]
  const chosen = own ? ((matchMedia('(max-width: 720px)').matches ? own.mobile : own.pc) ?? own.default) : size
  return named.test(String(chosen)) ? `size-${chosen}` : ''
}

/** Draws a text object or a markdown element. They differ in lists, headings and where the colour is named. */
export function textNode(text: Part, context: CardContext): HTMLElement {
  const plain = text.tag === 'plain_text'
  const node = plain ? h('div', { class: 'text plain' }, spoken(text)) : markdown(spoken(text), { textOnly: text.tag === 'lark_md' })
  const size = sizeClass(text.text_size, context)
  if (size) node.classList.add(size)
  node.style.textAlign = text.text_align ?? ''
  if (plain && text.text_color) node.style.color = colour(text.text_color, 'ink', context.colours)
  if (text.lines) {
    node.classList.add('clamp')
    node.style.setProperty('--lines', String(text.lines))
  }
  return node
}

const withIcon = (given: Part | undefined, node: HTMLElement, context: CardContext): HTMLElement =>
  given ? h('div', { class: 'with-icon' }, iconOf(given, context.colours), node) : node

export const content: Record<string, (element: Part, context: CardContext) => HTMLElement> = {
  markdown: (element, context) => withIcon(element.icon, textNode(element, context), context),
  hr: () => h('hr', { class: 'rule' }),
  div(element, context) {
    const fields = (element.fields ?? []).map((field) =>
      h('div', { class: field.is_short ? 'short' : 'long' }, textNode(field.text ?? {}, context)),
    )
    const node = h('div', { class: 'fields' }, element.text && textNode(element.text, context), ...fields)
    if (/px$/.test(element.width ?? '')) node.style.width = element.width ?? ''
    return withIcon(element.icon, node, context)
  },
  img: picture,
  img_combination: combination,
  person: (element) =>
    personNode(element.user_id ?? '', {
      name: element.show_name === true,
      avatar: element.show_avatar !== false,
      capsule: element.style === 'capsule',
      size: element.size,
    }),
  person_list(element, context) {
    const look = { name: element.show_name !== false, avatar: element.show_avatar === true, size: element.size }
    const people = (element.persons ?? []).map((person) => personNode(person.id, look))
    const node = h(
      'div',
      { class: `people ${look.name ? '' : 'overlap'}` },
      iconOf(element.icon ?? element.ud_icon, context.colours),
      ...people,
    )
    if (element.lines) node.style.maxHeight = `${element.lines * 32}px`
    return node
  },
  audio,
  chart: chartNode,
}

const PICTURES: Record<string, [string, string]> = {
  large: ['160px', '160px'],
  medium: ['100px', '100px'],
  small: ['60px', '60px'],
  tiny: ['16px', '16px'],
}

function picture(element: Part): HTMLElement {
  const { size = '', img_key = '' } = element
  const [width = '100%', height = ''] = PICTURES[size] ?? (/px$/.test(size) ? size.split(' ') : [])
  const shape: Record<string, string> = height ? { width, height } : { width, 'aspect-ratio': '16 / 9' }
  const node = pictureBox(img_key, spoken(element.alt) || say('picture'), { ...shape, 'border-radius': element.corner_radius ?? '0' })
  return element.title ? h('figure', {}, h('figcaption', {}, spoken(element.title)), node) : node
}

const MOST: Record<string, number> = { double: 2, triple: 3, bisect: 6, trisect: 9 }

function combination(element: Part): HTMLElement {
  const pictures = (element.img_list ?? []).slice(0, MOST[element.combination_mode ?? ''] ?? 9)
  const drawn = pictures.map((one, index) =>
    pictureBox(`${one.img_key}${index}`, say('picture'), { 'border-radius': element.corner_radius ?? '4px' }),
  )
  return h('div', { class: `pictures ${element.combination_mode}` }, ...drawn)
}

/** Audio is not played: this draws the client's control before the start. */
function audio(element: Part, { colours }: CardContext): HTMLElement {
  const { style = 'normal', time_position = 'end', time_display, border } = element
  const time = (words: string) => element.show_time !== false && h('small', {}, words)
  const whole = time(time_display === 'both' ? '0:04 / 0:12' : '0:12')
  const [before, after] =
    time_position === 'both_sides' ? [time('0:04'), time('0:12')] : time_position === 'start' ? [whole, null] : [null, whole]
  const track = element.show_progress_bar !== false && h('span', { class: 'track' })
  const look = `audio ${element.disabled ? 'off' : ''} ${element.width === 'fill' ? 'wide' : ''}`
  const button = h('span', { class: `plays ${style === 'flat' ? 'bare' : ''}` }, icon(style === 'speak' ? 'sound' : 'play'))
  const node = h('span', { class: look, role: 'img', 'aria-label': say('audio') }, button, before, track, after)
  if (border)
    Object.assign(node.style, { border: `1px solid ${colour(border.color, 'edge', colours)}`, borderRadius: border.corner_radius })
  if (element.background_style) node.style.background = colour(element.background_style, 'ground', colours)
  if (element.fill_color) node.style.setProperty('--fill', colour(element.fill_color, 'ink', colours))
  return node
}
