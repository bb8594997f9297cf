import type { ElectionThere } from '../../db/gatherings/votes-held.ts'
import { type Element, figures, fittingLines, lines } from '../../src/card.ts'
import { stanceNames } from '../../src/rules/ballots/uses.ts'
import { outcomeOf } from '../../src/rules/meeting-votes/elections.ts'
import { asWritten, both, joined, literal, type Text, t } from '../../src/text.ts'
import { outcomeLines, roundTitle } from '../../src/words/elections.ts'
import { notCounted, notQuorate } from './resolution-lines.ts'

/** Each vote of a meeting's elections with what became of it. `isQuorate` is the meeting's own, once it is closed. */
export const electionLines = (all: readonly ElectionThere[], isQuorate: boolean | null): Text[] =>
  all
    .filter(({ ballot }) => ballot?.state !== 'cancelled')
    .map((one, nth) => {
      const [title, came] = [roundTitle(one, all), joined(cameOut(one, all, isQuorate), '\n')]
      return both((l) => `${nth + 1}. ${title[l]}\n${came[l]}`)
    })

/** Who is elected, or how far it is. */
export function cameOut(one: ElectionThere, all: readonly ElectionThere[], isQuorate: boolean | null): Text[] {
  const outcome = outcomeOf(one, all)
  if (!outcome) return [one.ballot ? notCounted[one.ballot.state] : t('正在投票、计票', 'being voted on and counted')]
  return [...outcomeLines(outcome), ...(isQuorate === false ? [notQuorate] : [])]
}

/** Of those who may elect: how many were expected, and how many are there. */
export const voters = ({ expectedVoters, presentVoters }: { expectedVoters: number; presentVoters: number }): Element =>
  figures(
    { figure: String(expectedVoters), of: t('应到有选举权', 'Voters expected') },
    { figure: String(presentVoters), of: t('到会', 'Present') },
  )

const VOTES_BYTES = 6_500

/** Each nominee's figures, in the order of the ballot. */
export function votesOf({ nominees, sheet }: ElectionThere): Element | null {
  if (!sheet || sheet.votes.length === 0) return null
  const all = [
    ...nominees.map(({ name }, nth) => {
      const votes = sheet.votes[nth] ?? { for: 0, against: 0, abstain: 0 }
      return both(
        (l) =>
          `${literal(name)}  ${stanceNames.for[l]} **${votes.for}** · ${stanceNames.against[l]} ${votes.against} · ${stanceNames.abstain[l]} ${votes.abstain}`,
      )
    }),
    ...sheet.writeIns.map(({ name, for: votes }) =>
      t(`另选 ${literal(name)}  ${stanceNames.for.zh} **${votes}**`, `written in, ${literal(name)}  ${stanceNames.for.en} **${votes}**`),
    ),
  ]
  return lines(...fittingLines(all, VOTES_BYTES))
}

export function whence({ sheet, sheetByName, ballot }: ElectionThere): Text {
  const { handedOut = 0, returned = 0, invalid = 0 } = sheet ?? {}
  if (ballot) return t(`卡片投票：发出 ${handedOut} 张，收回 ${returned} 张。`, `By card: ${handedOut} sent, ${returned} returned.`)
  return t(
    `发出 ${handedOut} 张，收回 ${returned} 张，废票 ${invalid} 张；${asWritten(sheetByName ?? '').zh}填写。`,
    `${handedOut} handed out, ${returned} returned, ${invalid} invalid; entered by ${asWritten(sheetByName ?? '').en}.`,
  )
}
