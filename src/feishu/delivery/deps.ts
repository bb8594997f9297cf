import type { Db } from '../../../db/client.ts'
import type { FeishuClient } from '../api/client.ts'

export interface DeliveryDeps {
  db: Db
  feishuClient: FeishuClient
  /** Null when there is nothing to say any more. */
  render: (view: string, args: Record<string, unknown>, now: Date) => Promise<object | null>
  clock: () => Date
  sleep: (ms: number) => Promise<void>
  random: (bytes: number) => Uint8Array
  /** The administrators' open_ids. */
  admins: (db: Db) => Promise<string[]>
  /** Codes and names of views only. */
  log?: (event: object) => void
  /** Waits so long for rows that come due soon; 0 by default. */
  lingerMs?: number
  /** Goes on so long at most; the next tick does the rest. */
  budgetMs?: number
}

export interface Delivered {
  sent: number
  moot: number
  dead: number
  /** Somebody else is at it. */
  isBusy: boolean
  /** When something more can go, as far as is known. */
  nextAt: Date | null
}
