import * as z from 'zod'
import { codeMakersOf } from '../../db/ballots/code-makers.ts'
import { codesPlace } from '../../db/ballots/codes.ts'
import * as messages from '../../db/ballots/messages.ts'
import { type BallotAsItStands, ballotAsItStands } from '../../db/ballots/state.ts'
import { lookUp, together } from '../../db/client.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { publicLink } from '../../db/pages/links.ts'
import { button, type Card, card, type Element, lines, note, opens } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOfBallot } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { asWritten, listed, t } from '../../src/text.ts'
import { fileView, type Pages, view } from '../../src/view.ts'
import { ballotTitle, closesSaid } from '../../src/words/ballots.ts'

/** Staff and the public vote in an evaluation while it is open, where there is a web address. */
export const mayHaveCodes = (pages: Pages, it: BallotAsItStands, now: Date): boolean =>
  it.use === 'evaluation' && !it.closedAt && !it.cancelledAt && now < it.closesAt && pages.plain('secrecy') !== null

export const codesButton = ({ id }: BallotAsItStands): Element =>
  button(t('请人生成群众投票码…', 'Have codes made for the public…'), askForCodes.value({ ballot: id }))

/** A code is an unused vote, hence somebody who does not run the ballot makes and hands them out. */
export const askForCodes = press({
  name: 'codes.ask',
  rights: ['openBallot'],
  sends: z.object({ ballot: id }),
  look: ({ db }, { ballot }) => [ballotAsItStands(db, ballot)] as const,
  async answer(ctx, { ballot }, [found]) {
    const { actor, db, now, pages, eventId } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'openBallot', found, placeOfBallot)
    if (!mayHaveCodes(pages, it, now)) refuse('这次投票现在不能发群众投票码。', 'No codes can be given out for this ballot now.')
    const makers = await codeMakersOf(db, ballot)
    if (makers.length === 0)
      refuse(
        '除了管理这次投票的人，没有别的支委，也没有上级考核人，发不了群众投票码。',
        'Besides those who run this ballot there is nobody on the committee, and no assessor, who could make codes.',
      )
    await together(
      db,
      makers.map(({ member, openId }) =>
        enqueue(db, {
          occasion: `codesAsked ${eventId} ${member}`,
          to: { person: openId },
          ...codesAsked.args({ ballot, viewer: member }),
          dueAt: now,
          lane: 'answer',
        }),
      ),
    )
    const { zh, en } = listed(makers.map(({ name }) => asWritten(name)))
    return { toast: t(`已请${zh}生成并分发。`, `${en} asked to make them and hand them out.`), mood: 'success' }
  },
})

/** The request to make codes, with the page that makes them. */
function codesAskedCard(it: BallotAsItStands, page: string): Card {
  return card(
    t(`请你生成群众投票码 · ${ballotTitle(it).zh}`, `Please make the public’s codes · ${ballotTitle(it).en}`),
    [
      lines(closesSaid(it)),
      lines(
        t(
          '投票码由没有发起、也不管理这次投票的人生成，打印后混在一起让大家自己抽。生成以后，你不能再管理这次投票。',
          'Codes are made by somebody who neither opened nor runs the ballot. Print them, mix them and let people draw. Once you have made codes you cannot run this ballot.',
        ),
      ),
      opens(t('生成投票码', 'Make the codes'), page, { type: 'primary', wide: true }),
      note(
        t(
          '你会看到全部的码，能自己用掉没发出去的：结果卡片会写明谁生成了多少个。',
          'You see all codes and could cast those that are not handed out: the result card says who made how many.',
        ),
      ),
    ],
    { colour: 'wathet', subtitle: asWritten(it.ownerName) },
  )
}

export const codesAsked = view({
  name: 'codesAsked',
  takes: z.object({ ballot: id, viewer: id }),
  async show(db, { ballot, viewer }, now, pages) {
    const [it] = await lookUp(db, [ballotAsItStands(db, ballot)])
    if (!it || !mayHaveCodes(pages, it, now) || !(await codeMakersOf(db, ballot)).some(({ member }) => member === viewer)) return null
    const page = await pages.url(publicLink('ballotCodes', it, viewer, now))
    return page ? codesAskedCard(it, page) : null
  },
})

/** The codes just made, for the person who made them. They wait sealed, and nothing keeps them once this file is sent. */
export const codeSheet = fileView({
  message: messages.codeSheet,
  async make(db, { ballot, codes }, now, { pages, box }) {
    const [it] = await lookUp(db, [ballotAsItStands(db, ballot)])
    const page = it && (await pages.url(publicLink('publicBallot', it, null, now)))
    if (!it || !page) return null
    const { codeSheet } = await import('../../src/spreadsheet/code-sheet.ts')
    const title = ballotTitle(it)[it.unitLanguage]
    const bytes = await codeSheet(it.unitLanguage, title, page, box.sealing.reveal(codesPlace(ballot), codes).split(' '))
    return { name: it.unitLanguage === 'zh' ? '投票码.xlsx' : 'codes.xlsx', bytes }
  },
})
