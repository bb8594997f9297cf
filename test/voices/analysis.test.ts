import { expect, test } from 'vitest'
import { countedThemes } from '../../src/rules/voices/analysis.ts'
import { buttonsOf } from '../harness/branch.ts'
import { aSpeakingBranch, type SpeakingBranch, said } from './company.ts'

const adds = (it: SpeakingBranch, name: string, form: Record<string, unknown>) =>
  it.press(name, { press: 'analysis.add', branch: 'branch' }, { form: { theme: 'safety', words: '路灯少', ...form } })
const card = (it: SpeakingBranch, name = '李华') => it.shown('analysis', { subject: 's', branch: 'branch', viewer: `m_${name}` })

test('a theme of fewer than three counts among the others', () => {
  expect(
    countedThemes([
      { theme: 'safety', voices: 3 },
      { theme: 'pay', voices: 2 },
      { theme: null, voices: 1 },
      { theme: 'health', voices: 5 },
    ]),
  ).toEqual([
    { theme: 'health', voices: 5 },
    { theme: 'safety', voices: 3 },
    { theme: 'other', voices: 3 },
  ])
  expect(countedThemes([])).toEqual([])
})

test('it begins with the numbers of the voices, and no words', async () => {
  const it = await aSpeakingBranch()
  expect((await card(it)).text).toContain('没有收到反映')
  for (let nth = 0; nth < 4; nth++) await it.speaks('王芳', { words: `灯${nth}`, kind: 'worry' })
  for (const [nth, voice] of (await it.waiting('李华')).entries()) await it.answers('李华', voice, { theme: nth < 3 ? 'safety' : 'pay' })
  const { text } = await card(it)
  expect(text).toContain('安全 3')
  expect(text).toContain('其他 1')
  expect(text).not.toContain('薪酬待遇 1')
  expect(text).not.toContain('灯1')
})

test('a name of the roster is refused until it is changed', async () => {
  const it = await aSpeakingBranch()
  expect((await adds(it, '李华', { cause: '王芳说过几次' })).toast.zh).toBe('请不要写姓名：王芳')
  expect((await adds(it, '李华', { measure: '请张伟、吴勇去看' })).toast.zh).toMatch(/张伟|吴勇/)
  expect(await it.count('analysis_topics')).toBe(0)
  expect((await adds(it, '李华', { cause: '多人说过' })).mood).toBe('success')
})

test('on the agenda its measures become tasks, and a new version begins', async () => {
  const it = await aSpeakingBranch()
  await adds(it, '李华', { measure: '装十盏路灯', owner: 'm_周正', due: '2026-10-30' })
  await adds(it, '钱进', { theme: 'pay', words: '加班多', measure: '轮班' })
  expect((await it.press('李华', { press: 'analysis.list', branch: 'branch' })).toast.zh).toContain('还没有召集支委会')
  await it.say('李华', '/会议 支委会 明天 15:00 三楼')
  expect((await it.press('李华', { press: 'analysis.list', branch: 'branch' })).toast.zh).toContain('已列入')
  expect((await it.press('钱进', { press: 'analysis.list', branch: 'branch' })).toast.zh).toContain('先写一条')
  expect(await it.rows('select origin, words, owner, due_on from tasks')).toMatchObject([
    { origin: 'analysis', words: '装十盏路灯', owner: 'm_周正', due_on: '2026-10-30' },
  ])
  expect(await it.rows("select words from agenda_items where tags like '%opinion%'")).toMatchObject([{ words: '思想动态分析' }])
  expect((await card(it)).text).toContain('无责任人')
  await adds(it, '李华', { words: '又一件' })
  expect((await it.rows('select version from analyses order by version')).map(({ version }) => version)).toEqual([1, 2])
})

test('five topics are the most, and one can be dropped', async () => {
  const it = await aSpeakingBranch()
  for (let nth = 0; nth < 5; nth++) expect((await adds(it, '李华', { words: `第${nth}件` })).mood).toBe('success')
  expect((await adds(it, '李华', {})).toast.zh).toContain('最多 5 条')
  const drop = buttonsOf((await card(it)).card).find(({ press }) => press === 'analysis.drop') ?? {}
  expect((await it.press('李华', drop)).mood).toBe('success')
  expect((await it.press('李华', drop)).toast.zh).toContain('已经删去')
  expect((await adds(it, '李华', {})).mood).toBe('success')
})

test('the next quarter begins with what became of the measures', async () => {
  const it = await aSpeakingBranch()
  await adds(it, '李华', { measure: '装路灯', owner: 'm_周正', due: '2026-10-30' })
  await it.say('李华', '/会议 支委会 明天 15:00 三楼')
  await it.press('李华', { press: 'analysis.list', branch: 'branch' })
  it.at('2027-01-11', '09:00')
  expect((await card(it)).text).toContain('装路灯 — 未办')
  await it.store.client.execute("update tasks set done_at = 1, done_by = 'm_周正'")
  expect((await card(it)).text).toContain('装路灯 — 已办')
})

test('members outside the committee neither see nor write it', async () => {
  const it = await aSpeakingBranch()
  expect((await adds(it, '王芳', {})).mood).toBe('warning')
  expect(said({ toast: { zh: (await it.say('王芳', '/思想分析', { dm: true }))?.text ?? '' } })).toContain('不归你办')
})
