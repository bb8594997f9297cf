import { branchById } from '../../db/branches/units.ts'
import { lookUp } from '../../db/client.ts'
import { type BoardPerson, boardOf } from '../../db/pledges/board.ts'
import * as messages from '../../db/pledges/board-messages.ts'
import { addDays, day } from '../../src/calendar.ts'
import { type Card, card, drawnThatFit, type Element, lines, note, opens } from '../../src/card.ts'
import { BOARD_CARD_DAYS, PEOPLE_A_SLIDE } from '../../src/rules/pledges/showing.ts'
import { seatNames } from '../../src/rules/roster/names.ts'
import { asWritten, joined, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { hungBoards } from './board.ts'

const MOST_BYTES = 24_000

const besides = ({ seats, areas }: BoardPerson): Text =>
  joined([...seats.flatMap((role) => seatNames[role] ?? []), ...areas.map(asWritten)], ' · ')

const drawn = (one: BoardPerson): Element[] => {
  const [name, more] = [asWritten(one.name), besides(one)]
  return [
    lines(
      more.zh === '' ? t(`**${name.zh}**`, `**${name.en}**`) : t(`**${name.zh}**  ${more.zh}`, `**${name.en}**  ${more.en}`),
      ...one.points.map(({ words, isKept }): Text => {
        const { zh, en } = asWritten(words)
        return t(`${isKept ? '✓' : '·'} ${zh}`, `${isKept ? '✓' : '·'} ${en}`)
      }),
    ),
  ]
}

interface Shown {
  branchName: string
  people: readonly BoardPerson[]
  page: number
  url: string | null
}

/** Eight people who let themselves be shown in the branch. Who does not leaves no gap. */
export function boardPeopleCard({ branchName, people, page, url }: Shown): Card {
  const here = people.slice(page * PEOPLE_A_SLIDE, (page + 1) * PEOPLE_A_SLIDE)
  const shown = drawnThatFit(here, drawn, MOST_BYTES)
  return card(
    t('亮身份 · 亮承诺', 'Who we are, what we promised'),
    [
      ...(shown.length > 0 ? shown.flat() : [lines(t('还没有可以展示的。', 'There is nothing to show yet.'))]),
      url ? opens(t('看展板', 'See the board'), url, { type: 'primary' }) : null,
      note(t('要不要展示由本人定：私聊我说「/展板」。', 'Everybody decides for themselves: say “/board” to me in a direct chat.')),
    ],
    { colour: 'red', subtitle: asWritten(branchName) },
  )
}

export const boardPeople = view({
  message: messages.boardPeople,
  async show(db, { branch: of, page, madeAt }, now, pages) {
    // Feishu lets nobody change a card after 14 days; names must be off it by then.
    if (day(now) >= addDays(day(new Date(madeAt)), BOARD_CARD_DAYS)) {
      const [[branch]] = await lookUp(db, [branchById(db, of)])
      return branch
        ? card(
            t('支部展板', 'The branch’s board'),
            [lines(t('这张卡片到期了，请说「/展板」看最新的。', 'This card is over; please say “/board” for the latest.'))],
            { colour: 'grey', subtitle: asWritten(branch.name) },
          )
        : null
    }
    const board = await boardOf(db, of, 'branch', now)
    if (!board) return null
    const [inside] = (await hungBoards(db, board.branch, pages, now)).filter(({ scope }) => scope === 'unit')
    return boardPeopleCard({ branchName: board.branch.name, people: board.people, page, url: page === 0 ? (inside?.url ?? null) : null })
  },
})
