import type { ResolutionThere } from '../../db/gatherings/votes-held.ts'
import { coloured } from '../card.ts'
import { stanceNames, stances } from '../rules/ballots/uses.ts'
import { isCarried } from '../rules/gatherings/quorum.ts'
import { type Hands, matterNames } from '../rules/meeting-votes/resolutions.ts'
import { sumOfViews, viewsApart } from '../rules/meeting-votes/written-views.ts'
import { asWritten, both, joined, labelled, type Text, t } from '../text.ts'

/** `选派李华参加培训`, with the matter where it is more than an ordinary one. */
export const resolutionTitle = ({ words, matter }: Pick<ResolutionThere, 'words' | 'matter'>): Text =>
  matter === 'ordinary' ? asWritten(words) : labelled(matterNames[matter], asWritten(words), ' · ')

/**
 * A line for each resolution with its outcome. `isQuorate` is the meeting's own, null until it is closed; without a quorum no resolution
 * counts.
 */
export const resolutionLines = (all: readonly ResolutionThere[], isQuorate: boolean | null): Text[] =>
  all
    .filter(({ ballot }) => ballot?.state !== 'cancelled')
    .map((one, nth) =>
      labelled(
        both((l) => `${nth + 1}. ${resolutionTitle(one)[l]}`),
        cameOut(one, isQuorate),
      ),
    )

/** Says the outcome, with the figures that measure it. */
export function cameOut(it: ResolutionThere, isQuorate: boolean | null): Text {
  const { votes, views, expectedVoters, presentVoters, ballot } = it
  if (!votes) return ballot ? notCounted[ballot.state] : notHeld(it)
  const is = isCarried({ expectedVoters, presentVoters, approvals: votes.for })
  const verdict = is ? coloured('green', t('通过', 'carried')) : coloured('orange', t('未通过', 'not carried'))
  const figures = joined(
    stances.map((stance) => both((l) => `${stanceNames[stance][l]} ${votes[stance]}`)),
    ' · ',
  )
  const of = t(`（应到 ${expectedVoters} 人）`, ` (${expectedVoters} expected)`)
  const invalid = isQuorate === false ? notQuorate : t('', '')
  return joined([labelled(verdict, figures, '，', ', '), of, viewsSaid(views), invalid], '')
}

/** The written views among the votes: fewer than three by their number alone. */
export function viewsSaid(views: Hands | null): Text {
  const number = views ? sumOfViews(views) : 0
  if (!views || number === 0) return t('', '')
  const apart = viewsApart(views)
  const stancesOf = (l: 'zh' | 'en') =>
    apart ? `${l === 'zh' ? '：' : ': '}${stances.map((stance) => `${stanceNames[stance][l]} ${apart[stance]}`).join(' · ')}` : ''
  return t(`，含书面意见 ${number} 份${stancesOf('zh')}`, `, ${number} of them written views${stancesOf('en')}`)
}

/** How far a vote without a ballot by card is. */
function notHeld({ manner, paper }: ResolutionThere): Text {
  if (manner === null) return t('还没有开始投票', 'not open yet')
  if (manner !== 'paper') return t('', '')
  if (!paper) return t('纸质选票，正在投票、计票', 'on paper, being voted on and counted')
  if (paper.confirmedAt === null)
    return t(
      `纸质选票，等${asWritten(paper.scrutineerName).zh}核对`,
      `on paper, waiting for ${asWritten(paper.scrutineerName).en} to confirm`,
    )
  return coloured(
    'orange',
    t('无效：收回的选票多于发出的选票，请重新投票', 'void: more ballots came back than were handed out; please vote again'),
  )
}

/** Replaces the outcome of a vote in a meeting without a quorum. */
export const notQuorate = coloured('orange', t('会议人数不足，不作数', ' – no quorum at the meeting, so it does not stand'))

/** Replaces the figures that a vote by card does not have. */
export const notCounted: Readonly<Record<NonNullable<ResolutionThere['ballot']>['state'], Text>> = {
  open: t('正在投票', 'being voted on'),
  counting: t('正在计票', 'being counted'),
  counted: t('', ''),
  few: t('没有人投票', 'nobody voted'),
  unsound: t('票数对不上，结果不公布，请重新投票', 'the figures do not agree, so the result is withheld; please vote again'),
  cancelled: t('投票已取消', 'the vote was cancelled'),
}
