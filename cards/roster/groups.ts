import * as z from 'zod'
import { type Branch, branchById } from '../../db/branches/units.ts'
import { type Db, lookUp, statementOf } from '../../db/client.ts'
import { makeGroup } from '../../db/roster/change-groups.ts'
import { type GroupListed, groupsAsTheyStand, withoutGroup } from '../../db/roster/groups.ts'
import { button, type Card, card, fitting, form, input, lines, note, row } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { asWritten, clipped, literal, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { openGroup, showGroups } from './buttons.ts'
import { groupNameIn, LONGEST_GROUP_NAME, peopleSaid } from './group-card.ts'

const MOST_SHOWN = 30

const SHOWN_BYTES = 9_000

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
      form('make', [input('name', t('新党小组的名称', 'Name of a new group'), { required: true, most: LONGEST_GROUP_NAME })], {
        label: t('新建党小组', 'Make a group'),
        value: makeGroupPress.value({ branch: branch.id }),
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

export const groupsView = view({
  name: 'groups',
  takes: z.object({ branch: id }),
  async show(db, { branch }) {
    const [[found], all, [alone]] = await lookUp(db, listOf(db, branch))
    return found ? groupsCard(found, all, alone?.people ?? 0) : null
  },
})

const listOf = (db: Db, branch: string) =>
  [statementOf(branchById(db, branch)), statementOf(groupsAsTheyStand(db, branch)), statementOf(withoutGroup(db, branch))] as const

export const showGroupsPress = press({
  button: showGroups,
  rights: ['manageGroups'],
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

export const makeGroupPress = press({
  name: 'groups.make',
  rights: ['manageGroups'],
  sends: z.object({ branch: id }),
  fills: z.object({ name: z.string().max(200).nullish() }),
  look: ({ db }, { branch }) => listOf(db, branch),
  async answer(ctx, _sent, [[found]], filled) {
    const { actor, db, now, newId } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'manageGroups', found, placeOf)
    const name = groupNameIn(filled.name)
    await makeGroup(db, newId(), branch.id, name, actor, now)
    const [, all, [alone]] = await lookUp(db, listOf(db, branch.id))
    return {
      toast: t(`已新建「${name}」，点它的名字可以调人、定组长。`, `“${name}” is made; press its name to move people in and set a leader.`),
      mood: 'success',
      card: groupsCard(branch, all, alone?.people ?? 0),
    }
  },
})
