import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import { subjectsNamed } from '../../src/rules/ballots/marks.ts'
import { areEnough, isAmong, leastThat, mayElect, type Nominee } from '../../src/rules/meeting-votes/elections.ts'
import { inStrokeOrder } from '../../src/rules/roster/surname-order.ts'
import { inRoomSaid } from '../../src/rules/voters/presence.ts'
import type { BallotDeps } from '../ballots/cast.ts'
import { electorsPresent } from '../ballots/electors.ts'
import { openBallot } from '../ballots/open.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, lookUp, onDuplicate, type Statement, statementOf, together } from '../client.ts'
import { scrutineersWho } from '../gatherings/in-room.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../gatherings/state.ts'
import { failIfOver, underwayOrRefuse } from '../gatherings/under-way.ts'
import { type Voters, votersFor } from '../gatherings/voters.ts'
import { electionSubject } from '../gatherings/votes-held.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { refresh, refreshOthers } from '../ledgers/refresh.ts'
import { closingAt, withoutCard } from './resolve.ts'
import { standersOf } from './standers.ts'
import { elections } from './tables.ts'

interface NewElection {
  id: string
  title: string
  /** The round that it follows. */
  after: string | null
  seats: number
  nominees: readonly Nominee[]
  scrutineers: readonly Nominee[]
  tellers: readonly Nominee[]
  /** A run-off between those who tied: as many stand as there are, and nobody is written in. */
  isRunOff: boolean
}

/** One ballot can have this many names written in. */
const MOST_WRITE_INS = 3

/** More nominees do not fit into one card of the tellers’ figures. */
const MOST_NOMINEES = 20

/** @throws Refusal where the meeting is not a general one that can elect now */
export function mayElectIn(it: GatheringAsItStands, now: Date) {
  const meeting = underwayOrRefuse(it, ['general'], now)
  refuseFew(votersFor(meeting, 'election'))
  return meeting
}

function refuseFew({ expectedVoters, presentVoters }: Voters) {
  if (mayElect({ expectedVoters, presentVoters })) return
  const needed = leastThat((number) => mayElect({ expectedVoters, presentVoters: number }) || number > expectedVoters)
  refuse(
    `应到有选举权的 ${expectedVoters} 人，到会 ${presentVoters} 人；须达到五分之四（至少 ${needed} 人）才能选举，还差 ${needed - presentVoters} 人。${inRoomSaid.zh}`,
    `${expectedVoters} voters are expected and ${presentVoters} present; an election takes four fifths, at least ${needed}: ${needed - presentVoters} more.${inRoomSaid.en}`,
  )
}

/**
 * Opens a vote on paper in the room, or by card where the rulebook says so: `box` seals it. The voters present at the opening are the
 * electors.
 */
export async function openElection(
  db: Db,
  gathering: GatheringAsItStands,
  asked: NewElection,
  actor: Actor,
  now: Date,
  box: BallotDeps | null,
  { pressedOn, causes = [] }: { pressedOn?: string; causes?: readonly Statement[] } = {},
): Promise<GatheringAsItStands> {
  const it = mayElectIn(gathering, now)
  const { id, title, after, seats, isRunOff } = asked
  const nominees = inStrokeOrder(asked.nominees)
  refuseUnfit({ ...asked, nominees })
  const [electors, vouching, standers] = await lookUp(db, [
    electorsPresent(db, it, 'election'),
    scrutineersWho(db, it.id),
    standersOf(db, it),
  ])
  refuseVouching(vouching, nominees)
  const without = box ? withoutCard(electors) : 0
  if (without > 0)
    refuse(
      `到会的人里有 ${without} 人没有飞书账号，用卡片投不了票，请在会场发纸质选票。`,
      `${without} of those present have no Feishu account and could not vote by card; please vote on paper in the room.`,
    )
  const counts = { expectedVoters: votersFor(it, 'election').expectedVoters, presentVoters: electors.length }
  const row = db.insert(elections).values({
    id,
    branch: it.branch,
    gathering: it.id,
    title,
    after,
    seats,
    nominees,
    scrutineers: [...asked.scrutineers],
    tellers: [...asked.tellers],
    ...counts,
    openedBy: actor.id,
    openedAt: now,
    ballot: box ? id : null,
    standers,
  })
  const all = [
    failIfOver(db, it.id),
    ...(after ? [failIf(db, followed(after), refuseNext)] : []),
    statementOf(row),
    ...seen(db, it, id, { deed: 'election.open', actor, now }),
    ...(after ? [refreshOthers(db, { subject: electionSubject(after), but: pressedOn ?? '', at: now })] : []),
    ...causes,
  ]
  const opening = box
    ? openBallot(
        db,
        {
          id,
          unit: it.unit,
          branch: it.branch,
          committee: null,
          gathering: it.id,
          use: 'election',
          isSecret: true,
          electorate: 'all',
          title,
          question: {
            scale: 'stances',
            subjects: subjectsNamed(nominees.map(({ name }) => name)),
            most: seats,
            writeIns: isRunOff ? 0 : Math.min(seats, MOST_WRITE_INS),
            ...(isRunOff ? { isRunOff: true as const } : {}),
          },
          closesAt: closingAt(it, now),
          ...counts,
        },
        electors,
        actor,
        now,
        box,
        all,
      )
    : together(db, all)
  await opening.catch(
    onDuplicate(elections, () => refuse('这次选举已经开始了，不用再按。', 'This election is under way already; no need to press again.')),
  )
  const [opened] = await lookUp(db, [gatheringAsItStands(db, it.id)])
  return opened ?? it
}

/** One round follows another once, unless it was called off. */
export const followed = (id: string) => sql`exists (select 1 from elections e where e."after" = ${id}
  and not exists (select 1 from ballot_cancellations c where c.ballot = e.ballot))`

export function refuseNext(): never {
  return refuse(
    '下一轮选举已经按这个结果进行了，这一轮不能再改。',
    'The next round has gone by this result, which can no longer be changed.',
  )
}

/** Who says that others are in the room is no nominee of the vote for which it counts. */
function refuseVouching(vouching: readonly Nominee[], nominees: readonly Nominee[]) {
  const both = vouching.find((one) => isAmong(one, nominees))
  if (both)
    refuse(
      `${both.name}是候选人，却核对过到会；请在「到会核对」里请另一位重新核对。`,
      `${both.name} is a nominee and confirmed who is in the room; please ask somebody else on “Who is in the room”.`,
    )
}

function refuseUnfit({ title, seats, nominees, scrutineers, tellers, isRunOff }: NewElection) {
  if (title === '') refuse('请写明选举什么。', 'Please say what is elected.')
  if (seats < 1) refuse('应选名额请填整数，至少 1 名。', 'How many are to be elected: a whole number, at least 1.')
  if (nominees.length > MOST_NOMINEES) refuse(`候选人最多 ${MOST_NOMINEES} 名。`, `There are at most ${MOST_NOMINEES} nominees.`)
  if (!isRunOff && !areEnough(nominees.length, seats)) {
    const needed = leastThat((number) => areEnough(number, seats))
    refuse(
      `应选 ${seats} 名，候选人须多出五分之一以上，至少 ${needed} 名；现有 ${nominees.length} 名。`,
      `For ${seats} to be elected there must be a fifth more nominees, at least ${needed}; there are ${nominees.length}.`,
    )
  }
  if (scrutineers.length === 0) refuse('请选出监票人。', 'Please choose the scrutineers.')
  if (tellers.length === 0) refuse('请选出计票人。', 'Please choose the tellers.')
  const both = [...scrutineers, ...tellers].find((one) => isAmong(one, nominees))
  if (both)
    refuse(
      `${both.name}是候选人，不能当监票人或计票人，请另选一位。`,
      `${both.name} is a nominee and can be neither scrutineer nor teller; please choose somebody else.`,
    )
}

export interface Done {
  deed: string
  actor: Actor
  now: Date
  /** The card that the press itself answers with its new state: its form may be filled in again at once. */
  pressedOn?: string
}

export const seen = (db: Db, it: GatheringAsItStands, election: string, { deed, actor, now, pressedOn = '' }: Done): Statement[] => [
  record(db, { at: now, unit: actor.unit, actor: actor.id, deed, subject: election }),
  refresh(db, { subject: it.id, at: now, afterPress: true }),
  refreshOthers(db, { subject: electionSubject(election), but: pressedOn, at: now }),
]
