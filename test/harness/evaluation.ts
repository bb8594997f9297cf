import { expect } from 'vitest'
import { closeBallot } from '../../db/ballots/close.ts'
import { evaluationById } from '../../db/evaluation/state.ts'
import { CLOCK } from '../../db/ledgers/audit.ts'
import { tick } from '../../src/clock/schedule.ts'
import { countBallots } from '../../src/jobs/count-ballots.ts'
import { aVotingBranch } from './ballots/ballots.ts'
import { openId, type Person } from './branch.ts'

type Picks = Partial<Record<'excellent' | 'basic' | 'unqualified', string[]>>

/** A branch that evaluates its members: six of them, a probationer, and a committee of three. It is the first of December. */
export async function anEvaluatingBranch({ people, groups = true }: { people?: readonly Person[]; groups?: boolean } = {}) {
  const it = await aVotingBranch(people)
  const { client } = it.store
  it.at('2026-12-01', '09:00')
  if (groups)
    await client.executeMultiple(`
      insert into groups (id, branch, name) values ('g1', 'branch', '第一党小组'), ('g2', 'branch', '第二党小组');
      update members set group_id = 'g1' where id in ('m_李华', 'm_王芳', 'm_赵敏');
      update members set group_id = 'g2' where id in ('m_张伟', 'm_孙丽', 'm_周杰');
      insert into seats (id, member, role, group_id, from_at) values ('lead1', 'm_赵敏', 'leader', 'g1', 0), ('lead2', 'm_孙丽', 'leader', 'g2', 0);`)

  const latest = async () => String((await client.execute('select id from evaluations order by opened_at desc, rowid desc')).rows[0]?.[0])
  const found = async (id?: string) => {
    const evaluation = await evaluationById(it.db, id ?? (await latest()))
    if (!evaluation) throw new Error('no evaluation')
    return evaluation
  }
  /** The latest direct message of that view to that person. */
  const got = async (name: string, view: string) => {
    const row = (await it.outboxRows()).findLast((one) => one.view === view && one.to_id === openId(name) && one.to_kind === 'person')
    if (!row) throw new Error(`${name} got no ${view}`)
    return {
      ...(await it.shown(view, JSON.parse(String(row.args)))),
      args: JSON.parse(String(row.args)),
      dueAt: new Date(Number(row.due_at)),
    }
  }
  const press = async (name: string, what: string, form?: Record<string, unknown>, more: object = {}) =>
    it.press(name, { press: what, evaluation: await latest(), ...more }, form ? { form } : {})
  const keyOf = async (name: string) => (await found()).people.find((one) => one.name === name)?.key ?? ''
  const keys = async (names: readonly string[] = []) => Promise.all(names.map(keyOf))
  const listsOf = async ({ excellent, basic, unqualified }: Picks) => ({
    excellent: await keys(excellent),
    basic: await keys(basic),
    unqualified: await keys(unqualified),
  })
  const written = async (words: Record<string, string>) =>
    Object.fromEntries(await Promise.all(Object.entries(words).map(async ([who, said]) => [`r_${await keyOf(who)}`, said])))

  return {
    ...it,
    latest,
    found,
    got,
    ask: press,
    keyOf,
    /** Through the form, as the secretary does. */
    async begins(period = '2026', by = '李华') {
      await it.say(by, `/评议 ${period}`)
      const { args } = await got(by, 'evaluationForm')
      return it.press(by, { press: 'evaluationForm.submit', id: args.id, branch: 'branch' }, { form: { period } })
    },
    writes: (name: string, grade = 'qualified', words = `${name}的自评`) => press(name, 'selfView.submit', { words, grade }),
    /** A group's view, the opinions after it; `group` is null where there are none. */
    async says(name: string, group: string | null, picks: Picks = {}, words: Record<string, string> = {}) {
      const lists = await listsOf(picks)
      const chosen = await press(name, 'groupView.choose', lists, { group })
      if (chosen.mood !== 'info') return chosen
      const form = await written(words)
      return press(name, 'groupView.set', form, { group, picked: lists })
    },
    /** The committee's decision, the reasons after it. */
    async grades(name: string, picks: Picks = {}, why: Record<string, string> = {}, seen?: number) {
      const lists = await listsOf(picks)
      const stamp = seen ?? Math.max(0, ...(await found()).people.map(({ grade }) => grade?.at.getTime() ?? 0))
      const chosen = await press(name, 'grading.choose', lists, { seen: stamp })
      if (chosen.mood !== 'info') return chosen
      const form = await written(why)
      return press(name, 'grading.set', form, { seen: stamp, picked: lists })
    },
    /** A minute of the clock, with the count behind it. */
    async clock(on: string, time: string) {
      it.at(on, time)
      const errors: unknown[] = []
      await tick(it.db, it.now(), (event) => void (event.level === 'error' && errors.push(event)))
      await countBallots({ db: it.db, box: it.box, clock: it.now, log: (event) => void errors.push(event) })
      expect(errors).toEqual([])
    },
    /** The secret vote, opened, cast, closed as the clock would and counted on the spot. */
    async vote(cast: Record<string, Picks>) {
      expect((await press('李华', 'evaluationVote.submit', { closes: '2026-12-31 17:00 +0800' })).mood).toBe('success')
      const ballot = (await found()).ballotId ?? ''
      for (const [name, picks] of Object.entries(cast)) {
        expect((await it.votes(name, ballot, await listsOf(picks))).mood).toBe('success')
      }
      await closeBallot(it.db, await it.it(ballot), CLOCK, it.now())
      await it.count_()
      return ballot
    },
    /** Who was sent such a card. */
    sentTo: async (view: string) =>
      (await it.outboxRows())
        .filter((row) => row.view === view && row.to_kind === 'person')
        .map((row) => Buffer.from(String(row.to_id).slice(3), 'hex').toString()),
    /** The steps as the secretary sees them. */
    async card(name = '李华') {
      const { text } = await it.shown('evaluation', { subject: 's', evaluation: await latest(), viewer: `m_${name}` })
      return text
    },
    deeds: async () =>
      (await client.execute("select deed from audit where deed like 'evaluation.%' order by id")).rows.map(({ deed }) => String(deed)),
  }
}

export type EvaluatingBranch = Awaited<ReturnType<typeof anEvaluatingBranch>>

export const everybody = ['李华', '王芳', '张伟', '赵敏', '孙丽', '周杰']
export const alone = [
  { name: '李华', role: 'secretary' as const },
  { name: '上级', role: 'assessor' as const, branch: null },
]

/** Self-evaluations and both groups' views, nobody but as said. */
export async function written(it: EvaluatingBranch, picks: { g1?: object; g2?: object } = {}) {
  for (const name of everybody) await it.writes(name)
  await it.says('赵敏', 'g1', { ...picks.g1 }, { 王芳: '好', 李华: '好' })
  await it.says('孙丽', 'g2', { ...picks.g2 }, { 张伟: '好', 周杰: '差' })
}

/** A half-year as far as the committee: all that is proposed is qualified. */
export async function halfYear() {
  const it = await anEvaluatingBranch()
  await it.begins('2026H2')
  await written(it)
  return it
}

/** All graded as proposed, the secretary by another hand. */
export async function gradedAndTold(it: EvaluatingBranch) {
  expect((await it.grades('李华')).mood).toBe('success')
  expect((await it.grades('王芳')).mood).toBe('success')
  expect((await it.ask('李华', 'evaluation.tell')).mood).toBe('success')
}
