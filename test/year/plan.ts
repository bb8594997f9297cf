import { addDays, type Day } from '../../src/calendar.ts'
import type { Chance } from '../../src/generate/chance.ts'
import { isWorkday } from '../../src/rules/time/workdays.ts'
import type { LivingBranch } from './branches.ts'

export interface Planned {
  kind: string
  on: Day
  time: string
  agenda: readonly string[]
  isCommittee: boolean
  jointly?: string
}

const workdaysOf = (month: string): Day[] => {
  const days: Day[] = []
  for (let on = `${month}-01`; on.startsWith(month); on = addDays(on, 1)) if (isWorkday(on)) days.push(on)
  return days
}

/** The meetings that a secretary plans for a month; a kind that is missing is forgotten. */
export function planOf({ name, plans }: LivingBranch, month: string, chance: Chance): Planned[] {
  const days = workdaysOf(month)
  const number = Number(month.slice(5))
  const [nth, half] = [number % 3, number % 6]
  const on = (day: number) => days[Math.min(day, days.length - 1)] ?? `${month}-28`
  const committee: Planned = {
    kind: '支委会',
    on: on(6),
    time: '15:00',
    isCommittee: true,
    agenda: [
      '学习上级文件',
      ...(nth === 2 ? ['员工思想动态分析'] : []),
      ...(nth === 1 ? ['党员责任区检查'] : []),
      ...(half === 5 ? ['听取工会、共青团工作汇报'] : []),
    ],
  }
  const study: Planned = {
    kind: nth === 0 ? '党员学习' : '主题党日',
    on: on(12),
    time: '16:00',
    isCommittee: false,
    agenda: nth === 1 ? ['观看警示教育片'] : number === 4 ? ['主题教育读书分享'] : [],
  }
  const rest: Planned[] = [
    ...(nth === 2
      ? [{ kind: '支部党员大会', on: on(10), time: '14:30', isCommittee: false, agenda: ['支委会报告工作', '传达学习会议精神'] }]
      : []),
    ...(nth === 0
      ? [
          {
            kind: '党课',
            on: on(8),
            time: '15:30',
            isCommittee: false,
            agenda: [],
            ...(name === '机关支部' && number === 9 ? { jointly: '后勤支部' } : {}),
          },
        ]
      : []),
    ...(half === 0 ? [{ kind: '组织生活会', on: on(15), time: '14:00', isCommittee: false, agenda: ['批评与自我批评'] }] : []),
    ...(number === 10 ? [{ kind: '谈心会', on: on(9), time: '16:30', isCommittee: false, agenda: ['听取意见建议'] }] : []),
  ]
  return [committee, study, ...rest].filter(() => chance.happens(plans))
}
