import { expect, test } from 'vitest'
import { moment } from '../../src/calendar.ts'
import { lineSaid } from '../../src/rules/pledges/line-said.ts'
import { textOf } from '../harness/branch.ts'
import { aShownBranch } from './board-company.ts'

const now = moment('2026-10-08', '09:00')

test.each([
  ['安全生产 人人有责 12月1日-7日', '安全生产 人人有责', '2026-12-01', '2026-12-07'],
  ['欢迎新同志 10月30日至11月5日', '欢迎新同志', '2026-10-30', '2026-11-05'],
  ['迎新年 12月28日到1月3日', '迎新年', '2026-12-28', '2027-01-03'],
  ['停电通知 10/12', '停电通知', '2026-10-12', '2026-10-12'],
  ['开放日 2027年3月5日', '开放日', '2027-03-05', '2027-03-05'],
  ['Safety first 12/1-12/7', 'Safety first', '2026-12-01', '2026-12-07'],
  ['学习二十届四中全会精神', '学习二十届四中全会精神', null, null],
  ['百日攻坚 2月30日', '百日攻坚 2月30日', null, null],
])('a line is read: %s', (line, words, fromOn, untilOn) => {
  expect(lineSaid(line, now)).toEqual({ words, fromOn, untilOn })
})

const line = { words: '安全生产 人人有责', from: '2026-10-08 +0800', until: '2026-10-15 +0800' }
const submit = { press: 'screen.submit', branch: 'branch', isAsked: false }

test('a line is handed in, approved by another, shown and taken down', async () => {
  const it = await aShownBranch()
  const asked = await it.say('张伟', '/屏 安全生产 人人有责 10月8日-15日', { dm: true })
  expect(JSON.stringify(asked?.card)).toContain('"default_value":"安全生产 人人有责"')
  expect(JSON.stringify(asked?.card)).toContain('"initial_date":"2026-10-15"')
  expect((await it.press('张伟', it.buttonFor(asked?.card, 'screen.submit'), { form: line })).mood).toBe('success')
  expect((await it.press('张伟', submit, { form: line })).toast.zh).toContain('已经提交')
  const board = await it.hung('public')
  expect(await board.read('?lines')).toBe('')
  const id = String((await it.rows('select id from screen_lines'))[0]?.id)
  expect((await it.press('张伟', { press: 'screen.approve', line: id })).toast.zh).toContain('请另一位同意')
  // Two others keep the screen, and it is theirs to approve.
  expect((await it.press('赵敏', { press: 'screen.approve', line: id })).toast.zh).toContain('书记、副书记或宣传委员')
  const shown = await it.say('李华', '/屏', { dm: true })
  expect(shown?.text).toContain('等另一位同意')
  expect(textOf((await it.press('李华', it.buttonFor(shown?.card, 'screen.approve'))).card as never)).toContain('正在显示')
  const answer = await board.open('?lines')
  expect([answer.headers.get('content-type'), await answer.text()]).toEqual(['text/plain; charset=utf-8', '安全生产 人人有责\n'])
  expect(await board.read()).toContain('安全生产 人人有责')
  it.at('2026-10-16', '00:00')
  expect(await board.read('?lines')).toBe('')
  it.at('2026-10-15', '23:59')
  expect((await it.press('王芳', { press: 'screen.pull', line: id })).mood).toBe('success')
  expect(await board.read('?lines')).toBe('')
})

test('approving at once approves once, and no author approves', async () => {
  const it = await aShownBranch()
  for (let nth = 0; nth < 10; nth++) {
    await it.press('张伟', submit, { form: { ...line, words: `第${nth}条` } })
    const id = String((await it.rows('select id from screen_lines order by rowid desc'))[0]?.id)
    const all = await Promise.all(['张伟', '李华', '王芳', '赵敏'].map((name) => it.press(name, { press: 'screen.approve', line: id })))
    expect(all.filter(({ mood }) => mood === 'success')).toHaveLength(1)
  }
  expect(await it.count('screen_lines where approved_by = "by" or approved_by is null')).toBe(0)
  expect(await it.count("audit where deed = 'screen.approve'")).toBe(10)
})

test('where nobody else keeps it, another full member approves', async () => {
  const it = await aShownBranch([{ name: '李华', role: 'secretary' }, { name: '赵敏' }, { name: '钱进', stage: 'probationer' }])
  await it.press('李华', submit, { form: line })
  const id = String((await it.rows('select id from screen_lines'))[0]?.id)
  expect((await it.press('钱进', { press: 'screen.approve', line: id })).toast.zh).toContain('正式党员')
  const listed = await it.say('赵敏', '/屏', { dm: true })
  expect((await it.press('赵敏', it.buttonFor(listed?.card, 'screen.approve'))).mood).toBe('success')
})

test('a member’s name asks for the member’s consent first', async () => {
  const it = await aShownBranch()
  const named = { ...line, words: '祝贺赵敏同志获奖' }
  const asked = await it.press('李华', submit, { form: named })
  expect(textOf(asked.card as never)).toContain('写了姓名（赵敏），本人同意了吗？')
  expect(await it.count('screen_lines')).toBe(0)
  expect((await it.press('李华', it.buttonFor(asked.card, 'screen.submit'), { form: named })).mood).toBe('success')
})

test.each([
  [{ ...line, words: '' }, '写明要显示的话'],
  [{ ...line, until: '2026-10-07 +0800' }, '结束不能早于'],
  [{ ...line, until: '2027-10-07 +0800' }, '最多显示 92 天'],
  [{ words: line.words }, '请选开始和结束'],
])('a line that cannot stand is refused: %o', async (filled, said) => {
  const it = await aShownBranch()
  expect((await it.press('李华', submit, { form: filled })).toast.zh).toContain(said)
})
