import * as messages from '../../db/evaluation/messages.ts'
import { groupViewSubject } from '../../db/evaluation/run.ts'
import { press } from '../../src/press.ts'
import { view } from '../../src/view.ts'
import { againViews, chooseViews, gradeLists, gradeReasons, lookAgain, setViews } from './buttons.ts'

const cards = () => import('./drawn.ts')

export const groupView = view({
  message: messages.groupView,
  show: async (db, args) => (await cards()).groupViewShown(db, args),
})

export const groupViewOf = (evaluation: string, group: string | null, viewer: string) =>
  groupView.args({ subject: groupViewSubject(evaluation, group), evaluation, group, viewer })

export const chooseViewsPress = press({
  button: chooseViews,
  rights: ['enterGroupView'],
  isPersonal: true,
  fills: gradeLists,
  answer: async (ctx, sent, _seen, filled) => (await cards()).choseViews(ctx, sent, filled),
})

export const setViewsPress = press({
  button: setViews,
  rights: ['enterGroupView'],
  isPersonal: true,
  fills: gradeReasons,
  answer: async (ctx, sent, _seen, filled) => (await cards()).savedViews(ctx, sent, filled),
})

/** The card as it was sent knows only the views written by then; this press brings it up to date. */
export const lookAgainPress = press({
  button: lookAgain,
  rights: ['enterGroupView'],
  answer: async (ctx, sent) => (await cards()).lookedAgain(ctx, sent),
})

/** Goes back to the lists. */
export const againViewsPress = press({
  button: againViews,
  rights: ['enterGroupView'],
  isPersonal: true,
  answer: async (ctx, sent) => (await cards()).chooseViewsAgain(ctx, sent),
})
