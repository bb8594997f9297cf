import { describe, expect, test } from 'vitest'
import { commands } from '../../commands/index.ts'
import { heard } from '../../commands/nearest.ts'
import { lookUp } from '../../db/client.ts'
import { coverageOf } from '../../db/talks/coverage.ts'
import { understand } from '../../src/rules/words/match.ts'
import { buttonsOf, openId } from '../harness/branch.ts'
import { aTalkingBranch } from './company.ts'

/** Each role, and the talks of others that stand in their planner or list. */
describe('a talk of two, seen by a third', () => {
  const cards = async (it: Awaited<ReturnType<typeof aTalkingBranch>>, name: string) => {
    const planner = await it.say(name, '/谈心', { dm: true })
    const mine = await it.say(name, '我的', { dm: true })
    const requests = await it.shown('talkRequests', { subject: `talkRequests m_${name}`, member: `m_${name}` })
    return [planner, mine, requests].map((one) => one?.text ?? '').join('\n')
  }

  test.each(['王芳', '张伟', '钱进', '孙丽', '周一鸣', '吴上级'])('a care talk shows nothing to %s', async (name) => {
    const it = await aTalkingBranch()
    const before = await cards(it, name)
    await it.claims('李华', '/谈心 赵敏 关怀')
    await it.answers('赵敏')
    const after = await cards(it, name)
    // Those who plan learn the number of the year, and nothing else changes for anybody.
    const withoutNumber = (text: string) => text.split('\n').filter((line) => !/关怀谈心今年|Care talks this year/.test(line))
    expect(withoutNumber(after)).toEqual(withoutNumber(before))
    expect(after.includes('关怀谈心今年 1 次')).toBe(['王芳', '张伟'].includes(name))
  })

  test('a talk is done on the planner, and detailed for its pair', async () => {
    const it = await aTalkingBranch()
    expect((await it.say('王芳', '/谈心', { dm: true }))?.text).toMatch(/还没谈：.*赵敏/)
    await it.claims('李华', '/谈心 赵敏')
    await it.answers('赵敏')
    const after = await it.say('王芳', '/谈心', { dm: true })
    expect(after?.text).not.toMatch(/还没谈：.*赵敏/)
    expect(after?.text).not.toContain('支委与党员谈心')
    expect((await it.say('赵敏', '/谈心', { dm: true }))?.text).toContain('李华 10月8日（周四）')
  })

  test('other seats see numbers, and whom they look after', async () => {
    const it = await aTalkingBranch()
    const planner = async (name: string) => (await it.say(name, '/谈心', { dm: true }))?.text ?? ''
    expect(await planner('张伟')).toContain('谈过 0 / 1')
    expect(await planner('张伟')).not.toMatch(/孙丽|还没谈：|—/)
    expect(await planner('张伟')).toContain('李华')
    expect(await planner('王芳')).toMatch(/孙丽.*张伟—李华.*还没谈：/s)
    await it.press('李华', { press: 'talkContacts.save', branch: 'branch' }, { form: { member: 'm_孙丽', contacts: ['m_张伟'] } })
    expect(await planner('张伟')).toContain('孙丽')
  })

  test('a line about somebody leads back to earlier talks', async () => {
    const it = await aTalkingBranch()
    await it.claims('李华', '/谈心 赵敏 10月2日')
    await it.answers('赵敏')
    const [{ id } = { id: '' }] = await it.talks()
    const line = await it.say('赵敏', '/谈心 李华', { dm: true })
    expect(buttonsOf(line?.card).find((value) => value.press === 'talk.send')).toMatchObject({ talk: id })
    expect((await it.say('赵敏', '/谈心 钱进', { dm: true }))?.text).not.toContain('之前谈过')
  })

  test('the assessor sees figures of each branch alone', async () => {
    const it = await aTalkingBranch()
    await it.claims('李华', '/谈心 孙丽')
    await it.answers('孙丽')
    await it.claims('李华', '/谈心 赵敏 关怀')
    await it.answers('赵敏')
    const shown = await it.shown('talkCoverage', { committee: 'committee' })
    expect(shown.text).toContain('积极分子 1/1 · 党员 1/5 · 支委之间 0/3')
    const [covered] = await lookUp(it.db, [
      coverageOf(it.db, ['branch'], { quarterFrom: '2026-10-01', quarterTo: '2026-12-31', year: '2026', today: '2026-10-08' }),
    ])
    const ids = (await it.rows('select id, name from members')).flatMap(({ id, name }) => [String(id), String(name)])
    for (const one of ids) expect(`${JSON.stringify(covered)} ${shown.text}`).not.toContain(one)
  })
})

test.each([
  ['2026-09-30', 0],
  ['2026-10-01', 1],
  ['2026-12-31', 1],
  ['2027-01-01', 0],
])('a talk of %s counts for the fourth quarter: %i', async (on, times) => {
  const it = await aTalkingBranch()
  it.at(on > '2026-12-31' ? '2027-01-02' : '2026-10-08', '09:00')
  if (on === '2026-12-31') it.at('2027-01-02', '00:00')
  await it.claims('李华', `/谈心 孙丽 ${on}`)
  await it.answers('孙丽')
  const [[covered]] = await lookUp(it.db, [
    coverageOf(it.db, ['branch'], { quarterFrom: '2026-10-01', quarterTo: '2026-12-31', year: '2026', today: '2027-01-02' }),
  ])
  expect(covered?.activistsMet).toBe(times)
})

test('contacts are one or two full members, and change by card', async () => {
  const it = await aTalkingBranch()
  const save = (contacts: string[], member = 'm_孙丽', name = '王芳') =>
    it.press(name, { press: 'talkContacts.save', branch: 'branch' }, { form: { member, contacts } })
  expect((await save([])).mood).toBe('warning')
  expect((await save(['m_李华', 'm_王芳', 'm_张伟'])).mood).toBe('warning')
  expect((await save(['m_周一鸣'])).mood).toBe('warning')
  expect((await save(['m_李华'], 'm_赵敏')).mood).toBe('warning')
  expect((await save(['m_李华'], 'm_孙丽', '张伟')).mood).toBe('warning')
  expect((await save(['m_李华', 'm_赵敏'])).mood).toBe('success')
  expect((await save(['m_赵敏', 'm_钱进'])).mood).toBe('success')
  expect(
    (await it.rows('select contact, until_on from contacts order by set_at, rowid')).map(({ contact, until_on }) => [contact, until_on]),
  ).toEqual([
    ['m_李华', '2026-10-08'],
    ['m_赵敏', null],
    ['m_钱进', null],
  ])
  expect((await it.say('李华', '/谈心', { dm: true }))?.text).toContain('（联系人 赵敏、钱进）')
})

test('the planner registers in two taps, and asks for a time', async () => {
  const it = await aTalkingBranch()
  const planner = await it.say('李华', '/谈心', { dm: true })
  const had = buttonsOf(planner?.card).find((value) => value.press === 'talkPlanner.had' && value.with === 'm_孙丽')
  const after = await it.press('李华', had as object)
  expect(after.toast.zh).toBe('已登记，等孙丽确认。')
  expect((await it.talks()).length).toBe(1)
  const own = await it.say('孙丽', '/谈心', { dm: true })
  const ask = buttonsOf(own?.card).find((value) => value.press === 'talkPlanner.ask')
  for (const _ of [1, 2]) expect((await it.press('孙丽', ask as object)).mood).toBe('success')
  const sent = (await it.outboxRows()).filter(({ view }) => view === 'talkAsked')
  expect(sent.map(({ to_id }) => to_id)).toEqual([openId('李华')])
  expect((await it.press('孙丽', { press: 'talkPlanner.ask', with: 'm_张伟' })).mood).toBe('warning')
})

test('a request waits on one’s own list until it is answered', async () => {
  const it = await aTalkingBranch()
  await it.claims('李华', '/谈心 赵敏')
  const mine = await it.say('赵敏', '我的', { dm: true })
  expect(mine?.text).toContain('谈心等你确认')
  expect(buttonsOf(mine?.card).map(({ press }) => press)).toContain('talkRequests.open')
  await it.answers('赵敏')
  expect((await it.say('赵敏', '我的', { dm: true }))?.text).not.toContain('谈心等你确认')
})

test.each([
  ['昨天和王芳谈过心了', '昨天 王芳'],
  ['我和王芳谈心了', '王芳'],
  ['我昨天找王芳谈了一次话', '昨天 王芳'],
  ['跟王芳聊过天了', '王芳'],
  ['和王芳昨天谈心了', '昨天 王芳'],
  ['登记一次和王芳的谈心', '王芳'],
  ['还没和谁谈心？', ''],
  ['谁还没谈过心', ''],
  ['我想找书记谈谈', ''],
  ['I talked to Wang Fang yesterday', 'yesterday Wang Fang'],
  ['I had a talk with Wang Fang', 'Wang Fang'],
  ['record a talk with Wang Fang on Monday', 'on Monday Wang Fang'],
  ['whom should I talk to?', ''],
  ['今天天气不错', null],
  ['和王芳一起吃饭', null],
])('“%s” means a talk: %j', (line, rest) => {
  expect(heard(line, commands)).toBeNull()
  const read = understand(line, ['王芳'], new Date('2026-10-08T09:00:00+08:00'))
  expect(read.found === 'clear' ? [read.meant.command, read.meant.rest] : read.found).toEqual(rest === null ? 'nothing' : ['talk', rest])
})

test.each([
  ['/talk Wang Fang yesterday', 'm_王芳', '2026-10-07'],
  ['/talk fang wang', 'm_王芳', undefined],
  ['/talk zhou yiming 30 September', 'm_周一鸣', '2026-09-30'],
  ['/talk Zhou  Yi-Ming', 'm_周一鸣', undefined],
  ['I talked to Wang Fang yesterday', 'm_王芳', '2026-10-07'],
])('“%s” finds who is meant by the letters of a name', async (line, to, on) => {
  const it = await aTalkingBranch()
  await it.say('李华', line, { dm: true })
  const args = JSON.parse(String((await it.outboxRows()).at(-1)?.args))
  expect(args).toMatchObject({ to, ...(on ? { on } : {}) })
  expect(args.isOpen).toBeUndefined()
})

test('two who are spelt alike, and a slip, are offered by name', async () => {
  const it = await aTalkingBranch()
  await it.change('钱进', { name: '汪芳' })
  const offered = async (line: string) =>
    buttonsOf((await it.say('李华', line, { dm: true }))?.card).flatMap((value) => (value.press === 'talkWhich.choose' ? [value.with] : []))
  expect(await offered('/talk Wang Fang')).toEqual(['m_王芳', 'm_钱进'])
  expect(await offered('/talk zhou yimin')).toContain('m_周一鸣')
})

test('a plain sentence in private is read back like the line', async () => {
  const it = await aTalkingBranch()
  const read = await it.say('李华', '昨天和王芳谈过心了', { dm: true })
  expect([read?.view, read?.text.includes('10月7日')]).toEqual(['talk', true])
})
