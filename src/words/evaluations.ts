import { type EvaluationAsItStands, progressIn } from '../../db/evaluation/state.ts'
import type { Period } from '../calendar.ts'
import { appealsUntil, isYearEnd, type Progress, type Step, steps, type Vote } from '../rules/evaluation/evaluation.ts'
import { spokenMoment, spokenPeriod } from '../spoken.ts'
import { both, type Text, t } from '../text.ts'

/** `2026年下半年民主评议` */
export function evaluationName(period: Period): Text {
  const { zh, en } = spokenPeriod(period)
  return isYearEnd(period) ? t(`${zh}民主评议`, `Evaluation of ${en}`) : t(`${zh}民主评议`, `Evaluation, ${en}`)
}

const stepNames: Readonly<Record<Step, Text>> = {
  self: t('自评', 'Self-evaluation'),
  groups: t('小组意见', 'Groups’ views'),
  vote: t('党员测评', 'Members’ vote'),
  grades: t('支委评定', 'Grades set'),
  told: t('告知本人', 'Each told'),
  appeals: t('申诉', 'Appeals'),
}

/** A line for each step with its progress; a half-year has no vote. */
export function stepLines(it: EvaluationAsItStands, now: Date): Text[] {
  const progress = progressIn(it, now)
  const shown = steps.filter((step) => step !== 'vote' || isYearEnd(it.period))
  return shown.map((step, nth) => {
    const said = saidOf[step](progress[step], it, now)
    return both((l) => `${progress[step].isDone ? '✓' : '○'} ${nth + 1}. **${stepNames[step][l]}**　${said[l]}`)
  })
}

type Said = (progress: Progress, it: EvaluationAsItStands, now: Date) => Text
const people: Said = ({ done, of }) => t(`${done} / ${of} 人`, `${done} of ${of}`)

const saidOf: Record<Step, Said> = {
  self: (progress, it, now) => {
    const { zh, en } = people(progress, it, now)
    if (progress.done === progress.of) return t(zh, en)
    const until = spokenMoment(new Date(it.selfUntil.getTime() - 1))
    return now < it.selfUntil ? t(`${zh}，到${until.zh}`, `${en}, until ${until.en}`) : t(`${zh}，时间已过`, `${en}, the days are over`)
  },
  groups: ({ done, of }) => t(`${done} / ${of} 组`, `${done} of ${of} groups`),
  vote: (progress, { vote, ballot }) => voteSaid(vote, progress, ballot?.closesAt),
  grades: people,
  told: people,
  appeals: ({ done, of, isDone }, it, now) => {
    const until = isDone ? null : lastAppeals(it, now)
    if (of > 0) {
      const { zh, en } = t(`已答复 ${done} / ${of} 件`, `${done} of ${of} answered`)
      return until ? t(`${zh}，到${until.zh}`, `${en}, until ${until.en}`) : t(zh, en)
    }
    if (isDone) return t('没有申诉', 'none')
    return until ? t(`还没有，到${until.zh}`, `none yet, until ${until.en}`) : t('还没有', 'none yet')
  },
}

/** Says until when an appeal is still possible; null when none is. */
function lastAppeals({ people, rulebook }: EvaluationAsItStands, now: Date): Text | null {
  const last = people.flatMap(({ grade }) => (grade?.toldAt ? [appealsUntil(grade.toldAt, rulebook.appealWorkdays).getTime()] : []))
  const until = Math.max(0, ...last)
  return until > now.getTime() ? spokenMoment(new Date(until - 1)) : null
}

function voteSaid(vote: Vote, { done, of }: Progress, closesAt: Date | undefined): Text {
  const until = closesAt ? spokenMoment(closesAt) : t('', '')
  switch (vote) {
    case 'not asked':
      return t('不足 3 人，不投票', 'fewer than 3 voters, no vote')
    case 'none':
      return t('还没有发起', 'not opened yet')
    case 'open':
      return t(`投票到${until.zh}`, `open until ${until.en}`)
    case 'counting':
      return t('正在计票', 'being counted')
    case 'counted':
      return t(`已投 ${done} / ${of}`, `${done} of ${of}`)
    case 'void':
      return t('作废了，要重新投', 'void, to be held again')
  }
}

export const orderSaid = (period: Period): Text =>
  isYearEnd(period)
    ? t(
        '本人自评 → 小组提意见 → 全体党员无记名测评 → 支委评定等次 → 单独告知本人 → 可以申诉。',
        'Self-evaluation → the groups’ views → a secret vote of all members → the committee sets the grades → each is told alone → appeals.',
      )
    : t(
        '本人自评 → 小组提意见 → 支委评定等次 → 单独告知本人 → 可以申诉。',
        'Self-evaluation → the groups’ views → the committee sets the grades → each is told alone → appeals.',
      )

export const othersAsked = t('已提交；你本人的等次已请其他人评定。', 'Sent; somebody else has been asked for your own grade.')

export const nobodyElse = t(
  '已提交；你本人的等次要由其他支委或上级考核人评定，但现在一个也没有，请先任命。',
  'Sent; your own grade takes another of the committee or an assessor, and there is none: please appoint one.',
)
