import { readFileSync } from 'node:fs'
import { addMonths, month } from '../../src/calendar.ts'
import type { World } from './world.ts'

const roles: Record<string, readonly string[]> = {
  'member without a seat': ['党员', '预备党员', '发展对象', '入党积极分子', '入党申请人'],
  'committee member': ['组织委员', '宣传委员'],
  secretary: ['书记', '书记（管理员）'],
  assessor: ['党委考核人'],
}

/** The messages of the bot to one person in a month, the highest of each role. */
export function messagesByRole(world: World, sent: readonly { name: string | null; createdAt: Date }[]) {
  const counted = new Map<string, number>()
  for (const { name, createdAt } of sent) {
    const key = `${name} ${month(createdAt)}`
    counted.set(key, (counted.get(key) ?? 0) + 1)
  }
  const months = Array.from({ length: 13 }, (_, nth) => addMonths('2026-01', nth))
  return Object.entries(roles).map(([role, titles]) => {
    const people = world.cast.people.filter((one) => titles.includes(one.role?.zh ?? ''))
    return [role, ...months.map((one) => Math.max(...people.map(({ name }) => counted.get(`${name} ${one}`) ?? 0)))]
  })
}

/** The same table as a README has it. */
export function tableIn(readme: string): string[][] {
  const rows = readFileSync(new URL(`../../${readme}`, import.meta.url), 'utf8').split('\n')
  const head = rows.findIndex((row) => row.startsWith('| | 26-01 |'))
  return rows.slice(head + 2, head + 6).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}
