import { press } from '../../src/press.ts'
import * as buttons from './buttons.ts'

/** The answers of the two to each other's word. */
const cards = () => import('./answered-talk.ts')

export const answerYesPress = press({
  button: buttons.answerYes,
  rights: ['talk'],
  isPersonal: true,
  answer: async (ctx, sent) => (await cards()).saidYes(ctx, sent),
})

export const answerNoPress = press({
  button: buttons.answerNo,
  rights: ['talk'],
  isPersonal: true,
  answer: async (ctx, sent) => (await cards()).saidNo(ctx, sent),
})

export const takeBackPress = press({
  button: buttons.takeBack,
  rights: ['talk'],
  isPersonal: true,
  answer: async (ctx, sent) => (await cards()).tookBack(ctx, sent),
})

export const keepTalkPress = press({
  button: buttons.keepTalk,
  rights: ['talk'],
  isPersonal: true,
  answer: async (ctx, sent) => (await cards()).kept(ctx, sent),
})
