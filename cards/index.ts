import { isPress } from '../src/press.ts'
import { isFileView, isView } from '../src/view.ts'
import { assessmentCards } from './assessment/index.ts'
import { ballotsCards } from './ballots/index.ts'
import { dutiesCards } from './duties/index.ts'
import { evaluationCards } from './evaluation/index.ts'
import { gatheringsCards } from './gatherings/index.ts'
import { homeCards } from './home/index.ts'
import { meetingVotesCards } from './meeting-votes/index.ts'
import { rhythmsCards } from './rhythms/index.ts'
import { rosterCards } from './roster/index.ts'
import { rulebookCards } from './rulebook/index.ts'
import { scoreboardCards } from './scoreboard/index.ts'
import { talksCards } from './talks/index.ts'
import { votersCards } from './voters/index.ts'

const exported: unknown[] = [
  ...assessmentCards,
  ...ballotsCards,
  ...dutiesCards,
  ...evaluationCards,
  ...gatheringsCards,
  ...homeCards,
  ...meetingVotesCards,
  ...rhythmsCards,
  ...rosterCards,
  ...rulebookCards,
  ...scoreboardCards,
  ...talksCards,
  ...votersCards,
].flatMap((file) => Object.values(file))

/** Every card that can be sent by name. */
export const views = exported.filter(isView)

/** Every file that can be sent by name. */
export const files = exported.filter(isFileView)

/** Every button that can be pressed. */
export const presses = exported.filter(isPress)
