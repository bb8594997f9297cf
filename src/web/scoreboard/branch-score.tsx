import type { Child } from 'hono/jsx'
import { adjustmentSince } from '../../../db/assessment/close.ts'
import { type Branch, branchById } from '../../../db/branches/units.ts'
import { lookUp } from '../../../db/client.ts'
import { assessmentIn } from '../../../db/pages/links.ts'
import { type OrderWithin, orderWithin } from '../../../db/scoreboard/order-within.ts'
import { type ScoreSheet, scoreSheet } from '../../../db/scoreboard/score-sheet.ts'
import type { Quarter } from '../../calendar.ts'
import type { Adjustment } from '../../rules/assessment/adjustment.ts'
import { isPublic } from '../../rules/assessment/stage.ts'
import { tierNames, tierOf } from '../../rules/assessment/year.ts'
import { stateNames } from '../../rules/duties/duty.ts'
import { progressOf } from '../../rules/duties/progress.ts'
import { pointsIn, standardGroups } from '../../rules/duties/standard-groups.ts'
import { partOf } from '../../rules/standards/standards.ts'
import { points, spokenPeriod, spokenQuarter } from '../../spoken.ts'
import { type Text, t } from '../../text.ts'
import { progressFigures } from '../../words/progress.ts'
import { changesSaid, formula, stageSaid } from '../../words/score.ts'
import { closesSaid, stepSaid, worthSaid } from '../../words/steps.ts'
import { Bars, Trend } from '../charts.tsx'
import { Notice, Page } from '../page.tsx'
import { Figures, Section } from '../pieces.tsx'
import { DataTable } from '../table.tsx'
import type { Visit, WebPage } from '../visit.ts'
import { GroupOfStandards, Rich } from './branch-standards.tsx'
import { shortQuarter, tierSaid } from './order.tsx'

/** One branch's own quarter. The order appears only where the rulebook shows it to everyone at this moment. */
export const branchScorePage: WebPage = {
  kind: 'branchScore',
  async show(visit) {
    const { id, quarter } = assessmentIn(visit.link)
    const [[branch]] = await lookUp(visit.db, [branchById(visit.db, id)])
    return branch ? branchScore(visit, branch, quarter, false) : null
  },
}

/**
 * The page contains no names and no one's own words, because an address can be passed on. Opened from the committee's order, it leads
 * back there.
 */
export async function branchScore(visit: Visit, branch: Branch, quarter: Quarter, isOfCommittee: boolean) {
  const { say, db, now } = visit
  const sheet = await scoreSheet(db, branch, quarter, now)
  const adjustment = sheet.stage === 'final' ? await adjustmentSince(db, branch, quarter, now) : null
  const order =
    !isOfCommittee && isPublic(sheet.stage) && sheet.account.rulebook.ranking === 'everyone'
      ? await orderWithin(db, branch.committee, quarter, now)
      : null
  const { zh, en } = spokenQuarter(quarter)
  const changes = changesSaid(sheet)
  return (
    <Page frame={visit} title={t(`${zh}考核`, `${en} assessment`)} of={t(branch.name, branch.name)} about={stageNames[sheet.stage]}>
      {isOfCommittee && (
        <p class="back">
          <a href={visit.href({ branch: null })}>{say(t('← 回到各支部', '← All branches'))}</a>
        </p>
      )}
      <Headline visit={visit} sheet={sheet} />
      {stageSaid(sheet).map((text) => (
        <Notice>{say(text)}</Notice>
      ))}
      <Section id="parts" title={say(t('各类标准', 'By group of standards'))}>
        <div class="beside">
          <Groups visit={visit} sheet={sheet} />
          {sheet.trend.length > 1 && <Quarters visit={visit} sheet={sheet} />}
        </div>
      </Section>
      {changes && (
        <Section id="changes" title={say(t('与上季度相比', 'Against the quarter before'))}>
          {changes.map((text) => (
            <p>
              <Rich text={text} frame={visit} />
            </p>
          ))}
        </Section>
      )}
      {sheet.gains.length > 0 && <Gains visit={visit} sheet={sheet} />}
      {adjustment && <Since visit={visit} adjustment={adjustment} />}
      <Section id="standards" title={say(t('每一分的依据', 'What each point rests on'))}>
        {standardGroups.map((group) => (
          <GroupOfStandards visit={visit} group={group} sheet={sheet} />
        ))}
        <p class="hint">{say(whereItOpens)}</p>
      </Section>
      {order && <Places visit={visit} order={order} own={branch.id} />}
      <Section id="formula" title={say(t('这个分数怎么来的？', 'How is this worked out?'))}>
        <p>{say(formula(sheet.account.rulebook.latePercent))}</p>
      </Section>
    </Page>
  )
}

/** Anybody who has the link reads the page. The records themselves open in Feishu, where each reader is known. */
const whereItOpens = t(
  '会议、评议、谈心和登记的依据在飞书里打开：说「考核」，选一项标准，按「看依据」。',
  'The records themselves open in Feishu: say “score”, choose a standard and press “Open”.',
)

const stageNames: Record<ScoreSheet['stage'], Text> = {
  running: t('本季度进行中，暂计', 'The quarter runs: so far'),
  provisional: t('暂计，考核还没有结束', 'Provisional: the assessment is not over'),
  undecided: t('待定，还有待上级确认的', 'Undecided: something waits for the upper level'),
  published: t('已公布，申诉期内', 'Published, open to appeal'),
  final: t('最终成绩', 'Final'),
}

function Headline({ visit: { say }, sheet }: { visit: Visit; sheet: ScoreSheet }) {
  const { score, tier, account, placeShown, stage } = sheet
  const duties = score.standards.flatMap(({ parts }) => parts.flatMap((part) => part.duties))
  const count = (state: string) => String(duties.filter((duty) => duty.state === state).length)
  return (
    <Figures
      figures={[
        {
          figure: score.tenths === null ? '–' : points(score.tenths),
          of: say(stage === 'running' ? t('目前得分', 'So far') : t('得分', 'Score')),
          note: tier === null ? undefined : say(tierNames[tier] ?? t('', '')),
          isMain: true,
        },
        { figure: String(score.weightAsked), of: say(t('已评的分值', 'Points judged')), isMain: true },
        ...(placeShown ? [{ figure: `${placeShown.place}/${placeShown.of}`, of: say(t('名次', 'Place')) }] : []),
        ...(isPublic(stage)
          ? [
              { figure: count('met'), of: say(t('按期完成', 'Met')) },
              { figure: count('met late'), of: say(t('补办', 'Late')) },
            ]
          : progressFigures(progressOf(account.duties)).map(({ figure, of }) => ({ figure, of: say(of) }))),
      ]}
    />
  )
}

const Groups = ({ visit: { say }, sheet }: { visit: Visit; sheet: ScoreSheet }) => (
  <Bars
    caption={say(t('得到的分和计入的权重', 'Points earned of the weights that count'))}
    most={100}
    bars={standardGroups.map((group) => {
      const earned = pointsIn(group, sheet.score.standards)
      return {
        label: say(group.name),
        value: earned ? (earned.tenths * 10) / earned.weight : 0,
        written: earned ? `${points(earned.tenths)} / ${earned.weight}` : say(t('未计分', 'not scored yet')),
        tone: earned ? 'plain' : 'quiet',
      }
    })}
  />
)

function Quarters({ visit: { say }, sheet: { trend, account } }: { visit: Visit; sheet: ScoreSheet }) {
  const { fiveGoodFrom } = account.rulebook
  return (
    <Trend
      caption={say(t(`近 ${trend.length} 个季度`, `The last ${trend.length} quarters`))}
      from={Math.floor(Math.min(600, ...trend.map(({ tenths }) => tenths)) / 100) * 10}
      to={100}
      mark={{ value: fiveGoodFrom, name: say(t(`五好 ${fiveGoodFrom}`, `Five-Good ${fiveGoodFrom}`)) }}
      points={trend.map(({ quarter, tenths }) => ({ at: shortQuarter(quarter), value: tenths / 10, written: points(tenths) }))}
    />
  )
}

const Gains = ({ visit, sheet }: { visit: Visit; sheet: ScoreSheet }) => (
  <Section id="gains" title={visit.say(t('怎样提高', 'What would raise it'))}>
    <ul class="steps">
      {sheet.gains.map((gain) => (
        <li>
          <strong>{visit.say(stepSaid(gain.step, sheet.groups))}</strong>
          <br />
          {visit.say(worthSaid(gain, sheet.score))} · {visit.say(closesSaid(gain.step))}
        </li>
      ))}
    </ul>
  </Section>
)

/** The adjustment is shown beside the result, never in it. */
const Since = ({ visit: { say }, adjustment: { before, after, changed } }: { visit: Visit; adjustment: Adjustment }): Child => (
  <Section id="since" title={say(t('结束后补充的情况', 'What came to light after the close'))}>
    <p>
      {say(
        t(
          `如果计入：${shown(before.tenths)} → ${shown(after.tenths)} 分；成绩不改。`,
          `If it counted: ${shown(before.tenths)} → ${shown(after.tenths)}; the result stays.`,
        ),
      )}
    </p>
    <ul class="steps">
      {changed.map((one) => {
        const [name, period, then, since] = [
          partOf(one.before.part).name,
          spokenPeriod(one.before.period),
          stateNames[one.before.state],
          stateNames[one.after.state],
        ]
        return (
          <li>{say(t(`${name.zh}（${period.zh}）：${then.zh} → ${since.zh}`, `${name.en} (${period.en}): ${then.en} → ${since.en}`))}</li>
        )
      })}
    </ul>
  </Section>
)

const shown = (tenths: number | null) => (tenths === null ? '–' : points(tenths))

/** Only for units that show the order to everyone; nobody is called last. */
const Places = ({ visit, order, own }: { visit: Visit; order: OrderWithin; own: string }) => {
  const { say } = visit
  return (
    <Section id="places" title={say(t('本单位各支部名次', 'The order of the branches'))}>
      <DataTable
        frame={visit}
        caption={say(t('本单位向各支部公开名次', 'This unit shows the order to its branches'))}
        columns={[
          {
            key: 'branch',
            head: say(t('支部', 'Branch')),
            cell: ({ branch }) => (branch.id === own ? `${branch.name} ←` : branch.name),
            by: ({ branch }) => branch.name,
            isHead: true,
          },
          { key: 'place', head: say(t('名次', 'Place')), cell: ({ place }) => place ?? '–', by: ({ place }) => place, isNumber: true },
          { key: 'score', head: say(t('得分', 'Score')), cell: ({ tenths }) => shown(tenths), by: ({ tenths }) => tenths, isNumber: true },
          { key: 'tier', head: say(t('等次', 'Tier')), cell: ({ tenths }) => tierSaid(tierOf(tenths, order.rulebook), say) },
        ]}
        rows={order.rows}
        empty={say(t('还没有名次。', 'There is no order yet.'))}
      />
    </Section>
  )
}
