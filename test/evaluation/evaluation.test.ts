import { describe, expect, test } from 'vitest'
import { branchById } from '../../db/branches/units.ts'
import { together } from '../../db/client.ts'
import { accountOf } from '../../db/duties/account.ts'
import { alarmsFor } from '../../db/duties/alerts.ts'
import { scoreOfAccount } from '../../db/duties/score.ts'
import { post, type Taken } from '../../db/ledgers/attempts.ts'
import { miscredited, recountCredits } from '../../db/ledgers/credits.ts'
import { moment } from '../../src/calendar.ts'
import { tick } from '../../src/schedule.ts'
import { anApp } from '../harness/app.ts'
import { openId, textOf } from '../harness/branch.ts'
import { anEvaluatingBranch, type EvaluatingBranch } from '../harness/evaluation.ts'

const everybody = ['李华', '王芳', '张伟', '赵敏', '孙丽', '周杰']
const alone = [
  { name: '李华', role: 'secretary' as const },
  { name: '上级', role: 'assessor' as const, branch: null },
]

/** Self-evaluations and both groups' views, nobody but as said. */
async function written(it: EvaluatingBranch, picks: { g1?: object; g2?: object } = {}) {
  for (const name of everybody) await it.writes(name)
  await it.says('赵敏', 'g1', { ...picks.g1 }, { 王芳: '好', 李华: '好' })
  await it.says('孙丽', 'g2', { ...picks.g2 }, { 张伟: '好', 周杰: '差' })
}

/** A half-year as far as the committee: all that is proposed is qualified. */
async function halfYear() {
  const it = await anEvaluatingBranch()
  await it.begins('2026H2')
  await written(it)
  return it
}

/** All graded as proposed, the secretary by another hand. */
async function gradedAndTold(it: EvaluatingBranch) {
  expect((await it.grades('李华')).mood).toBe('success')
  expect((await it.grades('王芳')).mood).toBe('success')
  expect((await it.ask('李华', 'evaluation.tell')).mood).toBe('success')
}

test('a year is evaluated by self, groups, vote and committee', async () => {
  const it = await anEvaluatingBranch()
  expect((await it.begins('2026')).toast.zh).toContain('2026年民主评议已经开始')
  expect((await it.sentTo('selfView')).sort()).toEqual([...everybody].sort())
  expect(await it.sentTo('groupView')).toEqual(['赵敏', '孙丽'])
  expect(await it.card()).toContain('○ 1. **自评**　0 / 6 人，到12月8日（周二）23:59')

  for (const name of everybody) expect((await it.writes(name, name === '王芳' ? 'excellent' : 'qualified')).mood).toBe('success')
  expect((await it.says('赵敏', 'g1', { excellent: ['王芳'] }, { 王芳: '带头攻关' })).mood).toBe('success')
  expect((await it.says('孙丽', 'g2', { basic: ['周杰'] }, { 周杰: '缺席较多' })).mood).toBe('success')
  expect(await it.card()).toMatch(/✓ 1\. \*\*自评\*\*　6 \/ 6 人\n✓ 2\. \*\*小组意见\*\*　2 \/ 2 组\n○ 3\. \*\*党员测评\*\*　还没有发起/)

  await it.vote({
    李华: { excellent: ['王芳'], unqualified: ['周杰'] },
    王芳: { excellent: ['赵敏'], basic: ['周杰'] },
    张伟: { excellent: ['王芳'], basic: ['周杰'] },
    赵敏: { excellent: ['王芳'], basic: ['周杰'] },
    钱进: { excellent: ['王芳', '赵敏'] },
  })
  await it.ask('李华', 'steps.grade')
  const grading = await it.got('李华', 'grading')
  expect(grading.text).toContain('**王芳** 自评 优秀；小组 优秀；票 一致：优秀')
  expect(grading.text).toContain('**周杰** 自评 合格；小组 基本合格；票 合格 1 · 基本合格 3 · 不合格 1')
  expect(grading.text).toContain('票数相同，先填影响较小的等次：赵敏')
  expect(grading.text).not.toContain('李华')
  expect(JSON.stringify(grading.card)).toContain(`"selected_values":["${await it.keyOf('周杰')}"]`)

  const why = { 赵敏: '全年承担最重的任务' }
  expect((await it.grades('李华', { excellent: ['王芳', '赵敏'], basic: ['周杰'] }, why)).toast.zh).toContain('你本人的等次已请其他人评定')
  expect((await it.sentTo('grading')).sort()).toEqual(['张伟', '李华', '王芳'].sort())
  expect((await it.ask('李华', 'evaluation.tell')).toast.zh).toContain('还有人没有评定等次')
  expect((await it.grades('王芳', { excellent: ['赵敏'], basic: ['周杰'] }, why)).mood).toBe('success')
  expect(Object.fromEntries((await it.found()).people.map(({ name, grade }) => [name, `${grade?.grade} ${grade?.by}`]))).toEqual({
    李华: 'qualified m_王芳',
    王芳: 'excellent m_李华',
    张伟: 'qualified m_李华',
    赵敏: 'excellent m_李华',
    孙丽: 'qualified m_李华',
    周杰: 'basic m_李华',
  })

  expect((await it.ask('李华', 'evaluation.tell')).toast.zh).toContain('已分别告知 6 人')
  expect((await it.sentTo('ownGrade')).sort()).toEqual([...everybody].sort())
  const own = await it.got('周杰', 'ownGrade')
  expect(own.text).toContain('等次：**基本合格**')
  for (const name of everybody.filter((one) => one !== '周杰')) expect(own.text).not.toContain(name)
  expect((await it.got('赵敏', 'ownGrade')).text).toContain('支委说明：全年承担最重的任务')

  expect((await it.ask('周杰', 'ownGrade.submit', { words: '缺席有请假条' })).mood).toBe('success')
  expect((await it.sentTo('gradeAppeal')).sort()).toEqual(['张伟', '李华', '王芳'].sort())
  const asked = await it.got('张伟', 'gradeAppeal')
  expect(asked.text).toContain('**申诉**：缺席有请假条')
  const answer = await it.ask('张伟', 'gradeAppeal.answer', { verdict: 'qualified', words: '请假手续齐全' }, { member: 'm_周杰' })
  expect(answer.toast.zh).toContain('已答复，并告诉了本人')
  const answered = await it.got('周杰', 'ownGrade')
  expect(answered.text).toContain('等次：**合格**')
  expect(answered.text).toContain('答复（等次：合格）：请假手续齐全')

  await it.clock('2026-12-08', '00:11')
  expect((await it.found()).closedAt).toBeNull()
  await it.clock('2026-12-09', '00:11')
  expect((await it.found()).closedAt).toEqual(moment('2026-12-09', '00:11'))
  expect(await it.card()).toContain('标准（14）民主评议党员自动计入')
  const names = (await it.rows("select deed, count(*) as n from audit where deed like 'evaluation.%' group by deed")).map(
    ({ deed, n }) => `${deed} ${n}`,
  )
  expect(names.sort()).toEqual(
    ['open 1', 'self 6', 'group 2', 'vote 1', 'grade 2', 'tell 1', 'appeal 1', 'answer 1', 'close 1']
      .map((one) => `evaluation.${one}`)
      .sort(),
  )
  const toGroup = (await it.outboxRows()).filter(({ to_kind }) => to_kind === 'chat').map(({ view }) => view)
  expect(toGroup).toEqual(['turnout'])
})

describe('a finished year proves the democratic review', () => {
  const duty = async (it: EvaluatingBranch, quarter = '2026Q4') => {
    const [branch] = await branchById(it.db, 'branch')
    const account = await accountOf(it.db, branch as NonNullable<typeof branch>, quarter, it.now())
    const { standards } = scoreOfAccount(account)
    return {
      duty: account.duties.find(({ part }) => part === '14.review'),
      percents: Object.fromEntries(standards.map(({ standard, percentTenths }) => [standard, percentTenths])),
    }
  }
  async function finished() {
    const it = await anEvaluatingBranch()
    await it.store.client.execute("update branches set since = '2026-01-01'")
    await it.begins('2026')
    await written(it)
    await it.vote({ 李华: {}, 王芳: {}, 张伟: {}, 赵敏: {} })
    await gradedAndTold(it)
    await it.clock('2026-12-10', '00:11')
    return it
  }

  test('not before the close, and on the day the last was told', async () => {
    const it = await anEvaluatingBranch()
    await it.store.client.execute("update branches set since = '2026-01-01'")
    await it.begins('2026')
    await written(it)
    await it.vote({ 李华: {}, 王芳: {}, 张伟: {} })
    await gradedAndTold(it)
    expect((await duty(it)).duty).toMatchObject({ state: 'upcoming', basis: 'attested' })
    await it.clock('2026-12-10', '00:11')
    expect((await duty(it)).duty).toMatchObject({ state: 'met', evidence: { at: moment('2026-12-01', '09:00') } })
    const { text } = await it.shown('standard', { branch: 'branch', quarter: '2026Q4', standard: 14 })
    expect(text).toContain('12月1日（周二）办结')
    const { attestations } = await it.store.client.execute('select * from attestations').then(({ rows }) => ({ attestations: rows }))
    expect(attestations).toEqual([])
  })

  test('the tally equals the facts, and lost evidence moves its standard alone', async () => {
    const it = await finished()
    expect((await miscredited(it.db, 'branch'))[0]?.rows).toBe(0)
    const before = await duty(it)
    expect(before.percents[14]).toBe(1000)
    await it.store.client.execute('update evaluations set closed_at = null')
    expect((await miscredited(it.db, 'branch'))[0]?.rows).toBe(1)
    await together(it.db, recountCredits(it.db, 'branch'))
    const after = await duty(it)
    expect(after.duty?.state).not.toBe('met')
    const changed = Object.keys(before.percents).filter(
      (standard) => before.percents[Number(standard)] !== after.percents[Number(standard)],
    )
    expect(changed).toEqual(['14'])
    await it.store.client.execute('update evaluations set closed_at = 1')
    await together(it.db, recountCredits(it.db, 'branch'))
    expect((await duty(it)).percents).toEqual(before.percents)
  })

  test('a half-year proves nothing of the year, which can be attested', async () => {
    const it = await halfYear()
    await it.store.client.execute("update branches set since = '2026-01-01'")
    await gradedAndTold(it)
    await it.clock('2026-12-10', '00:11')
    expect((await it.found()).closedAt).not.toBeNull()
    expect((await duty(it)).duty?.state).toBe('upcoming')
    expect((await miscredited(it.db, 'branch'))[0]?.rows).toBe(0)
    await it.store.client.execute(`insert into attestations (id, branch, part, subject, period, on_day, reference, "by", at, confirmed_at)
      values ('a', 'branch', '14.review', '', '2026', '2026-12-05', '档案', 'm_李华', 0, 1)`)
    expect((await duty(it)).duty).toMatchObject({ state: 'met', attested: { on: '2026-12-05', isConfirmed: true } })
  })

  test('nobody is alerted of it any more', async () => {
    const it = await finished()
    it.at('2026-12-30', '09:00')
    const alarms = await alarmsFor(it.db, openId('李华'), it.now())
    expect(alarms.map(({ duty: { part } }) => part)).not.toContain('14.review')
  })
})

describe('who is evaluated is settled when it opens', () => {
  test('whoever joins or becomes full later votes, but is not graded', async () => {
    const it = await anEvaluatingBranch()
    await it.begins('2026')
    await it.store.client.executeMultiple(`update members set stage = 'full' where id = 'm_钱进';
      insert into members (id, unit, branch, open_id, name, stage, joined_on, added_at)
        values ('m_新来', 'unit', 'branch', '${openId('新来')}', '新来', 'full', '2026-12-01', 99);`)
    expect((await it.found()).people.map(({ name }) => name)).toEqual(everybody)
    await written(it)
    await it.vote({ 钱进: {}, 新来: {}, 李华: {} })
    expect((await it.found()).ballot).toMatchObject({ electors: 8, voted: 3 })
    expect((await it.writes('钱进')).toast.zh).toContain('不在这次评议的名单上')
    await gradedAndTold(it)
    expect(await it.sentTo('ownGrade')).not.toContain('钱进')
  })

  test('whoever leaves is not awaited, graded or told', async () => {
    const it = await anEvaluatingBranch()
    await it.begins('2026')
    for (const name of everybody.filter((one) => one !== '周杰')) await it.writes(name)
    await it.says('赵敏', 'g1')
    await it.store.client.execute("update members set left_on = '2026-12-01' where id = 'm_周杰'")
    expect((await it.says('孙丽', 'g2', { basic: ['周杰'] })).mood).toBe('success')
    expect(await it.card()).toContain('✓ 1. **自评**　5 / 5 人')
    await it.vote({ 李华: {}, 王芳: {}, 张伟: {} })
    expect((await it.found()).ballot?.question.subjects.map(({ name }) => name)).not.toContain('周杰')
    expect((await it.grades('李华', { excellent: ['王芳', '赵敏'] })).toast.zh).toContain('最多 1 人')
    await gradedAndTold(it)
    expect(await it.sentTo('ownGrade')).not.toContain('周杰')
    await it.clock('2026-12-10', '00:11')
    expect((await it.found()).closedAt).not.toBeNull()
  })

  test('whoever leaves after the vote opened stays on the ballot, ungraded', async () => {
    const it = await anEvaluatingBranch()
    await it.begins('2026')
    await written(it)
    const ballot = await it.vote({ 李华: {}, 王芳: {}, 张伟: {} })
    await it.store.client.execute("update members set branch = null where id = 'm_周杰'")
    expect((await it.it(ballot)).question.subjects).toHaveLength(6)
    await gradedAndTold(it)
    expect((await it.found()).people.find(({ name }) => name === '周杰')?.grade).toBeNull()
  })

  test('of a group that is dissolved midway the secretary enters the view', async () => {
    const it = await anEvaluatingBranch()
    await it.begins('2026H2')
    for (const name of everybody) await it.writes(name)
    await it.says('赵敏', 'g1')
    await it.store.client.executeMultiple(`update members set group_id = 'g1' where group_id = 'g2';
      update groups set ended_on = '2026-12-01' where id = 'g2'; update seats set until_at = 1 where id = 'lead2';`)
    expect((await it.says('孙丽', 'g2')).mood).toBe('warning')
    await it.ask('李华', 'steps.groupViews')
    const card = await it.got('李华', 'groupView')
    expect(card.args.group).toBe('g2')
    expect(card.text).toContain('第二党小组')
    expect((await it.says('李华', 'g2', { excellent: ['孙丽'] }, { 孙丽: '踏实' })).mood).toBe('success')
    expect(await it.card()).toContain('✓ 2. **小组意见**　2 / 2 组')
  })

  test('in a branch without groups the secretary enters what the meeting said', async () => {
    const it = await anEvaluatingBranch({ groups: false })
    await it.begins('2026H2')
    expect(await it.sentTo('groupView')).toEqual(['李华'])
    expect((await it.got('李华', 'groupView')).text).toContain('未编入党小组的党员')
    for (const name of everybody) await it.writes(name)
    expect((await it.says('王芳', null)).mood).toBe('warning')
    expect((await it.says('李华', null, { excellent: ['王芳'] }, { 王芳: '好' })).mood).toBe('success')
    expect(await it.card()).toContain('✓ 2. **小组意见**　1 / 1 组')
    expect((await it.found()).people.find(({ name }) => name === '李华')?.view).toEqual({ grade: 'qualified', words: '' })
  })

  test('a single member is graded by the assessor, without a vote', async () => {
    const it = await anEvaluatingBranch({ people: alone, groups: false })
    await it.begins('2026')
    await it.writes('李华')
    expect((await it.got('李华', 'groupView')).text).toContain('这里只有你自己')
    expect((await it.says('李华', null)).mood).toBe('success')
    expect(await it.card()).toContain('✓ 3. **党员测评**　不足 3 人，不投票')
    expect((await it.ask('李华', 'evaluationVote.submit', { closes: '2026-12-31 17:00 +0800' })).toast.zh).toContain('不用投票')
    expect((await it.ask('李华', 'steps.grade')).toast.zh).toContain('已请其他人评定')
    expect(await it.sentTo('grading')).toEqual(['上级'])
    expect((await it.grades('李华')).mood).toBe('warning')
    expect((await it.grades('上级')).mood).toBe('success')
    expect((await it.ask('李华', 'evaluation.tell')).mood).toBe('success')
    await it.clock('2026-12-10', '00:11')
    expect((await it.found()).closedAt).not.toBeNull()
  })

  test('where nobody could decide on the secretary, it is said at once', async () => {
    const it = await anEvaluatingBranch({ people: [{ name: '李华', role: 'secretary' }, { name: '王芳' }], groups: false })
    await it.begins('2026H2')
    await it.writes('李华')
    await it.writes('王芳')
    await it.says('李华', null)
    const answer = await it.grades('李华')
    expect([answer.mood, answer.toast.zh]).toEqual(['warning', expect.stringContaining('现在一个也没有，请先任命')])
    expect((await it.ask('李华', 'evaluation.tell')).mood).toBe('warning')
  })
})

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

test('who sets the last grade hears whose, without repeating reasons', async () => {
  const it = await halfYear()
  await it.grades('李华', { excellent: ['王芳'] }, { 王芳: '带头攻关' })
  const { text } = await it.got('张伟', 'grading')
  expect(text).toContain('**请评定：李华**')
  expect((await it.grades('张伟', { excellent: ['王芳'] })).mood).toBe('success')
  expect((await it.found()).people.find(({ name }) => name === '王芳')?.grade).toMatchObject({ by: 'm_李华', reason: '带头攻关' })
})

test('the committee alone reads what was written, card by card', async () => {
  const it = await halfYear()
  await it.ask('王芳', 'evaluationReading.next', undefined, { from: 0 })
  const { text, args } = await it.got('王芳', 'evaluationReading')
  for (const name of everybody) expect(text).toContain(`自评：合格。${name}的自评`)
  expect((await it.shown('evaluationReading', { ...args, viewer: 'm_赵敏' })).card).toBeNull()
  expect((await it.ask('赵敏', 'evaluationReading.next', undefined, { from: 0 })).mood).toBe('warning')
})
