import { chats } from '../../db/chats.ts'
import { together } from '../../db/client.ts'
import { openFile } from '../../db/file.ts'
import { gatheringBranches, gatherings } from '../../db/gatherings.ts'
import { members } from '../../db/members.ts'
import { enqueue, posts } from '../../db/outbox.ts'
import { branches, committees, units } from '../../db/units.ts'
import { addMinutes, day } from '../../src/calendar.ts'

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
  const store = await openFile(`file:${path}.draft`, now)
  const { db } = store
  try {
    await together(db, [
      db.insert(units).values({ id: 'unit', tenantKey: TENANT, name: '某大学' }),
      db.insert(committees).values({ id: 'committee', unit: 'unit', name: '机关党委' }),
    ])
    const all = Array.from({ length: size.branches }, (_, index) => branchOf(index, size))
    for (const branch of all) await together(db, [...founding(branch, now), ...callings(branch, size, now)])
    // The driver lets go of a file only when its statements are collected, so the bot gets a file that nobody here has opened.
    await store.client.execute({ sql: 'vacuum into ?', args: [path] })
    return listed(all)

    function founding({ id, chatId, people }: Planned, at: Date) {
      const joinedOn = day(at)
      return [
        db.insert(branches).values({ id, unit: 'unit', committee: 'committee', name: id, since: joinedOn }),
        db.insert(chats).values({ chatId, unit: 'unit', branch: id, boundBy: 'test', boundAt: at }),
        db.insert(members).values(
          people.map((person) => ({
            id: person,
            unit: 'unit',
            branch: id,
            openId: openIdOf(person),
            name: person,
            stage: 'full' as const,
            joinedOn,
            addedAt: at,
          })),
        ),
      ]
    }

    function callings({ id: branch, chatId, people: [caller = ''], gatherings: called }: Planned, { cards }: Size, at: Date) {
      const times = { startsAt: addMinutes(at, 20), endsAt: addMinutes(at, 180) }
      return called.flatMap((id) => [
        db.insert(gatherings).values({ id, branch, kind: 'general', place: '礼堂', calledBy: caller, calledAt: at, ...times }),
        db.insert(gatheringBranches).values({ gathering: id, branch }),
        cards === 'waiting'
          ? enqueue(db, {
              occasion: `gathering ${id} ${chatId}`,
              to: { chat: chatId },
              view: 'gathering',
              args: { subject: id },
              dueAt: at,
            })
          : db.insert(posts).values({
              messageId: `om_${id}`,
              recipient: `chat:${chatId}`,
              view: 'gathering',
              subject: id,
              args: { subject: id },
              postedAt: at,
            }),
      ])
    }
  } finally {
    store.close()
  }
}

interface Planned {
  id: string
  chatId: string
  people: string[]
  gatherings: string[]
}

const openIdOf = (member: string) => `ou_${member}`

function branchOf(index: number, { people, gatheringsEach }: Size): Planned {
  const numbered = (what: string, many: number) => Array.from({ length: many }, (_, i) => `${what}${index}_${i}`)
  return {
    id: `branch${index}`,
    chatId: `oc_branch${index}`,
    people: numbered('person', people),
    gatherings: numbered('gathering', gatheringsEach),
  }
}

function listed(all: readonly Planned[]): Rosters {
  return {
    chats: all.map(({ chatId, people }) => ({ chatId, people: people.map(openIdOf) })),
    gatherings: all.flatMap((branch) => branch.gatherings),
    expected: all.flatMap(({ chatId, people, gatherings: called }) =>
      called.flatMap((gathering) => people.map((member) => ({ openId: openIdOf(member), member, gathering, chatId }))),
    ),
  }
}
