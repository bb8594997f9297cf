import * as z from 'zod'
import * as messages from '../../db/voices/messages.ts'
import { press } from '../../src/press.ts'
import { view } from '../../src/view.ts'
import { openHarvest, saveHarvest } from './buttons.ts'
import { harvestShown, openedHarvest, savedHarvest } from './harvest-card.ts'

export const harvest = view({
  message: messages.harvest,
  show: (db, args) => harvestShown(db, args),
})

export const openHarvestPress = press({
  button: openHarvest,
  rights: ['closeGathering'],
  answer: (ctx, sent) => openedHarvest(ctx, sent),
})

export const saveHarvestPress = press({
  button: saveHarvest,
  rights: ['closeGathering'],
  isPersonal: true,
  fills: z.object({ lines: z.string().max(20_000).nullish() }),
  answer: (ctx, sent, _seen, filled) => savedHarvest(ctx, sent, filled),
})
