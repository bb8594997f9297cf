import * as z from 'zod'
import { assessorsOf, nearest, secretariesOf } from '../../db/branches/answering.ts'
import { stages } from '../../db/branches/tables.ts'
import { branchById } from '../../db/branches/units.ts'
import { type Db, lookUp, statementOf } from '../../db/client.ts'
import { postsOf } from '../../db/ledgers/outbox.ts'
import { refresh } from '../../db/ledgers/refresh.ts'
import { openGatheringIds, openGatheringsOf, personAsItStands, type TakenOff, takenOff } from '../../db/roster/people.ts'
import {
  addProposed,
  awayProposed,
  connectProposed,
  isOpen,
  letBe,
  openProposals,
  type Proposal,
  proposalById,
  proposalsCard,
  removeProposed,
} from '../../db/roster/proposals.ts'
import type { decisions } from '../../db/roster/tables.ts'
import { day } from '../../src/calendar.ts'
import { button, type Card, card, drawnThatFit, type Element, lines, note } from '../../src/card.ts'
import { foundOrRefuse, type KnownContext, mayOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { asWritten, clipped, nameFrom, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { addJoiner, decideProposal } from './buttons.ts'
import { decisionOf, mayAppoint } from './person-card.ts'
import { canConnect, proposalLines } from './proposal-lines.ts'
import { undoneBy } from './undo.ts'

/** A card holds 200 elements and 30 KB. A newcomer takes 17 elements and 2 KB. */
const MOST_SHOWN = 10
const SHOWN_BYTES = 27_500

const divider: Element = { tag: 'hr' }

/** Arrivals in the branch's chats and departures from them, for the secretary to decide. Until then the roster stays as it is. */
export function proposalsCardOf(branchName: string, open: readonly Proposal[], gone: readonly Gone[] = [], isLed = true): Card {
  const undone = gone.slice(0, MOST_UNDONE)
  const shown = drawnThatFit(open.slice(0, MOST_SHOWN), proposalLines, SHOWN_BYTES - undone.length * UNDO_BYTES)
  const left = open.length - shown.length
  return card(
    open.length === 0
      ? t('名单变动都办好了', 'Roster changes: all decided')
      : t(`名单变动：${open.length} 人`, `Roster changes: ${open.length}`),
    [
      lines(
        open.length === 0
          ? t('群里的进出都有了决定，名单已是最新。', 'Every coming and going is decided; the roster is up to date.')
          : t('群里有人进出，请定名单要不要跟着变。', 'People came into the chat or left it; please decide what the roster should say.'),
        isLed
          ? null
          : t(
              '支部现在没有书记、副书记，所以请上级定；任命书记后由书记定。',
              'The branch has no secretary or deputy now, so the committee above is asked; once a secretary is appointed, they decide.',
            ),
      ),
      ...shown.flatMap((lines) => [...lines, divider]),
      left > 0 ? lines(t(`还有 ${left} 人，办完这些再列出。`, `And ${left} more, who are listed when these are decided.`)) : null,
      ...undone.map(undoButton),
      note(t('不按就什么都不变。按错了用「/成员」改回来。', 'Nothing changes unless you press. A mistake is put right with “/member”.')),
    ],
    { subtitle: asWritten(branchName), colour: open.length === 0 ? 'grey' : 'blue' },
  )
}

type Gone = Pick<TakenOff, 'id' | 'name' | 'change'>

const MOST_UNDONE = 3
const UNDO_BYTES = 1_000

const undoButton = ({ id, name, change }: Gone) =>
  button(t(`撤销移出：${clipped(name, 12)}`, `Undo removing ${clipped(name, 12)}`), undoRemoval.value({ person: id, change }), {
    wide: true,
  })

/** A recipient who no longer looks after the branch is shown nothing more. */
export const proposals = view({
  name: 'proposals',
  takes: z.object({ subject: z.string(), branch: id, person: z.string() }),
  async show(db, { subject, branch, person }, now) {
    const [secretaries, [found], posted] = await lookUp(db, [secretariesOf(db, branch), branchById(db, branch), postsOf(db, subject)])
    const open = await othersOf(db, branch, person)
    if (!secretaries.some(({ openId }) => openId === person)) {
      const [above] = found ? await lookUp(db, [assessorsOf(db, found.committee)]) : [[]]
      if (!nearest(above).some(({ openId }) => openId === person) || decidesBelow(secretaries, open)) return null
    }
    return open.length === 0 && posted.length === 0 ? null : asItStands(db, branch, open, now)
  },
})

/** The branch has a secretary or deputy who can decide at least one proposal, as nobody decides about themselves. */
const decidesBelow = (secretaries: readonly { openId: string }[], open: readonly Proposal[]) =>
  secretaries.some((one) => open.length === 0 || open.some(({ openId }) => openId !== one.openId))

/** Nobody decides about themselves. */
const othersOf = async (db: Db, branch: string, person: string) =>
  (await openProposals(db, branch)).filter(({ openId }) => openId !== person)

export const proposalsFor = (branch: string, person: string) => proposals.args({ subject: proposalsCard(branch), branch, person })

async function asItStands(db: Db, branch: string, open: readonly Proposal[], now: Date): Promise<Card> {
  const [[found], gone, secretaries] = await lookUp(db, [branchById(db, branch), takenOff(db, branch, now), secretariesOf(db, branch)])
  return proposalsCardOf(found?.name ?? '', open, gone, secretaries.length > 0)
}

const look = ({ db }: { db: Db }, sent: { proposal: string }) => [statementOf(proposalById(db, sent.proposal))] as const

const placeOfProposal = ({ branch, unit, lineage }: Proposal) => placeOf({ id: branch, unit, lineage })

type Here = Pick<Proposal, 'branch'>

async function answered({ db, actor, now }: KnownContext, { branch }: Here, toast: Text, mood: 'success' | 'info' = 'success') {
  return { toast, mood, card: await asItStands(db, branch, await othersOf(db, branch, actor.openId), now) }
}

/** The roster decides who is expected, so the cards of called meetings follow it. */
const openHere = async (db: Db, { branch }: Proposal) => (await lookUp(db, [openGatheringIds(db, branch)]))[0].map(({ id }) => id)

const settled = (here: KnownContext, it: Proposal) =>
  answered(
    here,
    it,
    t('这一条已经办过，或人又进出过了；卡片已更新。', 'This is settled, or the person came or went again; the card is up to date now.'),
    'info',
  )

export const addJoinerPress = press({
  button: addJoiner,
  rights: ['decideProposal'],
  fills: z.record(z.string(), z.unknown()),
  look,
  async answer(ctx, _sent, [[found]], filled) {
    const here = memberOrRefuse(ctx)
    const { actor, db, now, newId } = here
    const it = foundOrRefuse(actor, 'decideProposal', found, placeOfProposal)
    if (!isOpen(it) || it.what !== 'joined' || it.home) return settled(here, it)
    const stage = stages.find((one) => one === filled[`stage_${it.id}`])
    if (!stage) refuse('请先选阶段，再按「加入名单」。', 'Please choose the stage first, then press “Add”.')
    const person = { member: it.member ?? it.former ?? newId(), seat: newId(), name: nameFrom(it.name ?? '', 30) || '未具名', stage }
    await addProposed(db, it, person, actor, now, day(now), await openHere(db, it))
    return answered(here, it, t('已加入名单。', 'On the roster now.'))
  },
})

const said: Record<Exclude<(typeof decisions)[number], 'added'>, Text> = {
  connected: t('已连上。', 'Connected.'),
  ignored: t('好的，不加。', 'Left off the roster.'),
  removed: t('已移出名单；一天内可以撤销。', 'Off the roster; it can be undone within a day.'),
  away: t('已记为外出，开会不再算应到。', 'Marked away; not expected at meetings any more.'),
  kept: t('好的，名单不变。', 'The roster stays as it is.'),
}

export const decideProposalPress = press({
  button: decideProposal,
  rights: ['decideProposal', 'grantSeat'],
  look: (ctx, { proposal }) => look(ctx, { proposal }),
  async answer(ctx, { decision }, [[found]]) {
    const here = memberOrRefuse(ctx)
    const { actor, db, now } = here
    const it = foundOrRefuse(actor, 'decideProposal', found, placeOfProposal)
    // A removal ends the person's seats, hence it needs the right to vacate them, as it does in words.
    if (decision === 'removed') mayOrRefuse(actor, 'grantSeat', placeOfProposal(it))
    if (!isOpen(it) || !fits(it, decision)) return settled(here, it)
    const member = { ...it, member: it.member ?? '' }
    if (decision === 'connected') await connectProposed(db, it, actor, now, await openHere(db, it))
    else if (decision === 'removed') {
      if (!(await removed(here, it))) return settled(here, it)
    } else if (decision === 'away') await awayProposed(db, member, actor, now, day(now), await openHere(db, it))
    else await letBe(db, it, decision, actor, now)
    return answered(here, it, decision === 'ignored' && it.home ? said.kept : said[decision])
  },
})

/** Each seat that ends needs its own right, as on the person's card. */
async function removed(here: KnownContext, it: Proposal) {
  const { db, now } = here
  const [person, open] = await lookUp(db, [personAsItStands(db, it.member ?? ''), openGatheringIds(db, it.branch)])
  if (!person?.isListed) return false
  if (person.id !== here.actor.id) for (const { role } of person.seats) mayAppoint(here, person, role)
  return (await removeProposed(db, it, person, day(now), decisionOf(here, open))) !== null
}

export const undoRemoval = press({
  name: 'proposals.undo',
  rights: ['grantSeat', 'grantSecretary'],
  sends: z.object({ person: id, change: id }),
  look: ({ db }, { person }) => [personAsItStands(db, person), statementOf(openGatheringsOf(db, person))] as const,
  async answer(ctx, { change }, [found, open]) {
    const here = memberOrRefuse(ctx)
    const { actor, db, now } = here
    const it = foundOrRefuse(actor, 'grantSeat', found, ({ branch, unit, lineage }) => placeOf({ id: branch, unit, lineage }))
    const again = refresh(db, { subject: proposalsCard(it.branch), at: now, afterPress: true })
    const undone = await undoneBy(here, it, open, change, [again])
    if (!undone)
      return answered(
        here,
        it,
        t('这一步已经不能撤销了；卡片已更新。', 'This can no longer be undone; the card is up to date now.'),
        'info',
      )
    return answered(here, it, undone.toast)
  },
})

function fits(it: Proposal, decision: keyof typeof said): boolean {
  if (it.what === 'left') return decision === 'removed' || decision === 'away' || decision === 'kept'
  return decision === 'ignored' || (decision === 'connected' && canConnect(it))
}
