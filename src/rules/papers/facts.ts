import type { Day, Period, Quarter } from '../../calendar.ts'
import type { AgendaTag } from '../gatherings/agenda.ts'
import type { GatheringKind } from '../gatherings/gatherings.ts'
import type { PartId } from '../standards/standards.ts'
import type { Topic } from './topics.ts'

/** All that a branch's account tells about a period. Reports and summaries are made from it, and from nothing else. */
export interface PaperFacts {
  period: Period
  /** The gatherings that were closed with a quorum. */
  gatherings: readonly { kind: GatheringKind; times: number }[]
  /** The gatherings among them that studied. */
  studies: number
  /** The subjects of their items, as far as items say it. */
  subjects: readonly { tag: AgendaTag; times: number }[]
  decisions: number
  tasks: { given: number; done: number }
  /** The people whose step of development is dated in the period. */
  steps: { activist: number; prospect: number; probationer: number; full: number }
  /** Null where the unit does not use talks. */
  talks: { activists: number; activistsMet: number; members: number; membersMet: number } | null
  duties: { met: number; late: number; missed: number }
  late: readonly PartId[]
  missed: readonly PartId[]
  /** The duties that are open at this moment. */
  open: readonly { part: PartId; dueOn: Day }[]
  scores: readonly { quarter: Quarter; tenths: number }[]
  /** The newest of what was recorded and confirmed, and how many more there are. */
  records: readonly { topic: Topic; on: Day; words: string }[]
  moreRecords: number
}

/** A year's plan is made from the regular meetings, and the duties by quarter. */
export interface PlanFacts {
  regular: readonly { kind: GatheringKind; group: string | null; when: { zh: string; en: string }; place: string }[]
  duties: readonly { quarter: Quarter; part: PartId; times: number; dueOn: Day }[]
}
