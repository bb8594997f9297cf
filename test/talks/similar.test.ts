import { expect, test } from 'vitest'
import { likenessTo, namesIn } from '../../src/rules/talks/similar.ts'

const names = namesIn(['王芳', '张伟', '李华', '欧阳小明', 'Wang Fang', 'Zhang Wei'])
const alike = (a: string, b: string) => likenessTo(a, names)(b)

const opinion = '王芳同志思想上积极要求进步，10月20日主动汇报了思想，工作中肯吃苦，能团结同志，建议继续培养。'

test.each([
  ['the same', opinion, opinion],
  ['another name', opinion, opinion.replace('王芳', '欧阳小明')],
  ['another date', opinion, opinion.replace('10月20日', '十一月三日')],
  ['other punctuation', opinion, opinion.replaceAll('，', '；').replace('。', '!')],
  ['reordered', opinion, '王芳同志工作中肯吃苦，能团结同志，思想上积极要求进步，主动汇报了思想，建议继续培养。'],
  ['padded', opinion, `${opinion}本季度还参加了支部组织的两次志愿服务，到社区看望了困难群众，表现得很主动。`],
  ['cut short', opinion, '思想上积极要求进步，主动汇报了思想，工作中肯吃苦'],
  ['a word exchanged', opinion, opinion.replace('肯吃苦', '能吃苦')],
  ['in full width', '完成了３次志愿服务，态度认真，值得肯定', '完成了2次志愿服务，态度认真，值得肯定'],
  ['few words', '继续努力', '继续努力。'],
  [
    'in English',
    'Wang Fang works hard and helps others; she reported on 3 March.',
    'Zhang Wei works hard and helps others; she reported on 9 May.',
  ],
])('a copy is noticed: %s', (_, a, b) => {
  expect(alike(a, b)).toBe(true)
  expect(alike(b, a)).toBe(true)
})

test.each([
  [opinion, '张伟同志学习比较认真，但是平时和大家交流不多，参加活动不够主动，要多和联系人谈谈。'],
  ['继续努力', '表现很好，学习认真，希望继续努力，早日成熟起来'],
  ['', ''],
  ['王芳', '张伟'],
])('other words are not: %s', (a, b) => {
  expect(alike(a, b)).toBe(false)
})

const parts = [
  [
    '能按时交思想汇报',
    '学习理论很刻苦',
    '常去社区做志愿者',
    '对党的历史很有兴趣',
    '入党动机端正',
    '平时话不多但心里有数',
    '政治上要求进步',
    '思想比去年成熟',
    '会主动找联系人谈',
    '读书笔记写得细',
    '谈话时很坦诚',
    '理论学习还停在表面',
    '听得进批评',
  ],
  [
    '实验室里带两个新人',
    '负责的设备没出过故障',
    '论文投稿遇到困难',
    '值夜班从不推辞',
    '教学评价排在前面',
    '客户都愿意找他',
    '这学期担任班长',
    '项目进度有些拖',
    '把仓库账目理清了',
    '安全检查抓得紧',
    '工会活动出力不少',
    '刚调到新岗位',
    '技能比赛得了名次',
  ],
  [
    '和同事相处随和',
    '遇事容易急躁',
    '能帮老同志搬家取药',
    '邻居都夸她热心',
    '开会发言不多',
    '对年轻人有耐心',
    '群众反映总体不错',
    '有时不够细致',
    '说话直来直去',
    '答应的事都办到',
    '团队里威信渐高',
    '跟少数人有些隔阂',
    '很会照顾人',
  ],
  [
    '下一步请他讲一次党课',
    '建议多压担子',
    '要再观察一段时间',
    '可以参加下期培训班',
    '望在作风上下功夫',
    '请支委会讨论',
    '联系人每月再谈',
    '家里有难处要关心',
    '把不足写进计划',
    '等外调材料齐了再议',
    '推荐做小组记录员',
    '暂不列为发展对象',
    '年底再作一次考察',
  ],
] as const

/** Any two of these share a clause at most. */
const unlike = Array.from({ length: 13 * 13 }, (_, nth) => [Math.floor(nth / 13), nth % 13] as const).map(([i, j]) =>
  [parts[0][i], parts[1][j], parts[2][(i + j) % 13], parts[3][(i + 2 * j) % 13]].join('，'),
)
const single = parts.flat().map((clause, nth) => `${clause}，这是联系人第${nth}次谈话后的印象`)

test('200 unlike texts raise nothing among each other', () => {
  const all = [...unlike, ...single.slice(0, 31)]
  expect(all).toHaveLength(200)
  const raised = all.flatMap((a, i) => {
    const isLike = likenessTo(a, names)
    return all.slice(i + 1).flatMap((b, j) => (isLike(b) ? [[i, i + 1 + j]] : []))
  })
  expect(raised).toEqual([])
})

test('one prepared opinion judges many as it judges each alone', () => {
  const isLike = likenessTo(opinion, names)
  const texts = [
    ...unlike.slice(0, 20),
    opinion.replace('王芳', '张伟'),
    '',
    '好',
    `${opinion}${unlike[3]}${unlike[9]}`,
    opinion,
    unlike[7] ?? '',
  ]
  expect(texts.map(isLike)).toEqual(texts.map((text) => likenessTo(opinion, names)(text)))
  expect(texts.map(isLike).filter(Boolean)).toHaveLength(3)
})

// The longest text of all makes the set of grams grow, and shorter ones follow it.
test('signs outside the plane, and very long texts, are compared as well', () => {
  const rare = '𠮷田同志学习认真😀，主动汇报思想，工作肯吃苦'
  expect(alike(rare, '𠮷田同志学习认真，主动汇报思想，工作肯吃苦')).toBe(true)
  const isLike = likenessTo('学习认真，主动汇报思想，工作肯吃苦，团结同志', names)
  expect([isLike(unlike.join('').slice(0, 3_000)), isLike('学习认真；主动汇报思想；工作肯吃苦；团结同志')]).toEqual([false, true])
})
