import { describe, expect, test } from 'vitest'
import { findColumns } from '../../src/rules/roster/roster-columns.ts'
import { seatsIn } from '../../src/rules/roster/seat-words.ts'
import { stagesIn, stagesInTitle } from '../../src/rules/roster/stage-words.ts'

/** The field under which a column is read that stands beside the names, or none. */
function fieldOf(heading: string, cells: readonly string[] = []): string | undefined {
  const rows = [['姓名', heading], ...(cells.length > 0 ? cells : ['']).map((cell, i) => [`王${'一二三四五'[i]}`, cell])]
  const found = findColumns(rows.map((row, i) => ({ at: i + 1, cells: row })))
  const read = found && [...found.columns.stages, ...Object.values(found.columns.at)].find(({ column }) => column === 1)
  return read?.field
}

const headings: Record<string, string> = {
  appliedOn: `申请入党时间 申请入党日期 入党申请时间 入党申请日期 入党申请书递交时间 递交入党申请书时间 递交入党申请书日期 提交入党申请书时间 递交申请书时间
    提出入党申请时间 申请时间 申请日期 首次递交入党申请书时间 成为入党申请人时间 列为入党申请人时间 确定为入党申请人日期 递交入党申请时间 申请书提交日期`,
  activistOn: `确定为入党积极分子时间 确定为积极分子时间 列为入党积极分子时间 列为积极分子日期 成为入党积极分子时间 入党积极分子时间 积极分子时间 积极分子确定时间
    被确定为入党积极分子时间 确定入党积极分子日期 推荐为入党积极分子时间 确定为入党积极分子的时间 入党积极分子确定日期 经支部大会确定为入党积极分子时间 确立为入党积极分子时间 列入入党积极分子时间 支委会研究确定为入党积极分子时间`,
  prospectOn: `确定为发展对象时间 确定发展对象时间 列为发展对象时间 列为发展对象日期 成为发展对象时间 发展对象时间 发展对象确定时间 被确定为发展对象的时间 确定为党员发展对象时间
    支委会确定为发展对象时间 列入发展对象时间 确定为重点发展对象时间`,
  probationerOn: `成为预备党员时间 成为预备党员日期 接收为预备党员时间 接收预备党员时间 确定为预备党员时间 批准为预备党员时间 列为预备党员时间 吸收为预备党员日期 转为预备党员时间
    预备党员时间 支部大会通过为预备党员时间 入党时间 入党日期 入党年月 入党年月日 何时入党 加入党组织时间 加入党组织日期 加入中国共产党时间 加入中共时间 参加党组织时间
    入党时间（年/月/日） *入党时间 5.入党时间 入党时间(YYYY-MM-DD) 入党时间Date DateofJoining joined 预备党员接收时间 支部大会讨论通过预备党员时间 何年何月入党 党员入党时间`,
  fullOn: `转为正式党员时间 转为正式党员日期 转正时间 转正日期 转正年月 成为正式党员时间 预备党员转正时间 转正式党员时间 正式党员时间 按期转正时间 党员转正时间 批准转正时间
    何时转正 批准为正式党员时间 支部大会讨论转正时间 converted`,
  group: '所在小组 所属小组 所在党小组 所属党小组 党小组 党小组名称 小组 组别 分组 所属党小组名称 现所在党小组 所在的党小组 PartyGroup',
  seats: `党支部职务 支部职务 党内职务 党内任职 支部任职 支委职务 支委分工 党内分工 党组织职务 党务职务 担任党内职务 现任党内职务 党内职务名称 党支部任职情况 支部内职务 支委会职务
    PartyPosition`,
  stage:
    '发展阶段 阶段 所处阶段 目前所处阶段 当前阶段 政治面貌 政治面貌* 现政治面貌 是否预备党员 是否正式党员 是否转正 是否为预备党员 是否党员 党员发展阶段 Stage',
  away: '是否在岗 在岗情况 在位情况 是否外出 是否流动党员 流动党员 外出情况 是否为流动党员',
}
const flat = (said: string) => said.split(/\s+/)
const cases = Object.entries(headings).flatMap(([field, said]) => flat(said).map((heading) => [heading, field] as const))

test('at least 120 usual headings are tried', () => {
  expect(new Set(cases.map(([heading]) => heading)).size).toBeGreaterThanOrEqual(120)
})
test.each(cases)('the heading %s is read as %s', (heading, field) => {
  expect(fieldOf(heading)).toBe(field)
})

describe('headings with more than one meaning', () => {
  test.each([
    ['人员类别', ['正式党员', '预备党员'], 'stage'],
    ['党员类别', ['正式', '预备'], 'stage'],
    ['党员身份', ['正式党员', ''], 'stage'],
    ['身份', ['发展对象', '积极分子'], 'stage'],
    ['党员状态', ['正式', '预备'], 'stage'],
    ['正式/预备', ['正式', '预备'], 'stage'],
    ['人员类别', ['在编', '合同制'], undefined],
    ['类别', ['本科生', '研究生'], undefined],
    ['身份', ['干部', '工人'], undefined],
    ['职务', ['书记', '科长'], 'seats'],
    ['职务', ['科长', '处长'], undefined],
    ['人员状态', ['在岗', '外出'], 'away'],
    ['人员状态', ['一级', '二级'], undefined],
  ])('%s over %j is read as %s', (heading, cells, field) => {
    expect(fieldOf(heading, cells)).toBe(field)
  })

  test.each(
    `序号 性别 民族 出生年月 身份证号 手机号码 联系电话 学历 工作单位及职务 行政职务 职称 入党介绍人 培养联系人 介绍人姓名 预计转正时间 应转正时间 转正到期时间 入党志愿书填写时间 党龄 参加工作时间
    入职时间 家庭成员政治面貌 配偶政治面貌 入党时所在支部 入党时间（转正） 正式入党时间 推优时间 申请转正时间 积极分子培训时间 职务（行政） 党费 备案文号 团内职务 社会职务 党校结业时间 考察结束时间`.split(
      /\s+/,
    ),
  )('%s is not read', (heading) => {
    expect(fieldOf(heading)).toBeUndefined()
  })
})

test.each([
  ['正式党员', ['full']],
  ['中共正式党员', ['full']],
  ['中国共产党正式党员', ['full']],
  ['党员（正式）', ['full']],
  ['正式党员（正常）', ['full']],
  ['正式', ['full']],
  ['预备党员', ['probationer']],
  ['中共预备党员', ['probationer']],
  ['中国共产党预备党员', ['probationer']],
  ['党员（预备）', ['probationer']],
  ['中共党员(预备)', ['probationer']],
  ['中共党员（预备期）', ['probationer']],
  ['02-中共预备党员', ['probationer']],
  ['预备', ['probationer']],
  ['预备党员（延长预备期）', ['probationer']],
  ['党员', ['full', 'probationer']],
  ['中共党员', ['full', 'probationer']],
  ['中国共产党党员', ['full', 'probationer']],
  ['学生党员', ['full', 'probationer']],
  ['发展对象', ['prospect']],
  ['积极分子', ['activist']],
  ['入党积极分子', ['activist']],
  ['入党申请人', ['applicant']],
  ['团员', ['prospect', 'activist', 'applicant']],
  ['共青团员', ['prospect', 'activist', 'applicant']],
  ['中国共产主义青年团团员', ['prospect', 'activist', 'applicant']],
  ['共青团员（入党积极分子）', ['activist']],
  ['群众', ['prospect', 'activist', 'applicant']],
  ['民盟盟员', ['prospect', 'activist', 'applicant']],
  ['非党员', ['prospect', 'activist', 'applicant']],
  ['Probationary member', ['probationer']],
  ['full member', ['full']],
  ['科长', null],
  ['拟发展对象', null],
  ['预备党员（正式）', null],
])('the words %s leave possible: %j', (said, stages) => {
  expect(stagesIn(said)).toEqual(stages)
})

test.each([
  ['书记', ['secretary'], []],
  ['党支部书记', ['secretary'], []],
  ['支部副书记、纪检委员', ['deputy', 'discipline'], []],
  ['支部副书记兼组织委员', ['deputy', 'organisation'], []],
  ['组织、宣传委员', ['organisation', 'publicity'], []],
  ['青年委员', ['committeeMember'], []],
  ['统战委员', ['committeeMember'], []],
  ['学习委员', ['committeeMember'], []],
  ['保密委员', ['committeeMember'], []],
  ['青年工作委员', ['committeeMember'], []],
  ['支委', ['committeeMember'], []],
  ['支部委员', ['committeeMember'], []],
  ['第二党小组组长', ['leader'], []],
  ['党小组长', ['leader'], []],
  ['科长', [], ['科长']],
  ['教授、系主任', [], ['教授', '系主任']],
  ['党委书记', [], ['党委书记']],
  ['学院党委委员', [], ['学院党委委员']],
  ['团支部书记', [], ['团支部书记']],
  ['班长', [], ['班长']],
  ['党总支委员', [], ['党总支委员']],
  ['书记兼院长', ['secretary'], ['院长']],
  ['普通党员', [], []],
  ['无', [], []],
])('the seat %s is read as %j', (said, roles, others) => {
  expect(seatsIn(said)).toMatchObject({ roles, others })
})

test.each([
  ['教工第一支部预备党员花名册', ['probationer']],
  ['2026年入党积极分子名单', ['activist']],
  ['发展对象一览表', ['prospect']],
  ['教工第一支部党员花名册', undefined],
  ['党员（含预备党员）花名册', null],
  ['正式党员和预备党员名册', null],
  ['预备党员转正公示名单', null],
  ['拟发展对象名单', null],
])('the title %s speaks of %j', (title, stages) => {
  expect(stagesInTitle(title)).toEqual(stages)
})
