import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import { courteousBefore } from '../../src/rules/time/courtesy.ts'
import { secretariesOf } from '../branches/answering.ts'
import { chatsOfBranch } from '../branches/chats.ts'
import type { Actor } from '../branches/members.ts'
import { branches } from '../branches/tables.ts'
import type { Branch } from '../branches/units.ts'
import { type Db, lookUp, onDuplicate, type Statement, statementOf, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { refresh } from '../ledgers/refresh.ts'
import { refreshScores } from '../ledgers/refresh-scores.ts'
import * as messages from './messages.ts'
import type { GatheringAsItStands } from './state.ts'
import { gatheringBranches, gatheringInvitations } from './tables.ts'
import { failIfOver } from './under-way.ts'

type Answer = 'joined' | 'declined' | 'withdrawn'

export interface Invitation {
  gathering: string
  branch: string
  branchName: string
  answer: Answer | null
}

export const invitationOf = (db: Db, gathering: string, branch: string) =>
  db
    .select({
      gathering: gatheringInvitations.gathering,
      branch: gatheringInvitations.branch,
      branchName: branches.name,
      answer: gatheringInvitations.answer,
    })
    .from(gatheringInvitations)
    .innerJoin(branches, sql`${branches.id} = ${gatheringInvitations.branch}`)
    .where(sql`${gatheringInvitations.gathering} = ${gathering} and ${gatheringInvitations.branch} = ${branch}`)

const invitationSubject = (gathering: string, branch: string) => `invitation ${gathering} ${branch}`

export const MOST_OTHERS = 10

/** A branch that is to meet with ours. It joins at once where the caller may speak for it too. */
export interface Other {
  branch: Pick<Branch, 'id' | 'name'>
  joinsAtOnce: boolean
}

/** Invites the other branches. A branch that joins at once hears it in its chats; of the rest the secretaries are asked. */
export async function invite(
  db: Db,
  { id: gathering, startsAt }: { id: string; startsAt: Date },
  others: readonly Other[],
  actor: Actor,
  now: Date,
) {
  if (others.length > MOST_OTHERS)
    refuse(`一次最多联合 ${MOST_OTHERS} 个支部，请分几次开。`, `At most ${MOST_OTHERS} other branches can join; please hold it in parts.`)
  const causes: Statement[] = []
  const dueAt = courteousBefore(now, startsAt)
  let postedTo = 0
  const found = await lookUp(
    db,
    others.flatMap(({ branch }) => [statementOf(chatsOfBranch(db, branch.id)), statementOf(secretariesOf(db, branch.id))]),
  )
  for (const [i, { branch, joinsAtOnce }] of others.entries()) {
    const [chats, asked] = found.slice(2 * i, 2 * i + 2) as [{ chatId: string }[], Asker[]]
    const [first] = asked
    const theirs = asked.filter(({ role }) => role === first?.role)
    if (!joinsAtOnce && !first)
      refuse(
        `「${branch.name}」还没有书记可以答复，请先请上级或管理员设好书记再联合。`,
        `“${branch.name}” has no secretary to answer; ask its committee or the administrator to appoint one first.`,
      )
    const answered = joinsAtOnce ? { answer: 'joined' as const, answeredBy: actor.id, answeredAt: now } : {}
    causes.push(
      statementOf(db.insert(gatheringInvitations).values({ gathering, branch: branch.id, askedBy: actor.id, askedAt: now, ...answered })),
      record(db, { at: now, unit: actor.unit, actor: actor.id, deed: joinsAtOnce ? 'joint.join' : 'joint.ask', subject: gathering }),
    )
    if (joinsAtOnce) {
      causes.push(
        statementOf(db.insert(gatheringBranches).values({ gathering, branch: branch.id })),
        ...tell(db, gathering, branch.id, chats, now),
        ...theirs.filter(({ id }) => id !== actor.id).map((secretary) => giveOwn(db, gathering, branch.id, secretary, dueAt)),
      )
      postedTo += chats.length
    } else
      causes.push(
        ...theirs.map(({ openId }) =>
          statementOf(
            enqueue(db, {
              occasion: `invite ${gathering} ${branch.id} ${openId}`,
              to: { person: openId },
              ...messages.invitation({ subject: invitationSubject(gathering, branch.id), gathering, branch: branch.id }),
              dueAt,
            }),
          ),
        ),
      )
  }
  return { causes, postedTo }
}

interface Asker {
  id: string
  openId: string
  role: string
}

/** The card for the secretary of a branch that joined, about that branch's own people. */
export const giveOwn = (db: Db, gathering: string, branch: string, { id, openId }: Pick<Asker, 'id' | 'openId'>, dueAt: Date) =>
  statementOf(
    enqueue(db, {
      occasion: `own ${gathering} ${branch} ${id}`,
      to: { person: openId },
      ...messages.ownBranch({ subject: gathering, branch, viewer: id }),
      dueAt,
      lane: 'answer',
    }),
  )

/** The card names the branch of its chat, to say there that the branch has withdrawn. */
const tell = (db: Db, gathering: string, branch: string, chats: readonly { chatId: string }[], now: Date) =>
  chats.map(({ chatId }) =>
    statementOf(
      enqueue(db, {
        occasion: `gathering ${gathering} ${chatId}`,
        to: { chat: chatId },
        ...messages.gathering({ subject: gathering, branch }),
        dueAt: now,
      }),
    ),
  )

type Asked = { it: GatheringAsItStands; invitation: Invitation }

export async function joinGathering(
  db: Db,
  { it, invitation }: Asked,
  chats: readonly { chatId: string }[],
  actor: Actor,
  now: Date,
  causes: readonly Statement[] = [],
) {
  refuseOver(it)
  if (invitation.answer === 'joined') refuseSame('joined')
  await together(db, [
    failIfOver(db, it.id, refuseClosed),
    db.insert(gatheringBranches).values({ gathering: it.id, branch: invitation.branch }),
    ...answering(db, invitation, 'joined', actor, now),
    ...tell(db, it.id, invitation.branch, chats, now),
    ...causes,
  ]).catch(onDuplicate(gatheringBranches, () => refuseSame('joined')))
}

export async function declineGathering(db: Db, { it, invitation }: Asked, actor: Actor, now: Date) {
  refuseOver(it)
  if (invitation.answer === 'declined') refuseSame('declined')
  if (invitation.answer === 'joined') refuseSame('joined')
  await together(db, [stillAnswered(db, invitation), ...answering(db, invitation, 'declined', actor, now)])
}

/** A branch may withdraw until the start. Its members who had asked for leave are no longer expected. */
export async function withdrawFromGathering(db: Db, { it, invitation }: Asked, actor: Actor, now: Date) {
  refuseOver(it)
  if (invitation.answer !== 'joined')
    refuse('本支部不在这次联合会议里，不用退出。', 'Your branch is not in this meeting; there is nothing to withdraw.')
  if (now >= it.startsAt)
    refuse('会议已经开始，不能退出了；没到的人按缺席记。', 'The meeting has begun; the branch can no longer withdraw.')
  await together(db, [
    stillAnswered(db, invitation),
    db
      .delete(gatheringBranches)
      .where(sql`${gatheringBranches.gathering} = ${it.id} and ${gatheringBranches.branch} = ${invitation.branch}`),
    ...answering(db, invitation, 'withdrawn', actor, now),
  ])
}

function answering(db: Db, { gathering, branch }: Invitation, answer: Answer, actor: Actor, now: Date): Statement[] {
  const deed = { joined: 'joint.join', declined: 'joint.decline', withdrawn: 'joint.withdraw' }[answer]
  return [
    statementOf(
      db
        .update(gatheringInvitations)
        .set({ answer, answeredBy: actor.id, answeredAt: now })
        .where(sql`${gatheringInvitations.gathering} = ${gathering} and ${gatheringInvitations.branch} = ${branch}`),
    ),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed, subject: gathering }),
    refresh(db, { subject: gathering, at: now, afterPress: true }),
    refresh(db, { subject: invitationSubject(gathering, branch), at: now, afterPress: true }),
  ]
}

/** Two of one branch may answer at once: the second answer is refused. */
const stillAnswered = (db: Db, { gathering, branch, answer }: Invitation) =>
  failIf(
    db,
    sql`not exists (select 1 from gathering_invitations i where i.gathering = ${gathering} and i.branch = ${branch} and i.answer is ${answer})`,
    () => refuse('刚刚已经有人答复过了，请看更新后的卡片。', 'Somebody has just answered; please look at the updated card.'),
  )

function refuseOver({ cancelledAt, closedAt }: GatheringAsItStands) {
  if (cancelledAt) refuse('这次会议已经取消了，不用答复。', 'This meeting has been cancelled; no answer is needed.')
  if (closedAt) refuseClosed()
}

function refuseClosed(): never {
  return refuse('这次会议已经结束了，不能再参加或退出。', 'This meeting is closed; joining or withdrawing is no longer possible.')
}

function refuseSame(answer: 'joined' | 'declined'): never {
  return answer === 'joined'
    ? refuse('本支部已经参加了，会前可以在卡片上退出。', 'Your branch has joined; before the start it can withdraw on the card.')
    : refuse('本支部已经答复不参加；改主意了可以按「参加」。', 'Your branch has declined; if it comes after all, press “Join”.')
}

/** Each branch that was asked sees the outcome on its own card. */
export const refreshInvitations = (db: Db, { id, branches: there, asked }: GatheringAsItStands, at: Date) =>
  [...there.slice(1), ...asked].map((one) => refresh(db, { subject: invitationSubject(id, one.id), at, afterPress: true }))

/** A joint gathering counts in the score of every branch. */
export const refreshScoresOfAll = (db: Db, { branches: there }: GatheringAsItStands, at: Date) =>
  there.flatMap(({ id, lineage }) => refreshScores(db, { branch: id, lineage }, at))
