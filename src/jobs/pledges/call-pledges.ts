import { chatsOfBranches } from '../../../db/branches/chats.ts'
import type { BranchPlace } from '../../../db/branches/units.ts'
import { lookUp, statementOf } from '../../../db/client.ts'
import { enqueue } from '../../../db/ledgers/outbox.ts'
import { pledgesCalled, pledgesSubject } from '../../../db/pledges/messages.ts'
import { ofUsing } from '../../../db/rulebook/using.ts'
import { day, yearOf } from '../../calendar.ts'
import { courteousFrom, spread } from '../../rules/time/courtesy.ts'
import { branchLots } from '../each.ts'
import type { Job, Lot } from '../job.ts'

/** On the first working day of January each branch's chat is asked for the year's pledges, once. */
export const callPledges: Job = async function* ({ db, slot, now, from }): AsyncGenerator<Lot> {
  const year = yearOf(day(slot))
  for await (const { branches, upTo } of branchLots(db, from ? (JSON.parse(from) as BranchPlace) : null)) {
    const [chats] = await lookUp(db, [
      chatsOfBranches(
        db,
        branches.map(({ id }) => id),
      ),
    ])
    const using = await ofUsing(db, 'pledges', chats, now)
    const statements = using.map(({ chatId, branch }) =>
      statementOf(
        enqueue(db, {
          occasion: `pledges ${year} ${chatId}`,
          to: { chat: chatId },
          ...pledgesCalled({ subject: pledgesSubject(branch), branch, year }),
          dueAt: courteousFrom(spread(courteousFrom(now), chatId)),
          lane: 'bulk',
        }),
      ),
    )
    yield { statements, cursor: JSON.stringify(upTo) }
  }
}
