import * as z from 'zod'
import { lookUp } from '../../db/client.ts'
import { gatheringAsItStands } from '../../db/gatherings/state.ts'
import { sentence } from '../../src/card.ts'
import { id } from '../../src/id.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { spokenMoment } from '../../src/spoken.ts'
import { asWritten, both, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'

/** The group is reminded once, an hour ahead. Null when the meeting was cancelled, moved, or has begun. */
export const reminder = view({
  name: 'reminder',
  takes: z.object({ gathering: id, startsAt: z.number().optional() }),
  async show(db, { gathering, startsAt }, now) {
    const [it] = await lookUp(db, [gatheringAsItStands(db, gathering)])
    if (!it || it.cancelledAt || it.closedAt || now >= it.startsAt) return null
    if (startsAt !== undefined && startsAt !== it.startsAt.getTime()) return null
    const name = gatheringKinds[it.kind].name
    return sentence(
      both((l) => {
        const whose = it.groupName ? `${asWritten(it.groupName)[l]} ` : ''
        const place = it.place ? `${t('，', ', ')[l]}${asWritten(it.place)[l]}` : ''
        return t(
          `快开会了：${whose}${name.zh}，${spokenMoment(it.startsAt).zh}${place}。`,
          `Soon: ${whose}${name.en}, ${spokenMoment(it.startsAt).en}${place}.`,
        )[l]
      }),
    )
  },
})
