import * as z from 'zod'
import type { Actor } from '../../db/branches/members.ts'
import { type Db, lookUp, statementOf } from '../../db/client.ts'
import { openGatheringsOf, type PersonAsItStands, personAsItStands } from '../../db/roster/people.ts'
import type { Decision } from '../../db/roster/person.ts'
import { DAY_MS, isDay } from '../../src/calendar.ts'
import { button, type Card, card, type Element, lines, note, row } from '../../src/card.ts'
import { type Context, foundOrRefuse, type KnownContext, mayOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import type { PressAnswer } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { may, type Right, type SeatRole } from '../../src/rules/branches/rights.ts'
import { dateNames, seatNames, stageNames } from '../../src/rules/roster/names.ts'
import { dateFieldOf, stagesInOrder } from '../../src/rules/roster/stage-steps.ts'
import { asWritten, both, joined, literal, type Text, t } from '../../src/text.ts'
import { openPart, personParts, turnPeople, undoLast } from './buttons.ts'
import { exclusionSaid, suspensionSaid } from './vote-lines.ts'

/** A person as the secretary sees them, with at most one part unfolded to be changed. */
export function personCard(it: PersonAsItStands, viewer: Actor, now: Date, opened?: { part: PersonPart; show: ShowPart }): Card {
  const own = personParts.filter((one) => it.isListed && may(viewer, rightFor[one], placeOfPerson(it)))
  const isOpen = opened !== undefined && own.includes(opened.part)
  return card(
    asWritten(it.name),
    [
      lines(...factLines(it)),
      ...(isOpen ? opened.show(it, viewer, now) : own.length > 0 ? [row(...own.map((one) => partButton(it, one)))] : []),
      it.committeeSize > MOST_ON_COMMITTEE ? note(tooMany(it.committeeSize)) : null,
      ...(isOpen ? [] : undoable(it, viewer, now)),
      button(
        isOpen ? t('收起', 'Back') : t('返回名单', 'Back to the members'),
        isOpen ? openPart.value({ person: it.id }) : turnPeople.value({ branch: it.branch, page: 0 }),
        { type: 'text' },
      ),
    ],
    { subtitle: asWritten(it.branchName), colour: it.isListed ? 'blue' : 'grey' },
  )
}

/** A branch committee has 3 to 5 members as a rule, and 7 at the most. */
export const MOST_ON_COMMITTEE = 7

export const tooMany = (size: number) =>
  t(`支委会现有 ${size} 人；一般 3 至 5 人，最多 7 人。`, `The committee has ${size} members; 3 to 5 are usual, 7 the most.`)

function factLines(it: PersonAsItStands): Text[] {
  const stage = it.stage && stageNames[it.stage]
  const dates = stagesInOrder.flatMap((one) => {
    const [on, name] = [it[dateFieldOf(one)], dateNames[dateFieldOf(one)]]
    return on ? [t(`${name.zh} ${on}`, `${name.en} ${on}`)] : []
  })
  const spoken = joined(dates, '，', ', ')
  const seats = joined(it.seats.map(seatSaid), '、', ', ')
  const group = it.groupName ? asWritten(it.groupName) : t('未分组', 'none')
  if (!it.isListed) return [t('已不在名单上。', 'On the roster no longer.')]
  return [
    t(`**阶段** ${stage?.zh ?? '未填'}`, `**Stage** ${stage?.en ?? 'not stated'}`),
    ...(dates.length > 0 ? [t(`<font color='grey'>${spoken.zh}</font>`, `<font color='grey'>${spoken.en}</font>`)] : []),
    t(`**党小组** ${group.zh}`, `**Group** ${group.en}`),
    it.awaySince
      ? t(
          `**状态** 外出，${it.awaySince} 起：不提醒、缺席不算，表决仍计入应到`,
          `**Status** away since ${it.awaySince}: not reminded, no fault to be absent, still an expected voter`,
        )
      : t('**状态** 在岗', '**Status** in place'),
    ...it.exclusions.map(exclusionSaid),
    ...it.suspensions.map(suspensionSaid),
    t(`**职务** ${seats.zh || '无'}`, `**Seats** ${seats.en || 'none'}`),
    ...(it.openId ? [] : [t('还没有对应到飞书用户，收不到私聊。', 'Not matched to a Feishu user: no direct messages.')]),
  ]
}

export const seatSaid = ({ role, groupName }: PersonAsItStands['seats'][number]): Text =>
  both((l) => [seatNames[role]?.[l], groupName && (l === 'zh' ? `（${literal(groupName)}）` : ` (${literal(groupName)})`)].join(''))

const partNames: Record<PersonPart, Text> = {
  stage: t('阶段', 'Stage'),
  group: t('党小组', 'Group'),
  place: t('在岗、外出', 'In place, away'),
  exclusion: t('不计入应到', 'Exclusion'),
  suspension: t('中止表决权', 'Suspension'),
  seats: t('职务', 'Seats'),
  leaving: t('移出名单', 'Remove'),
}

const rightFor: Record<PersonPart, Right> = {
  stage: 'addMember',
  group: 'addMember',
  place: 'addMember',
  exclusion: 'requestExclusion',
  suspension: 'suspendVote',
  seats: 'grantSeat',
  leaving: 'grantSeat',
}

export type PersonPart = (typeof personParts)[number]

const partButton = ({ id }: PersonAsItStands, part: PersonPart) => button(partNames[part], openPart.value({ person: id, part }))

/** The elements of one part, unfolded. */
export type ShowPart = (it: PersonAsItStands, viewer: Actor, now: Date) => Element[]

const changeNames: Record<string, Text> = {
  'member.stage': t('阶段的改动', 'the change of stage'),
  'member.group': t('党小组的改动', 'the change of group'),
  'member.away': t('记为外出', 'being marked as away'),
  'member.back': t('记为回来', 'being marked as back'),
  'seat.grant': t('任命', 'the appointment'),
  'seat.vacate': t('免职', 'the vacating'),
  'roster.remove': t('移出名单', 'the removal'),
}

export const canUndo = ({ lastChange: last }: PersonAsItStands, now: Date) =>
  last !== null && last.undoneAt === null && last.isLatest === 1 && now.getTime() < last.at + DAY_MS

function undoable(it: PersonAsItStands, viewer: Actor, now: Date): Element[] {
  const last = it.lastChange
  const name = last && changeNames[last.deed]
  if (!name || !canUndo(it, now) || !may(viewer, undoRight(last.deed), placeOfPerson(it))) return []
  return [button(t(`撤销：${name.zh}`, `Undo ${name.en}`), undoLast.value({ person: it.id, change: last.id }), { wide: true })]
}

export const undoRight = (deed: string): Right => (deed.startsWith('member.') ? 'addMember' : 'grantSeat')

export const placeOfPerson = ({ branch, unit, lineage }: PersonAsItStands) => placeOf({ id: branch, unit, lineage })

export const lookAtPerson = (db: Db, person: string) => [personAsItStands(db, person), statementOf(openGatheringsOf(db, person))] as const

/** The person that a press names; refuses an actor without the right. */
export function personFor(ctx: Context, right: Right, found: PersonAsItStands | undefined) {
  const here = memberOrRefuse(ctx)
  return { here, it: foundOrRefuse(here.actor, right, found, placeOfPerson) }
}

export type OpenGatherings = readonly { id: string }[]

export const decisionOf = ({ newId, actor, now }: KnownContext, open: OpenGatherings): Decision => ({ id: newId(), actor, now, open })

export const personAnswer = (
  here: KnownContext,
  toast: Text,
  it: PersonAsItStands,
  mood: PressAnswer['mood'] = 'success',
): PressAnswer => ({
  toast,
  mood,
  card: personCard(it, here.actor, here.now),
})

/** Another hand was quicker, or the card is old: the answer is the present state. */
export async function personAsOfNow(here: KnownContext, it: PersonAsItStands): Promise<PressAnswer> {
  const [now = it] = await lookUp(here.db, [personAsItStands(here.db, it.id)])
  return personAnswer(
    here,
    t('这张卡片旧了，下面是现在的情况，请再看一下。', 'This card was out of date; here is how things stand now.'),
    now,
    'info',
  )
}

export const personAfter = (
  here: KnownContext,
  it: PersonAsItStands,
  after: PersonAsItStands | null,
  toast: Text,
): Promise<PressAnswer> | PressAnswer => (after ? personAnswer(here, toast, after) : personAsOfNow(here, it))

export function mayAppoint({ actor }: KnownContext, it: PersonAsItStands, role: SeatRole) {
  if (role === 'secretary') mayOrRefuse(actor, 'grantSecretary', placeOfPerson(it))
}

export const chosenOnPerson = z.string().max(40).nullish()

/** The platform writes a picked day as `2026-10-08 +0800`; an empty one becomes `otherwise`. */
export function dayIn(written: string | null | undefined, otherwise: string): string {
  const on = (written ?? '').slice(0, 10)
  if (on !== '' && !isDay(on)) refuse('这个日期读不懂，请重新选。', 'That day cannot be read; please choose again.')
  return on || otherwise
}
