import type { Fault, Feishu } from './feishu/feishu.ts'

/** Where the bot's process can be killed: right behind a commit that leaves something to say, or when it was said and that is not yet noted. */
const deathMoments = ['committed', 'sent'] as const
export type DeathMoment = (typeof deathMoments)[number]

/** What a visitor can break. `late` is on the way to the bot, a death is in it, the rest on its way to the API; all but `down` happen once. */
const apiFaults = ['429', '500', 'lostReply', 'timeout', 'down'] as const
export const faultKinds = [...apiFaults, 'late', ...deathMoments] as const
export type FaultKind = (typeof faultKinds)[number]

/** What this Feishu's webhook reads: how many of the next answers come too late; and where the process behind it dies next. */
export interface Hitches {
  late: number
  death?: DeathMoment | undefined
}

const onSending: Fault['match'] = (path) => path.includes('/im/v1/')
const isDeath = (kind: FaultKind): kind is DeathMoment => deathMoments.some((moment) => moment === kind)

export function switchFault({ faults }: Feishu, hitches: Hitches, kind: FaultKind, on: boolean): void {
  if (isDeath(kind)) hitches.death = on ? kind : undefined
  else if (kind === 'late') hitches.late = on ? 1 : 0
  else if (on) faults.push({ kind, match: kind === 'down' ? () => true : onSending, times: kind === 'down' ? Number.POSITIVE_INFINITY : 1 })
  else faults.splice(0, faults.length, ...faults.filter((fault) => fault.kind !== kind))
}

export const isSwitchedOn = ({ faults }: Feishu, hitches: Hitches, kind: FaultKind): boolean =>
  isDeath(kind) ? hitches.death === kind : kind === 'late' ? hitches.late > 0 : faults.some((fault) => fault.kind === kind)

/** A process that was killed, and what the next one found in the database. */
export interface Death {
  at: Date
  moment: DeathMoment
  /** How much had gone over the wire by then. */
  calls: number
  restarted?: { at: Date; waiting: number }
}
