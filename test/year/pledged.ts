import type { Day } from '../../src/calendar.ts'
import { addWorkdays, lastWorkdayOf } from '../../src/rules/time/workdays.ts'
import type { LivingBranch } from './branches.ts'
import type { Happening } from './life.ts'
import { isWriting } from './work.ts'
import type { World } from './world.ts'

/** Each January all write their pledges: on the day of the call, or once the digest reminds them. Two of the committee look at them. */
export const pledgesOf = (world: World, branch: LivingBranch): Happening[] =>
  (['2026-01-05', '2027-01-04'] as const).flatMap((called) => {
    const on: Day = isWriting(branch) ? called : addWorkdays(lastWorkdayOf(called.slice(0, 7)), -2)
    const form = { p1: '每月给新党员讲一次课', p2: '全年到会率不低于 95%' }
    const reviewers = branch.committee.slice(0, 2)
    return [
      ...branch.people.map((name) => ({
        on,
        time: '16:20',
        async happens() {
          await world.says(name, world.dm(name), '/承诺')
          await world.presses(name, world.dm(name), 'pledge.submit', { form })
        },
      })),
      ...reviewers.map((name, nth) => ({
        on: addWorkdays(on, 1),
        time: `10:4${nth}`,
        async happens() {
          await world.says(name, world.dm(name), '/承诺 审')
          await world.presses(name, world.dm(name), 'pledgeReview.accept')
        },
      })),
    ]
  })
