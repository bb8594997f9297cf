import { fail, failCard } from '../feishu/failure.ts'
import { formControls, isSubmit, type Shape, shapeNamed, shapeOfTag } from './shapes.ts'
import { oddValues, tablesIn } from './values.ts'
import { components, type Fields, isObject, objectsIn, type Placed } from './walk.ts'

const LIMITS = { bytes: 30 * 1024, elements: 200, tables: 5, depth: 5 }

/** Checks a card as the platform does: it is accepted or refused whole. `knows` tells whether a person has that id. */
export function checkCard(card: unknown, knows: (id: string) => boolean): asserts card is Fields {
  if (!isObject(card)) fail(230001, 'Your request contains an invalid request parameter, ext=content is not a json object.')
  if (card.type === 'template' || card.type === 'card') failCard(200380, 'template does not exist or is not published', 'data')
  if (card.schema !== '2.0') failCard(200621, 'parse card json err, schema is not 2.0', 'schema')
  if (!isObject(card.body) || !Array.isArray(card.body.elements)) failCard(200621, 'parse card json err, body.elements missing', 'body')
  checkShape(card, shapeNamed('card'), '$')
  if (isObject(card.header) && !isObject(card.header.title)) failCard(200621, 'parse card json err, title missing', 'header.title')
  checkCounts(card)
  const placed = components(card)
  for (const it of placed) checkPlace(it)
  checkValues(card, placed)
  for (const { element, path } of placed.filter(({ tag }) => tag === 'form')) checkForm(element, path, placed)
  for (const { element, path } of placed.filter(({ tag }) => tag === 'table')) checkTable(element, path)
  for (const { element, path } of placed.filter(({ tag }) => tag === 'chart')) checkChart(element, path)
  checkUnique(placed)
  for (const { id, path } of peopleNamed(placed)) if (!knows(id)) failCard(100290, `invalid user id ${id}`, path)
}

export const cardTooLong = (bytes: number): boolean => bytes > LIMITS.bytes

function checkShape(value: Fields, shape: Shape | undefined, path: string): void {
  if (!shape) return
  for (const [property, held] of Object.entries(value)) {
    if (!shape.has(property)) failCard(200621, `parse card json err, unknown property, property: ${property}`, `${path}.${property}`)
    const below = shape.get(property)
    if (below === undefined) continue
    if (lists.has(property) !== Array.isArray(held)) failCard(200621, 'parse card json err, wrong type', `${path}.${property}`)
    for (const [index, one] of [held].flat().entries()) {
      const here = Array.isArray(held) ? `${path}.${property}[${index}]` : `${path}.${property}`
      if (!isObject(one)) failCard(200621, 'parse card json err, an object is expected', here)
      checkShape(one, below === 'element' ? elementShape(one, here) : shapeNamed(below), here)
    }
  }
}

const lists = new Set(['elements', 'columns', 'buttons', 'behaviors', 'options', 'fields', 'persons', 'img_list', 'text_tag_list'])

function elementShape(element: Fields, path: string): Shape {
  const shape = typeof element.tag === 'string' ? shapeOfTag(element.tag) : undefined
  return shape ?? failCard(200861, `cards of schema V2 no longer support this capability; unsupported tag ${element.tag}`, `${path}.tag`)
}

function checkCounts(card: Fields): void {
  if (isObject(card.config) && 'update_multi' in card.config && card.config.update_multi !== true)
    failCard(200621, 'parse card json err, update_multi can only be true', 'config.update_multi')
  if (tagged({ header: card.header, body: card.body }) > LIMITS.elements) failCard(11310, 'element exceeds the limit', 'body')
}

const opaque = new Set(['chart_spec', 'rows', 'value'])

/** Every object with a tag counts: components, and their texts and icons too. */
function tagged(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + tagged(one), 0)
  if (!isObject(value)) return 0
  const below = Object.entries(value).filter(([property]) => !opaque.has(property))
  return below.reduce((sum, [, held]) => sum + tagged(held), typeof value.tag === 'string' ? 1 : 0)
}

const texts = new Set(['plain_text', 'lark_md', 'standard_icon', 'custom_icon', 'text_tag', 'fallback_text'])

function checkPlace({ element, tag, path, parent, form, depth }: Placed): void {
  const wrong = (why: string) => failCard(200621, `parse card json err, ${why}`, path)
  if (texts.has(tag)) wrong(`${tag} is no component`)
  if ((tag === 'form' || tag === 'table') && parent) wrong(`${tag} can only be placed at the root`)
  if ((tag === 'column') !== (parent?.tag === 'column_set')) wrong(`${tag} cannot stand in ${parent?.tag ?? 'the body'}`)
  if (tag.startsWith('multi_select') && !form) wrong(`${tag} can only be placed in a form`)
  if (depth > LIMITS.depth) wrong('components are nested too deep')
  for (const behaviour of objectsIn(element.behaviors)) {
    if (behaviour.type === 'callback' && behaviour.value === undefined) wrong('a callback needs a value')
    if (behaviour.type === 'open_url' && !isLink(behaviour.default_url)) wrong('the link is not in the white list')
  }
}

const isLink = (url: unknown): boolean => typeof url === 'string' && /^https?:\/\/[!-~]+$/.test(url)

function checkValues(card: Fields, placed: readonly Placed[]): void {
  const { style } = isObject(card.config) ? card.config : {}
  const held = (key: string) => (isObject(style) && isObject(style[key]) ? style[key] : {})
  const own = { colours: held('color'), sizes: held('text_size') }
  const forms = new Map(placed.map(({ element, form }) => [element, form !== null]))
  const inside = (value: unknown, path: string, isInForm: boolean): void => {
    if (Array.isArray(value)) value.forEach((one, index) => void inside(one, `${path}[${index}]`, isInForm))
    if (!isObject(value)) return
    const here = forms.get(value) ?? isInForm
    const odd = oddValues(value, here, own)
    if (odd) failCard(200621, `parse card json err, ${odd}`, path)
    for (const [key, below] of Object.entries(value)) if (!opaque.has(key)) inside(below, `${path}.${key}`, here)
  }
  inside(card.header, 'header', false)
  inside(card.body, 'body', false)
  if (objectsIn(isObject(card.header) ? card.header.text_tag_list : []).length > 3)
    failCard(200621, 'parse card json err, more than 3 tags', 'header')
  const link = card.card_link
  if (isObject(link) && !link.url && !(link.pc_url && link.ios_url && link.android_url))
    failCard(200621, 'parse card json err, no url', 'card_link')
  if (placed.some(({ tag }) => tag === 'audio') && !(isObject(card.config) && card.config.enable_forward === false))
    failCard(300220, 'a card with audio cannot be forwarded', 'config')
  const drawn = placed.map(({ element }) => tablesIn(element))
  if (drawn.some((many) => many > 4) || drawn.reduce((sum, many) => sum + many, 0) > LIMITS.tables)
    failCard(11310, 'card table number over limit', 'body')
  if (placed.filter(({ tag }) => tag === 'chart').length > 5) failCard(11310, 'card chart number over limit', 'body')
}

function checkForm(form: Fields, path: string, placed: readonly Placed[]): void {
  const controls = placed.filter((it) => it.form === form && formControls.has(it.tag))
  const nameless = [{ element: form, path }, ...controls].find(({ element }) => typeof element.name !== 'string' || element.name === '')
  if (nameless) failCard(200530, 'form element must have a name', nameless.path)
  if (!controls.some(({ element }) => isSubmit(element))) failCard(200621, 'parse card json err, form has no submit button', path)
}

function checkUnique(placed: readonly Placed[]): void {
  const names = new Set<unknown>()
  const ids = new Set<unknown>()
  for (const { element, tag, form, path } of placed) {
    if (element.element_id !== undefined && ids.has(element.element_id)) failCard(300301, 'element_id is not unique', path)
    if ((form || tag === 'form') && element.name !== undefined && names.has(element.name)) failCard(200530, 'name is not unique', path)
    if (form || tag === 'form') names.add(element.name)
    ids.add(element.element_id)
  }
}

function checkTable({ columns, rows }: Fields, path: string): void {
  const types = new Map(objectsIn(columns).map((column) => [column.name, column.data_type]))
  objectsIn(rows).forEach((row, index) => {
    for (const [name, cell] of Object.entries(row)) {
      const here = `${path}.rows[${index}].${name}`
      if (!types.has(name)) failCard(200915, 'table row has a key that is no column', here)
      if (!fits(types.get(name), cell)) failCard(200914, 'table cell is of the wrong type', here)
    }
  })
}

function fits(type: unknown, cell: unknown): boolean {
  if (type === 'number' || type === 'date') return typeof cell === 'number'
  if (type === 'persons' || type === 'options') return typeof cell === 'string' || Array.isArray(cell)
  if (type === 'lark_md' || type === 'markdown') return typeof cell === 'string'
  return cell !== null
}

function checkChart({ chart_spec: spec }: Fields, path: string): void {
  if (!isObject(spec) || (spec.axes !== undefined && !Array.isArray(spec.axes)))
    failCard(200550, 'chart spec is invalid', `${path}.chart_spec`)
}

/** An unknown person in `<at>` or a person element fails the whole card. A `<person>` tag only shows "unknown user". */
function peopleNamed(placed: readonly Placed[]): { id: string; path: string }[] {
  return placed.flatMap(({ element, tag, path }) => {
    const listed = tag === 'person_list' && element.drop_invalid_user_id !== true ? objectsIn(element.persons).map(({ id }) => id) : []
    const ids = [...listed, ...(tag === 'person' ? [element.user_id] : []), ...writings(element).flatMap(mentioned)]
    return ids.map((id) => ({ id: String(id), path }))
  })
}

function writings(element: Fields): string[] {
  const holders = [element, ...(isObject(element.text) ? [element.text] : [])]
  return holders.flatMap(({ content, i18n_content }) =>
    [content, ...(isObject(i18n_content) ? Object.values(i18n_content) : [])].filter((text) => typeof text === 'string'),
  )
}

const mentioned = (markdown: string): string[] =>
  [...markdown.matchAll(/<at\b[^>]*?\bids?\s*=\s*["']?([^"'\s>]+)/g)].flatMap(([, ids = '']) => ids.split(',')).filter((id) => id !== 'all')
