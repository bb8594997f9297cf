import type { ElectionThere } from '../../db/gatherings/votes-held.ts'
import { outcomeOf } from '../rules/meeting-votes/elections.ts'
import { both, joined, type Text, t } from '../text.ts'
import { outcomeLines, roundTitle } from './elections.ts'
import { notCounted, notQuorate } from './resolutions.ts'

/** A line for each vote of a meeting's elections, with its outcome. `isQuorate` is the meeting's own, null until it is closed. */
export const electionLines = (all: readonly ElectionThere[], isQuorate: boolean | null): Text[] =>
  all
    .filter(({ ballot }) => ballot?.state !== 'cancelled')
    .map((one, nth) => {
      const [title, came] = [roundTitle(one, all), joined(cameOut(one, all, isQuorate), '\n')]
      return both((l) => `${nth + 1}. ${title[l]}\n${came[l]}`)
    })

/** Says who is elected, or how far the vote is. */
export function cameOut(one: ElectionThere, all: readonly ElectionThere[], isQuorate: boolean | null): Text[] {
  const outcome = outcomeOf(one, all)
  if (!outcome) return [one.ballot ? notCounted[one.ballot.state] : t('正在投票、计票', 'being voted on and counted')]
  return [...outcomeLines(outcome), ...(isQuorate === false ? [notQuorate] : [])]
}
