import * as messages from '../../db/voices/messages.ts'
import { press } from '../../src/press.ts'
import { view } from '../../src/view.ts'
import { feltAnswer, voiceAnsweredShown } from './answering.ts'
import { feelAnswer } from './buttons.ts'

/** The answer, for whoever signed. An unsigned author reads it by the code. */
export const voiceAnswered = view({
  message: messages.voiceAnswered,
  show: (db, args, now, _pages, box) => voiceAnsweredShown(db, args, now, box),
})

export const feelAnswerPress = press({
  button: feelAnswer,
  rights: ['speakUp'],
  isPersonal: true,
  answer: (ctx, sent) => feltAnswer(ctx, sent),
})
