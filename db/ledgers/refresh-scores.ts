/** The subjects that refresh posted scores and orders when a gathering of the branch is closed or corrected. */
import type { Db } from '../client.ts'
import { refresh } from './refresh.ts'

export const scoreSubject = (branch: string) => `score ${branch}`
export const orderSubject = (committee: string) => `order ${committee}`

/** A gathering that counts, or counts otherwise, shows in the scores that stand in chats. */
export const refreshScores = (db: Db, { branch, lineage }: { branch: string; lineage: readonly string[] }, at: Date) =>
  [scoreSubject(branch), ...lineage.map(orderSubject)].map((subject) => refresh(db, { subject, at, afterPress: false }))
