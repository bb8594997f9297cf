import { lookUp, together } from '../../db/client.ts'
import { ownPart } from '../../db/gatherings/attendance.ts'
import { admitted, checkIn, refuseUnexpected } from '../../db/gatherings/check-in.ts'
import * as messages from '../../db/gatherings/messages.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import {
  button,
  type Card,
  card,
  coloured,
  type Element,
  figures,
  fitting,
  fittingLines,
  lines,
  listed,
  note,
  row,
} from '../../src/card.ts'
import { memberOrRefuse } from '../../src/context.ts'
import { press } from '../../src/press.ts'
import { itemLine } from '../../src/rules/gatherings/agenda.ts'
import { gatheringKinds, isOpen } from '../../src/rules/gatherings/gatherings.ts'
import { spokenSpan } from '../../src/spoken.ts'
import { asWritten, both, joined, labelled, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { readDecisions } from '../work/buttons.ts'
import { checkInHere, openLeave } from './buttons.ts'
import { creditsSaid, seenFrom } from './credit-lines.ts'
import { askCode } from './room-code.ts'
import { countsOf, decided, inRoomNote } from './voter-lines.ts'

/** A gathering's card in the group: time, place, how many came, and one button. It never names absentees. */
export function gatheringCard(found: GatheringAsItStands, branch?: string, work: readonly Element[] = []): Card {
  const it = seenFrom(found, branch)
  const { name } = gatheringKinds[it.kind]
  if (it.cancelledAt) return cancelledCard(it)
  return card(
    name,
    [
      whenAndWhere(it),
      agendaOf(it),
      ...decided(it, BYTES.decided),
      ...work,
      headcount(it),
      it.branches.length > 1 ? note(byBranch(it)) : null,
      countsOf(it, branch),
      it.closedAt ? null : button(t('签到', 'Check in'), checkInHere.value({ gathering: it.id }), { type: 'primary_filled', wide: true }),
      it.closedAt || isOpen(it.kind) ? null : row(button(t('请假', 'Ask for leave'), openLeave.value({ gathering: it.id }))),
      note(
        it.closedAt
          ? creditsSaid(it)
          : it.roomSecret
            ? t(
                '会前 30 分钟开始签到；按「签到」后在私聊里输入现场的 4 位数字。',
                'Check-in opens 30 minutes before; press, then enter the room’s 4 digits in our direct chat.',
              )
            : t(
                '会前 30 分钟开始签到，会议开始前签到算准时；也可以 @我 说「签到」。',
                'Check-in opens 30 minutes before; on time until the start. Or @ me and say “checkin”.',
              ),
      ),
      it.minuted.includes(branch ?? it.branch) ? note(t('会议记录已确认。', 'The minutes are confirmed.')) : null,
      it.closedAt || !it.votesInRoom ? null : note(inRoomNote),
      it.closedAt ? null : note(creditsSaid(it)),
    ],
    { colour: colourOf(it), subtitle: whose(it), tag: stateTag(it) },
  )
}

/** A card holds 30 KB: long lists of branches and items are cut. */
const BYTES = { names: 1_500, branches: 2_500, agenda: 9_000, decided: 4_500 }

function whose(it: GatheringAsItStands): Text {
  if (it.groupName) return asWritten(`${it.branchName} · ${it.groupName}`)
  const all = it.branches.length > 1 ? it.branches.map(({ name }) => name) : [it.branchName]
  const shown = fitting(all, (name) => name.repeat(3), BYTES.names, 10)
  const names = asWritten(shown.join('、'))
  return shown.length === all.length ? names : t(`${names.zh}等 ${all.length} 个支部`, `${names.en} and ${all.length - shown.length} more`)
}

function agendaOf(it: GatheringAsItStands) {
  const all = it.agenda.map((item, i) => itemLine(item, i + 1, it.closedAt !== null))
  return listed(t('**议题**', '**Agenda**'), all, BYTES.agenda)
}

/** Figures only, never names. */
function byBranch(it: GatheringAsItStands): Text {
  const all = it.branches.map(({ name, present, expected }) =>
    both((l) => `${asWritten(name)[l]} ${present}${isOpen(it.kind) ? '' : `/${expected}`}`),
  )
  const shown = fittingLines(all, BYTES.branches)
  const left = all.length - shown.length
  return joined(left > 0 ? [...shown, t(`另有 ${left} 个支部`, `${left} more branches`)] : shown, '，', ', ')
}

const whenAndWhere = (it: GatheringAsItStands) =>
  lines(
    labelled(t('**时间**', '**When**'), spokenSpan(it.startsAt, it.endsAt), '  '),
    it.place !== '' && labelled(t('**地点**', '**Where**'), asWritten(it.place), '  '),
    labelled(t('**召集**', '**Called by**'), asWritten(it.callerName), '  '),
  )

function headcount(it: GatheringAsItStands) {
  const [present, late] = [
    { figure: String(it.present), of: t('实到', 'Present') },
    { figure: String(it.late), of: t('迟到', 'Late') },
  ]
  if (isOpen(it.kind)) return figures(present, late)
  const absent = it.expected - it.away - it.present - it.onLeave
  return figures(
    { figure: String(it.expected), of: t('应到', 'Expected') },
    ...(it.away > 0 ? [{ figure: String(it.away), of: t('其中外出', 'Away') }] : []),
    present,
    ...(it.away > 0 && it.late === 0 ? [] : [late]),
    ...(it.onLeave > 0 ? [{ figure: String(it.onLeave), of: t('请假', 'On leave') }] : []),
    { figure: String(absent), of: it.closedAt ? t('缺席', 'Absent') : t('未到', 'Not yet') },
  )
}

const cancelledCard = (it: GatheringAsItStands): Card =>
  card(
    gatheringKinds[it.kind].name,
    [
      whenAndWhere(it),
      lines(
        coloured('orange', t('会议已取消。', 'Cancelled.')),
        labelled(t('**原因**', '**Reason**'), asWritten(it.cancelReason ?? ''), '  '),
      ),
    ],
    { colour: 'grey', subtitle: whose(it), tag: { text: t('已取消', 'Cancelled'), colour: 'neutral' } },
  )

const withdrawnCard = (it: GatheringAsItStands): Card =>
  card(
    gatheringKinds[it.kind].name,
    [
      whenAndWhere(it),
      lines(t('本支部已退出这次联合会议，不用签到。', 'Our branch has withdrawn from this joint meeting; no check-in is needed.')),
    ],
    { colour: 'grey', subtitle: asWritten(it.branchName), tag: { text: t('已退出', 'Withdrawn'), colour: 'neutral' } },
  )

const colourOf = (it: GatheringAsItStands) => (!it.closedAt ? 'blue' : it.isQuorate ? 'turquoise' : 'grey')

const stateTag = (it: GatheringAsItStands) =>
  it.closedAt ? { text: t('已结束', 'Closed'), colour: 'neutral' } : { text: t('会议通知', 'Notice'), colour: 'blue' }

export const gathering = view({
  message: messages.gathering,
  async show(db, { subject, branch }) {
    const [it] = await lookUp(db, [gatheringAsItStands(db, subject)])
    if (it && branch && !it.branches.some(({ id }) => id === branch)) return withdrawnCard(it)
    if (!it?.closedAt) return it ? gatheringCard(it, branch) : null
    const part = { gathering: it.id, branch: branch ?? it.branch }
    const { decidedSaid } = await import('../../src/words/work/meeting-work.ts')
    return gatheringCard(it, branch, await decidedSaid(db, it, part.branch, readDecisions.value(part)))
  },
})

export const checkInPress = press({
  button: checkInHere,
  rights: ['checkIn'],
  look: ({ db, tenantKey, openId }, sent) =>
    [gatheringAsItStands(db, sent.gathering), ownPart(db, sent.gathering, { tenantKey, openId })] as const,
  async answer(ctx, { on }, [it, own]) {
    const { actor, db, now } = memberOrRefuse(ctx)
    if (!it || !(own.isExpected || own.punctuality)) refuseUnexpected()

    if (it.roomSecret) {
      admitted({ gathering: it, own }, now)
      await together(db, [askCode(ctx, it.id)])
      return { toast: t('请在私聊里输入现场的 4 位数字。', 'Please enter the room’s 4 digits in our direct chat.'), mood: 'info' }
    }
    const after = await checkIn(db, { gathering: it, own }, actor, now, 'press')
    return {
      toast: arrivalSaid(after.punctuality),
      mood: after.punctuality === 'late' ? 'info' : 'success',
      ...(on === 'reminder' ? {} : { card: gatheringCard(after.gathering) }),
    }
  },
})

export const arrivalSaid = (punctuality: 'on time' | 'late'): Text =>
  punctuality === 'late' ? t('签到成功，记为迟到。', 'Checked in, recorded as late.') : t('签到成功，准时。', 'Checked in, on time.')
