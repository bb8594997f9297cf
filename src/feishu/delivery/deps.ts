import type { Db } from '../../../db/client.ts'
import type { FeishuClient } from '../api/client.ts'

export interface DeliveryDeps {
  db: Db
  feishuClient: FeishuClient
  /** Renders a view by its name; null when there is nothing left to say. */
  render: (view: string, args: Record<string, unknown>, now: Date) => Promise<object | null>
  clock: () => Date
  sleep: (ms: number) => Promise<void>
  random: (bytes: number) => Uint8Array
  /** The administrators' open_ids. */
  admins: (db: Db) => Promise<string[]>
  /** Gets codes and names of views only. */
  log?: (event: object) => void
  /** How long it waits for rows that come due soon; 0 by default. */
  lingerMs?: number
  /** The longest it goes on; the next tick does the rest. */
  budgetMs?: number
  /** The rows of a batch, which share its round trips; as many as are sent at a time by default. A new answer waits for the batch before it. */
  batch?: number
  /** The end of the process, which may come while it goes on; infinite before. */
  endsAt?: () => number
  /** How many rows may still be sent, where requests are counted; the next tick does the rest. */
  room?: () => number
}

export interface Delivered {
  sent: number
  moot: number
  dead: number
  /** Another runner holds the lease. */
  isBusy: boolean
  /** The next moment at which a row can go, as far as is known. */
  nextAt: Date | null
}
