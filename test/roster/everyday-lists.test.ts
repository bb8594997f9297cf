import { expect, test } from 'vitest'
import { stageNames } from '../../src/rules/roster/names.ts'
import { listIn } from '../../src/rules/roster/roster-list.ts'
import { sheetsOf } from '../../src/spreadsheet/read.ts'
import { plainly, type Text } from '../../src/text.ts'
import { archive, type WrittenSheet, workbook } from '../harness/archive.ts'

const TODAY = '2026-11-23'
const said = (text: Text) => plainly(text).zh

/** The first list of a file, a line a person. A row that is asked about shows why. */
async function linesOf(bytes: Uint8Array, fileName = ''): Promise<string[]> {
  for await (const sheet of sheetsOf(bytes, 10_000)) {
    const list = listIn(sheet, TODAY, fileName)
    if (!list) continue
    return list.rows.flatMap(list.read).flatMap((one) => {
      if (!one) return []
      if ('wrong' in one) return `? ${one.wrong.name} ${said(one.wrong.why)}`
      const { name, stage, among, ask, seats = [], group = '', isAway, ...rest } = one.person
      if (ask) return `? ${name} ${said(ask)}`
      const dates = (['appliedOn', 'activistOn', 'prospectOn', 'probationerOn', 'fullOn'] as const).flatMap((field) => rest[field] ?? [])
      const words = [name, stageNames[stage ?? among?.[0] ?? 'full'].zh, seats.join('+'), group, ...dates, isAway ? '外出' : '']
      return words.filter((word) => word !== '').join(' ')
    })
  }
  return ['no list']
}
const csv = (...rows: string[]) =>
  rows
    .map((row) =>
      row
        .split(/ +/)
        .map((one) => (one === '_' ? '' : one))
        .join(','),
    )
    .join('\r\n')
const utf16 = (text: string, isBig: boolean) => {
  const little = Buffer.from(text, 'utf16le')
  return new Uint8Array(isBig ? little.swap16() : little)
}
/** A few characters of GB 18030, as Excel in China saves CSV. */
const gbk = (text: string): Uint8Array => {
  const codes = new Map<string, number[]>()
  for (let high = 0xb0; high <= 0xf7; high++)
    for (let low = 0xa1; low <= 0xfe; low++) {
      const character = new TextDecoder('gb18030').decode(new Uint8Array([high, low]))
      if (!codes.has(character)) codes.set(character, [high, low])
    }
  return new Uint8Array([...text].flatMap((one) => codes.get(one) ?? [one.charCodeAt(0)]))
}
const one = (rows: WrittenSheet['rows'], merges?: readonly string[]) => workbook([{ rows, merges }])

const rosters: Record<string, [file: Uint8Array, expected: readonly string[], fileName?: string]> = {
  'a university’s register of members with a title and a signature': [
    one(
      [
        ['计算机学院教工第一党支部党员花名册'],
        ['填报单位：计算机学院', null, null, null, null, '填报时间：2026年11月', null],
        '序号 姓名 性别 民族 人员类别 政治面貌 党支部职务 所在小组 入党时间 转正时间 联系电话 备注',
        '1 李华 男 汉族 正式党员 中共党员 书记 第一党小组 2001.07.01 2002.07.01 13800000000 _',
        '2 王芳（女） 女 回族 正式党员 中共党员 组织委员 第一党小组 2010.06.30 2011.06.30 13900000000 _',
        '3 赵敏 女 汉族 预备党员 中共党员 无 第二党小组 2026.05.04 _ 13700000000 _',
        '合计 3人',
        ['填表人：李华', null, null, '审核人：王刚', null, null, '日期：2026年11月20日'],
      ],
      ['A1:L1'],
    ),
    [
      '李华 正式党员 secretary 第一党小组 2001-07-01 2002-07-01',
      '王芳 正式党员 organisation 第一党小组 2010-06-30 2011-06-30',
      '赵敏 预备党员 第二党小组 2026-05-04',
    ],
  ],
  'political status alone, with dates that tell the probationers': [
    one([
      '姓名 政治面貌 入党时间 转正时间',
      '李华 中共党员 2001-07-01 2002-07-01',
      '赵敏 中共党员 2026-05-04 _',
      '钱进 中共预备党员 2026-03-01 _',
      '周同 中共党员 2025-09-01 _',
    ]),
    [
      '李华 正式党员 2001-07-01 2002-07-01',
      '赵敏 预备党员 2026-05-04',
      '钱进 预备党员 2026-03-01',
      '? 周同 2025-09-01 入党，没有转正日期：请写明正式党员还是预备党员',
    ],
  ],
  'a list of the steps of admission': [
    one([
      ['发展党员全程纪实台账'],
      '序号 姓名 递交入党申请书时间 确定为入党积极分子时间 确定为发展对象时间 成为预备党员时间 转为正式党员时间',
      '1 李华 2019.3 2019.10.12 2020.5.6 2020.6.20 2021.6.20',
      '2 王芳 2022-03-01 2023-03-08 2024-05-06 2026-06-18 _',
      '3 赵敏 2024年3月1日 2025年3月8日 2026年5月6日 _ _',
      '4 钱进 2025/3/1 2026/3/8 _ _ _',
      '5 孙丽 2026/9/1 _ _ _ _',
    ]),
    [
      '李华 正式党员 2019-03-01 2019-10-12 2020-05-06 2020-06-20 2021-06-20',
      '王芳 预备党员 2022-03-01 2023-03-08 2024-05-06 2026-06-18',
      '赵敏 发展对象 2024-03-01 2025-03-08 2026-05-06',
      '钱进 积极分子 2025-03-01 2026-03-08',
      '孙丽 申请人 2026-09-01',
    ],
  ],
  'League members and the masses with a column of development': [
    one([
      '姓名 政治面貌 发展阶段',
      '李华 共青团员 入党积极分子',
      '王芳 团员 发展对象',
      '赵敏 群众 入党申请人',
      '钱进 中国共产党预备党员 预备党员',
      '孙丽 共青团员 _',
    ]),
    [
      '李华 积极分子',
      '王芳 发展对象',
      '赵敏 申请人',
      '钱进 预备党员',
      '? 孙丽 阶段「共青团员」不认识，可写：正式党员、预备党员、发展对象、积极分子、申请人',
    ],
  ],
  'League members with a date as activist': [
    one(['姓名 政治面貌 确定为积极分子时间', '李华 共青团员 2026.3.1', '王芳 群众 2026.3.1']),
    ['李华 积极分子 2026-03-01', '王芳 积极分子 2026-03-01'],
  ],
  'words and dates that contradict each other': [
    one([
      '姓名 人员类别 政治面貌 入党时间 转正时间',
      '李华 正式党员 中共预备党员 2001-07-01 2002-07-01',
      '王芳 预备党员 中共党员 2020-07-01 2021-07-01',
      '赵敏 正式党员 中共党员 2026-07-01 _',
      '钱进 积极分子 共青团员 2026-07-01 _',
      '孙丽 正式党员 群众 _ _',
    ]),
    [
      '? 李华 「正式党员」与「中共预备党员」对不上，请改好',
      '? 王芳 「预备党员」与「转正日期 2021-07-01」对不上，请改好',
      '? 赵敏 「正式党员」与「入党日期 2026-07-01」对不上，请改好',
      '? 钱进 「积极分子」与「入党日期 2026-07-01」对不上，请改好',
      '? 孙丽 「正式党员」与「群众」对不上，请改好',
    ],
  ],
  'a company’s list with jobs and its own kinds of staff': [
    one([
      '工号 姓名 部门 人员类别 职务 政治面貌 入职时间 转正时间',
      'A01 李华 财务部 在编 科长 中共党员 2015-07-01 2015-10-01',
      'A02 王芳 法务部 合同制 主管 中共预备党员 2020-07-01 2020-10-01',
    ]),
    ['李华 正式党员', '王芳 预备党员'],
  ],
  'jobs and seats in one column': [
    one([
      '姓名 职务 党小组',
      '李华 党支部书记、院长 一组',
      '王芳 教研室主任 一组',
      '赵敏 第二党小组组长 _',
      '钱进 青年委员 一组',
      '孙丽 学院党委委员 二组',
    ]),
    [
      '李华 正式党员 secretary 一组',
      '王芳 正式党员 一组',
      '赵敏 正式党员 leader 第二党小组',
      '钱进 正式党员 committeeMember 一组',
      '孙丽 正式党员 二组',
    ],
  ],
  'a column of seats in the Party beside one of jobs': [
    one(['姓名 职务 党内职务', '李华 书记 组织委员', '王芳 副处长 _', '赵敏 主任 党支部书记']),
    ['李华 正式党员 organisation', '王芳 正式党员', '赵敏 正式党员 secretary'],
  ],
  'a heading of two lines with merged cells': [
    one(
      [
        ['支部党员名册'],
        ['姓名', '党内职务', '发展情况', null, null, '入党介绍人', null],
        [null, null, '积极分子', '入党', '转正', '姓名', '职务'],
        ['李华', '书记', '2019.3.1', '2020.6.20', '2021.6.20', '王刚', '书记'],
        ['王芳', null, '2025.3.1', '2026.6.20', null, '王刚', '书记'],
      ],
      ['A2:A3', 'B2:B3', 'C2:E2', 'F2:G2'],
    ),
    ['李华 正式党员 secretary 2019-03-01 2020-06-20 2021-06-20', '王芳 预备党员 2025-03-01 2026-06-20'],
  ],
  'groups in merged cells at the left': [
    one(['党小组 姓名 人员类别', '第一党小组 李华 正式党员', '_ 王芳 预备党员', '第二党小组 赵敏 正式党员'], ['A2:A3']),
    ['李华 正式党员 第一党小组', '王芳 预备党员 第一党小组', '赵敏 正式党员 第二党小组'],
  ],
  'lines between people that name their stage': [
    one(
      [
        ['教工党支部名册'],
        '序号 姓名 性别',
        ['一、正式党员（2人）'],
        '1 李华 男',
        '2 王芳 女',
        ['二、预备党员（1人）'],
        '1 赵敏 女',
        ['三、入党积极分子（1人）'],
        '1 钱进 男',
      ],
      ['A1:C1', 'A3:C3', 'A6:C6', 'A8:C8'],
    ),
    ['李华 正式党员', '王芳 正式党员', '赵敏 预备党员', '钱进 积极分子'],
  ],
  'lines between people that name their group': [
    one([
      ['姓名', '人员类别'],
      ['第一党小组（2人）', null],
      '李华 正式党员',
      '王芳 预备党员',
      ['第二党小组（1人）', null],
      '赵敏 正式党员',
    ]),
    ['李华 正式党员 第一党小组', '王芳 预备党员 第一党小组', '赵敏 正式党员 第二党小组'],
  ],
  'a title that names the stage of all': [one([['2026年预备党员花名册'], '序号 姓名 性别', '1 李华 男']), ['李华 预备党员']],
  'a title that leaves the stage open': [
    one([['党员（含预备党员）名册'], '序号 姓名 性别', '1 李华 男']),
    ['? 李华 标题「党员（含预备党员）名册」没说清这个人的阶段，请加一列「阶段」'],
  ],
  'a tab that names the stage of all': [workbook([{ name: '入党积极分子', rows: ['姓名 性别', '李华 男'] }]), ['李华 积极分子']],
  'a file’s name that names the stage of all': [one(['姓名 性别', '李华 男']), ['李华 发展对象'], '2026发展对象名单.xlsx'],
  'a remark that makes somebody a probationer, or says who left': [
    one(['姓名 入党时间 备注', '李华 2001-07-01 _', '王芳 2024-01-01 预备党员', '赵敏 2010-07-01 已转出', '钱进 2010-07-01 2015年调入']),
    ['李华 正式党员 2001-07-01', '王芳 预备党员 2024-01-01', '? 赵敏 写着「已转出」，不再加入名单', '钱进 正式党员 2010-07-01'],
  ],
  'words in brackets behind names': [
    one(['姓名', '王芳（女）', '李华（预备）', '赵敏（女，回族）', '4.钱进', '孙丽（流动党员）', '周同（已去世）']),
    ['王芳 正式党员', '李华 预备党员', '赵敏 正式党员', '钱进 正式党员', '孙丽 正式党员 外出', '? 周同(已去世) 不像姓名'],
  ],
  'three parts side by side': [
    one(['姓名 类别 姓名 类别 姓名 类别', '李华 正式党员 王芳 预备党员 赵敏 积极分子']),
    ['李华 正式党员', '王芳 预备党员', '赵敏 积极分子'],
  ],
  'words in the column of conversion': [
    one(['姓名 政治面貌 入党时间 转正时间', '李华 中共党员 2025-09-01 尚未转正', '王芳 中共党员 2026-05-04 预备期']),
    ['李华 预备党员 2025-09-01', '王芳 预备党员 2026-05-04'],
  ],
  'a foreman among jobs': [one(['姓名 职务', '李华 组长', '王芳 党支部书记']), ['李华 正式党员', '王芳 正式党员 secretary']],
  'groups by number': [
    one(['姓名 第几党小组', ['李华', 1], '王芳 二', '赵敏 三组']),
    ['李华 正式党员 第一党小组', '王芳 正式党员 第二党小组', '赵敏 正式党员 三组'],
  ],
  'headings of two lines, the upper one above the names': [
    one(
      [
        ['党员信息统计表'],
        '基本情况 基本情况 入党情况 入党情况 家庭成员 家庭成员',
        '姓名 性别 时间 转正时间 姓名 政治面貌',
        '李华 男 2001-07-01 2002-07-01 王刚 群众',
      ],
      ['A1:F1'],
    ),
    ['李华 正式党员 2002-07-01'],
  ],
  'ticks under each stage': [
    one(['姓名 正式党员 预备党员 发展对象 积极分子', '李华 √ _ _ _', '王芳 _ √ _ _', '赵敏 _ _ √ _', '钱进 _ _ _ √']),
    ['李华 正式党员', '王芳 预备党员', '赵敏 发展对象', '钱进 积极分子'],
  ],
  'yes and no under “probationer”': [one(['姓名 是否预备党员', '李华 否', '王芳 是']), ['李华 正式党员', '王芳 预备党员']],
  'two halves side by side': [
    one(['序号 姓名 人员类别 序号 姓名 人员类别', '1 李华 正式党员 3 赵敏 预备党员', '2 王芳 正式党员 4 钱进 积极分子']),
    ['李华 正式党员', '赵敏 预备党员', '王芳 正式党员', '钱进 积极分子'],
  ],
  'two lists below each other with columns of their own': [
    one([
      ['正式党员名单'],
      '序号 姓名 入党时间 转正时间',
      '1 李华 2001-07-01 2002-07-01',
      '',
      ['预备党员名单'],
      '姓名 入党时间',
      '王芳 2026-05-04',
    ]),
    ['李华 正式党员 2001-07-01 2002-07-01', '王芳 预备党员 2026-05-04'],
  ],
  'pages with a repeated heading and subtotals': [
    one(['姓名 党员类别', '李华 正式党员', '小计 1人', '姓名 党员类别', '王芳 预备党员', ['总计：2人', null]]),
    ['李华 正式党员', '王芳 预备党员'],
  ],
  'one person’s form': [
    one(
      [
        ['党员信息采集表', null, null, null, null, null],
        '姓名 王芳 性别 女 民族 汉族',
        ['出生年月', '1985.03', '籍贯', '北京', '学历', '硕士'],
        ['党员类别', '预备党员', '入党时间', '2026.05.04', '转正时间', null],
        ['所在党支部', '教工第一支部', '党小组', '第一党小组', '党内职务', '无'],
        ['家庭成员', '称谓', '姓名', '政治面貌', '工作单位', null],
        [null, '配偶', '刘强', '中共党员', '某公司', null],
      ],
      ['A1:F1'],
    ),
    ['王芳 预备党员 第一党小组 2026-05-04'],
  ],
  'one person’s form with merged cells and a photo': [
    one(
      [
        ['入党积极分子基本信息表'],
        ['姓 名', null, '钱进', null, '性 别', '男', '照片'],
        ['政治面貌', null, '共青团员', null, '确定为积极分子时间', '2026年3月1日', null],
      ],
      ['A1:G1', 'A2:B2', 'C2:D2', 'A3:B3', 'C3:D3', 'G2:G3'],
    ),
    ['钱进 积极分子 2026-03-01'],
  ],
  'an empty form': [one([['党员信息采集表'], '姓名 _ 性别 _', '民族 _ 籍贯 _', '入党时间 _ 转正时间 _']), []],
  'a list that lies on its side': [
    one(['姓名 李华 王芳', '人员类别 正式党员 预备党员', '入党时间 2001-07-01 2026-05-04']),
    ['李华 正式党员 2001-07-01', '王芳 预备党员 2026-05-04'],
  ],
  'dates as people write them': [
    one([
      '姓名 入党时间',
      '李华 二〇〇一年七月一日',
      '王芳 98年7月1日',
      ['赵敏', 37073],
      ['钱进', 20010701],
      '孙丽 2001年7月',
      '周同 2001.07.01日',
    ]),
    [
      '李华 正式党员 2001-07-01',
      '王芳 正式党员 1998-07-01',
      '赵敏 正式党员 2001-07-01',
      '钱进 正式党员 2001-07-01',
      '孙丽 正式党员 2001-07-01',
      '周同 正式党员 2001-07-01',
    ],
  ],
  'dates that a spreadsheet mangled': [
    one([
      ['姓名', '入党时间'],
      ['李华', 2001.1],
      ['王芳', '1-Jul'],
      ['赵敏', '########'],
      ['钱进', '07/01/2001'],
      ['孙丽', 2001],
    ]),
    [
      '? 李华 入党日期「2001.1」可能是 1 月也可能是 10 月，请写成 2021-10-01',
      ...['王芳 入党日期「1-Jul」', '赵敏 入党日期「########」', '钱进 入党日期「07/01/2001」'].map(
        (words) => `? ${words}像被表格软件改过，年月日不全或先后不明，请写成 2021-07-01`,
      ),
      '? 孙丽 入党日期「2001」只有年份，请写成 2021-07-01',
    ],
  ],
  'UTF-16, little end first': [utf16(`\ufeff${csv('姓名 人员类别', '李华 预备党员')}`, false), ['李华 预备党员']],
  'UTF-16, big end first': [utf16(`\ufeff${csv('姓名 人员类别', '李华 预备党员')}`, true), ['李华 预备党员']],
  'UTF-16 without its mark': [utf16(csv('姓名 人员类别', '李华 预备党员'), false), ['李华 预备党员']],
  'UTF-16 without its mark, big end first': [utf16(csv('姓名 人员类别', '李华 预备党员'), true), ['李华 预备党员']],
  'GBK, as Excel in China saves CSV': [
    gbk(csv('党员花名册 _', '姓名 人员类别', '李华 预备党员', '王芳 正式党员')),
    ['李华 预备党员', '王芳 正式党员'],
  ],
  'headings in both languages': [
    one([
      ['姓名 Name', '政治面貌 Political status', '入党时间 Date of joining'],
      ['Li Hua', 'Full member', '1 July 2001'],
      ['Wang Fang', 'Probationary member', '2026-05-04'],
    ]),
    ['Li Hua 正式党员 2001-07-01', 'Wang Fang 预备党员 2026-05-04'],
  ],
  'a cover sheet before the list': [
    workbook([
      { name: '填表说明', rows: [['填表说明'], ['1. 请如实填写。']] },
      { name: '名册', rows: ['姓名 党员身份', '李华 党员（预备）'] },
    ]),
    ['李华 预备党员'],
  ],
  'a list with several columns of presence': [
    one(['姓名 是否流动党员 人员状态', '李华 否 在职', '王芳 是 借调']),
    ['李华 正式党员', '王芳 正式党员 外出'],
  ],
}

test('at least thirty everyday lists are tried', () => {
  expect(Object.keys(rosters).length).toBeGreaterThanOrEqual(30)
})
test.each(Object.keys(rosters))('%s: read, or asked about', async (what) => {
  const [file, expected, fileName] = rosters[what] as (typeof rosters)[string]
  expect(await linesOf(file, fileName)).toEqual(expected)
})

const ole = (stream: string) =>
  Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(504), Buffer.from(stream, 'utf16le')])
test.each([
  [
    '.ods',
    archive({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<a/>', 'META-INF/manifest.xml': '<a/>' }),
    '.ods',
  ],
  ['.et', ole('ETExtData'), '.et'],
  ['.xls', ole('Workbook'), '旧版 .xls'],
  ['.doc', ole('WordDocument'), '文字文档'],
  ['.numbers', archive({ 'Index/Document.iwa': 'x', 'Metadata/Properties.plist': 'x' }), '.numbers'],
  ['.docx', archive({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<a/>' }), '文字文档'],
  ['a photo', new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 0]), '图片'],
  ['a screenshot', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0]), '图片'],
  ['a PDF', new TextEncoder().encode('%PDF-1.7 x'), 'PDF'],
  ['an archive', archive({ '名册.xlsx': 'x' }), '压缩包'],
  ['a web page', new TextEncoder().encode('<html><table><tr><td>姓名'), '网页'],
])('%s in disguise is named, with .xlsx as the way out', async (_what, bytes, words) => {
  await expect(linesOf(new Uint8Array(bytes))).rejects.toThrow()
  const error = await linesOf(new Uint8Array(bytes)).catch((refusal) => refusal)
  expect(error.says.zh).toContain(words)
  expect(error.says.zh).toContain('.xlsx')
})
