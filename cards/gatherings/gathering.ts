import * as z from 'zod'
import { lookUp, together } from '../../db/client.ts'
import { ownPart } from '../../db/gatherings/attendance.ts'
import { admitted, checkIn } from '../../db/gatherings/check-in.ts'
import * as messages from '../../db/gatherings/messages.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import { button, type Card, card, coloured, figures, fitting, fittingLines, lines, listed, note, row } from '../../src/card.ts'
import { memberOrRefuse } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { itemLine } from '../../src/rules/gatherings/agenda.ts'
import { gatheringKinds, isOpen } from '../../src/rules/gatherings/gatherings.ts'
import { quorumOf } from '../../src/rules/gatherings/quorum.ts'
import { spokenSpan } from '../../src/spoken.ts'
import { asWritten, both, joined, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { creditsSaid, seenFrom } from './credit-lines.ts'
import { openLeave } from './leave.ts'
import { askCode } from './room-code.ts'
import { decided } from './votes-held.ts'

/** A gathering's card in the group: when and where, how many came, and one button. Names of the missing stay off it. */
export function gatheringCard(found: GatheringAsItStands, branch?: string): Card {
  const it = seenFrom(found, branch)
  const { name } = gatheringKinds[it.kind]
  if (it.cancelledAt) return cancelledCard(it)
  return card(
    name,
    [
      whenAndWhere(it),
      agendaOf(it),
      ...decided(it, BYTES.decided),
      headcount(it),
      it.branches.length > 1 ? note(byBranch(it)) : null,
      quorumLine(it),
      it.closedAt ? null : button(t('签到', 'Check in'), checkInPress.value({ gathering: it.id }), { type: 'primary_filled', wide: true }),
      it.closedAt || isOpen(it.kind) ? null : row(button(t('请假', 'Ask for leave'), openLeave.value({ gathering: it.id }))),
      note(
        it.closedAt
          ? creditsSaid(it)
          : it.roomSecret
            ? t(
                '会前 30 分钟开始签到；按「签到」后在私聊里输入现场的 4 位数字。',
                'Opens 30 minutes before; press, then enter the room’s 4 digits in our direct chat.',
              )
            : t(
                '会前 30 分钟开始签到，会议开始前签到算准时；也可以 @我 说「签到」。',
                'Opens 30 minutes before; on time until the start. Or @ me and say “checkin”.',
              ),
      ),
      it.closedAt ? null : note(creditsSaid(it)),
    ],
    { colour: colourOf(it), subtitle: whose(it), tag: stateTag(it) },
  )
}

/** A card holds 30 KB: of very many branches and long items the first are shown. */
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

/** Numbers, never names. */
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
    both((l) => `${{ zh: '**时间**', en: '**When**' }[l]}  ${spokenSpan(it.startsAt, it.endsAt)[l]}`),
    it.place !== '' && both((l) => `${{ zh: '**地点**', en: '**Where**' }[l]}  ${asWritten(it.place)[l]}`),
    both((l) => `${{ zh: '**召集**', en: '**Called by**' }[l]}  ${asWritten(it.callerName)[l]}`),
  )

function headcount(it: GatheringAsItStands) {
  const [present, late] = [
    { figure: String(it.present), of: t('实到', 'Present') },
    { figure: String(it.late), of: t('迟到', 'Late') },
  ]
  if (isOpen(it.kind)) return figures(present, late)
  const absent = it.expected - it.present - it.onLeave
  return figures(
    { figure: String(it.expected), of: t('应到', 'Expected') },
    present,
    late,
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
        both((l) => `${{ zh: '**原因**', en: '**Reason**' }[l]}  ${asWritten(it.cancelReason ?? '')[l]}`),
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

/** Only these two kinds need a quorum; elsewhere somebody has to come, which goes without saying. */
function quorumLine(it: GatheringAsItStands) {
  if (it.expected === 0 && !isOpen(it.kind))
    return lines(coloured('orange', t('名单上还没有该到会的人。', 'Nobody on the roster is expected yet.')))
  return it.kind === 'committee' || it.kind === 'general' ? lines(quorumSaid(it)) : null
}

function quorumSaid(it: GatheringAsItStands): Text {
  const { needed, isQuorate, counted: of, presentVoters } = quorumOf(it.kind, it)
  const counted = of === 'voters' ? presentVoters : it.present
  if (isQuorate)
    return coloured(
      'green',
      t(`已达到法定人数（需 ${needed} 人，到会 ${counted} 人）`, `Quorum reached (${needed} needed, ${counted} present)`),
    )
  if (it.closedAt)
    return coloured(
      'orange',
      t(`未达到法定人数（需 ${needed} 人，到会 ${counted} 人）`, `No quorum (${needed} needed, ${counted} present)`),
    )
  return t(`法定人数 ${needed} 人，还差 ${needed - counted} 人`, `Quorum is ${needed}; ${needed - counted} more needed`)
}

export const gathering = view({
  message: messages.gathering,
  async show(db, { subject, branch }) {
    const [it] = await lookUp(db, [gatheringAsItStands(db, subject)])
    if (it && branch && !it.branches.some(({ id }) => id === branch)) return withdrawnCard(it)
    return it ? gatheringCard(it, branch) : null
  },
})

export const checkInPress = press({
  name: 'gathering.checkIn',
  rights: ['checkIn'],
  sends: z.object({ gathering: id }),
  look: ({ db, tenantKey, openId }, sent) =>
    [gatheringAsItStands(db, sent.gathering), ownPart(db, sent.gathering, { tenantKey, openId })] as const,
  async answer(ctx, _sent, [it, own]) {
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
      card: gatheringCard(after.gathering),
    }
  },
})

/** Also of a meeting that is not there, or not theirs. Who is expected is on the roster of a branch that meets: the right to check in is that. */
export function refuseUnexpected(): never {
  return refuse(
    '你不在这次会议的应到名单上；如果应该在，请联系书记。',
    'You are not on this meeting’s roster; if you should be, please tell the secretary.',
  )
}

export const arrivalSaid = (punctuality: 'on time' | 'late'): Text =>
  punctuality === 'late' ? t('签到成功，记为迟到。', 'Checked in, recorded as late.') : t('签到成功，准时。', 'Checked in, on time.')
