import { formControls, isSubmit } from './cards/shapes.ts'
import { components, type Fields, isObject, objectsIn, type Placed } from './cards/walk.ts'
import type { Action } from './feishu/wire.ts'

/** A caller's way to find a control: its name, its words, fields of its value, its path, or a predicate. */
export type ControlQuery = string | Fields | ((element: Fields, value: unknown) => boolean)

export interface Filled {
  form?: Record<string, unknown>
  option?: string
  options?: string[]
  input?: string
  checked?: boolean
}

export function findControl(card: unknown, which: ControlQuery): Placed {
  const found = components(card).find((placed) => fits(placed, which))
  if (!found) throw new Error(`the card has no control ${typeof which === 'function' ? 'like that' : JSON.stringify(which)}`)
  return found
}

/** True for a tag that a person can act on. */
export const isControl = (tag: string): boolean => formControls.has(tag) || tag === 'overflow' || tag === 'interactive_container'

function fits({ element, tag, path }: Placed, which: ControlQuery): boolean {
  if (!isControl(tag)) return false
  if (typeof which === 'function') return which(element, callbackValue(element))
  if (typeof which === 'string') return element.name === which || path === which || wordsOn(element).includes(which)
  const value = callbackValue(element)
  return isObject(value) && Object.entries(which).every(([key, held]) => JSON.stringify(value[key]) === JSON.stringify(held))
}

/** Returns the value of the control's callback, if it has one. */
const callbackValue = (element: Fields): unknown => objectsIn(element.behaviors).find(({ type }) => type === 'callback')?.value

function wordsOn(element: Fields): string[] {
  const { text } = element
  if (!isObject(text)) return []
  const translated = isObject(text.i18n_content) ? Object.values(text.i18n_content) : []
  return [text.content, ...translated].filter((words) => typeof words === 'string')
}

/** The client's reaction to a press: it calls the bot, does nothing, or refuses a form with gaps. */
type Reaction = { action: Action } | { silent: true } | { missing: string[] }

const zone = 'Asia/Shanghai'

export function reactionOf(card: unknown, { element, tag, form }: Placed, filled: Filled): Reaction {
  if (element.disabled === true) return { silent: true }
  const value = callbackValue(element)
  const base = { tag, ...(value === undefined ? {} : { value }), ...(typeof element.name === 'string' ? { name: element.name } : {}) }
  if (form) return isSubmit(element) ? submitted(card, form, base, filled.form ?? {}) : { silent: true }
  if (callsAnyway.has(tag) || value !== undefined) return { action: { ...base, ...entered(tag, filled) } }
  return { silent: true }
}

/** These controls call the bot even without a callback behaviour. */
const callsAnyway = new Set([
  'input',
  'select_static',
  'select_person',
  'date_picker',
  'picker_time',
  'picker_datetime',
  'overflow',
  'select_img',
])
const pickers = new Set(['date_picker', 'picker_time', 'picker_datetime'])

function entered(tag: string, { option, options, input, checked }: Filled): Partial<Action> {
  if (tag === 'input') return { input_value: input ?? '' }
  if (tag === 'checker') return { checked: checked ?? true }
  if (tag.startsWith('multi_select')) return { options: options ?? [] }
  if (pickers.has(tag)) return { option: zoned(option ?? ''), timezone: zone }
  return callsAnyway.has(tag) ? { option: option ?? '' } : {}
}

/** The client sends a picked time with its offset, written without a colon. */
const zoned = (picked: string): string => (/ [+-]\d{4}$/.test(picked) ? picked : `${picked} +0800`)

function submitted(card: unknown, form: Fields, base: Action, filled: Record<string, unknown>): Reaction {
  const controls = components(card).filter((it) => it.form === form && it.tag !== 'button' && formControls.has(it.tag))
  const stranger = Object.keys(filled).find((name) => !controls.some(({ element }) => element.name === name))
  if (stranger) throw new Error(`the form has no control named ${stranger}`)
  const form_value = Object.fromEntries(controls.flatMap(({ element, tag }) => held(element, tag, filled[String(element.name)])))
  const missing = controls.flatMap(({ element }) =>
    element.required === true && isEmpty(form_value[String(element.name)]) ? [String(element.name)] : [],
  )
  if (missing.length > 0) return { missing }
  return { action: { ...base, timezone: zone, form_value } }
}

const isEmpty = (value: unknown): boolean => value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** An empty input is sent as `''`; other untouched controls are left out. */
function held(element: Fields, tag: string, given: unknown): [string, unknown][] {
  const value = given ?? initial(element)
  const name = String(element.name)
  if (tag === 'input') return [[name, value ?? '']]
  if (isEmpty(value)) return []
  return [[name, pickers.has(tag) ? zoned(String(value)) : value]]
}

function initial(element: Fields): unknown {
  const { default_value, initial_option, initial_date, initial_time, initial_datetime, selected_values, checked, initial_index } = element
  const indexed = typeof initial_index === 'number' ? objectsIn(element.options)[initial_index - 1]?.value : undefined
  return default_value ?? initial_option ?? initial_date ?? initial_time ?? initial_datetime ?? selected_values ?? checked ?? indexed
}
