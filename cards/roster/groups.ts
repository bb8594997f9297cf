import * as z from 'zod'
import type { Actor } from '../../db/branches/members.ts'
import { type Branch, branchById } from '../../db/branches/units.ts'
import { type Db, lookUp, statementOf } from '../../db/client.ts'
import { dissolveGroup, makeGroup, movePeople, renameGroup, setLeader } from '../../db/roster/change-groups.ts'
import {
  type GroupAsItStands,
  type GroupListed,
  groupAsItStands,
  groupsAsTheyStand,
  type InGroup,
  withoutGroup,
} from '../../db/roster/groups.ts'
import { openGatheringIds } from '../../db/roster/people.ts'
import { day } from '../../src/calendar.ts'
import {
  button,
  type Card,
  card,
  type Element,
  fitting,
  form,
  input,
  lines,
  note,
  OPTION_BYTES,
  row,
  select,
  selectSeveral,
} from '../../src/card.ts'
import { type Context, foundOrRefuse, type KnownContext, memberOrRefuse, placeOf } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { type PressAnswer, press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { may, type Right } from '../../src/rules/branches/rights.ts'
import { asWritten, clipped, literal, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'

const MOST_SHOWN = 30
const SHOWN_BYTES = 9_000
const LONGEST_NAME = 30

/** A branch's groups: who leads them, how many people they have, and a new one. */
export function groupsCard(branch: Pick<Branch, 'id' | 'name'>, groups: readonly GroupListed[], alone: number): Card {
  const shown = fitting(
    groups.slice(0, MOST_SHOWN),
    (one) => `${groupSaid(one).zh}${groupSaid(one).zh}${groupSaid(one).en}`,
    SHOWN_BYTES,
    0,
  )
  const left = groups.length - shown.length
  return card(
    t('党小组', 'Groups'),
    [
      groups.length === 0
        ? lines(t('支部还没有党小组。', 'The branch has no groups yet.'))
        : lines(...shown.map(groupSaid), alone > 0 && t(`未分组 ${alone} 人`, `In no group: ${alone}`)),
      left > 0 ? note(t(`另有 ${left} 个没有列出。`, `${left} more are not listed.`)) : null,
      groups.length > 0 ? row(...shown.map(({ id, name }) => button(asWritten(clipped(name, 12)), openGroup.value({ group: id })))) : null,
      form('make', [input('name', t('新党小组的名称', 'Name of a new group'), { required: true, most: LONGEST_NAME })], {
        label: t('新建党小组', 'Make a group'),
        value: make.value({ branch: branch.id }),
      }),
    ],
    { subtitle: asWritten(branch.name) },
  )
}

const groupSaid = ({ name, people, leader }: GroupListed): Text =>
  t(
    `**${literal(name)}** ${people} 人 · ${leader ? `组长 ${literal(leader)}` : '还没有组长'}`,
    `**${literal(name)}** ${peopleSaid(people)} · ${leader ? `led by ${literal(leader)}` : 'no leader yet'}`,
  )

const peopleSaid = (count: number) => (count === 1 ? '1 person' : `${count} people`)

const parts = ['name', 'leader', 'in', 'out', 'end'] as const
type Part = (typeof parts)[number]
const partNames: Record<Part, Text> = {
  name: t('改名', 'Rename'),
  leader: t('组长', 'Leader'),
  in: t('调入', 'Move in'),
  out: t('调出', 'Move out'),
  end: t('解散', 'Dissolve'),
}

/** One group, and one thing at a time to change in it. */
export function groupCard(it: GroupAsItStands, viewer: Actor, part?: Part): Card {
  const own = it.endedOn ? [] : parts.filter((one) => may(viewer, rightFor(one), placeOfGroup(it)))
  const isOpen = part !== undefined && own.includes(part)
  return card(
    asWritten(it.name),
    [
      lines(...factLines(it)),
      ...(isOpen ? forms[part](it) : own.length > 0 ? [row(...own.map((one) => partButton(it, one)))] : []),
      button(
        isOpen ? t('收起', 'Back') : t('返回党小组', 'Back to the groups'),
        isOpen ? openGroup.value({ group: it.id }) : showGroups.value({ branch: it.branch }),
        { type: 'text' },
      ),
    ],
    { subtitle: asWritten(it.branchName), colour: it.endedOn ? 'grey' : 'blue' },
  )
}

const rightFor = (part: Part): Right => (part === 'leader' ? 'grantSeat' : 'manageGroups')
const partButton = ({ id }: GroupAsItStands, part: Part) => button(partNames[part], openGroup.value({ group: id, part }))

const MOST_NAMED = 60
const NAMED_BYTES = 8_000

function factLines({ people, others, endedOn }: GroupAsItStands): Text[] {
  if (endedOn) return [t('这个党小组已解散。', 'This group is dissolved.')]
  const leader = [...people, ...others].find(({ leads }) => leads)
  const named = fitting(
    people.slice(0, MOST_NAMED).map(({ name }) => literal(name)),
    (name) => name.repeat(3),
    NAMED_BYTES,
    6,
  )
  const more = people.length > named.length ? ' …' : ''
  return [
    leader ? t(`**组长** ${literal(leader.name)}`, `**Leader** ${literal(leader.name)}`) : t('**组长** 还没有', '**Leader** none yet'),
    people.length > 0
      ? t(`**${people.length} 人** ${named.join('、')}${more}`, `**${peopleSaid(people.length)}** ${named.join(', ')}${more}`)
      : t('**0 人**', '**Nobody in it**'),
  ]
}

const NOBODY = 'none'
const MOST_OFFERED = 100
const OFFERED_BYTES = 16_000

const offered = (people: readonly InGroup[]) => {
  const options = people.slice(0, MOST_OFFERED).map(({ id, name, groupName }) => ({
    value: id,
    label: asWritten(groupName ? `${name}（${groupName}）` : name),
  }))
  return fitting(options, ({ label }) => label.zh, OFFERED_BYTES, OPTION_BYTES)
}

const leftOut = (all: number, shown: number) =>
  all > shown
    ? [
        note(
          t(
            `另有 ${all - shown} 人没有列出，可以先移这些，再打开一次。`,
            `${all - shown} more are not listed; move these first, then open it again.`,
          ),
        ),
      ]
    : []

const forms: Record<Part, (it: GroupAsItStands) => Element[]> = {
  name: ({ id, name }) => [
    form('rename', [input('name', t('党小组名称', 'Name of the group'), { value: name, required: true, most: LONGEST_NAME })], {
      label: t('保存', 'Save'),
      value: rename.value({ group: id }),
    }),
  ],
  leader: ({ id, people }) => {
    const full = people.filter(({ isFull }) => isFull === 1).map((one) => ({ ...one, groupName: null }))
    const none = { value: NOBODY, label: t('暂无组长', 'No leader for now') }
    return [
      form(
        'lead',
        [
          select('leader', t('组长', 'Leader'), [...offered(full), none], {
            chosen: people.find(({ leads }) => leads)?.id ?? NOBODY,
            required: true,
          }),
        ],
        { label: t('保存', 'Save'), value: lead.value({ group: id }) },
      ),
      note(
        t(
          '组长是本组的正式党员；上任和卸任的都会收到私聊。',
          'A full member of the group; whoever gains or loses the seat is told by direct message.',
        ),
      ),
    ]
  },
  in: ({ id, others }) =>
    moving(others, t('把谁调入（可多选）', 'Who moves in (several at once)'), t('调入', 'Move in'), moveIn.value({ group: id })),
  out: ({ id, people }) =>
    moving(
      people.map((one) => ({ ...one, groupName: null })),
      t('把谁调出（可多选）', 'Who moves out (several at once)'),
      t('调出，暂不分组', 'Move out, into no group'),
      moveOut.value({ group: id }),
    ),
  end: ({ id, people }) => [
    people.length > 0
      ? lines(t('小组里还有人，请先把人调出，再解散。', 'There are people in the group; please move them out first.'))
      : button(t('解散这个党小组', 'Dissolve this group'), dissolve.value({ group: id }), {
          type: 'danger',
          wide: true,
          confirm: {
            title: t('解散这个党小组？', 'Dissolve this group?'),
            text: t(
              '开过的会照旧保留，组长职务和小组的群绑定随之结束。',
              'Its past meetings stay; the leader’s seat and its chat’s binding end.',
            ),
          },
        }),
  ],
}

function moving(people: readonly InGroup[], whom: Text, label: Text, value: object): Element[] {
  if (people.length === 0) return [lines(t('没有可以选的人。', 'There is nobody to choose.'))]
  const options = offered(people)
  return [form('move', [selectSeveral('people', whom, options)], { label, value }), ...leftOut(people.length, options.length)]
}

export const groups = view({
  name: 'groups',
  takes: z.object({ branch: id }),
  async show(db, { branch }) {
    const [[found], all, [alone]] = await lookUp(db, listOf(db, branch))
    return found ? groupsCard(found, all, alone?.people ?? 0) : null
  },
})

const listOf = (db: Db, branch: string) =>
  [statementOf(branchById(db, branch)), statementOf(groupsAsTheyStand(db, branch)), statementOf(withoutGroup(db, branch))] as const

const placeOfGroup = ({ branch, unit, lineage }: GroupAsItStands) => placeOf({ id: branch, unit, lineage })

export const showGroups = press({
  name: 'groups.show',
  rights: ['manageGroups'],
  sends: z.object({ branch: id }),
  look: ({ db }, { branch }) => listOf(db, branch),
  async answer(ctx, _sent, [[found], all, [alone]]) {
    const branch = foundOrRefuse(memberOrRefuse(ctx).actor, 'manageGroups', found, placeOf)
    return {
      toast: t('这是支部的党小组。', 'These are the branch’s groups.'),
      mood: 'info',
      card: groupsCard(branch, all, alone?.people ?? 0),
    }
  },
})

export const make = press({
  name: 'groups.make',
  rights: ['manageGroups'],
  sends: z.object({ branch: id }),
  fills: z.object({ name: z.string().max(200).nullish() }),
  look: ({ db }, { branch }) => listOf(db, branch),
  async answer(ctx, _sent, [[found]], filled) {
    const { actor, db, now, newId } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'manageGroups', found, placeOf)
    const name = nameIn(filled.name)
    await makeGroup(db, newId(), branch.id, name, actor, now)
    const [, all, [alone]] = await lookUp(db, listOf(db, branch.id))
    return {
      toast: t(`已新建「${name}」，点它的名字可以调人、定组长。`, `“${name}” is made; press its name to move people in and set a leader.`),
      mood: 'success',
      card: groupsCard(branch, all, alone?.people ?? 0),
    }
  },
})

function nameIn(written: string | null | undefined): string {
  const name = clipped(written ?? '', LONGEST_NAME)
  if (name === '') refuse('请填写党小组的名称。', 'Please give the group a name.')
  return name
}

const look = (db: Db, group: string) => [groupAsItStands(db, group)] as const

function seen(ctx: Context, right: Right, found: GroupAsItStands | undefined) {
  const here = memberOrRefuse(ctx)
  return { here, it: foundOrRefuse(here.actor, right, found, placeOfGroup) }
}

const answered = (
  { actor }: KnownContext,
  toast: Text,
  it: GroupAsItStands,
  mood: PressAnswer['mood'] = 'success',
  part?: Part,
): PressAnswer => ({ toast, mood, card: groupCard(it, actor, part) })

const isOver = (here: KnownContext, it: GroupAsItStands) =>
  answered(here, t('这个党小组已解散，没有改动。', 'This group is dissolved; nothing has changed.'), it, 'info')

export const openGroup = press({
  name: 'groups.open',
  rights: ['manageGroups'],
  sends: z.object({ group: id, part: z.enum(parts).optional() }),
  look: ({ db }, { group }) => look(db, group),
  async answer(ctx, { part }, [found]) {
    const { here, it } = seen(ctx, 'manageGroups', found)
    return answered(here, t(it.name, it.name), it, 'info', part)
  },
})

export const rename = press({
  name: 'groups.rename',
  rights: ['manageGroups'],
  sends: z.object({ group: id }),
  fills: z.object({ name: z.string().max(200).nullish() }),
  look: ({ db }, { group }) => look(db, group),
  async answer(ctx, _sent, [found], filled) {
    const { here, it } = seen(ctx, 'manageGroups', found)
    if (it.endedOn) return isOver(here, it)
    const name = nameIn(filled.name)
    if (name === it.name) return answered(here, t('名称没有变。', 'The name is as it was.'), it, 'info')
    return answered(
      here,
      t(`已改名为「${name}」。`, `It is called “${name}” now.`),
      await renameGroup(here.db, it, name, here.actor, here.now),
    )
  },
})

export const lead = press({
  name: 'groups.lead',
  rights: ['grantSeat'],
  sends: z.object({ group: id }),
  fills: z.object({ leader: z.string().max(40).nullish() }),
  look: ({ db }, { group }) => look(db, group),
  async answer(ctx, _sent, [found], filled) {
    const { here, it } = seen(ctx, 'grantSeat', found)
    if (it.endedOn) return isOver(here, it)
    const leader = filled.leader === NOBODY ? null : it.people.find(({ id }) => id === filled.leader)
    if (leader === undefined) refuse('请从本组的正式党员里选组长。', 'Please choose a leader among the full members of the group.')
    const held = [...it.people, ...it.others].filter(({ leads }) => leads)
    if (held.length === (leader ? 1 : 0) && (!leader || leader.leads))
      return answered(here, t('组长没有变。', 'The leader is as before.'), it, 'info')
    const after = await setLeader(here.db, it, leader?.id ?? null, here.newId(), here.actor, here.now)
    return answered(
      here,
      leader ? t(`组长：${leader.name}。`, `Leader: ${leader.name}.`) : t('现在没有组长。', 'There is no leader now.'),
      after,
    )
  },
})

const chosen = z.object({ people: z.array(z.string().max(40)).max(MOST_OFFERED).nullish() })

/** The people chosen who are still where the card showed them. */
function among(people: readonly InGroup[], ids: readonly string[] | null | undefined) {
  if (!ids || ids.length === 0) refuse('请至少选一个人。', 'Please choose somebody.')
  const found = people.filter(({ id }) => ids.includes(id))
  if (found.length === 0)
    refuse('选的人已经不在这里，请重新打开这张卡片。', 'Those chosen are not there any more; please open this card again.')
  return found
}

const moved = (to: string, people: readonly InGroup[]): Text =>
  t(`已把 ${people.length} 人调入「${to}」。`, `${people.length} moved into “${to}”.`)

export const moveIn = press({
  name: 'groups.moveIn',
  rights: ['manageGroups'],
  sends: z.object({ group: id }),
  fills: chosen,
  look: ({ db }, { group }) => look(db, group),
  async answer(ctx, _sent, [found], { people }) {
    const { here, it } = seen(ctx, 'manageGroups', found)
    if (it.endedOn) return isOver(here, it)
    const coming = among(it.others, people)
    const [open] = await lookUp(here.db, [openGatheringIds(here.db, it.branch)])
    const after = await movePeople(here.db, it, coming, it.id, open, here.newId(), here.actor, here.now)
    return answered(here, moved(it.name, coming), after)
  },
})

export const moveOut = press({
  name: 'groups.moveOut',
  rights: ['manageGroups'],
  sends: z.object({ group: id }),
  fills: chosen,
  look: ({ db }, { group }) => look(db, group),
  async answer(ctx, _sent, [found], { people }) {
    const { here, it } = seen(ctx, 'manageGroups', found)
    if (it.endedOn) return isOver(here, it)
    const going = among(it.people, people)
    const [open] = await lookUp(here.db, [openGatheringIds(here.db, it.branch)])
    const after = await movePeople(here.db, it, going, null, open, here.newId(), here.actor, here.now)
    return answered(here, t(`已调出 ${going.length} 人，暂不分组。`, `${going.length} moved out, into no group.`), after)
  },
})

export const dissolve = press({
  name: 'groups.dissolve',
  rights: ['manageGroups'],
  sends: z.object({ group: id }),
  look: ({ db }, { group }) => look(db, group),
  async answer(ctx, _sent, [found]) {
    const { here, it } = seen(ctx, 'manageGroups', found)
    if (it.endedOn) return isOver(here, it)
    const after = await dissolveGroup(here.db, it, day(here.now), here.actor, here.now)
    return answered(here, t('已解散。', 'Dissolved.'), after)
  },
})
