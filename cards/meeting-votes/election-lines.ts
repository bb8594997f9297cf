import type { ElectionThere } from '../../db/gatherings/votes-held.ts'
import { type Element, figures, fittingLines, lines } from '../../src/card.ts'
import { stanceNames } from '../../src/rules/ballots/uses.ts'
import { asWritten, both, literal, type Text, t } from '../../src/text.ts'
import { writeInName } from '../../src/words/elections.ts'

/** The people who may elect: how many were expected, and how many are there. */
export const electionVoters = ({ expectedVoters, presentVoters }: { expectedVoters: number; presentVoters: number }): Element =>
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
    ...sheet.writeIns.map((one) => {
      const name = writeInName(one)
      return t(`另选 ${name.zh}  ${stanceNames.for.zh} **${one.for}**`, `written in, ${name.en}  ${stanceNames.for.en} **${one.for}**`)
    }),
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
