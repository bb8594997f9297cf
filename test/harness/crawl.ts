import { presses, views } from '../../cards/index.ts'
import { commands } from '../../commands/index.ts'
import { openBallot } from '../../db/balloting.ts'
import { lookUp } from '../../db/client.ts'
import { ballotLink, linkTo } from '../../db/links.ts'
import { actorById } from '../../db/members.ts'
import { newId } from '../../src/app.ts'
import { render } from '../../src/bot.ts'
import { addMinutes } from '../../src/calendar.ts'
import { countBallots } from '../../src/jobs/count-ballots.ts'
import type { Question } from '../../src/rules/ballot-marks.ts'
import type { BallotUse } from '../../src/rules/ballot-uses.ts'
import { tick } from '../../src/schedule.ts'
import { pagesAt } from '../../src/web/address.ts'
import { address } from './app.ts'
import { seeded } from './branch.ts'
import { aTown, people, type Townsman } from './town.ts'
import { tablesOf } from './traces.ts'

const BASE = 'https://zhibu.example'

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

/** One of each use, secret, and one by name; and what two kinds of voters fill in. */
const asked: {
  id: string
  use: BallotUse
  isSecret?: false
  question: Question
  fills(kind: Kind, voter: Townsman): Record<string, unknown>
}[] = [
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

/** Two towns that differ in nothing but how everybody votes. */
export type Kind = 'for' | 'against'

export async function aTownThatVotes(kind: Kind) {
  const chance = seeded(9)
  const town = await aTown(({ db }) => ({ pages: pagesAt(BASE, address, db, () => newId(chance)) }))
  const [[secretary]] = await lookUp(town.db, [actorById(town.db, 'm secretary')])
  if (!secretary) throw new Error('no secretary')
  const electors = voters.map(({ member, openId }) => ({ member: member ?? '', openId }))
  const shared = { unit: 'unit', branch: 'home', committee: null, title: '一件事', closesAt: addMinutes(town.now(), 5 * 1_440) }
  for (const { id, use, isSecret = true, question } of asked) {
    await openBallot(town.db, { ...shared, id, use, isSecret, question }, electors, secretary, town.now(), town.box)
    for (const voter of voters.slice(0, -2)) await votes(id, voter)
  }

  async function votes(ballot: string, voter: Townsman) {
    const { fills } = asked.find(({ id }) => id === ballot) ?? {}
    const { stance, ...form } = fills?.(kind, voter) ?? {}
    return town.presses(voter.openId, { press: 'ballot.vote', ballot, ...(stance ? { stance } : {}) }, { form })
  }

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
    const about = presses.map(({ name }) => name).filter((name) => /^(ballot|votes|secrecy|ballotHost|ballotResult)\./.test(name))
    const late = ['ballotHost.cancel', 'ballotHost.close']
    const forms: Record<string, Record<string, unknown>> = {
      'ballotHost.extend': { closes: '2026-10-14 17:00 +0800' },
      'ballotHost.add': { people: ['m former secretary'] },
      'ballotHost.cancel': { reason: '改期' },
    }
    for (const press of [...about.filter((name) => !late.includes(name)), ...late])
      for (const { id } of asked)
        for (const who of [...people].reverse()) {
          if (press === 'ballotHost.cancel' && id !== 'award') continue
          const { name, openId, tenantKey } = who
          const shown =
            press === 'ballot.vote' && voters.includes(who)
              ? await votes(id, who)
              : await town.presses(openId, { press, ballot: id, about: 'secrecy', stance: 'abstain' }, { tenantKey, form: forms[press] })
          notes(`${name} presses ${press} of ${id}`, shown)
        }
    return about
  }

  /** Every view that can be drawn of a ballot, for everybody. */
  async function viewsDrawn() {
    const drawn = new Set<string>()
    for (const view of views)
      for (const { id } of asked)
        for (const { member, name } of people) {
          const args = {
            subject: `turnout ${id}`,
            ballot: id,
            member,
            viewer: member,
            id: 'x',
            branch: 'home',
            committee: null,
            mayOpen: true,
            unit: 'unit',
            title: '',
            reminder: true,
          }
          const card = await render(
            town.db,
            view.name,
            args,
            town.now(),
            pagesAt(BASE, address, town.db, () => newId(chance)),
          ).catch(() => null)
          if (card) drawn.add(view.name)
          notes(`${view.name} of ${id} for ${name}`, card)
        }
    return drawn
  }

  /** Every page, by a link of everybody's, and by everybody's own. */
  async function pagesOpened() {
    const statuses = new Set<number>()
    const open = async (path: string) => {
      const answer = await town.app.fetch(new Request(`http://bot${path}`))
      statuses.add(answer.status)
      notes(path, (await answer.text()).replace(/nonce[-="]+[^"']+/g, ''))
    }
    for (const path of ['/secrecy', '/healthz', '/p/nothing']) await open(path)
    for (const { id } of asked)
      for (const kind of ['ballot', 'receipts'] as const)
        for (const member of [null, ...people.flatMap((one) => (one.member && one.unit === 'unit' ? [one.member] : []))]) {
          const link = await linkTo(town.db, ballotLink(kind, { id, unit: 'unit' }, member, town.now()), () => newId(chance))
          await open(address.path(link))
        }
    return statuses
  }

  /** What waits to be said, as it would be said now. */
  async function messagesSent() {
    const { rows } = await town.client.execute('select occasion, recipient, view, args from outbox order by id')
    for (const { occasion, recipient, view, args } of rows)
      notes(`${occasion} to ${recipient}`, await render(town.db, String(view), JSON.parse(String(args)), town.now()).catch(() => null))
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
    /** What was seen since the last time. */
    seen: () => seen.splice(0),
  }
}
