import { describe, expect, test } from 'vitest'
import type { BallotAsItStands } from '../../db/ballots/state.ts'
import { receiptsOf } from '../../db/ballots/voter-cards.ts'
import { branchById } from '../../db/branches/units.ts'
import { together } from '../../db/client.ts'
import { accountOf } from '../../db/duties/account.ts'
import { alarmsFor } from '../../db/duties/alerts.ts'
import { scoreOfAccount } from '../../db/duties/score.ts'
import { miscredited, recountCredits } from '../../db/ledgers/credits.ts'
import { moment } from '../../src/calendar.ts'
import { exportOf } from '../../src/words/ballot-export.ts'
import { openId } from '../harness/branch.ts'
import { alone, anEvaluatingBranch, type EvaluatingBranch, everybody, gradedAndTold, halfYear, written } from '../harness/evaluation.ts'

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
  const { ballot } = await it.found()
  const fingerprint = exportOf(ballot as BallotAsItStands, await receiptsOf(it.db, ballot?.id ?? ''))?.fingerprint ?? 'none'
  const voter = { subject: 's', ballot: ballot?.id ?? '', member: 'm_孙丽' }
  expect((await it.shown('ballot', voter)).text).toContain(`核对指纹 ${fingerprint}`)

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
  expect(own.text).toContain(`核对指纹 ${fingerprint}`)
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
