import type { Meaning } from '../meaning.ts'

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
}
