import * as messages from '../../db/ballots/messages.ts'
import { type BallotAsItStands, ballotAsItStands } from '../../db/ballots/state.ts'
import { lookUp } from '../../db/client.ts'
import { type Card, card, type Element, figures, lines, note } from '../../src/card.ts'
import { uses } from '../../src/rules/ballots/uses.ts'
import { asWritten, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { ballotTitle, closesSaid, reasonSaid, resultLines } from '../../src/words/ballots.ts'
import { changesSaid, electorsSaid } from '../../src/words/electorate.ts'
import { withheldSaid } from '../../src/words/withheld.ts'
import { resultShown } from './outcome.ts'

/** The group sees that there is a vote and how many took part, never who. The result follows here only where it is public. */
export function turnoutCard(it: BallotAsItStands): Card {
  const isOver = it.closedAt !== null || it.cancelledAt !== null
  return card(
    ballotTitle(it),
    [
      it.cancelledAt
        ? lines(
            t('投票已取消，选票没有计票就销毁了。', 'Cancelled; the votes were destroyed uncounted.'),
            it.cancelReason ? reasonSaid(it.cancelReason) : null,
          )
        : lines(it.closedAt ? t('投票已结束。', 'The ballot is over.') : closesSaid(it), electorsSaid(it), ...changesSaid(it)),
      turnoutFigures(it),
      ...(it.cancelledAt ? [] : outcomeLines(it)),
      isOver
        ? null
        : note(
            t(
              `选票已私聊发给每一位有投票权的同志。${it.isSecret ? '无记名投票，谁投了、谁没投，群里都看不到。' : ''}`,
              `Each voter has the ballot in a direct chat.${it.isSecret ? ' It is secret; the group does not see who has voted.' : ''}`,
            ),
          ),
    ],
    { colour: isOver ? 'grey' : 'blue', subtitle: asWritten(it.ownerName) },
  )
}

export const turnoutFigures = ({ voted, electors, codes, codesUsed }: BallotAsItStands) =>
  figures(
    { figure: String(voted), of: t('已投', 'Voted') },
    { figure: String(electors), of: t('应投', 'Entitled') },
    ...(codes > 0 ? [{ figure: `${codesUsed}/${codes}`, of: t('凭码', 'By code') }] : []),
  )

function outcomeLines(it: BallotAsItStands): Element[] {
  const withheld = withheldSaid(it)
  if (withheld) return [lines(withheld)]
  if (!it.result) return []
  if (uses[it.use].toldTo === 'everyone') return resultShown(resultLines(it))
  return [lines(t('结果由支部按规定使用，不在群里公布。', 'The result goes to those who have to act on it; it is not shown in the group.'))]
}

export const turnout = view({
  message: messages.turnout,
  async show(db, { ballot }) {
    const [it] = await lookUp(db, [ballotAsItStands(db, ballot)])
    return it ? turnoutCard(it) : null
  },
})
