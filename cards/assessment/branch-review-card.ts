import { type Assessed, ownDuties, toConfirm, upperDuties } from '../../db/assessment/branch-quarter.ts'
import { scoreOfAccount } from '../../db/duties/score.ts'
import { button, type Card, card, type Element, figures, lines, note, oneMain } from '../../src/card.ts'
import { form, input, select } from '../../src/form.ts'
import { proposedIn, unjudgedIn } from '../../src/rules/assessment/publication.ts'
import { answerSaid, dutyIn, type Item, itemsOf, pointsOf, type Row, seenOf } from '../../src/rules/assessment/sheet.ts'
import { type Duty, dutyKey } from '../../src/rules/duties/duty.ts'
import { points, spokenMoment, spokenQuarter } from '../../src/spoken.ts'
import { asWritten, labelled, type Text, t } from '../../src/text.ts'
import { excuseSaid } from '../../src/words/duties.ts'
import { named, waitingSaid } from '../../src/words/score.ts'
import { committeeToExcuse, openStandard } from '../duties/buttons.ts'
import { judgeAll, LONGEST, openAssessmentCorrections, showAppeal } from './buttons.ts'
import { entriesToConfirm } from './entries.ts'
import { proposalsToDecide } from './proposals.ts'

const MOST_APPEALS = 4

/** One branch before its assessor: points for the standards that are judged above, the branch's own answers, entries to confirm. */
export function branchReviewCard(it: Assessed, typed: Typed = new Map()): Card {
  const { branch, quarter, submission, appeals } = it
  const score = scoreOfAccount(it)
  const [row, waiting] = [rowOf(it), toConfirm(it)]
  const items = itemsOf([row], quarter)
  return card(
    labelled(spokenQuarter(quarter), t('评定', 'review'), ' '),
    oneMain([
      figures(
        {
          figure: score.tenths === null ? '–' : points(score.tenths),
          of: t(`目前得分（计入 ${score.weightAsked} 分）`, `So far, of ${score.weightAsked} judged points`),
        },
        { figure: String(waiting.length), of: t('登记待确认', 'To confirm') },
        { figure: String(proposedIn(it.duties, quarter).length), of: t('自评待采纳', 'To decide') },
        { figure: String(unjudgedIn(it.duties, quarter).length), of: t('待评定', 'To judge') },
      ),
      lines(
        submission
          ? submittedSaid(submission.by, submission.at)
          : t('支部还没有上报自评。', 'The branch has not sent its assessment up yet.'),
        score.waitingTenths > 0 ? waitingSaid(score.waitingTenths) : null,
        it.assessment?.committeePublishedAt && !it.assessment.publishedAt ? undecidedSaid : null,
        it.assessment?.closedAt ? afterTheClose : null,
        excuseSaid(it.excuse, '4.seats'),
      ),
      ...(waiting.length > 0 ? entriesToConfirm(it, waiting) : []),
      ...proposalsToDecide(it, seenOf(row, items)),
      items.length > 0 ? judgeForm(it, row, items, typed) : null,
      ...appeals
        .filter(({ isUpheld }) => isUpheld === null)
        .slice(0, MOST_APPEALS)
        .map(({ id, standard }) =>
          button(t(`答复申诉（${standard}）`, `Answer the appeal (${standard})`), showAppeal.value({ appeal: id }), { type: 'primary' }),
        ),
      evidenceForm(it),
      committeeToExcuse(it.duties, branch.id),
      button(
        t('更正其他项、记录事故或不实', 'Correct others, record a finding'),
        openAssessmentCorrections.value({ branch: branch.id, quarter }),
      ),
      note(
        t(
          '上级评定的项目要么对全部支部评，要么都不计入；与自评不同的要写理由，支部看得到。',
          'An upper item is judged for every branch or left out for all; what differs from the branch’s answer needs a reason, which it sees.',
        ),
      ),
    ]),
    { subtitle: asWritten(branch.name) },
  )
}

/** Each standard with something behind it opens to its evidence, as the branch itself sees it. */
function evidenceForm({ branch, quarter, duties }: Assessed): Element | null {
  const proved = duties.filter(({ evidence, attested, gathered = [] }) => evidence || attested || gathered.length > 0)
  const options = [...new Set(proved.map(({ standard }) => standard))].sort((a, b) => a - b)
  if (options.length === 0) return null
  return form(
    'evidence',
    [
      select(
        'standard',
        t('看哪一项标准的依据', 'Which standard’s evidence'),
        options.map((id) => ({ label: named(id), value: String(id) })),
        { required: true },
      ),
    ],
    { label: t('看依据', 'Open its evidence'), value: openStandard.value({ branch: branch.id, quarter }), type: 'default' },
  )
}

const undecidedSaid = t('公布时待定：确认、认定完就公布这个支部。', 'Published as undecided: it follows once all of it is decided.')

const afterTheClose = t(
  '考核已结束：这里再评的只作为调整说明，不改结果。',
  'The assessment is closed: what is judged here now is shown as an adjustment, beside the result.',
)

function submittedSaid(by: string, at: Date): Text {
  const [who, when] = [asWritten(by), spokenMoment(at)]
  return t(`${who.zh} ${when.zh}上报。`, `Sent up by ${who.en}, ${when.en}.`)
}

/** The fields that were typed and not saved, by the item they belong to. */
type Typed = ReadonlyMap<string, string>

const rowOf = (it: Assessed): Row => ({ ...it, upper: upperDuties(it, it.quarter), own: ownDuties(it, it.quarter) })

function judgeForm(it: Assessed, row: Row, items: readonly Item[], typed: Typed): Element {
  const named = items.flatMap((item) => {
    const duty = dutyIn(row, item)
    return duty ? [{ item, duty }] : []
  })
  const [upper, own] = [named.filter(({ item }) => !item.isOwn), named.filter(({ item }) => item.isOwn)]
  const field = (name: string, { item, duty }: (typeof named)[number]) =>
    input(name, labelOf(item, duty), { value: typed.get(item.key) ?? (pointsOf(duty, item) || undefined), most: 6 })
  const keys = (some: typeof named) => some.map(({ duty }) => dutyKey(duty))
  return form(
    'judge',
    [
      ...upper.map((one, i) => field(`m${i}`, one)),
      ...own.map((one, i) => field(`s${i}`, one)),
      input('reason', t('与自评不同时写理由', 'Reason, where it differs from the branch’s answer'), { most: LONGEST.reason }),
    ],
    {
      label: t('保存评定', 'Save'),
      value: judgeAll.value({ branch: it.branch.id, quarter: it.quarter, upper: keys(upper), own: keys(own), seen: seenOf(row, items) }),
    },
  )
}

function labelOf({ name, weight, isOwn }: Item, duty: Duty): Text {
  const label = t(`${name.zh}，0–${weight} 分`, `${name.en}, 0–${weight}`)
  if (!isOwn) return label
  const said = answerSaid(duty)
  return duty.judged?.byUpper
    ? t(`${label.zh} · ${said.zh}`, `${label.en} · ${said.en}`)
    : t(`${label.zh} · 自评：${said.zh}`, `${label.en} · branch: ${said.en}`)
}
