import * as z from 'zod'
import { lookUp } from '../../db/client.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import { time } from '../../src/calendar.ts'
import { button, type Card, card, lines, note, row } from '../../src/card.ts'
import { id } from '../../src/id.ts'
import { opensAt } from '../../src/rules/gatherings/attendance.ts'
import { gatheringKinds, isOpen } from '../../src/rules/gatherings/gatherings.ts'
import { spokenMoment } from '../../src/spoken.ts'
import { asWritten, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { checkInHere, openLeave } from './buttons.ts'

/** The group is reminded once, an hour ahead, and answers where it reads. Null when the meeting was cancelled, moved, or has begun. */
export const reminder = view({
  name: 'reminder',
  takes: z.object({ gathering: id, startsAt: z.number().optional() }),
  async show(db, { gathering, startsAt }, now) {
    const [it] = await lookUp(db, [gatheringAsItStands(db, gathering)])
    if (!it || it.cancelledAt || it.closedAt || now >= it.startsAt) return null
    if (startsAt !== undefined && startsAt !== it.startsAt.getTime()) return null
    return reminderCard(it)
  },
})

function reminderCard(it: GatheringAsItStands): Card {
  const { name } = gatheringKinds[it.kind]
  const opens = time(opensAt(it))
  return card(
    t(`快开会了：${name.zh} ${time(it.startsAt)}`, `Soon: ${name.en}, ${time(it.startsAt)}`),
    [
      lines(spokenMoment(it.startsAt), it.place !== '' && asWritten(it.place)),
      button(t('签到', 'Check in'), checkInHere.value({ gathering: it.id, on: 'reminder' }), { type: 'primary_filled', wide: true }),
      isOpen(it.kind) ? null : row(button(t('请假', 'Ask for leave'), openLeave.value({ gathering: it.id }))),
      note(t(`${opens} 开始签到。`, `Check-in opens at ${opens}.`)),
    ],
    { colour: 'blue', subtitle: asWritten(it.groupName ?? it.branchName) },
  )
}
