import * as messages from '../../db/talks/messages.ts'
import { press } from '../../src/press.ts'
import { view } from '../../src/view.ts'
import { askTime, hadTalk, openPlanner, openTalkForm, showAll } from './buttons.ts'

/** Who has not been talked to, and the steps from there. */
const cards = () => import('./drawn.ts')

export const talkPlanner = view({
  message: messages.talkPlanner,
  show: async (db, { member }, now) => (await cards()).plannerShown(db, member, now),
})

export const talkAsked = view({
  message: messages.talkAsked,
  show: async (db, args) => (await cards()).shownAsked(db, args),
})

export const openPlannerPress = press({
  button: openPlanner,
  rights: ['talk'],
  answer: async (ctx) => (await cards()).sentPlanner(ctx),
})

export const hadTalkPress = press({
  button: hadTalk,
  rights: ['talk'],
  answer: async (ctx, sent) => (await cards()).hadOne(ctx, sent),
})

export const openTalkFormPress = press({
  button: openTalkForm,
  rights: ['talk'],
  answer: async (ctx, sent) => (await cards()).sentForm(ctx, sent),
})

export const askTimePress = press({
  button: askTime,
  rights: ['talk'],
  answer: async (ctx, sent) => (await cards()).askedTime(ctx, sent),
})

export const showAllPress = press({
  button: showAll,
  rights: ['planTalks'],
  isPersonal: true,
  answer: async (ctx, sent) => (await cards()).shownAll(ctx, sent),
})
