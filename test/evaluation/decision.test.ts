import { describe, expect, test } from 'vitest'
import { anEvaluatingBranch, everybody, halfYear, written } from '../harness/evaluation.ts'

describe('the committee’s decision', () => {
  test.each([
    [0, 'success', '等次已评定'],
    [1, 'success', '等次已评定'],
    [2, 'success', '等次已评定'],
    [3, 'warning', '最多 2 人），你选了 3 人'],
  ])('of six %i may be excellent: %s', async (count, mood, said) => {
    const it = await halfYear()
    const names = ['王芳', '张伟', '赵敏'].slice(0, count)
    const answer = await it.grades('李华', { excellent: names }, Object.fromEntries(names.map((name) => [name, '表现突出'])))
    expect(answer.mood).toBe(mood)
    expect(answer.toast.zh).toContain(mood === 'success' ? '已提交' : said)
    expect(await it.count('member_grades')).toBe(mood === 'success' ? 5 : 0)
  })

  test('the one that another hand set counts among them', async () => {
    const it = await halfYear()
    await it.grades('李华', { excellent: ['王芳', '张伟'] }, { 王芳: '好', 张伟: '好' })
    const answer = await it.grades('王芳', { excellent: ['张伟', '李华'] }, { 张伟: '好', 李华: '好' })
    expect(answer.toast.zh).toContain('你选了 3 人')
  })

  test('each who differs needs a reason, and what was chosen stays chosen', async () => {
    const it = await halfYear()
    const asked = await it.ask(
      '李华',
      'grading.choose',
      { excellent: [await it.keyOf('王芳')], basic: [], unqualified: [await it.keyOf('周杰')] },
      { seen: 0 },
    )
    expect(JSON.stringify(asked.card)).toContain('王芳：合格 → 优秀')
    expect(JSON.stringify(asked.card)).toContain('周杰：合格 → 不合格')
    expect(JSON.stringify(asked.card)).not.toContain('张伟')
    const without = await it.grades('李华', { excellent: ['王芳'], unqualified: ['周杰'] }, { 王芳: '好', 周杰: '  ' })
    expect(without).toMatchObject({ mood: 'warning', toast: { zh: '周杰的等次和建议的不同，请写明理由。' } })
    expect(without.card).toBeUndefined()
    expect(await it.count('member_grades')).toBe(0)
    const twice = await it.grades('李华', { excellent: ['王芳'], basic: ['王芳'] })
    expect(twice.toast.zh).toContain('王芳选进了两个等次')
    expect((await it.grades('李华', { excellent: ['王芳'], unqualified: ['周杰'] }, { 王芳: '好', 周杰: '长期不参加活动' })).mood).toBe(
      'success',
    )
  })

  test('nobody decides on themself, whatever a forged form says', async () => {
    const it = await halfYear()
    const answer = await it.grades('李华', { excellent: ['李华', '王芳'] }, { 李华: '好', 王芳: '好' })
    expect(answer.mood).toBe('success')
    expect((await it.found()).people.find(({ name }) => name === '李华')?.grade).toBeNull()
  })

  test('two who send at once: one decides, the other hears', async () => {
    const it = await halfYear()
    const both = await Promise.all([
      it.grades('李华', { excellent: ['王芳'] }, { 王芳: '好' }, 0),
      it.grades('张伟', { excellent: ['赵敏'] }, { 赵敏: '好' }, 0),
    ])
    expect(both.map(({ mood }) => mood).sort()).toEqual(['success', 'warning'])
    expect(both.find(({ mood }) => mood === 'warning')?.toast.zh).toContain('刚刚另一位支委已经评定')
    expect(await it.count('member_grades')).toBe(5)
    expect(await it.rows("select 1 from audit where deed = 'evaluation.grade'")).toHaveLength(1)
  })

  test('the last word counts until told; then an appeal alone changes it', async () => {
    const it = await halfYear()
    await it.grades('李华')
    it.at('2026-12-01', '10:00')
    await it.grades('张伟', { excellent: ['王芳'] }, { 王芳: '补充材料后改定' })
    expect((await it.found()).people.find(({ name }) => name === '王芳')?.grade).toMatchObject({ grade: 'excellent', by: 'm_张伟' })
    expect((await it.found()).people.find(({ name }) => name === '周杰')?.grade?.by).toBe('m_李华')
    expect((await it.grades('李华', { excellent: ['王芳'] }, { 王芳: '补充材料后改定' })).toast.zh).toContain('没有改动')
    await it.ask('李华', 'evaluation.tell')
    expect((await it.grades('李华')).mood).toBe('warning')
    await expect(it.store.client.execute("update member_grades set grade = 'basic'")).rejects.toThrow('grade told')
    expect((await it.ask('李华', 'evaluation.tell')).toast.zh).toContain('已经都告知了')
    expect(await it.sentTo('ownGrade')).toHaveLength(6)
  })

  test('it waits for what goes before it', async () => {
    const it = await anEvaluatingBranch()
    await it.begins('2026')
    expect((await it.ask('李华', 'steps.grade')).toast.zh).toContain('自评还没有结束')
    for (const name of everybody) await it.writes(name)
    expect((await it.grades('李华')).toast.zh).toContain('还有小组没有提出意见')
    await it.says('赵敏', 'g1')
    await it.says('孙丽', 'g2')
    expect((await it.grades('李华')).toast.zh).toContain('投票还没有结果')
  })

  test('who has not written when the days are over holds nobody up', async () => {
    const it = await anEvaluatingBranch()
    await it.begins('2026H2')
    await it.says('赵敏', 'g1')
    await it.says('孙丽', 'g2')
    it.at('2026-12-08', '23:59')
    expect((await it.grades('李华')).mood).toBe('warning')
    it.at('2026-12-09', '00:00')
    expect((await it.grades('李华')).mood).toBe('success')
  })

  test('too few votes propose qualified, and the card says so', async () => {
    const it = await anEvaluatingBranch()
    await it.begins('2026')
    await written(it, { g1: { excellent: ['王芳'] } })
    await it.vote({ 李华: { excellent: ['王芳'] }, 张伟: { excellent: ['王芳'] } })
    await it.ask('李华', 'steps.grade')
    const { text } = await it.got('李华', 'grading')
    expect(text).toContain('票数太少、不公布，先填合格：王芳、张伟、赵敏、孙丽、周杰')
    expect(text).not.toContain('票 ')
  })

  test('doubts of staff and public alone are listed, counted apart', async () => {
    const it = await anEvaluatingBranch()
    await it.begins('2026')
    await written(it)
    await it.ask('李华', 'evaluationVote.submit', { closes: '2026-12-31 17:00 +0800' })
    const ballot = (await it.found()).ballotId ?? ''
    for (const name of ['李华', '张伟', '赵敏', '孙丽']) await it.votes(name, ballot, {})
    await it.byCode(ballot, 5, { basic: [await it.keyOf('周杰')] })
    await it.press('李华', { press: 'ballotHost.close', ballot })
    await it.count_()
    await it.ask('李华', 'steps.grade')
    const { text } = await it.got('李华', 'grading')
    expect(text).toContain('自评、小组意见和票数（1）')
    expect(text).toContain('**周杰** 自评 合格；小组 合格；票 一致：合格；群众票 一致：基本合格')
  })

  test('unqualified is flagged to the committee, and said nowhere else', async () => {
    const it = await halfYear()
    await it.grades('李华', { unqualified: ['周杰'] }, { 周杰: '长期不参加活动' })
    await it.grades('王芳', { unqualified: ['周杰'] }, { 周杰: '长期不参加活动' })
    expect(await it.card()).not.toContain('不合格')
    await it.ask('李华', 'evaluation.tell')
    expect(await it.card()).toContain('不合格（只有支委看得到，请按规定教育、处置）：周杰')
    expect((await it.shown('evaluation', { subject: 's', evaluation: await it.latest(), viewer: 'm_赵敏' })).card).toBeNull()
    expect((await it.outboxRows()).filter(({ to_kind }) => to_kind === 'chat')).toEqual([])
  })

  test('people without an account are named, to be told in person', async () => {
    const it = await anEvaluatingBranch()
    await it.store.client.execute("update members set open_id = null where id = 'm_周杰'")
    await it.begins('2026H2')
    expect(await it.sentTo('selfView')).not.toContain('周杰')
    expect(await it.card()).toContain('没有飞书账号，自评和结果请当面办：周杰')
    for (const name of everybody.filter((one) => one !== '周杰')) await it.writes(name)
    await it.says('赵敏', 'g1')
    await it.says('孙丽', 'g2')
    it.at('2026-12-09', '09:00')
    await it.grades('李华')
    await it.grades('王芳')
    expect((await it.ask('李华', 'evaluation.tell')).toast.zh).toContain('请当面告知：周杰')
    expect(await it.card()).toContain('✓ 4. **告知本人**　6 / 6 人')
  })
})

test('who sets the last grade hears whose, without repeating reasons', async () => {
  const it = await halfYear()
  await it.grades('李华', { excellent: ['王芳'] }, { 王芳: '带头攻关' })
  const { text } = await it.got('张伟', 'grading')
  expect(text).toContain('**请评定：李华**')
  expect((await it.grades('张伟', { excellent: ['王芳'] })).mood).toBe('success')
  expect((await it.found()).people.find(({ name }) => name === '王芳')?.grade).toMatchObject({ by: 'm_李华', reason: '带头攻关' })
})
