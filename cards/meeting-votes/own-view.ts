import * as z from 'zod'
import { lookUp } from '../../db/client.ts'
import * as messages from '../../db/meeting-votes/messages.ts'
import { type OwnView, objectToView, ownViewOf } from '../../db/meeting-votes/own-view.ts'
import { button, type Card, card, lines, note, sentence } from '../../src/card.ts'
import { memberOrRefuse } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { asWritten, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { resolutionTitle } from '../../src/words/resolutions.ts'

/** An absent voter learns that their view was handed in. Nobody can say which one it is, this card included. */
export function ownViewCard(it: OwnView): Card {
  const sent = { resolution: it.resolution }
  return card(
    t('你的书面意见', 'Your written view'),
    [
      lines(resolutionTitle(it), stateSaid(it)),
      it.isOpen
        ? null
        : it.isObjected
          ? button(t('撤回异议，仍算书面意见', 'Take the objection back'), objectToOwnView.value({ ...sent, objects: false }))
          : button(t('有异议，不要计入', 'Object: leave it out'), objectToOwnView.value({ ...sent, objects: true }), { type: 'primary' }),
      note(
        t(
          '只登记有谁交了书面意见和三项合计，不记谁是哪一份。算票数，不算到会；你到会以后书面意见作废，当场投票。',
          'The list says who handed in a view, and the sums; never which view is whose. It counts as a vote and not as presence. If you come after all, it is struck and you vote in the room.',
        ),
      ),
    ],
    { colour: it.isObjected || it.isStruck ? 'grey' : 'wathet', subtitle: asWritten(it.branchName) },
  )
}

function stateSaid({ isOpen, isObjected, isStruck }: OwnView): Text {
  if (isObjected) return t('你提出了异议，这份书面意见不计入。', 'You objected: the view is left out.')
  if (isStruck) return t('你到会了，书面意见作废。', 'You came: the view is struck.')
  if (isOpen) return t('你的书面意见已计入，投票已经开始。', 'Your written view counts; the vote is open.')
  return t(
    '你的书面意见已交到大会。不是你交的，或者想撤回，请在投票开始前提出。',
    'Your written view was handed in. If it is not yours, or you take it back, object before the vote opens.',
  )
}

export const ownView = view({
  message: messages.ownView,
  async show(db, { resolution, member }) {
    const [[it]] = await lookUp(db, [ownViewOf(db, resolution, member)])
    return it ? ownViewCard(it) : sentence(t('你的书面意见已不在名单上。', 'Your written view is on the list no more.'))
  },
})

/** The list gives the right: whoever is on it, and nobody else, objects. */
export const objectToOwnView = press({
  name: 'ownView.object',
  rights: ['vote'],
  sends: z.object({ resolution: id, objects: z.boolean() }),
  async answer(ctx, { resolution, objects }) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const [[it]] = await lookUp(db, [ownViewOf(db, resolution, actor.id)])
    if (!it) refuse('名单上没有你的书面意见。', 'No view of yours is on the list.')
    await objectToView(db, it, objects, actor, now)
    return {
      toast: objects ? t('已提出异议，主持人会收到。', 'Noted; the host is told.') : t('已撤回异议。', 'The objection is taken back.'),
      mood: 'success',
      card: ownViewCard({ ...it, isObjected: objects }),
    }
  },
})
