import { joined, plainly, type Text, t } from './text.ts'

/** A card of JSON 2.0. The platform refuses a whole card for one property that it does not know: build cards from these pieces only. */
export type Card = { schema: '2.0'; config: object; header?: object; body: { elements: Element[] } }

export type Element = { tag: string } & Record<string, unknown>

type Colour = 'blue' | 'wathet' | 'turquoise' | 'green' | 'yellow' | 'orange' | 'red' | 'grey' | 'default'

/** Text that is the same in both languages, such as a name, is written once: a card holds 30 KB. */
const spoken = ({ zh, en }: Text) => (zh === en ? { content: zh } : { content: zh, i18n_content: { zh_cn: zh, en_us: en } })

export const plain = (text: Text) => ({ tag: 'plain_text', ...spoken(plainly(text)) })

/** The line in the list of chats. The platform documents no tags there, and angle brackets would stand in it as typed. */
function preview(text: Text): Text {
  const { zh, en } = plainly(text)
  return t(zh.replace(/[<>]/g, ''), en.replace(/[<>]/g, ''))
}

interface Look {
  colour?: Colour
  subtitle?: Text
  tag?: { text: Text; colour: string }
}

export function card(title: Text, elements: readonly (Element | null)[], { colour = 'blue', subtitle, tag }: Look = {}): Card {
  return {
    schema: '2.0',
    config: { update_multi: true, width_mode: 'default', summary: spoken(preview(title)) },
    header: {
      title: plain(title),
      ...(subtitle ? { subtitle: plain(subtitle) } : {}),
      template: colour,
      ...(tag ? { text_tag_list: [{ tag: 'text_tag', text: plain(tag.text), color: tag.colour }] } : {}),
      padding: '12px 12px 12px 12px',
    },
    body: { elements: elements.filter((element) => element !== null) },
  }
}

/** A card that is one sentence. Unlike a text message it is shown in the reader's language. */
export const sentence = (text: Text): Card => ({
  schema: '2.0',
  config: { update_multi: true, width_mode: 'compact', summary: spoken(preview(text)) },
  body: { elements: [words(text)] },
})

/** Markdown. Text that a person typed has to pass through `asWritten` or `literal` first. */
export const words = (text: Text): Element => ({ tag: 'markdown', ...spoken(text) })

export const lines = (...texts: (Text | null | false)[]): Element =>
  words(
    joined(
      texts.filter((text) => text !== null && text !== false),
      '\n',
    ),
  )

export const note = (text: Text): Element => ({ tag: 'markdown', ...spoken(small(text)), text_size: 'notation' })

const small = ({ zh, en }: Text): Text => t(`<font color='grey'>${zh}</font>`, `<font color='grey'>${en}</font>`)

export const strong = ({ zh, en }: Text): Text => t(`**${zh}**`, `**${en}**`)

export const coloured = (colour: 'red' | 'green' | 'orange' | 'grey' | 'blue', { zh, en }: Text): Text =>
  t(`<font color='${colour}'>${zh}</font>`, `<font color='${colour}'>${en}</font>`)

/** Figures side by side: `3` over `present`. They stay in one row on a phone. */
export function figures(...items: { figure: string; of: Text }[]): Element {
  // Five figures stand close together, else “Expected” would break on a phone.
  const [gap, side] = items.length > 4 ? ['4px', '1px'] : ['8px', '4px']
  return {
    tag: 'column_set',
    flex_mode: 'none',
    horizontal_spacing: gap,
    columns: items.map(({ figure, of }) => ({
      tag: 'column',
      width: 'weighted',
      weight: 1,
      background_style: 'grey-50',
      padding: `8px ${side} 8px ${side}`,
      vertical_spacing: '2px',
      elements: [
        { tag: 'markdown', content: `**${figure}**`, text_align: 'center', text_size: 'heading-3' },
        { tag: 'markdown', ...spoken(small(of)), text_align: 'center', text_size: 'notation' },
      ],
    })),
  }
}

/** Keeps the first main button and those that press the same. A card says what to do first, and the others look like the rest. */
export function oneMain(all: readonly (Element | null)[]): (Element | null)[] {
  let main: string | undefined
  const settled = (element: Element): Element => {
    const { elements, columns } = element as { elements?: Element[]; columns?: Element[] }
    if (columns) return { ...element, columns: columns.map(settled) }
    if (elements) return { ...element, elements: elements.map(settled) }
    if (element.tag !== 'button' || !String(element.type).startsWith('primary')) return element
    main ??= pressOf(element)
    return pressOf(element) === main ? element : { ...element, type: 'default' }
  }
  return all.map((one) => one && settled(one))
}

const pressOf = ({ behaviors }: Element) => (behaviors as { value?: { press?: string } }[])[0]?.value?.press ?? 'a page'

interface ButtonLook {
  type?: 'default' | 'primary' | 'danger' | 'text' | 'primary_filled'
  confirm?: { title: Text; text: Text }
  wide?: boolean
}

export const button = (label: Text, value: object, { type = 'default', confirm, wide }: ButtonLook = {}): Element => ({
  tag: 'button',
  text: plain(label),
  type,
  ...(wide ? { width: 'fill' } : {}),
  ...(confirm ? { confirm: { title: plain(confirm.title), text: plain(confirm.text) } } : {}),
  behaviors: [{ type: 'callback', value }],
})

/** A button that opens a page of ours in the browser. */
export const opens = (label: Text, url: string, { type = 'default', wide }: Pick<ButtonLook, 'type' | 'wide'> = {}): Element => ({
  tag: 'button',
  text: plain(label),
  type,
  ...(wide ? { width: 'fill' } : {}),
  behaviors: [{ type: 'open_url', default_url: url }],
})

export const row = (...elements: Element[]): Element => ({
  tag: 'column_set',
  flex_mode: 'flow',
  horizontal_spacing: '8px',
  columns: elements.map((element) => ({ tag: 'column', width: 'auto', elements: [element] })),
})

/**
 * The first of `all` that fit into `most` bytes of the request, where a card is an escaped string. Each costs `each`
 * bytes besides its words.
 */
export function fitting<T>(all: readonly T[], words: (one: T) => string, most: number, each: number): readonly T[] {
  let left = most
  const first = all.findIndex((one) => {
    left -= each + Buffer.byteLength(JSON.stringify(JSON.stringify(words(one))))
    return left < 0
  })
  return first === -1 ? all : all.slice(0, first)
}

/** The first lines that fit into `most` bytes. A card holds Chinese twice: as the default and as its own language. */
export const fittingLines = (all: readonly Text[], most: number): readonly Text[] => fitting(all, ({ zh, en }) => zh + zh + en, most, 6)

/** Lines under a title, and how many more there are; null where there are none. */
export function listed(title: Text, all: readonly Text[], most: number): Element | null {
  if (all.length === 0) return null
  const shown = fittingLines(all, most)
  const left = all.length - shown.length
  return lines(title, ...shown, left > 0 && t(`另有 ${left} 项。`, `And ${left} more.`))
}

/** The first of `all` whose drawn elements fit into `most` bytes of the request. */
export function drawnThatFit<T>(all: readonly T[], draw: (one: T) => readonly Element[], most: number): (readonly Element[])[] {
  let left = most
  const drawn = all.map(draw)
  const first = drawn.findIndex((elements) => {
    left -= Buffer.byteLength(JSON.stringify(JSON.stringify(elements)))
    return left < 0
  })
  return first === -1 ? drawn : drawn.slice(0, first)
}

export const folded = (title: Text, elements: Element[], expanded = false): Element => ({
  tag: 'collapsible_panel',
  expanded,
  header: {
    title: plain(title),
    icon: { tag: 'standard_icon', token: 'down-small-ccm_outlined', size: '16px 16px' },
    icon_position: 'follow_text',
    icon_expanded_angle: -180,
  },
  border: { color: 'grey', corner_radius: '5px' },
  padding: '8px 8px 8px 8px',
  elements,
})
