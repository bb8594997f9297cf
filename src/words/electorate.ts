import type { Addition, CodeSheet, Extension } from '../../db/ballots/changes.ts'
import type { BallotAsItStands } from '../../db/ballots/state.ts'
import { type ElectorateKind, isGuessable, mayDecide, votesToClose } from '../rules/ballots/electorate.ts'
import { spokenMoment } from '../spoken.ts'
import { asWritten, both, clipped, counted, labelled, listed, literal, type Text, t } from '../text.ts'
import { movesSaid } from './base-moves.ts'

export const electorateNames: Readonly<Record<ElectorateKind, Text>> = {
  all: t('全体有投票权的党员', 'all members who have a vote'),
  committee: t('支委', 'the branch’s committee'),
  chosen: t('发起人选出的人', 'people whom the opener chose'),
}

const ofMeeting = t('到会有表决权的人', 'the voters who are at the meeting')

/** Tells a voter how many vote and how they were found. */
export function electorsSaid({ electors, electorate, gathering }: Pick<BallotAsItStands, 'electors' | 'electorate' | 'gathering'>): Text {
  const { zh, en } = gathering === null ? electorateNames[electorate] : ofMeeting
  return labelled(t('**应投**', '**Voters**'), t(`${electors} 人，${zh}`, `${electors}, ${en}`), '  ')
}

/** Warns of a circle in which votes can be guessed. Null where it is large enough, or the vote is named. */
export const guessableSaid = (it: Pick<BallotAsItStands, 'isSecret' | 'electors'>): Text | null =>
  isGuessable(it, it.electors)
    ? t(
        `只有 ${it.electors} 人投票：从公布的票数可能猜得出谁投了什么。`,
        `Only ${counted(it.electors, 'person votes', 'people vote')}: the figures that are told can let others guess who chose what.`,
      )
    : null

/** Says from when the organiser may close it; null once that is so. */
export function notYetClosable(it: BallotAsItStands): Text | null {
  const needed = votesToClose(it, it.electors)
  if (it.voted >= needed) return null
  return t(
    `满 ${needed} 人投了才能提前结束；到截止时间自动结束。`,
    `It can be closed early once ${needed} have voted; it closes by itself at its time.`,
  )
}

/** The view of chosen people decides nothing for the branch. Null where everybody with the vote was asked. */
export const opinionSaid = (it: Pick<BallotAsItStands, 'electorate' | 'gathering' | 'result'>): Text | null =>
  it.result?.outcome === 'counted' && !mayDecide(it)
    ? t(
        `以上 ${it.result.voted} 人的意见，不是支部决议。`,
        `This is the view of ${counted(it.result.voted, 'person', 'people')} and no resolution of the branch.`,
      )
    : null

const MOST_TOLD = 2
const LONGEST_NAME = 10

/** Everything that moved the base, the list or the time, each with its hand and moment. */
export const changesSaid = (
  { gathering, baseMoves, additions, extensions }: Pick<BallotAsItStands, 'gathering' | 'baseMoves' | 'additions' | 'extensions'>,
  most = MOST_TOLD,
): Text[] => [
  ...movesSaid(baseMoves, { most, isInMeeting: gathering !== null }),
  ...shortened(additions.map(additionSaid), most),
  ...shortened(extensions.map(extensionSaid), most),
]

/** The latest are told, with short names: a card holds 30 KB. The page on the web has room for all. */
function shortened(all: readonly Text[], most: number): readonly Text[] {
  const left = all.length - most
  return left > 0 ? [...all.slice(left), t(`另有 ${left} 次更早的变动`, `and ${left} earlier changes`)] : all
}

const additionSaid = ({ people, byName, at }: Addition): Text =>
  both((l) => t(`名单后加 ${people} 人`, `${people} added to the list`)[l] + byWhom({ byName, at })[l])

const extensionSaid = ({ from, to, byName, at }: Extension): Text =>
  both(
    (l) =>
      t(`截止从${spokenMoment(from).zh}延到${spokenMoment(to).zh}`, `Put off from ${spokenMoment(from).en} to ${spokenMoment(to).en}`)[l] +
      byWhom({ byName, at })[l],
  )

const byWhom = ({ byName, at }: { byName: string; at: Date }): Text =>
  both((l) => {
    const [name, moment] = [literal(clipped(byName, LONGEST_NAME)), spokenMoment(at)[l]]
    return t(`（${name}，${moment}）`, ` (${name}, ${moment})`)[l]
  })

/** Names the makers of the public's codes, how many each made, and what a maker could do with them. */
export function codesSaid({ codeSheets, codesUsed }: Pick<BallotAsItStands, 'codeSheets' | 'codesUsed'>): Text | null {
  if (codeSheets.length === 0) return null
  const makers = Object.values(Object.groupBy(codeSheets, ({ by }) => by)).flatMap((sheets) => (sheets ? [madeBy(sheets)] : []))
  const { zh, en } = listed(makers)
  return t(
    `群众投票码：${zh}，用了 ${codesUsed} 个。生成的人见过全部的码，可能自己用掉没发出去的。`,
    `Codes for the public: ${en}; ${codesUsed} used. Their maker has seen them all and could have cast those that were not handed out.`,
  )
}

function madeBy(sheets: readonly CodeSheet[]): Text {
  const name = asWritten(clipped(sheets[0]?.byName ?? '', LONGEST_NAME))
  const codes = sheets.reduce((sum, sheet) => sum + sheet.codes, 0)
  return t(`${name.zh}生成 ${codes} 个`, `${name.en} made ${codes}`)
}
