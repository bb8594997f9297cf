import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import { isRoomCode } from '../../src/rules/gatherings/room-code.ts'
import { type Text, t } from '../../src/text.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, onConstraint, type Statement, together } from '../client.ts'
import { record } from '../ledgers/audit.ts'
import { refresh } from '../ledgers/refresh.ts'
import { audit } from '../ledgers/tables.ts'
import { admitted, type CheckInFacts, checkIn, comesIntoRoom } from './check-in.ts'
import { arriveInRoom } from './in-room.ts'
import { type GatheringAsItStands, gatheringAsItStands } from './state.ts'

const MOST_TRIES = 5

/** Tries stand in the audit trail. A trigger there refuses a sixth, however many come at once. */
export const codeTries = (db: Db, gathering: string, person: { tenantKey: string; openId: string }) =>
  db
    .select({ tries: sql<number>`count(*)` })
    .from(audit)
    .where(
      sql`${audit.subject} = ${gathering} and ${audit.deed} = 'attendance.tryCode' and ${audit.actor} = (select m.id from members m join units u on u.id = m.unit
        where u.tenant_key = ${person.tenantKey} and m.open_id = ${person.openId} and m.left_on is null)`,
    )

/** Whether this host has looked at the code that holds now. */
export const codeAskedBy = (db: Db, gathering: string, member: string, since: Date) =>
  db
    .select({ at: audit.at })
    .from(audit)
    .where(
      sql`${audit.subject} = ${gathering} and ${audit.deed} = 'gathering.showCode' and ${audit.actor} = ${member} and ${audit.at} >= ${since.getTime()}`,
    )
    .limit(1)

type Entered = { wrong: Text } | { wrong?: undefined; punctuality: 'on time' | 'late'; gathering: GatheringAsItStands }

/** The right digits check in; each try is a row in the same batch. `causes` are the statements of the answer. */
export async function checkInByCode(
  db: Db,
  seen: CheckInFacts & { tries: number },
  given: string,
  actor: Actor,
  now: Date,
  way: 'press' | 'word',
  causes: (said: Text | 'on time' | 'late') => readonly Statement[],
): Promise<Entered> {
  const punctuality = admitted(seen, now)
  if (seen.tries >= MOST_TRIES) refuseTries()
  const { gathering, tries } = seen
  const tried = record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'attendance.tryCode', subject: gathering.id })
  const digits = given.normalize('NFKC').trim()
  if (gathering.roomSecret && isRoomCode(gathering.roomSecret, digits, now)) {
    const causing = [tried, ...causes(punctuality)]
    const entered = comesIntoRoom(seen)
      ? comeIntoRoom(db, seen, actor, now, way, causing)
      : checkIn(db, seen, actor, now, way, causing, 'code')
    return entered.catch(onConstraint('no tries left', refuseTries))
  }
  const wrong = wrongCode(MOST_TRIES - tries - 1)
  await together(db, [tried, ...causes(wrong)]).catch(onConstraint('no tries left', refuseTries))
  return { wrong }
}

async function comeIntoRoom(
  db: Db,
  { gathering, own }: CheckInFacts,
  actor: Actor,
  now: Date,
  way: 'press' | 'word',
  causes: readonly Statement[],
) {
  const results = await together(db, [
    arriveInRoom(db, gathering.id, actor.id),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'attendance.inRoom', subject: gathering.id }),
    refresh(db, { subject: gathering.id, at: now, afterPress: way === 'press' }),
    ...causes,
    gatheringAsItStands(db, gathering.id),
  ])
  return { punctuality: own.punctuality ?? 'on time', gathering: results.at(-1) as GatheringAsItStands }
}

const wrongCode = (left: number): Text =>
  left > 0
    ? t(`现场码不对，还可以试 ${left} 次。`, `That is not the code; ${left} ${left === 1 ? 'try' : 'tries'} left.`)
    : t(
        '现场码不对，次数用完了；请主持人为你标记到会。',
        'That is not the code, and no tries are left; please ask the host to mark you present.',
      )

function refuseTries(): never {
  return refuse('已经试错 5 次，请主持人为你标记到会。', 'Five tries were wrong; please ask the host to mark you present.')
}
