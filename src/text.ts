/** Words for people stand in both languages. The client shows the reader's, since an event does not tell it. */
export type Text = { zh: string; en: string }
export type Language = keyof Text

export const t = (zh: string, en: string): Text => ({ zh, en })

/** Text that a person typed: the same in both languages, and never read as markup. */
export const asWritten = (text: string): Text => ({ zh: literal(text), en: literal(text) })

/** Card markdown reads these characters as markup. As entities they stay what was typed, `<at id=all>` included. */
const entities: Record<string, string> = {
  '&': '&#38;',
  '<': '&#60;',
  '>': '&#62;',
  '*': '&#42;',
  _: '&#95;',
  '[': '&#91;',
  ']': '&#93;',
  '(': '&#40;',
  ')': '&#41;',
  '#': '&#35;',
  '!': '&#33;',
  '-': '&#45;',
  '+': '&#43;',
  ':': '&#58;',
  $: '&#36;',
  '\\': '&#92;',
  '`': '&#96;',
  '~': '&sim;',
}
export const literal = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[&<>*_[\]()#!\-+:$\\`~]/g, (c) => entities[c] ?? c)

/** Reads the entities back, for titles, buttons and toasts, where nothing is markup. */
export const plainly = ({ zh, en }: Text): Text => t(unescaped(zh), unescaped(en))
const characters = new Map(Object.entries(entities).map(([character, entity]) => [entity, character]))
const unescaped = (text: string) => text.replace(/&(?:#\d+|sim);/g, (entity) => characters.get(entity) ?? entity)

/** Takes off format characters: nobody sees them, and with them two names look alike or run backwards. */
export const withoutFormat = (text: string): string => text.replace(/\p{Cf}+/gu, '')

/** A name or a place as a person typed it, wherever it comes from. */
export const nameFrom = (text: string, most: number): string => clipped(withoutFormat(text), most)

/** One line of at most `most` characters, as a person typed it. An ellipsis shows that the end is cut. */
export function clipped(text: string, most: number): string {
  const characters = [...text.toWellFormed().replace(/\s+/gu, ' ').trim()]
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most - 1).join('')}…`
}

export const joined = (texts: readonly Text[], zh: string, en = zh): Text => ({
  zh: texts.map((text) => text.zh).join(zh),
  en: texts.map((text) => text.en).join(en),
})

/** A label and its value: 时间：三点 · When: three. `zh` parts them in both languages unless `en` is given. */
export const labelled = (label: Text, value: Text, zh = '：', en = zh === '：' ? ': ' : zh): Text => joined([label, value], zh, en)

/** The English begins with a capital letter, as on a button. */
export const capital = ({ zh, en }: Text): Text => t(zh, en.slice(0, 1).toUpperCase() + en.slice(1))

/** A number of things in English: 1 entry, 2 entries. */
export const counted = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`

/** Texts one after the other in a sentence: 学习、党费 · study, dues. */
export const listed = (texts: readonly Text[]): Text => joined(texts, '、', ', ')

/** Writes the same template for both languages: `both((l) => …[l])`. */
export const both = (write: (language: Language) => string): Text => ({ zh: write('zh'), en: write('en') })
