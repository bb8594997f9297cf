import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import { type ElectorateKind, leastVoters } from '../../src/rules/ballots/electorate.ts'
import { MOST_GRADED, type Question } from '../../src/rules/ballots/marks.ts'
import { type BallotUse, mustBeSecret, uses } from '../../src/rules/ballots/uses.ts'
import { notByNight, spread } from '../../src/rules/time/courtesy.ts'
import { t } from '../../src/text.ts'
import { chatsOfBranch, chatsOfCommittee } from '../branches/chats.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, inList, lookUp, onConstraint, onDuplicate, type Statement, statementOf, together } from '../client.ts'
import { record } from '../ledgers/audit.ts'
import { enqueue } from '../ledgers/outbox.ts'
import type { BallotDeps } from './cast.ts'
import { refuseLate, turnoutSubject, voterSubject } from './cast.ts'
import { LONGEST_MS, refreshed, refuseOver, votersRefreshed } from './close.ts'
import { refuseForeignKey } from './data-key.ts'
import * as messages from './messages.ts'
import { type BallotAsItStands, ballotAsItStands } from './state.ts'
import { ballots, electorates } from './tables.ts'

export interface NewBallot {
  id: string
  unit: string
  branch: string | null
  committee: string | null
  gathering?: string | null
  use: BallotUse
  isSecret: boolean
  electorate: ElectorateKind
  title: string
  question: Question
  closesAt: Date
  expectedVoters?: number
  presentVoters?: number
}

export interface Elector {
  member: string
  /** Null for a person without a Feishu account: they stay expected. */
  openId: string | null
}

/** The shortest a vote may stay open, and the longest. */
const SHORTEST_MS = 60_000

/** More than 200 cards are spread over 20 minutes. */
const AT_ONCE = 200

/** The message of a person's card about their vote. */
export const voterCard = (ballot: string, member: string) => ({
  ...messages.ballot({ subject: voterSubject(ballot, member), ballot, member }),
})

/**
 * Opens a ballot and freezes its electorate. Each voter gets the card by direct message, and the chats see the turnout. The opener gets a
 * card of their own. `causes` join the same batch.
 */
export async function openBallot(
  db: Db,
  ballot: NewBallot,
  electors: readonly Elector[],
  actor: Actor,
  now: Date,
  { sealing }: Pick<BallotDeps, 'sealing'>,
  causes: readonly Statement[] = [],
) {
  refuseUnfit(ballot, electors, now)
  const keys = await sealing.newKeys(ballot.id)
  const [chats] = await lookUp(db, [ballot.branch ? chatsOfBranch(db, ballot.branch) : chatsOfCommittee(db, ballot.committee ?? '')])
  const { gathering = null, expectedVoters = null, presentVoters = null, ...asked } = ballot
  await together(db, [
    refuseForeignKey(db, { fingerprint: sealing.fingerprint }),
    db.insert(ballots).values({ ...asked, ...keys, gathering, expectedVoters, presentVoters, openedBy: actor.id, openedAt: now }),
    ...freezing(db, ballot.id, electors),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'ballot.open', subject: ballot.id }),
    ...electors.flatMap(({ member, openId }) =>
      openId === null ? [] : [cardFor(db, ballot, { member, openId }, dueFor(ballot, electors.length, openId, now))],
    ),
    ...chats.map(({ chatId }) =>
      enqueue(db, {
        occasion: `turnout ${ballot.id} ${chatId}`,
        to: { chat: chatId },
        ...messages.turnout({ subject: turnoutSubject(ballot.id), ballot: ballot.id }),
        dueAt: now,
      }),
    ),
    enqueue(db, {
      occasion: `ballotHost ${ballot.id} ${actor.id}`,
      to: { person: actor.openId },
      ...messages.ballotHost({ subject: turnoutSubject(ballot.id), ballot: ballot.id, viewer: actor.id }),
      dueAt: now,
      lane: 'answer',
    }),
    ...causes,
  ]).catch(onDuplicate(ballots, () => refuse('这次投票已经发起了，不用再按。', 'This ballot is open already; no need to press again.')))
}

function refuseUnfit(ballot: NewBallot, electors: readonly Elector[], now: Date) {
  const { use, isSecret, question, closesAt } = ballot
  if (mustBeSecret(use) && !isSecret)
    refuse(`${uses[use].name.zh}必须无记名，不能记名。`, `${uses[use].name.en}: this must be secret, not named.`)
  const left = closesAt.getTime() - now.getTime()
  if (left < SHORTEST_MS) refuse('截止时间已经过了，请换一个。', 'That closing time has passed; please choose another.')
  if (left > LONGEST_MS) refuse('投票最多开放 60 天。', 'A ballot is open for 60 days at most.')
  if (question.subjects.length === 0) refuse('请写明投什么。', 'Please say what is voted on.')
  if (question.scale === 'grades' && question.subjects.length > MOST_GRADED)
    refuse(
      `一次最多测评 ${MOST_GRADED} 人，请按党小组分开测评。`,
      `At most ${MOST_GRADED} are graded in one ballot; please evaluate group by group.`,
    )
  if (electors.length === 0) refuse('没有可以投票的人，请先看看名单。', 'There is nobody who could vote; please look at the roster.')
  refuseSmall(ballot, electors.length)
}

/** In a small circle the figures name the voters. */
function refuseSmall({ gathering = null, ...ballot }: NewBallot, electors: number) {
  const least = leastVoters({ ...ballot, gathering })
  if (electors >= least) return
  const whose = ballot.electorate === 'chosen' ? t('选出的人来投，', ' by people who are chosen') : t('', '')
  const instead = mustBeSecret(ballot.use)
    ? t('请多加几位', 'please ask more people')
    : t('请多加几位，或改为记名', 'please ask more people, or make it named')
  refuse(
    `只有 ${electors} 人投票，票数看得出谁投了什么；${whose.zh}无记名投票至少要 ${least} 人，${instead.zh}。`,
    `With ${electors} voters the figures would show who chose what: a secret ballot${whose.en} takes at least ${least}; ${instead.en}.`,
  )
}

const LOT = 400

/** One statement takes a lot of electors, for a unit can have thousands. */
function freezing(db: Db, ballot: string, electors: readonly Elector[]): Statement[] {
  const lots = Array.from({ length: Math.ceil(electors.length / LOT) }, (_, nth) => electors.slice(nth * LOT, (nth + 1) * LOT))
  return lots.map((lot) =>
    statementOf(
      db
        .insert(electorates)
        .select(
          sql`select ${ballot}, m.id, m.branch, null, null from ${inList(lot.map(({ member }) => member))} j join members m on m.id = j.value where true`,
        ),
    ),
  )
}

/** The cards of a meeting go at once. Others wait for the morning, unless the ballot is over by then; thousands are spread. */
export function ballotsDueAt({ gathering, closesAt }: Pick<BallotAsItStands, 'gathering' | 'closesAt'>, now: Date): Date {
  const morning = notByNight(now)
  return gathering || morning >= closesAt ? now : morning
}

function dueFor(ballot: NewBallot, electors: number, openId: string, now: Date): Date {
  const from = ballotsDueAt({ gathering: null, ...ballot }, now)
  const later = spread(from, openId)
  return electors > AT_ONCE && later < ballot.closesAt ? later : from
}

const cardFor = (db: Db, { id }: Pick<NewBallot, 'id'>, { member, openId }: { member: string; openId: string }, dueAt: Date) =>
  enqueue(db, { occasion: `ballot ${id} ${member}`, to: { person: openId }, ...voterCard(id, member), dueAt })

/** An addition to the electorate is logged; nobody is ever taken out. */
export async function addElectors(db: Db, it: BallotAsItStands, electors: readonly Elector[], actor: Actor, now: Date) {
  refuseOver(it, now)
  if (electors.length === 0) refuse('请先选出要加的人。', 'Please choose whom to add first.')
  const results = await together(db, [
    ...electors.flatMap(({ member, openId }) => [
      statementOf(
        db
          .insert(electorates)
          .select(
            sql`select ${it.id}, m.id, m.branch, cast(${now.getTime()} as integer), ${actor.id} from members m where m.id = ${member}`,
          ),
      ),
      record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'ballot.addElector', subject: it.id }),
      ...(openId === null ? [] : [cardFor(db, it, { member, openId }, ballotsDueAt(it, now))]),
    ]),
    ...joining(db, it, electors.length),
    ...refreshed(db, it, now),
    ...votersRefreshed(db, it.id, now),
    ballotAsItStands(db, it.id),
  ])
    .catch(
      onDuplicate(electorates, () =>
        refuse('选出的人里有已经在名单上的，请重新选。', 'Some of them are on the list already; please choose again.'),
      ),
    )
    .catch(onConstraint('ballot over', refuseLate))
  return results.at(-1) as BallotAsItStands
}

/** A person who comes to the meeting during the vote counts as present as well. */
const joining = (db: Db, { id, gathering }: BallotAsItStands, more: number) =>
  gathering
    ? [
        db
          .update(ballots)
          .set({ presentVoters: sql`present_voters + ${more}` })
          .where(sql`${ballots.id} = ${id}`),
      ]
    : []
