import { castByCode, voterSubject } from '../../../db/ballots/cast.ts'
import { codeHash, makeCodes } from '../../../db/ballots/codes.ts'
import * as messages from '../../../db/ballots/messages.ts'
import { type Elector, type NewBallot, openBallot } from '../../../db/ballots/open.ts'
import { type BallotAsItStands, ballotAsItStands } from '../../../db/ballots/state.ts'
import { actorById } from '../../../db/branches/members.ts'
import { lookUp, together } from '../../../db/client.ts'
import { post, type Taken } from '../../../db/ledgers/attempts.ts'
import { moment } from '../../../src/calendar.ts'
import { tick } from '../../../src/clock/schedule.ts'
import { countBallots } from '../../../src/jobs/count-ballots.ts'
import { uses } from '../../../src/rules/ballots/uses.ts'
import { aBranch, openId, type Person } from '../branch.ts'

const voters: readonly Person[] = [
  { name: '李华', role: 'secretary' },
  { name: '王芳', role: 'organisation' },
  { name: '张伟', role: 'publicity' },
  { name: '赵敏' },
  { name: '孙丽' },
  { name: '周杰' },
  { name: '钱进', stage: 'probationer' },
  { name: '郑凯', stage: 'activist' },
  { name: '上级', role: 'assessor', branch: null },
]

/** A branch that votes. It is nine in the morning of 8 October, and ballots close on the 9th at five. */
export async function aVotingBranch(people: readonly Person[] = voters, options: Parameters<typeof aBranch>[1] = {}) {
  const branch = await aBranch(people, options)
  const { db, store, box } = branch
  const closesAt = moment('2026-10-09', '17:00')

  const electors = (names: readonly string[]): Elector[] => names.map((name) => ({ member: `m_${name}`, openId: openId(name) }))
  const actorOf = async (name: string) => {
    const [[actor]] = await lookUp(db, [actorById(db, `m_${name}`)])
    if (!actor) throw new Error(`no ${name}`)
    return actor
  }
  const everybody = people
    .filter(({ stage = 'full', branch: of = 'branch' }) => of === 'branch' && stage !== 'activist')
    .map(({ name }) => name)

  /** Those among them who vote in resolutions and elections. */
  const full = everybody.filter((name) => people.some((one) => one.name === name && (one.stage ?? 'full') === 'full'))

  return {
    ...branch,
    everybody,
    full,
    closesAt,
    actorOf,
    /** Opens one by the deed itself: a resolution, if nothing else is said. */
    async opens(
      asked: Partial<NewBallot> = {},
      names: readonly string[] = uses[asked.use ?? 'resolution'].voters === 'full' ? full : everybody,
      by = '李华',
    ): Promise<string> {
      const id = asked.id ?? `b${await branch.count('ballots')}`
      const ballot: NewBallot = {
        id,
        unit: 'unit',
        branch: 'branch',
        committee: null,
        use: 'resolution',
        isSecret: true,
        electorate: 'all',
        title: '选派李华参加培训',
        question: { scale: 'stances', subjects: [{ key: '1', name: '选派李华参加培训' }] },
        closesAt,
        ...asked,
      }
      await openBallot(db, ballot, electors(names), await actorOf(by), branch.now(), box)
      return id
    },
    /** The voters’ cards stand in their direct chats, as `om_<ballot>_<name>`. */
    async cardsStand(ballot: string, names: readonly string[] = full) {
      for (const name of names) {
        const subject = voterSubject(ballot, `m_${name}`)
        const row = { recipient: `person:${openId(name)}`, ...messages.ballot({ subject, ballot, member: `m_${name}` }) }
        await together(db, [post(db, row as unknown as Taken, `om_${ballot}_${name}`, subject, branch.now())])
      }
    },
    votes: (name: string, ballot: string, filled: Record<string, unknown> | 'for' | 'against' | 'abstain', more = {}) =>
      typeof filled === 'string'
        ? branch.press(name, { press: 'ballot.vote', ballot, stance: filled }, more)
        : branch.press(name, { press: 'ballot.vote', ballot }, { form: filled, ...more }),
    /** Codes made by a colleague of the opener and cast, by the deeds themselves. The public all fill in the same. */
    async byCode(ballot: string, many: number, filled: Record<string, unknown>) {
      const asIt = async () => (await lookUp(db, [ballotAsItStands(db, ballot)]))[0] as BallotAsItStands
      const codes = await makeCodes(db, await asIt(), many, await actorOf('王芳'), branch.now(), box)
      const receipts: string[] = []
      for (const code of codes)
        receipts.push((await castByCode(db, await asIt(), codeHash(ballot, code), filled, branch.now(), box)).receipt)
      return { codes, receipts }
    },
    it: async (ballot: string) => (await lookUp(db, [ballotAsItStands(db, ballot)]))[0] as BallotAsItStands,
    /** The minute clock, and the count behind it. */
    async minute(on: string, time: string) {
      branch.at(on, time)
      const errors: Record<string, unknown>[] = []
      await tick(db, branch.now(), (event) => void errors.push(event))
      await countBallots({ db, box, clock: branch.now, log: (event) => void errors.push(event) })
      return errors.filter(({ level }) => level === 'error')
    },
    count_: () => countBallots({ db, box, clock: branch.now, log: () => {} }),
    cardOf: (name: string, ballot: string) =>
      branch.shown('ballot', { subject: `ballot ${ballot} m_${name}`, ballot, member: `m_${name}` }),
    rows: async (sql: string) => (await store.client.execute(sql)).rows,
  }
}

export type VotingBranch = Awaited<ReturnType<typeof aVotingBranch>>

export const gradedBy = (names: readonly string[]) => ({
  scale: 'grades' as const,
  subjects: names.map((name, nth) => ({ key: String(nth + 1), name, member: `m_${name}` })),
})
