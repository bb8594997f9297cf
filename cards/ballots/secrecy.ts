import * as z from 'zod'
import { together } from '../../db/client.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { type Card, card, lines, strong } from '../../src/card.ts'
import { memberOrRefuse } from '../../src/context.ts'
import { press } from '../../src/press.ts'
import { t } from '../../src/text.ts'
import { view } from '../../src/view.ts'

/** The limits of secrecy in plain words: which data is protected, from whom, and which is not. The words are long, and seldom asked for. */
export async function secrecyCard(isOurs: boolean): Promise<Card> {
  const { secrecyParts } = await import('../../src/words/secrecy.ts')
  return card(
    t('无记名投票怎样保密', 'How a secret ballot is kept secret'),
    secrecyParts(isOurs).map(({ title, says }) => lines(strong(title), ...says.map((one) => t(`· ${one.zh}`, `· ${one.en}`)))),
    { colour: 'wathet' },
  )
}

export const secrecy = view({
  name: 'secrecy',
  takes: z.object({}),
  show: async (db) => secrecyCard(db.gate.wipe !== undefined),
})

export const openSecrecy = press({
  name: 'secrecy.open',
  rights: ['vote'],
  sends: z.object({ about: z.literal('secrecy') }),
  async answer(ctx) {
    const { actor, db, now, eventId } = memberOrRefuse(ctx)
    await together(db, [
      enqueue(db, { occasion: `secrecy ${eventId}`, to: { person: actor.openId }, ...secrecy.args({}), dueAt: now, lane: 'answer' }),
    ])
    return { toast: t('已发在私聊里。', 'It is in your direct chat.'), mood: 'success' }
  },
})
