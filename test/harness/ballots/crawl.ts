import { expect } from 'vitest'
import type * as z from 'zod'
import { allCards } from '../../../cards/index.ts'
import { commands } from '../../../commands/index.ts'
import { castByCode } from '../../../db/ballots/cast.ts'
import { codeHash, makeCodes } from '../../../db/ballots/codes.ts'
import { openBallot } from '../../../db/ballots/open.ts'
import { ballotAsItStands } from '../../../db/ballots/state.ts'
import { type Actor, actorById } from '../../../db/branches/members.ts'
import { branchById } from '../../../db/branches/units.ts'
import { lookUp, together } from '../../../db/client.ts'
import { openEvaluation } from '../../../db/evaluation/run.ts'
import { evaluationById } from '../../../db/evaluation/state.ts'
import { openVote } from '../../../db/evaluation/vote.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../../db/gatherings/state.ts'
import { arrivals } from '../../../db/gatherings/tables.ts'
import { openElection } from '../../../db/meeting-votes/elect.ts'
import { resolveByCard } from '../../../db/meeting-votes/resolve.ts'
import { ballotLink, linkTo, publicLink, tallySheetLink } from '../../../db/pages/links.ts'
import { newId } from '../../../src/app.ts'
import { render } from '../../../src/bot.ts'
import { addMinutes } from '../../../src/calendar.ts'
import { tick } from '../../../src/clock/schedule.ts'
import { countBallots } from '../../../src/jobs/count-ballots.ts'
import type { Question } from '../../../src/rules/ballots/marks.ts'
import type { BallotUse } from '../../../src/rules/ballots/uses.ts'
import { pagesAt } from '../../../src/web/address.ts'
import { address } from '../app.ts'
import { seeded } from '../branch.ts'
import { aTown, people, type Town, type Townsman } from '../town.ts'
import { tablesOf } from './traces.ts'

const BASE = 'https://zhibu.example'
const { presses, views } = await allCards()

const voters = people.filter(
  ({ branch, stage, name }) =>
    branch === 'home' && (stage === 'full' || stage === 'probationer') && name !== 'former secretary' && !name.startsWith('departed'),
)
const graded: Question = {
  scale: 'grades',
  subjects: voters.slice(0, 6).map(({ name, member }, nth) => ({ key: String(nth + 1), name, member: member ?? '' })),
}
const of = (scale: Question['scale'], more: Partial<Question> = {}): Question => ({
  scale,
  subjects: ['甲', '乙'].map((name, nth) => ({ key: String(nth + 1), name })),
  ...more,
})

interface Asked {
  id: string
  fills(kind: Kind, voter: Townsman): Record<string, unknown>
}

/** One of each use, secret, and one by name; and what two kinds of voters fill in. */
const asked: readonly (Asked & { use: BallotUse; isSecret?: false; question: Question })[] = [
  {
    id: 'resolution',
    use: 'resolution',
    question: { ...of('stances'), subjects: [{ key: '1', name: '甲' }] },
    fills: (kind) => ({ stance: kind === 'for' ? 'for' : 'against' }),
  },
  {
    id: 'by name',
    use: 'resolution',
    isSecret: false,
    question: { ...of('stances'), subjects: [{ key: '1', name: '甲' }] },
    fills: (kind) => ({ stance: kind === 'for' ? 'for' : 'against' }),
  },
  {
    id: 'evaluation',
    use: 'evaluation',
    question: graded,
    fills: (kind, { member }) => ({
      [kind === 'for' ? 'excellent' : 'unqualified']: [graded.subjects.find((one) => one.member !== member)?.key],
    }),
  },
  {
    id: 'election',
    use: 'election',
    question: of('stances', { most: 1, writeIns: 1 }),
    fills: (kind) => (kind === 'for' ? { for: ['1'] } : { against: ['1'], write_0: '丙' }),
  },
  { id: 'award', use: 'award', question: of('chosen', { most: 1 }), fills: (kind) => ({ chosen: [kind === 'for' ? '1' : '2'] }) },
  { id: 'review', use: 'review', question: of('score'), fills: (kind) => ({ score_1: kind === 'for' ? '90' : '10', score_2: '50' }) },
  {
    id: 'pulse',
    use: 'pulse',
    question: of('agreement'),
    fills: (kind) => ({ agreement_1: kind === 'for' ? '5' : '1', agreement_2: '3' }),
  },
]

/** The year-end vote of an evaluation, with all that leads up to it and follows from it. */
const yearEnd: Asked = {
  id: 'yearv1',
  fills: (kind, { member }) => ({
    [kind === 'for' ? 'basic' : 'unqualified']: [String(gradedAtYearEnd.findIndex((one) => one !== member) + 1)],
  }),
}
const gradedAtYearEnd = people
  .flatMap(({ member, branch, stage }) => (branch === 'home' && stage === 'full' && member ? [member] : []))
  .sort()

/** Buttons from which a vote could be learned: of any ballot, of an evaluation, of a meeting. */
const ofBallots = /^(ballot|votes|secrecy|ballotHost|ballotMore|ballotResult|electors|codes)\./
const besides = {
  'at large': /^(evaluation|evaluationVote|evaluationReading|steps|selfView|groupView|grading|ownGrade|gradeAppeal)\./,
  'in a meeting': /^(inMeeting|inRoom|marks|resolve|hands|election|electionForm|electionAgain)\./,
}

const isFull = ({ stage }: Townsman) => stage === 'full'
const votersOf = (ballot: string) => (inMeeting.some(({ id }) => id === ballot) ? voters.filter(isFull) : voters)

/** One of each, the last of them the vote of an evaluation; of another evaluation the public votes by codes. */
async function openAtLarge({ db, box, now }: Town, secretary: Actor): Promise<string[]> {
  const electors = voters.map(({ member, openId }) => ({ member: member ?? '', openId }))
  const shared = {
    unit: 'unit',
    branch: 'home',
    committee: null,
    title: '一件事',
    electorate: 'all' as const,
    closesAt: addMinutes(now(), 5 * 1_440),
  }
  for (const { id, use, isSecret = true, question } of asked)
    await openBallot(db, { ...shared, id, use, isSecret, question }, electors, secretary, now(), box)
  const [[branch]] = await lookUp(db, [branchById(db, 'home')])
  if (!branch) throw new Error('no branch')
  await openEvaluation(db, { id: 'year', branch, period: '2026' }, secretary, now())
  const it = await evaluationById(db, 'year')
  if (!it) throw new Error('no evaluation')
  await openVote(db, it, shared.closesAt, electors, secretary, now(), box)
  const [evaluation] = await lookUp(db, [ballotAsItStands(db, 'evaluation')])
  const [[deputy]] = await lookUp(db, [actorById(db, 'm deputy')])
  return evaluation && deputy ? makeCodes(db, evaluation, 7, deputy, now(), box) : []
}

/** All full members are in the room. The meeting has begun, and they vote on two resolutions and a committee. */
async function openInMeeting(town: Town, secretary: Actor): Promise<string> {
  const { db, box, now } = town
  const gathering = await town.meeting('home')
  const came = { gathering, punctuality: 'on time' as const, at: now(), way: 'code' as const }
  await together(
    db,
    voters.filter(isFull).map(({ member }) => db.insert(arrivals).values({ ...came, member: member ?? '', by: member ?? '' })),
  )
  town.to(addMinutes(now(), 15))
  const standing = async () => (await lookUp(db, [gatheringAsItStands(db, gathering)]))[0] as GatheringAsItStands
  const one = { words: '一件事', matter: 'ordinary' as const }
  await resolveByCard(db, await standing(), { ...one, id: 'by card', isSecret: true }, secretary, now(), box)
  await resolveByCard(db, await standing(), { ...one, id: 'named by card', words: '又一件事', isSecret: false }, secretary, now(), box)
  const [nominees, counting] = [['m member', 'm secretary'], ['m deputy']].map((ids) =>
    voters.filter(({ member }) => ids.includes(member ?? '')).map(({ name, member }) => ({ name, member })),
  )
  const election = { id: 'elected', title: '支委会委员', after: null, seats: 1, isRunOff: false, nominees: nominees ?? [] }
  await openElection(db, await standing(), { ...election, scrutineers: counting ?? [], tellers: counting ?? [] }, secretary, now(), box)
  return gathering
}

/** The votes of a general meeting under way: two resolutions and a committee. */
const inMeeting: readonly Asked[] = [
  { id: 'by card', fills: (kind) => ({ stance: kind }) },
  { id: 'named by card', fills: (kind) => ({ stance: kind }) },
  { id: 'elected', fills: (kind) => (kind === 'for' ? { for: ['1'] } : { against: ['1'], write_0: '丙' }) },
]

/** Two towns that differ in nothing but how everybody votes. */
export type Kind = 'for' | 'against'

export async function aTownThatVotes(kind: Kind, where: 'at large' | 'in a meeting' = 'at large') {
  const chance = seeded(9)
  const town = await aTown(({ db }) => ({ pages: pagesAt(BASE, address, db, () => newId(chance)) }))
  const [[secretary]] = await lookUp(town.db, [actorById(town.db, 'm secretary')])
  if (!secretary) throw new Error('no secretary')
  const all: readonly Asked[] = where === 'at large' ? [...asked, yearEnd] : inMeeting
  const [gathering, codes] = where === 'at large' ? ['', await openAtLarge(town, secretary)] : [await openInMeeting(town, secretary), []]
  for (const { id } of all)
    for (const voter of votersOf(id).slice(0, -2)) expect((await votes(id, voter)).toast).toMatchObject({ type: 'success' })
  // All but the last, which is looked over and not cast.
  for (const code of codes.slice(0, -1)) await byCode(code)

  async function byCode(code: string) {
    const [it] = await lookUp(town.db, [ballotAsItStands(town.db, 'evaluation')])
    const filled = { [kind === 'for' ? 'excellent' : 'unqualified']: ['1'] }
    if (it) await castByCode(town.db, it, codeHash(it.id, code), filled, town.now(), town.box)
  }

  async function votes(ballot: string, voter: Townsman) {
    const { fills } = all.find(({ id }) => id === ballot) ?? {}
    const { stance, ...form } = fills?.(kind, voter) ?? {}
    return town.presses(voter.openId, { press: 'ballot.vote', ballot, ...(stance ? { stance } : {}) }, { form })
  }

  /** Whatever a button or a view could mean by its ids. */
  const meant = (id: string) => ({
    ...{
      ballot: id,
      gathering,
      election: id,
      resolution: id,
      evaluation: 'year',
      group: null,
      member: 'm member',
      id: 'x',
      after: null,
    },
    ...{ from: 0, seen: 0, picked: {} },
  })

  const seen: string[] = []
  const notes = (what: string, shown: unknown) => void seen.push(`${what}: ${JSON.stringify(shown)}`.replace(/event-\d+/g, 'event'))

  /** Every command, in the group and directly, as everybody. */
  async function commandsSaid() {
    for (const { name, openId, tenantKey } of people)
      for (const command of [...commands.map(({ zh }) => zh), '/投票 又一件事'])
        for (const dm of [true, false]) {
          const said = await town.says(openId, command, { dm, chat: 'oc_home', tenantKey })
          notes(`${name} says ${command}`, await said.answer())
        }
  }

  /** Every press about a ballot, as everybody; what ends one comes last. */
  async function buttonsPressed() {
    const about = presses.map(({ name }) => name).filter((name) => ofBallots.test(name) || besides[where].test(name))
    const late = ['ballotMore.cancel', 'ballotHost.close']
    const forms: Record<string, Record<string, unknown>> = {
      'ballotMore.extend': { closes: '2026-10-14 17:00 +0800' },
      'ballotMore.add': { people: ['m former secretary'] },
      'ballotMore.cancel': { reason: '改期' },
    }
    for (const press of [...about.filter((name) => !late.includes(name)), ...late])
      for (const { id } of where === 'in a meeting' || ofBallots.test(press) ? all : [yearEnd])
        for (const who of [...people].reverse()) {
          if (press === 'ballotMore.cancel' && !['award', 'named by card'].includes(id)) continue
          const { name, openId, tenantKey } = who
          const shown =
            press === 'ballot.vote' && votersOf(id).includes(who)
              ? await votes(id, who)
              : await town.presses(
                  openId,
                  { ...meant(id), press, about: 'secrecy', stance: 'abstain' },
                  { tenantKey, form: forms[press] ?? {} },
                )
          notes(`${name} presses ${press} of ${id}`, shown)
        }
    return about
  }

  /** Every view that can be drawn of a ballot, for everybody; or those of some names. */
  async function viewsDrawn(named = /./) {
    const drawn = new Set<string>()
    // Many views take none of these ids: what is asked alike is drawn once.
    const cards = new Map<string, Promise<object | null>>()
    const pages = pagesAt(BASE, address, town.db, () => newId(chance))
    for (const view of views.filter(({ name }) => named.test(name)))
      for (const { id } of all)
        for (const { member, name } of people) {
          const args = {
            ...meant(id),
            subject: where === 'at large' ? `turnout ${id}` : gathering,
            member,
            viewer: member,
            branch: 'home',
            committee: null,
            mayOpen: true,
            unit: 'unit',
            title: '',
            words: '',
            reminder: true,
          }
          const takes = 'args' in view ? (view as unknown as { args: { takes: z.ZodType } }).args.takes : null
          const asked = `${view.name} ${JSON.stringify(takes?.safeParse(args).data ?? args)}`
          if (!cards.has(asked))
            cards.set(
              asked,
              render(town.db, view.name, args, town.now(), pages, town.box).catch(() => null),
            )
          const card = await cards.get(asked)
          if (card) drawn.add(view.name)
          notes(`${view.name} of ${id} for ${name}`, card)
        }
    return drawn
  }

  /** Every page, by a link of everybody's, and by everybody's own. */
  async function pagesOpened() {
    const statuses = new Set<number>()
    const open = async (path: string, form?: Record<string, string>) => {
      const body = form && new URLSearchParams(form).toString()
      const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(body?.length) }
      const answer = await town.app.fetch(new Request(`http://bot${path}`, body ? { method: 'POST', body, headers } : {}))
      statuses.add(answer.status)
      notes(path, (await answer.text()).replace(/nonce[-="]+[^"']+/g, ''))
    }
    for (const path of ['/secrecy', '/voice', '/healthz', '/p/nothing']) await open(path)
    await open('/voice', { code: 'AAAA-AAAA-AAAA' })
    const openedAt = town.now()
    for (const { id } of all)
      for (const member of [null, ...people.flatMap((one) => (one.member && one.unit === 'unit' ? [one.member] : []))]) {
        const about = { id, unit: 'unit', openedAt }
        const links = [
          ...(['ballot', 'receipts'] as const).map((kind) => ballotLink(kind, about, member, openedAt)),
          ...(id === 'evaluation' ? (['publicBallot', 'ballotCodes'] as const) : []).map((kind) =>
            publicLink(kind, about, member, openedAt),
          ),
          ...(id === 'elected' ? [{ ...tallySheetLink(id, about, openedAt), person: member }] : []),
        ]
        for (const to of links) {
          const link = await linkTo(town.db, to, () => newId(chance))
          await open(address.path(link))
          if (to.kind !== 'publicBallot') continue
          for (const code of [codes[0], codes.at(-1), 'AAAA-AAAA-AAAA'])
            await open(address.path(link), { deed: 'look', code: code ?? '', token: address.formToken(link), visitor: 'a'.repeat(20) })
        }
      }
    return statuses
  }

  /** The messages that wait, rendered as of now. */
  async function messagesSent() {
    const { rows } = await town.client.execute('select occasion, recipient, view, args from outbox order by id')
    for (const { occasion, recipient, view, args } of rows)
      notes(
        `${occasion} to ${recipient}`,
        await render(town.db, String(view), JSON.parse(String(args)), town.now(), undefined, town.box).catch(() => null),
      )
  }

  /** All that the database holds, but for what is sealed and the keys to it. */
  async function rowsKept() {
    for (const [table, rows] of await tablesOf(town.client)) {
      if (table === 'marks') notes(table, rows.length)
      else if (table === 'named_votes')
        notes(
          table,
          rows.map((row) => row.length),
        )
      else notes(table, table === 'ballots' ? rows.map((row) => row.replace(/"[\w-]{40,}"/g, 'key')) : rows)
    }
  }

  return {
    ...town,
    commandsSaid,
    buttonsPressed,
    viewsDrawn,
    pagesOpened,
    messagesSent,
    rowsKept,
    async minute(on: string, time: string) {
      town.at(on, time)
      const errors: object[] = []
      const log = (event: Record<string, unknown>) => void (event.level === 'error' && errors.push(event))
      await tick(town.db, town.now(), log)
      await countBallots({ db: town.db, box: town.box, clock: town.now, log })
      return errors
    },
    /** Returns the observations since the last call. */
    seen: () => seen.splice(0),
  }
}
