import { together } from '../../db/client.ts'
import { recredit } from '../../db/ledgers/credits.ts'
import { moment, quarter as quarterAt } from '../../src/calendar.ts'
import { tick } from '../../src/clock/schedule.ts'
import type { GatheringKind } from '../../src/rules/gatherings/gatherings.ts'
import { aBranch, buttonsOf, openId, type Person } from './branch.ts'

export const people: readonly Person[] = [
  { name: '李华', role: 'secretary' },
  { name: '王芳', role: 'deputy' },
  { name: '赵敏' },
  { name: '上级', role: 'assessor', branch: null },
  { name: '另一上级', role: 'assessor', branch: null },
]

export const QUARTER = '2026Q3'

/** The third quarter is over, and its assessment opens on 8 October, the first working day of the fourth. */
export async function anAssessment(cast: readonly Person[] = people, since = '2026-07-01') {
  const branch = await aBranch(cast, { since })
  const { client } = branch.store
  const shownTo = async (view: string, person?: string) =>
    (await client.execute({ sql: 'select to_id, args, due_at from outbox where view = ? order by id', args: [view] })).rows
      .filter(({ to_id }) => !person || to_id === openId(person))
      .map(({ args, due_at }) => ({ args: JSON.parse(String(args)) as Record<string, unknown>, dueAt: new Date(Number(due_at)) }))

  /** The latest card of a view, rendered as of now. */
  async function cardOf(view: string, person?: string) {
    const last = (await shownTo(view, person)).at(-1)
    return last ? branch.shown(view, last.args) : null
  }

  async function pressOn(name: string, view: string, press: string, form?: Record<string, unknown>, person?: string) {
    const shown = await cardOf(view, person)
    const value = buttonsOf(shown?.card).find((one) => one.press === press)
    if (!value) throw new Error(`${view} has no ${press}: ${shown?.text}`)
    return branch.press(name, value, { form })
  }

  return {
    ...branch,
    client,
    shownTo,
    cardOf,
    pressOn,
    run: (statements: string) => client.executeMultiple(statements),
    turn: (on: string, time = '09:20') => {
      branch.at(on, time)
      return tick(branch.db, moment(on, time), (event) => {
        if (event.level === 'error') throw new Error(JSON.stringify(event))
      })
    },
    /** The first turn of the clock on the day that the assessment opens. */
    async opens() {
      branch.at('2026-10-08', '09:20')
      await tick(branch.db, moment('2026-10-08', '09:20'), () => {})
    },
    /** Held and quorate. */
    async holds(kind: GatheringKind, on: string, tags: readonly string[] = [], of = 'branch') {
      const id = `${kind} ${on} ${of}`
      const at = moment(on, '10:00').getTime()
      await client.batch(
        [
          {
            sql: `insert into gatherings (id, branch, kind, place, starts_at, ends_at, called_by, called_at) values (?, ?, ?, '', ?, ?, 'm_李华', 0)`,
            args: [id, of, kind, at, at + 3_600_000],
          },
          { sql: 'insert into gathering_branches (gathering, branch) values (?, ?)', args: [id, of] },
          ...tags.map((tag, i) => ({
            sql: 'insert into agenda_items (gathering, position, words, tags, held_at) values (?, ?, ?, ?, ?)',
            args: [id, i + 1, tag, JSON.stringify([tag]), at],
          })),
          {
            sql: `insert into closures (gathering, at, "by", expected, present, expected_voters, present_voters, is_quorate) values (?, ?, 'test', 0, 0, 0, 0, 1)`,
            args: [id, at + 3_600_000],
          },
        ],
        'write',
      )
      await together(branch.db, recredit(branch.db, id))
    },
    /** The assessor takes over everything that the branches proposed. */
    async adopts(by = '上级', committee = 'committee', quarter = QUARTER) {
      for (const which of ['grounded', 'rest']) {
        const [counted] = (await client.execute('select count(*) n from judgements')).rows
        await branch.press(by, { press: 'waitingList.adopt', committee, quarter, which, judged: Number(counted?.n) })
      }
    },
    answers: (answer = 'fully', count = 10) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`s${i}`, answer])),
    async tenths(of = 'branch', quarter = QUARTER) {
      return (await client.execute({ sql: 'select tenths from results where branch = ? and quarter = ?', args: [of, quarter] })).rows[0]
        ?.tenths
    },
    thisQuarter: () => quarterAt(branch.now()),
  }
}

export type TestAssessment = Awaited<ReturnType<typeof anAssessment>>
