import { closeByPress } from '../../db/ballots/close.ts'
import * as messages from '../../db/ballots/messages.ts'
import { type BallotAsItStands, ballotAsItStands } from '../../db/ballots/state.ts'
import { actorById } from '../../db/branches/members.ts'
import { lookUp } from '../../db/client.ts'
import { button, type Card, card, lines, note, row } from '../../src/card.ts'
import { placeOfBallot } from '../../src/context.ts'
import { press } from '../../src/press.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { asWritten, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { ballotTitle, closesSaid } from '../../src/words/ballots.ts'
import { changesSaid, electorsSaid, notYetClosable } from '../../src/words/electorate.ts'
import { withheldSaid } from '../../src/words/withheld.ts'
import { warned } from './ballot.ts'
import { codesButton, mayHaveCodes } from './codes.ts'
import { meetingRow } from './in-meeting.ts'
import { ballotToRun, lookAtBallot, ofBallot, openBallotMore } from './more.ts'
import { turnoutFigures } from './turnout.ts'

/** The organiser sees how many of how many have voted, and never who. */
export function ballotHostCard(it: BallotAsItStands, askable = false): Card {
  const isOver = it.closedAt !== null || it.cancelledAt !== null
  const waits = notYetClosable(it)
  const withheld = withheldSaid(it)
  return card(
    t(`组织 · ${ballotTitle(it).zh}`, `Running · ${ballotTitle(it).en}`),
    [
      lines(isOver ? null : closesSaid(it), electorsSaid(it), ...changesSaid(it)),
      isOver ? null : warned(it),
      turnoutFigures(it),
      it.cancelledAt
        ? lines(t('投票已取消。', 'Cancelled.'))
        : withheld
          ? lines(withheld)
          : it.closedAt
            ? lines(t('投票已结束，结果已发给你。', 'Closed; the result was sent to you.'))
            : null,
      isOver
        ? null
        : row(
            ...(waits ? [] : [closeButton(it)]),
            button(t('延期、加人或取消…', 'Extend, add or cancel…'), openBallotMore.value({ ballot: it.id })),
            ...(askable ? [codesButton(it)] : []),
          ),
      !isOver && waits ? note(waits) : null,
      isOver ? null : meetingRow(it),
      note(
        it.isSecret
          ? it.gathering
            ? t('谁投了、谁没投，这里也看不到。', 'Who has voted is not shown here either.')
            : t(
                '谁投了、谁没投，这里也看不到；没投的人由机器人自己提醒。',
                'Who has voted is not shown here either; the bot reminds the others by itself.',
              )
          : t('结束前看不到谁投了什么。', 'Who chose what is not shown before the close.'),
      ),
    ],
    { colour: isOver ? 'grey' : 'wathet', subtitle: asWritten(it.ownerName) },
  )
}

const closeButton = (it: BallotAsItStands) =>
  button(t('结束投票', 'Close now'), closeBallotPress.value({ ballot: it.id }), {
    type: it.voted === it.electors ? 'primary' : 'default',
    confirm: {
      title: t('结束投票？', 'Close the ballot?'),
      text: t('结束后不能再投，马上计票。', 'Nobody can vote after that, and the votes are counted at once.'),
    },
  })

export const ballotHost = view({
  message: messages.ballotHost,
  async show(db, { ballot, viewer }, now, pages) {
    const [it, [actor]] = await lookUp(db, [ballotAsItStands(db, ballot), actorById(db, viewer)])
    if (!it) return null
    if (!may(actor ?? null, 'openBallot', placeOfBallot(it))) return noLongerTheirs(it)
    return ballotHostCard(it, mayHaveCodes(pages, it, now))
  },
})

const noLongerTheirs = (it: BallotAsItStands): Card =>
  card(ballotTitle(it), [lines(t('这次投票现在不归你管了。', 'This ballot is no longer yours to run.'))], {
    colour: 'grey',
    subtitle: asWritten(it.ownerName),
  })

export const closeBallotPress = press({
  name: 'ballotHost.close',
  rights: ['openBallot'],
  sends: ofBallot,
  look: lookAtBallot,
  async answer(ctx, _sent, [found]) {
    const { actor, db, now, it } = ballotToRun(ctx, found)
    const after = (await closeByPress(db, it, actor, now)).at(-1) as BallotAsItStands
    return {
      toast: t('投票已结束，正在计票。', 'Closed; the votes are being counted.'),
      mood: 'success',
      card: ballotHostCard(after),
      goesOn: true,
    }
  },
})
