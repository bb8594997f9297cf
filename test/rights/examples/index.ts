import { assessment } from './assessment.ts'
import { ballots } from './ballots.ts'
import { boardExamples } from './board.ts'
import { duties } from './duties.ts'
import { evaluation } from './evaluation.ts'
import { gatherings } from './gatherings.ts'
import { home } from './home.ts'
import { joint } from './joint.ts'
import { meetingVotes } from './meeting-votes.ts'
import { minutes } from './minutes.ts'
import { papersExamples } from './papers.ts'
import { pledgesExamples } from './pledges.ts'
import { rhythms } from './rhythms.ts'
import { roster } from './roster.ts'
import { rulebook } from './rulebook.ts'
import { scoreboard } from './scoreboard.ts'
import { seats } from './seats.ts'
import { talksExamples } from './talks.ts'
import { vaultExamples } from './vault.ts'
import { voices } from './voices.ts'
import { voters } from './voters.ts'
import { work } from './work.ts'

export const examples = [
  ...assessment,
  ...ballots,
  ...boardExamples,
  ...duties,
  ...evaluation,
  ...gatherings,
  ...home,
  ...joint,
  ...meetingVotes,
  ...papersExamples,
  ...minutes,
  ...pledgesExamples,
  ...rhythms,
  ...roster,
  ...rulebook,
  ...scoreboard,
  ...seats,
  ...talksExamples,
  ...vaultExamples,
  ...voices,
  ...voters,
  ...work,
]
