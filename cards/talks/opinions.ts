import { press } from '../../src/press.ts'
import { openOpinions, readOpinion } from './buttons.ts'

/** The opinions of a branch's activists, for those who look after their development. */
export const openOpinionsPress = press({
  button: openOpinions,
  rights: ['readOpinions'],
  isPersonal: true,
  answer: async (ctx, sent) => (await import('./drawn.ts')).openedOpinions(ctx, sent),
})

export const readOpinionPress = press({
  button: readOpinion,
  rights: ['readOpinions'],
  isPersonal: true,
  answer: async (ctx, sent) => (await import('./drawn.ts')).readOne(ctx, sent),
})
