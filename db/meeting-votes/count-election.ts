import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import { isLocked } from '../../src/rules/gatherings/attendance.ts'
import type { TallySheet } from '../../src/rules/meeting-votes/elections.ts'
import { answersKept, type TellersAnswer } from '../../src/rules/meeting-votes/write-ins.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, together } from '../client.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../gatherings/state.ts'
import { refuseMinuted } from '../gatherings/under-way.ts'
import { votersFor } from '../gatherings/voters.ts'
import { type ElectionThere, isFollowed } from '../gatherings/votes-held.ts'
import { failIf } from '../guard.ts'
import { type Done, followed, refuseNext, seen } from './elect.ts'
import { elections } from './tables.ts'

/** The host enters the tellers' figures. They can be corrected until attendance is locked, or the next round has gone by them. */
export async function enterSheet(
  db: Db,
  it: GatheringAsItStands,
  election: ElectionThere,
  sheet: TallySheet,
  actor: Actor,
  now: Date,
  pressedOn?: string,
): Promise<GatheringAsItStands> {
  refuseSettled(it, election, now)
  const deed = election.sheet ? 'election.correct' : 'election.count'
  const entered = { ...sheet, writeIns: answersKept(sheet.writeIns, election.entered?.writeIns ?? []) }
  return changing(db, it, election, { sheet: entered, sheetBy: actor.id, sheetAt: now }, { deed, actor, now, pressedOn })
}

/** The tellers' word on a doubtful name; the figures stay as they were counted. */
export async function answerForWriteIn(
  db: Db,
  it: GatheringAsItStands,
  election: ElectionThere,
  { name, answer }: { name: string; answer: TellersAnswer },
  actor: Actor,
  now: Date,
  pressedOn?: string,
): Promise<GatheringAsItStands> {
  refuseSettled(it, election, now)
  const { entered } = election
  if (!entered?.writeIns.some((one) => one.name === name))
    refuse('计票单上没有这个名字了，请看更新后的卡片。', 'That name is on the sheet no more; please look at the updated card.')
  const sheet = { ...entered, writeIns: entered.writeIns.map((one) => (one.name === name ? { ...one, answer } : one)) }
  return changing(db, it, election, { sheet, sheetBy: actor.id, sheetAt: now }, { deed: 'election.answerWriteIn', actor, now, pressedOn })
}

/** Counts the voters present again: somebody came before the ballots were handed out, or was marked afterwards. */
export async function recountVoters(
  db: Db,
  it: GatheringAsItStands,
  election: ElectionThere,
  actor: Actor,
  now: Date,
  pressedOn?: string,
): Promise<GatheringAsItStands> {
  refuseSettled(it, election, now)
  const { expectedVoters, presentVoters } = votersFor(it, 'election')
  if (presentVoters === election.presentVoters && expectedVoters === election.expectedVoters)
    refuse(
      '到会人数没有变化；有人没签到的，先在主持卡片上标记到会。',
      'Nobody has come since; if somebody is not checked in, mark them on the host’s card first.',
    )
  return changing(db, it, election, { expectedVoters, presentVoters }, { deed: 'election.recount', actor, now, pressedOn })
}

/** Withdraws an election that was begun by mistake, before anything was counted. */
export async function withdrawElection(
  db: Db,
  it: GatheringAsItStands,
  election: ElectionThere,
  actor: Actor,
  now: Date,
  pressedOn?: string,
): Promise<void> {
  refuseSettled(it, election, now)
  if (election.sheet) refuseCounted()
  await together(db, [
    failIf(
      db,
      sql`exists (select 1 from elections where id = ${election.id} and sheet is not null) or ${followed(election.id)}`,
      refuseCounted,
    ),
    db.delete(elections).where(sql`${elections.id} = ${election.id}`),
    ...seen(db, it, election.id, { deed: 'election.withdraw', actor, now, pressedOn }),
  ])
}

function refuseCounted(): never {
  return refuse(
    '这次选举已经计票，不能撤销；填错了可以更正。',
    'This election is counted and cannot be withdrawn; what is wrong can be corrected.',
  )
}

function refuseSettled(it: GatheringAsItStands, { id, ballot }: ElectionThere, now: Date) {
  if (ballot) refuse('卡片投票的结果由选票计出，不能更正。', 'What was voted by card is counted from the votes and cannot be corrected.')
  if (it.isMinuted) refuseMinuted()
  if (isLocked(it.closedAt, now, it.reopenedAt))
    refuse(
      '会议结束已超过 24 小时，计票结果不能再改；请书记说明理由重新打开（/重开）。',
      'The meeting ended more than 24 hours ago; the secretary can reopen it with a reason (/reopen) to correct the count.',
    )
  if (isFollowed(id, it.elections)) refuseNext()
}

async function changing(
  db: Db,
  it: GatheringAsItStands,
  { id }: ElectionThere,
  change: Partial<typeof elections.$inferInsert>,
  done: Done,
) {
  const results = await together(db, [
    // A round that follows at this very moment has gone by the former sheet.
    failIf(db, followed(id), refuseNext),
    db.update(elections).set(change).where(sql`${elections.id} = ${id}`),
    ...seen(db, it, id, done),
    gatheringAsItStands(db, it.id),
  ])
  return results.at(-1) as GatheringAsItStands
}
