import * as z from 'zod'
import * as messages from '../../db/voices/messages.ts'
import { press } from '../../src/press.ts'
import { view } from '../../src/view.ts'
import { answeredVoice, handedVoice, leftVoice, openedVoice, tookVoice } from './answering.ts'
import { answerVoice, backToInbox, handVoice, leaveVoice, openInbox, openVoice, takeVoice } from './buttons.ts'
import { voiceFactsShown } from './facts-card.ts'
import { backInInbox, inboxShown, sentInbox } from './inbox-card.ts'

export const inbox = view({
  message: messages.inbox,
  show: (db, args, now) => inboxShown(db, args, now),
})

export const voiceFacts = view({
  message: messages.voiceFacts,
  show: (db, args) => voiceFactsShown(db, args),
})

export const openInboxPress = press({
  button: openInbox,
  rights: ['mine'],
  answer: (ctx) => sentInbox(ctx),
})

export const backToInboxPress = press({
  button: backToInbox,
  rights: ['mine'],
  isPersonal: true,
  answer: (ctx) => backInInbox(ctx),
})

export const openVoicePress = press({
  button: openVoice,
  rights: ['answerVoices', 'answerUpperVoices', 'answerToolVoices'],
  isPersonal: true,
  answer: (ctx, sent) => openedVoice(ctx, sent),
})

export const takeVoicePress = press({
  button: takeVoice,
  rights: ['answerVoices'],
  isPersonal: true,
  answer: (ctx, sent) => tookVoice(ctx, sent),
})

export const handVoicePress = press({
  button: handVoice,
  rights: ['answerVoices'],
  isPersonal: true,
  fills: z.object({ to: z.string().max(40).nullish() }),
  answer: (ctx, sent, _seen, filled) => handedVoice(ctx, sent, filled),
})

export const leaveVoicePress = press({
  button: leaveVoice,
  rights: ['answerVoices'],
  isPersonal: true,
  answer: (ctx, sent) => leftVoice(ctx, sent),
})

export const answerVoicePress = press({
  button: answerVoice,
  rights: ['answerVoices'],
  isPersonal: true,
  fills: z.object({
    outcome: z.string().max(20).nullish(),
    words: z.string().max(20_000).nullish(),
    theme: z.string().max(20).nullish(),
    published: z.string().max(2_000).nullish(),
    owner: z.string().max(40).nullish(),
    due: z.string().max(40).nullish(),
  }),
  answer: (ctx, sent, _seen, filled) => answeredVoice(ctx, sent, filled),
})
