import * as z from 'zod'
import { removePerson } from '../../db/roster/person.ts'
import { day } from '../../src/calendar.ts'
import { form, note, select } from '../../src/card.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { leavingReasonNames, leavingReasons } from '../../src/rules/roster/leaving.ts'
import { t } from '../../src/text.ts'
import { onPerson } from './buttons.ts'
import type { ShowPart } from './person-card.ts'
import { choice, decisionOf, lookAtPerson, mayAppoint, personAfter, personAsOfNow, personFor } from './person-card.ts'

export const leavingForm: ShowPart = ({ id }) => [
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
    { label: t('移出名单', 'Take off the roster'), value: takeOffRoster.value({ person: id }) },
  ),
  note(t('参加过的会议照旧保留，支部职务随之免去。', 'The meetings they took part in stay; their seats in the branch end.')),
]

export const takeOffRoster = press({
  name: 'leaving.remove',
  rights: ['grantSeat'],
  sends: onPerson,
  fills: z.object({ reason: choice }),
  look: ({ db }, { person }) => lookAtPerson(db, person),
  async answer(ctx, _sent, [found, open], filled) {
    const { here, it } = personFor(ctx, 'grantSeat', found)
    const reason = leavingReasons.find((one) => one === filled.reason)
    if (!reason) refuse('请选择原因。', 'Please choose a reason.')
    if (!it.isListed) return personAsOfNow(here, it)
    for (const { role } of it.seats) mayAppoint(here, it, role)
    const after = await removePerson(here.db, it, reason, day(here.now), decisionOf(here, open))
    return personAfter(here, it, after, t(`${it.name}已移出名单。`, `${it.name} is off the roster.`))
  },
})
