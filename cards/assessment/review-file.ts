import * as z from 'zod'
import { confirmingEach } from '../../db/assessment/decisions.ts'
import { overAmong } from '../../db/assessment/stages.ts'
import { judgeRows } from '../../db/assessment/table.ts'
import { type AssessmentDraft, assessmentDraft, isOutdated, savedAssessmentDraft } from '../../db/assessment/table-drafts.ts'
import type { SheetChange, WrongInSheet } from '../../db/assessment/tables.ts'
import { branchesOfIds } from '../../db/branches/units.ts'
import { lookUp } from '../../db/client.ts'
import { button, type Card, card, type Element, figures, fitting, lines, note, sentence, strong } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { judgementsOf } from '../../src/rules/assessment/sheet.ts'
import { spokenQuarter } from '../../src/spoken.ts'
import { counted, joined, labelled, literal, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'

export const reviewPreview = view({
  name: 'reviewPreview',
  takes: z.object({ subject: id }),
  async show(db, { subject }, now) {
    const [[draft]] = await lookUp(db, [assessmentDraft(db, subject)])
    if (!draft) return null
    if (draft.savedAt) return sentence(saved)
    return isOutdated(draft, now) ? sentence(expired) : previewCard(draft)
  },
})

const saved = t('这份评定已经保存，说「/评定」可以查看。', 'This review is saved; say “/review” to see it.')
const expired = t(
  '这份预览已过期，没有保存；请把表格再发一次。',
  'This preview has expired and nothing was saved; please send the list again.',
)

const SECTION_BYTES = 8_000
const MOST_LINES = 40

function previewCard({ id: draft, quarter, changes, wrong }: AssessmentDraft): Card {
  return card(
    labelled(spokenQuarter(quarter), t('评定表预览', 'preview of the review'), ' '),
    [
      figures(
        { figure: String(changes.length), of: t('支部有改动', 'Branches changed') },
        { figure: String(changes.reduce((sum, { items }) => sum + items.length, 0)), of: t('项评定', 'Points') },
        { figure: String(wrong.length), of: t('处有误', 'Wrong') },
      ),
      section(t('有误（这些行不保存）', 'Wrong (these rows are not saved)'), wrong.map(wrongLine)),
      section(t('改动', 'Changes'), changes.map(changeLine)),
      changes.length > 0
        ? button(
            t(`保存这 ${changes.length} 个支部`, `Save ${counted(changes.length, 'branch', 'branches')}`),
            saveSheet.value({ draft }),
            {
              type: 'primary_filled',
              wide: true,
            },
          )
        : lines(t('没有可以保存的改动。', 'There is nothing to save.')),
      note(t('按下之前什么都不会改；一天内有效。', 'Nothing changes before you press; valid for a day.')),
    ],
    { colour: wrong.length === 0 ? 'blue' : 'orange' },
  )
}

const wrongLine = ({ row, name, why }: WrongInSheet): Text =>
  t(`第 ${row} 行 ${literal(name)}：${why.zh}`, `Row ${row}, ${literal(name)}: ${why.en}`)

function changeLine({ name, items, reason, confirms = [] }: SheetChange): Text {
  const all = joined(
    [
      ...items.map(({ name: item, before, after }) =>
        t(`${item.zh} ${before || '–'} → ${after}`, `${item.en} ${before || '–'} → ${after}`),
      ),
      ...(confirms.length > 0 ? [t(`确认登记 ${confirms.length} 条`, `${counted(confirms.length, 'entry', 'entries')} confirmed`)] : []),
    ],
    '；',
    '; ',
  )
  const because = items.some(({ isOwn }) => isOwn) ? literal(reason) : ''
  return t(`${literal(name)}：${all.zh}${because && `（${because}）`}`, `${literal(name)}: ${all.en}${because && ` (${because})`}`)
}

function section(title: Text, all: readonly Text[]): Element | null {
  if (all.length === 0) return null
  const fit = fitting(all.slice(0, MOST_LINES), ({ zh, en }) => zh + zh + en, SECTION_BYTES, 0)
  const left = all.length - fit.length
  return lines(strong(title), ...fit, left > 0 && t(`……还有 ${left} 处`, `… and ${left} more`))
}

export const saveSheet = press({
  name: 'reviewPreview.save',
  rights: ['assess'],
  sends: z.object({ draft: id }),
  look: ({ db }, { draft }) => [assessmentDraft(db, draft)] as const,
  async answer(ctx, _sent, [[found]]) {
    const { actor, db, now, newId } = memberOrRefuse(ctx)
    const all = await lookUp(db, [
      branchesOfIds(
        db,
        (found?.changes ?? []).map(({ branch }) => branch),
      ),
    ])
    const branches = new Map(all[0].map((branch) => [branch.id, branch]))
    // Each branch's right is asked again, since a seat may have ended after the preview. An assessor who may judge none sees no draft.
    const [first] = found?.changes ?? []
    for (const { branch } of first ? (found?.changes ?? []) : [{ branch: '' }])
      foundOrRefuse(actor, 'assess', branches.get(branch), placeOf)
    const draft = found as AssessmentDraft
    if (draft.savedAt) return { toast: saved, mood: 'info', card: sentence(saved) }
    if (isOutdated(draft, now)) return { toast: expired, mood: 'warning', card: sentence(expired) }
    const [over] = await lookUp(db, [overAmong(db, [...branches.keys()], draft.quarter)])
    if (over.length > 0) refuse('考核已经结束，不再改动。', 'The assessment is closed and takes no changes.')
    const rows = draft.changes.flatMap(({ branch, items, reason }) => {
      const of = branches.get(branch)
      const judged = judgementsOf(items, reason, newId)
      return of && judged.length > 0 ? [{ branch: of, judged }] : []
    })
    const entries = draft.changes.flatMap(({ branch, confirms = [] }) => confirms.map((one) => ({ id: one, branch })))
    const confirming = await confirmingEach(db, entries, draft.quarter, all[0], actor, now)
    const seen = { branches: draft.changes.map(({ branch }) => branch), judged: draft.judged }
    await judgeRows(db, draft.quarter, rows, seen, actor, now, [savedAssessmentDraft(db, draft.id, now), ...confirming])
    const { length } = draft.changes
    const done = t(`已保存 ${length} 个支部的评定。`, `The review of ${counted(length, 'branch', 'branches')} is saved.`)
    return { toast: done, mood: 'success', card: sentence(done) }
  },
})
