import * as z from 'zod'
import { alreadyCast, castVote, refuseStranger, voterSubject } from '../../db/ballots/cast.ts'
import * as messages from '../../db/ballots/messages.ts'
import { type BallotAsItStands, ballotAsItStands, type OwnVote, ownVote, voteOfMember } from '../../db/ballots/state.ts'
import { receiptsOf, sendAgain } from '../../db/ballots/voter-cards.ts'
import { type Db, lookUp, together } from '../../db/client.ts'
import { postedAs } from '../../db/ledgers/outbox.ts'
import { ballotLink } from '../../db/pages/links.ts'
import { button, type Card, card, coloured, type Element, lines, note, opens, row, strong } from '../../src/card.ts'
import { memberOrRefuse } from '../../src/context.ts'
import { form } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { stanceCode, stanceCodes, stanceNames, stanceSent, stances, uses } from '../../src/rules/ballots/uses.ts'
import { asWritten, capital, type Text, t } from '../../src/text.ts'
import { type Pages, view } from '../../src/view.ts'
import { fingerprintSaid } from '../../src/words/ballot-export.ts'
import { ballotTitle, closesSaid, reasonSaid, resultLines, secrecySaid } from '../../src/words/ballots.ts'
import { changesSaid, electorsSaid, guessableSaid } from '../../src/words/electorate.ts'
import { leftOutSaid, withheldSaid } from '../../src/words/withheld.ts'
import { openVote } from './buttons.ts'
import { openElectors } from './electors.ts'
import { ballotFields, howTo } from './fields.ts'
import { MOST_RECEIPTS, receiptsList, resultShown } from './outcome.ts'
import { openSecrecy } from './secrecy.ts'

interface Shown {
  own: OwnVote & { member: string }
  now: Date
  /** The receipt is shown once, in the answer to the vote, and kept nowhere. */
  receipt?: string
  receipts?: readonly string[]
  /** The page with all receipts, where they are too many for a card. */
  receiptsPage?: string | null
  reminder?: boolean
  secrecyPage: string | null
}

/** A voter's own card in their direct chat: the ballot, then that they have voted, then the result. Their choice is never shown. */
export function ballotCard(it: BallotAsItStands, shown: Shown): Card {
  return card(
    ballotTitle(it),
    [
      shown.reminder && isOpen(it, shown.now) && !shown.own.hasVoted
        ? lines(t('还没有投票，提醒一下。', 'A reminder: you have not voted yet.'))
        : null,
      ...bodyOf(it, shown),
    ],
    { colour: isOpen(it, shown.now) && !(shown.own.hasVoted && it.isSecret) ? 'blue' : 'grey', subtitle: asWritten(it.ownerName) },
  )
}

const isOpen = ({ closedAt, cancelledAt, closesAt }: BallotAsItStands, now: Date) => !closedAt && !cancelledAt && now < closesAt

function bodyOf(it: BallotAsItStands, shown: Shown): (Element | null)[] {
  const { own, now, receipt } = shown
  if (it.cancelledAt)
    return [
      lines(t('投票已取消，选票没有计票就销毁了。', 'Cancelled; the votes were destroyed uncounted.')),
      it.cancelReason ? lines(reasonSaid(it.cancelReason)) : null,
    ]
  if (it.closedAt || now >= it.closesAt) return closedBody(it, shown)
  if (own.hasVoted && it.isSecret)
    return [
      lines(strong(t('你已投票。', 'You have voted.'))),
      receipt ? lines(receiptSaid(receipt)) : null,
      lines(closesSaid(it), electorsSaid(it), ...changesSaid(it)),
      note(t('选票已经密封，不能再看、再改。', 'Your vote is sealed; it can be neither seen nor changed.')),
    ]
  if (!own.mayVote)
    return [
      lines(
        t(
          '你现在没有这次投票的表决权；如有疑问，请联系书记。',
          'You have no vote in this ballot now; if in doubt, please ask the secretary.',
        ),
      ),
    ]
  return [
    lines(closesSaid(it), electorsSaid(it), ...changesSaid(it), howTo(it.question, own)),
    own.hasVoted
      ? lines(t('你已投票；截止前可以改投，以最后一次为准。', 'You have voted. Until the close you may vote again; the last one counts.'))
      : null,
    ...votingParts(it, own),
    warned(it),
    note(secrecySaid(it)),
    it.isSecret ? secrecyLink(shown.secrecyPage) : null,
  ]
}

/** Those who vote should know beforehand that so few are easily guessed. */
export function warned(it: BallotAsItStands): Element | null {
  const warning = guessableSaid(it)
  return warning ? lines(coloured('orange', warning)) : null
}

const receiptSaid = (receipt: string): Text =>
  t(
    `回执 **${receipt}**　只显示这一次，请自己记下：结束后公布全部回执，能找到它，就说明这一票计入了。`,
    `Receipt **${receipt}** is shown this once; please note it. All receipts are published after the close: finding yours shows that your vote was counted.`,
  )

function closedBody(it: BallotAsItStands, { own, receipts = [], receiptsPage }: Shown): (Element | null)[] {
  const [withheld, leftOut, fingerprint] = [withheldSaid(it), leftOutSaid(it), fingerprintSaid(it, receipts)]
  const result = uses[it.use].toldTo === 'everyone' ? resultLines(it) : []
  return [
    lines(t('投票已结束。', 'The ballot is over.'), ...changesSaid(it), withheld, leftOut),
    ...resultShown(result),
    it.result?.outcome === 'counted' && result.length === 0
      ? lines(t('结果由支部按规定使用，不在这里公布。', 'The result goes to those who have to act on it; it is not shown here.'))
      : null,
    receiptsList(receipts),
    receiptsPage ? opens(t('查回执', 'Look for your receipt'), receiptsPage) : null,
    fingerprint ? note(fingerprint) : null,
    own.isElector ? button(t('投票名单', 'Who could vote'), openElectors.value({ ballot: it.id })) : null,
  ]
}

const isFinal = {
  title: t('投出选票？', 'Cast this vote?'),
  text: t('无记名投票投出后不能更改，也不能撤回。', 'A secret vote cannot be changed or taken back.'),
}

function votingParts(it: BallotAsItStands, own: Shown['own']): Element[] {
  const confirm = it.isSecret ? isFinal : undefined
  const { question } = it
  if (question.scale === 'stances' && question.most === undefined)
    return [
      row(
        ...stances.map((stance) =>
          button(capital(stanceNames[stance]), castVotePress.value({ ballot: it.id, stance: stanceCode(stance) }), {
            type: 'primary',
            confirm,
          }),
        ),
      ),
    ]
  return [
    form('vote', ballotFields(question, own), {
      label: own.hasVoted ? t('改投', 'Vote again') : t('投票', 'Vote'),
      value: castVotePress.value({ ballot: it.id }),
      confirm,
    }),
  ]
}

export const secrecyLink = (page: string | null): Element =>
  page
    ? opens(t('怎样保密？', 'How is it kept secret?'), page)
    : button(t('怎样保密？', 'How is it kept secret?'), openSecrecy.value({ about: 'secrecy' }))

export const ballot = view({
  message: messages.ballot,
  async show(db, { ballot, member, reminder }, now, pages) {
    const [it, own] = await lookUp(db, [ballotAsItStands(db, ballot), voteOfMember(db, ballot, member)])
    if (!it) return null
    return ballotCard(it, await shownTo(db, it, { ...own, member }, now, pages, { reminder }))
  },
})

async function shownTo(
  db: Db,
  it: BallotAsItStands,
  own: Shown['own'],
  now: Date,
  pages: Pages,
  more: Partial<Shown> = {},
): Promise<Shown> {
  const receipts = it.result ? await receiptsOf(db, it.id) : []
  const receiptsPage = receipts.length > MOST_RECEIPTS ? await pages.url(ballotLink('receipts', it, null, now)) : null
  return { own, now, receipts, receiptsPage, secrecyPage: pages.plain('secrecy'), ...more }
}

export const castVotePress = press({
  name: 'ballot.vote',
  rights: ['vote'],
  sends: z.object({ ballot: id, stance: z.enum([...stances, ...stanceCodes]).optional() }),
  fills: z.record(z.string().max(60), z.union([z.string().max(200), z.array(z.string().max(40)).max(200)]).nullish()),
  look: ({ db, tenantKey, openId }, { ballot }) => [ballotAsItStands(db, ballot), ownVote(db, ballot, { tenantKey, openId })] as const,
  async answer(ctx, { stance }, [found, own], filled) {
    const { actor, db, now, box, pages, pressedOn } = memberOrRefuse(ctx)
    // A ballot of elsewhere, in whatever state, is answered like one that does not exist.
    if (!found || !own.isElector) refuseStranger()
    const it = found
    const mine = { ...own, hasVoted: true, member: actor.id }
    // The answer to the first press may have been lost, hence every later press is answered with the present state.
    if (own.hasVoted && it.isSecret && !it.cancelledAt) {
      const isOwnCard = await isOwn(db, it.id, actor.id, pressedOn)
      const card = isOwnCard ? ballotCard(it, await shownTo(db, it, mine, now, pages)) : undefined
      return { toast: alreadyCast, mood: 'info', card }
    }
    const filledIn = stance ? { stance: stanceSent(stance) } : filled
    const { receipt, isOwnCard } = await castVote(db, { it, own, messageId: pressedOn }, filledIn, actor, now, box)
    return {
      toast: it.isSecret ? t(`已投票，回执 ${receipt}`, `Your vote is in; receipt ${receipt}`) : t('已投票。', 'Your vote is in.'),
      mood: 'success',
      card: isOwnCard ? ballotCard(it, await shownTo(db, it, mine, now, pages, it.isSecret ? { receipt } : {})) : undefined,
    }
  },
})

/** A card that was passed on is answered with a toast alone: its new state would show to everybody there. */
async function isOwn(db: Db, ballot: string, member: string, pressedOn: string | undefined): Promise<boolean> {
  if (pressedOn === undefined) return true
  const [posted] = await lookUp(db, [postedAs(db, { messageId: pressedOn, subject: voterSubject(ballot, member) })])
  return posted.length > 0
}

/** The list of waiting ballots sends the card once more; older copies say that they are replaced. */
export const openVotePress = press({
  button: openVote,
  rights: ['vote'],
  look: ({ db, tenantKey, openId }, { ballot }) => [ballotAsItStands(db, ballot), ownVote(db, ballot, { tenantKey, openId })] as const,
  async answer(ctx, _sent, [found, own]) {
    const { actor, db, now, eventId } = memberOrRefuse(ctx)
    if (!found || !own.isElector) refuse('你不在这次投票的名单上。', 'You are not on the list of this ballot.')
    await together(db, sendAgain(db, found.id, actor, `again ${eventId}`, now))
    return { toast: t('已发在私聊里。', 'It is in your direct chat.'), mood: 'success' }
  },
})
