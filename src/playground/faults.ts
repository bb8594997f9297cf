import type { Fault, Feishu } from './feishu/feishu.ts'

/** `committed` kills the bot's process after a commit that left a message; `sent` kills it before the sending is recorded. */
const deathMoments = ['committed', 'sent'] as const
export type DeathMoment = (typeof deathMoments)[number]

/** The faults a visitor can switch on. Those of the API happen once, but for `down`; a disorder of the events lasts, too. */
const apiFaults = ['429', '500', 'lostReply', 'timeout', 'down'] as const
const disorders = ['twice', 'reorder'] as const
/** `late` delays the bot's answer, and a death kills its process. */
export const faultKinds = [...apiFaults, 'late', ...disorders, ...deathMoments] as const
type FaultKind = (typeof faultKinds)[number]

/** The faults on the bot's side. `late` counts the next answers that come too late; `death` is the next moment to die. */
export interface BotFaults {
  late: number
  death?: DeathMoment | undefined
}

const onSending: Fault['match'] = (path) => path.includes('/im/v1/')
const isDisorder = (kind: FaultKind): kind is (typeof disorders)[number] => disorders.some((one) => one === kind)
const isDeath = (kind: FaultKind): kind is DeathMoment => deathMoments.some((moment) => moment === kind)

export function switchFault({ faults, disorder }: Feishu, botFaults: BotFaults, kind: FaultKind, on: boolean): void {
  if (isDeath(kind)) botFaults.death = on ? kind : undefined
  else if (isDisorder(kind)) disorder[kind] = on
  else if (kind === 'late') botFaults.late = on ? 1 : 0
  else if (on) faults.push({ kind, match: kind === 'down' ? () => true : onSending, times: kind === 'down' ? Number.POSITIVE_INFINITY : 1 })
  else faults.splice(0, faults.length, ...faults.filter((fault) => fault.kind !== kind))
}

export function isSwitchedOn({ faults, disorder }: Feishu, botFaults: BotFaults, kind: FaultKind): boolean {
  if (isDeath(kind)) return botFaults.death === kind
  if (isDisorder(kind)) return disorder[kind]
  return kind === 'late' ? botFaults.late > 0 : faults.some((fault) => fault.kind === kind)
}

/** A process that was killed, and the messages that the next process found waiting. */
export interface Death {
  at: Date
  moment: DeathMoment
  /** The length of the wire log at that moment. */
  calls: number
  restarted?: { at: Date; waiting: number }
}
