import { type Text, t } from '../../text.ts'
import { components, type Fields, isObject } from '../cards/walk.ts'

/** Clients that show cards differently, each with the chart library that it embeds. A version is written as its minor number. */
export const clients = [
  { from: 19, charts: '1.10.1', says: t('7.19：没有 JSON 2.0', '7.19: no JSON 2.0') },
  { from: 20, charts: '1.10.1', says: t('7.20–7.26：VChart 1.10', '7.20–7.26: VChart 1.10') },
  { from: 27, charts: '1.12.3', says: t('7.27 起：VChart 1.12', 'from 7.27: VChart 1.12') },
  { from: 49, charts: '1.12.3', says: t('7.49 起', 'from 7.49') },
] as const

interface Newer {
  from: number
  what: Text
  has(element: Fields): boolean
  /** The element as a client before that version has it. */
  before(element: Fields): Fields
}

const without = (element: Fields, ...keys: string[]): Fields =>
  Object.fromEntries(Object.entries(element).filter(([key]) => !keys.includes(key)))
const notice = (content: string): Fields => ({ tag: 'markdown', content })
const upgrade = t('请升级至最新版本客户端，以查看内容', 'Please upgrade to the latest version to see this')

/** The features that came with a client, as the platform's documents say. */
const newer: readonly Newer[] = [
  {
    from: 27,
    what: t('图表由 VChart 1.12 画', 'charts are drawn by VChart 1.12'),
    has: ({ tag }) => tag === 'chart',
    before: (element) => ({ ...element, drawn_by: '1.10.1' }),
  },
  {
    from: 32,
    what: t('折叠面板标题的宽度', 'the width of a panel’s header'),
    has: ({ tag, header }) => tag === 'collapsible_panel' && isObject(header) && 'width' in header,
    before: (element) => ({ ...element, header: without(element.header as Fields, 'width') }),
  },
  {
    from: 33,
    what: t('表格自动行高', 'rows of a table as high as they need'),
    has: ({ tag, row_height, row_max_height }) => tag === 'table' && (row_height === 'auto' || row_max_height !== undefined),
    before: (element) => without(element, 'row_height', 'row_max_height'),
  },
  {
    from: 49,
    what: t('语音', 'voice'),
    has: ({ tag }) => tag === 'audio',
    before: () => notice(upgrade.zh),
  },
]

/** Says what on a card older clients do not show as meant. */
export const needsOf = (card: unknown): { from: number; what: Text }[] => {
  const here = components(card).map(({ element }) => element)
  return newer.filter(({ has }) => here.some(has)).map(({ from, what }) => ({ from, what }))
}

/** The card as a client of that version draws it. Before 7.20 the header shows, and the body becomes a notice. */
export function asSeenBy(card: Fields, version: number): Fields {
  if (version < 20)
    return { ...card, body: { elements: [{ ...notice(upgrade.zh), i18n_content: { zh_cn: upgrade.zh, en_us: upgrade.en } }] } }
  const unknown = newer.filter(({ from }) => from > version)
  return unknown.length === 0 ? card : (seen(card, unknown) as Fields)
}

function seen(value: unknown, unknown: readonly Newer[]): unknown {
  if (Array.isArray(value)) return value.map((one) => seen(one, unknown))
  if (!isObject(value)) return value
  const own = unknown.filter(({ has }) => has(value)).reduce<Fields>((element, { before }) => before(element), value)
  return Object.fromEntries(Object.entries(own).map(([key, held]) => [key, key === 'chart_spec' ? held : seen(held, unknown)]))
}
