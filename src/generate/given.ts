import { type Db, together } from '../../db/client.ts'
import { recountCredits } from '../../db/ledgers/credits.ts'
import type { Seed } from '../../db/roster/seeding.ts'
import { addDays, addMonths, type Day, firstDay, month } from '../calendar.ts'
import { chanceOf } from './chance.ts'
import { factsOf } from './facts.ts'
import type { MadeBranch } from './people.ts'
import { talksOf } from './talks.ts'
import { workOf } from './work.ts'

/** Most branches of a small unit keep their duties well, and one does not. */
const strengths = [0.97, 0.93, 0.95, 0.97, 0.6, 0.93]

/** Gives branches that exist already a year of facts before `until`, the same for the same day. Returns its first day. */
export async function givePast(
  db: Db,
  { unit, branches, committees }: Pick<Seed, 'unit' | 'branches' | 'committees'>,
  until: Date,
): Promise<Day> {
  const since = firstDay(addMonths(month(until), -11))
  for (const [nth, { key, committee, members, groups }] of branches.entries()) {
    const chance = chanceOf(nth + 1)
    const people = members.map(({ key: id, name, stage, group = null, seats }) => ({ id, name, stage, group, roles: seats, dates: {} }))
    const branch: MadeBranch = { id: key, groups: groups.map((one) => ({ id: one.key, name: one.name })), people }
    const upper = committees.find((one) => one.key === committee)?.assessors[0]?.key ?? ''
    const { statements } = factsOf(branch, { strength: strengths[nth % strengths.length] ?? 1, since, until, upper, isWhole: true }, chance)
    await together(db, [
      {
        sql: 'update branches set since = ?, term_started_on = ? where id = ?',
        args: [since, addDays(since, -chance.whole(30, 600)), key],
        map: () => undefined,
      },
      ...statements,
      ...talksOf(db, unit.key, branch, until),
      // The first branch is the one that a visitor sees.
      ...(nth === 0 ? workOf(db, unit.key, branch, until) : []),
      ...recountCredits(db, key),
    ])
  }
  return since
}
