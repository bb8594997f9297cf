import * as z from 'zod'
import { type Db, lookUp, together } from '../../db/client.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import { isUnderway, isVotingMeeting } from '../../db/gatherings/under-way.ts'
import { votersFor, votesStand } from '../../db/gatherings/voters.ts'
import type { ResolutionThere } from '../../db/gatherings/votes-held.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { openOnPaper } from '../../db/meeting-votes/paper.ts'
import { mayResolve, resolveByCard, VOTE_MINUTES } from '../../db/meeting-votes/resolve.ts'
import { prepareResolution } from '../../db/meeting-votes/written-views.ts'
import { button, type Card, card, drawnThatFit, type Element, lines, note } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOfGathering } from '../../src/context.ts'
import { form, input, select } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { isFixed } from '../../src/rules/gatherings/attendance.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { votingQuorum } from '../../src/rules/gatherings/quorum.ts'
import {
  type Matter,
  MOST_RESOLUTION_WORDS,
  matterNames,
  matters,
  takesPapers,
  wayNames,
  ways,
} from '../../src/rules/meeting-votes/resolutions.ts'
import { asWritten, clipped, labelled, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { cameOut, resolutionTitle } from '../../src/words/resolutions.ts'
import { openHands, openPaper, openResolve, openViews } from './buttons.ts'
import { handsCard, handsVoters } from './hands-card.ts'
import { notBegun } from './not-begun.ts'
import { paperOpened } from './paper-count.ts'

/** The host sees the meeting's resolutions and, while it is under way, a form for the next one. */
export function resolveCard(it: GatheringAsItStands, next: { id: string; words: string }, now: Date): Card {
  const mayVote = isUnderway(it, now) && isVotingMeeting(it)
  const isFinal = it.cancelledAt !== null || isFixed(it, now)
  return card(
    labelled(t('表决', 'Resolutions'), gatheringKinds[it.kind].name, ' · '),
    [
      ...voted(it, isFinal, mayVote),
      ...(mayVote ? [notBegun(it, now), handsVoters(it), quorumNote(it), newForm(it, next)] : []),
      note(
        mayVote
          ? t(
              `接收预备党员、转正必须无记名投票。卡片投票私聊发给到会有表决权的人，${VOTE_MINUTES} 分钟后自动结束，可以提前或延后；最晚到会议结束。`,
              `Admission and conversion are always voted in secret. By card, the voters who are here get the ballot in a direct chat; it ends by itself after ${VOTE_MINUTES} minutes, sooner or later if you say so, and with the meeting at the latest.`,
            )
          : isFinal
            ? t('考勤已锁定，表决不再更正。', 'Attendance is locked; nothing can be corrected any more.')
            : t('会议没有在进行，不能表决；举手的人数还可以更正。', 'No vote can be held now; a count of hands can still be corrected.'),
      ),
    ],
    { colour: mayVote ? 'wathet' : 'grey', subtitle: asWritten(it.branchName) },
  )
}

/** A card holds 30 KB: among many resolutions the last are shown. */
const VOTED_BYTES = 11_000

function voted(it: GatheringAsItStands, isFinal: boolean, mayVote: boolean): Element[] {
  const draw = (one: ResolutionThere): Element[] => [
    lines(resolutionTitle(one), cameOut(one, votesStand(it))),
    ...(one.manner === null && mayVote
      ? [button(t('书面意见、开始投票…', 'Written views, open the vote…'), openViews.value({ gathering: it.id, resolution: one.id }))]
      : []),
    ...(one.manner === 'paper'
      ? [button(t('纸质计票…', 'The count on paper…'), openPaper.value({ gathering: it.id, resolution: one.id }))]
      : []),
    ...(one.manner !== 'hands'
      ? []
      : [
          note(t(`举手表决，${asWritten(one.byName).zh}填写`, `A show of hands, entered by ${asWritten(one.byName).en}`)),
          ...(isFinal ? [] : [button(t('更正人数…', 'Correct the figures…'), openHands.value({ gathering: it.id, resolution: one.id }))]),
        ]),
  ]
  const shown = drawnThatFit(it.resolutions.toReversed(), draw, VOTED_BYTES)
  return shown.toReversed().flat()
}

/** The form stays without a quorum too: people who come in the meantime are counted when it is sent. */
function quorumNote(it: GatheringAsItStands & { kind: 'general' | 'committee' }) {
  const { expectedVoters, presentVoters } = votersFor(it, 'ordinary')
  const { needed, isQuorate } = votingQuorum(it.kind, { expectedVoters, presentVoters })
  const passes = (expectedVoters >> 1) + 1
  return lines(
    isQuorate
      ? t(`赞成达到 ${passes} 人通过（超过应到的半数）。`, `${passes} approvals carry it: more than half of those expected.`)
      : t(
          `到会 ${needed} 人才能表决，还差 ${needed - presentVoters} 人。`,
          `A vote takes ${needed} present: ${needed - presentVoters} more.`,
        ),
  )
}

const newForm = (it: GatheringAsItStands, { id, words }: { id: string; words: string }) =>
  form(
    'resolve',
    [
      input('words', t('表决什么', 'What is voted on'), { value: words, required: true, most: MOST_RESOLUTION_WORDS }),
      select(
        'matter',
        t('事项', 'Matter'),
        matters.map((matter) => ({ label: matterNames[matter], value: matter })),
        { chosen: 'ordinary' },
      ),
      select(
        'way',
        t('怎样表决', 'How'),
        ways.map((way) => ({ label: wayNames[way], value: way })),
      ),
      select(
        'views',
        t('缺席党员的书面意见（接收、转正）', 'Written views of absent voters (admission, conversion)'),
        [
          { label: t('没有书面意见', 'There are none'), value: 'none' },
          { label: t('有书面意见，先登记', 'There are some, to be handed in first'), value: 'some' },
        ],
        { chosen: 'none' },
      ),
    ],
    { label: t('开始表决', 'Vote'), value: submitResolution.value({ gathering: it.id, id }) },
  )

export const resolve = view({
  name: 'resolve',
  takes: z.object({ gathering: id, id, words: z.string() }),
  async show(db, { gathering, id, words }, now) {
    const [it] = await lookUp(db, [gatheringAsItStands(db, gathering)])
    return it ? resolveCard(it, { id, words }, now) : null
  },
})

const look = ({ db }: { db: Db }, { gathering }: { gathering: string }) => [gatheringAsItStands(db, gathering)] as const
const rights = ['holdVote'] as const

export const openResolvePress = press({
  button: openResolve,
  rights,
  look,
  async answer(ctx, { gathering }, [found]) {
    const { actor, db, now, eventId, newId } = memberOrRefuse(ctx)
    foundOrRefuse(actor, 'holdVote', found, placeOfGathering)
    const shown = resolve.args({ gathering, id: newId(), words: '' })
    await together(db, [
      enqueue(db, { occasion: `resolve ${eventId}`, to: { person: actor.openId }, ...shown, dueAt: now, lane: 'answer' }),
    ])
    return { toast: t('已发在下面。', 'It is below.'), mood: 'success' }
  },
})

const optional = z.string().max(500).nullish()
const oneOf = <T extends string>(all: readonly T[], said: string | null | undefined): T | undefined => all.find((one) => one === said)

export const submitResolution = press({
  name: 'resolve.submit',
  rights,
  sends: z.object({ gathering: id, id }),
  fills: z.object({ words: optional, matter: optional, way: optional, views: optional }),
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { gathering, id }, [found], filled) {
    const { actor, db, now, box, newId } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'holdVote', found, placeOfGathering)
    const words = clipped(filled.words ?? '', MOST_RESOLUTION_WORDS)
    const matter: Matter = oneOf(matters, filled.matter) ?? 'ordinary'
    const way = oneOf(ways, filled.way)
    if (filled.views === 'some') {
      if (!takesPapers(matter)) refuseViews()
      await prepareResolution(db, it, { id, words, matter }, actor, now)
      return { toast: t('书面意见登记卡发在下面。', 'The card for the written views is below.'), mood: 'info' }
    }
    if (!way) refuse('请选择怎样表决。', 'Please choose how it is voted.')
    if (way === 'hands') {
      if (matter !== 'ordinary') refuseHands(matter)
      mayResolve(it, 'ordinary', now)
      return {
        toast: t('请数好人数，填在卡片上。', 'Please count the hands and enter them on the card.'),
        mood: 'info',
        card: handsCard(it, { id, words }),
      }
    }
    if (way === 'paper') {
      await openOnPaper(db, it, { id, words, matter, isPrepared: false }, actor, now)
      return { toast: paperOpened, mood: 'success' }
    }
    const { electors, without } = await resolveByCard(db, it, { id, words, matter, isSecret: way === 'secret' }, actor, now, box)
    const [after] = await lookUp(db, [gatheringAsItStands(db, gathering)])
    return {
      toast: begun(electors, without),
      mood: 'success',
      card: resolveCard(after ?? it, { id: newId(), words: '' }, now),
    }
  },
})

/** People without an account can vote by hand alone. The host is told at once, while the vote can still be cancelled. */
const begun = (electors: number, without: number): Text =>
  without > 0
    ? t(
        `投票已开始；到会的 ${electors} 人里有 ${without} 人没有飞书账号，收不到选票。`,
        `The vote is open; of the ${electors} voters here ${without} have no Feishu account and get no ballot.`,
      )
    : t(
        `投票已开始，选票私聊发给到会的 ${electors} 人。`,
        `The vote is open; the ${electors} voters here have the ballot in a direct chat.`,
      )

function refuseViews(): never {
  return refuse('书面意见只用于接收预备党员和转正。', 'Written views are for admission and conversion alone.')
}

function refuseHands(matter: Matter): never {
  const { zh, en } = matterNames[matter]
  return refuse(`${zh}必须无记名投票，不能举手。`, `${en}: this is voted in secret, not by a show of hands.`)
}
