import { type Actor, actorById } from '../../db/branches/members.ts'
import { type Branch, branchById } from '../../db/branches/units.ts'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { refreshAll } from '../../db/ledgers/refresh.ts'
import { boardLink, linkTo, revokeLink, validLink } from '../../db/pages/links.ts'
import * as messages from '../../db/pledges/board-messages.ts'
import { boardSubject, ownBoards } from '../../db/pledges/board-messages.ts'
import { type Showing, showSelf as show, showingOf } from '../../db/pledges/showings.ts'
import { day } from '../../src/calendar.ts'
import { button, type Card, card, coloured, type Element, lines, note, opens, row } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { type BoardScope, boardScopes, scopeNames, showingScopes } from '../../src/rules/pledges/showing.ts'
import { spokenDay } from '../../src/spoken.ts'
import { asWritten, labelled, type Text, t } from '../../src/text.ts'
import { type Pages, view } from '../../src/view.ts'
import { closeBoard, openBoard, showSelf } from './buttons.ts'

export interface HungBoard {
  scope: BoardScope
  url: string
}

interface Shown {
  branch: Branch
  own: Showing | undefined
  hung: readonly HungBoard[]
  isOfBranch: boolean
  isKeeper: boolean
  hasPages: boolean
}

const boardNames: Readonly<Record<BoardScope, Text>> = {
  unit: t('单位内展板', 'The board within the unit'),
  public: t('公开展板', 'The public board'),
}

const ownSaid = (own: Showing | undefined): Text => {
  if (!own) return t('现在不展示你的任何信息。', 'Nothing of you is shown now.')
  const since = spokenDay(day(own.since))
  const { zh, en } = scopeNames[own.scope]
  return t(`现在展示到：**${zh}**（${since.zh}起）`, `Shown now: **${en}**, since ${since.en}`)
}

/** A person’s choice of what is shown, and the boards as far as they hang. */
export function boardCard({ branch, own, hung, isOfBranch, isKeeper, hasPages }: Shown): Card {
  return card(
    t('支部展板', 'The branch’s board'),
    [
      ...(isOfBranch ? choosing(branch.id, own) : []),
      ...boardScopes.flatMap((scope): Element[] => {
        const [at] = hung.filter((one) => one.scope === scope)
        return at || (isKeeper && hasPages) ? hanging(branch.id, scope, at, isKeeper) : []
      }),
      isKeeper
        ? note(
            t(
              '在支部群里说「/展板 发」，展板就发到群里；标语说「/屏」，责任区说「/责任区」。',
              'Say “/board post” in the branch’s group to post it there; “/screen” for slogans, “/areas” for duty areas.',
            ),
          )
        : null,
    ],
    { colour: 'red', subtitle: asWritten(branch.name) },
  )
}

const choosing = (branch: string, own: Showing | undefined): Element[] => [
  lines(
    ownSaid(own),
    t(
      '姓名、职务、责任区和承诺展示到哪里，由你定；随时可以改，一分钟内生效。',
      'How far your name, seat, area and pledge are shown is yours to say; a change is obeyed within a minute.',
    ),
  ),
  row(
    ...showingScopes
      .filter((scope) => scope !== own?.scope)
      .map((scope) => {
        const { zh, en } = scopeNames[scope]
        return button(t(zh, `${en.slice(0, 1).toUpperCase()}${en.slice(1)}`), showSelf.value({ branch, scope }))
      }),
    ...(own ? [button(t('不展示了', 'Show nothing'), showSelf.value({ branch, scope: 'none' }))] : []),
  ),
]

const hanging = (branch: string, scope: BoardScope, at: HungBoard | undefined, isKeeper: boolean): Element[] => {
  const { zh, en } = boardNames[scope]
  if (!at)
    return [lines(t(`**${zh}**  没有开`, `**${en}**  is closed`)), row(button(t('打开', 'Open it'), openBoard.value({ branch, scope })))]
  return [
    lines(t(`**${zh}**`, `**${en}**`)),
    row(
      opens(t('看展板', 'See it'), at.url),
      ...(isKeeper
        ? [
            opens(t('大屏', 'On a screen'), `${at.url}?kiosk`),
            opens(t('打印', 'Print'), `${at.url}?print`),
            opens(t('标语文本', 'Lines as text'), `${at.url}?lines`),
            button(t('收回地址', 'Take it back'), closeBoard.value({ branch, scope }), {
              confirm: {
                title: t('收回？', 'Take it back?'),
                text: t('这个地址和贴出去的二维码马上失效。', 'The address and every printed code end at once.'),
              },
            }),
          ]
        : []),
    ),
    ...(scope === 'public' ? [note(coloured('orange', t('谁拿到地址都能看。', 'Whoever has the address can see it.')))] : []),
  ]
}

/** The addresses that are open. Looking makes none: what was taken back stays so. */
export async function hungBoards(db: Db, branch: Branch, pages: Pages, now: Date): Promise<HungBoard[]> {
  const links = boardScopes.map((scope) => ({ scope, to: boardLink(branch.id, branch.unit, scope, branch.id, now) }))
  const valid = await lookUp(
    db,
    links.map(({ to }) => validLink(db, to)),
  )
  const found = await Promise.all(links.map(async ({ scope, to }, nth) => ({ scope, url: valid[nth]?.[0] ? await pages.url(to) : null })))
  return found.flatMap(({ scope, url }) => (url ? [{ scope, url }] : []))
}

/** A bot without a PUBLIC_URL has no page at all. */
const hasPages = (pages: Pages) => pages.plain('secrecy') !== null

async function shownFor(db: Db, branch: Branch, actor: Actor, pages: Pages, now: Date): Promise<Card> {
  const [[own], hung] = await Promise.all([
    lookUp(db, [showingOf(db, actor.id)]).then(([rows]) => rows),
    hungBoards(db, branch, pages, now),
  ])
  return boardCard({
    branch,
    own,
    hung,
    isOfBranch: actor.branch === branch.id,
    isKeeper: may(actor, 'keepScreen', placeOf(branch)),
    hasPages: hasPages(pages),
  })
}

export const board = view({
  message: messages.board,
  async show(db, { branch: of, member }, now, pages) {
    const [[branch], [actor]] = await lookUp(db, [statementOf(branchById(db, of)), statementOf(actorById(db, member))])
    return branch && actor ? shownFor(db, branch, actor, pages, now) : null
  },
})

const look = ({ db }: { db: Db }, { branch }: { branch: string }) => [statementOf(branchById(db, branch))] as const

export const showSelfPress = press({
  button: showSelf,
  rights: ['showSelf'],
  isPersonal: true,
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { scope }, [[found]]) {
    const { db, now, actor, newId, pages } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'showSelf', found, placeOf)
    await show(db, { id: newId(), scope: scope === 'none' ? null : scope }, actor, branch.id, now)
    return {
      toast:
        scope === 'none'
          ? t('已不再展示。', 'Nothing of you is shown any more.')
          : labelled(t('已改为展示到', 'Shown now'), scopeNames[scope]),
      mood: 'success',
      card: await shownFor(db, branch, actor, pages, now),
    }
  },
})

export const openBoardPress = press({
  button: openBoard,
  rights: ['keepScreen'],
  isPersonal: true,
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { scope }, [[found]]) {
    const { db, now, actor, newId, pages } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'keepScreen', found, placeOf)
    if (!hasPages(pages))
      refuse('机器人没有网址，展板只能发在群里。', 'The bot has no address on the web; the board can be posted in the group only.')
    await linkTo(db, boardLink(branch.id, branch.unit, scope, actor.id, now), newId)
    return { toast: t('已打开。', 'It is open.'), mood: 'success', card: await shownFor(db, branch, actor, pages, now) }
  },
})

export const closeBoardPress = press({
  button: closeBoard,
  rights: ['keepScreen'],
  isPersonal: true,
  look: ({ db, now }, { branch, scope }) =>
    [statementOf(branchById(db, branch)), statementOf(validLink(db, boardLink(branch, '', scope, '', now)))] as const,
  async answer(ctx, _sent, [[found], [link]]) {
    const { db, now, actor, pages } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'keepScreen', found, placeOf)
    if (!link) refuse('这个地址已经收回了。', 'That address has been taken back already.')
    await together(db, [
      ...revokeLink(db, { id: link.id, unit: branch.unit }, actor.id, now),
      ...[boardSubject(branch.id), ownBoards(branch.id)].map((beginning) => refreshAll(db, { beginning, at: now })),
    ])
    return { toast: t('已收回。', 'Taken back.'), mood: 'success', card: await shownFor(db, branch, actor, pages, now) }
  },
})
