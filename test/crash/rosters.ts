import { branches, chats, committees, members, units } from '../../db/branches/tables.ts'
import { type Db, together } from '../../db/client.ts'
import * as messages from '../../db/gatherings/messages.ts'
import { gatheringBranches, gatherings } from '../../db/gatherings/tables.ts'
import { recordRun } from '../../db/ledgers/job-runs.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { posts } from '../../db/ledgers/tables.ts'
import { openFile } from '../../db/store/file.ts'
import { addMinutes, DAY_MS, day } from '../../src/calendar.ts'

export const TENANT = 'tenant_test'

/** Somebody who is expected somewhere, and has yet to press. */
export interface Expected {
  openId: string
  member: string
  gathering: string
  chatId: string
}

export interface Size {
  branches: number
  people: number
  gatheringsEach: number
  /** Whether the cards stand in the chats already, or are still to be posted. */
  cards: 'posted' | 'waiting'
}

export interface Rosters {
  chats: { chatId: string; people: string[] }[]
  gatherings: string[]
  expected: Expected[]
}

/** Branches with people and gatherings that can be checked in to, put into the file before the bot first starts. */
export async function fillFile(path: string, size: Size, now: Date): Promise<Rosters> {
  const all = Array.from({ length: size.branches }, (_, index) => ({
    ...branchOf(index, size.people),
    gatherings: numbered(`gathering${index}`, size.gatheringsEach),
  }))
  await filled(path, now, all, (db, branch) => callings(db, branch, size, now))
  return listed(all)
}

/** A file that nobody here has open: the driver lets go of one only when its statements are collected. */
export async function filled<B extends Planned>(
  path: string,
  now: Date,
  all: readonly B[],
  more: (db: Db, branch: B) => readonly Query[] | Promise<readonly Query[]>,
): Promise<void> {
  const store = await openFile(`file:${path}.draft`, now)
  const { db } = store
  try {
    await together(db, [
      db.insert(units).values({ id: 'unit', tenantKey: TENANT, name: '某大学' }),
      db.insert(committees).values({ id: 'committee', unit: 'unit', name: '机关党委' }),
      // The bots have the machine's own clock, and on some mornings a digest waits twenty minutes for its time.
      recordRun(db, { job: 'send-digests', slot: new Date(now.getTime() + DAY_MS), ranAt: now, isLate: false }),
    ])
    for (const branch of all) await together(db, [...founding(db, branch, now), ...(await more(db, branch))])
    await store.client.execute({ sql: 'vacuum into ?', args: [path] })
  } finally {
    store.close()
  }
}

type Query = Parameters<typeof together>[1][number]

function founding(db: Db, { id, chatId, people }: Planned, at: Date): Query[] {
  const joinedOn = day(at)
  const person = { unit: 'unit', branch: id, stage: 'full' as const, joinedOn, addedAt: at }
  return [
    db.insert(branches).values({ id, unit: 'unit', committee: 'committee', name: id, since: joinedOn }),
    db.insert(chats).values({ chatId, unit: 'unit', branch: id, boundBy: 'test', boundAt: at }),
    ...Array.from({ length: Math.ceil(people.length / LOT) }, (_, nth) =>
      db
        .insert(members)
        .values(people.slice(nth * LOT, (nth + 1) * LOT).map((name) => ({ ...person, id: name, openId: openIdOf(name), name }))),
    ),
  ]
}

/** A statement takes so many arguments at most. */
const LOT = 1_000

function callings(db: Db, { id: branch, chatId, people: [caller = ''], gatherings: called }: Called, { cards }: Size, at: Date): Query[] {
  const times = { startsAt: addMinutes(at, 20), endsAt: addMinutes(at, 180) }
  return called.flatMap((id): Query[] => {
    const shown = { ...messages.gathering({ subject: id }) }
    return [
      db.insert(gatherings).values({ id, branch, kind: 'general', place: '礼堂', calledBy: caller, calledAt: at, ...times }),
      db.insert(gatheringBranches).values({ gathering: id, branch }),
      cards === 'waiting'
        ? enqueue(db, { occasion: `gathering ${id} ${chatId}`, to: { chat: chatId }, ...shown, dueAt: at })
        : db.insert(posts).values({ messageId: `om_${id}`, recipient: `chat:${chatId}`, subject: id, postedAt: at, ...shown }),
    ]
  })
}

export interface Planned {
  id: string
  chatId: string
  people: string[]
}

type Called = Planned & { gatherings: string[] }

export const openIdOf = (member: string) => `ou_${member}`

const numbered = (what: string, many: number) => Array.from({ length: many }, (_, i) => `${what}_${i}`)

export const branchOf = (index: number, people: number): Planned => ({
  id: `branch${index}`,
  chatId: `oc_branch${index}`,
  people: numbered(`person${index}`, people),
})

function listed(all: readonly Called[]): Rosters {
  return {
    chats: all.map(({ chatId, people }) => ({ chatId, people: people.map(openIdOf) })),
    gatherings: all.flatMap((branch) => branch.gatherings),
    expected: all.flatMap(({ chatId, people, gatherings: called }) =>
      called.flatMap((gathering) => people.map((member) => ({ openId: openIdOf(member), member, gathering, chatId }))),
    ),
  }
}
