import { colour, hueClass } from './colours.ts'
import { type CardContext, content, iconOf, textNode } from './content.ts'
import { controls } from './controls.ts'
import { h } from './dom.ts'
import type { Part } from './part.ts'
import { localized, spoken } from './store.ts'
import { tableNode } from './table.ts'

type Drawing = (element: Part, path: string, context: CardContext) => HTMLElement

/** Draws a card. `path` is a control's place, by which a press names it. */
export function cardNode(card: Part, context: Omit<CardContext, 'colours' | 'sizes' | 'form'>): HTMLElement {
  const { style, width_mode } = card.config ?? {}
  const inside: CardContext = { ...context, colours: style?.color ?? {}, sizes: style?.text_size ?? {}, form: null }
  const body = laidOut(h('section'), { padding: '12px', ...card.body }, inside)
  fill(body, card.body?.elements, 'body.elements', inside)
  return h('article', { class: `card ${width_mode === 'compact' ? 'compact' : ''}` }, card.header && headerNode(card.header, inside), body)
}

function headerNode(header: Part, context: CardContext): HTMLElement {
  const tags = (localized(header.i18n_text_tag_list) ?? header.text_tag_list ?? []).slice(0, 3)
  const drawn = tags.map((tag) => h('span', { class: `tag ${hueClass(tag.color)}` }, spoken(tag.text)))
  const subtitle = spoken(header.subtitle) && h('div', { class: 'subtitle' }, textNode(header.subtitle ?? {}, context))
  const title = h('div', { class: 'title', role: 'heading', 'aria-level': '3' }, textNode(header.title ?? {}, context))
  return h(
    'header',
    { class: hueClass(header.template, 'plainly') },
    iconOf(header.icon),
    h('div', {}, h('div', { class: 'titles' }, title, ...drawn), subtitle),
  )
}

function fill(into: HTMLElement, elements: Part[] | undefined, path: string, context: CardContext): HTMLElement {
  for (const [index, element] of (elements ?? []).entries()) into.append(elementNode(element, `${path}[${index}]`, context))
  return into
}

function elementNode(element: Part, path: string, context: CardContext): HTMLElement {
  const tag = element.tag ?? ''
  const node = drawings[tag]?.(element, path, context) ?? h('div', { class: 'unsupported' }, tag)
  node.classList.add('part')
  if (element.margin) node.style.margin = lengths(element.margin)
  return node
}

/** Lengths come with their unit or as bare zeroes. */
const lengths = (written: string): string => written.replace(/(^|\s)(-?\d+)(?=\s|$)/g, '$1$2px')
const gaps: Record<string, string> = { small: '4px', medium: '8px', large: '12px', extra_large: '16px', default: '8px' }
const gapOf = (named: string | undefined, otherwise: string): string => gaps[named ?? ''] ?? (named || otherwise)
const sides: Record<string, string> = { left: 'flex-start', top: 'flex-start', center: 'center', right: 'flex-end', bottom: 'flex-end' }

/** Lays out a holder by the fields that body, form, column, container and panel share. */
function laidOut(node: HTMLElement, holder: Part, context: CardContext, gap = '8px'): HTMLElement {
  const isRow = holder.direction === 'horizontal'
  node.classList.add('laid', isRow ? 'across' : 'down')
  const { style } = node
  style.rowGap = gapOf(holder.vertical_spacing, gap)
  style.columnGap = gapOf(holder.horizontal_spacing, gap)
  if (holder.padding) style.padding = lengths(holder.padding)
  const [along, over] = isRow ? [holder.horizontal_align, holder.vertical_align] : [holder.vertical_align, holder.horizontal_align]
  if (along) style.justifyContent = sides[along] ?? ''
  if (over && over !== 'left') style.alignItems = sides[over] ?? ''
  if (holder.background_style) style.background = groundOf(holder.background_style, context)
  return node
}

const groundOf = (name: string, { colours }: CardContext): string =>
  name === 'laser' ? 'linear-gradient(110deg, var(--tint-blue), var(--tint-violet))' : colour(name, 'ground', colours)

const drawings: Record<string, Drawing> = {
  ...Object.fromEntries(
    Object.entries(content).map(([tag, drawn]) => [tag, (element: Part, _: string, context: CardContext) => drawn(element, context)]),
  ),
  ...controls,
  table: (element) => tableNode(element),
  column_set(element, path, context) {
    const node = h('div', { class: `columns ${element.flex_mode ?? 'none'}` })
    node.style.gap = gapOf(element.horizontal_spacing, '8px')
    if (element.horizontal_align) node.style.justifyContent = sides[element.horizontal_align] ?? ''
    if (element.background_style) node.style.background = groundOf(element.background_style, context)
    node.append(...(element.columns ?? []).map((column, index) => columnNode(column, `${path}.columns[${index}].elements`, context)))
    return node
  },
  collapsible_panel: panelNode,
  interactive_container: containerNode,
  form(element, path, context) {
    const node = laidOut(h('div', { class: 'form', role: 'group', 'aria-label': element.name }), element, context, '12px')
    return fill(node, element.elements, `${path}.elements`, { ...context, form: { fields: new Map() } })
  },
}

function columnNode(column: Part, path: string, context: CardContext): HTMLElement {
  const node = laidOut(h('div', { class: 'column' }), column, context)
  if (column.width === 'weighted') node.style.flex = `${column.weight ?? 1} 1 0`
  else if (/px$/.test(column.width ?? '')) node.style.flex = `0 0 ${column.width}`
  if (column.background_style && column.background_style !== 'default') node.classList.add('filled')
  if (column.margin) node.style.margin = lengths(column.margin)
  if (column.vertical_align) node.style.alignSelf = sides[column.vertical_align] ?? ''
  return fill(node, column.elements, path, context)
}

function panelNode(element: Part, path: string, context: CardContext): HTMLElement {
  const { header = {}, border } = element
  const angle = header.icon
    ? h('span', { class: 'turns', css: { '--angle': `${header.icon_expanded_angle ?? 180}deg` } }, iconOf(header.icon))
    : null
  const title = textNode(header.title ?? {}, context)
  const summary = h(
    'summary',
    { class: `at-${header.icon_position ?? 'left'}` },
    ...(header.icon_position === 'left' ? [angle, title] : [title, angle]),
  )
  if (header.background_color) summary.style.background = underWhite(colour(header.background_color, 'ink', context.colours))
  if (header.padding) summary.style.padding = lengths(header.padding)
  const inside = fill(laidOut(h('div'), { padding: '8px', ...element }, context), element.elements, `${path}.elements`, context)
  const node = h('details', { class: 'panel', open: element.expanded === true }, summary, inside)
  if (border)
    Object.assign(node.style, {
      border: `1px solid ${colour(border.color ?? 'grey', 'edge')}`,
      borderRadius: border.corner_radius ?? '5px',
    })
  return node
}

/** The platform writes white on such grounds in both themes. */
const underWhite = (ground: string): string => `light-dark(${ground}, color-mix(in srgb, ${ground} 45%, #000))`

function containerNode(element: Part, path: string, context: CardContext): HTMLElement {
  const node = laidOut(h('div', { class: 'container' }), element, context, '4px')
  fill(node, element.elements, `${path}.elements`, context)
  const { style } = node
  if (element.has_border) style.border = `1px solid ${colour(element.border_color ?? 'grey', 'edge', context.colours)}`
  if (element.corner_radius) style.borderRadius = element.corner_radius
  if (/px$/.test(element.width ?? '')) style.width = element.width ?? ''
  if (/px$/.test(element.height ?? '')) style.height = element.height ?? ''
  if (element.hover_tips) node.title = spoken(element.hover_tips)
  if (!element.behaviors || element.disabled) return node
  if (!node.querySelector('button, input, select, textarea, a, summary')) Object.assign(node, { tabIndex: 0, role: 'button' })
  node.classList.add('presses')
  const pressed = (event: Event) => {
    if (!(event.target as HTMLElement).closest('button, input, select, textarea, a, summary'))
      context.press(element, path, {}, node, context.form)
  }
  node.addEventListener('click', pressed)
  node.addEventListener('keydown', (event) => (event.key === 'Enter' || event.key === ' ') && event.target === node && pressed(event))
  return node
}
