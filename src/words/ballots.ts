import type { BallotAsItStands, BallotResult } from '../../db/ballot-standing.ts'
import type { Subject } from '../rules/ballot-marks.ts'
import { type CircleTally, sumOf, trimmedMeanTenths, unanimous } from '../rules/ballot-tally.ts'
import { markName, scales, uses } from '../rules/ballot-uses.ts'
import { outcomeIn } from '../rules/elections.ts'
import { isCarried } from '../rules/quorum.ts'
import { points, spokenMoment } from '../spoken.ts'
import { both, joined, literal, type Text, t } from '../text.ts'
import { outcomeLines } from './elections.ts'

/** `表决 · 选派李华参加培训` */
export const ballotTitle = ({ use, title }: Pick<BallotAsItStands, 'use' | 'title'>): Text =>
  both((l) => `${uses[use].name[l]} · ${literal(title)}`)

export const closesSaid = ({ closesAt }: Pick<BallotAsItStands, 'closesAt'>): Text =>
  both((l) => `${{ zh: '**截止**', en: '**Closes**' }[l]}  ${spokenMoment(closesAt)[l]}`)

/** What becomes of a vote, in one sentence; the whole of it is a button away. */
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

/** Why there is a turnout and no figures, where that is so. */
export function withheldSaid(it: BallotAsItStands): Text | null {
  const { result, use } = it
  if (!result) return it.closedAt ? t('已经截止，正在计票。', 'Closed; the votes are being counted.') : null
  if (result.outcome === 'unsound')
    return t(
      '票数和投票人数对不上，结果不公布；管理员已收到通知，请重新投票。',
      'The figures do not agree with the turnout, so the result is withheld; the administrators have been told. Please vote again.',
    )
  if (result.outcome === 'few' && uses[use].least === 0) return t('没有人投票，没有结果。', 'Nobody voted, so there is no result.')
  if (result.outcome === 'few')
    return t(
      `参加的不足 ${uses[use].least} 人，说出票数就看得出谁投了什么，所以只公布人数。`,
      `Fewer than ${uses[use].least} took part; figures would show who chose what, so only the turnout is told.`,
    )
  return null
}

/** What came out, a line for each thing voted on; of members and of the public apart. */
export function resultLines(it: BallotAsItStands): Text[] {
  const { result } = it
  if (result?.outcome !== 'counted') return []
  const { members, public: others } = result.tally
  const isApart = result.codes > 0
  return [
    ...(members
      ? [...(isApart ? [t('**党员**', '**Members**')] : []), ...circleLines(it, members)]
      : isApart
        ? [tooFew(t('党员', 'Members'), it)]
        : []),
    ...(isApart
      ? others
        ? [t('**群众**', '**Staff and the public**'), ...circleLines(it, others)]
        : [tooFew(t('群众', 'Staff and the public'), it)]
      : []),
    ...carriedSaid(it, result),
    ...electedSaid(it, result),
  ]
}

const tooFew = (circle: Text, { use }: BallotAsItStands): Text =>
  t(`**${circle.zh}**：不足 ${uses[use].least} 人，不公布`, `**${circle.en}**: fewer than ${uses[use].least}, not told`)

function circleLines(it: BallotAsItStands, { counts, writeIns }: CircleTally): Text[] {
  const { question } = it
  const named = question.subjects.length > 1 || question.scale !== 'stances'
  const rows = question.subjects.map((subject) => ({ subject, counts: counts[subject.key] ?? {} }))
  const sorted = question.scale === 'chosen' ? rows.toSorted((a, b) => (b.counts.chosen ?? 0) - (a.counts.chosen ?? 0)) : rows
  return [
    ...sorted.map(({ subject, counts }) => (named ? subjectLine(it, subject, counts) : countsSaid(it, counts))),
    ...Object.entries(writeIns)
      .filter(([name]) => name !== '')
      .sort(([, a], [, b]) => b - a)
      .map(([name, count]) => t(`另选 ${literal(name)}：${count} 票`, `written in, ${literal(name)}: ${count}`)),
  ]
}

const subjectLine = (it: BallotAsItStands, { name }: Subject, counts: Record<string, number>): Text => {
  const said = countsSaid(it, counts)
  return t(`**${literal(name)}**　${said.zh}`, `**${literal(name)}**  ${said.en}`)
}

/** The figures of one subject. What all chose alike says how each voted: of a pulse not even that is told. */
export function countsSaid({ use, question: { scale } }: Pick<BallotAsItStands, 'use' | 'question'>, counts: Record<string, number>): Text {
  if (scale === 'score') {
    const mean = trimmedMeanTenths(counts)
    return mean === null ? t('不足 3 个评分', 'fewer than 3 scores') : t(`${points(mean)} 分`, `${points(mean)} points`)
  }
  if (scale === 'chosen') return t(`${counts.chosen ?? 0} 票`, `${counts.chosen ?? 0}`)
  const all = uses[use].least > 0 ? unanimous(counts) : null
  if (all !== null && use === 'pulse') return t('意见一致，不列票数', 'all answered alike; no figures are told')
  if (all !== null) return both((l) => `${{ zh: '一致：', en: 'unanimous: ' }[l]}${markName(scale, all)[l]}`)
  const given = scales[scale].values.map((value) => both((l) => `${markName(scale, value)[l]} ${counts[value] ?? 0}`))
  const mean = scale === 'agreement' ? [meanSaid(counts)] : []
  return joined([...given, ...mean], ' · ')
}

function meanSaid(counts: Record<string, number>): Text {
  const sum = Object.entries(counts).reduce((all, [value, count]) => all + Number(value) * count, 0)
  const tenths = Math.floor((20 * sum + sumOf(counts)) / (2 * sumOf(counts)))
  return t(`平均 ${points(tenths)}`, `mean ${points(tenths)}`)
}

/** Of a resolution, whether it is carried, with both figures that it is measured by. */
function carriedSaid(it: BallotAsItStands, result: BallotResult): Text[] {
  if (it.use !== 'resolution') return []
  const approvals = result.tally.members?.counts[it.question.subjects[0]?.key ?? '']?.for ?? 0
  const [expectedVoters, presentVoters] = [it.expectedVoters ?? result.expected, it.presentVoters ?? result.voted]
  const is = isCarried({ expectedVoters, presentVoters, approvals })
  return [
    t(
      `**${is ? '通过' : '未通过'}**（应到有表决权 ${expectedVoters} 人，${it.presentVoters === null ? '参加' : '到会'} ${presentVoters} 人；赞成须超过应到的半数）`,
      `**${is ? 'Carried' : 'Not carried'}** (${expectedVoters} voters expected, ${presentVoters} ${it.presentVoters === null ? 'took part' : 'present'}; approvals must exceed half of those expected)`,
    ),
  ]
}

/** Of an election, who is elected: by more than half of the voters who were there. Seats are not filled by it. */
function electedSaid({ use, question, presentVoters }: BallotAsItStands, { tally, expected }: BallotResult): Text[] {
  const { counts = {}, writeIns = {} } = tally.members ?? {}
  if (use !== 'election') return []
  const candidates = [
    ...question.subjects.map(({ key, name }) => ({ name, member: null, votes: counts[key]?.for ?? 0 })),
    ...Object.entries(writeIns).flatMap(([name, votes]) => (name === '' ? [] : [{ name, member: null, votes }])),
  ]
  return outcomeLines(
    outcomeIn({ seats: question.most ?? 1, presentVoters: presentVoters ?? expected, isRunOff: question.isRunOff ?? false }, candidates),
  )
}
