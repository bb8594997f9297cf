import * as z from 'zod'
import { dissolveGroup, renameGroup, setLeader } from '../../db/roster/change-groups.ts'
import { day } from '../../src/calendar.ts'
import { button, form, input, lines, note, select } from '../../src/card.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { t } from '../../src/text.ts'
import { openGroup } from './buttons.ts'
import {
  type GroupPart,
  groupAnswer,
  groupCard,
  groupFor,
  groupIsOver,
  groupNameIn,
  LONGEST_GROUP_NAME,
  lookAtGroup,
  peopleOffered,
  type ShowGroupPart,
} from './group-card.ts'
import { movingIn, movingOut } from './group-people.ts'

const NOBODY = 'none'

export const groupForms: Record<GroupPart, ShowGroupPart> = {
  name: ({ id, name }) => [
    form('rename', [input('name', t('党小组名称', 'Name of the group'), { value: name, required: true, most: LONGEST_GROUP_NAME })], {
      label: t('保存', 'Save'),
      value: renameGroupPress.value({ group: id }),
    }),
  ],
  leader: ({ id, people }) => {
    const full = people.filter(({ isFull }) => isFull === 1).map((one) => ({ ...one, groupName: null }))
    const none = { value: NOBODY, label: t('暂无组长', 'No leader for now') }
    return [
      form(
        'lead',
        [
          select('leader', t('组长', 'Leader'), [...peopleOffered(full), none], {
            chosen: people.find(({ leads }) => leads)?.id ?? NOBODY,
            required: true,
          }),
        ],
        { label: t('保存', 'Save'), value: appointLeader.value({ group: id }) },
      ),
      note(
        t(
          '组长是本组的正式党员；上任和卸任的都会收到私聊。',
          'A full member of the group; whoever gains or loses the seat is told by direct message.',
        ),
      ),
    ]
  },
  in: movingIn,
  out: movingOut,
  end: ({ id, people }) => [
    people.length > 0
      ? lines(t('小组里还有人，请先把人调出，再解散。', 'There are people in the group; please move them out first.'))
      : button(t('解散这个党小组', 'Dissolve this group'), dissolveGroupPress.value({ group: id }), {
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

export const openGroupPress = press({
  button: openGroup,
  rights: ['manageGroups'],
  look: ({ db }, { group }) => lookAtGroup(db, group),
  async answer(ctx, { part }, [found]) {
    const { here, it } = groupFor(ctx, 'manageGroups', found)
    return { toast: t(it.name, it.name), mood: 'info', card: groupCard(it, here.actor, part && { part, show: groupForms[part] }) }
  },
})

export const renameGroupPress = press({
  name: 'group.rename',
  rights: ['manageGroups'],
  sends: z.object({ group: id }),
  fills: z.object({ name: z.string().max(200).nullish() }),
  look: ({ db }, { group }) => lookAtGroup(db, group),
  async answer(ctx, _sent, [found], filled) {
    const { here, it } = groupFor(ctx, 'manageGroups', found)
    if (it.endedOn) return groupIsOver(here, it)
    const name = groupNameIn(filled.name)
    if (name === it.name) return groupAnswer(here, t('名称没有变。', 'The name is as it was.'), it, 'info')
    return groupAnswer(
      here,
      t(`已改名为「${name}」。`, `It is called “${name}” now.`),
      await renameGroup(here.db, it, name, here.actor, here.now),
    )
  },
})

export const appointLeader = press({
  name: 'group.lead',
  rights: ['grantSeat'],
  sends: z.object({ group: id }),
  fills: z.object({ leader: z.string().max(40).nullish() }),
  look: ({ db }, { group }) => lookAtGroup(db, group),
  async answer(ctx, _sent, [found], filled) {
    const { here, it } = groupFor(ctx, 'grantSeat', found)
    if (it.endedOn) return groupIsOver(here, it)
    const leader = filled.leader === NOBODY ? null : it.people.find(({ id }) => id === filled.leader)
    if (leader === undefined) refuse('请从本组的正式党员里选组长。', 'Please choose a leader among the full members of the group.')
    const held = [...it.people, ...it.others].filter(({ leads }) => leads)
    if (held.length === (leader ? 1 : 0) && (!leader || leader.leads))
      return groupAnswer(here, t('组长没有变。', 'The leader is as before.'), it, 'info')
    const after = await setLeader(here.db, it, leader?.id ?? null, here.newId(), here.actor, here.now)
    return groupAnswer(
      here,
      leader ? t(`组长：${leader.name}。`, `Leader: ${leader.name}.`) : t('现在没有组长。', 'There is no leader now.'),
      after,
    )
  },
})

export const dissolveGroupPress = press({
  name: 'group.dissolve',
  rights: ['manageGroups'],
  sends: z.object({ group: id }),
  look: ({ db }, { group }) => lookAtGroup(db, group),
  async answer(ctx, _sent, [found]) {
    const { here, it } = groupFor(ctx, 'manageGroups', found)
    if (it.endedOn) return groupIsOver(here, it)
    const after = await dissolveGroup(here.db, it, day(here.now), here.actor, here.now)
    return groupAnswer(here, t('已解散。', 'Dissolved.'), after)
  },
})
