import * as z from 'zod'
import { setAway } from '../../db/roster/person.ts'
import { day } from '../../src/calendar.ts'
import { button, note } from '../../src/card.ts'
import { form, pickDay } from '../../src/form.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { t } from '../../src/text.ts'
import { onPerson } from './buttons.ts'
import { chosenOnPerson, dayIn, decisionOf, lookAtPerson, personAfter, personAsOfNow, personFor, type ShowPart } from './person-card.ts'

export const placeForm: ShowPart = ({ id, awaySince }, _viewer, now) =>
  awaySince
    ? [
        button(t('已回来', 'Back in place'), markBack.value({ person: id }), {
          type: 'primary_filled',
          wide: true,
        }),
      ]
    : [
        form('away', [pickDay('on', t('从哪天起外出', 'Away since'), { chosen: day(now) })], {
          label: t('记为外出', 'Mark as away'),
          value: markAway.value({ person: id }),
        }),
        note(
          t(
            '关系在、人不在的：不提醒、不补课、缺席不算，单列为外出；仍有表决权，计入表决应到，来了可以签到。已经召集的会不变。',
            'A person who is away is not reminded, makes nothing up and is listed apart. They keep their vote, are expected voters and may check in. A meeting that is called already stays as it is.',
          ),
        ),
      ]

export const markAway = press({
  name: 'place.away',
  rights: ['addMember'],
  sends: onPerson,
  fills: z.object({ on: chosenOnPerson }),
  look: ({ db }, { person }) => lookAtPerson(db, person),
  async answer(ctx, _sent, [found, open], filled) {
    const { here, it } = personFor(ctx, 'addMember', found)
    if (!it.isListed || it.awaySince) return personAsOfNow(here, it)
    const on = dayIn(filled.on, day(here.now))
    if (on > day(here.now)) refuse('日期还没到，到那天再记。', 'That day is still to come; please mark it then.')
    const after = await setAway(here.db, it, on, decisionOf(here, open))
    return personAfter(here, it, after, t(`${it.name}已记为外出；仍计入表决应到。`, `${it.name} is away, and still an expected voter.`))
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
    return personAfter(here, it, after, t(`${it.name}已回来。`, `${it.name} is back.`))
  },
})
