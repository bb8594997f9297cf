import { describe, expect, test } from 'vitest'
import { anEvaluatingBranch, written } from '../harness/evaluation.ts'

describe('to open and to call off', () => {
  test('once for each time, by the committee, and only for somebody', async () => {
    const it = await anEvaluatingBranch()
    expect((await it.say('赵敏', '/评议 2026', { dm: true }))?.text).toContain('不归你办')
    expect((await it.say('赵敏', '/评议', { dm: true }))?.text).toContain('眼下没有评你的民主评议')
    const first = await it.say('李华', '/评议 年终', { dm: true })
    expect(first?.view).toBe('evaluationForm')
    expect(JSON.stringify(first?.card)).toContain('"initial_option":"2026"')
    const submit = (period: string, id: string, name = '李华') =>
      it.press(name, { press: 'evaluationForm.submit', id, branch: 'branch' }, { form: { period } })
    expect((await submit('2026', 'e1', '赵敏')).mood).toBe('warning')
    expect((await submit('2027', 'e1')).toast.zh).toContain('这一期现在不能评议')
    expect((await submit('', 'e1')).toast.zh).toContain('请选择评议哪一段时间')
    expect((await submit('2026', 'e1')).mood).toBe('success')
    expect((await submit('2026', 'e2', '王芳')).toast.zh).toContain('已经开始了')
    expect((await it.say('李华', '/评议', { dm: true }))?.view).toBe('evaluation')
    expect((await it.say('赵敏', '/评议', { dm: true }))?.view).toBe('groupView')
    expect((await it.say('周杰', '/评议', { dm: true }))?.view).toBe('selfView')
    expect((await it.say('李华', '/评议 我的', { dm: true }))?.view).toBe('selfView')
    expect((await it.say('李华', '/评议 昨天', { dm: true }))?.text).toContain('没看懂是哪一段时间')
    expect((await it.say('周杰', '/评议'))?.text).toContain('已私聊发给你')
  })

  test('in a branch without full members there is nobody to evaluate', async () => {
    const it = await anEvaluatingBranch({ people: [{ name: '李华', stage: 'probationer', role: 'secretary' }], groups: false })
    expect((await it.begins('2026')).toast.zh).toContain('还没有正式党员')
  })

  test('a mistaken opening is called off before any vote or grade', async () => {
    const it = await anEvaluatingBranch()
    await it.begins('2026')
    await it.writes('王芳')
    const [id, form] = [await it.latest(), await it.got('王芳', 'selfView')]
    expect((await it.ask('赵敏', 'evaluation.cancel')).mood).toBe('warning')
    expect((await it.ask('李华', 'evaluation.cancel')).mood).toBe('success')
    for (const table of ['evaluations', 'evaluated', 'self_views', 'group_views']) expect(await it.count(table)).toBe(0)
    expect((await it.shown('selfView', form.args)).text).toContain('这次评议已经取消')
    expect(
      (await it.press('王芳', { press: 'selfView.submit', evaluation: id }, { form: { words: '晚了', grade: 'qualified' } })).toast.zh,
    ).toContain('已经取消')
    await it.begins('2026')
    await written(it)
    await it.vote({ 李华: {}, 王芳: {}, 张伟: {} })
    expect((await it.ask('李华', 'evaluation.cancel')).toast.zh).toContain('不能再取消')
    expect(await it.card()).not.toContain('取消评议')
  })

  test('a cancelled vote is held again, opened once even by two', async () => {
    const it = await anEvaluatingBranch()
    await it.begins('2026')
    await written(it)
    const open = (name = '李华') => it.ask(name, 'evaluationVote.submit', { closes: '2026-12-31 17:00 +0800' })
    expect((await it.ask('李华', 'evaluationVote.submit', {})).toast.zh).toContain('请选择截止时间')
    const both = await Promise.all([open('李华'), open('王芳')])
    expect(both.map(({ mood }) => mood).sort()).toEqual(['success', 'warning'])
    expect(await it.count('ballots')).toBe(1)
    const first = (await it.found()).ballotId
    await it.press('李华', { press: 'ballotMore.cancel', ballot: first }, { form: { reason: '名单有误' } })
    expect(await it.card()).toContain('作废了，要重新投')
    expect((await it.grades('李华')).toast.zh).toContain('投票还没有结果')
    expect((await open()).mood).toBe('success')
    expect((await it.found()).ballotId).not.toBe(first)
    expect(await it.card()).toContain('投票到12月31日（周四）17:00')
  })
})
