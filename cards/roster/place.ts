import * as z from 'zod'
import { setAway } from '../../db/roster/person.ts'
import { day } from '../../src/calendar.ts'
import { button, form, note, pickDay } from '../../src/card.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { t } from '../../src/text.ts'
import { onPerson } from './buttons.ts'
import type { ShowPart } from './person-card.ts'
import { choice, dayIn, decisionOf, lookAtPerson, personAfter, personAsOfNow, personFor } from './person-card.ts'

export const placeForm: ShowPart = ({ id, awaySince }, _viewer, now) =>
  awaySince
    ? [
        button(t('已回来，计入应到', 'Back in place: expected again'), markBack.value({ person: id }), {
          type: 'primary_filled',
          wide: true,
        }),
      ]
    : [
        form('away', [pickDay('on', t('从哪天起人不在', 'Away since'), { chosen: day(now) })], {
          label: t('记为人不在', 'Mark as away'),
          value: markAway.value({ person: id }),
        }),
        note(t('关系在、人不在的，开会不计应到。', 'Whoever is away stays on the roster and is not expected at meetings.')),
      ]

export const markAway = press({
  name: 'place.away',
  rights: ['addMember'],
  sends: onPerson,
  fills: z.object({ on: choice }),
  look: ({ db }, { person }) => lookAtPerson(db, person),
  async answer(ctx, _sent, [found, open], filled) {
    const { here, it } = personFor(ctx, 'addMember', found)
    if (!it.isListed || it.awaySince) return personAsOfNow(here, it)
    const on = dayIn(filled.on, day(here.now))
    if (on > day(here.now)) refuse('日期还没到，到那天再记。', 'That day is still to come; please mark it then.')
    const after = await setAway(here.db, it, on, decisionOf(here, open))
    return personAfter(here, it, after, t(`${it.name}已记为人不在，开会不计应到。`, `${it.name} is away and not expected at meetings.`))
  },
})

export const markBack = press({
  name: 'place.back',
  rights: ['addMember'],
  sends: onPerson,
  look: ({ db }, { person }) => lookAtPerson(db, person),
  async answer(ctx, _sent, [found, open]) {
    const { here, it } = personFor(ctx, 'addMember', found)
    if (!it.isListed || !it.awaySince) return personAsOfNow(here, it)
    const after = await setAway(here.db, it, null, decisionOf(here, open))
    return personAfter(here, it, after, t(`${it.name}已回来，计入应到。`, `${it.name} is back and expected at meetings.`))
  },
})
