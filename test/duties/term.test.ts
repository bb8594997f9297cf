import { beforeEach, describe, expect, test } from 'vitest'
import { moment } from '../../src/calendar.ts'
import { aBranch, buttonsOf, openId, type TestBranch, textOf } from '../harness/branch.ts'
import { askOnly } from '../harness/rulebook.ts'

const people = [{ name: '李华', role: 'secretary' as const }, { name: '王芳' }, { name: '上级', role: 'assessor' as const, branch: null }]

let branch: TestBranch
beforeEach(async () => {
  branch = await aBranch(people, { since: '2026-01-01' })
  await askOnly(branch.store.client, '4.term', '4.seats', '12.committee')
  branch.at('2026-10-08', '09:30')
})

const run = (statements: string) => branch.store.client.executeMultiple(statements)
const rows = async (sql: string) => (await branch.store.client.execute(sql)).rows
const standard = async (nth = 4, quarter = '2026Q4') => (await branch.shown('standard', { branch: 'branch', quarter, standard: nth })).text

describe('a term that an election of ours began', () => {
  const begins = (by: string, election?: string) =>
    branch.press(by, { press: 'term.held', branch: 'branch' }, { form: election ? { election } : {} })
  const held = (id: string, votes: string) =>
    run(`insert into gatherings (id, branch, kind, place, starts_at, ends_at, called_by, called_at)
        values ('g ${id}', 'branch', 'general', '', ${moment('2026-09-21', '14:00').getTime()}, ${moment('2026-09-21', '15:00').getTime()}, 'm_李华', 0);
      insert into elections (id, branch, gathering, title, seats, nominees, scrutineers, tellers, expected_voters, present_voters, opened_by, opened_at, sheet)
        values ('${id}', 'branch', 'g ${id}', '换届', 1, '[{"name":"甲","member":null},{"name":"乙","member":null}]', '[]', '[]', 5, 5, 'm_李华', 1,
          '{"handedOut":5,"returned":5,"invalid":0,"votes":[${votes}],"writeIns":[]}');
      insert into closures (gathering, at, "by", expected, present, expected_voters, present_voters, is_quorate)
        values ('g ${id}', ${moment('2026-09-21', '15:00').getTime()}, 'm_李华', 0, 0, 0, 0, 1);`)
  const won = '{"for":4,"against":1,"abstained":0},{"for":1,"against":4,"abstained":0}'
  const lost = '{"for":1,"against":4,"abstained":0},{"for":1,"against":4,"abstained":0}'
  const term = async () => (await rows('select term_started_on from branches'))[0]?.term_started_on

  test('is proved at once, and pressed twice stays the same', async () => {
    await held('won', won)
    const { card, text } = await branch.shown('term', { branch: 'branch' })
    expect(text).toContain('2026年9月21日 换届')
    expect(buttonsOf(card).map(({ press }) => press)).toContain('term.held')
    for (const _ of [1, 2]) {
      expect((await begins('李华', 'won')).toast.zh).toBe('任期从2026年9月21日算起。')
      expect(await term()).toBe('2026-09-21')
    }
    expect(await standard()).not.toContain('待确认')
    expect((await branch.shown('term', { branch: 'branch' })).text).toContain('到2029年9月21日')
  })

  test.each([
    ['a member', '王芳', 'won'],
    ['no election chosen', '李华', undefined],
    ['one that elected nobody', '李华', 'lost'],
    ['one of elsewhere', '李华', 'unknown'],
  ])('is not begun by %s', async (_what, by, election) => {
    await held('won', won)
    await held('lost', lost)
    expect((await begins(by, election)).mood).toBe('warning')
    expect(await term()).toBe(null)
  })
})

describe('a term from paper', () => {
  const enters = (by: string, on: string, reference = '批复第 3 号') =>
    branch.press(by, { press: 'term.paper', branch: 'branch' }, { form: { on, reference } })
  const given = () => rows('select on_day, reference, confirmed_at from attestations')

  test('is attested, waits, and begins when the assessor confirms', async () => {
    const { toast, card } = await enters('李华', '2025-06-18 +0800')
    expect(toast.zh).toBe('已登记，上级确认后生效。')
    expect(card && textOf(card)).toContain('2025年6月18日的选举已登记，待上级确认')
    expect(await given()).toMatchObject([{ on_day: '2025-06-18', reference: '批复第 3 号', confirmed_at: null }])
    expect((await branch.shown('term', { branch: 'branch' })).text).toContain('2025年6月18日的选举已登记，待上级确认')
    await run("update attestations set confirmed_at = 1, confirmed_by = 'm_上级'")
    expect((await branch.shown('term', { branch: 'branch' })).text).toContain('本届从2025年6月18日算起，3 年，到2028年6月18日届满')
  })

  test('entered twice is one entry', async () => {
    await enters('李华', '2025-06-18 +0800')
    expect((await enters('李华', '2025-06-18 +0800')).mood).toBe('warning')
    expect(await given()).toHaveLength(1)
  })

  test.each([
    ['a member', '王芳', '2025-06-18 +0800', '批复'],
    ['without a day', '李华', '', '批复'],
    ['without a reference', '李华', '2025-06-18 +0800', ' '],
    ['a day to come', '李华', '2026-10-09 +0800', '批复'],
    ['a day longer ago than any term', '李华', '2021-09-30 +0800', '批复'],
    ['a day that is none', '李华', '2025-02-30', '批复'],
  ])('is not taken: %s', async (_what, by, on, reference) => {
    expect((await enters(by, on, reference)).mood).toBe('warning')
    expect(await given()).toEqual([])
  })
})

describe('a branch that is let be without a committee', () => {
  const allows = (by: string, until: string, reason = '全员抗洪') =>
    branch.press(by, { press: 'committeeExcuse.allow', branch: 'branch' }, { form: { until, reason } })
  const excuses = () => rows('select until_day, reason, "by" from committee_excuses')

  /** Seven full members since the spring, and no committee of three. */
  beforeEach(() =>
    run(`update members set full_on = '2020-01-01' where branch is not null;
      ${[3, 4, 5, 6, 7].map((n) => `insert into members (id, unit, branch, name, stage, full_on, joined_on, added_at) values ('m${n}', 'unit', 'branch', '${n}', 'full', '2020-01-01', '2020-01-01', 0);`).join('')}`),
  )

  test('shows reason and day where the excused items stand', async () => {
    expect(await standard(12)).not.toContain('暂不设支委会，到')
    expect((await allows('上级', '2026-12-31 +0800')).toast.zh).toBe('已同意，到12月31日（周四）为止。')
    expect(await excuses()).toMatchObject([{ until_day: '2026-12-31', reason: '全员抗洪', by: 'm_上级' }])
    const said = '上级同意暂不设支委会，到12月31日（周四）为止。理由：全员抗洪'
    for (const nth of [4, 12]) expect(await standard(nth)).toContain(said)
    expect((await branch.shown('branchReview', { subject: 's', branch: 'branch', quarter: '2026Q4' })).text).toContain(said)
  })

  test('says nothing once a committee sits', async () => {
    await allows('上级', '2026-12-31 +0800')
    await run(
      [3, 4, 5]
        .map((n) => `insert into seats (id, member, role, branch, from_at) values ('s${n}', 'm${n}', 'publicity', 'branch', 0);`)
        .join('\n'),
    )
    expect(await standard(12)).not.toContain('全员抗洪')
  })

  test('allowed twice, the later day counts', async () => {
    await allows('上级', '2026-11-30 +0800', '先到十一月')
    await allows('上级', '2026-12-31 +0800')
    expect(await standard(4)).toContain('到12月31日（周四）为止。理由：全员抗洪')
  })

  test('is told to the secretary', async () => {
    await allows('上级', '2026-12-31 +0800')
    const told = await rows("select to_id, args from outbox where view = 'committeeExcused'")
    expect(told).toMatchObject([{ to_id: openId('李华'), args: '{"branch":"branch"}' }])
    expect((await branch.shown('committeeExcused', { branch: 'branch' })).text).toContain(
      '到12月31日（周四）为止，期间支委会的几项不计入考核。理由：全员抗洪',
    )
  })

  test('is not promised to end sooner than it does', async () => {
    await allows('上级', '2026-12-31 +0800')
    expect((await allows('上级', '2026-11-30 +0800')).toast.zh).toBe('已经同意到12月31日（周四）为止，请选那天或更晚的日期。')
    expect(await excuses()).toHaveLength(1)
  })

  test('the assessor’s review opens the form, which says what is allowed', async () => {
    const review = await branch.shown('branchReview', { subject: 's', branch: 'branch', quarter: '2026Q4' })
    const opens = buttonsOf(review.card).find(({ press }) => press === 'committeeExcuse.open')
    expect((await branch.press('上级', opens as object)).mood).toBe('success')
    const { card } = await allows('上级', '2026-12-31 +0800')
    const said = '**已同意**，到12月31日（周四）为止。理由：全员抗洪（上级）'
    for (const text of [card && textOf(card), (await branch.shown('committeeExcuse', { branch: 'branch' })).text])
      expect(text).toContain(said)
    branch.at('2027-01-04', '09:30')
    expect((await branch.shown('committeeExcuse', { branch: 'branch' })).text).not.toContain('已同意')
  })

  test('is offered where a committee lacks, not a secretary', async () => {
    await run("update seats set until_at = 1 where role = 'secretary'")
    await run("delete from members where id in ('m3', 'm4', 'm5', 'm6', 'm7')")
    const { card, text } = await branch.shown('standard', { branch: 'branch', quarter: '2026Q4', standard: 4 })
    expect(text).toContain('书记空缺')
    expect(buttonsOf(card).map(({ press }) => press)).not.toContain('committeeExcuse.open')
  })

  test.each([
    ['the branch’s own secretary', '李华', '2026-12-31 +0800', '抗洪'],
    ['without a reason', '上级', '2026-12-31 +0800', '  '],
    ['without a day', '上级', '', '抗洪'],
    ['a day that is over', '上级', '2026-10-07 +0800', '抗洪'],
    ['longer than a year', '上级', '2027-10-09 +0800', '抗洪'],
  ])('is not allowed: %s', async (_what, by, until, reason) => {
    expect((await allows(by, until, reason)).mood).toBe('warning')
    expect(await excuses()).toEqual([])
  })
})
