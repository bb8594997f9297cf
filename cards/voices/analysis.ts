import * as z from 'zod'
import * as messages from '../../db/voices/messages.ts'
import { press } from '../../src/press.ts'
import { view } from '../../src/view.ts'
import { addedTopic, analysisShown, droppedTopic, listedAnalysis } from './analysis-card.ts'
import { addTopic, dropTopic, listAnalysis } from './buttons.ts'

export const analysis = view({ message: messages.analysis, show: (db, args, now) => analysisShown(db, args, now) })

export const addTopicPress = press({
  button: addTopic,
  rights: ['analyseOpinion'],
  isPersonal: true,
  fills: z.object({
    theme: z.string().max(20).nullish(),
    words: z.string().max(2_000).nullish(),
    cause: z.string().max(2_000).nullish(),
    measure: z.string().max(2_000).nullish(),
    owner: z.string().max(40).nullish(),
    due: z.string().max(40).nullish(),
  }),
  answer: (ctx, sent, _seen, filled) => addedTopic(ctx, sent, filled),
})

export const dropTopicPress = press({
  button: dropTopic,
  rights: ['analyseOpinion'],
  isPersonal: true,
  answer: (ctx, sent) => droppedTopic(ctx, sent),
})

export const listAnalysisPress = press({
  button: listAnalysis,
  rights: ['analyseOpinion'],
  isPersonal: true,
  answer: (ctx, sent) => listedAnalysis(ctx, sent),
})
