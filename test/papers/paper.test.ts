import { describe, expect, test } from 'vitest'
import { accountOf } from '../../db/duties/account.ts'
import { miscredited } from '../../db/ledgers/credits.ts'
import { rulebooks } from '../../db/rulebook/tables.ts'
import { moment } from '../../src/calendar.ts'
import { openId, textOf } from '../harness/branch.ts'
import { aWritingBranch } from './company.ts'

type It = Awaited<ReturnType<typeof aWritingBranch>>
const ours = { id: 'branch', unit: 'unit', committee: 'committee', name: '', since: '2026-01-01', lineage: ['committee'] }
const duty = async (it: It, part: string, quarter = '2026Q4') =>
  (await accountOf(it.db, ours, quarter, it.now())).duties.find((one) => one.part === part)
const summary = { branch: 'branch', kind: 'summary', year: '2026' }
const form = { part1: '开了会', part4: '都办了' }
const clean = async (it: It) => expect((await miscredited(it.db, 'branch'))[0]?.rows).toBe(0)

describe('a summary', () => {
  test('a line drafts it from the year’s records, one press adopts it', async () => {
    const it = await aWritingBranch()
    await it.meets('支委会', '2026-10-09')
    const shown = await it.say('李华', '/总结', { dm: true })
    expect(shown?.text).toContain('2026年')
    expect(JSON.stringify(shown?.card)).toContain('召开支委会 1 次')
    expect((await duty(it, '29.summary'))?.state).not.toBe('met')
    const adopted = await it.press('李华', it.buttonFor(shown?.card, 'paper.save', { isAdopted: true }), { form })
    expect(adopted.toast.zh).toBe('已通过。')
    expect(await duty(it, '29.summary')).toMatchObject({ state: 'met', evidence: { sourceKind: 'paper', at: it.now() } })
    await clean(it)
  })

  test('saved is not adopted, and what is adopted stays', async () => {
    const it = await aWritingBranch()
    const saved = await it.press('李华', { press: 'paper.save', ...summary, isAdopted: false }, { form })
    expect((await duty(it, '29.summary'))?.evidence).toBeUndefined()
    await it.press('王芳', it.buttonFor(saved.card, 'paper.adopt'))
    expect((await duty(it, '29.summary'))?.state).toBe('met')
    const again = await it.press('张伟', { press: 'paper.save', ...summary, isAdopted: true }, { form: { part1: 'x' } })
    expect(again.toast.zh).toContain('已经通过或登记')
    expect((await it.press('张伟', { press: 'paper.adopt', ...summary })).toast.zh).toContain('已经通过或登记')
    expect(await it.count('papers')).toBe(1)
  })

  test('two who adopt at once adopt it once', async () => {
    const it = await aWritingBranch()
    await it.press('李华', { press: 'paper.save', ...summary, isAdopted: false }, { form })
    const both = await Promise.all(['李华', '王芳'].map((name) => it.press(name, { press: 'paper.adopt', ...summary })))
    expect(both.map(({ mood }) => mood).sort()).toEqual(['success', 'warning'])
    expect([await it.count('credits'), (await it.deeds()).filter((one) => one.endsWith('paper.adopt')).length]).toEqual([1, 1])
    await clean(it)
  })

  test('the meeting that holds its item adopts it', async () => {
    const it = await aWritingBranch()
    await it.press('李华', { press: 'paper.save', ...summary, isAdopted: false }, { form })
    expect((await it.press('李华', { press: 'paper.list', ...summary })).toast.zh).toContain('还没有召集下一次支委会或党员大会')
    await it.meets('支委会', '2026-10-20', () => it.press('李华', { press: 'paper.list', ...summary }))
    expect(await it.rows('select words from agenda_items')).toMatchObject([{ words: '审议年度工作总结' }])
    expect(await duty(it, '29.summary')).toMatchObject({ state: 'met', evidence: { at: moment('2026-10-20', '15:00') } })
    await clean(it)
    await it.hears()
    expect((await it.deeds()).filter((one) => one === 'clock paper.adopt')).toHaveLength(1)
  })

  test('an item that was not held adopts nothing', async () => {
    const it = await aWritingBranch()
    await it.press('李华', { press: 'paper.save', ...summary, isAdopted: false }, { form })
    const gathering = await it.meets('支委会', '2026-10-20', () => it.press('李华', { press: 'paper.list', ...summary }), false)
    await it.press('李华', { press: 'agenda.settle', gathering }, { form: { struck: ['1'] } })
    await it.closed(gathering)
    expect((await duty(it, '29.summary'))?.evidence).toBeUndefined()
    expect((await it.say('李华', '/总结', { dm: true }))?.text).toContain('没有通过')
  })

  test('one that lies elsewhere is registered with its day', async () => {
    const it = await aWritingBranch()
    const registered = { title: '2026年工作总结', place: '党建办 3 号柜', on: '2026-10-01 +0800' }
    await it.press('李华', { press: 'paper.save', ...summary, isAdopted: false }, { form })
    const future = await it.press('李华', { press: 'paper.register', ...summary }, { form: { ...registered, on: '2026-10-09 +0800' } })
    expect(future.toast.zh).toContain('日期不能晚于今天')
    const answer = await it.press('李华', { press: 'paper.register', ...summary }, { form: registered })
    expect(textOf(answer.card as never)).toContain('党建办 3 号柜')
    expect(await duty(it, '29.summary')).toMatchObject({ state: 'met', evidence: { at: moment('2026-10-01') } })
    await clean(it)
    // Everybody who sees the score opens it from there.
    const { card } = await it.shown('standard', { branch: 'branch', quarter: '2026Q4', standard: 29 })
    expect((await it.press('赵敏', it.buttonFor(card, 'standard.evidence'))).toast.zh).toBe('已私聊发给你。')
    const sent = (await it.outboxRows()).find(({ view, to_id }) => view === 'paperRead' && to_id === openId('赵敏'))
    expect((await it.shown('paperRead', JSON.parse(String(sent?.args)))).text).toContain('2026年工作总结')
  })

  test('taken back, it is another’s turn', async () => {
    const it = await aWritingBranch()
    await it.press('李华', { press: 'paper.save', ...summary, isAdopted: true }, { form })
    expect((await it.press('李华', { press: 'paper.withdraw', ...summary })).toast.zh).toContain('已撤回')
    expect((await duty(it, '29.summary'))?.evidence).toBeUndefined()
    await it.press('李华', { press: 'paper.save', ...summary, isAdopted: true }, { form })
    expect([await it.count('papers'), (await duty(it, '29.summary'))?.state]).toEqual([2, 'met'])
    await clean(it)
  })

  test('nobody without a seat writes or adopts', async () => {
    const it = await aWritingBranch()
    for (const name of ['赵敏', '吴上级'])
      expect((await it.press(name, { press: 'paper.save', ...summary, isAdopted: true }, { form })).mood).toBe('warning')
    expect(await it.count('papers')).toBe(0)
  })
})

describe('a plan', () => {
  test('in the last quarter it is made for the year that comes', async () => {
    const it = await aWritingBranch()
    const shown = await it.say('李华', '/计划', { dm: true })
    expect(shown?.text).toContain('2027年')
    const json = JSON.stringify(shown?.card)
    expect(json).toContain('· 支委会：3 次（标准 12）')
    await it.press('李华', it.buttonFor(shown?.card, 'paper.save', { isAdopted: true }), { form })
    it.at('2027-01-05', '09:00')
    expect(await duty(it, '29.plan', '2027Q1')).toMatchObject({ state: 'met', period: '2027' })
    expect((await it.say('李华', '/计划 2026', { dm: true }))?.text).toContain('2026年')
  })

  test('adopted after its quarter it is late, and after the grace nothing', async () => {
    const it = await aWritingBranch()
    it.at('2026-04-03', '09:00')
    await it.press('李华', { press: 'paper.save', branch: 'branch', kind: 'plan', year: '2026', isAdopted: true }, { form })
    expect((await duty(it, '29.plan', '2026Q1'))?.state).toBe('met late')
    const late = await aWritingBranch()
    late.at('2026-06-03', '09:00')
    await late.press('李华', { press: 'paper.save', branch: 'branch', kind: 'plan', year: '2026', isAdopted: true }, { form })
    expect((await duty(late, '29.plan', '2026Q1'))?.state).toBe('missed')
  })

  test('the digest leads to it, and so does the score', async () => {
    const it = await aWritingBranch()
    it.at('2026-03-25', '09:00')
    const { card } = await it.shown('standard', { branch: 'branch', quarter: '2026Q1', standard: 29 })
    const opened = await it.press('李华', it.buttonFor(card, 'paper.open', { kind: 'plan', year: '2026' }))
    expect(opened.toast.zh).toBe('已私聊发给你。')
  })
})

test('a unit may leave papers out; they are then attested', async () => {
  const it = await aWritingBranch()
  await it.db
    .insert(rulebooks)
    .values({ committee: 'committee', version: 1, from: '2026-01-01', said: { modules: { papers: false } }, by: 'm_吴上级', at: it.now() })
  for (const line of ['/计划', '/总结', '/报告', '/述职', '/记一笔', '/制度'])
    expect((await it.say('李华', line, { dm: true }))?.text).toContain('本单位没有启用')
  expect((await it.press('李华', { press: 'paper.save', ...summary, isAdopted: true }, { form })).toast.zh).toContain('没有启用')
  expect((await duty(it, '29.summary'))?.basis).toBe('attested')
})

describe('systems and standards', () => {
  const system = { kind: 'system', title: '考勤制度', place: '共享盘', on: '2023-01-10 +0800' }
  test('one unseen for three years is amber until somebody looks', async () => {
    const it = await aWritingBranch()
    const empty = await it.say('李华', '/制度', { dm: true })
    expect(empty?.text).toContain('还没有登记')
    const listed = await it.press('李华', it.buttonFor(empty?.card, 'systems.add'), { form: system })
    expect(textOf(listed.card as never)).toContain("<font color='orange'>· 制度：考勤制度")
    await it.press(
      '李华',
      { press: 'systems.add', branch: 'branch' },
      { form: { ...system, kind: 'standard', title: '服务标准', on: '2026-01-10 +0800' } },
    )
    const id = (await it.rows("select id from papers where title = '考勤制度'"))[0]?.id
    const looked = await it.press('王芳', { press: 'systems.look', branch: 'branch' }, { form: { looked: [String(id)] } })
    expect(textOf(looked.card as never)).not.toContain("color='orange'")
    const gone = await it.press('王芳', { press: 'systems.withdraw', branch: 'branch' }, { form: { gone: String(id) } })
    expect([textOf(gone.card as never).includes('考勤制度'), textOf(gone.card as never).includes('服务标准')]).toEqual([false, true])
    // They are no evidence of a duty.
    expect(await it.count('credits')).toBe(0)
  })
})

test('the form for a paper elsewhere replaces the draft', async () => {
  const it = await aWritingBranch()
  const shown = await it.say('李华', '/总结', { dm: true })
  const asked = await it.press('李华', it.buttonFor(shown?.card, 'paper.edit', { isElsewhere: true }))
  expect(it.buttonFor(asked.card, 'paper.register')).toMatchObject(summary)
  const back = await it.press('李华', it.buttonFor(asked.card, 'paper.edit'))
  expect(JSON.stringify(back.card)).toContain('"name":"part5"')
})
