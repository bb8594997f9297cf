import { randomBytes } from 'node:crypto'
import { turnoutSubject, voterSubject } from '../../db/ballots/cast.ts'
import { type BoxKeys, sealingWith } from '../../db/ballots/sealing.ts'
import { ballots, electorates, marks, turnout } from '../../db/ballots/tables.ts'
import { seats } from '../../db/branches/tables.ts'
import type { Db } from '../../db/client.ts'
import { posts } from '../../db/ledgers/tables.ts'
import { addMinutes } from '../../src/calendar.ts'
import type { Question } from '../../src/rules/ballots/marks.ts'
import { piecesOf, receiptFrom, written } from '../../src/rules/ballots/pieces.ts'
import { branchOf, filled, openIdOf, type Planned } from '../crash/rosters.ts'
import { dataKey } from '../harness/host.ts'
import { named } from '../harness/named.ts'
import type { Pressing } from './load.ts'

export const PEOPLE = 50
const sealing = sealingWith(dataKey, randomBytes)

export type BallotKind = 'resolution' | 'evaluation' | 'pulse'

/** The question to a branch: one thing, or a grade for each of its people. */
const questionOf = (kind: BallotKind, people: readonly string[]): Question =>
  kind === 'evaluation'
    ? { scale: 'grades', subjects: people.map((member, nth) => ({ key: String(nth), name: member, member })) }
    : { scale: kind === 'pulse' ? 'agreement' : 'stances', subjects: [{ key: '1', name: '一件事' }] }

const idsOf = ({ id }: Planned, many: number) => Array.from({ length: many }, (_, nth) => `${id}_ballot${nth}`)

/** Open ballots, the cards of their voters in their direct chats; and the press of each voter. */
export const votesToCast =
  (kind: BallotKind, branches: number, ballotsEach: number) =>
  async (path: string): Promise<Pressing[]> => {
    const now = new Date()
    const all = Array.from({ length: branches }, (_, index) => branchOf(index, PEOPLE))
    await filled(path, now, all, async (db, branch) => [
      seatOf(db, branch, now),
      ...(await Promise.all(idsOf(branch, ballotsEach).map((id) => opened(db, branch, id, kind, now)))).flat(),
    ])
    return all.flatMap((branch) =>
      idsOf(branch, ballotsEach).flatMap((ballot) => branch.people.map((member) => voteOf(kind, ballot, branch, member))),
    )
  }

const seatOf = (db: Db, { id, people }: Planned, at: Date) =>
  db.insert(seats).values({ id: `seat ${id}`, member: people[0] ?? '', role: 'secretary', branch: id, from: at })

/** A third are excellent at most; nobody marks themselves. */
function voteOf(kind: BallotKind, ballot: string, { chatId, people }: Planned, member: string): Pressing {
  const own = people.indexOf(member)
  const others = people.flatMap((_, nth) => (nth === own ? [] : [String(nth)]))
  const value = { press: 'ballot.vote', ballot, ...(kind === 'resolution' ? { stance: 'for' } : {}) }
  const form = kind === 'evaluation' ? { excellent: others.slice(0, 10), basic: others.slice(20, 22) } : undefined
  return { name: `${ballot} ${member}`, pressed: { openId: openIdOf(member), messageId: `om_${ballot}_${member}`, chatId, value, form } }
}

export const closeOf = (ballot: string, member: string): Pressing => ({
  name: `close ${ballot}`,
  pressed: { openId: openIdOf(member), messageId: 'om_host', chatId: 'oc_host', value: { press: 'ballotHost.close', ballot } },
})

async function opened(db: Db, { id: branch, chatId, people }: Planned, id: string, kind: BallotKind, at: Date, keys?: BoxKeys) {
  const asked = { id, unit: 'unit', branch, use: kind, isSecret: true, title: id, question: questionOf(kind, people) }
  const opening = { openedBy: people[0] ?? '', openedAt: at, closesAt: addMinutes(at, 1_440) }
  const posted = { postedAt: at, view: named('ballot') }
  return [
    db.insert(ballots).values({ ...asked, ...opening, ...(keys ?? (await sealing.newKeys(id))) }),
    ...lots(people).flatMap((some) => [
      db.insert(electorates).values(some.map((member) => ({ ballot: id, member, branch }))),
      db.insert(posts).values(
        some.map((member) => {
          const subject = voterSubject(id, member)
          return {
            ...posted,
            messageId: `om_${id}_${member}`,
            recipient: `person:${openIdOf(member)}`,
            subject,
            args: { subject, ballot: id, member },
          }
        }),
      ),
    ]),
    db.insert(posts).values({
      ...posted,
      messageId: `om_${id}`,
      recipient: `chat:${chatId}`,
      view: named('turnout'),
      subject: turnoutSubject(id),
      args: { subject: turnoutSubject(id), ballot: id },
    }),
  ]
}

const lots = <T>(all: readonly T[]) =>
  Array.from({ length: Math.ceil(all.length / 1_000) }, (_, nth) => all.slice(nth * 1_000, (nth + 1) * 1_000))

/** A pulse on which so many have voted already, and beside it branches that are voting on other things. */
export const pulseToCount =
  (voters: number, branches: number) =>
  async (path: string): Promise<Pressing[]> => {
    const now = new Date()
    const unit = branchOf(branches, voters)
    const rest = Array.from({ length: branches }, (_, index) => branchOf(index, PEOPLE))
    const keys = await sealing.newKeys('pulse')
    const pieces = (await Promise.all(unit.people.map((_, nth) => sealedVote(keys.publicKey, nth)))).flat()
    await filled(path, now, [unit, ...rest], async (db, branch) => [
      seatOf(db, branch, now),
      ...(branch === unit
        ? [
            ...(await opened(db, branch, 'pulse', 'pulse', now, keys)),
            ...lots(unit.people).map((some) => db.insert(turnout).values(some.map((member) => ({ ballot: 'pulse', member })))),
            ...lots(pieces).map((some) => db.insert(marks).values(some.map((sealed) => ({ ballot: 'pulse', key: randomKey(), sealed })))),
          ]
        : (await Promise.all(idsOf(branch, BESIDE).map((id) => opened(db, branch, id, 'resolution', now)))).flat()),
    ])
    return rest.flatMap((branch) =>
      idsOf(branch, BESIDE).flatMap((ballot) => branch.people.map((member) => voteOf('resolution', ballot, branch, member))),
    )
  }

const BESIDE = 20
const randomKey = () => randomBytes(11).toString('hex')

async function sealedVote(publicKey: string, nth: number): Promise<string[]> {
  const receipt = receiptFrom(Uint8Array.from([nth >> 8, nth & 255, 0, 0, 0]))
  const cast = { marks: [{ subject: '1', value: String(1 + (nth % 5)) }], writeIns: [] }
  return sealing.seal('pulse', publicKey, piecesOf(cast, 'members', receipt).map(written))
}

export const pulseHost = (voters: number, branches: number) => branchOf(branches, voters).people[0] ?? ''
