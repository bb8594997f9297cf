import * as z from 'zod'
import { type Actor, actorById } from '../../db/branches/members.ts'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { type Missing, missingPeople } from '../../db/gatherings/attendance.ts'
import { leavesAsked } from '../../db/gatherings/check-in.ts'
import { confirmLeave, refuseConfirmed } from '../../db/gatherings/leaves.ts'
import * as messages from '../../db/gatherings/messages.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import { enqueue, postsOf } from '../../db/ledgers/outbox.ts'
import { type Card, card, lines, note } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOf, placeOfGathering } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { isFixed } from '../../src/rules/gatherings/attendance.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { spokenSpan } from '../../src/spoken.ts'
import { asWritten, both, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { leaveRows } from './attendance-rows.ts'
import { openLeavesAsked } from './buttons.ts'
import { retiredCard } from './retired.ts'

/**
 * Leave requests for the person who confirms them, since the host's card changes without a sound. `branch` limits them
 * to one branch's people.
 */
function leavesCard(it: GatheringAsItStands, notHere: readonly Missing[], now: Date, branch?: string): Card {
  const isFinal = it.cancelledAt !== null || isFixed(it, now)
  const asking = isFinal ? [] : askingOf(notHere, branch)
  return card(
    both(
      (l) => `${(asking.length > 0 ? t('请假待确认', 'Leave to confirm') : t('请假', 'Leave'))[l]} · ${gatheringKinds[it.kind].name[l]}`,
    ),
    [
      lines(spokenSpan(it.startsAt, it.endsAt), it.place !== '' && asWritten(it.place)),
      ...leaveRows(asking, (member) => confirmLeaveAsked.value({ gathering: it.id, member, ...(branch ? { branch } : {}) })),
      asking.length === 0 ? lines(stateOf(it, isFinal)) : null,
      asking.length > 0
        ? note(
            t(
              '不确认就按缺席记；事由只有你和本人看得到。',
              'Unconfirmed it counts as an absence. The reason is for you and the person alone.',
            ),
          )
        : null,
    ],
    { colour: asking.length > 0 ? 'wathet' : 'grey', subtitle: asWritten(it.branchName) },
  )
}

const askingOf = (notHere: readonly Missing[], branch?: string) =>
  notHere.filter((one) => one.leave && !one.leave.isConfirmed && (!branch || one.branch === branch))

function stateOf({ cancelledAt }: GatheringAsItStands, isFinal: boolean) {
  if (cancelledAt) return t('会议已取消。', 'Cancelled.')
  return isFinal ? t('考勤已锁定。', 'Attendance is locked.') : t('没有待确认的请假。', 'No leave waits to be confirmed.')
}

const placed = z.object({ gathering: id, branch: id.optional() })

export const leavesView = view({
  message: messages.leaves,
  async show(db, { subject, gathering, branch, viewer }, now) {
    const [it, notHere, [actor], posted] = await lookUp(db, [...look({ db }, { gathering }), actorById(db, viewer), postsOf(db, subject)])
    if (!it) return null
    if (!mayConfirm(actor ?? null, it, branch)) return retiredCard(it)
    return askingOf(notHere, branch).length === 0 && posted.length === 0 ? null : leavesCard(it, notHere, now, branch)
  },
})

/** The host's branch may confirm for everybody, another branch for its own people. */
const mayConfirm = (actor: Actor | null, it: GatheringAsItStands, branch?: string) => may(actor, 'confirmLeave', placeFor(it, branch))

function placeFor(it: GatheringAsItStands, branch?: string) {
  const own = it.branches.find(({ id }) => id === branch)
  return own && own.id !== it.branch ? placeOf({ ...own, unit: it.unit }) : placeOfGathering(it)
}

const look = ({ db }: { db: Db }, { gathering }: { gathering: string }) =>
  [gatheringAsItStands(db, gathering), statementOf(missingPeople(db, gathering))] as const

/** The 我的 card leads here. */
export const openLeavesAskedPress = press({
  button: openLeavesAsked,
  rights: ['confirmLeave'],
  look,
  async answer(ctx, { gathering }, [found]) {
    const { actor, db, now, eventId } = memberOrRefuse(ctx)
    foundOrRefuse(actor, 'confirmLeave', found, placeOfGathering)
    const shown = leavesView.args({ subject: leavesAsked(gathering), gathering, viewer: actor.id })
    await together(db, [enqueue(db, { occasion: `leaves ${eventId}`, to: { person: actor.openId }, ...shown, dueAt: now, lane: 'answer' })])
    return { toast: t('请假单已私聊发给你。', 'What was asked for is in our direct chat.'), mood: 'success' }
  },
})

export const confirmLeaveAsked = press({
  name: 'leaves.confirm',
  rights: ['confirmLeave'],
  sends: placed.extend({ member: id }),
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { branch, member }, [found, notHere]) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'confirmLeave', found, (it) => placeFor(it, branch))
    const asking = askingOf(notHere, branch).find(({ id }) => id === member)
    if (!asking?.leave) refuseConfirmed()
    await confirmLeave(db, it, member, actor, now)
    const leave = { ...asking.leave, isConfirmed: true }
    return {
      toast: t('已确认请假。', 'Leave confirmed.'),
      mood: 'success',
      card: leavesCard(
        it,
        notHere.map((one) => (one === asking ? { ...one, leave } : one)),
        now,
        branch,
      ),
    }
  },
})
