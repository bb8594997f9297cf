import { branchById } from '../../db/branches/units.ts'
import { lookUp } from '../../db/client.ts'
import * as messages from '../../db/pledges/messages.ts'
import { pledgedOf } from '../../db/pledges/pledges.ts'
import { button, card, lines, note, row } from '../../src/card.ts'
import { pledgeDueOn } from '../../src/rules/pledges/due.ts'
import { spokenDay } from '../../src/spoken.ts'
import { asWritten, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { openBranchPledges, openPledge } from './buttons.ts'

/** The year's call. The number grows as the committee accepts; nobody is named. */
export const pledgesCalledView = view({
  message: messages.pledgesCalled,
  async show(db, { branch: of, year }) {
    const [[branch], [counts]] = await lookUp(db, [branchById(db, of), pledgedOf(db, of, year)])
    if (!branch) return null
    const until = spokenDay(pledgeDueOn(`${year}-01-01`, year))
    return card(
      t(`${year}年党员承诺`, `The members’ pledges of ${year}`),
      [
        lines(
          t(
            `请每位党员在${until.zh}前写一到五条今年的承诺：做什么、到什么时候。`,
            `Each member is asked for one to five points for this year by ${until.en}: what is done, and by when.`,
          ),
          t(`已承诺 ${counts?.pledged ?? 0} / ${counts?.of ?? 0} 人。`, `${counts?.pledged ?? 0} of ${counts?.of ?? 0} have pledged.`),
        ),
        button(t('写承诺', 'Write mine'), openPledge.value({ about: 'pledge' }), { type: 'primary_filled', wide: true }),
        row(button(t('看大家的承诺', 'See the pledges'), openBranchPledges.value({ branch: of, year }), { type: 'text' })),
        note(
          t(
            '外出的不用写；没有手机的，纸质交给组织委员或宣传委员。',
            'Who is away need not; without a phone, on paper to the organisation or publicity member.',
          ),
        ),
      ],
      { colour: 'turquoise', subtitle: asWritten(branch.name) },
    )
  },
})
