import type { ScoreSheet } from '../../db/scoreboard/score-sheet.ts'
import { addQuarters, day } from '../calendar.ts'
import type { Finding } from '../rules/duties/scoring.ts'
import { provableSaid } from '../rules/standards/provable.ts'
import { standardOf } from '../rules/standards/standards.ts'
import { points, spokenQuarter } from '../spoken.ts'
import { asWritten, joined, listed, type Text, t } from '../text.ts'
import { untilSaid } from './matters.ts'

/** Points that wait for the assessor are never 0 and never counted. */
export const waitingSaid = (waitingTenths: number): Text =>
  t(
    `另有 ${points(waitingTenths)} 分待上级确认，确认后计入。`,
    `${points(waitingTenths)} more points wait for the upper level and count once confirmed.`,
  )

/** The notes that a reader needs to understand the score. */
export function stageSaid({ stage, score, appealsUntil, account, adjustedTenths, now }: ScoreSheet): Text[] {
  const until = appealsUntil && untilSaid(appealsUntil, day(now))
  const zeroed = account.findings.flatMap(({ kind, standard }) => (kind === 'false record' && standard !== null ? [named(standard)] : []))
  return [
    stage === 'provisional'
      ? t('考核还没有结束：自评、评定和补办之后会变。', 'The assessment is not over: it changes with what is confirmed, judged or made up.')
      : null,
    stage === 'published' && until ? t(`已公布，申诉${until.zh}。`, `Published; appeals ${until.en}.`) : null,
    score.weightAsked > 0 && score.weightAsked < 100
      ? t(
          `目前计入满分中的 ${score.weightAsked} 分，其余未到期、未评定或不适用，按比例折算成百分制。`,
          `${score.weightAsked} of the 100 points count so far; the rest is not due, not judged or does not apply, and what counts is scaled to 100.`,
        )
      : null,
    score.waitingTenths > 0 ? waitingSaid(score.waitingTenths) : null,
    stage === 'undecided'
      ? t(
          '待定：还有待上级确认的，确认后公布，不影响别的支部。',
          'Undecided: something waits for the upper level; it is published once that is confirmed.',
        )
      : null,
    provableSaid,
    score.isCapped ? t('本季发生安全事故，得分不到 90。', 'After an accident the quarter stays below 90.') : null,
    zeroed.length > 0 ? joined([listed(zeroed), t('：查实弄虚作假，记零分。', ': a record was proved false, it counts zero.')], '') : null,
    adjustedTenths === null
      ? null
      : t(
          `结束后补充的情况如果计入，为 ${points(adjustedTenths)} 分；成绩不改。`,
          `With what came to light after the close it would be ${points(adjustedTenths)}; the result stays.`,
        ),
  ].filter((one) => one !== null)
}

/** Changes since the quarter before, by standard. A standard scored in only one of the two quarters has no change. */
export function changesSaid({ before, score, quarter }: ScoreSheet): Text[] | null {
  if (!before || before.tenths === null || score.tenths === null) return null
  const earlier = new Map(before.standards.map((one) => [one.standard, one.percentTenths]))
  const changes = score.standards.flatMap(({ standard, percentTenths, weight }) => {
    const then = earlier.get(standard) ?? null
    return percentTenths === null || then === null || percentTenths === then
      ? []
      : [{ standard, tenths: Math.round(((percentTenths - then) * weight) / 100) }]
  })
  const list = (some: typeof changes) =>
    listed(
      some
        .slice(0, MOST_CHANGES)
        .map(({ standard, tenths }) => t(`${named(standard).zh} ${signed(tenths)}`, `${named(standard).en} ${signed(tenths)}`)),
    )
  const up = changes.filter(({ tenths }) => tenths > 0).sort((a, b) => b.tenths - a.tenths)
  const down = changes.filter(({ tenths }) => tenths < 0).sort((a, b) => a.tenths - b.tenths)
  const last = spokenQuarter(addQuarters(quarter, -1))
  const all = score.tenths - before.tenths
  const [gained, lost] = [list(up), list(down)]
  return [
    t(
      `**比${last.zh}** ${signed(all)} 分（${points(before.tenths)} → ${points(score.tenths)}）`,
      `**vs ${last.en}** ${signed(all)} (${points(before.tenths)} → ${points(score.tenths)})`,
    ),
    ...(up.length > 0 ? [t(`升：${gained.zh}`, `Up: ${gained.en}`)] : []),
    ...(down.length > 0 ? [t(`降：${lost.zh}`, `Down: ${lost.en}`)] : []),
  ]
}

const MOST_CHANGES = 4
export const signed = (tenths: number) => `${tenths < 0 ? '−' : '+'}${points(Math.abs(tenths))}`

/** `（12）三会一课` */
export const named = (standard: number): Text => {
  const { name } = standardOf(standard)
  return t(`（${standard}）${name.zh}`, `(${standard}) ${name.en}`)
}

/** Says a finding and its effect, with the reference that was given. The branch's secretary and the assessors read it. */
export function foundSaid({ kind, standard, reason }: { kind: Finding['kind']; standard: number | null; reason: string }): Text {
  const why = asWritten(reason)
  if (kind === 'accident' || standard === null)
    return t(`安全事故，本季得分低于 90：${why.zh}`, `An accident, so the quarter stays below 90: ${why.en}`)
  const { zh, en } = named(standard)
  return t(`${zh}记录不实，该项和（30）记零分：${why.zh}`, `${en}: a record was false, it and (30) count nothing: ${why.en}`)
}

export const formula = (latePercent: number): Text =>
  t(
    `每件应办的事：按期 100%，宽限期内补办 ${latePercent}%，未完成 0%；已逾期而还能补办的暂计 0，补办后更新；由人评定的，按评定的比例。未到期、未评定、不适用、已免除的不计入。一项标准取各部分的平均，乘以它的权重；各项相加，除以计入的权重，就是百分制得分。「已登记」是支部给出日期和依据，经上级确认后才计分，不等于「已证明」。得分供评议参考。`,
    `Each duty counts 100% when met, ${latePercent}% when made up within the grace, 0% when missed; what is overdue but can still be made up counts 0 until then; what a person judges counts as judged. What is not due, not judged, does not apply or is excused is left out. A standard is the mean of its parts times its weight; their sum over the weights that count is the score of 100. “Attested” is a date and reference given by the branch: it counts once confirmed, and is not “proved”. The score is an aid to judgement.`,
  )
