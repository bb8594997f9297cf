import * as z from 'zod'
import { movePeople } from '../../db/roster/change-groups.ts'
import type { InGroup } from '../../db/roster/groups.ts'
import { type Element, lines, note } from '../../src/card.ts'
import { form, selectSeveral } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { type Text, t } from '../../src/text.ts'
import { groupAnswer, groupFor, groupIsOver, lookAtGroup, MOST_PEOPLE_OFFERED, peopleOffered, type ShowGroupPart } from './group-card.ts'

export const movingIn: ShowGroupPart = ({ id, others }) =>
  moving(others, t('把谁调入（可多选）', 'Who moves in (several at once)'), t('调入', 'Move in'), moveIntoGroup.value({ group: id }))

export const movingOut: ShowGroupPart = ({ id, people }) =>
  moving(
    people.map((one) => ({ ...one, groupName: null })),
    t('把谁调出（可多选）', 'Who moves out (several at once)'),
    t('调出，暂不分组', 'Move out, into no group'),
    moveOutOfGroup.value({ group: id }),
  )

function moving(people: readonly InGroup[], whom: Text, label: Text, value: object): Element[] {
  if (people.length === 0) return [lines(t('没有可以选的人。', 'There is nobody to choose.'))]
  const options = peopleOffered(people)
  return [form('move', [selectSeveral('people', whom, options)], { label, value }), ...leftOut(people.length, options.length)]
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

const chosen = z.object({ people: z.array(z.string().max(40)).max(MOST_PEOPLE_OFFERED).nullish() })

/** The chosen people who are still where the card showed them. */
function among(people: readonly InGroup[], ids: readonly string[] | null | undefined) {
  if (!ids || ids.length === 0) refuse('请至少选一个人。', 'Please choose somebody.')
  const found = people.filter(({ id }) => ids.includes(id))
  if (found.length === 0)
    refuse('选的人已经不在这里，请重新打开这张卡片。', 'Those chosen are not there any more; please open this card again.')
  return found
}

export const moveIntoGroup = press({
  name: 'groupPeople.moveIn',
  rights: ['manageGroups'],
  sends: z.object({ group: id }),
  fills: chosen,
  look: ({ db }, { group }) => lookAtGroup(db, group),
  async answer(ctx, _sent, [found], { people }) {
    const { here, it } = groupFor(ctx, 'manageGroups', found)
    if (it.endedOn) return groupIsOver(here, it)
    const coming = among(it.others, people)
    const after = await movePeople(here.db, it, coming, it.id, here.newId(), here.actor, here.now)
    return groupAnswer(here, t(`已把 ${coming.length} 人调入「${it.name}」。`, `${coming.length} moved into “${it.name}”.`), after)
  },
})

export const moveOutOfGroup = press({
  name: 'groupPeople.moveOut',
  rights: ['manageGroups'],
  sends: z.object({ group: id }),
  fills: chosen,
  look: ({ db }, { group }) => lookAtGroup(db, group),
  async answer(ctx, _sent, [found], { people }) {
    const { here, it } = groupFor(ctx, 'manageGroups', found)
    if (it.endedOn) return groupIsOver(here, it)
    const going = among(it.people, people)
    const after = await movePeople(here.db, it, going, null, here.newId(), here.actor, here.now)
    return groupAnswer(here, t(`已调出 ${going.length} 人，暂不分组。`, `${going.length} moved out, into no group.`), after)
  },
})
