import * as z from 'zod'
import { type Actor, actorById } from '../../db/branches/members.ts'
import type { Branch } from '../../db/branches/units.ts'
import { type Db, lookUp, statementOf } from '../../db/client.ts'
import { type Missing, missingPeople, presentPeople } from '../../db/gatherings/attendance.ts'
import { markAbsent, markPresent } from '../../db/gatherings/corrections.ts'
import { giveOwn } from '../../db/gatherings/joint.ts'
import { confirmLeave, refuseConfirmed } from '../../db/gatherings/leaves.ts'
import * as messages from '../../db/gatherings/messages.ts'
import { type BranchThere, type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import { button, type Card, card, figures, fitting, lines, note, row } from '../../src/card.ts'
import { type Context, foundOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { form, OPTION_BYTES, selectSeveral } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { may, type Right } from '../../src/rules/branches/rights.ts'
import { isFixed } from '../../src/rules/gatherings/attendance.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { spokenSpan } from '../../src/spoken.ts'
import { asWritten, labelled, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { openDecisions, openMinutes } from '../work/buttons.ts'
import { BYTES_BESIDE_MORE, headcount, leaveRows, MOST_ABSENT_OFFERED, markForm, namesOf } from './attendance-rows.ts'
import { creditsSaid, seenFrom } from './credit-lines.ts'
import { retiredCard } from './retired.ts'
import { countsOf } from './voter-lines.ts'

type Person = Awaited<ReturnType<typeof presentPeople>>[number]

/** A branch that joined another's gathering looks after its own people here: absentees, leaves, marks. No other branch is named. */
export function ownBranchCard(it: GatheringAsItStands, own: BranchThere, people: People, now: Date): Card {
  const { missing, present } = ofBranch(people, own.id)
  const isFinal = it.cancelledAt !== null || isFixed({ ...it, isMinuted: it.minuted.includes(own.id) }, now)
  const asking = isFinal ? [] : missing.filter(({ leave }) => leave && !leave.isConfirmed)
  const onLeave = missing.filter(({ leave, isAway }) => leave?.isConfirmed && !isAway).length
  const { expected, away, present: came } = own
  const counted = { kind: it.kind, expected, away, present: came, onLeave }
  const sent = { gathering: it.id, branch: own.id }
  return card(
    labelled(t('本支部到会', 'Our attendance'), gatheringKinds[it.kind].name, ' · '),
    [
      lines(
        spokenSpan(it.startsAt, it.endsAt),
        it.place !== '' && asWritten(it.place),
        labelled(t('**主办**', '**Held by**'), asWritten(it.branchName), '  '),
      ),
      it.cancelledAt ? null : lines(creditsSaid(seenFrom(it, own.id))),
      figures(...headcount(counted)),
      it.cancelledAt ? null : countsOf(it, own.id),
      ...namesOf(counted, missing, BYTES_BESIDE_MORE),
      ...leaveRows(asking, (member) => confirmOwn.value({ ...sent, member })),
      missing.length > 0 && !isFinal ? markForm(missing, BYTES_BESIDE_MORE.offered, markOwn.value(sent)) : null,
      present.length > 0 && !isFinal ? takingBack(present, sent) : null,
      it.cancelledAt || now < it.startsAt ? null : button(t('决定…', 'Decisions…'), openDecisions.value(sent)),
      it.closedAt && own.present > 0 ? minutesRow(it.id, own.id) : null,
      stateOf(it, isFinal),
      note(
        t(
          '这里只有本支部的人；会议由主办支部结束。未到名单不会发到群里。',
          'Our own branch’s people only; the branch that called the meeting closes it. The names of the missing never go to the group.',
        ),
      ),
    ],
    { colour: it.closedAt || it.cancelledAt ? 'grey' : 'wathet', subtitle: asWritten(own.name) },
  )
}

const minutesRow = (gathering: string, branch: string) => row(button(t('会议记录', 'Minutes'), openMinutes.value({ gathering, branch })))

function stateOf({ cancelledAt, closedAt }: GatheringAsItStands, isFinal: boolean) {
  if (cancelledAt) return note(t('会议已取消。', 'Cancelled.'))
  if (!closedAt) return null
  return isFinal
    ? note(t('会议已结束，考勤已锁定。', 'Closed; attendance is locked.'))
    : note(t('会议已结束；24 小时内还可以更正到会。', 'Closed. Attendance can still be corrected for 24 hours.'))
}

const takingBack = (present: readonly Person[], sent: { gathering: string; branch: string }) =>
  form(
    'absent',
    [
      selectSeveral(
        'absent',
        t('记错了的：其实没有到会', 'Recorded by mistake: was not there'),
        fitting(present.slice(0, MOST_ABSENT_OFFERED), ({ name }) => name, BYTES_BESIDE_MORE.offered, OPTION_BYTES).map(({ id, name }) => ({
          label: t(name, name),
          value: id,
        })),
      ),
    ],
    { label: t('改为未到', 'Mark absent'), value: unmarkOwn.value(sent), type: 'default' },
  )

interface People {
  missing: readonly Missing[]
  present: readonly Person[]
}

const ofBranch = ({ missing, present }: People, own: string): People => ({
  missing: missing.filter(({ branch }) => branch === own),
  present: present.filter(({ branch }) => branch === own),
})

const peopleOf = (db: Db, gathering: string) =>
  [gatheringAsItStands(db, gathering), statementOf(missingPeople(db, gathering)), statementOf(presentPeople(db, gathering))] as const

export const ownBranch = view({
  message: messages.ownBranch,
  async show(db, { subject, branch, viewer }, now) {
    const [it, missing, present, [actor]] = await lookUp(db, [...peopleOf(db, subject), statementOf(actorById(db, viewer))])
    const own = it?.branches.find(({ id }) => id === branch)
    if (!it) return null
    if (!own || !may(actor ?? null, 'markPresent', placeOf({ ...own, unit: it.unit }))) return retiredCard(it)
    return ownBranchCard(it, own, { missing, present }, now)
  },
})

export const ownBranchOf = (gathering: string, branch: string, viewer: string) => ownBranch.args({ subject: gathering, branch, viewer })

/** The card goes to the person who has just answered that their branch joins. */
export const sendOwn = (db: Db, gathering: string, branch: Branch, actor: Actor, at: Date) =>
  may(actor, 'markPresent', placeOf(branch)) ? [giveOwn(db, gathering, branch.id, actor, at)] : []

const sends = z.object({ gathering: id, branch: id })
const look = ({ db }: { db: Db }, { gathering }: { gathering: string }) => peopleOf(db, gathering)

/** The gathering and that branch's part of it; refuses an actor who does not look after the branch's people. */
function looksAfter(ctx: Context, right: Right, it: GatheringAsItStands | undefined, branch: string) {
  const here = memberOrRefuse(ctx)
  const own = it?.branches.find(({ id }) => id === branch)
  const found = it && own ? { it, own } : undefined
  return { ...here, ...foundOrRefuse(here.actor, right, found, ({ it, own }) => placeOf({ ...own, unit: it.unit })) }
}

/** The card after the deed. */
function shownAnew(it: GatheringAsItStands, branch: string, people: People, now: Date) {
  const own = it.branches.find(({ id }) => id === branch)
  return own ? { card: ownBranchCard(it, own, people, now) } : {}
}

const without = <P extends { id: string }>(people: readonly P[], gone: readonly { id: string }[]) =>
  people.filter(({ id }) => !gone.some((one) => one.id === id))

const chosenPeople = z.array(z.string().max(40)).max(MOST_ABSENT_OFFERED).nullish()

export const markOwn = press({
  name: 'ownBranch.mark',
  rights: ['markPresent'],
  sends,
  fills: z.object({ people: chosenPeople }),
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, sent, [found, missing, present], { people }) {
    const { actor, db, now, it } = looksAfter(ctx, 'markPresent', found, sent.branch)
    const chosen = ofBranch({ missing, present }, sent.branch).missing.filter(({ id }) => people?.includes(id))
    if (chosen.length === 0 && people && people.length > 0)
      refuse('选出的人都已经签到或标记过了，不用再按。', 'Everybody you chose is already recorded; no need to press again.')
    const after = await markPresent(db, it, chosen, actor, now)
    const they = { missing: without(missing, chosen), present: [...present, ...chosen] }
    return {
      toast: t(`已标记 ${chosen.length} 人到会。`, `${chosen.length} marked present.`),
      mood: 'success',
      ...shownAnew(after, sent.branch, they, now),
    }
  },
})

export const unmarkOwn = press({
  name: 'ownBranch.unmark',
  rights: ['markPresent'],
  sends,
  fills: z.object({ absent: chosenPeople }),
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, sent, [found, missing, present], { absent }) {
    const { actor, db, now, it } = looksAfter(ctx, 'markPresent', found, sent.branch)
    const chosen = ofBranch({ missing, present }, sent.branch).present.filter(({ id }) => absent?.includes(id))
    if (chosen.length === 0 && absent && absent.length > 0)
      refuse('选出的人现在都不在签到名单里，不用再按。', 'None of them is recorded as present any more; no need to press again.')
    const after = await markAbsent(db, it, chosen, actor, now)
    const they = { missing: [...missing, ...chosen.map((one) => ({ ...one, leave: null }))], present: without(present, chosen) }
    return {
      toast: t(`已把 ${chosen.length} 人改为未到。`, `${chosen.length} marked absent.`),
      mood: 'success',
      ...shownAnew(after, sent.branch, they, now),
    }
  },
})

export const confirmOwn = press({
  name: 'ownBranch.leave',
  rights: ['confirmLeave'],
  sends: sends.extend({ member: id }),
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, sent, [found, missing, present]) {
    const { actor, db, now, it } = looksAfter(ctx, 'confirmLeave', found, sent.branch)
    const asking = ofBranch({ missing, present }, sent.branch).missing.find(({ id }) => id === sent.member)
    if (!asking?.leave || asking.leave.isConfirmed) refuseConfirmed()
    await confirmLeave(db, it, sent.member, actor, now)
    const leave = { ...asking.leave, isConfirmed: true }
    const they = { missing: missing.map((one) => (one === asking ? { ...one, leave } : one)), present }
    return { toast: t('已确认请假。', 'Leave confirmed.'), mood: 'success', ...shownAnew(it, sent.branch, they, now) }
  },
})
