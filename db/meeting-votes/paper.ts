import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import { isLocked } from '../../src/rules/gatherings/attendance.ts'
import { type Matter, matterNames, takesPapers } from '../../src/rules/meeting-votes/resolutions.ts'
import type { PaperSheet } from '../../src/rules/meeting-votes/tally-sheet.ts'
import { electorsPresent } from '../ballots/electors.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, lookUp, onConstraint, onDuplicate, type Statement, statementOf, together } from '../client.ts'
import type { VoterThere } from '../gatherings/in-room.ts'
import type { GatheringAsItStands } from '../gatherings/state.ts'
import { failIfOver, refuseMinuted } from '../gatherings/under-way.ts'
import { votersFor } from '../gatherings/voters.ts'
import type { ResolutionThere } from '../gatherings/votes-held.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { refresh } from '../ledgers/refresh.ts'
import * as messages from './messages.ts'
import { failIfOpenAlready, mayResolve } from './resolve.ts'
import { resolutions } from './tables.ts'
import { listedVoters, refuseMoved, strikeViews } from './written-views.ts'

const paperSubject = (resolution: string) => `paper ${resolution}`

interface Asked {
  id: string
  words: string
  matter: Matter
  /** The vote was prepared, with the written views of absent voters. */
  isPrepared: boolean
}

/** Ballots are handed out in the room. They are counted by hand, so a member without a Feishu account votes too. */
export async function openOnPaper(
  db: Db,
  gathering: GatheringAsItStands,
  { id, words, matter, isPrepared }: Asked,
  host: Actor,
  now: Date,
) {
  if (!takesPapers(matter)) refuseMatter()
  const it = mayResolve(gathering, matter, now)
  if (it.kind !== 'general') refuseMatter()
  if (words === '') refuse('请写明表决什么。', 'Please say what is voted on.')
  const [electors] = await lookUp(db, [electorsPresent(db, it, matter)])
  const counts = { expectedVoters: votersFor(it, matter).expectedVoters, presentVoters: electors.length }
  const opened = { manner: 'paper' as const, ...counts, by: host.id, at: now }
  await together(db, [
    failIfOver(db, it.id),
    failIfOpenAlready(db, it.id, { id, words, matter }, 'paper'),
    ...(isPrepared ? strikeViews(db, id, electors, now) : []),
    statementOf(
      isPrepared
        ? db.update(resolutions).set(opened).where(sql`${resolutions.id} = ${id}`)
        : db.insert(resolutions).values({ id, branch: it.branch, gathering: it.id, words, matter, ...opened }),
    ),
    record(db, { at: now, unit: host.unit, actor: host.id, deed: 'resolution.openOnPaper', subject: id }),
    refresh(db, { subject: it.id, at: now, afterPress: true }),
    countCard(db, it.id, id, host, `paperCount ${id}`, now),
  ])
    .catch(onDuplicate(resolutions, () => refuse('这项表决已经开始了，不用再按。', 'This vote is open already; no need to press again.')))
    .catch(onConstraint('views moved', refuseMoved))
}

function refuseMatter(): never {
  const [{ zh, en }, other] = [matterNames.admission, matterNames.conversion]
  return refuse(
    `纸质选票只用于党员大会上的${zh}和${other.zh}；一般事项请举手或用卡片。`,
    `Paper is for ${en} and ${other.en} in a general meeting; for other matters count hands or vote by card.`,
  )
}

/** The host's card on the count, sent once more. */
export const countCard = (
  db: Db,
  gathering: string,
  resolution: string,
  { id, openId }: Pick<Actor, 'id' | 'openId'>,
  occasion: string,
  at: Date,
): Statement =>
  enqueue(db, {
    occasion,
    to: { person: openId },
    ...messages.paperCount({ subject: paperSubject(resolution), gathering, resolution, viewer: id }),
    dueAt: at,
    lane: 'answer',
  })

/** The voters who have a ballot on paper: those in the room now whose written view does not count. */
export async function papersFor(db: Db, it: GatheringAsItStands, { id, matter }: ResolutionThere): Promise<number> {
  const [electors, listed] = await lookUp(db, [electorsPresent(db, it, matter), listedVoters(db, id)])
  return electors.filter(({ member }) => !listed.some((one) => one.id === member && one.is === 'standing')).length
}

/** The figures wait for the scrutineer. Figures that are corrected are confirmed anew. */
export async function enterPaper(
  db: Db,
  it: GatheringAsItStands,
  { id, matter }: ResolutionThere,
  { sheet, presentVoters, scrutineer }: { sheet: PaperSheet; presentVoters: number; scrutineer: VoterThere },
  host: Actor,
  now: Date,
) {
  refuseLocked(it, now)
  const counts = { expectedVoters: votersFor(it, matter).expectedVoters, presentVoters }
  await together(db, [
    db
      .update(resolutions)
      .set({ ...counts, paper: sheet, paperAt: now, by: host.id, scrutineer: scrutineer.id, confirmedAt: null })
      .where(sql`${resolutions.id} = ${id} and ${resolutions.manner} = 'paper'`),
    ...seen(db, it, id, 'resolution.enterPaper', host, now),
    ...(scrutineer.openId === null
      ? []
      : [
          enqueue(db, {
            occasion: `paperConfirm ${id} ${now.getTime()}`,
            to: { person: scrutineer.openId },
            ...messages.paperConfirm({ subject: paperSubject(id), gathering: it.id, resolution: id, viewer: scrutineer.id }),
            dueAt: now,
            lane: 'answer',
          }),
        ]),
  ])
}

/** The scrutineer answers for the figures they were shown: yes makes them the result, no takes them away. */
export async function answerPaper(
  db: Db,
  it: GatheringAsItStands,
  { id, by, byOpenId, paper }: ResolutionThere,
  { entered, isRight }: { entered: number; isRight: boolean },
  scrutineer: Actor,
  now: Date,
) {
  refuseLocked(it, now)
  if (!paper || paper.at !== entered || paper.confirmedAt) refuseChanged()
  await together(db, [
    failIf(
      db,
      sql`not exists (select 1 from resolutions where id = ${id} and paper_at = ${entered} and confirmed_at is null and scrutineer = ${scrutineer.id})`,
      refuseChanged,
    ),
    db
      .update(resolutions)
      .set(isRight ? { confirmedAt: now } : { paper: null, paperAt: null, scrutineer: null })
      .where(sql`${resolutions.id} = ${id}`),
    ...seen(db, it, id, isRight ? 'resolution.confirmPaper' : 'resolution.refusePaper', scrutineer, now),
    ...(isRight || byOpenId === null
      ? []
      : [countCard(db, it.id, id, { id: by, openId: byOpenId }, `paperCount ${id} ${now.getTime()}`, now)]),
  ]).catch(
    onConstraint('no scrutineer', () =>
      refuse('主持人和填数字的人不能核对。', 'The host, or whoever entered the figures, cannot confirm them.'),
    ),
  )
}

const seen = (db: Db, it: GatheringAsItStands, subject: string, deed: string, actor: Actor, at: Date): Statement[] => [
  record(db, { at, unit: actor.unit, actor: actor.id, deed, subject }),
  refresh(db, { subject: it.id, at, afterPress: true }),
  refresh(db, { subject: paperSubject(subject), at, afterPress: true }),
]

function refuseLocked(it: GatheringAsItStands, now: Date) {
  if (it.isMinuted) refuseMinuted()
  if (isLocked(it.closedAt, now, it.reopenedAt))
    refuse(
      '会议结束已超过 24 小时，计票结果不能再改；请书记说明理由重新打开（/重开）。',
      'The meeting ended more than 24 hours ago; the secretary can reopen it with a reason (/reopen) to correct the count.',
    )
}

function refuseChanged(): never {
  return refuse('数字刚刚改过，请看最新的卡片。', 'The figures have just changed; please look at the latest card.')
}
