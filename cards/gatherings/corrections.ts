import * as z from 'zod'
import { branchById } from '../../db/branches/units.ts'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { presentPeople } from '../../db/gatherings/attendance.ts'
import { cancelGathering, closedGatherings, markAbsent, reopenAttendance } from '../../db/gatherings/corrections.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { day } from '../../src/calendar.ts'
import { type Card, card, fitting, lines, note, sentence } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOfGathering } from '../../src/context.ts'
import { form, input, OPTION_BYTES, select, selectSeveral } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { isFixed } from '../../src/rules/gatherings/attendance.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { spokenDay, spokenSpan } from '../../src/spoken.ts'
import { asWritten, clipped, labelled, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'

/** A card holds 30 KB. */
const MOST_OFFERED = 90
const OFFERED_BYTES = 12_000
const MOST_WORDS = 100

type Person = { id: string; name: string; votes: boolean }

/** Calling a meeting off stands on a card of its own, away from presses that are made in a hurry. */
export const callOffCard = (it: GatheringAsItStands, now: Date): Card =>
  card(
    labelled(t('取消会议', 'Cancel the meeting'), gatheringKinds[it.kind].name, ' · '),
    [
      lines(spokenSpan(it.startsAt, it.endsAt), it.place !== '' && asWritten(it.place)),
      mayCallOff(it, now) ? cancelForm(it) : lines(t('会议已经开始或取消，不能再取消。', 'It has begun or is cancelled already.')),
    ],
    { colour: 'grey', subtitle: asWritten(it.branchName) },
  )

export const mayCallOff = (it: GatheringAsItStands, now: Date) => !it.closedAt && !it.cancelledAt && now < it.startsAt

/** Taking back an arrival is seldom, and stays off the host's card. */
export function gatheringCorrectionsCard(it: GatheringAsItStands, present: readonly Person[], now: Date): Card {
  const canCorrect = !it.cancelledAt && !isFixed(it, now) && present.length > 0
  return card(
    labelled(t('更正到会', 'Correct attendance'), gatheringKinds[it.kind].name, ' · '),
    [
      lines(spokenSpan(it.startsAt, it.endsAt)),
      canCorrect
        ? absentForm(it, present)
        : lines(
            t('还没有人签到，或考勤已锁定，没有可以更正的。', 'Nobody is checked in, or attendance is locked; nothing can be corrected.'),
          ),
    ],
    { colour: 'grey', subtitle: asWritten(it.branchName) },
  )
}

const cancelForm = (it: GatheringAsItStands) =>
  form(
    'cancel',
    [
      input('reason', t('取消的原因（会写在群里的卡片上）', 'Reason for cancelling (shown in the group)'), {
        required: true,
        most: MOST_WORDS,
      }),
    ],
    {
      label: t('取消会议', 'Cancel the meeting'),
      value: cancelGatheringPress.value({ gathering: it.id }),
      type: 'danger',
    },
  )

const absentForm = (it: GatheringAsItStands, present: readonly Person[]) =>
  form(
    'absent',
    [
      selectSeveral(
        'people',
        t('记错了的：其实没有到会', 'Recorded by mistake: was not there'),
        fitting(present.slice(0, MOST_OFFERED), ({ name }) => name, OFFERED_BYTES, OPTION_BYTES).map(({ id, name }) => ({
          label: t(name, name),
          value: id,
        })),
      ),
    ],
    { label: t('改为未到', 'Mark absent'), value: unmarkPresent.value({ gathering: it.id }), type: 'default' },
  )

export const gatheringCorrections = view({
  name: 'corrections',
  takes: z.object({ gathering: id }),
  async show(db, { gathering }, now) {
    const [it, present] = await lookUp(db, [gatheringAsItStands(db, gathering), presentPeople(db, gathering)])
    return it ? gatheringCorrectionsCard(it, present, now) : null
  },
})

export const callOff = view({
  name: 'callOff',
  takes: z.object({ gathering: id }),
  async show(db, { gathering }, now) {
    const [it] = await lookUp(db, [gatheringAsItStands(db, gathering)])
    return it ? callOffCard(it, now) : null
  },
})

export const openCallOff = press({
  name: 'callOff.open',
  rights: ['cancelGathering'],
  sends: z.object({ gathering: id }),
  look: ({ db }, sent) => [gatheringAsItStands(db, sent.gathering)] as const,
  async answer(ctx, { gathering }, [found]) {
    const { actor, db, now, eventId } = memberOrRefuse(ctx)
    foundOrRefuse(actor, 'cancelGathering', found, placeOfGathering)
    const shown = callOff.args({ gathering })
    await together(db, [
      enqueue(db, { occasion: `callOff ${eventId}`, to: { person: actor.openId }, ...shown, dueAt: now, lane: 'answer' }),
    ])
    return { toast: t('已发在下面。', 'It is below.'), mood: 'success' }
  },
})

const look = ({ db }: { db: Db }, sent: { gathering: string }) =>
  [gatheringAsItStands(db, sent.gathering), statementOf(presentPeople(db, sent.gathering))] as const

export const openGatheringCorrections = press({
  name: 'corrections.open',
  rights: ['markPresent'],
  sends: z.object({ gathering: id }),
  look,
  async answer(ctx, { gathering }, [found]) {
    const { actor, db, now, eventId } = memberOrRefuse(ctx)
    foundOrRefuse(actor, 'markPresent', found, placeOfGathering)
    await together(db, [
      enqueue(db, {
        occasion: `corrections ${eventId}`,
        to: { person: actor.openId },
        ...gatheringCorrections.args({ gathering }),
        dueAt: now,
        lane: 'answer',
      }),
    ])
    return { toast: t('已发在下面。', 'It is below.'), mood: 'success' }
  },
})

export const cancelGatheringPress = press({
  name: 'corrections.cancel',
  rights: ['cancelGathering'],
  sends: z.object({ gathering: id }),
  fills: z.object({ reason: z.string().max(500).nullish() }),
  look,
  async answer(ctx, _sent, [found], { reason }) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'cancelGathering', found, placeOfGathering)
    await cancelGathering(db, it, clipped(reason ?? '', MOST_WORDS), actor, now)
    const said = t('会议已取消，群里的卡片会写明。', 'Cancelled; the card in the group says so.')
    return { toast: said, mood: 'success', card: sentence(said) }
  },
})

export const unmarkPresent = press({
  name: 'corrections.unmark',
  rights: ['markPresent'],
  sends: z.object({ gathering: id }),
  fills: z.object({ people: z.array(z.string()).max(MOST_OFFERED).nullish() }),
  look,
  async answer(ctx, _sent, [found, present], { people }) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'markPresent', found, placeOfGathering)
    const chosen = present.filter((person) => people?.includes(person.id))
    if (chosen.length === 0 && people && people.length > 0)
      refuse('选出的人现在都不在签到名单里，不用再按。', 'None of them is recorded as present any more; no need to press again.')
    const after = await markAbsent(db, it, chosen, actor, now)
    return {
      toast: t(`已把 ${chosen.length} 人改为未到。`, `${chosen.length} marked absent.`),
      mood: 'success',
      card: gatheringCorrectionsCard(
        after,
        present.filter((person) => !chosen.includes(person)),
        now,
      ),
    }
  },
})

/** The form asks which locked meeting is reopened, and why. */
export const reopenForm = view({
  name: 'reopenForm',
  takes: z.object({ branch: id }),
  async show(db, { branch }, now) {
    const [[found], closed] = await lookUp(db, [branchById(db, branch), closedGatherings(db, branch, now)])
    if (!found) return null
    if (closed.length === 0)
      return sentence(t('近 100 天没有已锁定考勤的会议。', 'No meeting of the last 100 days has its attendance locked.'))
    return reopenFormCard(found.name, closed)
  },
})

const reopenFormCard = (branchName: string, closed: readonly { id: string; kind: GatheringAsItStands['kind']; startsAt: Date }[]): Card =>
  card(
    t('重新打开考勤', 'Reopen attendance'),
    [
      form(
        'reopen',
        [
          select(
            'gathering',
            t('哪次会议', 'Which meeting'),
            closed.map((one) => ({ label: meetingSaid(one), value: one.id })),
            { required: true },
          ),
          input('reason', t('理由（留痕备查）', 'Reason (kept on record)'), { required: true, most: MOST_WORDS }),
        ],
        { label: t('重新打开 24 小时', 'Reopen for 24 hours'), value: reopenGatheringPress.value({ form: 'reopen' }) },
      ),
      note(t('更正后，达标情况和得分随之重算。', 'What is corrected changes the duty and the score with it.')),
    ],
    { subtitle: asWritten(branchName) },
  )

const meetingSaid = ({ kind, startsAt }: { kind: GatheringAsItStands['kind']; startsAt: Date }): Text =>
  labelled(spokenDay(day(startsAt)), gatheringKinds[kind].name, ' ')

export const reopenGatheringPress = press({
  name: 'corrections.reopen',
  rights: ['reopenAttendance'],
  sends: z.object({ form: z.literal('reopen') }),
  fills: z.object({ gathering: z.string().max(40).nullish(), reason: z.string().max(500).nullish() }),
  async answer(ctx, _sent, _seen, filled) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const [found] = await lookUp(db, [gatheringAsItStands(db, filled.gathering ?? '')])
    if (!filled.gathering) refuse('请选择是哪次会议。', 'Please choose which meeting.')
    const it = foundOrRefuse(actor, 'reopenAttendance', found, placeOfGathering)
    await reopenAttendance(db, it, clipped(filled.reason ?? '', MOST_WORDS), actor, now)
    const said = t(
      '考勤已重新打开 24 小时，主持卡片已私聊发给你。',
      'Attendance is open for 24 hours; the host’s card is in your direct chat.',
    )
    return { toast: said, mood: 'success', card: sentence(said) }
  },
})
