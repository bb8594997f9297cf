import { beforeEach, describe, expect, test } from 'vitest'
import { type Branch, branchById } from '../../db/branches/units.ts'
import { lookUp } from '../../db/client.ts'
import { accountOf } from '../../db/duties/account.ts'
import { alarmsFor } from '../../db/duties/alerts.ts'
import { moment, type Quarter } from '../../src/calendar.ts'
import type { PartId } from '../../src/rules/standards/standards.ts'
import { aBranch, openId, type TestBranch } from '../harness/branch.ts'
import { askOnly } from '../harness/rulebook.ts'

let branch: TestBranch
beforeEach(async () => {
  branch = await aBranch([{ name: '李华', role: 'secretary' }, { name: '王芳' }], { since: '2026-01-01' })
})
const run = (statements: string) => branch.store.client.executeMultiple(statements)
const itself = async () => (await lookUp(branch.db, [branchById(branch.db, 'branch')]))[0][0] as Branch
const states = async (part: PartId, quarter: Quarter, on: string) =>
  (await accountOf(branch.db, await itself(), quarter, moment(on, '09:00'))).duties
    .filter((duty) => duty.part === part)
    .map(({ state }) => state)

/** Two are there already; these make the seventh full on a day. */
const seventhOn = (on: string) =>
  run(`update members set full_on = '2020-01-01';
    ${[3, 4, 5, 6].map((n) => `insert into members (id, unit, branch, name, stage, full_on, joined_on, added_at) values ('m${n}', 'unit', 'branch', '${n}', 'full', '2020-01-01', '2020-01-01', 0);`).join('')}
    insert into members (id, unit, branch, name, stage, full_on, joined_on, added_at) values ('m7', 'unit', 'branch', '七', 'full', '${on}', '2020-01-01', 0);`)

describe('without a committee', () => {
  test.each([
    ['2026-04-01', 'missed', 'the quarter begins three months later'],
    ['2026-04-02', 'not applicable', 'a day less'],
    ['2027-01-01', 'not applicable', 'there are six'],
  ])('where the seventh came on %s, its duties are %s: %s', async (on, state) => {
    await seventhOn(on)
    expect(await states('9.report', '2026Q3', '2026-12-01')).toEqual([state])
    expect(await states('12.committee', '2026Q3', '2026-12-01')).toEqual([state, state, state])
  })

  test('the assessor lets it be until a day, with a reason', async () => {
    await seventhOn('2026-01-01')
    await run(
      `insert into committee_excuses (id, branch, reason, until_day, "by", at) values ('x', 'branch', '抗洪', '2026-08-15', 'm_李华', 0)`,
    )
    expect(await states('12.committee', '2026Q3', '2026-12-01')).toEqual(['not applicable', 'not applicable', 'missed'])
  })
})

describe('development', () => {
  const none = (isConfirmed: boolean) =>
    run(`insert into attestations (id, branch, part, subject, period, on_day, reference, "by", at, confirmed_at, says_none)
      values ('n', 'branch', '25.steps', '', '2026Q3', '2026-09-30', '没有', 'm_李华', 0, ${isConfirmed ? 1 : 'null'}, 1)`)
  beforeEach(() => run(`update members set stage = 'prospect', prospect_on = '2026-02-01', full_on = null where id = 'm_王芳'`))

  test('a confirmed “none this quarter” leaves the base', async () => {
    await none(false)
    expect(await states('25.steps', '2026Q3', '2026-10-01')).not.toEqual(['not applicable'])
    await run('delete from attestations')
    await none(true)
    expect(await states('25.steps', '2026Q3', '2026-10-01')).toEqual(['not applicable'])
  })

  test.each(["prospect_on = '2026-07-01'", "probationer_on = '2026-09-30'", "probationer_on = '2025-08-05'"])(
    'a step that the roster dates refuses it: %s',
    async (step) => {
      await run(`update members set ${step} where id = 'm_王芳'`)
      branch.at('2026-09-10', '10:00')
      const { toast } = await branch.press('李华', { press: 'none.say', branch: 'branch', quarter: '2026Q3' }, { chat: 'oc_dm' })
      expect(toast.zh).toContain('有发展或转正的日期')
      await none(true)
      expect(await states('25.steps', '2026Q3', '2026-10-01')).toEqual(['overdue'])
    },
  )

  test('the press enters both standards, once', async () => {
    branch.at('2026-09-10', '10:00')
    const say = () => branch.press('李华', { press: 'none.say', branch: 'branch', quarter: '2026Q3' }, { chat: 'oc_dm' })
    expect((await say()).toast.zh).toContain('本季度没有')
    expect((await say()).toast.zh).toContain('已经登记过')
    const { rows } = await branch.store.client.execute('select part, says_none from attestations order by part')
    expect(rows.map(({ part, says_none }) => [part, says_none])).toEqual([
      ['25.steps', 1],
      ['26.notice', 1],
    ])
  })
})

describe('a term', () => {
  const entered = (on: string, period: Quarter, confirmed: string) =>
    run(`insert into attestations (id, branch, part, subject, period, on_day, reference, "by", at, confirmed_at)
      values ('t', 'branch', '4.term', '', '${period}', '${on}', '批复', 'm_李华', 0, ${confirmed})`)
  beforeEach(() => run('update branches set term_started_on = null'))

  test.each([
    ['2024-05-01', '2026Q1', '1', '2026Q3', 'met'],
    ['2024-05-01', '2026Q3', 'null', '2026Q3', 'waiting'],
    ['2023-10-01', '2026Q1', '1', '2026Q3', 'met'],
    ['2023-09-30', '2026Q1', '1', '2026Q3', 'overdue'],
  ])('on paper %s, entered for %s (confirmed: %s), in %s: %s', async (on, period, confirmed, quarter, state) => {
    await entered(on, period, confirmed)
    expect(await states('4.term', quarter, '2026-10-08')).toEqual([state])
  })
})

describe('what is gathered', () => {
  const told = async (on: string) =>
    (await alarmsFor(branch.db, openId('李华'), moment(on, '09:00'))).map(({ duty, step }) => `${duty.part} ${duty.period} ${step}`)
  beforeEach(() => askOnly(branch.store.client, '13.judged', '22.judged', '18.judged', '27.judged', '16.judged', '1.judged'))

  test('is reminded of while nothing is gathered, and not after its time', async () => {
    const all = ['13.judged 2026Q4 -1', '18.judged 2026H2 -1', '22.judged 2026Q4 -1', '27.judged 2026H2 -1']
    expect((await told('2026-12-30')).sort()).toEqual(all)
    expect((await told('2026-09-29')).sort()).toEqual(['13.judged 2026Q3 -1', '22.judged 2026Q3 -1'])
    await run(
      `insert into credits (branch, part, subject, gathering, at) values ('branch', '22.judged', '', 'g', ${moment('2026-11-01').getTime()})`,
    )
    expect(await told('2026-12-30')).not.toContain('22.judged 2026Q4 -1')
    expect(await told('2027-01-04')).toEqual([])
  })
})
