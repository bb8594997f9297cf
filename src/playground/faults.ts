import type { Fault, Feishu } from './feishu.ts'

/** What a visitor can break. `late` is on the way to the bot, the rest on the bot's way to the API; all but `down` happen once. */
export const faultKinds = ['429', '500', 'lostReply', 'timeout', 'down', 'late'] as const
export type FaultKind = (typeof faultKinds)[number]

/** What this Feishu's webhook reads: how many of the next answers come too late. */
export interface Hitches {
  late: number
}

const onSending: Fault['match'] = (path) => path.includes('/im/v1/')

export function switchFault({ faults }: Feishu, hitches: Hitches, kind: FaultKind, on: boolean): void {
  if (kind === 'late') hitches.late = on ? 1 : 0
  else if (on) faults.push({ kind, match: kind === 'down' ? () => true : onSending, times: kind === 'down' ? Number.POSITIVE_INFINITY : 1 })
  else faults.splice(0, faults.length, ...faults.filter((fault) => fault.kind !== kind))
}

export const isSwitchedOn = ({ faults }: Feishu, hitches: Hitches, kind: FaultKind): boolean =>
  kind === 'late' ? hitches.late > 0 : faults.some((fault) => fault.kind === kind)
