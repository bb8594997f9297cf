import type { GatheringAsItStands } from '../../db/gatherings/state.ts'
import { type Element, lines } from '../../src/card.ts'
import { spokenMoment } from '../../src/spoken.ts'
import { labelled, t } from '../../src/text.ts'

/** The form stands before the start as well, because nothing would bring the card up to date at that minute. */
export const notBegun = ({ startsAt }: Pick<GatheringAsItStands, 'startsAt'>, now: Date): Element | null =>
  now < startsAt ? lines(labelled(t('会议开始后才能投票', 'Votes are held once the meeting has begun'), spokenMoment(startsAt))) : null
