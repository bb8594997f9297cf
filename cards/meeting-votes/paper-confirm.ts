import * as z from 'zod'
import { type Db, lookUp } from '../../db/client.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import type { ResolutionThere } from '../../db/gatherings/votes-held.ts'
import * as messages from '../../db/meeting-votes/messages.ts'
import { answerPaper } from '../../db/meeting-votes/paper.ts'
import { button, type Card, card, lines, note, row } from '../../src/card.ts'
import { memberOrRefuse } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { stanceNames, stances } from '../../src/rules/ballots/uses.ts'
import { asWritten, both, joined, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { resolutionTitle } from '../../src/words/resolutions.ts'

/** The scrutineer's own card: the figures that the host entered, to be compared with the papers. */
export function paperConfirmCard(it: GatheringAsItStands, one: ResolutionThere, viewer: string): Card {
  const paper = one.paper?.scrutineer === viewer ? one.paper : null
  const isOpen = paper !== null && paper.confirmedAt === null
  const sent = { gathering: it.id, resolution: one.id, entered: paper?.at ?? 0 }
  return card(
    t('监票：核对计票', 'Scrutineer: the count'),
    [
      lines(resolutionTitle(one), ...(paper ? sheetSaid(paper) : [t('现在没有等你核对的计票。', 'No count waits for you.')])),
      isOpen
        ? row(
            button(t('与选票一致，确认', 'It agrees, confirm'), confirmPaper.value({ ...sent, isRight: true }), { type: 'primary' }),
            button(t('数字不对', 'It is wrong'), confirmPaper.value({ ...sent, isRight: false })),
          )
        : null,
      paper && !isOpen ? lines(t('**你已确认**', '**You have confirmed it**')) : null,
      note(
        t(
          `${asWritten(one.byName).zh}填写。请对照纸质选票核对；你确认以后才是结果。`,
          `Entered by ${asWritten(one.byName).en}. Compare it with the papers: it is a result once you have confirmed it.`,
        ),
      ),
    ],
    { colour: isOpen ? 'orange' : 'grey', subtitle: asWritten(it.branchName) },
  )
}

function sheetSaid({ handedOut, returned, invalid, votes }: NonNullable<ResolutionThere['paper']>): Text[] {
  const box = t(
    `发出 ${handedOut} 张，收回 ${returned} 张，废票 ${invalid} 张`,
    `${handedOut} handed out, ${returned} returned, ${invalid} invalid`,
  )
  if (!votes) return [box, t('**收回的多于发出的，这次投票无效**', '**More came back than went out: the vote is void**')]
  return [
    box,
    joined(
      stances.map((stance) => both((l) => `${stanceNames[stance][l]} **${votes[stance]}**`)),
      ' · ',
    ),
  ]
}

export const paperConfirm = view({
  message: messages.paperConfirm,
  async show(db, { gathering, resolution, viewer }) {
    const [it] = await lookUp(db, [gatheringAsItStands(db, gathering)])
    const one = it?.resolutions.find(({ id }) => id === resolution)
    return it && one ? paperConfirmCard(it, one, viewer) : null
  },
})

const look = ({ db }: { db: Db }, { gathering }: { gathering: string }) => [gatheringAsItStands(db, gathering)] as const

/** The host's choice gives the right: the scrutineer who was asked, and nobody else, answers. `entered` names the figures that were shown. */
export const confirmPaper = press({
  name: 'paperConfirm.answer',
  rights: ['vote'],
  sends: z.object({ gathering: id, resolution: id, entered: z.number(), isRight: z.boolean() }),
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { gathering, resolution, entered, isRight }, [it]) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const one = it?.resolutions.find(({ id }) => id === resolution)
    if (!it || one?.paper?.scrutineer !== actor.id) refuse('没有等你核对的计票。', 'No count waits for you.')
    await answerPaper(db, it, one, { entered, isRight }, actor, now)
    const [after] = await lookUp(db, [gatheringAsItStands(db, gathering)])
    const shown = after?.resolutions.find(({ id }) => id === resolution)
    return {
      toast: isRight ? t('已确认。', 'Confirmed.') : t('已退回，请主持人重新填写。', 'Sent back; the host enters it anew.'),
      mood: 'success',
      ...(after && shown ? { card: paperConfirmCard(after, shown, actor.id) } : {}),
    }
  },
})
