import * as z from 'zod'
import * as messages from '../../db/voices/messages.ts'
import { press } from '../../src/press.ts'
import { view } from '../../src/view.ts'
import { feelByCode, lookUpCode, openLookUp, openSuggest, submitVoice } from './buttons.ts'
import { adoptedShown, suggestShown } from './suggest-card.ts'
import { feltByCode, lookedUp, openedLookUp, openedSuggest, submitted } from './suggested.ts'

export const suggest = view({
  message: messages.suggest,
  show: (db, args, now, _pages, box) => suggestShown(db, args, now, box),
})

export const adopted = view({
  message: messages.adopted,
  show: (db, args) => adoptedShown(db, args),
})

export const openSuggestPress = press({
  button: openSuggest,
  rights: ['speakUp'],
  answer: (ctx, sent) => openedSuggest(ctx, sent),
})

/** It is not marked personal, since the answer takes the rows of the card away. The form says nothing of anybody. */
export const submitVoicePress = press({
  button: submitVoice,
  rights: ['speakUp'],
  fills: z.object({
    kind: z.string().max(40).nullish(),
    words: z.string().max(20_000).nullish(),
    sign: z.string().max(20).nullish(),
    meant: z.string().max(40).nullish(),
  }),
  answer: (ctx, sent, _seen, filled) => submitted(ctx, sent, filled),
})

export const openLookUpPress = press({
  button: openLookUp,
  rights: ['speakUp'],
  answer: (ctx) => openedLookUp(ctx),
})

export const lookUpCodePress = press({
  button: lookUpCode,
  rights: ['speakUp'],
  fills: z.object({ code: z.string().max(100).nullish() }),
  answer: (ctx, _sent, _seen, filled) => lookedUp(ctx, filled),
})

export const feelByCodePress = press({
  button: feelByCode,
  rights: ['speakUp'],
  answer: (ctx, sent) => feltByCode(ctx, sent),
})
