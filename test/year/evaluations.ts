import { addDays, type Day, type Period } from '../../src/calendar.ts'
import type { Chance } from '../../src/generate/chance.ts'
import { components } from '../../src/playground/cards/walk.ts'
import { isWorkday } from '../../src/rules/time/workdays.ts'
import type { LivingBranch } from './branches.ts'
import type { Happening } from './life.ts'
import type { World } from './world.ts'

/** How many working days after the opening each step is taken: at leisure, or when the year is nearly over. */
export interface Pace {
  written: number
  heard: number
  opened: number
  counted: number
}
export const atLeisure: Pace = { written: 4, heard: 5, opened: 6, counted: 9 }
export const inHaste: Pace = { written: 1, heard: 2, opened: 2, counted: 4 }

/** People who have not written hold the others up until five working days are over. */
const SELF_OVER = 6

/** From the form that opens it to the moment at which everybody is told. The clock closes it after the appeals. */
export function evaluationOf(world: World, branch: LivingBranch, period: Period, on: Day, pace: Pace, chance: Chance): Happening[] {
  const { secretary, committee, full, people } = branch
  const chat = world.dm(secretary)
  const at = (workdays: number, time: string, happens: () => Promise<unknown>): Happening => ({
    on: workdaysAfter(on, workdays),
    time,
    happens,
  })
  /** The steps as they stand, and on to the next. */
  async function goesOn(press: string) {
    await world.says(secretary, chat, `/评议 ${period}`)
    await world.presses(secretary, chat, press)
  }
  const votes = period.length === 4
  const graded = votes ? Math.max(pace.counted + 1, SELF_OVER) : SELF_OVER
  return [
    at(0, '10:52', async () => {
      await world.says(secretary, chat, `/评议 ${period}`)
      await world.presses(secretary, chat, 'evaluationForm.submit', { form: { period } })
    }),
    ...full
      .filter(() => chance.happens(0.95))
      .map((name) =>
        at(chance.whole(0, pace.written), `1${chance.whole(1, 6)}:${chance.whole(10, 59)}`, () =>
          world.presses(name, world.dm(name), 'selfView.submit', {
            form: { words: '完成了本职任务，学习还不够系统。', grade: chance.happens(0.2) ? 'excellent' : 'qualified' },
          }),
        ),
      ),
    at(pace.heard, '14:12', async () => {
      const [best] = keysOn(world, chat, 'groupView.choose')
      await world.presses(secretary, chat, 'groupView.choose', { form: { excellent: best ? [best] : [] } })
      await world.presses(secretary, chat, 'groupView.set', { form: best ? { [`r_${best}`]: '带头承担任务' } : {} })
    }),
    ...(votes
      ? [
          at(pace.opened, '15:52', async () => {
            await goesOn('steps.vote')
            const closes = `${workdaysAfter(on, pace.counted)} 17:00 +0800`
            await world.presses(secretary, chat, 'evaluationVote.submit', { form: { closes } })
          }),
          at(pace.counted, '17:01', () => world.turn()),
          ...people
            .filter(() => chance.happens(0.95))
            .map((name) =>
              at(chance.whole(pace.opened + 1, pace.counted), `1${chance.whole(1, 6)}:${chance.whole(10, 59)}`, async () => {
                const [best] = keysOn(world, world.dm(name), 'ballot.vote')
                await world.presses(name, world.dm(name), 'ballot.vote', { form: best && chance.happens(0.7) ? { excellent: [best] } : {} })
              }),
            ),
        ]
      : []),
    at(graded, '10:54', async () => {
      await goesOn('steps.grade')
      await world.presses(secretary, chat, 'grading.choose')
    }),
    at(graded, '14:31', async () => {
      const other = committee[1] ?? secretary
      await world.presses(other, world.dm(other), 'grading.choose')
    }),
    at(graded, '15:40', () => goesOn('evaluation.tell')),
  ]
}

/** Whom a form of grades offers, by their keys in it. */
function keysOn(world: World, chat: string, press: string): string[] {
  const card = world.latest(chat, press)
  const list = components((card?.content ?? {}) as object).find(({ element }) => element.name === 'excellent')
  return ((list?.element.options ?? []) as { value: string }[]).map(({ value }) => value)
}

function workdaysAfter(on: Day, count: number): Day {
  let [date, left] = [on, count]
  while (left > 0) {
    date = addDays(date, 1)
    if (isWorkday(date)) left--
  }
  return date
}
