import * as z from 'zod'
import { type NamedVote, namedVotesOf, receiptsOf } from '../db/ballot-cards.ts'
import { type BallotAsItStands, ballotAsItStands } from '../db/ballot-standing.ts'
import { lookUp } from '../db/client.ts'
import { ballotLink } from '../db/links.ts'
import { actorById } from '../db/members.ts'
import { type Card, card, lines, note, opens } from '../src/card.ts'
import { placeOfBallot } from '../src/context.ts'
import { id } from '../src/press.ts'
import { uses } from '../src/rules/ballot-uses.ts'
import { may } from '../src/rules/rights.ts'
import { asWritten, both, t } from '../src/text.ts'
import { view } from '../src/view.ts'
import { ballotTitle, namedLines, resultLines, turnoutSaid, withheldSaid } from '../src/words/ballots.ts'
import { receiptsList, resultShown } from './ballot-outcome.ts'

/** What came out: for the group where it is for everybody, else for whoever may open ballots there. */
export function resultCard(
  it: BallotAsItStands,
  receipts: readonly string[],
  named: readonly NamedVote[] = [],
  page: string | null = null,
): Card {
  const withheld = withheldSaid(it)
  const results = [...resultLines(it), ...(it.result?.outcome === 'counted' ? namedLines(it, named) : [])]
  return card(
    both((l) => `${{ zh: '结果', en: 'Result' }[l]} · ${ballotTitle(it)[l]}`),
    [
      lines(turnoutSaid(it)),
      withheld ? lines(withheld) : null,
      ...resultShown(results),
      receiptsList(receipts),
      page ? opens(t('网页版', 'On the web'), page) : null,
      uses[it.use].toldTo === 'organisers'
        ? note(
            t(
              '只发给组织者；请按规定使用，不在群里公布。',
              'For the organisers alone; to be used as the rules say, not shown in the group.',
            ),
          )
        : null,
    ],
    { colour: 'green', subtitle: asWritten(it.ownerName) },
  )
}

export const ballotResult = view({
  name: 'ballotResult',
  takes: z.object({ ballot: id, viewer: id.optional() }),
  async show(db, { ballot, viewer }, now, pages) {
    const [it, [actor], named] = await lookUp(db, [ballotAsItStands(db, ballot), actorById(db, viewer ?? ''), namedVotesOf(db, ballot)])
    if (!it?.result) return null
    if (uses[it.use].toldTo === 'organisers' && !may(actor ?? null, 'openBallot', placeOfBallot(it))) return null
    const person = uses[it.use].toldTo === 'organisers' ? (viewer ?? null) : null
    return resultCard(it, await receiptsOf(db, it.id), named, await pages.url(ballotLink('ballot', it, person, now)))
  },
})

/** To the administrators: something is wrong, and what; never a vote. */
export const ballotUnsound = view({
  name: 'ballotUnsound',
  takes: z.object({ ballot: id }),
  async show(db, { ballot }) {
    const [it] = await lookUp(db, [ballotAsItStands(db, ballot)])
    if (!it) return null
    return card(
      t('投票结果对不上', 'A ballot does not add up'),
      [
        lines(ballotTitle(it), turnoutSaid(it)),
        lines(
          t(
            '密封的选票和投票人数对不上：可能有人直接改动了数据库。结果没有公布，选票已销毁；请查明原因后重新投票。',
            'The sealed votes do not agree with the turnout: somebody may have changed the database directly. The result is withheld and the votes are destroyed; please find the cause, then vote again.',
          ),
        ),
      ],
      { colour: 'red', subtitle: asWritten(it.ownerName) },
    )
  },
})
