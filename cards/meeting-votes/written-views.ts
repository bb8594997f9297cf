import * as z from 'zod'
import { actorById } from '../../db/branches/members.ts'
import { type Db, lookUp, together } from '../../db/client.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import { isUnderway } from '../../db/gatherings/under-way.ts'
import { votersFor } from '../../db/gatherings/voters.ts'
import type { ResolutionThere } from '../../db/gatherings/votes-held.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import * as messages from '../../db/meeting-votes/messages.ts'
import { openOnPaper } from '../../db/meeting-votes/paper.ts'
import { resolveByCard } from '../../db/meeting-votes/resolve.ts'
import {
  type AbsentVoter,
  absentVoters,
  handInViews,
  type ListedVoter,
  listedVoters,
  refuseMoved,
  viewsSubject,
  withdrawPrepared,
} from '../../db/meeting-votes/written-views.ts'
import { button, type Card, card, type Element, figures, lines, note, row, sentence } from '../../src/card.ts'
import { type Context, foundOrRefuse, memberOrRefuse, placeOfGathering } from '../../src/context.ts'
import { fittingOptions, form, input, selectSeveral } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { stanceNames, stances } from '../../src/rules/ballots/uses.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { sumOfViews, viewsOf } from '../../src/rules/meeting-votes/written-views.ts'
import { asWritten, both, joined, literal, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { resolutionTitle } from '../../src/words/resolutions.ts'
import { openViews } from './buttons.ts'
import { paperOpened } from './paper-count.ts'

/** A card holds 30 KB and 200 elements, and each option is an element. */
const OFFERED_BYTES = 9_000
const MOST_OFFERED = 80

interface Shown {
  absent: readonly AbsentVoter[]
  listed: readonly ListedVoter[]
  now: Date
}

const standing = (listed: readonly ListedVoter[]) => listed.filter((one) => one.is === 'standing')

/** The sums fit the list: nobody on it has come or objected since they were entered. */
const agrees = ({ views }: ResolutionThere, listed: readonly ListedVoter[]) => (views ? sumOfViews(views) : 0) === standing(listed).length

/** The host's card before the vote: whose views are handed in, their sums, and how the vote is then held. */
export function writtenViewsCard(it: GatheringAsItStands, one: ResolutionThere, shown: Shown): Card {
  const { listed, now } = shown
  const isOpen = one.manner === null && isUnderway(it, now)
  const { expectedVoters, presentVoters } = votersFor(it, one.matter)
  return card(
    t('书面意见', 'Written views'),
    [
      lines(resolutionTitle(one)),
      figures(
        { figure: String(expectedVoters), of: t('应到有表决权', 'Voters expected') },
        { figure: String(presentVoters), of: t('在场', 'In the room') },
        { figure: String(standing(listed).length), of: t('书面意见', 'Written views') },
      ),
      lines(...listSaid(listed)),
      ...(isOpen ? [entry(it, one, shown), ...opening(it, one, listed)] : []),
      note(
        isOpen
          ? t(
              '书面意见算票数，不算到会。名单上的人收到通知，开始投票前可以提出异议；到会的人书面意见作废，当场投票。',
              'Written views count as votes and not as presence. Those on the list are told and may object until the vote opens; a view is struck when its voter comes.',
            )
          : t(
              '投票已经开始，或者会议不在进行，书面意见不能再改。',
              'The vote is open, or no meeting is under way: the views stay as they are.',
            ),
      ),
    ],
    { colour: isOpen ? 'wathet' : 'grey', subtitle: asWritten(it.branchName) },
  )
}

function listSaid(listed: readonly ListedVoter[]): Text[] {
  const named = (title: Text, people: readonly ListedVoter[]) =>
    people.length === 0 ? [] : [both((l) => `${title[l]}${people.map(({ name }) => literal(name)).join(l === 'zh' ? '、' : ', ')}`)]
  const is = (what: ListedVoter['is']) => listed.filter((one) => one.is === what)
  return [
    ...named(t('**交了书面意见**：', '**Views handed in by**: '), is('standing')),
    ...named(t('**提出异议，作废**：', '**Objected, struck**: '), is('objected')),
    ...named(t('**到会，作废**：', '**Came, struck**: '), is('came')),
    ...named(
      t('**没有飞书账号，请当面告知**：', '**Without a Feishu account, please tell them**: '),
      is('standing').filter(({ openId }) => openId === null),
    ),
  ]
}

/** A voter who objected or came cannot be listed. */
const offeredOf = ({ absent, listed }: Shown) => absent.filter(({ id }) => !listed.some((one) => one.id === id && one.is !== 'standing'))

function entry(it: GatheringAsItStands, one: ResolutionThere, shown: Shown): Element {
  const [offered, fits] = [offeredOf(shown), agrees(one, shown.listed)]
  if (offered.length === 0 && fits) return lines(t('没有缺席的有表决权党员。', 'No voter is absent.'))
  const options = fittingOptions(
    offered.slice(0, MOST_OFFERED).map(({ id, name }) => ({ label: t(name, name), value: id })),
    OFFERED_BYTES,
  )
  const chosen = standing(shown.listed).map(({ id }) => id)
  const none = offered.length === 0 ? '0' : undefined
  return form(
    'views',
    [
      ...(none ? [] : [selectSeveral('people', t('哪些缺席党员交了书面意见', 'Which absent voters handed in a view'), options, chosen)]),
      ...stances.map((stance) =>
        input(`views_${stance}`, joined([stanceNames[stance], t('（份数）', ' (how many)')], ''), {
          value: one.views && fits ? String(one.views[stance]) : none,
          most: 6,
          hint: t('份数', 'How many'),
        }),
      ),
    ],
    {
      label: one.views ? t('重新登记', 'Enter anew') : t('登记书面意见', 'Hand in'),
      value: enterViews.value({ gathering: it.id, resolution: one.id }),
      type: fits && one.views ? 'default' : 'primary_filled',
    },
  )
}

function opening(it: GatheringAsItStands, one: ResolutionThere, listed: readonly ListedVoter[]): Element[] {
  const sent = { gathering: it.id, resolution: one.id }
  const withdraw = button(t('不表决了，撤销', 'Withdraw this vote'), withdrawViews.value(sent), { type: 'text' })
  if (!agrees(one, listed))
    return [
      lines(
        t(
          '**有人到会或有异议，份数和名单对不上**：请按名单重新填写三项份数，再开始投票。',
          '**Somebody came or objected, and the figures fit no more**: please enter them anew before the vote opens.',
        ),
      ),
      withdraw,
    ]
  return [
    row(
      button(t('用卡片投票，无记名', 'Vote by card, secret'), openPrepared.value({ ...sent, manner: 'card' })),
      button(t('发纸质选票', 'Vote on paper'), openPrepared.value({ ...sent, manner: 'paper' })),
    ),
    withdraw,
  ]
}

const look = ({ db }: { db: Db }, { gathering, resolution }: { gathering: string; resolution: string }) =>
  [gatheringAsItStands(db, gathering), absentVoters(db, gathering), listedVoters(db, resolution)] as const

export const writtenViews = view({
  message: messages.writtenViews,
  async show(db, { gathering, resolution, viewer }, now) {
    const [[actor], it, absent, listed] = await lookUp(db, [actorById(db, viewer), ...look({ db }, { gathering, resolution })])
    if (!it || !may(actor ?? null, 'holdVote', placeOfGathering(it))) return null
    const one = it.resolutions.find(({ id }) => id === resolution)
    return one ? writtenViewsCard(it, one, { absent, listed, now }) : sentence(withdrawn)
  },
})

const withdrawn = t('这项表决已经撤销。', 'This vote was withdrawn.')
const sends = z.object({ gathering: id, resolution: id })
const rights = ['holdVote'] as const

function preparing(ctx: Context, found: GatheringAsItStands | undefined, resolution: string) {
  const here = memberOrRefuse(ctx)
  const it = foundOrRefuse(here.actor, 'holdVote', found, placeOfGathering)
  return { ...here, it, one: it.resolutions.find(({ id }) => id === resolution) ?? refuse(withdrawn.zh, withdrawn.en) }
}

async function shownAnew({ db, now }: Context, sent: z.infer<typeof sends>) {
  const [it, absent, listed] = await lookUp(db, [...look({ db }, sent)])
  const one = it?.resolutions.find(({ id }) => id === sent.resolution)
  return it && one ? { card: writtenViewsCard(it, one, { absent, listed, now }) } : {}
}

export const showViews = press({
  button: openViews,
  rights,
  look: (ctx, sent) => [gatheringAsItStands(ctx.db, sent.gathering)] as const,
  async answer(ctx, { gathering, resolution }, [found]) {
    const { actor, db, now, eventId } = preparing(ctx, found, resolution)
    const shown = messages.writtenViews({ subject: viewsSubject(resolution), gathering, resolution, viewer: actor.id })
    await together(db, [
      enqueue(db, { occasion: `writtenViews ${eventId}`, to: { person: actor.openId }, ...shown, dueAt: now, lane: 'answer' }),
    ])
    return { toast: t('已发在下面。', 'It is below.'), mood: 'success' }
  },
})

const optional = z.string().max(20).nullish()

export const enterViews = press({
  name: 'writtenViews.enter',
  rights,
  sends,
  fills: z.object({
    people: z.array(z.string().max(40)).max(200).nullish(),
    views_for: optional,
    views_against: optional,
    views_abstain: optional,
  }),
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, sent, [found, absent, listed], filled) {
    const { actor, db, now, it, one } = preparing(ctx, found, sent.resolution)
    const people = offeredOf({ absent, listed, now }).filter(({ id }) => filled.people?.includes(id))
    if (people.length < (filled.people?.length ?? 0))
      refuse('名单里有人已经到会或提出异议，请重新选。', 'Somebody on the list has come or objected; please choose again.')
    const said = { for: filled.views_for ?? '', against: filled.views_against ?? '', abstain: filled.views_abstain ?? '' }
    const views = viewsOf(said, people.length)
    if ('wrong' in views) refuse(views.wrong.zh, views.wrong.en)
    await handInViews(db, it, one, { people, views }, actor, now)
    return { toast: t('已登记，并已通知本人。', 'Handed in; they are told.'), mood: 'success', ...(await shownAnew(ctx, sent)) }
  },
})

export const openPrepared = press({
  name: 'writtenViews.open',
  rights,
  sends: sends.extend({ manner: z.enum(['card', 'paper']) }),
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, sent, [found, , listed]) {
    const { actor, db, now, box, it, one } = preparing(ctx, found, sent.resolution)
    if (!agrees(one, listed)) refuseMoved()
    const asked = { id: one.id, words: one.words, matter: one.matter, isPrepared: true }
    if (sent.manner === 'paper') await openOnPaper(db, it, asked, actor, now)
    else await resolveByCard(db, it, { ...asked, isSecret: true }, actor, now, box)
    const toast =
      sent.manner === 'paper' ? paperOpened : t('投票已开始，选票私聊发给到会的人。', 'The vote is open; those here have the ballot.')
    return { toast, mood: 'success', ...(await shownAnew(ctx, sent)) }
  },
})

export const withdrawViews = press({
  name: 'writtenViews.withdraw',
  rights,
  sends,
  look: (ctx, sent) => [gatheringAsItStands(ctx.db, sent.gathering)] as const,
  async answer(ctx, { resolution }, [found]) {
    const { actor, db, now, it, one } = preparing(ctx, found, resolution)
    await withdrawPrepared(db, it, one, actor, now)
    return { toast: withdrawn, mood: 'success', card: sentence(withdrawn) }
  },
})
