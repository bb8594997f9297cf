import { sql } from 'drizzle-orm'
import { type Day, day, firstDayOf, lastDay, month, periodMonths, quarter, yearOf } from '../../src/calendar.ts'
import { may } from '../../src/rules/branches/rights.ts'
import type { TalkKind } from '../../src/rules/talks/kinds.ts'
import { pairsLeft, proposals } from '../../src/rules/talks/planner.ts'
import { stateOfTalk, type TalkState } from '../../src/rules/talks/state.ts'
import { secretariesOf } from '../branches/answering.ts'
import type { Actor } from '../branches/members.ts'
import { members } from '../branches/tables.ts'
import { branchById } from '../branches/units.ts'
import { type Db, inList, lookUp } from '../client.ts'
import { type Growing, growingOf } from './contacts.ts'
import { careOfYear, committeeOf, ownTalksOf, talksBetween } from './coverage.ts'

export interface Named {
  id: string
  name: string
}

/** Somebody on the planner, and whether the reader's own claim waits for their answer. */
export interface Row extends Named {
  isWaiting: boolean
  contacts?: readonly Named[]
}

export interface OwnTalk extends Named {
  talk: string
  onDay: Day
  kind: TalkKind
  state: TalkState
}

export interface Planner {
  branch: { id: string; name: string }
  year: string
  /** Null for whoever does not plan for the branch. */
  committee: {
    /** Those not talked to. Who may know of all talks sees all of them, other seats those whom they look after. */
    activists: readonly Row[]
    activistsMet: number
    activistsOf: number
    ownPairs: readonly Row[]
    otherPairs: readonly [Named, Named][]
    members: readonly Named[]
    membersMet: number
    membersOf: number
    proposals: readonly Row[]
    care: number
    keepsContacts: boolean
    readsOpinions: boolean
    answersVoices: boolean
  } | null
  /** The own group of a leader: who was talked to in the year, and who was not. */
  group: { name: string; left: readonly Row[]; done: readonly Named[] } | null
  own: readonly OwnTalk[]
  /** The people whom the reader may ask for a time. */
  askable: readonly Named[]
}

const listed = (db: Db, branch: string) =>
  db
    .select({
      id: members.id,
      name: members.name,
      group: members.group,
      stage: members.stage,
      isAway: sql<boolean>`${members.awaySince} is not null`.mapWith(Boolean),
    })
    .from(members)
    .where(sql`${members.branch} = ${branch} and ${members.leftOn} is null`)
    .orderBy(members.addedAt, members.id)

/** Everything that a person's planner shows. Null for a person of no branch. */
export async function plannerOf(db: Db, actor: Actor, now: Date): Promise<Planner | null> {
  const { branch } = actor
  if (branch === null) return null
  const [year, inQuarter] = [yearOf(day(now)), quarter(now)]
  const [firstOfQuarter, lastOfQuarter] = [firstDayOf(inQuarter), lastDay(periodMonths(inQuarter).at(-1) ?? '')]
  const [[place], growing, people, committee, ofYear, own, [care], leading] = await lookUp(db, [
    branchById(db, branch),
    growingOf(db, branch),
    listed(db, branch),
    committeeOf(db, branch),
    talksBetween(db, branch, `${year}-01-01`, `${year}-12-31`),
    ownTalksOf(db, actor.id, year),
    careOfYear(db, branch, year),
    secretariesOf(db, branch),
  ])
  if (!place) return null
  const at = { unit: actor.unit, branch, lineage: place.lineage }
  const waits = new Set(own.filter((one) => stateOfTalk(one, now) === 'claimed' && one.claimedBy === actor.id).map(({ other }) => other))
  const rowOf = ({ id, name }: Named): Row => ({ id, name, isWaiting: waits.has(id) })
  const met = (id: string, talks: readonly { a: string; b: string }[]) => talks.some(({ a, b }) => a === id || b === id)
  const grown = people.filter(({ stage }) => stage === 'full' || stage === 'probationer')
  const group = actor.seats.find((seat) => seat.role === 'leader' && seat.group !== null)?.group ?? null

  const ofCommittee = () => {
    const inQuarter = ofYear.filter(({ kind, onDay }) => kind === 'activist' && onDay >= firstOfQuarter && onDay <= lastOfQuarter)
    const activists = growing.filter(
      ({ stage, prospectOn }) => stage === 'activist' || (stage === 'prospect' && (prospectOn ?? '') > firstOfQuarter),
    )
    const isMine = ({ contacts }: Growing) => contacts.some(({ id }) => id === actor.id)
    const left = activists.filter(({ id }) => !met(id, inQuarter)).sort((one, other) => Number(isMine(other)) - Number(isMine(one)))
    const nameOf = new Map(committee.map((one) => [one.id, one]))
    const pairs = pairsLeft(
      committee.map(({ id }) => id),
      ofYear,
    ).flatMap(([a, b]): [Named, Named][] => {
      const [one, other] = [nameOf.get(a), nameOf.get(b)]
      return one && other ? [[one, other]] : []
    })
    // A missing name tells of a talk, hence whole lists are for those who may know of talks.
    const seesAll = may(actor, 'readOpinions', at)
    const membersLeft = grown.filter(({ id }) => !met(id, ofYear))
    const others = pairs.filter(([one, other]) => one.id !== actor.id && other.id !== actor.id)
    const nextNamed = proposals(actor, grown, ofYear, month(now)).flatMap((id) => grown.find((one) => one.id === id) ?? [])
    return {
      activists: left.filter((one) => seesAll || isMine(one)).map((one) => ({ ...rowOf(one), contacts: one.contacts })),
      activistsMet: activists.length - left.length,
      activistsOf: activists.length,
      ownPairs: pairs.filter((pair) => !others.includes(pair)).map(([one, other]) => rowOf(one.id === actor.id ? other : one)),
      otherPairs: seesAll ? others : [],
      members: seesAll ? membersLeft.map(({ id, name }) => ({ id, name })) : [],
      membersMet: grown.length - membersLeft.length,
      membersOf: grown.length,
      proposals: nextNamed.map(rowOf),
      care: care?.times ?? 0,
      keepsContacts: may(actor, 'keepContacts', at),
      readsOpinions: may(actor, 'readOpinions', at),
      answersVoices: may(actor, 'answerVoices', at),
    }
  }

  const inGroup = people.filter((one) => group !== null && one.group === group && one.id !== actor.id)
  const contacts = growing.find(({ id }) => id === actor.id)?.contacts ?? []
  const askable = [...leading.slice(0, 1), ...contacts].filter(({ id }) => id !== actor.id)
  return {
    branch: { id: branch, name: place.name },
    year,
    committee: may(actor, 'planTalks', at) ? ofCommittee() : null,
    group: group === null ? null : await groupOf(db, group, inGroup, ofYear, rowOf),
    own: own.map((one) => ({
      talk: one.id,
      id: one.other,
      name: one.name,
      onDay: one.onDay,
      kind: one.kind,
      state: stateOfTalk(one, now),
    })),
    askable: await namedOf(db, [...new Set(askable.map(({ id }) => id))]),
  }
}

async function groupOf(
  db: Db,
  group: string,
  people: readonly Named[],
  talks: readonly { a: string; b: string }[],
  rowOf: (one: Named) => Row,
): Promise<Planner['group']> {
  const [[found]] = await lookUp(db, [db.select({ name: sql<string>`name` }).from(sql`"groups"`).where(sql`id = ${group}`)])
  const met = (id: string) => talks.some(({ a, b }) => a === id || b === id)
  return {
    name: found?.name ?? '',
    left: people.filter(({ id }) => !met(id)).map(rowOf),
    done: people.filter(({ id }) => met(id)).map(({ id, name }) => ({ id, name })),
  }
}

async function namedOf(db: Db, ids: readonly string[]): Promise<Named[]> {
  const [found] = await lookUp(db, [
    db
      .select({ id: members.id, name: members.name })
      .from(members)
      .where(sql`${members.id} in ${inList(ids)} and ${members.openId} is not null and ${members.leftOn} is null`),
  ])
  return ids.flatMap((id) => found.find((one) => one.id === id) ?? [])
}
