import type { Meaning } from '../meaning.ts'

const questions = 'what howMany ask period result'

/** The words for what a meeting leaves behind. */
export const recordWork: Readonly<Record<string, Meaning>> = {
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
