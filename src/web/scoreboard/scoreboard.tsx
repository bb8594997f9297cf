import type { Child } from 'hono/jsx'
import { branchById, committeeById } from '../../../db/branches/units.ts'
import { lookUp } from '../../../db/client.ts'
import { assessmentIn } from '../../../db/pages/links.ts'
import { type Board, type BoardRow, scoreboardOf } from '../../../db/scoreboard/board.ts'
import { isShownIn } from '../../../db/scoreboard/order.ts'
import { trendQuarters } from '../../../db/scoreboard/trend.ts'
import { tierNames } from '../../rules/assessment/year.ts'
import { standardGroups } from '../../rules/duties/standard-groups.ts'
import { points, spokenQuarter } from '../../spoken.ts'
import { type Text, t } from '../../text.ts'
import { Bars, Trend } from '../charts.tsx'
import { Notice, Page } from '../page.tsx'
import { Figures, Section } from '../pieces.tsx'
import type { Visit, WebPage } from '../visit.ts'
import { branchScore } from './branch-score.tsx'
import { fileOf } from './file.ts'
import { anchored, askedFor, Order, percent, shortQuarter } from './order.tsx'

/** A committee's whole order for one quarter, followed by those of the committees below. Each branch opens to its evidence. */
export const scoreboardPage: WebPage = {
  kind: 'scoreboard',
  async show(visit) {
    const { db, link, now, query } = visit
    const { id, quarter } = assessmentIn(link)
    const [[committee], [branch]] = await lookUp(db, [committeeById(db, id), branchById(db, query.get('branch') ?? '')])
    if (!committee) return null
    if (branch?.lineage.includes(id)) return branchScore(visit, branch, quarter, true)
    const boards = await scoreboardOf(db, id, quarter, now)
    const rows = boards.flatMap((board) => board.rows)
    return (
      <Page frame={visit} title={spokenTitle(quarter)} of={t(committee.name, committee.name)} about={stageOf(boards)} isWide>
        {boards.length === 0 && <Notice>{visit.say(t('本季度没有被考核的支部。', 'No branch is assessed for this quarter.'))}</Notice>}
        {isShownIn(rows) && <Summary visit={visit} rows={rows} quarter={quarter} />}
        {boards.length > 0 && <Filter visit={visit} boards={boards} />}
        {askedFor(visit, boards).map((board, nth) => (
          <Section id={anchored(nth)} title={titleOf(visit, board, boards.length > 1)}>
            <Order visit={visit} board={board} nth={nth} />
          </Section>
        ))}
        <Notice>
          {visit.say(
            t(
              '★ 为本年均分目前达到五好党支部的标准。得分供评议参考，不对个人排名；点支部名可以查看每一分的依据。',
              '★ The year’s mean so far is that of a Five-Good Branch. The score is an aid to judgement, and no person is ranked; a branch’s name opens the evidence of each point.',
            ),
          )}
        </Notice>
      </Page>
    )
  },
  files: {
    async xlsx(visit) {
      const { id, quarter } = assessmentIn(visit.link)
      const [[committee]] = await lookUp(visit.db, [committeeById(visit.db, id)])
      return committee
        ? fileOf(visit, committee.name, quarter, askedFor(visit, await scoreboardOf(visit.db, id, quarter, visit.now)))
        : null
    },
  },
}

const spokenTitle = (quarter: string): Text => {
  const { zh, en } = spokenQuarter(quarter)
  return t(`${zh}各支部考核`, `${en}: branches assessed`)
}

const stageName = ({ isFinal, isPublished }: Pick<Board, 'isFinal' | 'isPublished'>): Text => {
  if (isFinal) return t('最终成绩', 'Final')
  return isPublished
    ? t('已公布，申诉期内', 'Published, open to appeal')
    : t('未公布，得分和名次公布以后才有', 'Not published: scores and places come with the publication')
}

/** The stage is said once where all branches share it. */
function stageOf(boards: readonly Board[]): Text | undefined {
  const [first] = boards
  return first && boards.every(({ isFinal, isPublished }) => isFinal === first.isFinal && isPublished === first.isPublished)
    ? stageName(first)
    : undefined
}

const titleOf = ({ say }: Visit, board: Board, isOneOfMany: boolean) =>
  isOneOfMany
    ? `${board.name} · ${say(stageName(board))}`
    : say(isShownIn(board.rows) ? t('名次', 'The order') : t('各支部', 'The branches'))

const mean = (all: readonly number[]) => (all.length === 0 ? null : Math.round(all.reduce((sum, one) => sum + one, 0) / all.length))
const shown = (tenths: number | null) => (tenths === null ? '–' : points(tenths))

function Summary({ visit: { say }, rows, quarter }: { visit: Visit; rows: readonly BoardRow[]; quarter: string }) {
  const quarters = trendQuarters(quarter)
  const means = quarters.map((_, nth) => mean(rows.flatMap(({ trend }) => trend[nth] ?? [])))
  const known = means.flatMap((one) => one ?? [])
  const [before, now] = [means.at(-2) ?? null, means.at(-1) ?? null]
  return (
    <>
      <Figures
        figures={[
          {
            figure: shown(now),
            of: say(t('平均分', 'Mean')),
            note: before === null ? undefined : say(t(`上季度 ${points(before)}`, `${points(before)} last quarter`)),
            isMain: true,
          },
          { figure: String(rows.length), of: say(t('支部', 'Branches')) },
          { figure: String(rows.filter(({ isFiveGood }) => isFiveGood).length), of: say(t('★ 目前达五好', '★ Five-Good so far')) },
        ]}
      />
      <Section id="sums" title={say(t('总体情况', 'All together'))}>
        <div class="beside">
          <Bars
            caption={say(t('各等次支部数', 'Branches by tier'))}
            most={Math.max(1, rows.length)}
            bars={[...tierNames.entries()].map(([tier, name]) => {
              const count = rows.filter((row) => row.tier === tier).length
              return { label: say(name), value: count, written: String(count), tone: tier === 0 ? 'main' : 'plain' }
            })}
          />
          <Bars
            caption={say(t('各类标准平均完成', 'Mean by group of standards'))}
            most={100}
            bars={standardGroups.map(({ name }, nth) => {
              const share = mean(rows.flatMap(({ groups }) => percent(groups[nth] ?? null) ?? []))
              return {
                label: say(name),
                value: share ?? 0,
                written: share === null ? '–' : `${share}%`,
                tone: share === null ? 'quiet' : 'plain',
              }
            })}
          />
          {known.length > 1 && (
            <Trend
              caption={say(t('平均分：近八个季度', 'Mean over eight quarters'))}
              from={Math.floor(Math.min(600, ...known) / 100) * 10}
              to={100}
              points={means.map((value, nth) => ({
                at: shortQuarter(quarters[nth] ?? ''),
                value: value === null ? null : value / 10,
                written: shown(value),
              }))}
            />
          )}
        </div>
      </Section>
    </>
  )
}

function Filter({ visit, boards }: { visit: Visit; boards: readonly Board[] }) {
  const { query, say, path, href } = visit
  const [q, tier, of] = ['q', 'tier', 'of'].map((name) => query.get(name) ?? '')
  const others = [...query].filter(([name]) => !['q', 'tier', 'of', 'branch'].includes(name))
  const all = say(t('全部', 'All'))
  return (
    <search>
      <form method="get" action={`#${anchored(0)}`} class="filter">
        {others.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <div class="field">
          <label for="q">{say(t('支部名称', 'Branch name'))}</label>
          <input type="search" id="q" name="q" value={q} maxlength={40} />
        </div>
        <Choice name="tier" label={say(t('等次', 'Tier'))} chosen={tier ?? ''}>
          {[['', all], ...[...tierNames.entries()].map(([nth, name]) => [String(nth), say(name)])]}
        </Choice>
        {boards.length > 1 && (
          <Choice name="of" label={say(t('党组织', 'Committee'))} chosen={of ?? ''}>
            {[['', all], ...boards.map(({ id, name }) => [id, name])]}
          </Choice>
        )}
        <button type="submit">{say(t('筛选', 'Filter'))}</button>
        {(q || tier || of) && (
          <a class="plain" href={href({ q: null, tier: null, of: null })}>
            {say(t('显示全部', 'Show all'))}
          </a>
        )}
        <a class="plain" href={`${path}/xlsx${href({})}`}>
          {say(t('下载表格（xlsx）', 'Download as xlsx'))}
        </a>
      </form>
    </search>
  )
}

interface ChoiceProps {
  name: string
  label: string
  chosen: string
  children: (string | undefined)[][]
}

const Choice = ({ name, label, chosen, children }: ChoiceProps): Child => (
  <div class="field short">
    <label for={name}>{label}</label>
    <select id={name} name={name}>
      {children.map(([value, words]) => (
        <option value={value} selected={value === chosen}>
          {words}
        </option>
      ))}
    </select>
  </div>
)
