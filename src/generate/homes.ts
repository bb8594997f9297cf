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
