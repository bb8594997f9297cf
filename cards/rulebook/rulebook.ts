import * as z from 'zod'
import { rulesAsked, rulesOf } from '../../db/rulebook/versions.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { view } from '../../src/view.ts'
import { saveFigures } from './buttons.ts'

const cards = () => import('./drawn.ts')

export const rulebook = view({
  name: 'rulebook',
  takes: z.object({ committee: id }),
  async show(db, { committee }, now) {
    const { family, closed } = await rulesOf(db, committee)
    return family.committees.length > 0 ? (await cards()).rulebookCard(family, committee, now, { closed }) : null
  },
})

export const saveFiguresPress = press({
  button: saveFigures,
  rights: ['editRulebook'],
  fills: z.record(z.string(), z.unknown()),
  look: ({ db }, { committee }) => rulesAsked(db, committee),
  answer: async (ctx, sent, seen, filled) => (await cards()).savedFigures(ctx, sent, seen, filled),
})
