import { describe, expect, test } from 'vitest'
import { together } from '../../db/client.ts'
import { post, type Taken } from '../../db/ledgers/attempts.ts'
import { tick } from '../../src/clock/schedule.ts'
import { anApp } from '../harness/app.ts'
import { buttonsOf, openId, textOf } from '../harness/branch.ts'
import { anEvaluatingBranch, everybody, gradedAndTold, halfYear, written } from '../harness/evaluation.ts'

describe('what one writes of oneself, and a group of its members', () => {
  test('it can be corrected until the committee sets the grades', async () => {
    const it = await anEvaluatingBranch()
    await it.begins('2026H2')
    await it.writes('王芳', 'qualified', '第一稿')
    await it.writes('王芳', 'excellent', '第二稿')
    expect((await it.found()).people.find(({ name }) => name === '王芳')?.self).toEqual({ grade: 'excellent', words: '第二稿' })
    for (const name of everybody.filter((one) => one !== '王芳')) await it.writes(name)
    await it.says('赵敏', 'g1', { excellent: ['王芳'] }, { 王芳: '一' })
    await it.says('赵敏', 'g1', { basic: ['王芳'] }, { 王芳: '二' })
    expect((await it.found()).people.find(({ name }) => name === '王芳')?.view).toEqual({ grade: 'basic', words: '二' })
    await it.says('孙丽', 'g2')
    await it.grades('李华', { basic: ['王芳'] })
    expect((await it.writes('王芳')).toast.zh).toContain('现在不能再改')
    expect((await it.says('赵敏', 'g1')).toast.zh).toContain('现在不能再改')
    expect((await it.got('王芳', 'selfView')).text).toContain('自评不能再改')
  })

  test('a leader reads and marks the own group, not themself', async () => {
    const it = await anEvaluatingBranch()
    await it.begins('2026H2')
    for (const name of everybody) await it.writes(name)
    const { text, card } = await it.got('赵敏', 'groupView')
    expect(text).toContain('王芳的自评')
    for (const other of ['张伟', '孙丽', '周杰', '赵敏']) expect(JSON.stringify(card)).not.toContain(other)
    expect((await it.says('赵敏', 'g2')).mood).toBe('warning')
    expect((await it.says('王芳', 'g1')).mood).toBe('warning')
    await it.says('赵敏', 'g1', { excellent: ['赵敏'], basic: ['周杰'] })
    expect((await it.found()).people.flatMap(({ name, view }) => (view ? [`${name} ${view.grade}`] : []))).toEqual([
      '李华 qualified',
      '王芳 qualified',
      '赵敏 qualified',
    ])
    await it.says('李华', 'g1', { excellent: ['赵敏'] }, { 赵敏: '组里公认' })
    expect((await it.found()).people.find(({ name }) => name === '赵敏')?.view?.grade).toBe('excellent')
  })

  test.each([
    [{ words: '', grade: 'qualified' }, '请写几句自评'],
    [{ words: '努力', grade: '' }, '请选择给自己的等次'],
    [{ words: '努力' }, '请选择给自己的等次'],
  ])('%j is refused in one sentence: %s', async (form, said) => {
    const it = await anEvaluatingBranch()
    await it.begins('2026H2')
    expect((await it.ask('王芳', 'selfView.submit', form)).toast.zh).toContain(said)
    expect(await it.count('self_views')).toBe(0)
  })

  test('an opinion is asked for each who is not simply qualified', async () => {
    const it = await anEvaluatingBranch()
    await it.begins('2026H2')
    expect((await it.says('赵敏', 'g1', { excellent: ['王芳'], basic: ['李华'] }, { 王芳: '好' })).toast.zh).toContain(
      '请写一句对李华的意见',
    )
    expect(await it.count('group_views')).toBe(0)
  })

  test('only non-writers are reminded, midway and on the last day', async () => {
    const it = await anEvaluatingBranch()
    await it.begins('2026H2')
    await it.writes('王芳')
    await tick(it.db, it.now(), () => {})
    for (const on of [
      '2026-12-02',
      '2026-12-03',
      '2026-12-04',
      '2026-12-05',
      '2026-12-06',
      '2026-12-07',
      '2026-12-08',
      '2026-12-09',
      '2026-12-10',
    ])
      await it.clock(on, '09:26')
    const reminders = (await it.outboxRows()).filter(({ occasion }) => /^selfView (middle|last) /.test(String(occasion)))
    const days = [...new Set(reminders.map(({ due_at }) => new Date(Number(due_at) + 8 * 3_600_000).toISOString().slice(0, 10)))]
    expect(days).toEqual(['2026-12-07', '2026-12-08'])
    expect(reminders).toHaveLength(2 * 5)
    expect(reminders.map(({ to_id }) => to_id)).not.toContain(openId('王芳'))
    expect((await it.shown('selfView', JSON.parse(String(reminders[0]?.args)))).text).toContain('还没有写自评，提醒一下。')
  })
})

describe('a card for one person alone, passed on to another', () => {
  /** The cards as they stand in the direct chats, and presses on them through the whole door. */
  async function passedOn() {
    const it = await anEvaluatingBranch()
    await it.begins('2026H2')
    await written(it)
    const app = anApp(it.store)
    app.to(it.now())
    const stands = async (name: string, view: string) => {
      const { args } = await it.got(name, view)
      const row = { recipient: `person:${openId(name)}`, view, args } as unknown as Taken
      await together(it.db, [post(it.db, row, `om_${view}_${name}`, args.subject, it.now())])
      return `om_${view}_${name}`
    }
    const press = async (name: string, what: string, messageId: string, form: object = {}, more: object = {}) => {
      app.to(it.now())
      return app.presses(openId(name), { press: what, evaluation: await it.latest(), ...more }, { messageId, form })
    }
    return { ...it, stands, on: press }
  }
  const lists = { excellent: [], basic: [], unqualified: [] }

  test('shows the presser nothing of their own on a forwarded card', async () => {
    const it = await passedOn()
    await gradedAndTold(it)
    const result = await it.stands('王芳', 'ownGrade')
    const asked = await it.on('周杰', 'ownGrade.appeal', result)
    expect([asked.card, asked.toast?.content]).toEqual([undefined, '请在机器人私聊发给你的那张卡片上按。'])
    const appealed = await it.on('周杰', 'ownGrade.submit', result, { words: '有异议' })
    expect([appealed.card, appealed.toast?.content]).toEqual([undefined, '申诉已提出，答复只发给你。'])
    const own = await it.on('王芳', 'ownGrade.appeal', result)
    expect(own.card && textOf(own.card.data)).toContain('为什么有异议')
  })

  test('hides a colleague’s grade from the committee until it is told', async () => {
    const it = await passedOn()
    await it.ask('李华', 'steps.grade')
    const list = await it.stands('李华', 'grading')
    const other = await it.on('王芳', 'grading.choose', list, lists, { seen: 0 })
    expect([other.card, other.toast?.type]).toEqual([undefined, 'success'])
    const again = await it.on('王芳', 'grading.again', list)
    expect([again.card, again.toast?.content]).toEqual([undefined, '请在机器人私聊发给你的那张卡片上按。'])
    const own = await it.on('李华', 'grading.again', list)
    expect(own.card && textOf(own.card.data)).toContain('王芳')
  })
})

test('unwritten views are under “mine”, and written ones are not', async () => {
  const it = await anEvaluatingBranch()
  await it.begins('2026')
  const mine = async (name: string) => (await it.say(name, '我的', { dm: true }))?.text
  expect(await mine('赵敏')).toContain('· 2026年民主评议 — 写自评、填小组意见')
  expect(await mine('周杰')).toContain('· 2026年民主评议 — 写自评\n')
  await it.writes('周杰')
  for (const name of ['周杰', '钱进', '上级']) expect(await mine(name)).not.toContain('民主评议')
})

test('the group’s card follows its last writer and its leader’s request', async () => {
  const it = await anEvaluatingBranch()
  await it.begins('2026H2')
  const { client } = it.store
  await client.execute(
    `insert into posts values ('om_lot', 'person:${openId('赵敏')}', 'groupView', 'lot ${await it.latest()} g1', '{}', ${it.now().getTime()})`,
  )
  const wanted = async () => (await client.execute("select 1 from outbox where occasion = 'refresh om_lot'")).rows.length
  for (const name of ['李华', '王芳']) await it.writes(name)
  expect(await wanted()).toBe(0)
  const looked = await it.ask('赵敏', 'groupView.look', undefined, { group: 'g1' })
  expect(looked.toast.zh).toContain('自评已交 2 / 2 人')
  expect((await it.ask('王芳', 'groupView.look', undefined, { group: 'g1' })).mood).toBe('warning')
  await it.writes('赵敏')
  expect(await wanted()).toBe(1)
})

test('the committee alone reads what was written, card by card', async () => {
  const it = await halfYear()
  await it.ask('王芳', 'evaluationReading.next', undefined, { from: 0 })
  const { text, args } = await it.got('王芳', 'evaluationReading')
  for (const name of everybody) expect(text).toContain(`自评：合格。${name}的自评`)
  expect((await it.shown('evaluationReading', { ...args, viewer: 'm_赵敏' })).card).toBeNull()
  expect((await it.ask('赵敏', 'evaluationReading.next', undefined, { from: 0 })).mood).toBe('warning')
})

test('a group’s view with nobody picked is asked once', async () => {
  const it = await anEvaluatingBranch()
  await it.begins('2026H2')
  const lists = { excellent: [], basic: [], unqualified: [] }
  const asked = await it.ask('赵敏', 'groupView.choose', lists, { group: 'g1' })
  expect(JSON.stringify(asked.card)).toContain('都记为合格？')
  expect(await it.count('group_views')).toBe(0)
  const yes = buttonsOf(asked.card).find(({ press }) => press === 'groupView.set') ?? {}
  expect((await it.press('赵敏', yes)).mood).toBe('success')
  expect(await it.count('group_views')).toBeGreaterThan(0)
})
