import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Day, Quarter } from '../../src/calendar.ts'
import { outcomes, themes, voiceKinds } from '../../src/rules/voices/kinds.ts'
import { branches, members, units } from '../branches/tables.ts'

const columnsOfVoice = () => ({
  /** It is random, and the rows are kept in its order. */
  id: text().primaryKey(),
  unit: text()
    .notNull()
    .references(() => units.id),
  branch: text()
    .notNull()
    .references(() => branches.id),
  kind: text({ enum: voiceKinds }).notNull(),
  sealed: text().notNull(),
  kid: text().notNull(),
  version: integer().notNull(),
  /** Null where it is unsigned, or was noted by the host of a talk gathering. */
  author: text().references(() => members.id),
  /** The hash of the code by which the author of an unsigned one reads the answer. */
  codeHash: text(),
  /** A day and no moment, for the unsigned ones among them. */
  cameOn: text().$type<Day>().notNull(),
  /** The thing on which it was said. */
  about: text({ enum: ['gathering', 'report'] }),
  aboutId: text(),
  /** The one of the answerers whom it is about. It is hidden from that person. */
  meant: text().references(() => members.id),
  /** The committee's assessor answers, because it is about the secretary or nobody else is left. */
  toUpper: integer({ mode: 'boolean' }).notNull(),
  theme: text({ enum: themes }),
  /** The first promise, by which the standard counts; and the present one, which is later once it was opened again. */
  dueOn: text().$type<Day>().notNull(),
  promisedOn: text().$type<Day>().notNull(),
  decidesAbove: integer({ mode: 'boolean' }).notNull(),
  takenBy: text().references(() => members.id),
  takenAt: integer({ mode: 'timestamp_ms' }),
  /** It waits for an answer. */
  isOpen: integer({ mode: 'boolean' }).notNull(),
  /** False until the rows were moved since it came, so that no place in the file tells the order. */
  isShuffled: integer({ mode: 'boolean' }).notNull(),
})

/**
 * Something that somebody said, and is owed an answer to by a day (反映). The words are sealed, because they may name people. An unsigned one
 * knows no person, moment, order, message or delivery.
 *
 * Answers name it without a foreign key, since a shuffle takes all rows out and puts them back. The migration makes it WITHOUT ROWID, because
 * a rowid would count them as they come.
 */
export const voices = sqliteTable('voices', columnsOfVoice(), (it) => [
  uniqueIndex('voices_by_code').on(it.codeHash),
  index('voices_by_branch').on(it.branch, it.kind, it.dueOn),
  index('voices_open').on(it.branch, it.promisedOn).where(sql`is_open`),
  index('voices_unshuffled').on(it.isShuffled).where(sql`not is_shuffled`),
  index('voices_by_key').on(it.kid),
  index('voices_unsigned_by_day').on(it.cameOn).where(sql`author is null and about is null`),
  index('voices_by_author').on(it.author).where(sql`author is not null`),
  check('voices_signed_or_coded', sql`author is null or code_hash is null`),
])

/** Voices that a shuffle takes out and puts back, within one batch. Between batches it is empty. */
export const movingVoices = sqliteTable('moving_voices', columnsOfVoice())

/** An answer to a voice. A second one follows where the author said that the first did not solve it. */
export const voiceAnswers = sqliteTable(
  'voice_answers',
  {
    voice: text().notNull(),
    nth: integer().notNull(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    outcome: text({ enum: outcomes }).notNull(),
    sealed: text().notNull(),
    kid: text().notNull(),
    version: integer().notNull(),
    /** One line for everybody, without names. It is published without the author. */
    published: text(),
    by: text()
      .notNull()
      .references(() => members.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    task: text(),
  },
  (it) => [
    primaryKey({ columns: [it.voice, it.nth] }),
    index('voice_answers_by_key').on(it.kid),
    index('voice_answers_published').on(it.branch, it.at).where(sql`published is not null`),
  ],
)

/** The author's word on an answer. A day and no person, since the author may be unsigned. */
export const voiceFeelings = sqliteTable(
  'voice_feelings',
  {
    voice: text().notNull(),
    nth: integer().notNull(),
    solved: integer({ mode: 'boolean' }).notNull(),
    onDay: text().$type<Day>().notNull(),
  },
  (it) => [primaryKey({ columns: [it.voice, it.nth] }), index('voice_feelings_by_day').on(it.onDay)],
)

/** A quarter's analysis of opinion in a branch (思想动态分析). A second one in the quarter is a new version. */
export const analyses = sqliteTable(
  'analyses',
  {
    id: text().primaryKey(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    quarter: text().$type<Quarter>().notNull(),
    version: integer().notNull(),
    /** The meeting on whose agenda it was put. */
    gathering: text(),
    by: text()
      .notNull()
      .references(() => members.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (it) => [uniqueIndex('analyses_by_quarter').on(it.branch, it.quarter, it.version)],
)

/** A topic of an analysis. No name of the roster stands in its words. */
export const analysisTopics = sqliteTable(
  'analysis_topics',
  {
    analysis: text()
      .notNull()
      .references(() => analyses.id),
    nth: integer().notNull(),
    theme: text({ enum: themes }).notNull(),
    words: text().notNull(),
    cause: text(),
    measure: text(),
    owner: text().references(() => members.id),
    dueOn: text().$type<Day>(),
    task: text(),
  },
  (it) => [primaryKey({ columns: [it.analysis, it.nth] })],
)
