import type { Period, Quarter } from '../../calendar.ts'
import { type Text, t } from '../../text.ts'
import type { Duty } from '../duties/duty.ts'
import type { Judged } from '../duties/facts.ts'
import { type Rulebook, weightOf } from '../rulebook/rulebook.ts'
import { type PartId, partOf, standardOf } from '../standards/standards.ts'
import { answerNames, answerOf, answerOfWord, isOfQuarter, permilleOfPoints, pointsSaid } from './assessment.ts'

/** A column of the assessor's table. The upper level judges it, or corrects the branches' own answer in it. */
export interface Item {
  key: string
  part: PartId
  period: Period
  isOwn: boolean
  weight: number
  name: Text
}

/** A branch's row with everything that is judged by hand. */
export interface Row {
  duties: readonly Duty[]
  upper: readonly Duty[]
  own: readonly Duty[]
  rulebook: Pick<Rulebook, 'weights'>
}

const keyOf = ({ part, period }: Pick<Duty, 'part' | 'period'>) => `${part} ${period}`

/** Lists every item by which branches are judged, the upper level's first. One branch and a whole committee get the same list. */
export function itemsOf(rows: readonly Row[], quarter: Quarter): Item[] {
  const items = new Map<string, Item>()
  for (const { duties, rulebook } of rows)
    for (const duty of duties) {
      const isByHand = duty.basis === 'upper' || duty.basis === 'confirmed'
      if (!isByHand || items.has(keyOf(duty)) || !isOfQuarter(duty, quarter)) continue
      const { standard, part, period } = duty
      const weight = weightOf(standard, standardOf(standard).weight, rulebook)
      items.set(keyOf(duty), { key: keyOf(duty), part, period, isOwn: duty.basis === 'confirmed', weight, name: nameOf(duty) })
    }
  return [...items.values()].sort((a, b) => Number(a.isOwn) - Number(b.isOwn))
}

function nameOf({ part, standard }: Duty): Text {
  const { zh, en } = partOf(part).name
  return t(`（${standard}）${zh}`, `(${standard}) ${en}`)
}

export const dutyIn = ({ upper, own }: Row, { isOwn, part, period }: Item): Duty | undefined =>
  (isOwn ? own : upper).find((duty) => duty.part === part && duty.period === period)

const isOut = ({ state }: Pick<Duty, 'state'>) => state === 'not applicable' || state === 'excused'

/** Writes the points as a person does; empty where nothing was judged or the duty is out of the base. */
export const pointsOf = (duty: Duty | undefined, { weight }: Item): string =>
  duty?.judged && !isOut(duty) ? pointsSaid(duty.judged.permille, weight) : ''

/** The assessor's word says what the branch proposed. */
const isTakenOver = ({ judged, proposed, state }: Duty): boolean =>
  judged?.byUpper === true &&
  proposed !== undefined &&
  (proposed.verdict === 'points' ? !isOut({ state }) && judged.permille === proposed.permille : state === proposed.verdict)

/** Says beside the points how the branch answered, and whether the assessor took that over or corrected it. */
export function answerSaid(duty: Duty): Text {
  if (duty.state === 'excused') return t('免除', 'excused')
  const answer = answerOf(duty)
  const said = answer ? answerNames[answer] : t('未答', 'not answered')
  if (isTakenOver(duty)) return t(`${said.zh}，已采纳`, `${said.en}, taken over`)
  if (duty.judged?.byUpper) return t('已更正', 'corrected')
  return said
}

/** Names who judged a cell, and how. Two equal judgements count as the same version. */
function versionOf(duty: Duty | undefined): string {
  // A proposal is no value of the cell. The assessor's entry is a word of its own, also where it is the same.
  if (!duty?.judged)
    return duty?.proposed ? `p${duty.proposed.verdict === 'points' ? duty.proposed.permille : duty.proposed.verdict.charAt(0)}` : ''
  return `${duty.judged.byUpper ? 'u' : 'b'}${isOut(duty) ? duty.state.charAt(0) : duty.judged.permille}`
}

/** Encodes the row as the reader saw it, for comparison when it comes back: `1.judged 2026Q3=u700;…` */
export const seenOf = (row: Row, items: readonly Item[]): string =>
  items.map((item) => `${item.key}=${versionOf(dutyIn(row, item))}`).join(';')

const versionsIn = (seen: string) =>
  new Map(
    seen
      .slice(0, 4_000)
      .split(';')
      .map((one) => one.split('=') as [string, string]),
  )

function pointsThen(version: string, { weight }: Item): string {
  const [, permille] = /^[ub](\d{1,4})$/.exec(version) ?? []
  return permille === undefined ? '' : pointsSaid(Number(permille), weight)
}

interface Change {
  item: Item
  before: string
  after: string
  permille: number
  /** The branch proposed something else, or nothing. */
  needsReason: boolean
}
export interface WrongCell {
  key: string
  why: Text
}

export interface RowRead {
  changes: Change[]
  wrong: WrongCell[]
  /** Cells that somebody else changed after the row was shown. */
  conflicts: WrongCell[]
}

/** The judgements that a row's changes come to. A reason is kept only with the branch's own items. */
export const judgementsOf = (
  changes: readonly (Pick<Item, 'part' | 'period' | 'isOwn'> & { permille: number; verdict?: Judged['verdict'] })[],
  reason: string,
  newId: () => string,
) =>
  changes.map(({ part, period, isOwn, permille, verdict = 'points' }) => ({
    id: newId(),
    part,
    subject: '',
    period,
    verdict,
    permille,
    reason: isOwn ? reason : '',
  }))

/** The branch's answers that an assessor takes over as they are. A cell with points of its own is left out. */
export const adoptedIn = (row: Row, items: readonly Item[], but: ReadonlySet<string>) =>
  items.flatMap((item) => {
    const proposed = dutyIn(row, item)?.proposed
    const answer = answerNames[answerOfWord(proposed) ?? 'fully'].zh
    return !proposed || dutyIn(row, item)?.judged || but.has(item.key) ? [] : [{ item, before: '', after: answer, ...proposed }]
  })

interface Said {
  /** Undefined for an item that was not asked. */
  points(item: Item): string | undefined
  reason: string
  /** The row as the reader saw it; null where that is unknown. */
  seen: string | null
  /** An empty cell in a file says nothing; an empty cell on the page was emptied on purpose. */
  mayBeEmpty: boolean
}

/** Reads the changes in a row that came back. A cell left untouched never undoes what somebody else has written since. */
export function readRow(row: Row, items: readonly Item[], { points, reason, seen, mayBeEmpty }: Said): RowRead {
  const read: RowRead = { changes: [], wrong: [], conflicts: [] }
  const versions = versionsIn(seen ?? seenOf(row, items))
  for (const item of items) {
    const [duty, said] = [dutyIn(row, item), points(item)?.normalize('NFKC').trim()]
    if (!duty || said === undefined) continue
    const [version, now] = [versions.get(item.key) ?? '', versionOf(duty)]
    const [then, before] = [pointsThen(version, item), pointsOf(duty, item)]
    const permille = permilleOfPoints(said, item.weight)
    const after = permille === null ? said : pointsSaid(permille, item.weight)
    if (after === then || (after === before && after !== '') || (said === '' && mayBeEmpty)) continue
    if (permille === null) read.wrong.push({ key: item.key, why: said === '' ? emptied : outside(item) })
    else if (version !== now) read.conflicts.push({ key: item.key, why: changedMeanwhile(before, after) })
    else read.changes.push({ item, before, after, permille, needsReason: item.isOwn && !isProposed(duty, permille) })
  }
  if (reason.trim() === '' && read.changes.some(({ needsReason }) => needsReason)) read.wrong.push({ key: 'reason', why: noReason })
  return read
}

const isProposed = ({ proposed, judged }: Duty, permille: number) =>
  judged === undefined && proposed?.verdict === 'points' && proposed.permille === permille

const emptied = t(
  '评过的分不能清空；不适用或免除请在飞书里更正。',
  'Points cannot be emptied; “not applicable” and “excused” are set in Feishu.',
)
const noReason = t('与支部自评不同的要写理由。', 'What differs from the branch’s answer needs a reason.')

const outside = ({ weight }: Item) =>
  t(`请填 0 到 ${weight} 的分数，可带一位小数。`, `Please enter 0 to ${weight} points, with one decimal at most.`)

const changedMeanwhile = (now: string, said: string) =>
  t(
    `刚刚有人改为 ${now || '空'}，你填的是 ${said}；再存一次就用你的。`,
    `Somebody has just changed this to ${now || 'empty'}; you entered ${said}. Save again to use yours.`,
  )
