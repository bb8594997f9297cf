import type { Statement } from '../../db/client.ts'
import type { Day } from '../calendar.ts'
import { gatheringKinds } from '../rules/gatherings/gatherings.ts'
import { quorumOf } from '../rules/gatherings/quorum.ts'
import { bulk } from './bulk.ts'
import type { Chance } from './chance.ts'
import type { MadeBranch, MadePerson } from './people.ts'
import { attestationsOf, judgementsOf } from './proofs.ts'
import { gatheringsOfYear, type MadeGathering } from './year.ts'

interface Lived {
  /** How surely the branch does what it should, from 0 to 1. */
  strength: number
  since: Day
  until: Date
  /** The member who confirms and judges. */
  upper: string
  /** True for arrivals and agendas as well; false for only the facts that duties are reckoned from. */
  isWhole: boolean
}

/** The facts of a branch’s twelve months: its meetings, attestations and judgements. */
export function factsOf(branch: MadeBranch, { strength, since, until, upper, isWhole }: Lived, chance: Chance) {
  const { id, people } = branch
  const by = people[0]?.id ?? ''
  const held = gatheringsOfYear(
    branch.groups.map((group) => group.id),
    strength,
    until,
    chance,
  ).map((one, at) => ({ ...one, id: `${id}-${at + 1}` }))
  const proofs = { branch: id, strength, until, by, upper, activists: people.filter(({ stage }) => stage === 'activist') }
  const statements = [
    ...meetingsOf(branch, held, { by, isWhole, until }, chance),
    ...attestationsOf(proofs, since, chance),
    ...judgementsOf(proofs, since, chance),
  ]
  return { statements, gatherings: held.length }
}

interface Attended {
  one: MadeGathering & { id: string }
  expected: MadePerson[]
  present: MadePerson[]
}

/** The rows of each meeting as at its close: who was expected, came, and votes. Absentees have made it up. */
function meetingsOf(
  { id, people }: MadeBranch,
  held: readonly (MadeGathering & { id: string })[],
  { by, isWhole, until }: { by: string; isWhole: boolean; until: Date },
  chance: Chance,
): Statement[] {
  const attended: Attended[] = held.map((one) => ({ one, ...attendanceOf(one, isWhole ? people : [], chance) }))
  const quorate = ({ one, expected, present }: Attended) =>
    isWhole
      ? quorumOf(one.kind, {
          expected: expected.length,
          away: 0,
          present: present.length,
        }).isQuorate
      : one.isAttended
  const each = <R extends (string | number | null)[]>(row: (one: Attended) => R) => attended.map(row)
  return [
    ...bulk(
      'gatherings',
      ['id', 'branch', 'group_id', 'kind', 'place', 'starts_at', 'ends_at', 'called_by', 'called_at'],
      each(({ one }) => [
        one.id,
        id,
        one.group,
        one.kind,
        '会议室',
        one.startsAt.getTime(),
        one.endsAt.getTime(),
        by,
        one.startsAt.getTime() - 3 * 86_400_000,
      ]),
    ),
    ...bulk(
      'gathering_branches',
      ['gathering', 'branch', 'is_quorate'],
      each((it) => [it.one.id, id, Number(quorate(it))]),
    ),
    ...bulk(
      'agenda_items',
      ['gathering', 'position', 'words', 'tags', 'held_at'],
      held.flatMap((one) =>
        one.items.map((item, at) => [one.id, at + 1, item.words, JSON.stringify(item.tags), item.held ? one.endsAt.getTime() : null]),
      ),
    ),
    ...bulk(
      'expectations',
      ['gathering', 'member', 'votes'],
      attended.flatMap(({ one, expected }) => expected.map((who) => [one.id, who.id, Number(votes(who))])),
    ),
    ...bulk(
      'arrivals',
      ['gathering', 'member', 'punctuality', 'at', 'way', 'by'],
      attended.flatMap(({ one, present }) =>
        present.map((who) => [one.id, who.id, 'on time', one.startsAt.getTime() - 60_000, 'press', who.id]),
      ),
    ),
    ...bulk('make_ups', ['gathering', 'member', 'way', 'at', 'confirmed_by', 'confirmed_at'], makeUpsOf(attended, by, until)),
    ...bulk(
      'closures',
      ['gathering', 'at', 'by', 'expected', 'present', 'expected_voters', 'present_voters', 'is_quorate'],
      each((it) => [
        it.one.id,
        it.one.endsAt.getTime(),
        by,
        it.expected.length,
        it.present.length,
        it.expected.filter(votes).length,
        it.present.filter(votes).length,
        Number(quorate(it)),
      ]),
    ),
  ]
}

/** The time after which an absentee has made the meeting up. */
const CAUGHT_UP_MS = 4 * 86_400_000

/** Every absence that is to be made up was made up, but for the latest. */
function makeUpsOf(attended: readonly Attended[], by: string, until: Date): (string | number)[][] {
  return attended.flatMap(({ one, expected, present }) => {
    const at = one.endsAt.getTime() + CAUGHT_UP_MS
    if (!gatheringKinds[one.kind].rigid || at > until.getTime()) return []
    return expected.filter((who) => !present.includes(who)).map((who) => [one.id, who.id, 'minutes', at, by, at])
  })
}

const votes = ({ stage }: MadePerson) => stage === 'full'

function attendanceOf({ kind, group, isAttended }: MadeGathering, people: readonly MadePerson[], chance: Chance) {
  const members = people.filter(({ stage }) => stage === 'full' || stage === 'probationer')
  const expected =
    kind === 'committee' || kind === 'committeeStudy'
      ? members.filter(({ roles }) => roles.some((role) => role !== 'leader'))
      : kind === 'group'
        ? members.filter((one) => one.group === group)
        : members
  return { expected, present: expected.filter(() => chance.happens(isAttended ? 0.93 : 0.35)) }
}
