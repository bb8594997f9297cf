import * as z from 'zod'
import { type Db, lookUp, together } from '../../db/client.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import { isUnderway } from '../../db/gatherings/under-way.ts'
import { votesStand } from '../../db/gatherings/voters.ts'
import { type ElectionThere, electionSubject, isFollowed } from '../../db/gatherings/votes-held.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { enterSheet, recountVoters, withdrawElection } from '../../db/meeting-votes/count-election.ts'
import { tallySheetLink } from '../../db/pages/links.ts'
import { button, type Card, card, type Element, fitting, lines, note, opens, row, sentence } from '../../src/card.ts'
import { type Context, foundOrRefuse, memberOrRefuse, placeOfGathering } from '../../src/context.ts'
import { form } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { isFixed } from '../../src/rules/gatherings/attendance.ts'
import { isVoid, type Nominee, type Outcome, outcomeOf } from '../../src/rules/meeting-votes/elections.ts'
import { asWritten, both, labelled, literal, type Text, t } from '../../src/text.ts'
import { type Pages, view } from '../../src/view.ts'
import { roundTitle } from '../../src/words/elections.ts'
import { cameOut } from '../../src/words/elections-held.ts'
import { beginElection, electAgain, openElectionCard } from './buttons.ts'
import { electionVoters, votesOf, whence } from './election-lines.ts'
import { tallyFields } from './election-tally.ts'
import { writeInFields } from './write-in-fields.ts'

interface Shown {
  now: Date
  /** The page to print the tally sheet from; null without web pages. */
  page: string | null
  isCorrecting?: boolean
}

/** One vote of an election, for the host: the nominees, the tellers' figures, the outcome, and the next steps. */
export function electionCard(it: GatheringAsItStands, one: ElectionThere, { now, page, isCorrecting = false }: Shown): Card {
  const outcome = outcomeOf(one, it.elections)
  const isFinal = isFixed(it, now) || isFollowed(one.id, it.elections)
  const isOpen = !one.ballot && !isFinal
  const isEntering = isOpen && (!one.sheet || isCorrecting)
  return card(
    labelled(t('选举', 'Election'), asWritten(one.title), ' · '),
    [
      lines(roundTitle(one, it.elections), named(t('**候选人**（按姓氏笔画）：', '**Nominees** (by surname strokes): '), one.nominees)),
      electionVoters(one),
      lines(named(t('**监票人**：', '**Scrutineers**: '), one.scrutineers), named(t('**计票人**：', '**Tellers**: '), one.tellers)),
      ...(isEntering ? [entry(it, one)] : [votesOf(one), lines(...cameOut(one, it.elections, votesStand(it)))]),
      ...(isEntering || !one.sheet ? [] : [note(whence(one))]),
      ...(isEntering || !isOpen ? [] : writeInFields(it.id, one)),
      ...(isEntering ? [] : following(it, one, outcome, now)),
      paperRow(it, one, { page, isOpen, isEntering }),
      isEntering && !one.sheet
        ? button(t('撤销这次选举', 'Withdraw this election'), withdrawElectionPress.value({ gathering: it.id, election: one.id }), {
            type: 'text',
            confirm: {
              title: t('撤销这次选举？', 'Withdraw this election?'),
              text: t('还没有计票，撤销后可以重新开始。', 'Nothing is counted yet; it can be begun anew afterwards.'),
            },
          })
        : null,
    ],
    { colour: isFinal ? 'grey' : 'wathet', subtitle: asWritten(it.branchName) },
  )
}

const NAMED_BYTES = 1_500

function named(title: Text, people: readonly Nominee[]): Text {
  const shown = fitting(people, ({ name }) => literal(name).repeat(3), NAMED_BYTES, 3)
  const left = people.length - shown.length
  return both((l) => {
    const names = shown.map(({ name }) => literal(name)).join(l === 'zh' ? '、' : ', ')
    return `${title[l]}${names}${left > 0 ? t(`等 ${people.length} 人`, ` and ${left} more`)[l] : ''}`
  })
}

const entry = (it: GatheringAsItStands, one: ElectionThere) =>
  form('tally', tallyFields(one, it.elections), {
    label: one.sheet ? t('更正计票结果', 'Correct the count') : t('填好了，核对结果', 'Enter and check'),
    value: countElectionPress.value({ gathering: it.id, election: one.id }),
  })

/** The next steps are offered; the meeting alone decides on them. */
function following(it: GatheringAsItStands, one: ElectionThere, outcome: Outcome | null, now: Date): (Element | null)[] {
  const goesOn = isUnderway(it, now) && !isFollowed(one.id, it.elections)
  const once = { gathering: it.id, election: one.id }
  if (outcome?.is !== 'counted')
    return [
      goesOn && hasFailed(one, outcome)
        ? button(t('重新投票', 'Vote again'), electAgain.value(once), { type: 'primary', wide: true })
        : null,
    ]
  return [
    outcome.tied.length > 0 && goesOn
      ? button(t('对票数相等的同志再次投票', 'Vote again between those who tied'), electAgain.value(once), { type: 'primary', wide: true })
      : null,
    ...(outcome.seatsLeft > 0
      ? [
          lines(
            t(
              `不足的 ${outcome.seatsLeft} 名：可以另行选举；接近应选名额的，按规定征得同意后也可以减少名额，不再选举。由大会决定。`,
              `The ${outcome.seatsLeft} left: another vote can be held, or, near the full number and with the consent that the rules ask for, fewer seats are filled. The meeting decides.`,
            ),
          ),
          goesOn ? button(t('另行选举…', 'Elect for the seats left…'), beginElection.value({ gathering: it.id, after: one.id })) : null,
        ]
      : []),
    outcome.elected.length > 0
      ? note(
          t(
            '职务不会自动任命：按规定报上级后，在「/成员」里点开本人任命。',
            'No seat is filled by this: once it is reported as the rules ask, appoint them under “/member”.',
          ),
        )
      : null,
  ]
}

/** A paper vote fails when it is void. A vote by card fails when nobody voted or the figures do not agree. */
export const hasFailed = ({ ballot }: ElectionThere, outcome: Outcome | null): boolean =>
  outcome ? outcome.is === 'void' : ballot !== null && ['few', 'unsound'].includes(ballot.state)

function paperRow(
  it: GatheringAsItStands,
  one: ElectionThere,
  { page, isOpen, isEntering }: { page: string | null; isOpen: boolean; isEntering: boolean },
): Element | null {
  const sent = { gathering: it.id, election: one.id }
  const buttons = [
    ...(page ? [opens(t('打印计票单', 'Print the tally sheet'), page)] : []),
    ...(isOpen && !isEntering ? [button(t('更正计票结果…', 'Correct the count…'), correctElection.value(sent))] : []),
    ...(isOpen ? [button(t('更新到会人数', 'Count again who is here'), recountElection.value(sent))] : []),
  ]
  return buttons.length > 0 ? row(...buttons) : null
}

export const election = view({
  name: 'election',
  takes: z.object({ subject: z.string(), gathering: id, election: id }),
  async show(db, sent, now, pages) {
    const [it] = await lookUp(db, [gatheringAsItStands(db, sent.gathering)])
    const one = it?.elections.find(({ id }) => id === sent.election)
    if (it && !one) return sentence(t('这次选举已经撤销。', 'This election was withdrawn.'))
    return it && one ? shownAs(it, one, now, pages) : null
  },
})

const shownAs = async (it: GatheringAsItStands, one: ElectionThere, now: Date, pages: Pages, isCorrecting = false) =>
  electionCard(it, one, { now, page: await pages.url(tallySheetLink(one.id, it, now)), isCorrecting })

export const electionOf = (gathering: string, one: string) => election.args({ subject: electionSubject(one), gathering, election: one })

const sends = z.object({ gathering: id, election: id })
const look = ({ db }: { db: Db }, { gathering }: { gathering: string }) => [gatheringAsItStands(db, gathering)] as const

/** The election that a button names, in a meeting whose votes the actor may hold. */
export function held(ctx: Context, found: GatheringAsItStands | undefined, election: string) {
  const here = memberOrRefuse(ctx)
  const it = foundOrRefuse(here.actor, 'holdVote', found, placeOfGathering)
  const one = it.elections.find(({ id }) => id === election) ?? refuse('这次选举已经撤销。', 'This election was withdrawn.')
  return { ...here, it, one }
}

/** The card after the deed. */
export async function shownAnew({ now, pages }: Context, after: GatheringAsItStands, election: string) {
  const one = after.elections.find(({ id }) => id === election)
  return one ? { card: await shownAs(after, one, now, pages) } : {}
}

export const openElectionCardPress = press({
  button: openElectionCard,
  rights: ['holdVote'],
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { gathering, election }, [found]) {
    const { actor, db, now, eventId } = held(ctx, found, election)
    await together(db, [
      enqueue(db, {
        occasion: `election ${eventId}`,
        to: { person: actor.openId },
        ...electionOf(gathering, election),
        dueAt: now,
        lane: 'answer',
      }),
    ])
    return { toast: t('已发在下面。', 'It is below.'), mood: 'success' }
  },
})

const text = z.string().max(1_000).nullish()

export const countElectionPress = press({
  name: 'election.count',
  rights: ['holdVote'],
  sends,
  fills: z.record(z.string().max(20), text),
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { election }, [found], filled) {
    const { actor, db, now, it, one, pressedOn } = held(ctx, found, election)
    const { sheetOf } = await import('../../src/rules/meeting-votes/tally-sheet.ts')
    const sheet = sheetOf(one, filled)
    if ('wrong' in sheet) refuse(sheet.wrong.zh, sheet.wrong.en)
    const after = await enterSheet(db, it, one, sheet, actor, now, pressedOn)
    const said = isVoid(sheet, one.presentVoters)
      ? t('收回的多于发出的，这次投票无效。', 'More came back than went out: the vote is void.')
      : t('已核对，记下了。', 'It adds up and is entered.')
    return { toast: said, mood: 'success', ...(await shownAnew(ctx, after, election)) }
  },
})

export const correctElection = press({
  name: 'election.correct',
  rights: ['holdVote'],
  sends,
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { election }, [found]) {
    const { now, pages, it, one } = held(ctx, found, election)
    return { toast: t('请改好数字。', 'Please correct the figures.'), mood: 'info', card: await shownAs(it, one, now, pages, true) }
  },
})

export const recountElection = press({
  name: 'election.recount',
  rights: ['holdVote'],
  sends,
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { election }, [found]) {
    const { actor, db, now, it, one, pressedOn } = held(ctx, found, election)
    const after = await recountVoters(db, it, one, actor, now, pressedOn)
    return { toast: t('到会人数已更新。', 'Counted again.'), mood: 'success', ...(await shownAnew(ctx, after, election)) }
  },
})

export const withdrawElectionPress = press({
  name: 'election.withdraw',
  rights: ['holdVote'],
  sends,
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { election }, [found]) {
    const { actor, db, now, it, one, pressedOn } = held(ctx, found, election)
    await withdrawElection(db, it, one, actor, now, pressedOn)
    const said = t('这次选举已撤销。', 'The election is withdrawn.')
    return { toast: said, mood: 'success', card: sentence(said) }
  },
})
