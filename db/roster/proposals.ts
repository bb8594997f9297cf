import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import type { Actor, Stage } from '../branches/members.ts'
import { branches, members } from '../branches/tables.ts'
import { lineage } from '../branches/units.ts'
import { type Db, isConstraint, type Statement, statementOf, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { refresh } from '../ledgers/refresh.ts'
import type { PersonAsItStands } from './people.ts'
import { type Decision as Deed, removePerson } from './person.ts'
import { addToBranch } from './roster.ts'
import { type decisions, rosterProposals } from './tables.ts'
import { changeNoted, changeSettled } from './undo.ts'

type Decision = (typeof decisions)[number]

export type Move = Pick<
  typeof rosterProposals.$inferInsert,
  'chat' | 'openId' | 'id' | 'unit' | 'branch' | 'group' | 'name' | 'what' | 'at'
>

/** Remembers a coming or going; an older event, or a copy, changes nothing. */
export const noteMove = (db: Db, move: Move) =>
  db
    .insert(rosterProposals)
    .values(move)
    .onConflictDoUpdate({
      target: [rosterProposals.chat, rosterProposals.openId],
      set: {
        what: move.what,
        at: move.at,
        branch: move.branch,
        group: move.group ?? null,
        name: sql`coalesce(excluded.name, name)`,
        decidedAt: null,
        decidedBy: null,
        decision: null,
      },
      // At the same moment the coming wins, in whatever order the two are told.
      setWhere: sql`excluded.at > at or (excluded.at = at and excluded.what < what)`,
    })

/** The member behind an open_id; among members without one, the only bearer of the name. */
const onRoster = sql`(select m.id from members m where m.unit = "roster_proposals"."unit" and m.open_id = "roster_proposals"."open_id" and m.left_on is null)`
const namesakes = sql`from members n where n.branch = "roster_proposals"."branch" and n.open_id is null and n.left_on is null and n.name = "roster_proposals"."name"`

const proposals = (db: Db) =>
  db
    .select({
      id: rosterProposals.id,
      unit: rosterProposals.unit,
      branch: rosterProposals.branch,
      branchName: branches.name,
      lineage,
      group: rosterProposals.group,
      groupName: sql<string | null>`(select gr.name from "groups" gr where gr.id = "roster_proposals"."group_id")`,
      openId: rosterProposals.openId,
      name: sql<string | null>`coalesce((select m.name from members m where m.id = ${onRoster}), "roster_proposals"."name")`,
      what: rosterProposals.what,
      decision: rosterProposals.decision,
      member: sql<string | null>`${onRoster}`,
      /** The person as they last were on a roster of the unit. */
      former: sql<
        string | null
      >`(select m.id from members m where m.unit = "roster_proposals"."unit" and m.open_id = "roster_proposals"."open_id"
        and m.left_on is not null order by m.left_on desc, m.added_at desc limit 1)`,
      /** The branch on whose roster the person is. */
      home: sql<string | null>`(select m.branch from members m where m.id = ${onRoster})`,
      isAway: sql<boolean>`coalesce((select m.away_since is not null from members m where m.id = ${onRoster}), 0)`.mapWith(Boolean),
      memberGroup: sql<string | null>`(select m.group_id from members m where m.id = ${onRoster})`,
      /** The only member of that name who has no Feishu user yet. */
      namesake: sql<string | null>`(select iif(count(*) = 1, min(n.id), null) ${namesakes})`,
      isElsewhereInBranch: sql<boolean>`exists (select 1 from roster_proposals o where o.branch = "roster_proposals"."branch"
        and o.open_id = "roster_proposals"."open_id" and o.chat <> "roster_proposals"."chat" and o.what = 'joined')`.mapWith(Boolean),
      /** True while the chat still belongs to the branch, or to its group. */
      isBound: sql<boolean>`exists (select 1 from chats c where c.chat_id = "roster_proposals"."chat"
        and (c.branch = "roster_proposals"."branch" or c.group_id in (select gr.id from "groups" gr where gr.branch = "roster_proposals"."branch")))`.mapWith(
        Boolean,
      ),
    })
    .from(rosterProposals)
    .innerJoin(branches, sql`${branches.id} = ${rosterProposals.branch}`)

export type Proposal = Awaited<ReturnType<typeof proposals>>[number]

/** True while a coming or going asks for something: the roster does not agree with it, and nobody has decided. */
export function isOpen({ what, decision, branch, group, home, isAway, memberGroup, isElsewhereInBranch, isBound }: Proposal): boolean {
  if (decision || !isBound) return false
  if (what === 'joined') return home !== branch
  const isTheirChat = group === null || group === memberGroup
  return home === branch && !isAway && isTheirChat && !isElsewhereInBranch
}

/** The proposals on which a branch has yet to decide, oldest first. A person in two of its chats counts once. */
export async function openProposals(db: Db, branch: string): Promise<Proposal[]> {
  const rows = await proposals(db)
    .where(sql`${rosterProposals.branch} = ${branch} and ${rosterProposals.decidedAt} is null`)
    .orderBy(rosterProposals.at, rosterProposals.id)
  const seen = new Set<string>()
  return rows.filter((row) => isOpen(row) && !seen.has(row.openId) && seen.add(row.openId))
}

export const proposalById = (db: Db, id: string) => proposals(db).where(sql`${rosterProposals.id} = ${id}`)

/** The subject of the card that lists them. */
export const proposalsCard = (branch: string) => `proposals ${branch}`

const refuseDecided = () =>
  refuse('这一条刚刚已经办过了，请看更新后的卡片。', 'This has just been settled; please look at the updated card.')

function decided(
  db: Db,
  { id, branch, openId, what }: Proposal,
  decision: Decision,
  by: Actor,
  at: Date,
  open: readonly string[] = [],
): Statement[] {
  return [
    // Two may decide at once: nothing is done or recorded twice.
    failIf(
      db,
      sql`not exists (select 1 from roster_proposals p where p.id = ${id} and p.what = ${what} and p.decided_at is null)`,
      refuseDecided,
    ),
    statementOf(
      db
        .update(rosterProposals)
        .set({ decidedAt: at, decidedBy: by.id, decision })
        .where(
          sql`${rosterProposals.branch} = ${branch} and ${rosterProposals.openId} = ${openId} and ${rosterProposals.what} = ${what} and ${rosterProposals.decidedAt} is null`,
        ),
    ),
    ...[proposalsCard(branch), ...open].map((subject) => refresh(db, { subject, at, afterPress: true })),
  ]
}

const heard = (db: Db, { id }: Proposal, deed: string, by: Actor, at: Date) =>
  record(db, { at, unit: by.unit, actor: by.id, deed: `proposal.${deed}`, subject: id })

/**
 * The person who came into the chat joins the roster; in a group’s own chat also the group. `open` are the gatherings whose headcount
 * changes with it.
 */
export async function addProposed(
  db: Db,
  proposal: Proposal,
  person: { member: string; seat: string; name: string; stage: Stage },
  by: Actor,
  now: Date,
  today: string,
  open: readonly string[],
) {
  const { branch, group, openId } = proposal
  const toGroup = group
    ? [
        statementOf(
          db
            .update(members)
            .set({ group: sql`(select id from groups where id = ${group} and ended_on is null)` })
            .where(sql`${members.branch} = ${branch} and ${members.openId} = ${openId} and ${members.leftOn} is null`),
        ),
      ]
    : []
  await addToBranch(db, branch, [{ ...person, openId, role: null }], by, now, today, [
    ...toGroup,
    heard(db, proposal, 'add', by, now),
    ...decided(db, proposal, 'added', by, now, open),
  ])
}

/** The person on the roster and the one in the chat are the same: only the open_id was missing. */
export async function connectProposed(db: Db, proposal: Proposal, by: Actor, now: Date, open: readonly string[]) {
  const { branch, group, openId, namesake } = proposal
  if (!namesake)
    refuse(
      '名单上没有可以连上的同名的人，请改为加入名单。',
      'Nobody of that name on the roster is without a Feishu user; please add them instead.',
    )
  await together(db, [
    db
      .update(members)
      .set({ openId, ...(group ? { group } : {}) })
      .where(
        sql`${members.id} = ${namesake} and ${members.branch} = ${branch} and ${members.openId} is null and ${members.leftOn} is null`,
      ),
    record(db, { at: now, unit: by.unit, actor: by.id, deed: 'roster.change', subject: namesake }),
    heard(db, proposal, 'connect', by, now),
    ...decided(db, proposal, 'connected', by, now, open),
  ]).catch((error) => {
    if (isConstraint(error)) refuse('这个人已经在名单上了。', 'This person is on a roster already.')
    throw error
  })
}

/** The same as from the person's own card: it can be undone for a day. Null when the person has changed meanwhile. */
export const removeProposed = (db: Db, proposal: Proposal, person: PersonAsItStands, today: string, deed: Deed) =>
  removePerson(db, person, null, today, deed, [
    heard(db, proposal, 'remove', deed.actor, deed.now),
    ...decided(db, proposal, 'removed', deed.actor, deed.now),
  ])

/** 关系在、人不在: they stay on the roster, are not reminded of meetings, and keep their vote. */
export async function awayProposed(
  db: Db,
  proposal: Proposal & { member: string },
  by: Actor,
  now: Date,
  today: string,
  open: readonly string[],
) {
  const change = `away ${proposal.id} ${now.getTime()}`
  await together(db, [
    changeNoted(db, { id: change, branch: proposal.branch, member: proposal.member, deed: 'member.away', at: now, by: by.id }),
    db
      .update(members)
      .set({ awaySince: today })
      .where(sql`${members.id} = ${proposal.member} and ${members.branch} = ${proposal.branch} and ${members.awaySince} is null`),
    changeSettled(db, change, proposal.member),
    record(db, { at: now, unit: by.unit, actor: by.id, deed: 'member.away', subject: proposal.member }),
    heard(db, proposal, 'away', by, now),
    ...decided(db, proposal, 'away', by, now, open),
  ])
}

/** The roster stays as it is. Nobody is asked again until the person comes or goes once more. */
export async function letBe(db: Db, proposal: Proposal, decision: 'ignored' | 'kept', by: Actor, now: Date) {
  await together(db, [heard(db, proposal, decision === 'kept' ? 'keep' : 'ignore', by, now), ...decided(db, proposal, decision, by, now)])
}

const KEPT_MS = 30 * 86_400_000

/** A chat that belongs to nobody any more has no comings and goings to decide. */
export const forgetMovesIn = (db: Db, chat: string) => db.delete(rosterProposals).where(sql`${rosterProposals.chat} = ${chat}`)

/** Comings and goings that ask for nothing any more are forgotten with their names. */
export const forgetMoves = (db: Db, now: Date) =>
  db.delete(rosterProposals).where(
    sql`${rosterProposals.at} < ${now.getTime() - KEPT_MS} and (${rosterProposals.decidedAt} is not null
        or (${rosterProposals.what} = 'joined') = exists (select 1 from members m where m.branch = ${rosterProposals.branch} and m.open_id = ${rosterProposals.openId} and m.left_on is null))`,
  )
