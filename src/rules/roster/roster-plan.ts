import type { Day } from '../../calendar.ts'
import { literal, type Text, t } from '../../text.ts'
import type { SeatRole } from '../branches/rights.ts'
import { dateFields, dateNames, seatNames, stageNames } from './names.ts'
import { nameIn } from './person-words.ts'
import type { Listed, Wrong } from './roster-file.ts'
import { inParty } from './stage-words.ts'

type DateField = (typeof dateFields)[number]
type Stage = NonNullable<Listed['stage']>

/** An office that a list can state: one of the branch, or a group's leader. */
export interface Office {
  role: SeatRole
  group: string | null
}

export type OnRoster = Record<DateField, Day | null> & {
  id: string
  name: string
  openId: string | null
  stage: Stage | null
  /** The group's name. */
  group: string | null
  isAway: boolean
  seats: readonly Office[]
}

export interface RosterNow {
  roster: readonly OnRoster[]
  /** The people in the branch's chat, with their names in Feishu. */
  chat: readonly { openId: string; name: string }[]
  /** People in the chat whom the unit knows, with their branch. */
  known: ReadonlyMap<string, { id: string; branch: string | null }>
  branch: string
  mayGrant: boolean
}

/** The facts that a list states about somebody. The group is given by name. */
export type Facts = Partial<Record<DateField, Day>> & { name?: string; openId?: string; stage?: Stage; group?: string; isAway?: boolean }

export interface Planned {
  row: number
  name: string
  /** Null for somebody whom the unit does not know yet. */
  member: string | null
  /** New on this branch's roster. */
  isNew: boolean
  facts: Facts
  grant: Office[]
  vacate: Office[]
  /** Several people in the chat have this name: it is one of these, or none. */
  candidates: string[]
  /** The changes in words. */
  changes: Text[]
}

export type Verdict = { what: 'plan'; planned: Planned } | { what: 'same' } | { what: 'wrong'; wrong: Wrong }

/** Judges the rows of a list against the roster, one after the other. */
export function planner(listed: readonly Listed[], on: RosterNow): (person: Listed) => Verdict {
  const rowsOf = groupedBy(listed, ({ name }) => name)
  const onRoster = groupedBy(on.roster, ({ name }) => nameIn(name))
  const inChat = groupedBy(on.chat, ({ name }) => nameIn(name))
  const byId = new Map(on.roster.map((member) => [member.id, member]))
  const secretaries = listed.filter(({ seats }) => seats?.includes('secretary'))
  const seen = new Map<string, number>()

  function judge(person: Listed): Verdict {
    const { name, row } = person
    const twin = rowsOf.get(name)?.find((one) => one.row !== row)
    if (twin)
      return wrong(
        person,
        t(
          `与第 ${twin.row} 行同名，请用「/成员 添加 @…」分别添加`,
          `has the same name as row ${twin.row}; please add them with “/member add @…”`,
        ),
      )
    const here = onRoster.get(name) ?? []
    if (here.length > 1) return wrong(person, t(`名单上有 ${here.length} 位同名的人`, `the roster has ${here.length} people of this name`))
    const secretary = person.seats?.includes('secretary') && secretaries.find((one) => one.row !== row)
    if (secretary)
      return wrong(
        person,
        t(`书记只能有一位，第 ${secretary.row} 行也是`, `there is one secretary only, and row ${secretary.row} is another`),
      )

    const found = matched(name, here[0])
    if ('why' in found) return wrong(person, found.why)
    const before = seen.get(found.member?.id ?? '')
    if (before) return wrong(person, t(`与第 ${before} 行是同一个人`, `is the same person as row ${before}`))
    if (found.member) seen.set(found.member.id, row)
    return judged(person, found, on)
  }

  /**
   * Matches by name on the roster, else by name in the chat. A person in the chat who is on the roster under another name is the same
   * person.
   */
  function matched(name: string, member: OnRoster | undefined): Found | { why: Text } {
    if (member?.openId) return { member, candidates: [] }
    const called = (inChat.get(name) ?? []).map(({ openId }) => ({ openId, known: on.known.get(openId) }))
    const free = called.filter(({ known }) => !known || known.branch === null)
    const [only] = called
    if (only && called.length === 1 && only.known?.branch) {
      if (member) return { member, candidates: [] }
      const same = byId.get(only.known.id)
      return same ? { member: same, candidates: [] } : { why: t('已在别的支部的名单上', 'is on another branch’s roster') }
    }
    if (free.length > 1) return { member, candidates: free.map(({ openId }) => openId) }
    return { member, openId: free[0]?.openId, joining: free[0]?.known?.id, candidates: [] }
  }

  return judge
}

interface Found {
  member?: OnRoster
  openId?: string
  /** Known in the unit, but in no branch yet. */
  joining?: string
  candidates: string[]
}

const wrong = ({ row, name }: Listed, why: Text): Verdict => ({ what: 'wrong', wrong: { row, name, why } })

function judged(person: Listed, { member, openId, joining, candidates }: Found, on: RosterNow): Verdict {
  const stage = stageOf(person, member)
  if (typeof stage === 'object') return wrong(person, stage)
  const offices = person.seats?.map((role): Office => ({ role, group: role === 'leader' ? (person.group ?? null) : null }))
  const [had, wanted] = [member?.seats ?? [], offices ?? member?.seats ?? []]
  if (wanted.length > 0 && stage !== 'full') return wrong(person, t('只有正式党员才能担任职务', 'only full members may hold a seat'))
  const grant = wanted.filter((office) => !had.some((one) => isSame(one, office)))
  const vacate = had.filter((office) => !wanted.some((one) => isSame(one, office)))
  if (grant.length + vacate.length > 0 && !on.mayGrant)
    return wrong(
      person,
      t('授予职务由书记或管理员来办，请把职务留空', 'seats are granted by the secretary or an administrator; please leave them out'),
    )

  const facts = factsOf(person, member, stage)
  if (openId) facts.openId = openId
  const planned = {
    row: person.row,
    name: person.name,
    member: member?.id ?? joining ?? null,
    isNew: !member,
    facts,
    grant,
    vacate,
    candidates,
  }
  const changes = changesOf(planned, member)
  if (member && changes.length === 0) return { what: 'same' }
  return { what: 'plan', planned: { ...planned, changes } }
}

const isSame = (one: Office, other: Office) => one.role === other.role && one.group === other.group

/** Keeps only the facts that the row states and that are new. */
function factsOf(
  { row: _row, seats: _seats, among: _among, ask: _ask, branch: _branch, ...said }: Listed,
  member: OnRoster | undefined,
  stage: Stage,
): Facts {
  const facts: Facts = { ...said, stage }
  if (!member) return facts
  const entries = Object.entries(facts).filter(([field, value]) => value !== member[field as keyof OnRoster])
  return Object.fromEntries(entries) as Facts
}

/** The roster decides between stages that a row leaves open. 党员 alone makes nobody a full member who is none. */
function stageOf({ stage, among, ask }: Listed, member: OnRoster | undefined): Stage | Text {
  if (stage) return stage
  if (!among) return member?.stage ?? 'full'
  if (member?.stage && among.includes(member.stage)) return member.stage
  if (ask) return ask
  if (member?.stage && among.every((one) => inParty.includes(one))) return unsaid(member.stage)
  return among[0] ?? 'full'
}

const unsaid = (stage: Stage) =>
  t(
    `名单上是${stageNames[stage].zh}，表里没写明是正式党员还是预备党员`,
    `is ${stageNames[stage].en} on the roster, and the list does not say whether a full member or a probationer`,
  )

const arrow = (what: Text, from: string | null | undefined, to: string) =>
  t(`${what.zh} ${literal(from ?? '空')} → ${literal(to)}`, `${what.en} ${literal(from ?? 'none')} → ${literal(to)}`)

function changesOf({ facts, grant, vacate, candidates }: Omit<Planned, 'changes'>, member: OnRoster | undefined): Text[] {
  const changes: Text[] = []
  if (!member) return changes
  if (facts.name) changes.push(arrow(t('姓名', 'name'), member.name, facts.name))
  if (facts.stage) changes.push(staged(member.stage, facts.stage))
  if (facts.group) changes.push(arrow(t('党小组', 'group'), member.group, facts.group))
  for (const field of dateFields) {
    const day = facts[field]
    if (day) changes.push(arrow(dateNames[field], member[field], day))
  }
  if (facts.isAway !== undefined) changes.push(facts.isAway ? t('外出', 'away') : t('在岗', 'in place'))
  if (facts.openId) changes.push(t('对上飞书用户', 'matched to a Feishu user'))
  if (candidates.length > 0) changes.push(t('群里有同名的人', 'several of this name in the chat'))
  for (const { role } of grant) changes.push(t(`任${seatNames[role]?.zh}`, `becomes ${seatNames[role]?.en}`))
  for (const { role } of vacate) changes.push(t(`不再任${seatNames[role]?.zh}`, `no longer ${seatNames[role]?.en}`))
  return changes
}

const staged = (from: Stage | null, to: Stage) =>
  t(`${from ? stageNames[from].zh : '空'} → ${stageNames[to].zh}`, `${from ? stageNames[from].en : 'none'} → ${stageNames[to].en}`)

function groupedBy<T>(list: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const grouped = new Map<string, T[]>()
  for (const one of list) {
    const same = grouped.get(key(one))
    if (same) same.push(one)
    else grouped.set(key(one), [one])
  }
  return grouped
}
