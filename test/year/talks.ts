import { addDays, type Day } from '../../src/calendar.ts'
import { isWorkday } from '../../src/rules/time/workdays.ts'
import type { LivingBranch } from './branches.ts'
import type { Happening } from './life.ts'
import type { World } from './world.ts'

/** The contacts are named here, and each branch talks in its own quarters. */
const NAMED_ON = '2026-01-08'
const quarterly = ['2026-02-24', '2026-05-20', '2026-08-19', '2026-11-18', '2027-02-24']
const seldom = ['2026-05-20', '2026-11-18']

const opinions = [
  '学习主动，已完成本季度的学习计划。',
  '承担了值班任务，同事评价踏实。',
  '理论学习有进步，还要多参加活动。',
  '按时交思想汇报。',
]

/** The contact of a branch's activist, and their talks. Both say that they talked, and the contact writes an opinion. */
export function talksOf(world: World, branch: LivingBranch): Happening[] {
  const { activist, contact } = branch
  if (!activist) return []
  const talks = branch.plans > 0.9 ? quarterly : seldom
  return [
    { on: NAMED_ON, time: '10:47', happens: () => namesContact(world, branch) },
    ...talks.map(workdayFrom).flatMap((on, nth): Happening[] => [
      { on, time: '17:12', happens: () => claims(world, contact, activist) },
      { on, time: '17:24', happens: () => pressesThere(world, activist, 'talk.yes') },
      { on: workdayFrom(addDays(on, 1)), time: '14:26', happens: () => writes(world, contact, opinions[nth % opinions.length] ?? '') },
    ]),
  ]
}

async function pressesThere(world: World, name: string, press: string, form?: Record<string, unknown>) {
  if (!(await world.presses(name, world.dm(name), press, form ? { form } : {}))) throw new Error(`${name} has no card with ${press}`)
}

async function namesContact(world: World, { secretary, activist, contact }: LivingBranch) {
  const idOf = async (name: string) =>
    (await world.client.execute({ sql: 'select id from members where name = ?', args: [name] })).rows[0]?.id
  await world.says(secretary, world.dm(secretary), '/谈心')
  await pressesThere(world, secretary, 'talkContacts.open')
  await pressesThere(world, secretary, 'talkContacts.save', { member: await idOf(activist), contacts: [await idOf(contact)] })
}

async function claims(world: World, contact: string, activist: string) {
  await world.says(contact, world.dm(contact), `/谈心 ${activist}`)
  await pressesThere(world, contact, 'talk.claim')
}

async function writes(world: World, contact: string, opinion: string) {
  await pressesThere(world, contact, 'opinion.open')
  await pressesThere(world, contact, 'opinion.submit', { verdict: 'goOn', opinion })
}

function workdayFrom(day: Day): Day {
  return isWorkday(day) ? day : workdayFrom(addDays(day, 1))
}
