import { expect, test } from 'vitest'
import { contacts } from '../../db/talks/tables.ts'
import { moment } from '../../src/calendar.ts'
import { forget } from '../../src/jobs/forget.ts'
import { buttonsOf, textOf } from '../harness/branch.ts'
import { aBranchWithContact, type TalkingBranch } from './company.ts'

const said = (answer: Awaited<ReturnType<TalkingBranch['press']>>) => `${answer.toast.zh}\n${answer.card ? textOf(answer.card) : ''}`
const rows = async (it: TalkingBranch) =>
  (
    await it.store.client.execute('select writer, quarter, half, verdict, replaced_by is not null as gone from opinions order by filed_at')
  ).rows.map(({ writer, quarter, half, verdict, gone }) => [writer, quarter, half, verdict, gone])

test.each([
  ['王芳', '吴勇', true],
  ['王芳', '李华', false],
  ['王芳', '赵敏', false],
  ['王芳', '王芳', false],
  ['张伟', '李华', true],
  ['张伟', '赵敏', true],
  ['张伟', '钱进', false],
  ['张伟', '吴勇', false],
  ['张伟', '管理员', false],
  ['张伟', '考核人', false],
])('of %s, %s files an opinion: %s', async (activist, writer, may) => {
  const it = await aBranchWithContact()
  const talk = await it.talked('孙丽', activist)
  expect((await it.press(writer, { press: 'opinion.open', talk })).mood).toBe(may ? 'info' : 'warning')
  const answer = await it.files(writer, talk, '学习认真，能主动汇报思想。')
  expect(answer.mood).toBe(may ? 'success' : 'warning')
  if (!may) expect(answer.toast.zh).toContain('由培养联系人填')
  expect(await it.count('opinions')).toBe(may ? 1 : 0)
})

test('either contact may file after a change of contacts', async () => {
  const it = await aBranchWithContact()
  const talk = await it.talked('吴勇', '王芳', { on: '2026-10-08' })
  await it.store.client.execute("update contacts set ended_at = 1, until_on = '2026-10-09'")
  await it.db
    .insert(contacts)
    .values({ id: 'next', branch: 'branch', member: 'm_王芳', contact: 'm_孙丽', fromOn: '2026-10-10', setBy: 'm_李华', setAt: it.now() })
  expect((await it.files('吴勇', talk, '学习认真，能主动汇报思想。')).mood).toBe('success')
  expect((await it.files('孙丽', talk, '和同事相处很好，工作踏实。')).mood).toBe('success')
  expect((await it.files('李华', talk, '还要观察。')).mood).toBe('warning')
})

test('a talk of another kind, or unconfirmed, asks for no opinion', async () => {
  const it = await aBranchWithContact()
  const care = await it.talked('吴勇', '王芳', { kind: 'care' })
  const claimed = await it.talked('吴勇', '王芳', { on: '2026-10-07', isConfirmed: false })
  for (const talk of [care, claimed, 'nowhere']) expect((await it.files('吴勇', talk, '很好。')).mood).toBe('warning')
})

test('one filed again replaces the first of its quarter', async () => {
  const it = await aBranchWithContact()
  const talk = await it.talked('吴勇', '王芳')
  await it.files('吴勇', talk, '学习认真。')
  it.at('2026-10-20', '09:00')
  expect(said(await it.press('吴勇', { press: 'opinion.open', talk }))).toContain('替换')
  await it.files('吴勇', talk, '学习认真，也肯帮人。', { verdict: 'ready' })
  it.at('2027-01-08', '09:00')
  await it.files('吴勇', await it.talked('吴勇', '王芳', { on: '2027-01-06' }), '参加了培训班。')
  expect(await rows(it)).toEqual([
    ['m_吴勇', '2026Q4', '2026H2', 'goOn', 1],
    ['m_吴勇', '2026Q4', '2026H2', 'ready', 0],
    ['m_吴勇', '2027Q1', '2027H1', 'goOn', 0],
  ])
  const list = await it.press('李华', { press: 'opinions.open', branch: 'branch' })
  expect(
    new Set(
      said(list)
        .split('\n')
        .filter((line) => line.includes('· 半年考察')),
    ).size,
  ).toBe(2)
  expect(buttonsOf(list.card).filter(({ press }) => press === 'opinions.read')).toHaveLength(2)
})

test('secretary, deputy and organisation read it, each reading recorded', async () => {
  const it = await aBranchWithContact()
  await it.files('吴勇', await it.talked('吴勇', '王芳'), '入党动机端正。')
  const opinion = String((await it.store.client.execute('select id from opinions')).rows[0]?.id)
  for (const name of ['孙丽', '周正', '吴勇', '王芳', '张伟', '管理员', '考核人']) {
    expect(await it.press(name, { press: 'opinions.read', opinion }), name).toMatchObject({ mood: 'warning' })
    expect(await it.press(name, { press: 'opinions.open', branch: 'branch' }), name).toMatchObject({ mood: 'warning' })
  }
  for (const name of ['李华', '赵敏', '钱进']) {
    expect(said(await it.press(name, { press: 'opinions.open', branch: 'branch' }))).not.toContain('动机')
    expect(said(await it.press(name, { press: 'opinions.read', opinion }))).toContain('入党动机端正')
  }
  expect((await it.deeds()).filter((deed) => deed.includes('opinion.read'))).toEqual(
    ['李华', '赵敏', '钱进'].map((name) => `m_${name} opinion.read ${opinion}`),
  )
})

test('a writer reads the own opinion without an entry', async () => {
  const it = await aBranchWithContact()
  const talk = await it.talked('吴勇', '王芳')
  await it.files('吴勇', talk, '入党动机端正。')
  const before = await it.deeds()
  const answer = await it.press('吴勇', { press: 'opinion.open', talk })
  expect(JSON.stringify(answer.card)).toContain('入党动机端正')
  expect(await it.deeds()).toEqual(before)
})

test('a near copy is told to its writer alone, without a mark', async () => {
  const it = await aBranchWithContact()
  const words = '王芳同志思想上积极要求进步，10月主动汇报了思想，工作中肯吃苦。'
  await it.files('吴勇', await it.talked('吴勇', '王芳'), words)
  const talk = await it.talked('李华', '张伟')
  const copied = words.replace('王芳', '张伟').replace('10月', '9月')
  const tables = async () =>
    JSON.stringify(await Promise.all(['opinions', 'audit', 'outbox', 'posts', 'vault_keys', 'deliveries'].map((one) => it.count(one))))
  const before = await tables()
  const answer = await it.files('李华', talk, copied)
  expect(said(answer)).toContain('和之前写给另一位的几乎一样')
  expect(said(answer)).toContain('就这样提交')
  // The words stand in the form again, so that nothing is typed twice.
  expect(JSON.stringify(answer.card)).toContain('张伟同志思想上积极要求进步')
  expect(await tables()).toBe(before)
  expect((await it.files('李华', talk, copied, { isSure: true })).mood).toBe('success')
  expect(await rows(it)).toHaveLength(2)
  // The same words about the same person are no copy of another's.
  expect((await it.files('李华', talk, `${copied}。`)).toast.zh).toContain('几乎一样')
  expect(
    (await it.files('吴勇', await it.talked('吴勇', '王芳', { on: '2026-10-07' }), '换一句完全不同的，谈了家里和学习上的打算。')).mood,
  ).toBe('success')
})

test('opinions older than two years are not compared', async () => {
  const it = await aBranchWithContact()
  const words = '思想上积极要求进步，主动汇报了思想，工作中肯吃苦。'
  await it.files('吴勇', await it.talked('吴勇', '王芳'), words)
  it.at('2028-10-08', '09:00')
  const talk = await it.talked('李华', '张伟', { on: '2028-10-08' })
  expect((await it.files('李华', talk, words)).toast.zh).toContain('几乎一样')
  it.at('2028-10-09', '00:00')
  expect((await it.files('李华', talk, words)).mood).toBe('success')
})

test.each([
  ['', '还没有写字'],
  ['字'.repeat(201), '写了 201 个字，最多 200 个'],
])('an opinion of %s is refused in a sentence', async (words, answer) => {
  const it = await aBranchWithContact()
  const talk = await it.talked('吴勇', '王芳')
  expect((await it.files('吴勇', talk, words)).toast.zh).toContain(answer)
  expect((await it.press('吴勇', { press: 'opinion.submit', talk }, { form: { opinion: '好' } })).toast.zh).toBe('请选择意见。')
})

// T47: an opinion a year after the person's admission, on day N and on N−1
test('opinions go a year after the development is over', async () => {
  const it = await aBranchWithContact()
  await it.files('吴勇', await it.talked('吴勇', '王芳'), '入党动机端正。')
  const night = (on: string) => forget({ db: it.db, now: moment(on, '03:17'), slot: moment(on, '03:17'), isLate: false }) as Promise<void>
  await night('2028-01-01')
  expect((await it.store.client.execute('select goes_on from opinions')).rows[0]?.goes_on).toBeNull()
  await it.store.client.execute("update members set stage = 'full' where id = 'm_王芳'")
  await night('2028-05-02')
  await night('2029-05-01')
  expect(await it.count('opinions')).toBe(1)
  await night('2029-05-02')
  expect(await it.count('opinions')).toBe(0)
})
