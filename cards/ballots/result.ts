import * as z from 'zod'
import * as messages from '../../db/ballots/messages.ts'
import { type BallotAsItStands, ballotAsItStands } from '../../db/ballots/state.ts'
import { type NamedVote, namedVotesOf, receiptsOf } from '../../db/ballots/voter-cards.ts'
import { actorById } from '../../db/branches/members.ts'
import { lookUp, together } from '../../db/client.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { ballotLink } from '../../db/pages/links.ts'
import { button, type Card, card, lines, note, opens, row } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOfBallot } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { uses } from '../../src/rules/ballots/uses.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { asWritten, labelled, t } from '../../src/text.ts'
import { fileView, view } from '../../src/view.ts'
import { exportOf, fingerprintSaid } from '../../src/words/ballot-export.ts'
import { ballotTitle, namedLines, resultLines, turnoutSaid } from '../../src/words/ballots.ts'
import { changesSaid, codesSaid, electorsSaid } from '../../src/words/electorate.ts'
import { leftOutSaid, withheldSaid } from '../../src/words/withheld.ts'
import { receiptsList, resultShown } from './outcome.ts'

interface Shown {
  receipts: readonly string[]
  named: readonly NamedVote[]
  page: string | null
  /** The organiser gets the ballot as a file, to be counted again. */
  isOrganiser: boolean
}

/** The result: for the group where it is public, else for people who may open ballots there. */
export function ballotResultCard(it: BallotAsItStands, { receipts, named, page, isOrganiser }: Shown): Card {
  const fingerprint = fingerprintSaid(it, receipts)
  const [withheld, leftOut] = [withheldSaid(it), leftOutSaid(it)]
  const results = [...resultLines(it), ...(it.result?.outcome === 'counted' ? namedLines(it, named) : [])]
  return card(
    labelled(t('结果', 'Result'), ballotTitle(it), ' · '),
    [
      lines(turnoutSaid(it), electorsSaid(it), ...changesSaid(it), codesSaid(it)),
      withheld ? lines(withheld) : null,
      leftOut ? lines(leftOut) : null,
      ...resultShown(results),
      receiptsList(receipts),
      page || isOrganiser
        ? row(
            ...(page ? [opens(t('网页版', 'On the web'), page)] : []),
            ...(isOrganiser ? [button(t('导出核对文件', 'Export, to be verified'), exportPress.value({ ballot: it.id }))] : []),
          )
        : null,
      uses[it.use].toldTo === 'organisers'
        ? note(
            t(
              '只发给组织者；请按规定使用，不在群里公布。',
              'For the organisers alone; to be used as the rules say, not shown in the group.',
            ),
          )
        : null,
      fingerprint ? note(fingerprint) : null,
    ],
    { colour: 'green', subtitle: asWritten(it.ownerName) },
  )
}

export const ballotResult = view({
  message: messages.ballotResult,
  async show(db, { ballot, viewer }, now, pages) {
    const [it, [actor], named] = await lookUp(db, [ballotAsItStands(db, ballot), actorById(db, viewer ?? ''), namedVotesOf(db, ballot)])
    if (!it?.result) return null
    if (uses[it.use].toldTo === 'organisers' && !may(actor ?? null, 'openBallot', placeOfBallot(it))) return null
    const person = uses[it.use].toldTo === 'organisers' ? (viewer ?? null) : null
    return ballotResultCard(it, {
      receipts: await receiptsOf(db, it.id),
      named,
      page: await pages.url(ballotLink('ballot', it, person, now)),
      isOrganiser: may(actor ?? null, 'openBallot', placeOfBallot(it)),
    })
  },
})

/** The ballot as a file for people who may run it; `npm run verify-ballot` counts it again. */
export const ballotExport = fileView({
  name: 'ballotExport',
  takes: z.object({ ballot: id, viewer: id }),
  async make(db, { ballot, viewer }) {
    const [it, [actor]] = await lookUp(db, [ballotAsItStands(db, ballot), actorById(db, viewer)])
    const exported = it && may(actor ?? null, 'openBallot', placeOfBallot(it)) ? exportOf(it, await receiptsOf(db, it.id)) : null
    if (!exported) return null
    const title = exported.ballot.title.replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ').slice(0, 40)
    return { name: `投票 ${title}.json`, bytes: new TextEncoder().encode(JSON.stringify(exported, null, 1)) }
  },
})

export const exportPress = press({
  name: 'ballotResult.export',
  rights: ['openBallot'],
  sends: z.object({ ballot: id }),
  look: ({ db }, { ballot }) => [ballotAsItStands(db, ballot)] as const,
  async answer(ctx, { ballot }, [found]) {
    const { actor, db, now, eventId } = memberOrRefuse(ctx)
    const { result } = foundOrRefuse(actor, 'openBallot', found, placeOfBallot)
    if (!result) refuse('还没有计票，结束后再导出。', 'It is not counted yet; please export it after the close.')
    const shown = ballotExport.args({ ballot, viewer: actor.id })
    await together(db, [enqueue(db, { occasion: `export ${eventId}`, to: { person: actor.openId }, ...shown, dueAt: now, lane: 'answer' })])
    return { toast: t('已发在私聊里。', 'It is in your direct chat.'), mood: 'success' }
  },
})
