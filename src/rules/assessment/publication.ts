import type { Period, Quarter } from '../../calendar.ts'
import type { Duty } from '../duties/duty.ts'
import { isWaiting } from '../duties/scoring.ts'
import type { PartId } from '../standards/standards.ts'
import { isOfQuarter } from './assessment.ts'

/** The least that publishing needs to know of a branch. */
export interface ToPublish {
  branch: string
  duties: readonly Duty[]
  /** The branch was reminded twice of its self-assessment. */
  isReminded: boolean
}

interface Named {
  part: PartId
  period: Period
}

export interface Publication {
  /** Branches with a word in time that nobody decided: they are published as 待定, without a place, and follow later. */
  undecided: string[]
  /** S items that a decided branch left unanswered after two reminders: 0 of their weight. */
  unanswered: (Named & { branch: string })[]
  /** Upper items that were not judged for every branch: they leave the base of all. */
  leftOut: (Named & { judged: number; asked: number })[]
}

const isOpen = ({ state, judged }: Duty) => !judged && (state === 'due soon' || state === 'upcoming')

/** The S items of a quarter on which neither the branch nor the assessor has said a word. */
export const unansweredIn = (duties: readonly Duty[], quarter: Quarter): Duty[] =>
  duties.filter((duty) => duty.basis === 'confirmed' && isOpen(duty) && isOfQuarter(duty, quarter))

/** The upper items of a quarter that the assessor has not judged. */
export const unjudgedIn = (duties: readonly Duty[], quarter: Quarter): Duty[] =>
  duties.filter((duty) => duty.basis === 'upper' && isOpen(duty) && isOfQuarter(duty, quarter))

/** The branch's answers on S items that the assessor has neither taken over nor corrected. */
export const proposedIn = (duties: readonly Duty[], quarter: Quarter): Duty[] =>
  duties.filter((duty) => duty.proposed && !duty.judged && isOfQuarter(duty, quarter))

/** A branch that nobody reminded twice loses nothing by its silence: it waits too. */
export const isUndecided = ({ duties, isReminded }: ToPublish, quarter: Quarter): boolean =>
  duties.some(isWaiting) || (!isReminded && unansweredIn(duties, quarter).length > 0)

/** The outcome of publishing a quarter at this moment. The card names it and the press does it. */
export function publicationOf(branches: readonly ToPublish[], quarter: Quarter): Publication {
  const decided = branches.filter((one) => !isUndecided(one, quarter))
  return {
    undecided: branches.filter((one) => isUndecided(one, quarter)).map(({ branch }) => branch),
    unanswered: decided.flatMap(({ branch, duties }) =>
      unansweredIn(duties, quarter).map(({ part, period }) => ({ branch, part, period })),
    ),
    leftOut: leftOutOf(branches, quarter),
  }
}

function leftOutOf(branches: readonly ToPublish[], quarter: Quarter): Publication['leftOut'] {
  const items = new Map<string, Publication['leftOut'][number]>()
  for (const { duties } of branches)
    for (const duty of duties) {
      const { part, period, basis, judged, state } = duty
      if (basis !== 'upper' || !isOfQuarter(duty, quarter) || (state === 'not applicable' && !judged)) continue
      const item = items.get(itemKey(duty)) ?? { part, period, judged: 0, asked: 0 }
      items.set(itemKey(duty), { ...item, asked: item.asked + 1, judged: item.judged + Number(judged !== undefined) })
    }
  return [...items.values()].filter(({ judged, asked }) => judged < asked)
}

export const itemKey = ({ part, period }: Named) => `${part} ${period}`

/** A proposal rests on something: a gathering that the bot found, or the branch's word that nothing was done. */
export const isGrounded = ({ proposed, gathered }: Pick<Duty, 'proposed' | 'gathered'>): boolean =>
  proposed?.verdict === 'points' && (proposed.permille === 0 || (gathered ?? []).length > 0)
