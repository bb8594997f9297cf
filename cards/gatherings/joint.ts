import * as z from 'zod'
import { chatsOfBranch } from '../../db/branches/chats.ts'
import { type Branch, branchById } from '../../db/branches/units.ts'
import { type Db, lookUp, statementOf } from '../../db/client.ts'
import { declineGathering, type Invitation, invitationOf, joinGathering, withdrawFromGathering } from '../../db/gatherings/joint.ts'
import * as messages from '../../db/gatherings/messages.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import { button, type Card, card, lines, note, row } from '../../src/card.ts'
import { type Context, foundOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { itemLine } from '../../src/rules/gatherings/agenda.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { spokenSpan } from '../../src/spoken.ts'
import { asWritten, labelled, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { sendOwn } from './own-branch.ts'

/** Another branch invites ours to meet jointly, and our secretary answers. */
export function invitationCard(it: GatheringAsItStands, { branch, branchName, answer }: Invitation, now: Date): Card {
  const isOver = it.cancelledAt !== null || it.closedAt !== null
  const sent = { gathering: it.id, branch }
  const said = saidOf(it, answer)
  return card(
    labelled(t('联合邀请', 'Joint meeting'), gatheringKinds[it.kind].name, ' · '),
    [
      lines(
        t(
          `**${asWritten(it.branchName).zh}** 请「${asWritten(branchName).zh}」一起开：`,
          `**${asWritten(it.branchName).en}** asks “${asWritten(branchName).en}” to meet together:`,
        ),
        labelled(t('**时间**', '**When**'), spokenSpan(it.startsAt, it.endsAt), '  '),
        it.place !== '' && labelled(t('**地点**', '**Where**'), asWritten(it.place), '  '),
        labelled(t('**召集**', '**Called by**'), asWritten(it.callerName), '  '),
      ),
      it.agenda.length > 0 ? lines(t('**议题**', '**Agenda**'), ...it.agenda.map((item, i) => itemLine(item, i + 1, false))) : null,
      said ? lines(said) : null,
      isOver ? null : buttonsFor(answer, sent, now < it.startsAt),
      note(
        t(
          '参加后，会议卡片发到本支部的群里，党员照常签到、请假；各支部的到会分别计算，你会收到本支部的到会卡片。',
          'Once joined, the meeting’s card goes to your chat; members check in or ask for leave as usual. Each branch is counted by itself, and you get a card of your own branch’s attendance.',
        ),
      ),
    ],
    { colour: isOver ? 'grey' : answer === 'joined' ? 'green' : 'blue', subtitle: asWritten(branchName) },
  )
}

function saidOf(it: GatheringAsItStands, answer: Invitation['answer']): Text | null {
  if (it.cancelledAt) return t('会议已取消。', 'The meeting is cancelled.')
  if (it.closedAt) return t('会议已结束。', 'The meeting is closed.')
  if (answer === 'joined') return t('本支部已参加。', 'Your branch has joined.')
  if (answer === 'declined') return t('已答复不参加。', 'Declined.')
  return answer === 'withdrawn' ? t('本支部已退出。', 'Your branch has withdrawn.') : null
}

function buttonsFor(answer: Invitation['answer'], sent: { gathering: string; branch: string }, isBefore: boolean) {
  if (answer === 'joined') return isBefore ? row(button(t('退出', 'Withdraw'), withdrawFromJoint.value(sent))) : null
  const joining = button(t('参加', 'Join'), joinMeeting.value(sent), { type: 'primary_filled' })
  return answer === null ? row(joining, button(t('不参加', 'Decline'), declineInvitation.value(sent))) : row(joining)
}

export const invitation = view({
  message: messages.invitation,
  async show(db, { gathering, branch }, now) {
    const [it, [asked]] = await lookUp(db, [gatheringAsItStands(db, gathering), invitationOf(db, gathering, branch)])
    return it && asked ? invitationCard(it, asked, now) : null
  },
})

const sends = z.object({ gathering: id, branch: id })
const look = ({ db }: { db: Db }, { gathering, branch }: z.infer<typeof sends>) =>
  [
    gatheringAsItStands(db, gathering),
    statementOf(invitationOf(db, gathering, branch)),
    statementOf(branchById(db, branch)),
    statementOf(chatsOfBranch(db, branch)),
  ] as const

/** The invitation, for an actor who may answer for the invited branch. */
function asked(ctx: Context, it: GatheringAsItStands | undefined, invitation: Invitation | undefined, branch: Branch | undefined) {
  const here = memberOrRefuse(ctx)
  const found = it && invitation && branch ? { it, invitation, branch } : undefined
  return { ...here, ...foundOrRefuse(here.actor, 'joinGathering', found, ({ branch }) => placeOf(branch)) }
}

export const joinMeeting = press({
  name: 'joint.join',
  rights: ['joinGathering'],
  sends,
  look,
  async answer(ctx, _sent, [found, [invited], [ours], chats]) {
    const { it, invitation, branch, db, actor, now } = asked(ctx, found, invited, ours)
    await joinGathering(db, { it, invitation }, chats, actor, now, sendOwn(db, it.id, branch, actor, now))
    return {
      toast:
        chats.length > 0
          ? invitation.answer === 'withdrawn'
            ? t('又参加了，本支部群里原来的会议卡片照常可用。', 'Joined again; the meeting’s card in your branch’s chat works as before.')
            : t('已参加，会议卡片已发到本支部的群里。', 'Joined; the meeting’s card is in your branch’s chat.')
          : t(
              '已参加；本支部还没有绑定群，请在群里说「/绑定」。',
              'Joined. No chat is bound to your branch yet; say “/bind” in the group.',
            ),
      mood: 'success',
      card: invitationCard(it, { ...invitation, answer: 'joined' }, now),
    }
  },
})

export const declineInvitation = press({
  name: 'joint.decline',
  rights: ['joinGathering'],
  sends,
  look,
  async answer(ctx, _sent, [found, [invited], [branch]]) {
    const { it, invitation, db, actor, now } = asked(ctx, found, invited, branch)
    await declineGathering(db, { it, invitation }, actor, now)
    return {
      toast: t('已答复不参加，对方主持卡片上会写明。', 'Declined; the host’s card says so.'),
      mood: 'success',
      card: invitationCard(it, { ...invitation, answer: 'declined' }, now),
    }
  },
})

export const withdrawFromJoint = press({
  name: 'joint.withdraw',
  rights: ['joinGathering'],
  sends,
  look,
  async answer(ctx, _sent, [found, [invited], [branch]]) {
    const { it, invitation, db, actor, now } = asked(ctx, found, invited, branch)
    await withdrawFromGathering(db, { it, invitation }, actor, now)
    return {
      toast: t('本支部已退出，群里的卡片会写明。', 'Your branch has withdrawn; the card in your chat says so.'),
      mood: 'success',
      card: invitationCard(it, { ...invitation, answer: 'withdrawn' }, now),
    }
  },
})
