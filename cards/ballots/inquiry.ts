import * as z from 'zod'
import { endInquiry } from '../../db/ballots/inquiry.ts'
import * as messages from '../../db/ballots/messages.ts'
import { type BallotAsItStands, ballotAsItStands } from '../../db/ballots/state.ts'
import { lookUp } from '../../db/client.ts'
import { button, type Card, card, lines, note, row } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOfBallot } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import type { Fault } from '../../src/rules/ballots/tally.ts'
import { asWritten, literal, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { ballotTitle, circleNames, turnoutSaid } from '../../src/words/ballots.ts'

/** A count of fifty people may fail in each of them; the first ones show the kind. */
const MOST_FAULTS = 12

/** Tells the administrators which sum failed. It says how many pieces there are, and never what one of them says. */
function inquiryCard(it: BallotAsItStands): Card {
  const faults = it.result?.faults ?? []
  const more = faults.length - MOST_FAULTS
  return card(
    t('投票结果对不上', 'A ballot does not add up'),
    [
      lines(ballotTitle(it), turnoutSaid(it)),
      lines(
        t(
          '密封的选票和投票人数对不上：可能有人直接改动了数据库。这次投票作废，结果不公布；请查明原因后重新投票。',
          'The sealed votes do not agree with the turnout: somebody may have changed the database directly. The ballot is void and its result withheld; please find the cause, then vote again.',
        ),
      ),
      faults.length > 0 ? lines(...faults.slice(0, MOST_FAULTS).map((fault) => faultSaid(it, fault))) : null,
      more > 0 ? note(t(`另有 ${more} 项。`, `${more} more.`)) : null,
      ...stateOf(it),
    ],
    { colour: it.isSealed ? 'red' : 'grey', subtitle: asWritten(it.ownerName) },
  )
}

const stateOf = (it: BallotAsItStands) =>
  it.isSealed
    ? [
        lines(
          t(
            '选票原样锁着，供核查；没有 DATA_KEY 谁也打不开，也不能再投、再计。',
            'The votes are locked as they are, for an inquiry. Nobody opens them without DATA_KEY; none can be cast or counted any more.',
          ),
        ),
        row(
          button(t('核查结束，销毁选票', 'Inquiry over: destroy the votes'), endInquiryPress.value({ ballot: it.id }), {
            type: 'danger',
            confirm: {
              title: t('销毁选票？', 'Destroy the votes?'),
              text: t('销毁后不能恢复，也不能再核查。', 'They cannot be brought back, and nothing can be inquired into any more.'),
            },
          }),
        ),
      ]
    : [lines(t('核查已经结束，选票已销毁。', 'The inquiry is over, and the votes are destroyed.'))]

function faultSaid({ question }: BallotAsItStands, { sum, circle, subject, is, due }: Fault): Text {
  const name = literal(question.subjects.find(({ key }) => key === subject)?.name ?? '')
  const what: Record<Fault['sum'], Text> = {
    receipts: t('回执', 'receipts'),
    twins: t('重复的回执', 'receipts that are there twice'),
    writeIns: t('另选人', 'names written in'),
    marks: t(`「${name}」的选票`, `marks for “${name}”`),
  }
  const [said, of] = [what[sum], circleNames[circle]]
  return t(`${of.zh} · ${said.zh}：有 ${is}，应有 ${due}`, `${of.en}, ${said.en}: ${is}, should be ${due}`)
}

export const ballotUnsound = view({
  message: messages.ballotUnsound,
  async show(db, { ballot }) {
    const [it] = await lookUp(db, [ballotAsItStands(db, ballot)])
    return it ? inquiryCard(it) : null
  },
})

export const endInquiryPress = press({
  name: 'ballotUnsound.endInquiry',
  rights: ['endInquiry'],
  sends: z.object({ ballot: id }),
  look: ({ db }, { ballot }) => [ballotAsItStands(db, ballot)] as const,
  async answer(ctx, _sent, [found]) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'endInquiry', found, placeOfBallot)
    await endInquiry(db, it, actor, now)
    return {
      toast: t('选票已销毁。', 'The votes are destroyed.'),
      mood: 'success',
      card: inquiryCard({ ...it, isSealed: false }),
      goesOn: true,
    }
  },
})
