import { refuse } from '../../../src/refusal.ts'
import { t } from '../../../src/text.ts'
import { Bars, Trend } from '../../../src/web/charts.tsx'
import { Notice, Page } from '../../../src/web/page.tsx'
import { Field, Figures, Form, Section } from '../../../src/web/pieces.tsx'
import { type Column, DataTable } from '../../../src/web/table.tsx'
import type { WebPage } from '../../../src/web/visit.ts'

interface Row {
  name: string
  score: number | null
  note: string
}

const rows: Row[] = [
  { name: '第一支部', score: 96.4, note: '按期完成' },
  { name: '<b>第二</b>支部', score: 88, note: '补办一次' },
  { name: '教工第三支部', score: null, note: '新成立' },
  { name: '研究生第四支部', score: 91.5, note: '按期完成' },
]

/** A page with every piece there is, used as in the product. */
export const samplePage = (acted: (words: string, by: string | null) => unknown = () => {}): WebPage => ({
  kind: 'roomCode',
  async show(visit) {
    const { say, actor } = visit
    const columns: Column<Row>[] = [
      { key: 'name', head: say(t('支部', 'Branch')), cell: ({ name }) => name, by: ({ name }) => name, isHead: true },
      { key: 'score', head: say(t('得分', 'Score')), cell: ({ score }) => score ?? '–', by: ({ score }) => score, isNumber: true },
      { key: 'note', head: say(t('说明', 'Note')), cell: ({ note }) => note },
    ]
    const wide: Column<Row>[] = [
      ...columns,
      ...Array.from({ length: 12 }, (_, i): Column<Row> => ({ key: `s${i}`, head: `标准 ${i + 1}`, cell: () => '3.0', isNumber: true })),
    ]
    const empty = say(t('没有符合的支部。', 'No branch fits.'))
    return (
      <Page
        frame={visit}
        title={t('2026年第三季度考核', 'Q3 2026 assessment')}
        of={t('机关党委', 'Agency committee')}
        about={t('7月1日至9月30日', '1 July to 30 September')}
      >
        {actor && <Notice>{actor.name}</Notice>}
        <Figures
          figures={[
            { figure: '93.4', of: say(t('平均分', 'Mean')), note: say(t('上季度 91.0', '91.0 last quarter')), isMain: true },
            { figure: '4', of: say(t('支部', 'Branches')) },
            { figure: '2', of: say(t('补办', 'Made up')) },
          ]}
        />
        <Section id="order" title={say(t('各支部', 'Branches'))}>
          <DataTable
            frame={visit}
            caption={say(t('按支部列出的得分', 'Score by branch'))}
            columns={columns}
            rows={rows}
            empty={empty}
            filter={{ label: say(t('支部名称', 'Branch name')), words: ({ name }) => name }}
          />
        </Section>
        <Section id="wide" title={say(t('各项标准', 'Standards'))}>
          <DataTable
            frame={visit}
            name="w"
            phone="scroll"
            caption={say(t('每项标准的得分', 'By standard'))}
            columns={wide}
            rows={rows}
            empty={empty}
          />
        </Section>
        <Section id="parts" title={say(t('得分构成', 'What the score is made of'))}>
          <Bars
            caption={say(t('每类满分 10', 'Out of 10 each'))}
            most={10}
            bars={[
              { label: '组织生活', value: 9.5, written: '9.5', tone: 'main' },
              { label: '党员教育', value: 7, written: '7.0' },
              { label: '尚未计分', value: 0, written: '–', tone: 'quiet' },
            ]}
          />
        </Section>
        <Section id="trend" title={say(t('八个季度', 'Eight quarters'))}>
          <Trend
            caption={say(t('支部得分', 'Score'))}
            from={60}
            to={100}
            mark={{ value: 90, name: say(t('五好支部 90', 'Five-good 90')) }}
            points={[88, 91, null, 92.5, 90, 94, 95.1, 96.4].map((value, i) => ({
              at: `${25 + Math.floor(i / 4)}Q${(i % 4) + 1}`,
              value,
              written: value === null ? '–' : String(value),
            }))}
          />
        </Section>
        <Section id="say" title={say(t('意见', 'A word'))}>
          <Form visit={visit} deed="say" submit={say(t('提交', 'Send'))}>
            <Field label={say(t('理由', 'Reason'))} name="words" required lines={3} />
          </Form>
        </Section>
      </Page>
    )
  },
  async act(visit, filled) {
    const words = filled.get('words') ?? ''
    if (words === '') refuse('请写上理由。', 'Please give a reason.')
    await acted(words, visit.actor?.name ?? null)
  },
})
