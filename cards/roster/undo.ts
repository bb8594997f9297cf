import { lookUp, type Statement } from '../../db/client.ts'
import { type PersonAsItStands, seatsTold } from '../../db/roster/people.ts'
import { undoChange } from '../../db/roster/person.ts'
import { type KnownContext, mayOrRefuse } from '../../src/context.ts'
import { press } from '../../src/press.ts'
import { t } from '../../src/text.ts'
import { undoLast } from './buttons.ts'
import type { OpenGatherings } from './person-card.ts'
import {
  canUndo,
  decisionOf,
  lookAtPerson,
  mayAppoint,
  personAnswer,
  personAsOfNow,
  personFor,
  placeOfPerson,
  undoRight,
} from './person-card.ts'

/** What a change needed, its undoing needs too. */
export const undoLastPress = press({
  button: undoLast,
  rights: ['addMember', 'grantSeat', 'grantSecretary'],
  look: ({ db }, { person }) => lookAtPerson(db, person),
  async answer(ctx, { change }, [found, open]) {
    const { here, it } = personFor(ctx, 'seePeople', found)
    const undone = await undoneBy(here, it, open, change)
    return undone ? personAnswer(here, undone.toast, undone.after) : personAsOfNow(here, it)
  },
})

/** The person as before their last change, or null when that is not the one meant or is not the last any more. */
export async function undoneBy(
  here: KnownContext,
  it: PersonAsItStands,
  open: OpenGatherings,
  change: string,
  causes: readonly Statement[] = [],
) {
  const last = it.lastChange
  if (!last || last.id !== change || !canUndo(it, here.now)) return null
  const [moved] = await lookUp(here.db, [seatsTold(here.db, seatsMoved(it, last.before))])
  mayOrRefuse(here.actor, undoRight(last.deed), placeOfPerson(it))
  for (const { role } of moved) mayAppoint(here, it, role)
  const after = await undoChange(here.db, it, decisionOf(here, open), causes)
  if (!after) return null
  const isAll = (JSON.parse(last.before) as { seats: string[] }).seats.every((seat) => after.seats.some(({ id }) => id === seat))
  const toast = isAll
    ? t('已撤销，恢复原样。', 'Undone; all is as before.')
    : t('已撤销；职务现在由别人担任，没有恢复。', 'Undone, but for the seat: somebody else holds it now.')
  return { after, toast }
}

function seatsMoved({ seats }: PersonAsItStands, before: string): string[] {
  const [was, are] = [(JSON.parse(before) as { seats: string[] }).seats, seats.map(({ id }) => id)]
  return [...was.filter((one) => !are.includes(one)), ...are.filter((one) => !was.includes(one))]
}
