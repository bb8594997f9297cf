import * as z from 'zod'
import { press } from '../../src/press.ts'
import { verdicts } from '../../src/rules/talks/kinds.ts'
import { openOpinion, submitOpinion } from './buttons.ts'

/** The opinion of an activist (考察意见), in the place of the talk's card. */
export const openOpinionPress = press({
  button: openOpinion,
  rights: ['talk'],
  isPersonal: true,
  answer: async (ctx, sent) => (await import('./drawn.ts')).openedOpinion(ctx, sent),
})

export const submitOpinionPress = press({
  button: submitOpinion,
  rights: ['talk'],
  isPersonal: true,
  fills: z.object({
    verdict: z.enum(verdicts).nullish().catch(null),
    opinion: z.string().max(20_000).nullish(),
  }),
  answer: async (ctx, sent, _seen, filled) => (await import('./drawn.ts')).submittedOpinion(ctx, sent, filled),
})
