import { inDirectChat } from '../../cards/home/say.ts'
import { together } from '../../db/client.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { boardOf } from '../../db/pledges/board.ts'
import * as messages from '../../db/pledges/board-messages.ts'
import { boardSubject, ownBoardSubject } from '../../db/pledges/board-messages.ts'
import { branchHere } from '../../src/chats/whereabouts.ts'
import { type Answer, command } from '../../src/command.ts'
import { mayOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { refuse } from '../../src/refusal.ts'
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
  usage: t('/展板；在支部群里 /展板 发', '/board; in the branch’s group /board post'),
  rights: ['showSelf', 'keepScreen'],
  async answer(ctx, rest): Promise<Answer> {
    const here = memberOrRefuse(ctx)
    const { actor, chat, db, eventId, answerTo, now } = here
    const branch = await branchHere(here)
    if (!/^(?:发|发到群里|post)$/iu.test(rest.trim())) {
      mayOrRefuse(actor, 'showSelf', placeOf(branch))
      const own = messages.board({ subject: ownBoardSubject(branch.id, actor.id), branch: branch.id, member: actor.id })
      return chat.isGroup ? inDirectChat(here, own) : own
    }
    mayOrRefuse(actor, 'keepScreen', placeOf(branch))
    if (chat.bound?.branch !== branch.id) refuse('请在支部的群里说「/展板 发」。', 'Please say “/board post” in the branch’s own group.')
    const shown = await boardOf(db, branch.id, 'branch', now)
    const cards = Math.min(MOST_CARDS, Math.max(1, Math.ceil((shown?.people.length ?? 0) / PEOPLE_A_SLIDE)))
    await together(
      db,
      Array.from({ length: cards }, (_, page) =>
        enqueue(db, {
          occasion: page === 0 ? `answer ${eventId}` : `board ${eventId} ${page}`,
          to: answerTo,
          ...messages.boardPeople({ subject: boardSubject(branch.id), branch: branch.id, page, madeAt: now.getTime() }),
          dueAt: now,
          lane: 'answer',
        }),
      ),
    )
    return undefined
  },
})
