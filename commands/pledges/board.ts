import { inDirectChat } from '../../cards/home/say.ts'
import { together } from '../../db/client.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { boardOf } from '../../db/pledges/board.ts'
import * as messages from '../../db/pledges/board-messages.ts'
import { boardSubject } from '../../db/pledges/board-messages.ts'
import { branchHere } from '../../src/chats/whereabouts.ts'
import { type Answer, command } from '../../src/command.ts'
import { mayOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { PEOPLE_A_SLIDE } from '../../src/rules/pledges/showing.ts'
import { t } from '../../src/text.ts'

/** More cards than these nobody scrolls through; the page shows everybody. */
const MOST_CARDS = 5

export const board = command({
  name: 'board',
  zh: '展板',
  part: 'everybody',
  also: ['支部展板', '亮身份', '展示到哪里', 'the board'],
  summary: t('支部展板；你的身份和承诺展示到哪里', 'The branch’s board, and how far you are shown on it'),
  usage: t('/展板', '/board'),
  rights: ['showSelf', 'keepScreen'],
  async answer(ctx): Promise<Answer> {
    const here = memberOrRefuse(ctx)
    const { actor, chat, db, eventId, answerTo, now } = here
    const branch = await branchHere(here)
    const isKeeper = may(actor, 'keepScreen', placeOf(branch))
    if (!isKeeper) mayOrRefuse(actor, 'showSelf', placeOf(branch))
    const subject = boardSubject(branch.id)
    if (!isKeeper || chat.bound?.branch !== branch.id) {
      const own = messages.board({ subject: `${subject} ${actor.id}`, branch: branch.id, member: actor.id })
      return chat.isGroup ? inDirectChat(here, own) : own
    }
    const shown = await boardOf(db, branch.id, 'branch', now)
    const cards = Math.min(MOST_CARDS, Math.max(1, Math.ceil((shown?.people.length ?? 0) / PEOPLE_A_SLIDE)))
    const page = (nth: number) => messages.boardPeople({ subject, branch: branch.id, page: nth, madeAt: now.getTime() })
    await together(
      db,
      Array.from({ length: cards }, (_, nth) =>
        enqueue(db, {
          occasion: nth === 0 ? `answer ${eventId}` : `board ${eventId} ${nth}`,
          to: answerTo,
          ...page(nth),
          dueAt: now,
          lane: 'answer',
        }),
      ),
    )
    return undefined
  },
})
