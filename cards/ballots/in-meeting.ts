import * as z from 'zod'
import { extendBallot } from '../../db/ballots/close.ts'
import { addable } from '../../db/ballots/electors.ts'
import { addElectors } from '../../db/ballots/open.ts'
import { type BallotAsItStands, ballotAsItStands } from '../../db/ballots/state.ts'
import { statementOf } from '../../db/client.ts'
import { addMinutes } from '../../src/calendar.ts'
import { button, type Element, row } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOfBallot } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { t } from '../../src/text.ts'

const MORE_MINUTES = 5

/** What a vote in a meeting needs at hand, in one tap: some minutes more, and whoever has come since. */
export const meetingRow = ({ id, gathering }: BallotAsItStands): Element | null =>
  gathering
    ? row(
        button(t(`延长 ${MORE_MINUTES} 分钟`, `${MORE_MINUTES} minutes more`), longer.value({ ballot: id })),
        button(t('加上刚签到的人', 'Add who has come since'), addPresent.value({ ballot: id })),
      )
    : null

/** Both are answered with a word; the card that runs the ballot is brought up to date by the deed. */
const sends = z.object({ ballot: id })

export const longer = press({
  name: 'inMeeting.longer',
  rights: ['openBallot'],
  sends,
  look: ({ db }, { ballot }) => [ballotAsItStands(db, ballot)] as const,
  async answer(ctx, _sent, [found]) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'openBallot', found, placeOfBallot)
    const wanted = addMinutes(it.closesAt, MORE_MINUTES)
    const last = it.meetingEndsAt ?? wanted
    if (it.closesAt >= last) refuse('会议到点就结束，不能再延长。', 'The meeting ends then, so there is no more time to give.')
    await extendBallot(db, it, wanted < last ? wanted : last, actor, now)
    return { toast: t('已延长。', 'Put off.'), mood: 'success' }
  },
})

export const addPresent = press({
  name: 'inMeeting.addPresent',
  rights: ['openBallot'],
  sends,
  look: ({ db }, { ballot }) => [ballotAsItStands(db, ballot), statementOf(addable(db, ballot))] as const,
  async answer(ctx, _sent, [found, others]) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'openBallot', found, placeOfBallot)
    if (!it.gathering)
      refuse(
        '这不是会上的投票，请在「延期、加人或取消…」里选人。',
        'This is no vote of a meeting; please choose people under “Extend, add or cancel…”.',
      )
    if (others.length === 0) refuse('到会有表决权的人都在投票名单上了。', 'Every voter who is here is on the list already.')
    await addElectors(db, it, others, actor, now)
    return {
      toast: t(`已加入 ${others.length} 人，选票已私聊发给他们。`, `${others.length} added; they have the ballot in a direct chat.`),
      mood: 'success',
    }
  },
})
