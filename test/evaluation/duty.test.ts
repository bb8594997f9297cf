import { expect, test } from 'vitest'
import { alarmsFor } from '../../db/duties/alerts.ts'
import { buttonsOf, openId } from '../harness/branch.ts'
import { anEvaluatingBranch, type EvaluatingBranch } from '../harness/evaluation.ts'
import { askOnly, rule } from '../harness/rulebook.ts'

const everybody = ['李华', '王芳', '张伟', '赵敏', '孙丽', '周杰']

/** Nothing but the democratic review is asked for, and the ladder has begun. */
async function inDecember() {
  const it = await anEvaluatingBranch({ groups: false })
  await askOnly(it.store.client, '14.review')
  await it.store.client.execute("update branches set since = '2026-01-01'")
  it.at('2026-12-22', '09:00')
  return it
}
const digest = (it: EvaluatingBranch) => it.shown('digest', { person: openId('李华') })
const alarms = async (it: EvaluatingBranch, name = '李华') => (await alarmsFor(it.db, openId(name), it.now())).map(({ duty }) => duty.part)
const buttonOf = async (it: EvaluatingBranch, press: string) => {
  const found = buttonsOf((await digest(it)).card).find((one) => one.press === press)
  if (!found) throw new Error(`no ${press} in: ${(await digest(it)).text}`)
  return found
}

async function told(it: EvaluatingBranch) {
  for (const name of everybody) await it.writes(name)
  await it.says('李华', null, {}, {})
  await it.says('王芳', null, {}, {})
  await it.vote({ 李华: {}, 王芳: {}, 张伟: {}, 赵敏: {} })
  expect((await it.grades('李华')).mood).toBe('success')
  expect((await it.grades('王芳')).mood).toBe('success')
  expect((await it.ask('李华', 'evaluation.tell')).mood).toBe('success')
}

test('the digest leads into the evaluation, and is silent when told', async () => {
  const it = await inDecember()
  const before = await digest(it)
  expect(before.text).toContain('**开展民主评议**')
  expect(before.text).toContain('Hold the evaluation of members')
  expect(before.text).toContain('12月31日（周四）到期，还剩 7 个工作日：民主评议党员（14）')
  expect(before.text).not.toContain('**登记日期和依据**')

  expect((await it.press('李华', await buttonOf(it, 'goOn.openOrResume'))).mood).toBe('success')
  const form = await it.got('李华', 'evaluationForm')
  expect(form.args).toMatchObject({ branch: 'branch', period: '2026' })
  const opened = await it.press(
    '李华',
    { press: 'evaluationForm.submit', id: form.args.id, branch: 'branch' },
    { form: { period: '2026' } },
  )
  expect(opened.mood).toBe('success')

  const during = await digest(it)
  expect(during.text).toContain('**把民主评议办完**')
  expect(buttonsOf(during.card).map(({ press }) => press)).not.toContain('attest.open')
  expect((await it.press('李华', await buttonOf(it, 'goOn.openOrResume'))).mood).toBe('success')
  expect((await it.got('李华', 'evaluation')).args).toMatchObject({ evaluation: await it.latest() })

  await told(it)
  it.at('2027-01-05', '09:00')
  expect(await alarms(it)).toEqual([])
  expect(await alarms(it, '上级')).toEqual([])
})

test('a stalled evaluation is asked about, up to the committee above', async () => {
  const it = await inDecember()
  await it.begins('2026')
  it.at('2027-01-06', '09:00')
  expect(await alarms(it)).toEqual(['14.review'])
  expect(await alarms(it, '上级')).toEqual(['14.review'])
})

test('a half-year’s is not the year’s', async () => {
  const it = await inDecember()
  await it.begins('2026H2')
  expect((await digest(it)).text).toContain('**开展民主评议**')
  expect((await buttonOf(it, 'goOn.openOrResume')).period).toBe('2026')
})

test('another way is entered with date and reference, and nothing twice', async () => {
  const it = await inDecember()
  const attest = async () => {
    const { card } = await it.shown('attest', { subject: 's', branch: 'branch', quarters: ['2026Q4'] })
    return buttonsOf(card).flatMap(({ given }) => (given as string[] | undefined) ?? [])
  }
  expect((await it.press('李华', await buttonOf(it, 'attest.open'))).mood).toBe('success')
  expect(await attest()).toEqual(['14.review 2026 1'])
  await it.begins('2026')
  expect(await attest()).toEqual(['14.review 2026 1'])
  await told(it)
  expect(await attest()).toEqual([])
})

test('a rulebook that wants date and reference asks nothing else', async () => {
  const it = await inDecember()
  await it.store.client.execute('delete from rulebooks')
  await rule(it.store.client, { switches: { '14.review': 'attested' } })
  const { text, card } = await digest(it)
  expect(text).toContain('**登记日期和依据**')
  expect(buttonsOf(card).map(({ press }) => press)).not.toContain('goOn.openOrResume')
})

test('the standard’s card offers it with its worth, and what if', async () => {
  const it = await inDecember()
  const { text, card } = await it.shown('standard', { branch: 'branch', quarter: '2026Q4', standard: 14 })
  expect(text).toContain('**开展民主评议（说「评议」）**')
  expect(text).toContain('办成后 100.0 分；到期未办 0.0 分')
  expect(buttonsOf(card)).toEqual([
    { press: 'goOn.openOrResume', branch: 'branch', period: '2026' },
    { press: 'whatIf.open', branch: 'branch', quarter: '2026Q4', kind: 'evaluation' },
  ])
})

test.each([
  ['/考核 如果 评议 12月30日', '若12月30日（周三）把年度民主评议办到人人告知、随后办结'],
  ['/考核 如果 年度民主评议 12月30日', '若12月30日（周三）把年度民主评议办到人人告知、随后办结'],
  ['/score if evaluation 30 Dec', 'If by Wed 30 Dec everybody is told in the evaluation of the year'],
])('“%s” says what it would make of the quarter', async (line, said) => {
  const it = await inDecember()
  const { text = '' } = (await it.say('王芳', line, { dm: true })) ?? {}
  expect(text).toContain(said)
  expect(text).toContain('✓ 2026年 民主评议党员')
  expect(text).toMatch(/\*\*100\.0\*\*\n.*若办成/)
  expect(text).toMatch(/\*\*0\.0\*\*\n.*若始终不办/)
})

test('supposed in January for the old year, it is late', async () => {
  const it = await inDecember()
  it.at('2027-01-05', '09:00')
  const { text } = await it.shown('whatIf', { branch: 'branch', quarter: '2026Q4', kind: 'evaluation', on: '2027-01-08' })
  expect(text).toContain('✓ 2026年 民主评议党员（补办）')
  expect(text).toMatch(/\*\*80\.0\*\*\n.*若办成/)
})
