import * as z from 'zod'
import { setGroup } from '../../db/roster/person.ts'
import { form, lines, select } from '../../src/card.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { asWritten, t } from '../../src/text.ts'
import { onPerson } from './buttons.ts'
import type { ShowPart } from './person-card.ts'
import { choice, decisionOf, lookAtPerson, personAfter, personAsOfNow, personFor } from './person-card.ts'

export const groupForm: ShowPart = ({ id, groups, group }) =>
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

const NO_GROUP = 'none'

export const changeGroup = press({
  name: 'ownGroup.change',
  rights: ['addMember'],
  sends: onPerson,
  fills: z.object({ group: choice }),
  look: ({ db }, { person }) => lookAtPerson(db, person),
  async answer(ctx, _sent, [found, open], filled) {
    const { here, it } = personFor(ctx, 'addMember', found)
    const group = it.groups.find(({ id }) => id === filled.group)
    if (!it.isListed || (!group && filled.group !== NO_GROUP)) return personAsOfNow(here, it)
    if (it.group === (group?.id ?? null)) refuse('本来就在这里，没有改动。', 'They are there already; nothing has changed.')
    const after = await setGroup(here.db, it, group?.id ?? null, decisionOf(here, open))
    const to = group ? t(group.name, group.name) : t('不分组', 'no group')
    return personAfter(here, it, after, t(`${it.name}：${to.zh}。`, `${it.name}: ${to.en}.`))
  },
})
