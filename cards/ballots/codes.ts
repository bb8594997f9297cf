import { codesPlace } from '../../db/ballots/codes.ts'
import * as messages from '../../db/ballots/messages.ts'
import { type BallotAsItStands, ballotAsItStands } from '../../db/ballots/state.ts'
import { lookUp } from '../../db/client.ts'
import { publicLink } from '../../db/pages/links.ts'
import { type Element, opens } from '../../src/card.ts'
import { t } from '../../src/text.ts'
import { fileView, type Pages } from '../../src/view.ts'
import { ballotTitle } from '../../src/words/ballots.ts'

/** The page where the organiser makes codes for people without an account. Null without an open evaluation ballot or a web address. */
export async function codesPage(pages: Pages, it: BallotAsItStands, viewer: string, now: Date): Promise<string | null> {
  if (it.use !== 'evaluation' || it.closedAt || it.cancelledAt || now >= it.closesAt) return null
  return pages.url(publicLink('ballotCodes', it, viewer, now))
}

export const codesButton = (page: string): Element => opens(t('群众投票码…', 'Codes for the public…'), page)

/** The codes just made, for the person who made them. They wait sealed, and nothing keeps them once this file is sent. */
export const codeSheet = fileView({
  message: messages.codeSheet,
  async make(db, { ballot, codes }, now, { pages, box }) {
    const [it] = await lookUp(db, [ballotAsItStands(db, ballot)])
    const page = it && (await pages.url(publicLink('publicBallot', it, null, now)))
    if (!it || !page) return null
    const { codeSheet } = await import('../../src/spreadsheet/code-sheet.ts')
    const title = ballotTitle(it)[it.unitLanguage]
    const bytes = await codeSheet(it.unitLanguage, title, page, box.sealing.reveal(codesPlace(ballot), codes).split(' '))
    return { name: it.unitLanguage === 'zh' ? '投票码.xlsx' : 'codes.xlsx', bytes }
  },
})
