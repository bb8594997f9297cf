import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { type Db, prepared } from '../client.ts'
import { branches, committees, groups, units } from './units.ts'

/** A Feishu group chat and whose it is: a branch's, a group's or a committee's. */
export const chats = sqliteTable(
  'chats',
  {
    chatId: text().primaryKey(),
    unit: text()
      .notNull()
      .references(() => units.id),
    branch: text().references(() => branches.id),
    group: text('group_id').references(() => groups.id),
    committee: text().references(() => committees.id),
    boundBy: text().notNull(),
    boundAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (it) => [
    index('chats_by_branch').on(it.branch),
    index('chats_by_committee').on(it.committee),
    check('chats_one_owner', sql`(branch is not null) + (committee is not null) + (group_id is not null) = 1`),
  ],
)

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

export const unbindChat = (db: Db, chatId: string) => db.delete(chats).where(sql`${chats.chatId} = ${chatId}`)

export const chatsOfBranch = (db: Db, branch: string) =>
  db.select({ chatId: chats.chatId }).from(chats).where(sql`${chats.branch} = ${branch}`).orderBy(chats.boundAt)

/** A group without a chat of its own is told in the branch's. */
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
