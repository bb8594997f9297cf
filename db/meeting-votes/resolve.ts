import { sql } from 'drizzle-orm'
import { addMinutes } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import { isLocked } from '../../src/rules/gatherings/attendance.ts'
import { votingQuorum } from '../../src/rules/gatherings/quorum.ts'
import { type Hands, isVotedInSecret, type Matter, matterNames } from '../../src/rules/meeting-votes/resolutions.ts'
import { inRoomSaid } from '../../src/rules/voters/presence.ts'
import type { BallotDeps } from '../ballots/cast.ts'
import { electorsPresent } from '../ballots/electors.ts'
import { type Elector, openBallot } from '../ballots/open.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, lookUp, onConstraint, onDuplicate, type Statement, statementOf, together } from '../client.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../gatherings/state.ts'
import { failIfOver, refuseMinuted, underwayOrRefuse, type VotingMeeting } from '../gatherings/under-way.ts'
import { isForRoom, votersFor } from '../gatherings/voters.ts'
import type { ResolutionThere } from '../gatherings/votes-held.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { refresh } from '../ledgers/refresh.ts'
import { resolutions } from './tables.ts'
import { refuseMoved, strikeViews } from './written-views.ts'

interface Asked {
  id: string
  words: string
}

const kinds = ['general', 'committee'] as const

/** A vote by card stays open this long, unless the host ends it or puts the end off. */
export const VOTE_MINUTES = 10
const SHORTEST_MINUTES = 1

/** @throws Refusal where nothing can be resolved in the meeting now */
export function mayResolve(it: GatheringAsItStands, matter: Matter, now: Date): VotingMeeting {
  const meeting = underwayOrRefuse(it, kinds, now)
  const { expectedVoters, presentVoters } = votersFor(meeting, matter)
  const { needed, isQuorate } = votingQuorum(meeting.kind, { expectedVoters, presentVoters })
  if (isQuorate) return meeting
  const why = meeting.kind === 'general' ? { zh: '须超过半数', en: 'more than half' } : { zh: '须达到半数', en: 'at least half' }
  const room = isForRoom(meeting, matter) ? inRoomSaid : { zh: '', en: '' }
  return refuse(
    `应到有表决权的 ${expectedVoters} 人，到会 ${presentVoters} 人；${why.zh}（至少 ${needed} 人）才能表决，还差 ${needed - presentVoters} 人。${room.zh}`,
    `${expectedVoters} voters are expected and ${presentVoters} present; a vote takes ${why.en}, at least ${needed}: ${needed - presentVoters} more.${room.en}`,
  )
}

/** Two open votes on one matter would give two results. The same words open once by card and once on paper. */
export const failIfOpenAlready = (
  db: Db,
  gathering: string,
  { id, words, matter }: Asked & { matter: Matter },
  manner: 'card' | 'paper',
): Statement =>
  failIf(
    db,
    sql`exists (select 1 from resolutions same where same.gathering = ${gathering} and same.words = ${words} and same.matter = ${matter}
      and same.id <> ${id} and same.manner = ${manner} and same.confirmed_at is null
      and not exists (select 1 from ballot_closures c where c.ballot = same.ballot)
      and not exists (select 1 from ballot_cancellations c where c.ballot = same.ballot))`,
    () =>
      refuse(
        `「${words}」正在表决，还没有结果；请先结束那一次。`,
        `The vote on “${words}” is open and has no result yet; please end that one first.`,
      ),
  )

/** A voter who is present gets the ballot. It ends with the meeting at the latest. */
export async function resolveByCard(
  db: Db,
  gathering: GatheringAsItStands,
  { id, words, matter, isSecret, isPrepared = false }: Asked & { matter: Matter; isSecret: boolean; isPrepared?: boolean },
  actor: Actor,
  now: Date,
  box: BallotDeps,
) {
  if (!isSecret && isVotedInSecret(matter)) refuseOpen(matter)
  const it = mayResolve(gathering, matter, now)
  refuseSilent(words)
  const [electors] = await lookUp(db, [electorsPresent(db, it, matter)])
  if (isVotedInSecret(matter) && withoutCard(electors) > 0) refuseCard(withoutCard(electors))
  const counts = { expectedVoters: votersFor(it, matter).expectedVoters, presentVoters: electors.length }
  const opened = { manner: 'card' as const, ...counts, ballot: id, by: actor.id, at: now }
  await openBallot(
    db,
    {
      id,
      unit: it.unit,
      branch: it.branch,
      committee: null,
      gathering: it.id,
      use: 'resolution',
      isSecret,
      electorate: it.kind === 'committee' ? 'committee' : 'all',
      title: words,
      question: { scale: 'stances', subjects: [{ key: '1', name: words }] },
      closesAt: closingAt(it, now),
      ...counts,
    },
    electors,
    actor,
    now,
    box,
    [
      failIfOver(db, it.id),
      failIfOpenAlready(db, it.id, { id, words, matter }, 'card'),
      ...(isPrepared ? strikeViews(db, id, electors, now) : []),
      statementOf(
        isPrepared
          ? db.update(resolutions).set(opened).where(sql`${resolutions.id} = ${id}`)
          : db.insert(resolutions).values({ id, branch: it.branch, gathering: it.id, words, matter, ...opened }),
      ),
      ...seen(db, it, { deed: 'resolution.open', subject: id }, actor, now),
    ],
  ).catch(onConstraint('views moved', refuseMoved))
  return { electors: electors.length, without: withoutCard(electors) }
}

/** The number of voters present without a Feishu account, who cannot vote by card. */
export const withoutCard = (electors: readonly Elector[]): number => electors.filter(({ openId }) => openId === null).length

/** The time at which a vote by card in a meeting ends by itself. */
export function closingAt({ endsAt }: Pick<GatheringAsItStands, 'endsAt'>, now: Date): Date {
  if (addMinutes(now, SHORTEST_MINUTES) > endsAt)
    refuse('会议马上就到结束时间，来不及用卡片投票了。', 'The meeting is about to end; there is no time left for a vote by card.')
  const usual = addMinutes(now, VOTE_MINUTES)
  return usual < endsAt ? usual : endsAt
}

/** The host counts the hands and enters them. */
export async function resolveByHands(db: Db, gathering: GatheringAsItStands, { id, words }: Asked, hands: Hands, actor: Actor, now: Date) {
  const it = mayResolve(gathering, 'ordinary', now)
  refuseSilent(words)
  const results = await together(db, [
    failIfOver(db, it.id),
    db.insert(resolutions).values({
      id,
      branch: it.branch,
      gathering: it.id,
      words,
      matter: 'ordinary',
      manner: 'hands',
      ...entered(it, hands, actor, now),
    }),
    ...seen(db, it, { deed: 'resolution.hands', subject: id }, actor, now),
    gatheringAsItStands(db, it.id),
  ]).catch(
    onDuplicate(resolutions, () => refuse('这项表决已经记下了，不用再按。', 'This vote is entered already; no need to press again.')),
  )
  return results.at(-1) as GatheringAsItStands
}

/**
 * Wrong hands can be corrected until attendance is locked. The voters present are counted again too, for that may have been the mistake.
 */
export async function correctHands(
  db: Db,
  it: GatheringAsItStands,
  resolution: ResolutionThere,
  { words, hands }: { words: string; hands: Hands },
  actor: Actor,
  now: Date,
) {
  refuseSilent(words)
  if (resolution.manner !== 'hands') refuse('这里只能更正举手的人数。', 'Only a count of hands is corrected here.')
  if (it.isMinuted) refuseMinuted()
  if (isLocked(it.closedAt, now, it.reopenedAt))
    refuse(
      '会议结束已超过 24 小时，表决不能再更正；请书记说明理由重新打开（/重开）。',
      'The meeting ended more than 24 hours ago; the secretary can reopen it with a reason (/reopen) to correct the vote.',
    )
  const results = await together(db, [
    db
      .update(resolutions)
      .set({ words, ...entered(it, hands, actor, now) })
      .where(sql`${resolutions.id} = ${resolution.id}`),
    ...seen(db, it, { deed: 'resolution.correct', subject: resolution.id }, actor, now),
    gatheringAsItStands(db, it.id),
  ])
  return results.at(-1) as GatheringAsItStands
}

const entered = (it: GatheringAsItStands, hands: Hands, actor: Actor, at: Date) => ({
  ...votersFor(it, 'ordinary'),
  approvals: hands.for,
  against: hands.against,
  abstained: hands.abstain,
  by: actor.id,
  at,
})

const seen = (db: Db, it: GatheringAsItStands, done: { deed: string; subject: string }, actor: Actor, at: Date): Statement[] => [
  record(db, { at, unit: actor.unit, actor: actor.id, ...done }),
  refresh(db, { subject: it.id, at, afterPress: true }),
]

function refuseSilent(words: string) {
  if (words === '') refuse('请写明表决什么。', 'Please say what is voted on.')
}

/** Admission and conversion can be counted on paper, so that nobody present is left without a vote. */
function refuseCard(without: number): never {
  return refuse(
    `到会的人里有 ${without} 人没有飞书账号，用卡片投不了票，请用纸质选票。`,
    `${without} of those present have no Feishu account and could not vote by card; please vote on paper.`,
  )
}

function refuseOpen(matter: Matter): never {
  const { zh, en } = matterNames[matter]
  return refuse(`${zh}必须无记名投票，请选「卡片投票，无记名」。`, `${en}: this is voted in secret; please choose “By card, secret”.`)
}
