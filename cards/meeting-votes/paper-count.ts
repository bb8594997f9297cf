import * as z from 'zod'
import { actorById } from '../../db/branches/members.ts'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { type VoterThere, votersThere } from '../../db/gatherings/in-room.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import { votesStand } from '../../db/gatherings/voters.ts'
import type { ResolutionThere } from '../../db/gatherings/votes-held.ts'
import * as messages from '../../db/meeting-votes/messages.ts'
import { countCard, enterPaper, papersFor } from '../../db/meeting-votes/paper.ts'
import { type Card, card, type Element, figures, lines, note } from '../../src/card.ts'
import { type Context, foundOrRefuse, memberOrRefuse, placeOfGathering } from '../../src/context.ts'
import { fittingOptions, form, input, select } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { isFixed } from '../../src/rules/gatherings/attendance.ts'
import { votesField } from '../../src/rules/meeting-votes/votes-field.ts'
import { asWritten, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { cameOut, resolutionTitle } from '../../src/words/resolutions.ts'
import { openPaper } from './buttons.ts'

const OFFERED_BYTES = 9_000
const MOST_OFFERED = 80

export const paperOpened: Text = t('已开始，计票卡片发在下面。', 'It is open; the card for the count is below.')

interface Shown {
  there: readonly VoterThere[]
  viewer: string
  now: Date
}

/** The host's card on a count on paper: the figures of the box, and the scrutineer who confirms them. */
export function paperCountCard(it: GatheringAsItStands, one: ResolutionThere, { there, viewer, now }: Shown): Card {
  const isFinal = it.cancelledAt !== null || isFixed(it, now)
  return card(
    t('纸质选票计票', 'A count on paper'),
    [
      lines(resolutionTitle(one), cameOut(one, votesStand(it))),
      figures(
        { figure: String(one.expectedVoters), of: t('应到有表决权', 'Voters expected') },
        { figure: String(one.presentVoters), of: t('在场', 'In the room') },
      ),
      ...(isFinal ? [] : [entry(it, one, there, viewer)]),
      note(
        isFinal
          ? t('考勤已锁定，不再更正。', 'Attendance is locked; nothing can be corrected any more.')
          : t(
              '监票人在自己的卡片上核对以后才是结果；更正后要重新核对。书面意见不要填进来，会自动相加。',
              'It is a result once the scrutineer confirms it on a card of their own, and again after a correction. Leave the written views out: they are added by themselves.',
            ),
      ),
    ],
    { colour: isFinal ? 'grey' : 'wathet', subtitle: asWritten(it.branchName) },
  )
}

function entry(it: GatheringAsItStands, one: ResolutionThere, there: readonly VoterThere[], viewer: string): Element {
  const scrutineers = there.filter((person) => mayConfirm(it, person, viewer))
  if (scrutineers.length === 0)
    return note(
      t(
        '还没有人能当监票人：要有一位在场核对过、有飞书账号、不是主持人的党员。',
        'Nobody can be scrutineer yet: it takes a member confirmed in the room, with an account, who is not the host.',
      ),
    )
  const { paper } = one
  const number = (name: string, label: Text, value: number | undefined) =>
    input(name, label, { value: value === undefined ? undefined : String(value), required: true, most: 6 })
  return form(
    'paper',
    [
      number('handedOut', t('发出选票（张）', 'Ballots handed out'), paper?.handedOut ?? one.presentVoters),
      number('returned', t('收回选票（张）', 'Ballots returned'), paper?.returned),
      number('invalid', t('其中废票（张）', 'Of these invalid'), paper?.invalid ?? 0),
      input(votesField(0), t('赞成 不赞成 弃权', 'For against abstained'), {
        hint: t('5 1 0', '5 1 0'),
        value: paper?.votes ? `${paper.votes.for} ${paper.votes.against} ${paper.votes.abstain}` : undefined,
        most: 20,
      }),
      select(
        'scrutineer',
        t('监票人', 'Scrutineer'),
        fittingOptions(
          scrutineers.slice(0, MOST_OFFERED).map(({ id, name }) => ({ label: t(name, name), value: id })),
          OFFERED_BYTES,
        ),
        { required: true, chosen: paper?.scrutineer },
      ),
    ],
    {
      label: paper ? t('更正，请监票人重新核对', 'Correct, and ask the scrutineer again') : t('请监票人核对', 'Ask the scrutineer'),
      value: enterPaperPress.value({ gathering: it.id, resolution: one.id }),
      type: paper?.confirmedAt ? 'default' : 'primary_filled',
    },
  )
}

/** The scrutineer is in the room and has an account. The host and the person who enters the figures are none. */
const mayConfirm = (it: GatheringAsItStands, { id, isInRoom, openId }: VoterThere, host: string) =>
  isInRoom && openId !== null && id !== it.calledBy && id !== host

const look = ({ db }: { db: Db }, { gathering }: { gathering: string }) =>
  [gatheringAsItStands(db, gathering), statementOf(votersThere(db, gathering))] as const

export const paperCount = view({
  message: messages.paperCount,
  async show(db, { gathering, resolution, viewer }, now) {
    const [[actor], it, there] = await lookUp(db, [actorById(db, viewer), ...look({ db }, { gathering })])
    const one = it?.resolutions.find(({ id }) => id === resolution)
    if (!it || !one || !may(actor ?? null, 'holdVote', placeOfGathering(it))) return null
    return paperCountCard(it, one, { there, viewer, now })
  },
})

const sends = z.object({ gathering: id, resolution: id })
const rights = ['holdVote'] as const

function counting(ctx: Context, found: GatheringAsItStands | undefined, resolution: string) {
  const here = memberOrRefuse(ctx)
  const it = foundOrRefuse(here.actor, 'holdVote', found, placeOfGathering)
  const one = it.resolutions.find(({ id, manner }) => id === resolution && manner === 'paper')
  return { ...here, it, one: one ?? refuse('没有找到这项表决。', 'There is no such vote.') }
}

export const showPaper = press({
  button: openPaper,
  rights,
  look: (ctx, sent) => [gatheringAsItStands(ctx.db, sent.gathering)] as const,
  async answer(ctx, { gathering, resolution }, [found]) {
    const { actor, db, now, eventId } = counting(ctx, found, resolution)
    await together(db, [countCard(db, gathering, resolution, actor, `paperCount ${eventId}`, now)])
    return { toast: t('已发在下面。', 'It is below.'), mood: 'success' }
  },
})

const optional = z.string().max(60).nullish()

export const enterPaperPress = press({
  name: 'paperCount.enter',
  rights,
  sends,
  fills: z.object({ handedOut: optional, returned: optional, invalid: optional, [votesField(0)]: optional, scrutineer: optional }),
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { gathering, resolution }, [found, there], filled) {
    const { actor, db, now, it, one } = counting(ctx, found, resolution)
    const scrutineer = there.find(({ id }) => id === filled.scrutineer)
    if (!scrutineer || !mayConfirm(it, scrutineer, actor.id))
      refuse('请选一位在场、不是主持人的监票人。', 'Please choose a scrutineer in the room who is not the host.')
    const presentVoters = await papersFor(db, it, one)
    const { paperOf } = await import('../../src/rules/meeting-votes/tally-sheet.ts')
    const sheet = paperOf(filled, presentVoters)
    if ('wrong' in sheet) refuse(sheet.wrong.zh, sheet.wrong.en)
    await enterPaper(db, it, one, { sheet, presentVoters, scrutineer }, actor, now)
    const [after] = await lookUp(db, [gatheringAsItStands(db, gathering)])
    const shown = after?.resolutions.find(({ id }) => id === resolution)
    return {
      toast: t(`合计已核对，请${scrutineer.name}确认。`, `It adds up; ${scrutineer.name} is asked to confirm.`),
      mood: 'success',
      ...(after && shown ? { card: paperCountCard(after, shown, { there, viewer: actor.id, now }) } : {}),
    }
  },
})
