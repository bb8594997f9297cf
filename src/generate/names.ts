import type { Chance } from './chance.ts'

const surnames =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文'
const given =
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国志文斌辉鹏飞波宁林峰云海山晓春梅雪琳佳欣怡然子涵宇轩浩博思雨梦婷慧颖莹洁倩凯旭东阳晨曦立新德胜永福学友正义守信怀远清源若兰书琴景行'

export const personName = ({ whole, happens }: Chance): string => {
  const one = (all: string) => all[whole(0, all.length - 1)] ?? ''
  return one(surnames) + one(given) + (happens(0.72) ? one(given) : '')
}

const homes = [
  '机关',
  '财务',
  '人事',
  '科研',
  '教务',
  '后勤',
  '图书馆',
  '校医院',
  '信息中心',
  '保卫',
  '基建',
  '国际交流',
  '数学',
  '物理',
  '化学',
  '生命科学',
  '计算机',
  '机械',
  '电气',
  '土木',
  '材料',
  '环境',
  '能源',
  '经济',
  '管理',
  '法学',
  '外语',
  '文学',
  '历史',
  '哲学',
  '新闻',
  '艺术',
  '体育',
  '医学',
  '药学',
  '护理',
  '农学',
  '航空',
  '海洋',
  '测绘',
  '软件',
  '自动化',
  '光电',
  '车辆',
]
const kindsOfHome = ['教工', '学生', '研究生', '离退休', '实验室'] as const

/** Names sub-committees and, below them, numbered branches; no two of a unit share a name. */
export const committeeName = (nth: number): string => {
  const round = Math.floor(nth / homes.length)
  return `${homes[nth % homes.length]}${round > 0 ? `第${round + 1}` : ''}分党委`
}
/** The first homes are offices, which have staff alone. */
const OFFICES = 12
const numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']
function numeral(number: number): string {
  const [tens, ones] = [Math.floor(number / 10), number % 10]
  return `${tens > 1 ? numerals[tens - 1] : ''}${tens > 0 ? '十' : ''}${ones > 0 ? numerals[ones - 1] : ''}`
}
const numbered = (nth: number) => `第${numeral(nth + 1)}党支部`

export const branchName = (committee: number, nth: number): string => {
  const home = committeeName(committee).replace('分党委', '')
  if (committee % homes.length < OFFICES) return home + numbered(nth)
  return home + kindsOfHome[nth % kindsOfHome.length] + numbered(Math.floor(nth / kindsOfHome.length))
}

export const kindOfBranch = (committee: number, nth: number) =>
  committee % homes.length < OFFICES
    ? 'staff'
    : ((['staff', 'student', 'student', 'retired', 'staff'] as const)[nth % kindsOfHome.length] ?? 'staff')
