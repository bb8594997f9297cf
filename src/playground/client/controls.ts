import { type CardContext, iconOf, textNode } from './content.ts'
import { h, icon, pictureBox } from './dom.ts'
import type { Part } from './part.ts'
import { chatOf, nameOf, say, spoken } from './store.ts'

type Control = (element: Part, path: string, context: CardContext) => HTMLElement

/** The controls of a card. Inside a form their values are read only at the submit. */
export const controls: Record<string, Control> = {
  button: buttonNode,
  overflow: overflowNode,
  checker: checkerNode,
  select_img: pictureChoice,
  input(element, path, context) {
    const long = element.input_type === 'multiline_text'
    const look = { placeholder: spoken(element.placeholder) || undefined, maxlength: element.max_length, autocomplete: 'off' }
    const box = long
      ? h('textarea', { ...look, rows: typeof element.rows === 'number' ? element.rows : 3 })
      : h('input', { ...look, type: element.input_type === 'password' ? 'password' : 'text' })
    box.value = spoken({ content: element.default_value ?? '', i18n_content: element.i18n_default_value })
    return field(element, path, context, box, () => box.value, 'input')
  },
  select_static: (element, path, context) => chooser(element, path, context, element.options ?? []),
  select_person: (element, path, context) => chooser(element, path, context, peopleOffered(element, context)),
  multi_select_static: (element, path, context) => several(element, path, context, element.options ?? []),
  multi_select_person: (element, path, context) => several(element, path, context, peopleOffered(element, context)),
  date_picker: (element, path, context) => picker(element, path, context, 'date', element.initial_date),
  picker_time: (element, path, context) => picker(element, path, context, 'time', element.initial_time),
  picker_datetime: (element, path, context) => picker(element, path, context, 'datetime-local', element.initial_datetime),
}

function buttonNode(element: Part, path: string, context: CardContext): HTMLElement {
  const { type = 'default', size = 'medium', width } = element
  const look = `press ${type.replace(/[^a-z_]/g, '')} ${size.replace(/[^a-z]/g, '')} ${width === 'fill' ? 'wide' : ''}`
  const words = spoken(element.text)
  const tips = spoken(element.disabled ? element.disabled_tips : element.hover_tips)
  const node = h('button', { type: 'button', class: look, title: tips || undefined, 'aria-label': words ? undefined : tips || say('more') })
  node.append(...[iconOf(element.icon, context.colours), words].filter((it) => it !== null))
  if (/px$/.test(width ?? '')) node.style.width = width ?? ''
  node.disabled = element.disabled === true
  const isReset = element.form_action_type === 'reset' || element.action_type === 'form_reset'
  node.onclick = () => (isReset ? context.redraw() : context.press(element, path, {}, node, context.form))
  return node
}

/** A labelled box. Its value is kept for the submit, or sent to the bot at each change. */
function field(element: Part, path: string, context: CardContext, box: Box, read: () => string | string[], key: string): HTMLElement {
  const label = spoken(element.label)
  const named = label || spoken(element.placeholder) || say('choose')
  const words = label && h('span', { class: 'label' }, label, element.required && h('i', { 'aria-hidden': 'true' }, ' *'))
  const node = h(
    'div',
    { class: `field ${element.label_position === 'left' ? 'beside' : ''} ${element.width === 'fill' ? 'wide' : ''}` },
    words,
    box,
  )
  // A list of ticks is named by its chosen options.
  if (!(box instanceof HTMLDetailsElement)) box.setAttribute('aria-label', named)
  if (element.required && 'required' in box) box.setAttribute('aria-required', 'true')
  if (/px$/.test(element.width ?? '')) node.style.width = element.width ?? ''
  if (element.disabled) box.setAttribute('disabled', '')
  if (element.disabled && element.disabled_tips) node.title = spoken(element.disabled_tips)
  if (context.form) context.form.fields.set(element.name ?? '', { node, read })
  else box.addEventListener('change', () => read() !== '' && context.press(element, path, { [key]: read() }, node, context.form))
  return node
}
type Box = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement | HTMLDetailsElement

function chooser(element: Part, path: string, context: CardContext, options: Part[]): HTMLElement {
  const box = h('select', {}, new Option(spoken(element.placeholder) || say('choose'), ''))
  for (const option of options) box.append(new Option(spoken(option.text), option.value))
  box.value = element.initial_option || (options[(element.initial_index ?? 0) - 1]?.value ?? '')
  const mark = () => box.classList.toggle('empty', box.value === '')
  box.addEventListener('change', mark)
  mark()
  return field(element, path, context, box, () => box.value, 'option')
}

function several(element: Part, path: string, context: CardContext, options: Part[]): HTMLElement {
  const chosen = h('summary', {})
  const ticks = options.map((option) =>
    h('input', { type: 'checkbox', value: option.value, checked: element.selected_values?.includes(option.value ?? '') }),
  )
  const rows = options.map((option, index) => h('label', {}, ticks[index], iconOf(option.icon), ` ${spoken(option.text)}`))
  const box = h('details', { class: 'several' }, chosen, h('div', {}, ...rows))
  const show = () => {
    const words = options.filter((_, index) => ticks[index]?.checked).map(({ text }) => h('span', { class: 'tag neutral' }, spoken(text)))
    chosen.replaceChildren(...(words.length > 0 ? words : [h('span', { class: 'soft' }, spoken(element.placeholder) || say('choose'))]))
  }
  box.addEventListener('change', show)
  show()
  return field(element, path, context, box, () => ticks.filter(({ checked }) => checked).map(({ value }) => value), 'options')
}

/** The browser's own picker. Until it is used, it shows the placeholder or the value in the platform's format. */
function picker(element: Part, path: string, context: CardContext, type: string, initial = ''): HTMLElement {
  const box = h('input', { type })
  const words = h('span', { 'aria-hidden': 'true' })
  const show = () => {
    words.textContent = box.value.replace('T', ' ') || spoken(element.placeholder)
    words.className = box.value ? '' : 'soft'
  }
  box.value = initial.replace(' ', 'T')
  box.addEventListener('input', show)
  show()
  const node = field(element, path, context, box, () => box.value.replace('T', ' '), 'option')
  node.append(h('span', { class: 'picker' }, box, words))
  return node
}

/** Without options, every member of the chat is offered. */
function peopleOffered(element: Part, { message }: CardContext): Part[] {
  const ids = (element.options ?? []).map(({ value = '' }) => value)
  const offered = ids.length > 0 ? [...new Set(ids)] : (chatOf(message.chatId)?.members ?? [])
  return offered.map((id) => ({ text: { content: nameOf(id) }, value: id }))
}

function overflowNode(element: Part, path: string, context: CardContext): HTMLElement {
  const menu = h('details', { class: 'overflow' }, h('summary', { class: 'press', 'aria-label': say('more') }, '···'))
  const entries = (element.options ?? []).map((option) => {
    const press = () => {
      menu.open = false
      const url = option.multi_url?.pc_url || option.multi_url?.url
      if (url && /^https?:/.test(url)) window.open(url, '_blank', 'noopener')
      else context.press(element, path, { option: option.value }, menu, context.form)
    }
    return h('button', { type: 'button', onclick: press }, spoken(option.text))
  })
  menu.append(h('div', {}, ...entries))
  return menu
}

function checkerNode(element: Part, path: string, context: CardContext): HTMLElement {
  const box = h('input', { type: 'checkbox', 'aria-label': spoken(element.text) || element.name })
  box.checked = element.checked === true
  box.disabled = element.disabled === true
  const words = textNode(element.text ?? { tag: 'plain_text', content: '' }, context)
  const { show_strikethrough = true, opacity = 0.6 } = element.checked_style ?? {}
  const show = () =>
    Object.assign(
      words.style,
      box.checked
        ? { textDecoration: show_strikethrough ? 'line-through' : '', opacity: String(opacity) }
        : { textDecoration: '', opacity: '' },
    )
  box.addEventListener('change', () => {
    show()
    if (!context.form && element.behaviors) context.press(element, path, { checked: box.checked }, box, context.form)
  })
  show()
  const buttons = (element.button_area?.buttons ?? []).map((button, index) =>
    buttonNode(button, `${path}.button_area.buttons[${index}]`, context),
  )
  const onHover = element.button_area?.pc_display_rule === 'on_hover' ? 'on-hover' : ''
  const node = h(
    'div',
    { class: `checker ${element.overall_checkable ? 'whole' : ''}` },
    h('label', {}, box, words),
    buttons.length > 0 && h('span', { class: `tools ${onHover}` }, ...buttons),
  )
  if (context.form) context.form.fields.set(element.name ?? '', { node, read: () => box.checked })
  return node
}

function pictureChoice(element: Part, path: string, context: CardContext): HTMLElement {
  const ratio = (element.aspect_ratio ?? '1:1').replace(':', ' / ')
  const tiles = (element.options ?? []).map((option, index) => {
    const label = spoken(option.hover_tips) || `${say('picture')} ${index + 1}`
    const tile = h(
      'button',
      { type: 'button', class: 'tile', value: option.value, 'aria-pressed': 'false', 'aria-label': label, title: label },
      pictureBox(`${option.img_key}${option.value}`, '', { 'aspect-ratio': ratio }),
      icon('check'),
    )
    tile.disabled = option.disabled === true || element.disabled === true
    tile.onclick = () => {
      const on = tile.getAttribute('aria-pressed') !== 'true'
      if (!element.multi_select) for (const other of tiles) other.setAttribute('aria-pressed', 'false')
      tile.setAttribute('aria-pressed', String(on))
      if (!context.form && on) context.press(element, path, { option: option.value }, tile, context.form)
    }
    return tile
  })
  const node = h('div', { class: `tiles ${element.layout ?? 'bisect'}`, role: 'group', 'aria-label': element.name }, ...tiles)
  const chosen = () => tiles.filter((tile) => tile.getAttribute('aria-pressed') === 'true').map(({ value }) => value)
  if (context.form)
    context.form.fields.set(element.name ?? '', { node, read: () => (element.multi_select ? chosen() : (chosen()[0] ?? '')) })
  return node
}
