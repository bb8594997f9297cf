import { sql } from 'drizzle-orm'
import { committeeSeats } from '../branches/seats.ts'
import { movesIn, movesJson } from '../gatherings/base-moves.ts'
import { wasFullIn } from '../gatherings/expected.ts'

/** The moves of the base in the meeting where ballot `ballots` is voted, as far as its matter is concerned. */
export const leftOutInMeeting = movesJson(
  movesIn(
    sql`"ballots"."gathering"`,
    sql`case when "ballots"."use" = 'election' then 'elections'
      when exists (select 1 from resolutions r where r.ballot = "ballots"."id" and r.matter <> 'ordinary') then 'admissions' end`,
  ),
)

const openedOn = sql`date("ballots"."opened_at" / 1000 + 28800, 'unixepoch')`

/**
 * Outside a meeting a suspended right keeps its member off the list, where everybody with the vote was asked. Everybody answers a pulse.
 * The branches are those of the frozen list, the people those of the opening: nothing here changes afterwards.
 */
export const leftOffTheList = movesJson(sql`select null as scope, count(*) as people, u.entered_by as by, max(u.entered_at) as at,
    null as confirmed_by, null as confirmed_at
  from suspensions u join members m on m.id = u.member and ${wasFullIn(sql`u.branch`, sql`"ballots"."opened_at"`)}
  where "ballots"."use" <> 'pulse' and u.branch in (select e.branch from electorates e where e.ballot = "ballots"."id")
    and u.entered_at <= "ballots"."opened_at" and (u.ended_at is null or u.ended_at > "ballots"."opened_at")
    and u.from_on <= ${openedOn} and (u.until_on is null or u.until_on >= ${openedOn})
    and ("ballots"."electorate" = 'all' or "ballots"."electorate" = 'committee' and exists (select 1 from seats s
      where s.member = u.member and s.branch = u.branch and s.role in ${committeeSeats}
        and s.from_at <= "ballots"."opened_at" and (s.until_at is null or s.until_at > "ballots"."opened_at")))
  group by u.entered_by`)
