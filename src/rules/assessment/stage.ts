/**
 * How far a branch's quarter has come. `running` until the quarter is over, then `provisional`. Its committee publishes it as `published`.
 * It is `undecided` (待定) instead where the assessor has not decided a word of the branch. It is `final` once the time for appeals is closed.
 */
export type Stage = 'running' | 'provisional' | 'undecided' | 'published' | 'final'

interface Moments {
  isOver: boolean
  /** The publication of the committee's quarter, and that of this branch. */
  committeePublishedAt: Date | null
  publishedAt: Date | null
  closedAt: Date | null
}

export function stageOf({ isOver, committeePublishedAt, publishedAt, closedAt }: Moments): Stage {
  if (closedAt) return 'final'
  if (publishedAt) return 'published'
  if (committeePublishedAt) return 'undecided'
  return isOver ? 'provisional' : 'running'
}

/** Nothing of an earlier stage is compared with other branches. */
export const isPublic = (stage: Stage): boolean => stage === 'published' || stage === 'final'
