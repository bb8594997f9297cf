import { describe, expect, test } from 'vitest'
import { moment } from '../../src/calendar.ts'
import { gradedAndTold, halfYear } from '../harness/evaluation.ts'

describe('an appeal', () => {
  test.each([
    ['2026-12-01', '09:01', 'success'],
    ['2026-12-08', '23:59', 'success'],
    ['2026-12-09', '00:00', 'warning'],
  ])('made on %s at %s of five working days: %s', async (on, time, mood) => {
    const it = await halfYear()
    await gradedAndTold(it)
    it.at(on, time)
    expect((await it.ask('周杰', 'ownGrade.appeal')).mood).toBe(mood === 'success' ? 'info' : 'warning')
    const answer = await it.ask('周杰', 'ownGrade.submit', { words: '有异议' })
    expect(answer.mood).toBe(mood)
    if (mood === 'warning') expect(answer.toast.zh).toContain('申诉期已过')
  })

  test('the days begin when the message is due: Saturday’s on Monday', async () => {
    const it = await halfYear()
    it.at('2026-12-05', '10:00')
    await gradedAndTold(it)
    expect((await it.got('周杰', 'ownGrade')).dueAt).toEqual(moment('2026-12-07', '08:00'))
    it.at('2026-12-14', '23:59')
    expect((await it.ask('周杰', 'ownGrade.submit', { words: '有异议' })).mood).toBe('success')
  })

  test('a committee member’s appeal is answered once, by the others', async () => {
    const it = await halfYear()
    await gradedAndTold(it)
    expect((await it.ask('王芳', 'ownGrade.submit', { words: '' })).toast.zh).toContain('请写明理由')
    await it.ask('王芳', 'ownGrade.submit', { words: '有异议' })
    expect((await it.ask('王芳', 'ownGrade.submit', { words: '再说一次' })).toast.zh).toContain('已经申诉过')
    expect((await it.sentTo('gradeAppeal')).sort()).toEqual(['张伟', '李华'])
    expect(await it.card()).toContain('答复申诉（1）')
    expect(await it.card('王芳')).not.toContain('答复申诉')
    const answers = (name: string, form: object) => it.ask(name, 'gradeAppeal.answer', { ...form }, { member: 'm_王芳' })
    expect((await answers('王芳', { verdict: 'excellent', words: '我看行' })).toast.zh).toContain('由其他人答复')
    expect((await answers('赵敏', { verdict: 'excellent', words: '我看行' })).mood).toBe('warning')
    expect((await answers('李华', { words: '不成立' })).toast.zh).toContain('请选择怎么答复')
    expect((await answers('李华', { verdict: 'no', words: '' })).toast.zh).toContain('请写明理由')
    const both = await Promise.all([
      answers('李华', { verdict: 'no', words: '程序无误' }),
      answers('张伟', { verdict: 'excellent', words: '成立' }),
    ])
    expect(both.map(({ mood }) => mood).sort()).toEqual(['success', 'warning'])
    expect(await it.rows("select 1 from audit where deed = 'evaluation.answer'")).toHaveLength(1)
  })

  test('an open appeal holds up the close; rejected, the grade stands', async () => {
    const it = await halfYear()
    await gradedAndTold(it)
    await it.ask('周杰', 'ownGrade.submit', { words: '有异议' })
    await it.clock('2026-12-20', '00:11')
    expect((await it.found()).closedAt).toBeNull()
    expect((await it.ask('李华', 'evaluation.close')).toast.zh).toContain('还有申诉没有答复')
    await it.ask('李华', 'gradeAppeal.answer', { verdict: 'no', words: '程序无误' }, { member: 'm_周杰' })
    expect((await it.got('周杰', 'ownGrade')).text).toContain('答复（等次：合格）：程序无误')
    await expect(it.store.client.execute("update grade_appeals set grade = 'basic'")).rejects.toThrow('appeal answered')
    expect((await it.ask('李华', 'evaluation.close')).mood).toBe('success')
    expect((await it.ask('李华', 'evaluation.close')).toast.zh).toContain('已经结束了')
  })

  test('an appeal offers the same grade or a better one, never worse', async () => {
    const it = await halfYear()
    await it.grades('李华', { basic: ['周杰'] }, { 周杰: '缺席较多' })
    await it.grades('王芳', { basic: ['周杰'] }, { 周杰: '缺席较多' })
    await it.ask('李华', 'evaluation.tell')
    await it.ask('周杰', 'ownGrade.submit', { words: '有异议' })
    const { card } = await it.got('张伟', 'gradeAppeal')
    const offered = [...JSON.stringify(card).matchAll(/"value":"(no|excellent|qualified|basic|unqualified)"/g)].map(([, value]) => value)
    expect(offered).toEqual(['no', 'excellent', 'qualified'])
    const answer = await it.ask('张伟', 'gradeAppeal.answer', { verdict: 'unqualified', words: '更差' }, { member: 'm_周杰' })
    expect(answer).toMatchObject({ mood: 'warning', toast: { zh: expect.stringContaining('不能改差') } })
    expect((await it.found()).people.find(({ name }) => name === '周杰')?.appeal?.answeredAt).toBeNull()
  })

  test('upheld as excellent it keeps to the third', async () => {
    const it = await halfYear()
    await it.grades('李华', { excellent: ['王芳', '张伟'] }, { 王芳: '好', 张伟: '好' })
    await it.grades('王芳', { excellent: ['张伟'] }, { 张伟: '好' })
    await it.ask('李华', 'evaluation.tell')
    await it.ask('周杰', 'ownGrade.submit', { words: '有异议' })
    const answer = await it.ask('李华', 'gradeAppeal.answer', { verdict: 'excellent', words: '成立' }, { member: 'm_周杰' })
    expect(answer.toast.zh).toContain('最多 2 人')
  })
})
