import type { ResolutionThere } from '../../db/gatherings/votes-held.ts'
import { coloured } from '../card.ts'
import { stanceNames, stances } from '../rules/ballots/uses.ts'
import { isCarried } from '../rules/gatherings/quorum.ts'
import { matterNames } from '../rules/meeting-votes/resolutions.ts'
import { asWritten, both, joined, type Text, t } from '../text.ts'

/** `选派李华参加培训`, with the matter where it is more than an ordinary one. */
export const resolutionTitle = ({ words, matter }: Pick<ResolutionThere, 'words' | 'matter'>): Text =>
  matter === 'ordinary' ? asWritten(words) : both((l) => `${matterNames[matter][l]} · ${asWritten(words)[l]}`)

/**
 * A line for each resolution with its outcome. `isQuorate` is the meeting's own, null until it is closed; without a quorum no resolution
 * counts.
 */
export const resolutionLines = (all: readonly ResolutionThere[], isQuorate: boolean | null): Text[] =>
  all
    .filter(({ ballot }) => ballot?.state !== 'cancelled')
    .map((one, nth) => both((l) => `${nth + 1}. ${resolutionTitle(one)[l]}${{ zh: '：', en: ': ' }[l]}${cameOut(one, isQuorate)[l]}`))

/** Says the outcome, with the figures that measure it. */
export function cameOut({ votes, expectedVoters, presentVoters, ballot }: ResolutionThere, isQuorate: boolean | null): Text {
  if (!votes) return ballot ? notCounted[ballot.state] : t('', '')
  const is = isCarried({ expectedVoters, presentVoters, approvals: votes.for })
  const verdict = is ? coloured('green', t('通过', 'carried')) : coloured('orange', t('未通过', 'not carried'))
  const figures = joined(
    stances.map((stance) => both((l) => `${stanceNames[stance][l]} ${votes[stance]}`)),
    ' · ',
  )
  const of = t(`（应到 ${expectedVoters} 人）`, ` (${expectedVoters} expected)`)
  const invalid = isQuorate === false ? notQuorate : t('', '')
  return both((l) => `${verdict[l]}${{ zh: '，', en: ', ' }[l]}${figures[l]}${of[l]}${invalid[l]}`)
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
