import type { Progress, Review } from '../../db/assessment/progress.ts'
import { day } from '../calendar.ts'
import { partOf } from '../rules/standards/standards.ts'
import { spokenDay } from '../spoken.ts'
import { asWritten, clipped, counted, listed, type Text, t } from '../text.ts'

/** The open work of a quarter's assessment. The card, its dialog and the page say these figures and no others. */
export interface Left {
  toConfirm: number
  toDecide: number
  toJudge: number
  unanswered: number
  appeals: number
  undecided: number
  notSent: number
}

const sumOf = (branches: readonly Progress[], count: (one: Progress) => number) => branches.reduce((sum, one) => sum + count(one), 0)

export const waitingAppeals = ({ appeals }: Progress) => appeals.filter(({ isUpheld }) => isUpheld === null).length

export const leftIn = (branches: readonly Progress[]): Left => ({
  toConfirm: sumOf(branches, ({ toConfirm }) => toConfirm),
  toDecide: sumOf(branches, ({ toDecide }) => toDecide),
  toJudge: sumOf(branches, ({ toJudge }) => toJudge),
  unanswered: sumOf(branches, ({ unanswered }) => unanswered),
  appeals: sumOf(branches, waitingAppeals),
  undecided: sumOf(branches, (one) => Number(one.isUndecided)),
  notSent: sumOf(branches, (one) => Number(!one.isSubmitted)),
})

/** Something is open: publishing is possible, and not what the card is for. */
export const isAnythingOpen = ({ toConfirm, toDecide, toJudge, unanswered, undecided, notSent }: Left, isWindowOpen: boolean): boolean =>
  isWindowOpen || toConfirm + toDecide + toJudge + unanswered + undecided + notSent > 0

export const isSelfOpen = ({ assessment }: Pick<Review, 'assessment'>, now: Date): boolean =>
  assessment !== null && day(now) <= assessment.selfUntil

export const figuresSaid = ({ toConfirm, toDecide, toJudge, unanswered }: Left): Text =>
  t(
    `登记待确认 ${toConfirm}，自评待采纳 ${toDecide}，待评定 ${toJudge}，未自评 ${unanswered}`,
    `To confirm ${toConfirm}, to decide ${toDecide}, to judge ${toJudge}, not answered ${unanswered}`,
  )

const MOST_NAMED = 6
const LONGEST_NAME = 16

function namesOf(branches: readonly Progress[]): Text {
  const names = listed(branches.slice(0, MOST_NAMED).map(({ branch }) => asWritten(clipped(branch.name, LONGEST_NAME))))
  return branches.length > MOST_NAMED
    ? t(`${names.zh}等 ${branches.length} 个`, `${names.en} and ${branches.length - MOST_NAMED} more`)
    : names
}

/** Names the branches and items that publishing at this moment would leave open. */
export function openSaid(it: Review, now: Date): Text[] {
  const { branches, publication, assessment } = it
  const [missing, waiting] = [branches.filter(({ isSubmitted }) => !isSubmitted), branches.filter((one) => one.isUndecided)]
  const zeroed = publication.unanswered.length
  const until = assessment && spokenDay(assessment.selfUntil)
  const [named, held, gaps] = [namesOf(missing), namesOf(waiting), leftOutSaid(it)]
  return [
    isSelfOpen(it, now) && until ? t(`自评期到${until.zh}，还没有结束。`, `The branches’ days run until ${until.en}.`) : null,
    missing.length > 0 ? t(`没有上报自评：${named.zh}。`, `Not sent up: ${named.en}.`) : null,
    waiting.length > 0
      ? t(
          `还有没确认或没自评的，公布时待定、不排名次：${held.zh}。`,
          `Something is still open there; published as undecided, without a place: ${held.en}.`,
        )
      : null,
    zeroed > 0
      ? t(
          `提醒两次仍未自评的 ${zeroed} 项，公布时记 0 分。`,
          `${counted(zeroed, 'item')} not answered after two reminders: 0 points when published.`,
        )
      : null,
    gaps,
  ].filter((one) => one !== null)
}

function leftOutSaid({ publication: { leftOut } }: Review): Text | null {
  if (leftOut.length === 0) return null
  const items = listed(
    leftOut.map(({ part, judged, asked }) => {
      const { name, standard } = partOf(part)
      return t(`（${standard}）${name.zh} ${judged}/${asked}`, `(${standard}) ${name.en} ${judged} of ${asked}`)
    }),
  )
  return t(
    `没有对全部支部评定，公布时对所有支部都不计入：${items.zh}。`,
    `Not judged for every branch, left out for all when published: ${items.en}.`,
  )
}

/** The dialog before publishing holds 100 characters: the card's own figures. The names stand on the card behind it. */
export function publishSaid(it: Review, now: Date): Text {
  const left = leftIn(it.branches)
  if (!isAnythingOpen(left, isSelfOpen(it, now)))
    return t('都已评完。公布后开始申诉期。', 'All is judged. Publishing begins the time for appeals.')
  const { toConfirm, toDecide, toJudge, unanswered, undecided } = left
  return t(
    `登记待确认 ${toConfirm}，自评待采纳 ${toDecide}，待评定 ${toJudge}，未自评 ${unanswered}；待定 ${undecided} 个支部。`,
    `To confirm ${toConfirm}, to decide ${toDecide}, to judge ${toJudge}, not answered ${unanswered}; undecided branches ${undecided}.`,
  )
}
