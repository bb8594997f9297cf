import { personAsItStands } from '../../db/roster/people.ts'
import { press } from '../../src/press.ts'
import { t } from '../../src/text.ts'
import { openPart } from './buttons.ts'
import { exclusionForm } from './exclusion.ts'
import { leavingForm } from './leaving.ts'
import { groupForm } from './own-group.ts'
import { type PersonPart, personCard, personFor, type ShowPart } from './person-card.ts'
import { placeForm } from './place.ts'
import { seatForms } from './seats.ts'
import { stageForm } from './stage.ts'
import { suspensionForm } from './suspension.ts'

const forms: Record<PersonPart, ShowPart> = {
  stage: stageForm,
  group: groupForm,
  place: placeForm,
  exclusion: exclusionForm,
  suspension: suspensionForm,
  seats: seatForms,
  leaving: leavingForm,
}

export const openPartPress = press({
  button: openPart,
  rights: ['seePeople'],
  look: ({ db }, { person }) => [personAsItStands(db, person)] as const,
  async answer(ctx, { part }, [found]) {
    const { here, it } = personFor(ctx, 'seePeople', found)
    return {
      toast: t('请看卡片。', 'See the card.'),
      mood: 'info',
      card: personCard(it, here.actor, here.now, part && { part, show: forms[part] }),
    }
  },
})
