import type { World } from './world.ts'

/** How a branch lives: how surely it keeps to its plan, heeds a reminder, comes in time, and its peculiarities. */
interface Manners {
  plans: number
  heeds: number
  comes: number
  /** Has no phone: the host marks them. */
  withoutPhone?: string
  /** Evaluates its members at leisure each half-year, or once the digest leads there. The others give a date and a reference. */
  evaluates?: 'each half-year' | 'yearly' | 'when reminded'
  /** Puts reminders off to Monday, and lets meetings run until the clock closes them. */
  putsOff?: true
}

const manners: Record<string, Manners> = {
  教工第一支部: { plans: 0.97, heeds: 0.95, comes: 0.95, evaluates: 'each half-year' },
  教工第二支部: { plans: 0.93, heeds: 0.9, comes: 0.93, evaluates: 'yearly' },
  学生第一支部: { plans: 0.88, heeds: 0.85, comes: 0.9 },
  机关支部: { plans: 0.9, heeds: 0.8, comes: 0.92, evaluates: 'when reminded' },
  后勤支部: { plans: 0.5, heeds: 0.35, comes: 0.8, putsOff: true },
  离退休支部: { plans: 0.92, heeds: 0.9, comes: 0.88, withoutPhone: '水生' },
}

const offices = ['书记', '书记（管理员）', '组织委员', '宣传委员']
const attending = ['党员', '预备党员']

/** Who is who in the sample unit. */
export const branchesOf = ({ cast }: World) =>
  Object.entries(manners).map(([name, own]) => {
    const people = cast.people.filter(({ of }) => of?.zh === name)
    const among = (roles: readonly string[]) => people.filter(({ role }) => roles.includes(role?.zh ?? '')).map((one) => one.name)
    const committee = among(offices)
    return {
      ...own,
      name,
      chat: cast.groups.find((group) => group.name === name)?.chatId ?? '',
      secretary: committee[0] ?? '',
      committee,
      full: [...committee, ...among(['党员'])],
      people: [...committee, ...among(attending)],
      activist: among(['入党积极分子'])[0] ?? '',
      contact: [...committee, ...among(['党员'])].at(-1) ?? '',
      assessor: ['机关支部', '后勤支部', '离退休支部'].includes(name) ? '章程' : '孙岩',
    }
  })

export type LivingBranch = ReturnType<typeof branchesOf>[number]
