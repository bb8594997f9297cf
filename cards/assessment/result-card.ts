import type { AppealAsItStands } from '../../db/assessment/appeals.ts'
import { type Assessed, toConfirm } from '../../db/assessment/branch-quarter.ts'
import { type Card, card, figures, fittingLines, lines, note } from '../../src/card.ts'
import { form, input, select } from '../../src/form.ts'
import type { Adjustment } from '../../src/rules/assessment/adjustment.ts'
import { appealRefused } from '../../src/rules/assessment/assessment.ts'
import { proposedIn, unansweredIn } from '../../src/rules/assessment/publication.ts'
import type { Duty } from '../../src/rules/duties/duty.ts'
import { concerned, type Score } from '../../src/rules/duties/scoring.ts'
import { provableSaid } from '../../src/rules/standards/provable.ts'
import { points, spokenDay, spokenQuarter } from '../../src/spoken.ts'
import { asWritten, both, labelled, type Text, t } from '../../src/text.ts'
import { foundSaid, named, waitingSaid } from '../../src/words/score.ts'
import { LONGEST, submitAppeal } from './buttons.ts'

const APPEALS_BYTES = 7_000

const FOUND_BYTES = 3_000

/** A published quarter for the branch's secretary: the score, the points lost, and how to appeal. */
export function assessmentResultCard(it: Assessed, score: Score<Duty>, adjustment: Adjustment | null, now: Date): Card {
  const { branch, quarter, assessment, appeals } = it
  const lost = score.standards.filter(({ percentTenths }) => percentTenths !== null && percentTenths < 1000)
  const out = score.standards.filter(({ percentTenths }) => percentTenths === null)
  const isOpen = assessment !== null && appealRefused(assessment, now) === null
  const objectionable = [...new Set([...lost.map(({ standard }) => standard), ...it.findingsInForce.map(concerned)])].sort((a, b) => a - b)
  const free = objectionable.filter((standard) => !appeals.some((one) => one.standard === standard))
  return card(
    labelled(spokenQuarter(quarter), t('考核结果', 'assessment result'), ' '),
    [
      figures(
        {
          figure: score.tenths === null ? '–' : points(score.tenths),
          of: t(`得分（计入 ${score.weightAsked} 分）`, `Score, of ${score.weightAsked} judged points`),
        },
        { figure: String(lost.length), of: t('扣分项', 'Below full') },
        { figure: String(out.length), of: t('不计入', 'Left out') },
      ),
      score.waitingTenths > 0 ? lines(waitingSaid(score.waitingTenths)) : null,
      adjustment ? lines(adjustmentSaid(adjustment)) : null,
      it.findingsInForce.length > 0
        ? lines(
            t('**查实的情况**', '**What was found**'),
            ...fittingLines(
              it.findingsInForce.map((one) => both((l) => `· ${foundSaid(one)[l]}`)),
              FOUND_BYTES,
            ),
          )
        : null,
      lost.length > 0
        ? lines(t('**扣分的标准**', '**Below full marks**'), ...lost.map(lostLine))
        : lines(t('没有扣分的标准。', 'Nothing is below full marks.')),
      appeals.length > 0 ? lines(t('**申诉**', '**Appeals**'), ...fittingLines(appeals.map(appealLine), APPEALS_BYTES)) : null,
      isOpen && free.length > 0
        ? form(
            'appeal',
            [
              select(
                'standard',
                t('对哪一项有异议', 'Which standard'),
                free.map((standard) => ({ label: named(standard), value: String(standard) })),
                { required: true },
              ),
              input('words', t('理由和依据', 'Reason and reference'), { required: true, most: LONGEST.appeal, rows: 3 }),
            ],
            { label: t('提出申诉', 'Appeal'), value: submitAppeal.value({ branch: branch.id, quarter }) },
          )
        : null,
      note(windowSaid(it, isOpen)),
      note(provableSaid),
    ],
    { colour: 'turquoise', subtitle: asWritten(branch.name) },
  )
}

function lostLine({ standard, weight, earnedTenths }: Score<Duty>['standards'][number]): Text {
  const { zh, en } = named(standard)
  const got = points(earnedTenths ?? 0)
  return t(`· ${zh}　${got} / ${weight} 分`, `· ${en}  ${got} of ${weight}`)
}

/** The branch is told what it waits for, and that it lost nothing. */
export function undecidedCard(it: Assessed): Card {
  const [entries, proposals, unanswered] = [toConfirm(it), proposedIn(it.duties, it.quarter), unansweredIn(it.duties, it.quarter)]
  return card(
    labelled(spokenQuarter(it.quarter), t('考核：待定', 'assessment: undecided'), ' '),
    [
      figures(
        { figure: String(entries.length), of: t('登记待确认', 'Entries') },
        { figure: String(proposals.length), of: t('自评待认定', 'Answers') },
        { figure: String(unanswered.length), of: t('支部未自评', 'Not answered') },
      ),
      lines(
        t(
          '上级还没有确认完，先不公布、不排名次；确认后另行公布，申诉期从那天算起，不扣分。',
          'The upper level has not decided all of it. It is published later, with a time for appeals of its own; nothing is lost by that.',
        ),
        unanswered.length > 0 ? t('没有答的请尽快自评（说「自评」）。', 'Please answer what is left: say “assess”.') : null,
      ),
    ],
    { colour: 'yellow', subtitle: asWritten(it.branch.name) },
  )
}

/** Facts that came after the close stand beside the score, which stays. */
function adjustmentSaid({ before, after, changed }: Adjustment): Text {
  const [was, would] = [before.tenths, after.tenths].map((tenths) => (tenths === null ? '–' : points(tenths)))
  const names = [...new Set(changed.map(({ before: duty }) => duty.standard))].map((one) => `（${one}）`).join('')
  return t(
    `结束后又有事实变化${names}：按现在的事实应为 ${would} 分，结果仍为 ${was} 分，另作调整说明。`,
    `Facts came after the close ${names}: by them it would be ${would}; the result stays ${was}, with this adjustment beside it.`,
  )
}

function appealLine({ standard, isUpheld, answer }: AppealAsItStands): Text {
  const what = named(standard)
  if (isUpheld === null) return t(`· ${what.zh}：等答复`, `· ${what.en}: waiting for an answer`)
  const said = asWritten(answer ?? '')
  return isUpheld
    ? t(`· ${what.zh}：成立。${said.zh}`, `· ${what.en}: upheld. ${said.en}`)
    : t(`· ${what.zh}：不成立。${said.zh}`, `· ${what.en}: not upheld. ${said.en}`)
}

function windowSaid({ assessment }: Assessed, isOpen: boolean): Text {
  if (!assessment?.appealsUntil) return t('还没有公布。', 'Not published yet.')
  const until = spokenDay(assessment.appealsUntil)
  if (assessment.closedAt) return t('考核已结束，结果不再变动。', 'The assessment is closed; the result does not change any more.')
  if (!isOpen) return t('申诉期已过，等上级结束考核。', 'The time for appeals is over; the upper level will close the assessment.')
  return t(
    `有异议可在${until.zh}前申诉，一项一次；没有对全部支部评定的项目都不计入。`,
    `Objections can be made until ${until.en}, once a standard; what was not judged for every branch is left out for all.`,
  )
}
