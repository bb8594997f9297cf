import { type Fields, isObject, objectsIn } from './walk.ts'

const oneOf = (words: string) => new RegExp(`^(${words.replaceAll(' ', '|')})$`)
const hues = 'blue carmine green indigo lime grey orange purple red sunflower turquoise violet wathet yellow'
const shade = '-(50|100|200|300|350|400|500|600|700|800|900)'
const colours = new RegExp(
  `^((${hues.replaceAll(' ', '|')})(${shade})?|grey-(00|650|950|1000)|default|white|bg-white|light_grey|black|laser|none|)$`,
)
const tagColours = oneOf('neutral blue turquoise lime orange violet indigo wathet green yellow red purple carmine')
const sizes = oneOf('heading(-[0-4])? normal notation xxxx-large xxx-large xx-large x-large large medium small x-small')
const lengths = /^(-?\d{1,2}(px)?( |$)){1,4}$/
const whole = (least: number, most: number) => ({
  test: (value: unknown) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
})
const locales = oneOf('zh_cn en_us zh_hk zh_tw ja_jp id_id vi_vn th_th pt_br es_es ko_kr de_de fr_fr it_it ru_ru ms_my')

/** The values a property may hold, by `property` or `tag.property`. */
const allowed: Record<string, { test(value: never): boolean }> = {
  element_id: /^[A-Za-z]\w{0,19}$/,
  margin: lengths,
  padding: lengths,
  template: oneOf('blue wathet turquoise green yellow orange red carmine violet purple indigo grey default'),
  flex_mode: oneOf('none stretch flow bisect trisect'),
  'text_tag.color': tagColours,
  'button.type': oneOf('default primary danger text primary_text danger_text primary_filled danger_filled laser'),
  'button.size': oneOf('tiny small medium large'),
  'column.weight': whole(1, 5),
  'input.max_length': whole(1, 1000),
  'input.input_type': oneOf('text multiline_text password'),
  'date_picker.initial_date': /^\d{4}-\d\d-\d\d$/,
  'picker_time.initial_time': /^\d\d:\d\d$/,
  'picker_datetime.initial_datetime': /^\d{4}-\d\d-\d\d \d\d:\d\d$/,
  'table.page_size': whole(1, 10),
  'person_list.lines': whole(1, 999),
  'img.size': /^(stretch|large|medium|small|tiny|\d{1,4}px \d{1,4}px)$/,
  width: /^(default|fill|auto|weighted|auto_when_fold|\d{2,3}px|100%|\d?\d%)$/,
}
const coloured = new Set(['text_color', 'background_style', 'background_color', 'border_color', 'fill_color', 'color'])
const charts = oneOf('line area bar pie common funnel scatter radar linearProgress circularProgress wordCloud')
const pictures: Record<string, number> = { double: 2, triple: 3, bisect: 6, trisect: 9 }

/** Returns why no client shows this element as meant. The rules come from the platform's documents. */
export function oddValues(element: Fields, isInForm: boolean, own: { colours: Fields; sizes: Fields }): string | undefined {
  const tag = String(element.tag ?? '')
  for (const [property, value] of Object.entries(element)) {
    const rule = allowed[`${tag}.${property}`] ?? allowed[property]
    if (rule && !rule.test(value as never)) return `${property} cannot be ${JSON.stringify(value)}`
    if (coloured.has(property) && tag !== 'text_tag' && !colours.test(String(value)) && !(String(value) in own.colours))
      return `${String(value)} is no colour`
    if (property === 'text_size' && !sizes.test(String(value)) && !(String(value) in own.sizes)) return `${String(value)} is no text size`
    if (property === 'i18n_content' && isObject(value) && !Object.keys(value).every((key) => locales.test(key)))
      return 'a locale is unknown'
  }
  const options = objectsIn(element.options)
  const values = options.map(({ value }) => value)
  const chosen = [element.selected_values ?? [], element.initial_option || []].flat()
  const has = (property: string) => isObject(element[property])
  const problems: Record<string, boolean> = {
    'required outside a form': element.required === true && !isInForm,
    'a link from what is no button':
      tag !== 'button' && tag !== 'interactive_container' && objectsIn(element.behaviors).some(({ type }) => type === 'open_url'),
    'more than 100 characters on a control': (tag === 'button' || tag === '') && textOf(element.text).length > 100,
    'a confirmation without title or text':
      isObject(element.confirm) && !(isObject(element.confirm.title) && isObject(element.confirm.text)),
    'an option without text or with a value used twice':
      (tag === 'select_static' || tag === 'multi_select_static') &&
      (new Set(values).size < values.length || options.some(({ text }) => !isObject(text))),
    'a choice that is no option': options.length > 0 && !chosen.every((one) => values.includes(one)),
    'an index past the last option': Number(element.initial_index ?? 0) > options.length,
    'several pictures outside a form': tag === 'select_img' && element.multi_select === true && !isInForm,
    'too many pictures':
      tag === 'img_combination' && objectsIn(element.img_list).length > (pictures[String(element.combination_mode)] ?? 9),
    'a picture without alt': tag === 'img' && !has('alt'),
    'a time picker with neither time nor placeholder':
      tag.startsWith('picker_') && !has('placeholder') && !(element.initial_time || element.initial_datetime),
    'more than three buttons beside a tick': isObject(element.button_area) && objectsIn(element.button_area.buttons).length > 3,
    'a column narrower than 80px': 'data_type' in element && /^[0-7]?\dpx$/.test(String(element.width)),
    'more than 50 columns': tag === 'table' && objectsIn(element.columns).length > 50,
    'an unknown chart': tag === 'chart' && isObject(element.chart_spec) && !charts.test(String(element.chart_spec.type)),
  }
  const odd = Object.keys(problems).find((why) => problems[why])
  return odd ?? (tag === 'markdown' || tag === 'lark_md' ? writings(element).map(oddMarkdown).find(Boolean) : undefined)
}

const textOf = (text: unknown): string => (isObject(text) ? String(text.content ?? '') : '')
const writings = ({ content, i18n_content: translations }: Fields) =>
  [content, ...(isObject(translations) ? Object.values(translations) : [])].map((text) => String(text ?? ''))

const known = oneOf('br hr person local_datetime at a text_tag raw link font number_tag audio')

function oddMarkdown(text: string): string | undefined {
  const plain = text.replace(/`[^`\n]*`/g, '')
  const tags = [...plain.matchAll(/<\/?([A-Za-z][\w-]*)(?=[\s>/])([^<>]*)>/g)]
  if (tags.some(([, tag = '']) => !known.test(tag.toLowerCase()))) return 'a tag that is not shown'
  if (tags.some(([whole, tag]) => tag === 'at' && !whole.startsWith('</') && !/\b(id|ids|email)\s*=\s*["']?[^"'\s>]/.test(whole)))
    return 'an @ of nobody'
  if (/<number_tag\b[^>]*>(?!\s*\d{1,2}\s*<)/.test(plain)) return 'a number badge outside 0…99'
  if (/(^|[^!])\[[^\]\n]*\]\((?!https?:\/\/|tel:\/\/)/.test(plain)) return 'a link without http(s)'
  const bare = [...plain.matchAll(/(?<![("'=\w])https?:\/\/[!-~]*?(?=\P{ASCII})/gu)]
  return bare.some(([link]) => !/[<>()"'\]]/.test(link)) ? 'a bare link that runs into text' : undefined
}

/** Counts the tables of an element. A markdown text draws one for each line of dashes under a head. */
export function tablesIn(element: Fields): number {
  if (element.tag !== 'markdown') return Number(element.tag === 'table')
  const drawn = (text: string) =>
    text.split('\n').filter((line, at, all) => /^[ |:-]+$/.test(line) && /-.*\||\|.*-/.test(line) && all[at - 1]?.includes('|'))
  return Math.max(...writings(element).map((text) => drawn(text).length))
}
