import type { Progress, Review } from '../../db/assessment/progress.ts'
import { fitting } from '../card.ts'
import { OPTION_BYTES, type Option } from '../form.ts'
import { asWritten, both, type Text, t } from '../text.ts'
import { waitingAppeals } from './publication.ts'

/** A select costs an element for each option, and a card holds 200. */
const MOST_OFFERED = 100
const OFFERED_BYTES = 15_000

/** Branches with something to do come first. */
export function branchOptions({ branches, below, assessment }: Review): Option[] {
  const isPublished = Boolean(assessment?.publishedAt)
  const weight = (one: Progress) =>
    waitingAppeals(one) * 1000 + (isPublished && !one.isUndecided ? 0 : one.toConfirm + one.toDecide + one.toJudge)
  const ours = branches
    .toSorted((a, b) => weight(b) - weight(a))
    .map((one) => ({ name: one.branch.name, value: `b ${one.branch.id}`, note: leftOf(one) }))
  const theirs = below.map(({ id, name }) => ({ name, value: `c ${id}`, note: t('', '') }))
  return fitting([...theirs, ...ours].slice(0, MOST_OFFERED), ({ name }) => name.repeat(3), OFFERED_BYTES, OPTION_BYTES + 60).map(
    ({ name, value, note }) => ({
      label: both((l) => `${asWritten(name)[l]}${note[l]}`),
      value,
    }),
  )
}

function leftOf(one: Progress): Text {
  if (waitingAppeals(one) > 0) return t(' · 有申诉', ' · appeal')
  if (!one.isSubmitted) return t(' · 未上报', ' · not sent up')
  const left = one.toConfirm + one.toDecide + one.toJudge
  return left > 0 ? t(` · ${left} 项待办`, ` · ${left} to do`) : t(' · 已评完', ' · done')
}
