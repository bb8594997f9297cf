import * as z from 'zod'
import { press } from '../../src/press.ts'
import { deleteNote, openNote, readNote, saveNote } from './buttons.ts'

/** The notes of a talk, in the place of its card. A card is never sent with them: words come with a press of their reader, and go with the next. */
const cards = () => import('./drawn.ts')

export const openNotePress = press({
  button: openNote,
  rights: ['talk'],
  isPersonal: true,
  answer: async (ctx, sent) => (await cards()).openedNote(ctx, sent),
})

export const saveNotePress = press({
  button: saveNote,
  rights: ['talk'],
  isPersonal: true,
  fills: z.object({ words: z.string().max(20_000).nullish(), shared: z.string().nullish() }),
  answer: async (ctx, sent, _seen, filled) => (await cards()).savedNote(ctx, sent, filled),
})

export const readNotePress = press({
  button: readNote,
  rights: ['talk'],
  isPersonal: true,
  answer: async (ctx, sent) => (await cards()).sharedNote(ctx, sent),
})

export const deleteNotePress = press({
  button: deleteNote,
  rights: ['talk'],
  isPersonal: true,
  answer: async (ctx, sent) => (await cards()).deletedNote(ctx, sent),
})
