import * as z from 'zod'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { ownPart, partOfMember } from '../../db/gatherings/attendance.ts'
import { leaveCard } from '../../db/gatherings/check-in.ts'
import { askLeave, confirmerOfLeave, refuseLeave, withdrawLeave } from '../../db/gatherings/leaves.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { button, type Card, card, lines, note } from '../../src/card.ts'
import { type KnownContext, memberOrRefuse } from '../../src/context.ts'
import { form, select } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { type LeaveReason, leaveReasonNames, leaveReasons } from '../../src/rules/gatherings/leaves.ts'
import { spokenSpan } from '../../src/spoken.ts'
import { asWritten, labelled, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { openLeave } from './buttons.ts'

type Own = ReturnType<ReturnType<typeof partOfMember>['map']>

/** A person's own slip in their direct chat: the reason is between them and the host. */
export function leaveSlip(it: GatheringAsItStands, own: Own, now: Date, reason?: LeaveReason): Card {
  return card(
    labelled(t('请假', 'Leave'), gatheringKinds[it.kind].name, ' · '),
    [lines(spokenSpan(it.startsAt, it.endsAt), it.place !== '' && asWritten(it.place)), ...stateOf(it, own, now, reason)],
    { colour: own.leave?.isConfirmed ? 'green' : own.leave ? 'wathet' : 'blue', subtitle: asWritten(it.branchName) },
  )
}

function stateOf(it: GatheringAsItStands, { punctuality, leave }: Own, now: Date, chosen?: LeaveReason) {
  if (it.cancelledAt) return [lines(t('会议已取消，不用请假。', 'The meeting is cancelled; no leave is needed.'))]
  if (punctuality) return [lines(t('你已经签到，不用请假。', 'You are checked in; no leave is needed.'))]
  if (!leave) return [askForm(it, now, chosen), privately]
  const reason = leaveReasonNames[leave.reason]
  return [
    lines(
      leave.isConfirmed
        ? t(`**${reason.zh}**：主持人已确认。`, `**${reason.en}**: confirmed by the host.`)
        : t(`**${reason.zh}**：已提交，等主持人确认。`, `**${reason.en}**: asked for; the host has yet to confirm.`),
    ),
    now < it.startsAt ? button(t('撤回请假', 'Withdraw'), withdrawLeavePress.value({ gathering: it.id }), { wide: true }) : null,
    now < it.startsAt
      ? note(t('能来了就直接签到，请假自动失效。', 'If you can come after all, just check in; the leave lapses.'))
      : privately,
  ]
}

const privately = note(t('事由只有你和主持人看得到，不会发到群里。', 'Only you and the host see the reason; it never goes to the group.'))

const askForm = (it: GatheringAsItStands, now: Date, chosen?: LeaveReason) =>
  form(
    'leave',
    [
      select(
        'reason',
        t('事由', 'Reason'),
        leaveReasons
          .filter((reason) => now < it.startsAt || reason === 'sick')
          .map((reason) => ({ label: leaveReasonNames[reason], value: reason })),
        { required: true, chosen },
      ),
    ],
    { label: t('提交请假', 'Ask for leave'), value: askLeavePress.value({ gathering: it.id }) },
  )

export const leaveView = view({
  name: 'leave',
  takes: z.object({ subject: z.string(), gathering: id, member: id, reason: z.enum(leaveReasons).optional() }),
  async show(db, { gathering, member, reason }, now) {
    const [it, own] = await lookUp(db, [gatheringAsItStands(db, gathering), partOfMember(db, gathering, member)])
    return it ? leaveSlip(it, own, now, reason) : null
  },
})

export const slipOf = (gathering: string, member: string, reason?: LeaveReason) =>
  leaveView.args({ subject: leaveCard(gathering, member), gathering, member, ...(reason ? { reason } : {}) })

export const sendSlip = ({ db, actor, eventId, now }: KnownContext, gathering: string, reason?: LeaveReason) =>
  enqueue(db, {
    occasion: `leave ${eventId}`,
    to: { person: actor.openId },
    ...slipOf(gathering, actor.id, reason),
    dueAt: now,
    lane: 'answer',
  })

const look = ({ db, tenantKey, openId }: { db: Db; tenantKey: string; openId: string }, sent: { gathering: string }) =>
  [gatheringAsItStands(db, sent.gathering), ownPart(db, sent.gathering, { tenantKey, openId })] as const

function seen(gathering: GatheringAsItStands | undefined, own: Own) {
  if (!gathering || !(own.isExpected || own.punctuality))
    refuse('你不在这次会议的应到名单上，不用请假。', 'You are not on this meeting’s roster; no leave is needed.')
  return { gathering, own }
}

/** A group's card is one for all, hence the slip comes in the presser's direct chat. */
export const openLeavePress = press({
  button: openLeave,
  rights: ['askLeave'],
  look,
  async answer(ctx, _sent, [found, own]) {
    const here = memberOrRefuse(ctx)
    const { gathering } = seen(found, own)
    if (!own.leave) refuseLeave({ gathering, own }, here.now)
    await together(here.db, [sendSlip(here, gathering.id)])
    return { toast: t('请假单已私聊发给你。', 'The leave slip is in our direct chat.'), mood: 'success' }
  },
})

export const askLeavePress = press({
  name: 'leave.ask',
  rights: ['askLeave'],
  sends: z.object({ gathering: id }),
  fills: z.object({ reason: z.string().nullish() }),
  look: (ctx, sent) => [...look(ctx, sent), statementOf(confirmerOfLeave(ctx.db, sent.gathering, ctx.openId))] as const,
  async answer(ctx, _sent, [found, own, [host]], filled) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const { gathering } = seen(found, own)
    const reason = leaveReasons.find((one) => one === filled.reason)
    if (!reason) refuse('请选择事由。', 'Please choose a reason.')
    await askLeave(db, { gathering, own }, reason, host, actor, now)
    return {
      toast: t('已提交，等主持人确认。', 'Asked for; the host has yet to confirm.'),
      mood: 'success',
      card: leaveSlip(gathering, { ...own, leave: { reason, isConfirmed: false } }, now),
    }
  },
})

export const withdrawLeavePress = press({
  name: 'leave.withdraw',
  rights: ['askLeave'],
  sends: z.object({ gathering: id }),
  look,
  async answer(ctx, _sent, [found, own]) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const { gathering } = seen(found, own)
    await withdrawLeave(db, { gathering, own }, actor, now)
    return { toast: t('请假已撤回。', 'Withdrawn.'), mood: 'success', card: leaveSlip(gathering, { ...own, leave: null }, now) }
  },
})
