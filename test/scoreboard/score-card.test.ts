import { beforeEach, describe, expect, test } from 'vitest'
import { finishClosing } from '../../db/assessment/close.ts'
import { assessments } from '../../db/assessment/tables.ts'
import { together } from '../../db/client.ts'
import { recountCredits } from '../../db/ledgers/credits.ts'
import { addDays, moment } from '../../src/calendar.ts'
import { aBranch, buttonsOf, openId, type TestBranch } from '../harness/branch.ts'
import { askOnly, rule } from '../harness/rulebook.ts'

const committee = [
  { name: '李华', role: 'secretary' as const },
  { name: '王芳', role: 'organisation' as const },
  { name: '张伟', role: 'publicity' as const },
  { name: '赵敏', role: 'assessor' as const, branch: null },
]

let branch: TestBranch
beforeEach(async () => {
  branch = await aBranch(committee, { since: '2026-07-01' })
  branch.at('2026-10-08', '09:00')
})
const run = (sql: string, ...args: (string | number | null)[]) => branch.store.client.execute({ sql, args })

async function held(kind: string, on: string, group: string | null = null) {
  const at = moment(on, '15:00').getTime()
  const id = `${kind} ${on} ${group}`
  await run(
    `insert into gatherings (id, branch, group_id, kind, place, starts_at, ends_at, called_by, called_at) values (?, 'branch', ?, ?, '', ?, ?, 'm_李华', 0)`,
    ...[id, group, kind, at, at],
  )
  await run("insert into gathering_branches (gathering, branch) values (?, 'branch')", id)
  await run(
    'insert into closures (gathering, at, "by", expected, present, expected_voters, present_voters, is_quorate) values (?, ?, ?, 0, 0, 0, 0, 1)',
    id,
    at,
    'test',
  )
  await together(branch.db, recountCredits(branch.db, 'branch'))
}

const judged = (part: string, permille: number, byUpper: boolean, reason = '') =>
  run(
    `insert into judgements (id, branch, part, subject, period, verdict, permille, by_upper, reason, "by", at) values (?, 'branch', ?, '', '2026Q3', 'points', ?, ?, ?, 'test', ?)`,
    ...[`${part} ${byUpper}`, part, permille, byUpper ? 1 : 0, reason, moment('2026-10-01').getTime()],
  )
const attested = (part: string, period: string, on: string, isConfirmed: boolean, subject = '') =>
  run(
    `insert into attestations (id, branch, part, subject, period, on_day, reference, "by", at, confirmed_at) values (?, 'branch', ?, ?, ?, ?, '台账', 'm_李华', 0, ?)`,
    ...[`${part} ${period} ${subject}`, part, subject, period, on, isConfirmed ? 1 : null],
  )

const scoreText = async (quarter = '2026Q3') => (await branch.shown('score', { branch: 'branch', quarter })).text

test('every standard says what it rests on', async () => {
  await held('committee', '2026-07-10')
  await attested('15.dues', '2026-07', '2026-07-20', true)
  await attested('28.suggestions', '2026Q3', '2026-09-20', false)
  await judged('5.judged', 800, false)
  await judged('1.judged', 900, true)
  await judged('8.judged', 600, false)
  await judged('8.judged', 500, true, '问题未整改')
  const text = await scoreText()
  for (const said of [
    '**（12）三会一课** 0.9 / 8 分 · 已证明',
    '**（15）党费收缴** 1.3 / 4 分 · 登记经确认',
    '**（28）创新创效、合理化建议** 未计分 · 已登记（待确认）',
    '**（5）书记素质、威信、创造性** 未计分 · 自评（待上级认定）',
    '**（1）促进生产（科研）任务完成** 3.6 / 4 分 · 上级评定',
    '**（8）精神状态、团结务实** 1.0 / 2 分 · 上级认定',
    '✓ 7月10日（周五）召开；✗ 8月：未完成；! 9月：已逾期，可补办',
    '**(12) Three meetings and one lecture** 0.9 of 8, proved',
  ])
    expect(text).toContain(said)
  expect((await branch.shown('standard', { branch: 'branch', quarter: '2026Q3', standard: 8 })).text).toContain('理由：问题未整改')
})

test('activists are counted and never named, groups are', async () => {
  await run("insert into \"groups\" (id, branch, name) values ('g1', 'branch', '第一党小组'), ('g2', 'branch', '第二党小组')")
  for (const [id, name] of [
    ['a1', '周洁'],
    ['a2', '吴刚'],
  ] as const)
    await run(
      "insert into members (id, unit, branch, name, stage, joined_on, added_at) values (?, 'unit', 'branch', ?, 'activist', '2026-01-01', 0)",
      ...[id, name],
    )
  await held('group', '2026-07-10', 'g1')
  await attested('24.talk', '2026Q3', '2026-09-20', true, 'a1')
  const text = `${await scoreText()} ${(await branch.shown('standard', { branch: 'branch', quarter: '2026Q3', standard: 24 })).text}`
  expect(text).toContain('! 1 / 2')
  expect(text).not.toMatch(/周洁|吴刚/)
  expect(await scoreText()).toContain('✗ 7月：1 / 2，还差第二党小组')
})

describe('a standard is opened', () => {
  test('leads to its rule, evidence and formula, in a direct message', async () => {
    await held('committee', '2026-07-10')
    await held('general', '2026-08-10')
    const { card } = await branch.shown('score', { branch: 'branch', quarter: '2026Q3' })
    const value = formValueOf(card)
    expect((await branch.press('王芳', value, { form: { standard: '12' } })).toast.zh).toContain('私聊')
    const row = (await branch.outboxRows()).find(({ view }) => view === 'standard')
    expect(row).toMatchObject({ to_kind: 'person', to_id: openId('王芳') })
    const { text } = await branch.shown('standard', JSON.parse(String(row?.args)))
    expect(text).toContain('第十一条')
    expect(text).toContain('✓ 7月：7月10日（周五）召开')
    expect(text).toContain('支委会：按期 1 × 100%、未办 2 × 0%，平均 33.3%')
    expect(text).toContain('各部分平均 44.4% × 8 分 = **3.6 分**')
  })

  test('only when one is chosen', async () => {
    const value = formValueOf((await branch.shown('score', { branch: 'branch', quarter: '2026Q3' })).card)
    expect((await branch.press('王芳', value, { form: { standard: '' } })).toast.zh).toContain('请先选')
  })
})

test('what would raise it shows its score and button, unless called', async () => {
  await askOnly(branch.store.client, '12.general', '20.analysis')
  branch.at('2026-11-02', '09:00')
  await held('general', '2026-10-21')
  const { card, text } = await branch.shown('score', { branch: 'branch', quarter: '2026Q4' })
  expect(text).toContain('开一次支委会，议题：思想动态分析')
  expect(text).toContain('办成保持 100.0 分；到期未办 66.7 分')
  const call = buttonsOf(card).find(({ press }) => press === 'callForDuty.open') ?? {}
  expect(call).toMatchObject({ kind: 'committee', tags: ['opinion'] })
  await run(
    "insert into gatherings (id, branch, kind, place, starts_at, ends_at, called_by, called_at) values ('next', 'branch', 'committee', '', ?, ?, 'm_李华', 0)",
    ...[moment('2026-11-20').getTime(), moment('2026-11-20', '01:00').getTime()],
  )
  await run("insert into gathering_branches (gathering, branch) values ('next', 'branch')")
  expect(await scoreText('2026Q4')).toContain('在11月20日（周五）的支委会加上：思想动态分析')
})

test('a group reads headline and debts, and opens the rest', async () => {
  await askOnly(branch.store.client, '12.general', '20.analysis')
  branch.at('2026-11-02', '09:00')
  await held('general', '2026-10-21')
  const shown = await branch.say('王芳', '考核')
  expect(shown?.text).toContain('开一次支委会，议题：思想动态分析')
  expect(shown?.text).not.toMatch(/这个分数怎么来的|近 \d 个季度|三会一课/)
  expect((await branch.say('王芳', '考核', { dm: true }))?.text).toContain('这个分数怎么来的')
  const whole = buttonsOf(shown?.card).find(({ press }) => press === 'score.open') ?? {}
  expect((await branch.press('王芳', whole)).toast.zh).toContain('明细已私聊发给你')
  const row = (await branch.outboxRows()).findLast(({ view }) => view === 'score')
  expect(row).toMatchObject({ to_kind: 'person', to_id: openId('王芳') })
  expect((await branch.shown('score', JSON.parse(String(row?.args)))).text).toContain('这个分数怎么来的')
})

const publish = (quarter: string) =>
  run(
    "insert into assessments (committee, quarter, opened_at, self_until, review_until, published_at, appeals_until) values ('committee', ?, 0, '2026-10-15', '2026-10-20', 1, '2027-12-31')",
    quarter,
  )

test('a running quarter says whose turn it is, and compares nothing', async () => {
  await askOnly(branch.store.client, '12.committee', '20.analysis')
  for (const on of ['2026-07-10', '2026-08-10']) await held('committee', on)
  await held('committee', '2026-10-21')
  await publish('2026Q3')
  branch.at('2026-11-30', '09:00')
  const text = await scoreText('2026Q4')
  expect(text).toContain('暂计')
  expect(text).toMatch(/\*\*100\.0\*\*\n.*目前得分[^*]*\*\*8\*\*\n.*已评的分值/)
  expect(text).toMatch(/\*\*1\*\*\n.*已完成[^*]*\*\*0\*\*\n.*待确认[^*]*\*\*1\*\*\n.*还欠/)
  expect(text).not.toMatch(/比2026年|近 \d 个季度|· 优|· 弱/)
})

test.each([
  ['去年第四季度', '2025年第四季度 考核'],
  ['今年的三季度', '2026年第三季度 考核'],
])('“/考核 %s” shows that quarter', async (said, title) => {
  expect((await branch.say('李华', `/考核 ${said}`))?.text).toContain(title)
})

test('once published, changes since the quarter before show by standard', async () => {
  await askOnly(branch.store.client, '12.committee', '20.analysis')
  for (const on of ['2026-07-10', '2026-08-10']) await held('committee', on)
  await held('committee', '2026-10-21')
  branch.at('2026-11-02', '09:00')
  for (const quarter of ['2026Q3', '2026Q4']) await publish(quarter)
  const text = await scoreText('2026Q4')
  expect(text).toContain('目前计入满分中的 8 分')
  expect(text).toContain('**比2026年第三季度** +55.6 分（44.4 → 100.0）')
  expect(text).toContain('升：（12）三会一课 +2.7')
})

describe('what if', () => {
  beforeEach(() => askOnly(branch.store.client, '12.committee', '12.general', '20.analysis'))

  test.each([
    ['/考核 如果 支委会 12月20日', '若12月20日（周日）开一次支委会'],
    ['/score if committee 20 Dec', 'If a committee meeting is held on Sun 20 Dec'],
    ['/考核 若开党员大会 12月20日 下午3点', '若12月20日（周日）开一次支部党员大会'],
  ])('“%s” is answered alone, as supposed, and changes nothing', async (line, said) => {
    const before = [await branch.count('gatherings'), await branch.count('credits')]
    const answer = await branch.say('王芳', line, { dm: true })
    expect(answer?.view).toBe('whatIf')
    expect(answer?.text).toContain(said)
    expect(answer?.text).toContain('这是假设')
    expect([await branch.count('gatherings'), await branch.count('credits')]).toEqual(before)
  })

  test('in the group it goes to whoever asks', async () => {
    await branch.say('王芳', '/考核 如果 支委会 12月20日')
    const row = (await branch.outboxRows()).find(({ view }) => view === 'whatIf')
    expect(row).toMatchObject({ to_kind: 'person', to_id: openId('王芳') })
  })

  test('an item credits what it would credit', async () => {
    const { text = '' } = (await branch.say('李华', '/考核 如果 支委会 12月20日 思想动态分析', { dm: true })) ?? {}
    expect(text).toContain('✓ 2026年第四季度 思想动态分析')
    expect(text).toContain('✓ 12月 支委会')
    expect(text).toContain('如果到那天其他到期的事仍未办，则为 55.6 分')
    expect(text).toMatch(/\*\*100\.0\*\*\n.*若办成/)
    expect(text).toMatch(/\*\*0\.0\*\*\n.*若始终不办/)
  })

  test('agrees with what comes of it when it is held', async () => {
    branch.at('2026-12-10', '09:00')
    const { text = '' } = (await branch.say('李华', '/考核 如果 支委会 12月10日', { dm: true })) ?? {}
    await held('committee', '2026-12-10')
    branch.at('2026-12-10', '18:00')
    const [, score = 'none'] = /\*\*([\d.]+)\*\*\n.*目前得分/.exec(await scoreText('2026Q4')) ?? []
    expect(score).not.toBe('none')
    expect(text).toMatch(new RegExp(`\\*\\*${score.replace('.', '\\.')}\\*\\*\\n.*若办成`))
  })

  test('a past or late day is refused; without one the form', async () => {
    expect((await branch.say('李华', '/考核 如果 支委会 2026-09-01', { dm: true }))?.text).toMatch(/已经过|过去/)
    expect((await branch.say('李华', '/考核 如果 支委会 2027-06-01', { dm: true }))?.text).toContain('算不进')
    const { card, text = '' } = (await branch.say('李华', '/考核 如果 支委会', { dm: true })) ?? {}
    expect(text).not.toContain('若办成')
    const value = formValueOf(card)
    expect((await branch.press('李华', value, { form: { kind: 'committee', on: '' } })).toast.zh).toBe('请选哪一天。')
    expect(
      (await branch.press('李华', value, { form: { kind: 'committee', on: '2026-12-20 +0800', tags: ['opinion'] } })).toast.zh,
    ).toContain('算好了')
  })
})

describe('a closed quarter', () => {
  async function close() {
    const at = moment('2026-10-30', '10:00')
    await run(
      `insert into assessments (committee, quarter, opened_at, self_until, review_until, published_at, appeals_until, closing_at) values ('committee', '2026Q3', 0, '2026-10-15', '2026-10-20', 1, '2026-10-29', ?)`,
      at.getTime(),
    )
    const [row] = await branch.db.select().from(assessments)
    if (!row) throw new Error('no assessment')
    await finishClosing(branch.db, { ...row, unit: 'unit' }, at)
    branch.at('2026-10-30', '11:00')
  }

  test('is final without steps, and keeps its score beside later facts', async () => {
    await askOnly(branch.store.client, '12.committee', '28.suggestions')
    await held('committee', '2026-07-10')
    await close()
    const before = await branch.shown('score', { branch: 'branch', quarter: '2026Q3' })
    expect(before.text).toContain('最终')
    expect(before.text).toContain('**26.7**')
    expect(buttonsOf(before.card).map(({ press }) => press)).toEqual(['standard.open'])
    const tried = { press: 'whatIf.try', branch: 'branch', quarter: '2026Q3' }
    const { toast } = await branch.press('李华', tried, { form: { kind: 'committee', on: '2026-10-30' } })
    expect(toast.zh).toContain('已经结束')
    await attested('28.suggestions', '2026Q3', '2026-09-20', true)
    const after = await scoreText()
    expect(after).toContain('**26.7**')
    expect(after).toContain('结束后补充的情况如果计入，为 46.7 分；成绩不改。')
  })

  test('under appeal it offers the appeal, and not a day longer', async () => {
    await run(
      "insert into assessments (committee, quarter, opened_at, self_until, review_until, published_at, appeals_until) values ('committee', '2026Q3', 0, '2026-10-15', '2026-10-20', 1, '2026-10-29')",
    )
    const offered = async (on: string) => {
      branch.at(on, '09:00')
      return buttonsOf((await branch.shown('score', { branch: 'branch', quarter: '2026Q3' })).card).some(
        ({ press }) => press === 'result.appeal',
      )
    }
    expect([await offered('2026-10-29'), await offered('2026-10-30')]).toEqual([true, false])
  })
})

test('a place stands on the card only where the rulebook allows', async () => {
  await held('committee', '2026-07-10')
  expect(await scoreText()).not.toMatch(/名次|Place/)
  await rule(branch.store.client, { ranking: 'everyone' })
  expect(await scoreText()).not.toMatch(/名次|Place/)
  await publish('2026Q3')
  expect(await scoreText()).toMatch(/\*\*1\/1\*\*\n.*名次/)
})

test('with the longest names the card fits, in points if needed', async () => {
  for (let nth = 0; nth < 10; nth++) {
    await run('insert into "groups" (id, branch, name) values (?, ?, ?)', `g${nth}`, 'branch', `*${nth}`.padEnd(40, '*'))
    await held('group', addDays('2026-07-01', nth), `g${nth}`)
  }
  await run('update branches set name = ?', '\\"'.repeat(20))
  for (const quarter of ['2026Q3', '2026Q4'])
    for (const [view, args] of [
      ['score', {}],
      ...Array.from({ length: 30 }, (_, nth) => ['standard', { standard: nth + 1 }] as const),
    ] as const) {
      const { card } = await branch.shown(view, { branch: 'branch', quarter, ...args })
      const request = JSON.stringify({
        receive_id: 'o'.repeat(40),
        msg_type: 'interactive',
        content: JSON.stringify(card),
        uuid: 'u'.repeat(50),
      })
      expect(Buffer.byteLength(request)).toBeLessThan(30_000)
      expect(JSON.stringify(card).split('"tag":').length - 1).toBeLessThan(200)
    }
})

/** The value of the submit button in a card's only form. */
function formValueOf(card: unknown): Record<string, unknown> {
  const found = JSON.stringify(card).match(/"form_action_type":"submit","behaviors":\[\{"type":"callback","value":(\{.*?\})\}\]/)
  return JSON.parse(found?.[1] ?? '{}')
}
