import { randomBytes } from 'node:crypto'
import type { Client } from '@libsql/client'
import { turnoutSubject } from '../../db/ballots/cast.ts'
import * as messages from '../../db/ballots/messages.ts'
import { sealingWith } from '../../db/ballots/sealing.ts'
import { ballots, electorates } from '../../db/ballots/tables.ts'
import { seats } from '../../db/branches/tables.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import type { Store } from '../../db/store/file.ts'
import { addMinutes } from '../../src/calendar.ts'
import { type Stance, stances } from '../../src/rules/ballots/uses.ts'
import { dataKey } from '../harness/host.ts'
import type { Pressing } from './crowd.ts'
import type { Matter } from './harness.ts'
import { integrityOf, number } from './judge.ts'
import { wireOf } from './press.ts'
import { branchOf, filled, openIdOf, type Planned } from './rosters.ts'

/** A vote that somebody has to cast, or the press that closes a ballot once all its votes are in. */
export interface Ballotting {
  ballot: string
  member: string
  chatId: string
  /** None for the close. */
  stance: Stance | null
}

const PEOPLE = 50
const BALLOTS_EACH = 5
const MARKS_EACH = 2

/** Secret votes, each ballot closed by its secretary when all are in: kills come into votes, counts and wipes alike. */
export const votes = (): Matter<Ballotting> => ({
  async fill(path, presses) {
    const now = new Date()
    const all = Array.from({ length: Math.ceil(presses / (PEOPLE * BALLOTS_EACH)) }, (_, index) => branchOf(index, PEOPLE))
    await filled(path, now, all, async (db, branch) => [
      db.insert(seats).values({ id: `seat ${branch.id}`, member: secretaryOf(branch), role: 'secretary', branch: branch.id, from: now }),
      ...(await Promise.all(ballotsOf(branch).map((id) => opening(db, branch, id, now)))).flat(),
    ])
    return {
      chats: all.map(({ chatId, people }) => ({ chatId, people: people.map(openIdOf) })),
      expected: all.flatMap((branch) =>
        ballotsOf(branch).flatMap((ballot, nth): Ballotting[] => [
          ...branch.people.map((member, who) => ({ ballot, member, chatId: branch.chatId, stance: stances[(who * 7 + nth) % 3] ?? 'for' })),
          { ballot, member: secretaryOf(branch), chatId: branch.chatId, stance: null },
        ]),
      ),
    }
  },
  press: ({ ballot, member, chatId, stance }, eventId, atMs) =>
    wireOf(
      {
        openId: openIdOf(member),
        messageId: `om_${ballot}_${member}`,
        chatId,
        value: stance ? { press: 'ballot.vote', ballot, stance } : { press: 'ballotHost.close', ballot },
      },
      eventId,
      atMs,
    ),
  nameOf: ({ ballot, member, stance }) => `${ballot} ${stance ? member : 'close'}`,
  isNew: (answer) => /已投票，回执|投票已结束，正在计票/.test(answer),
  isKnown: (answer) => /已经记录|这次投票已经结束了/.test(answer),
  isReady: ({ ballot, stance }, all) =>
    stance !== null || all.every((one) => one.ballot !== ballot || one.stance === null || one.acknowledged),
  judgeFile,
  judgeEnd,
  isQuiet: async ({ client }) =>
    (await number(client, "select count(*) from outbox where state = 'waiting'")) === 0 &&
    (await number(client, 'select count(*) from ballots where wiped_at is null')) === 0,
})

const secretaryOf = ({ people: [first = ''] }: Planned) => first
const ballotsOf = ({ id }: Planned) => Array.from({ length: BALLOTS_EACH }, (_, nth) => `${id}_ballot${nth}`)

const sealing = sealingWith(dataKey, randomBytes)

async function opening(db: Store['db'], { id: branch, chatId, people }: Planned, id: string, at: Date) {
  const question = { scale: 'stances' as const, subjects: [{ key: '1', name: id }] }
  const opened = { openedBy: people[0] ?? '', openedAt: at, closesAt: addMinutes(at, 1_440) }
  const asked = { id, unit: 'unit', branch, use: 'resolution' as const, isSecret: true, title: id, question }
  return [
    db.insert(ballots).values({ ...asked, ...opened, ...(await sealing.newKeys(id)) }),
    db.insert(electorates).values(people.map((member) => ({ ballot: id, member, branch }))),
    enqueue(db, {
      occasion: `turnout ${id} ${chatId}`,
      to: { chat: chatId },
      ...messages.turnout({ subject: turnoutSubject(id), ballot: id }),
      dueAt: at,
    }),
  ]
}

async function judgeFile({ client }: Store, pressings: readonly Pressing<Ballotting>[]) {
  const took = new Set((await client.execute('select ballot, member from turnout')).rows.map((row) => `${row[0]} ${row[1]}`))
  const over = new Set((await client.execute('select ballot from ballot_closures')).rows.map((row) => String(row[0])))
  const isThere = ({ ballot, member, stance }: Ballotting) => (stance ? took.has(`${ballot} ${member}`) : over.has(ballot))
  const wrong = (await wrongBoxes(client)) + (await wrongResults(client, pressings))
  return {
    lost: pressings.filter((one) => one.acknowledged && !isThere(one)).length + wrong,
    doubled: pressings.filter(({ successes }) => successes > 1).length + (await surplus(client, took.size, over.size)),
    integrity: await integrityOf(client),
  }
}

/** While a ballot is not counted, as many pieces as who took part asks for; afterwards none, and no key. */
async function wrongBoxes(client: Client): Promise<number> {
  const { rows } = await client.execute(`select b.wrapped_key is null as emptied, r.ballot is not null as counted,
    (select count(*) from marks m where m.ballot = b.id) as pieces, (select count(*) from turnout t where t.ballot = b.id) as voted
    from ballots b left join ballot_results r on r.ballot = b.id`)
  return rows.filter(({ emptied, counted, pieces, voted }) =>
    counted ? !emptied || pieces !== 0 : emptied || Number(pieces) !== MARKS_EACH * Number(voted),
  ).length
}

/** A right result says exactly what was chosen, and has the receipt of everybody who was told one. */
async function wrongResults(client: Client, pressings: readonly Pressing<Ballotting>[]): Promise<number> {
  const { rows } = await client.execute("select ballot, outcome, tally ->> '$.members.counts.1' as counts, receipts from ballot_results")
  return rows.filter(({ ballot, outcome, counts, receipts }) => {
    const of = pressings.filter((one) => one.ballot === ballot && one.stance !== null)
    const due = Object.fromEntries(stances.map((stance) => [stance, of.filter((one) => one.stance === stance).length]))
    const told = of.flatMap(({ answer = '' }) => /回执 ([A-Z2-7]{4}-[A-Z2-7]{4})/.exec(answer)?.[1] ?? [])
    const listed: string[] = JSON.parse(String(receipts))
    const isRight = outcome === 'counted' && stances.every((stance) => (JSON.parse(String(counts))[stance] ?? 0) === due[stance])
    return !isRight || listed.length !== of.length || told.some((receipt) => !listed.includes(receipt))
  }).length
}

/** Each vote and each close is one claim of one delivery and one audit entry; each count is done once. */
async function surplus(client: Client, votes: number, closes: number) {
  const entries = (deed: string) => number(client, `select count(*) from audit where deed = '${deed}'`)
  const claims = await number(client, 'select count(*) from deliveries')
  const results = await number(client, 'select count(*) from ballot_results')
  return (
    Math.abs(claims - votes - closes) +
    Math.abs((await entries('ballot.vote')) - votes) +
    Math.abs((await entries('ballot.close')) - closes) +
    Math.abs((await entries('ballot.count')) - results)
  )
}

/** Nothing waits or was given up, every ballot was counted and wiped, and each chat has its card once. */
async function judgeEnd({ client }: Store) {
  const owed = await number(
    client,
    'select count(*) from ballots b where b.wiped_at is null or b.id not in (select ballot from ballot_results)',
  )
  const cards = await number(client, "select count(*) from posts where view = 'turnout'")
  return {
    stuck: (await number(client, "select count(*) from outbox where state in ('waiting', 'dead')")) + owed,
    stale: 0,
    repeated: Math.abs(cards - (await number(client, 'select count(*) from ballots'))),
  }
}
