import { expect, test } from 'vitest'
import { buttonsOf, openId } from '../harness/branch.ts'
import { aSpeakingBranch, said } from './company.ts'

test('the oldest promise comes first', async () => {
  const it = await aSpeakingBranch()
  await it.speaks('王芳', { words: '一', kind: 'suggestion' })
  await it.speaks('王芳', { words: '二', kind: 'observation' })
  it.at('2026-10-09', '09:00')
  await it.speaks('王芳', { words: '三', kind: 'worry' })
  const read = await Promise.all((await it.waiting('李华')).map(async (voice) => said(await it.reads('李华', voice))))
  expect(read.map((text) => /[一二三](?=\n)/u.exec(text)?.[0])).toEqual(['二', '一', '三'])
})

test('one about an answerer is hidden from that person alone', async () => {
  const it = await aSpeakingBranch()
  await it.speaks('王芳', { words: '宣传栏很久没有换', meant: 'm_孙丽' })
  const [voice = ''] = await it.waiting('李华')
  expect(await it.waiting('孙丽')).toEqual([])
  expect((await it.reads('孙丽', voice)).mood).toBe('warning')
  expect((await it.answers('孙丽', voice)).mood).toBe('warning')
  expect(await it.waiting('钱进')).toEqual([voice])
  const taken = JSON.stringify((await it.reads('李华', voice)).card)
  expect(taken).not.toContain('m_孙丽')
})

test('one about the secretary goes to the assessor', async () => {
  const it = await aSpeakingBranch()
  await it.speaks('王芳', { words: '书记的事', kind: 'observation', meant: 'm_李华' })
  for (const name of ['李华', '钱进', '孙丽', '管理员']) expect(await it.waiting(name), name).toEqual([])
  const [voice = ''] = await it.waiting('考核人')
  expect((await it.answers('考核人', voice, { outcome: 'not', words: '已经了解' })).mood).toBe('success')
})

test('where nobody else answers it goes to the assessor too', async () => {
  const it = await aSpeakingBranch({
    people: [
      { name: '钱进', role: 'deputy' },
      { name: '王芳' },
      { name: '吴勇' },
      { name: '张伟' },
      { name: '考核人', role: 'assessor', branch: null },
    ],
  })
  await it.speaks('王芳', { meant: 'm_钱进' })
  expect(await it.waiting('钱进')).toEqual([])
  expect(await it.waiting('考核人')).toHaveLength(1)
})

test('about the bot it goes to the administrator', async () => {
  const it = await aSpeakingBranch()
  await it.speaks('王芳', { words: '提醒太多', kind: 'tool' })
  expect(await it.waiting('李华')).toEqual([])
  const [voice = ''] = await it.waiting('管理员')
  expect(said(await it.reads('管理员', voice))).toContain('提醒太多')
  expect((await it.answers('管理员', voice)).mood).toBe('success')
})

test('it is taken, handed over, and answered by whoever has it', async () => {
  const it = await aSpeakingBranch()
  await it.speaks('王芳')
  const [voice = ''] = await it.waiting('李华')
  expect(said(await it.press('李华', { press: 'inbox.take', voice }))).toContain('在办：李华')
  expect((await it.press('李华', { press: 'inbox.hand', voice }, { form: { to: 'm_周正' } })).mood).toBe('success')
  expect(await it.waiting('周正')).toEqual([voice])
  expect((await it.press('李华', { press: 'inbox.hand', voice }, { form: { to: 'm_吴勇' } })).mood).toBe('warning')
  expect((await it.answers('周正', voice)).mood).toBe('success')
  expect(await it.waiting('李华')).toEqual([])
})

test('a second answer and parallel answers change nothing', async () => {
  const it = await aSpeakingBranch()
  await it.speaks('王芳', { sign: 'signed' })
  const [voice = ''] = await it.waiting('李华')
  const all = await Promise.all(['李华', '钱进', '孙丽'].map((name) => it.answers(name, voice, { words: `${name}答` })))
  expect(all.filter(({ mood }) => mood === 'success')).toHaveLength(1)
  expect((await it.answers('李华', voice)).toast.zh).toContain('已经答复')
  expect(await it.count('voice_answers')).toBe(1)
})

test('not solved opens it once, with a new promise', async () => {
  const it = await aSpeakingBranch()
  const { code } = await it.speaks('王芳')
  const [voice = ''] = await it.waiting('李华')
  await it.answers('李华', voice)
  it.at('2026-10-12', '10:00')
  const feel = (solved: boolean) => it.press('王芳', { press: 'suggest.feel', code, solved })
  expect((await feel(false)).toast.zh).toContain('转回去再办')
  expect((await feel(true)).toast.zh).toContain('已经说过')
  expect((await it.inbox('李华')).text).toContain('10月26日')
  expect((await it.answers('李华', voice)).toast.zh).toContain('已经答复')
  await it.answers('李华', voice, { nth: 2, words: '这次真的换了' })
  expect((await feel(false)).toast.zh).toContain('直接找书记')
  expect(await it.waiting('李华')).toEqual([])
})

test('a signed author is told once, and says whether it is solved', async () => {
  const it = await aSpeakingBranch()
  await it.speaks('王芳', { sign: 'signed' })
  const [voice = ''] = await it.waiting('李华')
  await it.answers('李华', voice, { words: '换好了' })
  const told = (await it.outboxRows()).filter(({ view }) => view === 'voiceAnswered')
  expect(told.map(({ to_kind }) => to_kind)).toEqual(['person'])
  const { card, text } = await it.shown('voiceAnswered', JSON.parse(String(told[0]?.args)))
  expect(text).toContain('换好了')
  const [solved = {}] = buttonsOf(card)
  expect((await it.press('吴勇', solved)).toast.zh).toContain('没有找到')
  expect(said(await it.press('王芳', solved))).toContain('已办结')
  expect((await it.press('王芳', solved)).toast.zh).toContain('已经说过')
})

test('set aside needs a reason, which the author reads', async () => {
  const it = await aSpeakingBranch()
  const { code } = await it.speaks('王芳', { words: '骂人的话' })
  const [voice = ''] = await it.waiting('李华')
  expect((await it.answers('李华', voice, { outcome: 'aside', words: '' })).toast.zh).toContain('还没有写字')
  expect((await it.answers('李华', voice, { outcome: 'aside', words: '没有说是什么事' })).mood).toBe('success')
  expect(said(await it.looksUp('王芳', code))).toContain('没有说是什么事')
  expect((await it.press('王芳', { press: 'suggest.feel', code, solved: false })).toast.zh).toContain('重新写')
})

test('where the level above decides the promise is longer, once', async () => {
  const it = await aSpeakingBranch()
  await it.speaks('王芳')
  const [voice = ''] = await it.waiting('李华')
  expect(said(await it.press('李华', { press: 'inbox.leaveToUpper', voice }))).toContain('11月4日')
  expect((await it.press('李华', { press: 'inbox.leaveToUpper', voice })).mood).toBe('warning')
})

test('an adopted one becomes a task with an owner and a day', async () => {
  const it = await aSpeakingBranch()
  await it.speaks('王芳')
  const [voice = ''] = await it.waiting('李华')
  const task = { owner: 'm_周正', due: '2026-10-20', published: '换活动室的灯' }
  const tried = async (more: Record<string, unknown>) => (await it.answers('李华', voice, more)).toast.zh
  expect(await tried({ ...task, due: '' })).toContain('谁办、哪天')
  expect(await tried({ ...task, outcome: 'not' })).toContain('不立任务')
  expect(await tried({ ...task, due: '2026-10-07' })).toContain('早于今天')
  expect(await tried({ ...task, published: '' })).toContain('一句话')
  expect(await it.count('tasks')).toBe(0)
  await it.answers('李华', voice, task)
  expect(await it.rows('select origin, origin_id, words, owner, due_on from tasks')).toMatchObject([
    { origin: 'voice', origin_id: voice, words: '换活动室的灯', owner: 'm_周正', due_on: '2026-10-20' },
  ])
})

test('old cards of raised worries open the inbox in peace', async () => {
  const it = await aSpeakingBranch()
  await it.speaks('王芳')
  expect((await it.press('李华', { press: 'worries.open', branch: 'branch' })).mood).toBe('success')
  expect((await it.outboxRows()).at(-1)?.view).toBe('inbox')
  const settled = await it.press('李华', { press: 'worries.settle', branch: 'branch', worry: 'old' })
  expect(said(settled)).toContain('现在改为答复')
  expect((await it.shown('worries', { subject: 's', branch: 'branch', viewer: 'm_李华' })).text).toContain('合理化建议')
})

test('what waits stands in the own list and in the digest', async () => {
  const it = await aSpeakingBranch()
  await it.speaks('王芳')
  expect((await it.shown('mine', { unit: 'unit', member: 'm_李华' })).text).toContain('反映等你答复')
  expect((await it.shown('mine', { unit: 'unit', member: 'm_王芳' })).text).not.toContain('反映等你答复')
  it.at('2026-10-09', '09:00')
  expect((await it.shown('digest', { person: openId('李华') })).text).toContain('反映等你答复')
})
