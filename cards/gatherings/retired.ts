import type { GatheringAsItStands } from '../../db/gatherings/state.ts'
import { type Card, card, lines, note } from '../../src/card.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { spokenSpan } from '../../src/spoken.ts'
import { asWritten, t } from '../../src/text.ts'

/** What was one person's by their seat names nobody once the seat is another's. */
export const retiredCard = (it: GatheringAsItStands): Card =>
  card(
    gatheringKinds[it.kind].name,
    [
      lines(spokenSpan(it.startsAt, it.endsAt)),
      note(t('这次会议现在由别的委员负责，这张卡片不再更新。', 'Others look after this meeting now; this card is not kept up to date.')),
    ],
    { colour: 'grey', subtitle: asWritten(it.branchName) },
  )
