import { lookUp } from '../../db/client.ts'
import type { Message } from '../../db/ledgers/message.ts'
import * as messages from '../../db/talks/messages.ts'
import { plannerSubject, talkSubject } from '../../db/talks/messages.ts'
import { type TalkPerson, talkPeople, talkPeopleNamed, talkPeopleOf } from '../../db/talks/people.ts'
import { liveTalk } from '../../db/talks/state.ts'
import { refuseWrongDay } from '../../db/talks/wrong-day.ts'
import { day } from '../../src/calendar.ts'
import type { KnownContext } from '../../src/context.ts'
import { refuse } from '../../src/refusal.ts'
import { spellingsOf } from '../../src/rules/roster/pinyin.ts'
import { isDisciplinary, kindsOf } from '../../src/rules/talks/kind-of.ts'
import { nearestNames } from '../../src/rules/talks/nearest.ts'
import { pairOf } from '../../src/rules/talks/pair.ts'
import { type TalkSaid, talkSaid } from '../../src/rules/talks/said.ts'

const MOST_OFFERED = 4

/** The one who speaks, with how many days back a talk may be. */
type Hearing = KnownContext & { talkDays: number }

/** The planner where nobody is named; else the line read back, or the people who could be meant. */
export async function whatIsMeant(here: Hearing, words: string): Promise<Message> {
  const { actor, db, now, mentions } = here
  if (isDisciplinary(words))
    refuse(
      '这类谈话按规定另行书面记录，不在这里登记。',
      'Talks of this kind are recorded in writing elsewhere, by their own rules, and are not registered here.',
    )
  const line = words
    .replace(/@_user_\d+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  if (line === '' && mentions.length === 0)
    return actor.branch === null
      ? lineFor(here, null, emptyLine)
      : messages.talkPlanner({ subject: plannerSubject(actor.id), member: actor.id })
  const [people] = actor.branch === null ? [[]] : await lookUp(db, [talkPeopleOf(db, actor.branch)])
  const spelt = speltIn(line, people)
  const said = talkSaid(line, [...people.map(({ name }) => name), ...spelt.map(({ spelling }) => spelling)], now)
  const isNamed = ({ id, name }: TalkPerson) =>
    sameName(name, said.name) || spelt.some(({ person, spelling }) => person.id === id && sameName(spelling, said.name))
  if (mentions.length === 0 && said.name === '') return lineFor(here, null, said)
  const openIds = mentions.map(({ openId }) => openId)
  const inBranch = people.filter((one) => (openIds.length > 0 ? openIds.includes(one.openId ?? '') : isNamed(one)))
  const others = inBranch.length > 0 ? [] : (await lookUp(db, [talkPeopleNamed(db, actor.unit, { name: said.name, openIds })]))[0]
  const found = inBranch.length > 0 ? inBranch : others
  if (found.some(({ id }) => id === actor.id) && found.length === 1) refuse('不能和自己谈心。', 'Nobody talks to themself.')
  const [only, another] = found.filter(({ id }) => id !== actor.id)
  const isSure = only !== undefined && !another && (inBranch.length > 0 || openIds.length > 0 || actor.branch === null)
  if (isSure) return lineFor(here, only, said)
  if (only) return offered(here, found, false, said)
  const near = nearestTo(
    said.name,
    people.filter(({ id }) => id !== actor.id),
  )
  return near.length > 0 ? offered(here, near, true, said) : lineFor(here, null, said)
}

/** The people whose names stand in the line in letters, as it is said in English: Wang Fang is 王芳. */
function speltIn(line: string, people: readonly TalkPerson[]): { person: TalkPerson; spelling: string }[] {
  if (!isInLetters.test(line)) return []
  const words = line.toLowerCase()
  return people.flatMap((person) =>
    spellingsOf(person.name)
      .filter((spelling) => words.includes(spelling))
      .map((spelling) => ({ person, spelling })),
  )
}

const isInLetters = /[a-z]{2}/i

/** A name in letters is compared with how the people's names are spelt. */
function nearestTo(said: string, people: readonly TalkPerson[]): TalkPerson[] {
  if (!isInLetters.test(said)) return nearestNames(said, people, MOST_OFFERED)
  const spelt = people.flatMap((person) => [person.name, ...spellingsOf(person.name)].map((name) => ({ name, person })))
  return [...new Set(nearestNames(said, spelt, 4 * MOST_OFFERED).map(({ person }) => person))].slice(0, MOST_OFFERED)
}

const sameName = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()

const emptyLine: TalkSaid = { name: '', kind: null, on: null, isUnclear: false, hasMore: false }

const offered = ({ actor, now }: KnownContext, people: readonly TalkPerson[], isNear: boolean, { on, kind }: TalkSaid): Message =>
  messages.talkWhich({
    member: actor.id,
    among: people
      .filter(({ id }) => id !== actor.id)
      .slice(0, MOST_OFFERED)
      .map(({ id }) => id),
    isNear,
    on: on ?? day(now),
    ...(kind ? { kind } : {}),
  })

/** The line as a card: read back with one button, or as a form where something is missing or unclear. */
async function lineFor(here: Hearing, other: TalkPerson | null, said: TalkSaid): Promise<Message> {
  const { actor, db, now, newId, talkDays } = here
  const on = said.on ?? day(now)
  if (other) {
    const [live, [own]] = await lookUp(db, [liveTalk(db, pairOf(actor.id, other.id), on), talkPeople(db, [actor.id])])
    if (live) return messages.talk({ subject: talkSubject(live.id), talk: live.id, member: actor.id })
    if (own && kindsOf(own, other, on).length === 0) refuse('谈心至少有一方是党员。', 'At least one of the two has to be a member.')
  }
  refuseWrongDay(on, now, talkDays)
  const talk = newId()
  const isOpen = other === null || said.isUnclear
  return messages.talk({
    subject: talkSubject(talk),
    talk,
    member: actor.id,
    on,
    ...(other ? { to: other.id } : {}),
    ...(said.kind ? { kind: said.kind } : {}),
    ...(isOpen ? { isOpen } : {}),
    ...(said.isUnclear ? { isUnclear: true } : {}),
    ...(said.hasMore ? { hasMore: true } : {}),
  })
}
