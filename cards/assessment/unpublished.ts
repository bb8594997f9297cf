import * as z from 'zod'
import { committeeById } from '../../db/branches/units.ts'
import { lookUp } from '../../db/client.ts'
import { isQuarter } from '../../src/calendar.ts'
import { card, lines, note } from '../../src/card.ts'
import { id } from '../../src/id.ts'
import { spokenQuarter } from '../../src/spoken.ts'
import { asWritten, labelled, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'

/** For the administrators: a quarter that no assessor publishes, and no committee above has one who could. */
export const unpublished = view({
  name: 'unpublished',
  takes: z.object({ committee: id, quarter: z.string().refine(isQuarter) }),
  async show(db, { committee, quarter }) {
    const [[found]] = await lookUp(db, [committeeById(db, committee)])
    if (!found) return null
    return card(
      labelled(spokenQuarter(quarter), t('考核还没有公布', 'assessment not published'), ' '),
      [
        lines(
          t(
            '评定期过后十个工作日还没有公布，上级党委也没有考核人。请指定一位考核人（可以是你自己），由他评定、公布：说「授权」。',
            'Ten working days after the review it is not published, and no committee above has an assessor. Please appoint one, who may be yourself, to judge and publish: say “roles”.',
          ),
        ),
        note(t('机器人不会自己公布。', 'The bot never publishes by itself.')),
      ],
      { colour: 'orange', subtitle: asWritten(found.name) },
    )
  },
})
