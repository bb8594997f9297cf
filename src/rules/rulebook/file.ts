import { counted, literal, type Text, t } from '../../text.ts'
import type { Cadence } from '../standards/standard.ts'
import { isPart, type Part, type PartId, partOf, parts, type StandardId, standards } from '../standards/standards.ts'
import { isUsed, moduleNames, modulesToLeaveOut, type Opened } from './modules.ts'
import { figures, type OwnRulebook, type Rulebook, weightOf } from './rulebook.ts'

/** The list of weights, cadences and switches. Each part has a row; a standard's weight is in the row of its first part. Modules follow. */
export const scaleHeadings = { part: '编号', name: '工作标准', weight: '权重', cadence: '周期', atLeast: '次数', switch: '开关' } as const
type Field = keyof typeof scaleHeadings

const alsoCalled: Record<Field, readonly string[]> = {
  part: ['编号', '标准编号', '序号', 'no', 'number'],
  name: ['工作标准', '标准', '名称', 'standard', 'name'],
  weight: ['权重', '分值', 'weight'],
  cadence: ['周期', '频次', 'cadence'],
  atLeast: ['次数', '至少次数', 'howmany', 'times'],
  switch: ['开关', '是否考核', '状态', 'switch'],
}

type Cells = readonly (string | number | undefined)[]

/** Looking for brackets takes the square of the length. */
const LONGEST_HEADING = 100

const plain = (cell: string | number | undefined) =>
  String(cell ?? '')
    .slice(0, LONGEST_HEADING)
    .normalize('NFKC')
    .replace(/[([【].*?[)\]】]/gs, '')
    .replace(/[\s*:_.、/-]+/g, '')
    .toLowerCase()

interface ScaleColumns {
  /** The first row after the headings. */
  first: number
  at: Partial<Record<Field, number>>
}

const DEEPEST_HEADING = 30

/** Recognises the list by its headings, in any order: a number, and a weight or a switch. */
export function findScale(rows: readonly { cells: Cells }[]): ScaleColumns | null {
  for (const [index, { cells }] of rows.slice(0, DEEPEST_HEADING).entries()) {
    const at: ScaleColumns['at'] = {}
    for (const field of Object.keys(alsoCalled) as Field[]) {
      const column = [...cells].findIndex((cell) => alsoCalled[field].includes(plain(cell)))
      if (column !== -1) at[field] = column
    }
    if (at.part !== undefined && (at.weight !== undefined || at.switch !== undefined)) return { first: index + 1, at }
  }
  return null
}

export const cadenceNames: Readonly<Record<Cadence, Text>> = {
  month: t('每月', 'month'),
  quarter: t('每季度', 'quarter'),
  half: t('每半年', 'half-year'),
  year: t('每年', 'year'),
}
export type Switch = 'on' | 'attested' | 'off'
export const switchNames: Readonly<Record<Switch, Text>> = { on: t('考核', 'on'), attested: t('登记', 'attested'), off: t('不考核', 'off') }

export interface ScaleRow {
  row: number
  part: Part
  weight?: number
  cadence?: Cadence
  atLeast?: number
  switch?: Switch
}
/** A whole module, used or not. */
export interface ModuleRow {
  row: number
  module: Opened
  used?: boolean
}
export interface WrongRow {
  row: number
  name: string
  why: Text
}

/** Reads one row; null for a row without a number. An empty cell says nothing. */
export function readScaleRow(row: number, cells: Cells, { at }: ScaleColumns): ScaleRow | ModuleRow | { wrong: WrongRow } | null {
  const said = (field: Field) =>
    String(cells[at[field] ?? -1] ?? '')
      .normalize('NFKC')
      .trim()
  const id = said('part')
  if (id === '') return null
  const wrong = (why: Text) => ({ wrong: { row, name: id.slice(0, 30), why } })
  const module = modulesToLeaveOut.find((one) => one === id.toLowerCase() || moduleNames[one].zh === id)
  if (module) return readModuleRow(row, module, said('switch'), wrong)
  const part = partNamed(id)
  if (!part) return wrong(t('没有这个编号', 'there is no such number'))
  const read: ScaleRow = { row, part }
  const weight = said('weight')
  if (weight !== '') {
    const value = /^\d{1,3}(\.0+)?$/.test(weight) ? Number(weight) : Number.NaN
    if (!figures.weights.valueType.safeParse(value).success)
      return wrong(notIn('权重', 'weight', weight, t('0 到 100 的整数', 'a whole number from 0 to 100')))
    read.weight = value
  }
  const cadence = said('cadence')
  if (cadence !== '') {
    const value = cadenceWords.find(([pattern]) => pattern.test(cadence))?.[1]
    if (!value) return wrong(notIn('周期', 'cadence', cadence, t('每月、每季度、每半年、每年', 'month, quarter, half-year, year')))
    read.cadence = value
  }
  const many = said('atLeast')
  if (many !== '') {
    const value = /^\d{1,2}$/.test(many) ? Number(many) : Number.NaN
    if (!(value >= 1 && value <= 12)) return wrong(notIn('次数', 'how many', many, t('1 到 12 的整数', 'a whole number from 1 to 12')))
    read.atLeast = value
  }
  const state = said('switch')
  if (state !== '') {
    const value = switchWords.find(([pattern]) => pattern.test(state))?.[1]
    if (!value) return wrong(notIn('开关', 'switch', state, t('考核、登记、不考核', 'on, attested, off')))
    read.switch = value
  }
  return read
}

export const usedNames = { true: t('使用', 'used'), false: t('不使用', 'not used') } as const
const usedWords: [RegExp, boolean][] = [
  [/^(使用|启用|考核|开|是|used|on|yes)$/i, true],
  [/^(不使用|不启用|停用|不考核|关|否|not used|off|no)$/i, false],
]

function readModuleRow(
  row: number,
  module: Opened,
  state: string,
  wrong: (why: Text) => { wrong: WrongRow },
): ReturnType<typeof wrong> | ModuleRow {
  if (state === '') return { row, module }
  const used = usedWords.find(([pattern]) => pattern.test(state))?.[1]
  return used === undefined ? wrong(notIn('开关', 'switch', state, t('使用、不使用', 'used, not used'))) : { row, module, used }
}

const notIn = (zh: string, en: string, said: string, choices: Text): Text => {
  const shown = literal([...said].slice(0, 16).join(''))
  return t(`${zh}「${shown}」应为${choices.zh}`, `${en} “${shown}” should be ${choices.en}`)
}

/** Accepts `12.general`, or the bare number of a standard that has only one part. */
function partNamed(id: string): Part | undefined {
  if (isPart(id)) return partOf(id)
  const of = parts.filter(({ standard }) => String(standard) === id.replace(/\.0+$/, ''))
  return of.length === 1 ? of[0] : undefined
}

const cadenceWords: [RegExp, Cadence][] = [
  [/^(每?个?月|月度|monthly|month)$/i, 'month'],
  [/^(每?个?季度?|quarterly|quarter)$/i, 'quarter'],
  [/^(每?半年度?|half-?(year)?(ly)?)$/i, 'half'],
  [/^(每?年度?|yearly|year|annual)$/i, 'year'],
]
const switchWords: [RegExp, Switch][] = [
  [/^(考核|开|是|on|yes)$/i, 'on'],
  [/^(登记|attested)$/i, 'attested'],
  [/^(不考核|关|否|off|no)$/i, 'off'],
]

/** The values that the list shows before anything is changed. */
export const scaleOf = (rulebook: Rulebook, part: Part): Required<Pick<ScaleRow, 'weight' | 'cadence' | 'atLeast' | 'switch'>> => ({
  weight: weightOf(part.standard, usualWeight(part.standard), rulebook),
  cadence: rulebook.cadences[part.id] ?? part.cadence,
  atLeast: rulebook.atLeast[part.id] ?? part.atLeast,
  switch: rulebook.switches[part.id] ?? 'on',
})

const usualWeight = (id: StandardId) => standards.find((one) => one.id === id)?.weight ?? 0

/** Only changed values become the committee's own; all others stay as they are, its own or inherited. */
export function scaled(
  own: OwnRulebook,
  shown: Rulebook,
  rows: readonly (ScaleRow | ModuleRow)[],
): { own: OwnRulebook; changes: { part: PartId | Opened; what: Text }[]; wrong: WrongRow[] } {
  const next = {
    ...own,
    weights: { ...own.weights },
    cadences: { ...own.cadences },
    atLeast: { ...own.atLeast },
    switches: { ...own.switches },
  }
  const changes: { part: PartId | Opened; what: Text }[] = []
  const wrong: WrongRow[] = []
  const weighed = new Map<StandardId, number>()
  const seen = new Set<PartId | Opened>()
  for (const one of rows) {
    const id = 'module' in one ? one.module : one.part.id
    if (seen.has(id)) wrong.push({ row: one.row, name: id, why: t('这个编号写了两次', 'this number stands here twice') })
    seen.add(id)
    if ('module' in one) {
      const { module, used } = one
      const was = isUsed(module, shown)
      if (used === undefined || used === was) continue
      next.modules = { ...next.modules, [module]: used }
      const [from, to] = [usedNames[`${was}`], usedNames[`${used}`]]
      changes.push({ part: module, what: t(`${from.zh} → ${to.zh}`, `${from.en} → ${to.en}`) })
      continue
    }
    const { row, part, ...said } = one
    const before = scaleOf(shown, part)
    if (said.weight !== undefined) {
      const earlier = weighed.get(part.standard)
      if (earlier !== undefined && earlier !== said.weight)
        wrong.push({
          row,
          name: part.id,
          why: t(`标准（${part.standard}）的权重前后不同`, `standard (${part.standard}) is weighed twice, differently`),
        })
      else if (earlier === undefined && said.weight !== before.weight) {
        next.weights[part.standard] = said.weight
        changes.push({ part: part.id, what: t(`权重 ${before.weight} → ${said.weight}`, `weight ${before.weight} → ${said.weight}`) })
      }
      weighed.set(part.standard, said.weight)
    }
    if (said.cadence && said.cadence !== before.cadence) {
      next.cadences[part.id] = said.cadence
      const [was, is] = [cadenceNames[before.cadence], cadenceNames[said.cadence]]
      changes.push({ part: part.id, what: t(`周期 ${was.zh} → ${is.zh}`, `each ${was.en} → each ${is.en}`) })
    }
    if (said.atLeast && said.atLeast !== before.atLeast) {
      next.atLeast[part.id] = said.atLeast
      changes.push({
        part: part.id,
        what: t(`次数 ${before.atLeast} → ${said.atLeast}`, `${before.atLeast} → ${counted(said.atLeast, 'time')}`),
      })
    }
    if (said.switch && said.switch !== before.switch) {
      next.switches[part.id] = said.switch
      const [was, is] = [switchNames[before.switch], switchNames[said.switch]]
      changes.push({ part: part.id, what: t(`${was.zh} → ${is.zh}`, `${was.en} → ${is.en}`) })
    }
  }
  return { own: next, changes, wrong }
}
