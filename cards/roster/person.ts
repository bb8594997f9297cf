import * as z from 'zod'
import type { Actor } from '../../db/branches/members.ts'
import { type Db, lookUp, type Statement, statementOf } from '../../db/client.ts'
import * as messages from '../../db/roster/messages.ts'
import { namesOf, openGatheringsOf, type PersonAsItStands, personAsItStands, seatsTold } from '../../db/roster/people.ts'
import { type Decision, grantSeat, removePerson, setAway, setGroup, setStage, undoChange, vacateSeat } from '../../db/roster/person.ts'
import { DAY_MS, day, isDay } from '../../src/calendar.ts'
import { button, type Card, card, type Element, form, lines, note, pickDay, row, select } from '../../src/card.ts'
import { type Context, foundOrRefuse, type KnownContext, mayOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { type PressAnswer, press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { branchSeats, may, type Right, type SeatRole } from '../../src/rules/branches/rights.ts'
import { leavingReasonNames, leavingReasons } from '../../src/rules/roster/leaving.ts'
import { dateNames } from '../../src/rules/roster/roster-file.ts'
import { seatNames, stageNames } from '../../src/rules/roster/roster-plan.ts'
import { dateFieldOf, isStepBack, stagesInOrder, stepsFrom, wrongWith } from '../../src/rules/roster/stage-steps.ts'
import { asWritten, both, joined, literal, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { openPart, parts, turnPeople } from './buttons.ts'

type Part = (typeof parts)[number]
const rightFor: Record<Part, Right> = {
  stage: 'addMember',
  group: 'addMember',
  place: 'addMember',
  seats: 'grantSeat',
  leaving: 'grantSeat',
}

/** A person as the secretary sees them: how they stand, and one thing at a time to change. */
export function personCard(it: PersonAsItStands, viewer: Actor, now: Date, part?: Part): Card {
  const own = parts.filter((one) => it.isListed && may(viewer, rightFor[one], placeOfPerson(it)))
  const isOpen = part !== undefined && own.includes(part)
  return card(
    asWritten(it.name),
    [
      lines(...factLines(it)),
      ...(isOpen ? formOf(part)(it, viewer, now) : own.length > 0 ? [row(...own.map((one) => partButton(it, one)))] : []),
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

/** The committee of a branch: 3 to 5 as a rule, 7 at the most. */
const MOST_ON_COMMITTEE = 7
const tooMany = (size: number) =>
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
      ? t(`**在位** ${it.awaySince} 起人不在，不计应到`, `**In place** away since ${it.awaySince}, not expected at meetings`)
      : t('**在位** 在', '**In place** yes'),
    t(`**职务** ${seats.zh || '无'}`, `**Seats** ${seats.en || 'none'}`),
    ...(it.openId ? [] : [t('还没有对应到飞书用户，收不到私聊。', 'Not matched to a Feishu user: no direct messages.')]),
  ]
}

const seatSaid = ({ role, groupName }: PersonAsItStands['seats'][number]): Text =>
  both((l) => [seatNames[role]?.[l], groupName && (l === 'zh' ? `（${literal(groupName)}）` : ` (${literal(groupName)})`)].join(''))

const partNames: Record<Part, Text> = {
  stage: t('阶段', 'Stage'),
  group: t('党小组', 'Group'),
  place: t('在位', 'In place'),
  seats: t('职务', 'Seats'),
  leaving: t('移出名单', 'Remove'),
}

const partButton = ({ id }: PersonAsItStands, part: Part) => button(partNames[part], openPart.value({ person: id, part }))

type Show = (it: PersonAsItStands, viewer: Actor, now: Date) => Element[]
const formOf = (part: Part): Show =>
  ({ stage: stageForm, group: groupForm, place: placeForm, seats: seatForms, leaving: leavingForm })[part]

const stageForm: Show = ({ id, stage }, _viewer, now) => [
  form(
    'changeStage',
    [
      select(
        'stage',
        t('改为', 'Change to'),
        stepsFrom(stage).map((to) => ({ value: to, label: stepSaid(stage, to) })),
        { required: true },
      ),
      pickDay('on', t('从哪天起', 'From which day'), { chosen: day(now) }),
    ],
    { label: t('保存', 'Save'), value: changeStage.value({ person: id }) },
  ),
  note(t('退回一步不用选日期，后一阶段的日期会去掉。', 'A step back needs no day; the later stage’s day is taken out.')),
]

const stepSaid = (from: (typeof stagesInOrder)[number] | null, to: (typeof stagesInOrder)[number]): Text => {
  const name = stageNames[to]
  if (from === to) return t(`${name.zh}（只改日期）`, `${name.en} (the day only)`)
  return isStepBack(from, to) ? t(`${name.zh}（退回）`, `${name.en} (a step back)`) : name
}

const NO_GROUP = 'none'

const groupForm: Show = ({ id, groups, group }) =>
  groups.length === 0
    ? [lines(t('支部还没有党小组，说「/党小组」可以新建。', 'The branch has no groups yet; say “/groups” to make one.'))]
    : [
        form(
          'changeGroup',
          [
            select(
              'group',
              t('改到', 'Move to'),
              [
                ...groups.slice(0, 50).map(({ id, name }) => ({ value: id, label: asWritten(name) })),
                { value: NO_GROUP, label: t('不分组', 'No group') },
              ],
              { chosen: group ?? NO_GROUP, required: true },
            ),
          ],
          { label: t('保存', 'Save'), value: changeGroup.value({ person: id }) },
        ),
      ]

const placeForm: Show = ({ id, awaySince }, _viewer, now) =>
  awaySince
    ? [
        button(t('已回来，计入应到', 'Back in place: expected again'), comeBack.value({ person: id }), {
          type: 'primary_filled',
          wide: true,
        }),
      ]
    : [
        form('away', [pickDay('on', t('从哪天起人不在', 'Away since'), { chosen: day(now) })], {
          label: t('记为人不在', 'Mark as away'),
          value: goAway.value({ person: id }),
        }),
        note(t('关系在、人不在的，开会不计应到。', 'Whoever is away stays on the roster and is not expected at meetings.')),
      ]

const seatForms: Show = (it, viewer) => {
  const mayAppoint = may(viewer, 'grantSecretary', placeOfPerson(it))
  const offered = branchSeats.filter((role) => !it.seats.some((seat) => seat.role === role) && (mayAppoint || role !== 'secretary'))
  return [
    ...it.seats
      .filter(({ role }) => mayAppoint || role !== 'secretary')
      .map((seat) => {
        const name = seatSaid(seat)
        return button(t(`免去${name.zh}`, `Vacate: ${name.en}`), vacate.value({ person: it.id, seat: seat.id }), {
          wide: true,
          confirm: {
            title: t(`免去${name.zh}？`, `Vacate ${name.en}?`),
            text: t(`会私聊告诉${literal(it.name)}。`, `${literal(it.name)} is told by direct message.`),
          },
        })
      }),
    it.stage === 'full'
      ? form(
          'seat',
          [
            select(
              'role',
              t('任命为', 'Appoint as'),
              offered.map((role) => ({ value: role, label: seatNames[role] ?? t(role, role) })),
              { required: true },
            ),
          ],
          { label: t('任命', 'Appoint'), value: appoint.value({ person: it.id }) },
        )
      : lines(t('只有正式党员才能担任支部职务。', 'Only full members may hold a seat.')),
    note(
      mayAppoint
        ? t('本人会收到私聊。党小组长在「/党小组」里定。', 'They are told by direct message. Group leaders are set under “/groups”.')
        : t(
            '本人会收到私聊。书记由上级党委考核人或管理员任免；党小组长在「/党小组」里定。',
            'They are told by direct message. The secretary is appointed by the committee’s assessor or an administrator; group leaders under “/groups”.',
          ),
    ),
  ]
}

const leavingForm: Show = ({ id }) => [
  form(
    'leaving',
    [
      select(
        'reason',
        t('原因', 'Reason'),
        leavingReasons.map((reason) => ({ value: reason, label: leavingReasonNames[reason] })),
        { required: true },
      ),
    ],
    { label: t('移出名单', 'Take off the roster'), value: remove.value({ person: id }) },
  ),
  note(t('参加过的会议照旧保留，支部职务随之免去。', 'The meetings they took part in stay; their seats in the branch end.')),
]

const changeNames: Record<string, Text> = {
  'member.stage': t('阶段的改动', 'the change of stage'),
  'member.group': t('党小组的改动', 'the change of group'),
  'member.away': t('记为人不在', 'being marked as away'),
  'member.back': t('记为回来', 'being marked as back'),
  'seat.grant': t('任命', 'the appointment'),
  'seat.vacate': t('免职', 'the vacating'),
  'roster.remove': t('移出名单', 'the removal'),
}

const canUndo = ({ lastChange: last }: PersonAsItStands, now: Date) =>
  last !== null && last.undoneAt === null && last.isLatest === 1 && now.getTime() < last.at + DAY_MS

function undoable(it: PersonAsItStands, viewer: Actor, now: Date): Element[] {
  const last = it.lastChange
  const name = last && changeNames[last.deed]
  if (!name || !canUndo(it, now) || !may(viewer, undoRight(last.deed), placeOfPerson(it))) return []
  return [button(t(`撤销：${name.zh}`, `Undo ${name.en}`), undo.value({ person: it.id, change: last.id }), { wide: true })]
}

const placeOfPerson = ({ branch, unit, lineage }: PersonAsItStands) => placeOf({ id: branch, unit, lineage })

const sends = z.object({ person: id })
const look = (db: Db, person: string) => [personAsItStands(db, person)] as const
const lookWithOpen = (db: Db, person: string) => [personAsItStands(db, person), statementOf(openGatheringsOf(db, person))] as const

/** Whom the press is about, if the presser may. */
function seen(ctx: Context, right: Right, found: PersonAsItStands | undefined) {
  const here = memberOrRefuse(ctx)
  return { here, it: foundOrRefuse(here.actor, right, found, placeOfPerson) }
}

type Open = readonly { id: string }[]
export const decided = ({ newId, actor, now }: KnownContext, open: Open): Decision => ({ id: newId(), actor, now, open })

const answered = (here: KnownContext, toast: Text, it: PersonAsItStands, mood: PressAnswer['mood'] = 'success'): PressAnswer => ({
  toast,
  mood,
  card: personCard(it, here.actor, here.now),
})

/** Somebody else was quicker, or the card is old: the present state is the answer. */
async function presently(here: KnownContext, it: PersonAsItStands): Promise<PressAnswer> {
  const [now = it] = await lookUp(here.db, [personAsItStands(here.db, it.id)])
  return answered(
    here,
    t('这张卡片旧了，下面是现在的情况，请再看一下。', 'This card was out of date; here is how things stand now.'),
    now,
    'info',
  )
}

const said = (here: KnownContext, it: PersonAsItStands, after: PersonAsItStands | null, toast: Text): Promise<PressAnswer> | PressAnswer =>
  after ? answered(here, toast, after) : presently(here, it)

export const openPartPress = press({
  button: openPart,
  rights: ['seePeople'],
  look: ({ db }, { person }) => look(db, person),
  async answer(ctx, { part }, [found]) {
    const { here, it } = seen(ctx, 'seePeople', found)
    return { toast: t('请看卡片。', 'See the card.'), mood: 'info', card: personCard(it, here.actor, here.now, part) }
  },
})

/** The platform writes a day as `2026-10-08 +0800`. */
function dayIn(written: string | null | undefined, otherwise: string): string {
  const on = (written ?? '').slice(0, 10)
  if (on !== '' && !isDay(on)) refuse('这个日期读不懂，请重新选。', 'That day cannot be read; please choose again.')
  return on || otherwise
}
const written = z.string().max(40).nullish()

export const changeStage = press({
  name: 'person.stage',
  rights: ['addMember'],
  sends,
  fills: z.object({ stage: written, on: written }),
  look: ({ db }, { person }) => lookWithOpen(db, person),
  async answer(ctx, _sent, [found, open], filled) {
    const { here, it } = seen(ctx, 'addMember', found)
    const stage = stagesInOrder.find((one) => one === filled.stage)
    if (!stage) refuse('请选择阶段。', 'Please choose a stage.')
    if (!it.isListed || !stepsFrom(it.stage).includes(stage)) return presently(here, it)
    const on = dayIn(filled.on, day(here.now))
    const wrong = isStepBack(it.stage, stage) ? null : wrongWith(stage, on, it, day(here.now))
    if (wrong === 'to come') refuse('日期还没到，请选已经发生的日子。', 'That day is still to come; please choose the day it took place.')
    if (wrong) refuse('日期早于前一阶段，请核对。', 'That day is before the stage before it; please check.')
    const after = await setStage(here.db, it, stage, on, decided(here, open))
    const name = stageNames[stage]
    return said(here, it, after, t(`${it.name}：${name.zh}。`, `${it.name}: ${name.en}.`))
  },
})

export const changeGroup = press({
  name: 'person.group',
  rights: ['addMember'],
  sends,
  fills: z.object({ group: written }),
  look: ({ db }, { person }) => lookWithOpen(db, person),
  async answer(ctx, _sent, [found, open], filled) {
    const { here, it } = seen(ctx, 'addMember', found)
    const group = it.groups.find(({ id }) => id === filled.group)
    if (!it.isListed || (!group && filled.group !== NO_GROUP)) return presently(here, it)
    if (it.group === (group?.id ?? null)) refuse('本来就在这里，没有改动。', 'They are there already; nothing has changed.')
    const after = await setGroup(here.db, it, group?.id ?? null, decided(here, open))
    const to = group ? t(group.name, group.name) : t('不分组', 'no group')
    return said(here, it, after, t(`${it.name}：${to.zh}。`, `${it.name}: ${to.en}.`))
  },
})

export const goAway = press({
  name: 'person.away',
  rights: ['addMember'],
  sends,
  fills: z.object({ on: written }),
  look: ({ db }, { person }) => lookWithOpen(db, person),
  async answer(ctx, _sent, [found, open], filled) {
    const { here, it } = seen(ctx, 'addMember', found)
    if (!it.isListed || it.awaySince) return presently(here, it)
    const on = dayIn(filled.on, day(here.now))
    if (on > day(here.now)) refuse('日期还没到，到那天再记。', 'That day is still to come; please mark it then.')
    const after = await setAway(here.db, it, on, decided(here, open))
    return said(here, it, after, t(`${it.name}已记为人不在，开会不计应到。`, `${it.name} is away and not expected at meetings.`))
  },
})

export const comeBack = press({
  name: 'person.back',
  rights: ['addMember'],
  sends,
  look: ({ db }, { person }) => lookWithOpen(db, person),
  async answer(ctx, _sent, [found, open]) {
    const { here, it } = seen(ctx, 'addMember', found)
    if (!it.isListed || !it.awaySince) return presently(here, it)
    const after = await setAway(here.db, it, null, decided(here, open))
    return said(here, it, after, t(`${it.name}已回来，计入应到。`, `${it.name} is back and expected at meetings.`))
  },
})

export const appoint = press({
  name: 'person.appoint',
  rights: ['grantSeat', 'grantSecretary'],
  sends,
  fills: z.object({ role: written }),
  look: ({ db }, { person }) => lookWithOpen(db, person),
  async answer(ctx, _sent, [found, open], filled) {
    const { here, it } = seen(ctx, 'grantSeat', found)
    const role = branchSeats.find((one) => one === filled.role)
    if (!role) refuse('请选择职务。', 'Please choose a seat.')
    mayAppoint(here, it, role)
    if (!it.isListed || it.seats.some((seat) => seat.role === role)) return presently(here, it)
    const after = await grantSeat(here.db, it, role, here.newId(), decided(here, open))
    const name = seatNames[role] as Text
    const done = t(`${it.name}已任${name.zh}。`, `${it.name} is ${name.en} now.`)
    if (!after || after.committeeSize <= MOST_ON_COMMITTEE) return said(here, it, after, done)
    const warning = tooMany(after.committeeSize)
    return answered(here, t(done.zh + warning.zh, `${done.en} ${warning.en}`), after, 'warning')
  },
})

export function mayAppoint({ actor }: KnownContext, it: PersonAsItStands, role: SeatRole) {
  if (role === 'secretary') mayOrRefuse(actor, 'grantSecretary', placeOfPerson(it))
}

export const vacate = press({
  name: 'person.vacate',
  rights: ['grantSeat', 'grantSecretary'],
  sends: sends.extend({ seat: z.string().min(1).max(120) }),
  look: ({ db }, { person }) => lookWithOpen(db, person),
  async answer(ctx, sent, [found, open]) {
    const { here, it } = seen(ctx, 'grantSeat', found)
    const seat = it.seats.find(({ id }) => id === sent.seat)
    if (!seat) return presently(here, it)
    mayAppoint(here, it, seat.role)
    const after = await vacateSeat(here.db, it, seat, decided(here, open))
    const name = seatSaid(seat)
    return said(here, it, after, t(`${it.name}不再任${name.zh}。`, `${it.name} is no longer ${name.en}.`))
  },
})

export const remove = press({
  name: 'person.remove',
  rights: ['grantSeat'],
  sends,
  fills: z.object({ reason: written }),
  look: ({ db }, { person }) => lookWithOpen(db, person),
  async answer(ctx, _sent, [found, open], filled) {
    const { here, it } = seen(ctx, 'grantSeat', found)
    const reason = leavingReasons.find((one) => one === filled.reason)
    if (!reason) refuse('请选择原因。', 'Please choose a reason.')
    if (!it.isListed) return presently(here, it)
    for (const { role } of it.seats) mayAppoint(here, it, role)
    const after = await removePerson(here.db, it, reason, day(here.now), decided(here, open))
    return said(here, it, after, t(`${it.name}已移出名单。`, `${it.name} is off the roster.`))
  },
})

/** What a change needed, its undoing needs too. */
export const undo = press({
  name: 'person.undo',
  rights: ['addMember', 'grantSeat', 'grantSecretary'],
  sends: sends.extend({ change: id }),
  look: ({ db }, { person }) => lookWithOpen(db, person),
  async answer(ctx, { change }, [found, open]) {
    const { here, it } = seen(ctx, 'seePeople', found)
    const undone = await undoneBy(here, it, open, change)
    return undone ? answered(here, undone.toast, undone.after) : presently(here, it)
  },
})

/** The person as before their last change, or null when that is not the one meant or is not the last any more. */
export async function undoneBy(here: KnownContext, it: PersonAsItStands, open: Open, change: string, causes: readonly Statement[] = []) {
  const last = it.lastChange
  if (!last || last.id !== change || !canUndo(it, here.now)) return null
  const [moved] = await lookUp(here.db, [seatsTold(here.db, seatsMoved(it, last.before))])
  mayOrRefuse(here.actor, undoRight(last.deed), placeOfPerson(it))
  for (const { role } of moved) mayAppoint(here, it, role)
  const after = await undoChange(here.db, it, decided(here, open), causes)
  if (!after) return null
  const isAll = (JSON.parse(last.before) as { seats: string[] }).seats.every((seat) => after.seats.some(({ id }) => id === seat))
  const toast = isAll
    ? t('已撤销，恢复原样。', 'Undone; all is as before.')
    : t('已撤销；职务现在由别人担任，没有恢复。', 'Undone, but for the seat: somebody else holds it now.')
  return { after, toast }
}

const undoRight = (deed: string): Right => (deed.startsWith('member.') ? 'addMember' : 'grantSeat')

function seatsMoved({ seats }: PersonAsItStands, before: string): string[] {
  const [was, are] = [(JSON.parse(before) as { seats: string[] }).seats, seats.map(({ id }) => id)]
  return [...was.filter((one) => !are.includes(one)), ...are.filter((one) => !was.includes(one))]
}

/** To the person who gained or lost a seat; what holds at the moment of sending is said. */
export const seatTold = view({
  message: messages.seatTold,
  async show(db, { seats, was, by }) {
    const [found, doers] = await lookUp(db, [seatsTold(db, seats), namesOf(db, by)])
    const moved = found.filter((seat) => !was || was.includes(seat.id) !== seat.isHeld)
    if (moved.length === 0) return null
    const name = doers.map((doer) => literal(doer.name)).join('、')
    return card(t('职务变动', 'Change of seat'), [
      lines(
        ...moved.map(({ role, place, isHeld }) => {
          const [seat, where] = [officeNames[role], literal(place ?? '')]
          return isHeld
            ? t(`你现在担任「${where}」的**${seat.zh}**。`, `You are now **${seat.en}** of “${where}”.`)
            : t(`你不再担任「${where}」的**${seat.zh}**。`, `You are no longer **${seat.en}** of “${where}”.`)
        }),
      ),
      note(t(`由${name}办理；有疑问请直接联系。`, `Done by ${name}; please ask there if it is not right.`)),
    ])
  },
})

const officeNames: Record<SeatRole, Text> = {
  ...(seatNames as Record<SeatRole, Text>),
  assessor: t('党委考核人', 'assessor'),
  admin: t('管理员', 'administrator'),
}
