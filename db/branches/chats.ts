import { sql } from 'drizzle-orm'
import { type Db, inList, prepared } from '../client.ts'
import { branches, chats } from './tables.ts'

export type Chat = typeof chats.$inferSelect

export const chatById = prepared<Chat[], { chatId: string }>((db) =>
  db
    .select()
    .from(chats)
    .where(sql`${chats.chatId} = ${sql.placeholder('chatId')}`),
)

export const bindChat = (db: Db, chat: Omit<Chat, 'boundAt'> & { at: Date }) => {
  const { at, chatId, ...owner } = chat
  return db
    .insert(chats)
    .values({ chatId, ...owner, boundAt: at })
    .onConflictDoUpdate({ target: chats.chatId, set: { ...owner, boundAt: at } })
}

/** Takes back a binding that was made by that time; a later one stays. */
export const unbindChat = (db: Db, chatId: string, before: Date) =>
  db.delete(chats).where(sql`${chats.chatId} = ${chatId} and ${chats.boundAt} <= ${before.getTime()}`)

export const chatsOfBranch = (db: Db, branch: string) =>
  db.select({ chatId: chats.chatId }).from(chats).where(sql`${chats.branch} = ${branch}`).orderBy(chats.boundAt)

export const chatsOfBranches = (db: Db, ids: readonly string[]) =>
  db
    .select({ chatId: chats.chatId, branch: sql<string>`${chats.branch}` })
    .from(chats)
    .where(sql`${chats.branch} in ${inList(ids)}`)
    .orderBy(chats.boundAt)

export const chatsOfCommittees = (db: Db, committees: readonly string[]) =>
  db
    .select({ chatId: chats.chatId, committee: sql<string>`${chats.committee}` })
    .from(chats)
    .where(sql`${chats.committee} in ${inList(committees)}`)
    .orderBy(chats.boundAt)

/** The chats of the branches directly under some committees. */
export const chatsUnder = (db: Db, committees: readonly string[]) =>
  db
    .select({ chatId: chats.chatId, committee: branches.committee })
    .from(branches)
    .innerJoin(chats, sql`${chats.branch} = ${branches.id}`)
    .where(sql`${branches.committee} in ${inList(committees)}`)
    .orderBy(branches.committee, branches.name, chats.boundAt)

/** A group without a chat of its own is told in the branch's chats. */
export const chatsOfGroup = (db: Db, branch: string, group: string) =>
  db
    .select({ chatId: chats.chatId })
    .from(chats)
    .where(
      sql`${chats.group} = ${group} or (${chats.branch} = ${branch} and not exists (select 1 from chats own where own.group_id = ${group}))`,
    )
    .orderBy(chats.boundAt)

export const chatsOfCommittee = (db: Db, committee: string) =>
  db.select({ chatId: chats.chatId }).from(chats).where(sql`${chats.committee} = ${committee}`).orderBy(chats.boundAt)
