import type { Meaning } from './meaning.ts'

const questions = 'what howMany ask period result'

/** The words for what a meeting leaves behind. */
export const leftBehind: Readonly<Record<string, Meaning>> = {
  task: {
    takes: `${questions} who task mineOnly undone missingYet meeting $kind $when $past hold add write all due next person month date start seat member thing notYet yes this`,
    frames: [
      'assign >',
      'assign task >',
      'assign undone >',
      'assign mineOnly >',
      'assign what/result/ask/howMany >',
      'assign $name > {name}',
      'assign person >',
      'assign $name $when > {name} {when}',
      'assign task $name > {name}',
    ],
  },
  minutes: {
    takes: `${questions} write where how who this all member start add thing task undone due whenAsked next meeting $kind $when $past download wait raise hold missingYet mineOnly seat closed change`,
    frames: [
      'minutes',
      'minutes write',
      'minutes where',
      'minutes download',
      'minutes meeting',
      'minutes $kind',
      'minutes undone',
      'minutes wait',
    ],
  },
}
