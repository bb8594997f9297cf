import type { Actor } from '../db/branches/members.ts'
import type { Command } from '../src/command.ts'
import { assessment } from './assessment.ts'
import { ballot } from './ballot.ts'
import { bind } from './bind.ts'
import { checkin } from './checkin.ts'
import { claim } from './claim.ts'
import { election } from './election.ts'
import { evaluation } from './evaluation.ts'
import { groups } from './groups.ts'
import { helpFor, helpOf } from './help.ts'
import { holidays } from './holidays.ts'
import { leave } from './leave.ts'
import { meeting } from './meeting.ts'
import { member } from './member.ts'
import { mine } from './mine.ts'
import { nearMiss } from './nearest.ts'
import { plan, summary } from './papers/plan.ts'
import { record } from './papers/record.ts'
import { report } from './papers/report.ts'
import { systems } from './papers/systems.ts'
import { workReport } from './papers/work-report.ts'
import { areas } from './pledges/areas.ts'
import { board } from './pledges/board.ts'
import { integrity } from './pledges/integrity.ts'
import { pledge } from './pledges/pledge.ts'
import { screen } from './pledges/screen.ts'
import { reopenFor } from './reopen.ts'
import { resolve } from './resolve.ts'
import { review } from './review.ts'
import { rhythm } from './rhythm.ts'
import { roles } from './roles.ts'
import { roster } from './roster.ts'
import { rulebook } from './rulebook.ts'
import { talk } from './talk.ts'
import { todo } from './todo.ts'
import { analysis } from './voices/analysis.ts'
import { suggest } from './voices/suggest.ts'
import { voices } from './voices/voices.ts'
import { minutes } from './work/minutes.ts'
import { task } from './work/task.ts'

/** All commands, in the order of the help screen: the menu, the router and the table of contents at once. */
export const commands: readonly Command[] = [
  checkin,
  leave,
  meeting,
  rhythm,
  resolve,
  election,
  reopenFor,
  minutes,
  mine,
  suggest,
  pledge,
  task,
  assessment,
  todo,
  ballot,
  evaluation,
  talk,
  report,
  workReport,
  record,
  plan,
  summary,
  systems,
  areas,
  board,
  screen,
  voices,
  analysis,
  integrity,
  review,
  helpFor(
    () => commands,
    () => runCommand,
  ),
  member,
  groups,
  roster,
  rulebook,
  holidays,
  bind,
  roles,
  claim,
]

export const { run: runCommand, offer: offerCommand } = nearMiss(() => commands)

export const menuCard = (actor: Actor | null) => helpOf(commands, runCommand, actor, false)
