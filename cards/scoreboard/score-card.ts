import type { ScoreSheet } from '../../db/scoreboard/score-sheet.ts'
import { day, month, type Quarter } from '../../src/calendar.ts'
import { button, type Card, card, coloured, type Element, figures, folded, lines, note, opens, row, strong, words } from '../../src/card.ts'
import { trendChart } from '../../src/charts.ts'
import { form, select } from '../../src/form.ts'
import { isPublic } from '../../src/rules/assessment/stage.ts'
import { tierNames } from '../../src/rules/assessment/year.ts'
import type { Duty } from '../../src/rules/duties/duty.ts'
import { progressOf } from '../../src/rules/duties/progress.ts'
import type { Score, StandardScore } from '../../src/rules/duties/scoring.ts'
import { pointsIn, type StandardGroup, standardGroups } from '../../src/rules/duties/standard-groups.ts'
import { type PartId, partOf } from '../../src/rules/standards/standards.ts'
import { points, spokenQuarter } from '../../src/spoken.ts'
import { asWritten, clipped, joined, labelled, type Text, t } from '../../src/text.ts'
import { basisOf, howItStands, isBehind, marks, periodSaid, periodsOf, worst } from '../../src/words/duties.ts'
import { gainsShown } from '../../src/words/gains.ts'
import { progressFigures } from '../../src/words/progress.ts'
import { changesSaid, formula, named, stageSaid, waitingSaid } from '../../src/words/score.ts'
import { openAppeal } from '../assessment/buttons.ts'
import { openStandard, openWhatIf, stepButtons } from '../duties/buttons.ts'
import { openScore } from './buttons.ts'

/** The platform takes 30 KB. A standard that does not fit keeps its points here and opens to its evidence. */
const MOST_BYTES = 28_500

interface Detail {
  /** Duties are listed with the day that proves them: all, those of the standards with points, or none. */
  duties: 'all' | 'scored' | 'none'
  /** The choice of a standard shows names, cut short where the lists above take the room. */
  names: 'whole' | 'short'
}

const details: readonly Detail[] = [
  { duties: 'all', names: 'whole' },
  { duties: 'all', names: 'short' },
  { duties: 'scored', names: 'whole' },
  { duties: 'scored', names: 'short' },
  { duties: 'none', names: 'whole' },
]

/** A branch's own quarter: the score, each standard with its evidence, and ways to raise it. It names no other branch and no person. */
export function scoreCard(sheet: ScoreSheet, page: string | null = null): Card {
  const cards = details.map((detail) => () => withDetail(sheet, detail, page))
  return (cards.find((made) => bytesOf(made()) <= MOST_BYTES) ?? cards.at(-1))?.() as Card
}

/** The card's size as it travels: a string within the request. */
const bytesOf = (card: Card) => Buffer.byteLength(JSON.stringify(JSON.stringify(card)))

function withDetail(sheet: ScoreSheet, { duties, names }: Detail, page: string | null): Card {
  const { branch, quarter, stage, score, trend, gains, account } = sheet
  const asked = score.standards.filter(({ parts }) => parts.some(({ duties }) => duties.length > 0))
  const [said, changes] = [stageSaid(sheet), changesSaid(sheet)]
  return card(
    labelled(spokenQuarter(quarter), t('考核', 'assessment'), ' '),
    [
      ...headline(sheet),
      said.length > 0 ? note(joined(said, '\n')) : null,
      ...(trend.length > 1 ? [lines(strong(t(`近 ${trend.length} 个季度`, `The last ${trend.length} quarters`))), trendChart(trend)] : []),
      changes ? lines(...changes) : null,
      ...gainsShown(gains.slice(0, MOST_GAINS), sheet, stepButtons),
      ...standardGroups.flatMap((group) => groupShown(group, asked, sheet, duties) ?? []),
      asked.length > 0 ? openForm(sheet, asked, names) : null,
      ...waysOn(sheet, page),
      folded(t('这个分数怎么来的？', 'How is this worked out?'), [lines(formula(account.rulebook.latePercent))]),
    ],
    { colour: 'turquoise', subtitle: asWritten(branch.name), tag: stageTags[stage] },
  )
}

/** The group reads the headline and what is owed. Everything else comes to the one who asks, in their own chat. */
export function shortScoreCard(sheet: ScoreSheet, page: string | null = null): Card {
  const { branch, quarter, stage, gains, score } = sheet
  const [all] = changesSaid(sheet) ?? []
  const ways = waysOn(sheet, page)
  return card(
    labelled(spokenQuarter(quarter), t('考核', 'assessment'), ' '),
    [
      ...headline(sheet),
      all ? lines(all) : null,
      score.waitingTenths > 0 ? note(waitingSaid(score.waitingTenths)) : null,
      ...gainsShown(gains.slice(0, MOST_GAINS), sheet, stepButtons),
      button(t('全部明细', 'The whole score'), openScore.value({ branch: branch.id, quarter }), { type: 'primary_filled', wide: true }),
      ways.length > 0 ? row(...ways) : null,
    ],
    { colour: 'turquoise', subtitle: asWritten(branch.name), tag: stageTags[stage] },
  )
}

function waysOn({ branch, quarter, stage, appealsUntil, now }: ScoreSheet, page: string | null): Element[] {
  const mayAppeal = stage === 'published' && appealsUntil && day(now) <= appealsUntil
  return [
    ...(mayAppeal ? [button(t('申诉', 'Appeal'), openAppeal.value({ branch: branch.id, quarter }))] : []),
    ...(stage === 'final' ? [] : [button(t('算一算：如果……', 'What if …'), openWhatIf.value({ branch: branch.id, quarter }))]),
    ...(page ? [opens(t('网页版', 'On the web'), page)] : []),
  ]
}

/** The characters of a label that still tell one standard from another. */
const SHORT = { zh: 8, en: 9 }

const openForm = ({ branch, quarter }: ScoreSheet, asked: readonly StandardScore<Duty>[], names: Detail['names']) => {
  const label = (standard: number) => {
    const { zh, en } = named(standard)
    // One label for both languages is half the bytes.
    const short = `${clipped(zh, SHORT.zh)} ${clipped(en.replace(/^\(\d+\) /, ''), SHORT.en)}`
    return names === 'whole' ? t(zh, en) : t(short, short)
  }
  const options = asked.map(({ standard }) => ({ label: label(standard), value: String(standard) }))
  return form('toOpen', [select('standard', t('哪一项标准', 'Which standard'), options, { required: true })], {
    label: t('看依据', 'Rule, evidence, formula'),
    value: openStandard.value({ branch: branch.id, quarter }),
  })
}

const MOST_GAINS = 3

const stageTags = {
  running: { text: t('暂计', 'So far'), colour: 'blue' },
  provisional: { text: t('暂计', 'Provisional'), colour: 'blue' },
  undecided: { text: t('待定', 'Undecided'), colour: 'yellow' },
  published: { text: t('已公布', 'Published'), colour: 'orange' },
  final: { text: t('最终', 'Final'), colour: 'green' },
} as const

function headline({ stage, score, tier, account, placeShown }: ScoreSheet): Element[] {
  const duties = dutiesIn(score)
  const scored = stage === 'running' ? t('目前得分', 'So far') : t('得分', 'Score')
  const name = tierNames[tier ?? -1]
  const count = (state: Duty['state']) => String(duties.filter((duty) => duty.state === state).length)
  return [
    figures(
      {
        figure: score.tenths === null ? '–' : points(score.tenths),
        of: name ? t(`${scored.zh} · ${name.zh}`, `${scored.en}, ${name.en}`) : scored,
      },
      { figure: String(score.weightAsked), of: t('已评的分值', 'Points judged') },
      ...(placeShown ? [{ figure: `${placeShown.place}/${placeShown.of}`, of: t('名次', 'Place') }] : []),
    ),
    figures(
      ...(isPublic(stage)
        ? [
            { figure: count('met'), of: t('按期完成', 'Met') },
            { figure: count('met late'), of: t('补办', 'Late') },
            { figure: String(score.stillOpen), of: t('未到期', 'Open') },
          ]
        : progressFigures(progressOf(account.duties))),
    ),
  ]
}

const dutiesIn = (score: Score<Duty>) => score.standards.flatMap(({ parts }) => parts.flatMap(({ duties }) => duties))

function groupShown(
  group: StandardGroup,
  asked: readonly StandardScore<Duty>[],
  sheet: ScoreSheet,
  listed: Detail['duties'],
): Element | null {
  const { name, standards } = group
  const ours = asked.filter(({ standard }) => standards.some(({ id }) => id === standard))
  const [first, last] = [standards[0], standards.at(-1)]
  if (ours.length === 0 || !first || !last) return null
  const earned = pointsIn(group, ours)
  const got = earned
    ? t(`${points(earned.tenths)} / ${earned.weight} 分`, `${points(earned.tenths)} of ${earned.weight}`)
    : t('未计分', 'not scored yet')
  return folded(t(`${first.id}–${last.id} ${name.zh}　${got.zh}`, `${first.id}–${last.id} ${name.en}: ${got.en}`), [
    words(
      joined(
        ours.flatMap((one) => standardLines(one, sheet, listed)),
        '\n',
      ),
    ),
  ])
}

function standardLines(
  { standard, weight, earnedTenths, parts }: StandardScore<Duty>,
  sheet: ScoreSheet,
  listed: Detail['duties'],
): Text[] {
  const asked = parts.filter(({ duties }) => duties.length > 0)
  const basis = basisOf(asked.flatMap(({ duties }) => duties))
  const got =
    earnedTenths === null
      ? t('未计分', 'not scored yet')
      : t(`${points(earnedTenths)} / ${weight} 分`, `${points(earnedTenths)} of ${weight}`)
  const name = named(standard)
  const heading = t(`**${name.zh}** ${got.zh}${basis.zh && ` · ${basis.zh}`}`, `**${name.en}** ${got.en}${basis.en && `, ${basis.en}`}`)
  if (listed === 'none' || (listed === 'scored' && earnedTenths === null)) return [heading]
  const [only, ...others] = asked
  // A judged standard says its judgement beside the points already.
  if (only && others.length === 0 && only.duties.every(({ judged }) => judged)) return [heading]
  const isNamed = (part: PartId) => others.length > 0 || partOf(part).cadence === 'month'
  return [heading, ...asked.map(({ part, duties }) => partLine(part as PartId, duties, isNamed(part as PartId), sheet))]
}

/** One part, one line: each period with the day that proves it. */
function partLine(part: PartId, duties: readonly Duty[], isNamed: boolean, sheet: ScoreSheet): Text {
  const said = joined(
    periodsOf(duties).map((some) => {
      const [period, how] = [periodShown(some, sheet.quarter), howItStands(some, sheet)]
      return t(
        `${marks[worst(some)]} ${period.zh && `${period.zh}：`}${how.zh}`,
        `${marks[worst(some)]} ${period.en && `${period.en}: `}${how.en}`,
      )
    }),
    '；',
    '; ',
  )
  const { name } = partOf(part)
  const line = isNamed ? t(`${name.zh}　${said.zh}`, `${name.en}: ${said.en}`) : said
  return isBehind(duties) ? coloured('orange', line) : line
}

/** A month is not named where its evidence shows the day. */
function periodShown([first, ...others]: readonly Duty[], quarter: Quarter): Text {
  if (!first) return t('', '')
  const isSaid = others.length === 0 && first.evidence && month(first.evidence.at) === first.period
  return isSaid ? t('', '') : periodSaid(first, quarter)
}
