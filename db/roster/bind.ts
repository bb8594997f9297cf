import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import { bindChat } from '../branches/chats.ts'
import type { Actor } from '../branches/members.ts'
import { branches } from '../branches/tables.ts'
import { type Db, type Statement, statementOf, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'

interface NewBranch {
  id: string
  committee: string
  name: string
  since: string
}

/** Binds a chat to a branch, which is made first where it is new. Binding does not put the person on its roster. */
export async function bindToBranch(
  db: Db,
  chatId: string,
  branch: { id: string } | { make: NewBranch },
  actor: Actor,
  now: Date,
  causes: readonly Statement[] = [],
) {
  const id = 'make' in branch ? branch.make.id : branch.id
  await together(db, [
    ...('make' in branch ? [statementOf(db.insert(branches).values({ ...branch.make, unit: actor.unit }))] : []),
    statementOf(bindChat(db, { chatId, unit: actor.unit, branch: id, committee: null, group: null, boundBy: actor.id, at: now })),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'chat.bind', subject: chatId }),
    ...causes,
  ])
}

/** A branch that has nothing to its name yet was put under the wrong committee, and goes under another. */
export async function putUnder(db: Db, branch: string, committee: string, actor: Actor, now: Date) {
  await together(db, [
    failIf(db, hasFacts(branch), refuseFacts),
    db.update(branches).set({ committee }).where(sql`${branches.id} = ${branch}`),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'branch.under', subject: branch }),
  ])
}

const hasFacts = (branch: string) => sql`(exists (select 1 from gathering_branches g where g.branch = ${branch})
  or exists (select 1 from attestations a where a.branch = ${branch}) or exists (select 1 from ballots b where b.branch = ${branch}))`

function refuseFacts(): never {
  return refuse(
    '这个支部已经有会议、登记或投票，不能再改换党委。',
    'This branch has meetings, entries or ballots already and stays where it is.',
  )
}

export async function bindToCommittee(
  db: Db,
  chatId: string,
  committee: string,
  actor: Actor,
  now: Date,
  causes: readonly Statement[] = [],
) {
  await together(db, [
    bindChat(db, { chatId, unit: actor.unit, branch: null, committee, group: null, boundBy: actor.id, at: now }),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'chat.bind', subject: chatId }),
    ...causes,
  ])
}

/** A group's own chat hears of the group's meetings instead of the branch's chats. */
export async function bindToGroup(db: Db, chatId: string, group: string, actor: Actor, now: Date, causes: readonly Statement[] = []) {
  await together(db, [
    bindChat(db, { chatId, unit: actor.unit, branch: null, committee: null, group, boundBy: actor.id, at: now }),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'chat.bind', subject: chatId }),
    ...causes,
  ])
}
