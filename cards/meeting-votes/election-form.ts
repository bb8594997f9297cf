import * as z from 'zod'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { presentPeople } from '../../db/gatherings/attendance.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import { isUnderway } from '../../db/gatherings/under-way.ts'
import { votersFor, votesStand } from '../../db/gatherings/voters.ts'
import { type ElectionThere, isFollowed } from '../../db/gatherings/votes-held.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { mayElectIn, openElection } from '../../db/meeting-votes/elect.ts'
import { standersOf } from '../../db/meeting-votes/standers.ts'
import { rulebookFor, rulebooksAbove } from '../../db/rulebook/versions.ts'
import { quarter } from '../../src/calendar.ts'
import { button, type Card, card, drawnThatFit, type Element, lines, note, sentence } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOfGathering } from '../../src/context.ts'
import { form } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { LONGEST_TITLE } from '../../src/rules/ballots/form.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { leastThat, mayElect, type Nominee, outcomeOf } from '../../src/rules/meeting-votes/elections.ts'
import { nomineesOf } from '../../src/rules/meeting-votes/nominees.ts'
import { inRoomSaid } from '../../src/rules/voters/presence.ts'
import { asWritten, clipped, labelled, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { roundTitle } from '../../src/words/elections.ts'
import { cameOut } from '../../src/words/elections-held.ts'
import { beginElection, openElectionCard } from './buttons.ts'
import { electionOf } from './election.ts'
import { electionFields, type Offered } from './election-fields.ts'
import { electionVoters } from './election-lines.ts'
import { notBegun } from './not-begun.ts'

/** The host of a general meeting sees its elections and, while it is under way, begins a new one. */
export function electionFormCard(it: GatheringAsItStands, offered: Offered, now: Date): Card {
  const mayBegin = it.kind === 'general' && isUnderway(it, now)
  return card(
    labelled(t('选举', 'Elections'), gatheringKinds[it.kind].name, ' · '),
    [
      ...(offered.after ? [lines(roundTitle(offered.after, it.elections), ...cameOut(offered.after, it.elections, null))] : held(it)),
      ...(mayBegin ? [notBegun(it, now), electionVoters(votersFor(it, 'election')), presentNote(it), newForm(it, offered)] : []),
      note(
        mayBegin
          ? t(
              '候选人名单按姓氏笔画排列；监票人、计票人不能是候选人。机器人只记录和核对，不任命职务。',
              'Nominees are listed by their surnames’ strokes; scrutineers and tellers are no nominees. The bot keeps and checks the figures; it fills no seat.',
            )
          : t('选举在党员大会上进行。', 'An election is held in a general meeting under way.'),
      ),
    ],
    { colour: mayBegin ? 'wathet' : 'grey', subtitle: asWritten(it.branchName) },
  )
}

/** A card holds 30 KB and 200 elements, and each option is an element. */
const HELD_BYTES = 5_000

function held(it: GatheringAsItStands): Element[] {
  const draw = (one: ElectionThere): Element[] => [
    lines(roundTitle(one, it.elections), ...cameOut(one, it.elections, votesStand(it))),
    button(t('打开这次选举', 'Open this election'), openElectionCard.value({ gathering: it.id, election: one.id })),
  ]
  return drawnThatFit(it.elections.toReversed(), draw, HELD_BYTES).toReversed().flat()
}

/** The form stays without a quorum too: people who come in the meantime are counted when it is sent. */
function presentNote(it: GatheringAsItStands) {
  const { expectedVoters, presentVoters } = votersFor(it, 'election')
  if (mayElect({ expectedVoters, presentVoters })) return null
  const needed = leastThat((number) => number > expectedVoters || mayElect({ expectedVoters, presentVoters: number }))
  return lines(
    t(
      `到会达到五分之四（${needed} 人）才能选举，还差 ${needed - presentVoters} 人。${inRoomSaid.zh}`,
      `An election takes four fifths present (${needed}): ${needed - presentVoters} more.${inRoomSaid.en}`,
    ),
  )
}

const newForm = (it: GatheringAsItStands, offered: Offered) =>
  form('election', electionFields(it, offered), {
    label: t('开始选举', 'Begin'),
    value: submitElection.value({ gathering: it.id, id: offered.id, after: offered.after?.id ?? null }),
  })

const peopleFor = (db: Db, it: GatheringAsItStands) =>
  [standersOf(db, it), statementOf(presentPeople(db, it.id)), statementOf(rulebooksAbove(db, it.lineage[0] ?? ''))] as const

async function offeredFor(db: Db, it: GatheringAsItStands, now: Date) {
  const [people, present, above] = await lookUp(db, peopleFor(db, it))
  return {
    full: people.filter(({ mayStand }) => mayStand),
    present,
    byCard: rulebookFor(above, quarter(now)).electionsByCard,
  }
}

export const electionForm = view({
  name: 'electionForm',
  takes: z.object({ gathering: id, id, title: z.string(), after: id.nullable() }),
  async show(db, { gathering, id, title, after }, now) {
    const [it] = await lookUp(db, [gatheringAsItStands(db, gathering)])
    if (!it) return null
    const before = it.elections.find((one) => one.id === after) ?? null
    return electionFormCard(it, { id, title, after: before, ...(await offeredFor(db, it, now)) }, now)
  },
})

const look = ({ db }: { db: Db }, { gathering }: { gathering: string }) => [gatheringAsItStands(db, gathering)] as const

/** The host's card leads here, or a round's own card for the seats it left. */
export const beginElectionPress = press({
  button: beginElection,
  rights: ['holdVote'],
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { gathering, after }, [found]) {
    const { actor, db, now, eventId, newId } = memberOrRefuse(ctx)
    foundOrRefuse(actor, 'holdVote', found, placeOfGathering)
    const shown = electionForm.args({ gathering, id: newId(), title: '', after })
    await together(db, [
      enqueue(db, { occasion: `electionForm ${eventId}`, to: { person: actor.openId }, ...shown, dueAt: now, lane: 'answer' }),
    ])
    return { toast: t('已发在下面。', 'It is below.'), mood: 'success' }
  },
})

const optional = z.string().max(1_000).nullish()
const chosenIds = z.array(z.string().max(40)).max(100).nullish()

export const submitElection = press({
  name: 'electionForm.submit',
  rights: ['holdVote'],
  sends: z.object({ gathering: id, id, after: id.nullable() }),
  fills: z.object({
    title: optional,
    seats: optional,
    nominees: chosenIds,
    typed: optional,
    scrutineers: chosenIds,
    tellers: chosenIds,
    way: optional,
  }),
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { gathering, id, after }, [found], filled) {
    const { actor, db, now, box } = memberOrRefuse(ctx)
    const it = mayElectIn(foundOrRefuse(actor, 'holdVote', found, placeOfGathering), now)
    const { full, present, byCard } = await offeredFor(db, it, now)
    const nominees = nomineesOf(filled.nominees ?? [], filled.typed ?? '', full)
    if ('wrong' in nominees) refuse(nominees.wrong.zh, nominees.wrong.en)
    const seats = wholeNumber(filled.seats)
    refuseMore(it, after, seats)
    const chosen = (ids: readonly string[] | null | undefined): Nominee[] =>
      present.filter((one) => ids?.includes(one.id)).map((one) => ({ name: one.name, member: one.id }))
    const asked = {
      id,
      title: clipped(filled.title ?? '', LONGEST_TITLE),
      after,
      seats,
      nominees,
      scrutineers: chosen(filled.scrutineers),
      tellers: chosen(filled.tellers),
      isRunOff: false,
    }
    if (filled.way === 'card' && !byCard)
      refuse(
        '上级没有开放用卡片选举，请在会场发纸质选票。',
        'The committee above has not allowed elections by card; please vote on paper in the room.',
      )
    const shown = enqueue(db, {
      occasion: `election ${id}`,
      to: { person: actor.openId },
      ...electionOf(gathering, id),
      dueAt: now,
      lane: 'answer',
    })
    await openElection(db, it, asked, actor, now, byCard && filled.way === 'card' ? box : null, { causes: [statementOf(shown)] })
    const said = t('选举已开始，见下面的卡片。', 'The election has begun; see the card below.')
    return { toast: said, mood: 'success', card: sentence(said) }
  },
})

const wholeNumber = (said: string | null | undefined) => {
  const digits = (said ?? '').normalize('NFKC').trim()
  return /^\d{1,2}$/.test(digits) ? Number(digits) : 0
}

/** One further election fills the seats that a round left, with no more people than seats. */
function refuseMore(it: GatheringAsItStands, after: string | null, seats: number) {
  if (after === null) return
  const before = it.elections.find(({ id }) => id === after)
  const outcome = before && outcomeOf(before, it.elections)
  if (outcome?.is !== 'counted' || outcome.seatsLeft === 0 || isFollowed(after, it.elections))
    refuse('这一轮没有不足的名额，不用另行选举。', 'That round has left no seats; nothing is to be elected for it.')
  if (seats > outcome.seatsLeft)
    refuse(`不足的名额是 ${outcome.seatsLeft} 名，不能多选。`, `Only ${outcome.seatsLeft} are left to be elected.`)
}
