import { type AssessmentTable, assessmentTable } from '../../../db/assessment/table.ts'
import { assessmentIn } from '../../../db/pages/links.ts'
import { type Day, day } from '../../calendar.ts'
import { mayOrRefuse } from '../../context.ts'
import { refuse } from '../../refusal.ts'
import { itemsOf } from '../../rules/assessment/sheet.ts'
import { spokenQuarter } from '../../spoken.ts'
import { joined, type Text, t } from '../../text.ts'
import { untilSaid } from '../../words/matters.ts'
import { Page } from '../page.tsx'
import { type Visit, type WebPage, XLSX } from '../visit.ts'
import { branchPart, settleAttestation } from './branch.tsx'
import { saved, saveRow } from './row.tsx'
import { isOver, Table } from './rows.tsx'
import { script } from './script.ts'
import { talksPart } from './talks.tsx'
import { decideOverAll, waitingPart } from './waiting.tsx'

/** The assessor's table for hundreds of branches: one row each, saved one by one. Publishing stays in the chat. */
export const assessmentPage: WebPage = {
  kind: 'assessment',
  async show(visit) {
    const { query } = visit
    const it = await tableOf(visit, query.get('only') ?? query.get('branch'))
    const quarter = assessmentIn(visit.link).quarter
    return (
      <Page
        frame={visit}
        isWide
        title={joined([spokenQuarter(quarter), t('考核评定', 'assessment review')], '', ' ')}
        of={t(it.committee.name, it.committee.name)}
        about={stateSaid(it, day(visit.now))}
        script={script}
      >
        <Saved visit={visit} it={it} />
        {query.has('branch') ? await branchPart(visit, it) : null}
        {it.assessment && !isOver(it) && !query.has('only') && !query.has('branch') ? await waitingPart(visit, it) : null}
        {it.assessment ? <Table visit={visit} it={it} /> : null}
        {query.has('only') || query.has('branch') ? null : await talksPart(visit, it)}
      </Page>
    )
  },
  async act(visit, filled) {
    const deed = filled.get('deed')
    const branch = filled.get('branch') ?? ''
    const it = await tableOf(visit, branch)
    const overAll = isOver(it) ? null : await decideOverAll(visit, it, filled)
    if (overAll) return overAll
    const [row] = it.rows
    if (!row) refuse('没有找到这个支部，请刷新页面。', 'There is no such branch here; please reload the page.')
    if (row.isOver) refuse('考核已经结束，不再改动。', 'The assessment is closed and takes no changes.')
    if (deed === 'row') return saveRow(visit, it, row, filled)
    return settleAttestation(visit, row.branch, filled)
  },
  files: {
    async xlsx(visit) {
      const it = await tableOf(visit, null)
      const { quarter } = assessmentIn(visit.link)
      const { assessmentWorkbook } = await import('../../spreadsheet/assessment-table.ts')
      const bytes = await assessmentWorkbook(it.committee.name, quarter, itemsOf(it.rows, assessmentIn(visit.link).quarter), it.rows)
      return { name: `${it.committee.name}${quarter}考核评定.xlsx`, type: XLSX, bytes }
    },
  },
}

/** The rights are those of this moment, and the link opens its own committee only. */
async function tableOf({ db, link, actor, now }: Visit, only: string | null): Promise<AssessmentTable> {
  const { id, quarter } = assessmentIn(link)
  const it = await assessmentTable(db, id, quarter, now, only)
  if (!it) refuse('没有找到这个党委。', 'There is no such committee here.')
  mayOrRefuse(actor, 'assess', { unit: it.committee.unit, lineage: it.committee.lineage })
  return it
}

function stateSaid(it: AssessmentTable, today: Day): Text {
  const { assessment } = it
  if (!assessment) return t('考核还没有开始。', 'The assessment has not begun.')
  if (assessment.closingAt && !isOver(it))
    return t('考核已结束；待定的支部还可以确认、评定。', 'Closed; branches that were published as undecided can still be decided.')
  if (assessment.closingAt) return t('考核已结束，只能查看。', 'Closed: to be read only.')
  if (assessment.appealsUntil) {
    const until = untilSaid(assessment.appealsUntil, today)
    return t(`已公布，申诉${until.zh}。`, `Published; appeals ${until.en}.`)
  }
  const until = untilSaid(assessment.reviewUntil, today)
  return t(`评定${until.zh}；公布在飞书里按。`, `Review ${until.en}; publishing is done in Feishu.`)
}

/** Says what the last form did; the script writes its own results here too. */
function Saved({ visit: { query, say, filled }, it }: { visit: Visit; it: AssessmentTable }) {
  const row = filled ? undefined : it.rows.find(({ branch }) => branch.id === query.get('saved'))
  const lost = say(
    t('没有存上：连接不通。填的还在，请再存一次。', 'Not saved: no connection. What you typed is still here; please save again.'),
  )
  return (
    <p id="live" class="live" role="status" aria-live="polite" data-lost={lost}>
      {row ? `${row.branch.name}：${say(saved)}` : ''}
    </p>
  )
}
