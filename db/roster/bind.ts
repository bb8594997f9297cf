import { bindChat } from '../branches/chats.ts'
import type { Actor } from '../branches/members.ts'
import { branches } from '../branches/tables.ts'
import { type Db, type Statement, statementOf, together } from '../client.ts'
import { record } from '../ledgers/audit.ts'

export interface NewBranch {
  id: string
  committee: string
  name: string
  since: string
}

/** Binds a chat to a branch, which is made first where it is new. The person who binds it joins its roster only by being added. */
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

/** A group's own chat: its meetings are told there instead of in the branch's. */
export async function bindToGroup(db: Db, chatId: string, group: string, actor: Actor, now: Date, causes: readonly Statement[] = []) {
  await together(db, [
    bindChat(db, { chatId, unit: actor.unit, branch: null, committee: null, group, boundBy: actor.id, at: now }),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'chat.bind', subject: chatId }),
    ...causes,
  ])
}
