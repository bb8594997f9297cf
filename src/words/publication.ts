import type { Progress, Review } from '../../db/assessment/progress.ts'
import { day } from '../calendar.ts'
import { partOf } from '../rules/standards/standards.ts'
import { spokenDay } from '../spoken.ts'
import { asWritten, joined, listed, type Text, t } from '../text.ts'

/** What a quarter's assessment still waits for. The card, its dialog and the page say these figures and no others. */
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
    `登记待确认 ${toConfirm} 条，自评待采纳 ${toDecide} 项，待上级评定 ${toJudge} 项，支部未自评 ${unanswered} 项`,
    `${toConfirm} entries to confirm, ${toDecide} answers to decide, ${toJudge} to judge, ${unanswered} not answered`,
  )

const MOST_NAMED = 12

function namesOf(branches: readonly Progress[]): Text {
  const names = listed(branches.slice(0, MOST_NAMED).map(({ branch }) => asWritten(branch.name)))
  return branches.length > MOST_NAMED ? t(`${names.zh}等 ${branches.length} 个`, `${names.en} and ${branches.length - MOST_NAMED} more`) : names
}

/** What publishing at this moment would leave open, branch by branch and item by item. */
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
      ? t(`有待确认的，公布时待定、不排名次：${held.zh}。`, `Something waits; published as undecided, without a place: ${held.en}.`)
      : null,
    zeroed > 0
      ? t(`提醒两次仍未自评的 ${zeroed} 项，公布时记 0 分。`, `${zeroed} items not answered after two reminders: 0 points when published.`)
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
  return t(`没有对全部支部评定，公布时对所有支部都不计入：${items.zh}。`, `Not judged for every branch, left out for all when published: ${items.en}.`)
}

/** The dialog before publishing: the card's own figures, then what they come to. */
export function publishSaid(it: Review, now: Date): Text {
  const left = leftIn(it.branches)
  if (!isAnythingOpen(left, isSelfOpen(it, now)))
    return t('都已评完。公布后开始申诉期。', 'All is judged. Publishing begins the time for appeals.')
  const figures = figuresSaid(left)
  return joined(
    [t(`${figures.zh}。`, `${figures.en}.`), ...openSaid(it, now), t('公布后开始申诉期。', 'Publishing begins the time for appeals.')],
    '',
    ' ',
  )
}
