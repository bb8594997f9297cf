import type { BallotAsItStands } from '../../db/ballots/state.ts'
import type { NamedVote } from '../../db/ballots/voter-cards.ts'
import { isYear } from '../calendar.ts'
import type { BallotKind } from '../rules/ballots/electorate.ts'
import type { Subject } from '../rules/ballots/marks.ts'
import { type Circle, circles } from '../rules/ballots/pieces.ts'
import { type CircleTally, leastOf, sumOf, trimmedMeanTenths, unanimous } from '../rules/ballots/tally.ts'
import { markName, scales, uses } from '../rules/ballots/uses.ts'
import { points, spokenMoment } from '../spoken.ts'
import { asWritten, both, joined, labelled, literal, type Text, t } from '../text.ts'
import { decisionLines, matchedIn } from './decisions.ts'
import { writeInName } from './elections.ts'

type Titled = Pick<BallotAsItStands, 'use' | 'title'>

/** `表决 · 选派李华参加培训`; an evaluation is named after its time alone, `2026年民主测评`. */
export const ballotTitle = ({ use, title }: Titled): Text =>
  isOfYear({ use, title }) ? yearSaid(title) : both((l) => `${uses[use].name[l]} · ${literal(title)}`)

/** The title without the kind of vote, as it was typed. */
export const shortTitle = ({ use, title }: Titled): Text => (isOfYear({ use, title }) ? yearSaid(title) : t(title, title))

export const isOfYear = ({ use, title }: Titled): boolean => use === 'evaluation' && isYear(title)
const yearSaid = (year: string): Text => t(`${year}年${uses.evaluation.name.zh}`, `${uses.evaluation.name.en} of ${year}`)

export const closesSaid = ({ closesAt }: Pick<BallotAsItStands, 'closesAt'>): Text =>
  labelled(t('**截止**', '**Closes**'), spokenMoment(closesAt), '  ')

export const reasonSaid = (reason: string): Text => t(`原因：${literal(reason)}`, `Reason: ${literal(reason)}`)

/** Says in one sentence what happens to a vote; a button leads to the full text. */
export const secrecySaid = ({ isSecret }: Pick<BallotAsItStands, 'isSecret'>): Text =>
  isSecret
    ? t(
        '无记名：选票在收到时密封，和投票人分开存放；结束前谁也看不到票数，结束后也查不出谁投了什么。',
        'Secret: each vote is sealed on arrival and kept apart from who voted. Nobody sees a count before the close, or who chose what, ever.',
      )
    : t(
        '记名：结束前可以改，谁也看不到；结束后公布谁投了什么。',
        'Named: it can be changed and nobody sees it until the close; then it is shown who chose what.',
      )

export const turnoutSaid = ({
  voted,
  electors,
  codes,
  codesUsed,
}: Pick<BallotAsItStands, 'voted' | 'electors' | 'codes' | 'codesUsed'>): Text =>
  joined(
    [
      t(`已投 **${voted}** / 应投 ${electors}`, `**${voted}** of ${electors} have voted`),
      ...(codes > 0 ? [t(`凭码 ${codesUsed} / ${codes}`, `by code ${codesUsed} of ${codes}`)] : []),
    ],
    '　',
    ', ',
  )

export const circleNames: Readonly<Record<Circle, Text>> = {
  members: t('党员', 'Members'),
  public: t('群众', 'Staff and the public'),
}

export const tooFew = (kind: BallotKind, circle: Circle): Text =>
  t(`不足 ${leastOf(kind, circle)} 人，不公布`, `fewer than ${leastOf(kind, circle)}, not told`)

/** The result, one line for each subject; members and the public are apart. */
export function resultLines(it: BallotAsItStands): Text[] {
  const { result } = it
  if (result?.outcome !== 'counted') return []
  const isApart = result.codes > 0
  const shown = circles.filter((circle) => circle === 'members' || isApart)
  return [
    ...shown.flatMap((circle) => {
      const tally = result.tally[circle]
      const { zh, en } = circleNames[circle]
      if (!tally) return [t(`**${zh}**：${tooFew(it, circle).zh}`, `**${en}**: ${tooFew(it, circle).en}`)]
      return [...(isApart ? [t(`**${zh}**`, `**${en}**`)] : []), ...circleLines(it, tally, circle)]
    }),
    ...decisionLines(it),
  ]
}

function circleLines(it: BallotAsItStands, tally: CircleTally, circle: Circle): Text[] {
  const { question } = it
  const { counts, writeIns } = tally
  const named = question.subjects.length > 1 || question.scale !== 'stances'
  const rows = question.subjects.map((subject) => ({ subject, chosen: counts[subject.key]?.chosen ?? 0 }))
  const sorted = question.scale === 'chosen' ? rows.toSorted((a, b) => b.chosen - a.chosen) : rows
  return [
    ...sorted.map(({ subject }) => (named ? subjectLine(it, subject, tally, circle) : subjectSaid(it, tally, subject.key, circle))),
    ...matchedIn(it, writeIns)
      .sort((a, b) => b.for - a.for)
      .map((one) => {
        const name = writeInName(one)
        return t(`另选 ${name.zh}：${one.for} 票`, `written in, ${name.en}: ${one.for}`)
      }),
  ]
}

const subjectLine = (it: BallotAsItStands, { key, name }: Subject, tally: CircleTally, circle: Circle): Text => {
  const said = subjectSaid(it, tally, key, circle)
  return t(`**${literal(name)}**　${said.zh}`, `**${literal(name)}**  ${said.en}`)
}

/** The figures of one subject, or the reason why there are none. */
export function subjectSaid(
  it: BallotKind & Pick<BallotAsItStands, 'question'>,
  { counts, withheld }: CircleTally,
  key: string,
  circle: Circle,
): Text {
  if (withheld?.[key] === 'few') return tooFew(it, circle)
  if (withheld?.[key] === 'alike') return t('意见一致，不列票数', 'all answered alike; no figures are told')
  return countsSaid(it, counts[key] ?? {})
}

/** A mark that all chose reveals each vote, so it is told without figures, where it is told at all. */
function countsSaid(
  { use, isSecret, question: { scale } }: Pick<BallotAsItStands, 'use' | 'isSecret' | 'question'>,
  counts: Record<string, number>,
): Text {
  if (scale === 'score') {
    const mean = trimmedMeanTenths(counts)
    return mean === null ? t('不足 3 个评分', 'fewer than 3 scores') : t(`${points(mean)} 分`, `${points(mean)} points`)
  }
  const all = isSecret && uses[use].least > 0 ? unanimous(counts) : null
  if (all === 'chosen') return t('一致推荐', 'chosen by all')
  if (scale === 'chosen') return t(`${counts.chosen ?? 0} 票`, `${counts.chosen ?? 0}`)
  if (all !== null) return labelled(t('一致', 'unanimous'), markName(scale, all))
  const shown = scales[scale].values.filter((value) => scale === 'stances' || (counts[value] ?? 0) > 0)
  const given = shown.map((value) => both((l) => `${markName(scale, value)[l]} ${counts[value] ?? 0}`))
  const mean = scale === 'agreement' ? [meanSaid(counts)] : []
  return joined([...given, ...mean], ' · ')
}

function meanSaid(counts: Record<string, number>): Text {
  const sum = Object.entries(counts).reduce((all, [value, count]) => all + Number(value) * count, 0)
  const tenths = Math.floor((20 * sum + sumOf(counts)) / (2 * sumOf(counts)))
  return t(`平均 ${points(tenths)}`, `mean ${points(tenths)}`)
}

/** The choices of a named ballot: by choice, or score by score. */
export function namedLines({ question: { scale, subjects } }: Pick<BallotAsItStands, 'question'>, votes: readonly NamedVote[]): Text[] {
  const listed = (names: readonly string[]) => joined(names.map(asWritten), '、', ', ')
  const rows = subjects.flatMap(({ key, name }) =>
    scales[scale].values.flatMap((value) => {
      const names = votes.filter(({ marks }) => marks.some(([subject, given]) => subject === key && given === value)).map((one) => one.name)
      if (names.length === 0 || value === 'passed') return []
      const [what, who] = [markName(scale, value), listed(names)]
      // “李华 推荐：王芳” reads as if 李华 had chosen.
      if (value === 'chosen') return [t(`推荐${literal(name)}的：${who.zh}`, `${literal(name)} was chosen by: ${who.en}`)]
      const of = subjects.length > 1 ? `${literal(name)} ` : ''
      return [t(`${of}${what.zh}：${who.zh}`, `${of}${what.en}: ${who.en}`)]
    }),
  )
  const written = votes
    .filter(({ writeIns }) => writeIns.length > 0)
    .map(({ name, writeIns }) =>
      t(`另选 ${literal(writeIns.join('、'))}：${literal(name)}`, `written in, ${literal(writeIns.join(', '))}: ${literal(name)}`),
    )
  return [...rows, ...written]
}
