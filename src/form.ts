import { type Element, fitting, plain } from './card.ts'
import type { Text } from './text.ts'

/**
 * A form sends nothing before its submit button is pressed. Every control has a name that no other control or form of the card has. `also` is
 * a second button that sends the same fields with another value.
 */
export const form = (name: string, elements: Element[], submit: Submit, also?: Submit): Element => ({
  tag: 'form',
  name: `${name}_form`,
  elements: [
    ...elements,
    submitButton(`${name}_submit`, submit),
    ...(also ? [submitButton(`${name}_also`, { type: 'default', ...also })] : []),
  ],
})

const submitButton = (name: string, { label, value, type = 'primary_filled', confirm }: Submit): Element => ({
  tag: 'button',
  name,
  text: plain(label),
  type,
  width: 'fill',
  form_action_type: 'submit',
  ...(confirm ? { confirm: { title: plain(confirm.title), text: plain(confirm.text) } } : {}),
  behaviors: [{ type: 'callback', value }],
})

interface Submit {
  label: Text
  value: object
  /** The button that the card is for stands out; other forms on it take `default`. */
  type?: 'primary_filled' | 'default' | 'danger'
  confirm?: { title: Text; text: Text }
}

export const input = (
  name: string,
  label: Text,
  {
    value,
    required,
    most = 100,
    rows,
    hint = label,
  }: { value?: string; required?: boolean; most?: number; rows?: number; hint?: Text } = {},
): Element => ({
  tag: 'input',
  name,
  label: plain(label),
  label_position: 'top',
  placeholder: plain(hint),
  ...(value ? { default_value: value } : {}),
  ...(required ? { required: true } : {}),
  ...(rows ? { input_type: 'multiline_text', rows } : {}),
  max_length: most,
  width: 'fill',
})

export interface Option {
  label: Text
  value: string
}

const choices = (options: readonly Option[]) => options.map(({ label, value }) => ({ text: plain(label), value }))

export const select = (
  name: string,
  placeholder: Text,
  options: readonly Option[],
  { chosen, required }: { chosen?: string; required?: boolean } = {},
): Element => ({
  tag: 'select_static',
  name,
  placeholder: plain(placeholder),
  options: choices(options),
  ...(options.some(({ value }) => value === chosen) ? { initial_option: chosen } : {}),
  ...(required ? { required: true } : {}),
  width: 'fill',
})

/** The client draws each person with name and picture, which tells namesakes apart. */
export const selectPerson = (name: string, placeholder: Text, openIds: readonly string[]): Element => ({
  tag: 'select_person',
  name,
  placeholder: plain(placeholder),
  options: openIds.map((value) => ({ value })),
  width: 'fill',
})

/** The platform allows this select inside forms only. */
export const selectSeveral = (name: string, placeholder: Text, options: readonly Option[], chosen: readonly string[] = []): Element => ({
  tag: 'multi_select_static',
  name,
  placeholder: plain(placeholder),
  options: choices(options),
  ...(chosen.length > 0 ? { selected_values: chosen } : {}),
  required: false,
  width: 'fill',
})

/** `chosen` is Beijing's wall clock, `'2026-10-08 15:00'`: the platform takes no zone in an initial value. */
export const pickDateTime = (
  name: string,
  placeholder: Text,
  { chosen, required }: { chosen?: string; required?: boolean } = {},
): Element => ({
  tag: 'picker_datetime',
  name,
  placeholder: plain(placeholder),
  ...(chosen ? { initial_datetime: chosen } : {}),
  ...(required ? { required: true } : {}),
  width: 'fill',
})

/** `chosen` is a day, `'2026-10-08'`. */
export const pickDay = (name: string, placeholder: Text, { chosen, required }: { chosen?: string; required?: boolean } = {}): Element => ({
  tag: 'date_picker',
  name,
  placeholder: plain(placeholder),
  ...(chosen ? { initial_date: chosen } : {}),
  ...(required ? { required: true } : {}),
  width: 'fill',
})

/** The first options that fit into `most` bytes. */
export const fittingOptions = (all: readonly Option[], most: number): readonly Option[] =>
  fitting(all, ({ label: { zh, en }, value }) => zh + zh + en + value, most, OPTION_BYTES)

/** The bytes that one option of a select costs besides its label. */
export const OPTION_BYTES = 100
