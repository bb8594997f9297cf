import type { Quarter } from '../../src/calendar.ts'
import type { Actor } from '../branches/members.ts'
import type { Branch } from '../branches/units.ts'
import type { Db } from '../client.ts'
import type { Message } from './message.ts'

/** Evidence that somebody would open, from the account of a branch and quarter. */
interface EvidenceAsked {
  branch: Branch
  quarter: Quarter
  /** The id of the piece; empty where a kind opens as a whole. */
  source: string
  reader: Actor
}

/** Gives the card that shows it. Another branch's piece, and a reader who may not see it, are refused in a sentence. */
export type OpenEvidence = (db: Db, asked: EvidenceAsked) => Promise<Message>
