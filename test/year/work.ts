import { addDays, type Day } from '../../src/calendar.ts'
import type { Message } from '../../src/playground/feishu/feishu.ts'
import { addWorkdays, isWorkday } from '../../src/rules/time/workdays.ts'
import type { LivingBranch } from './branches.ts'
import type { Happening } from './life.ts'
import { wordsOf } from './words.ts'
import type { World } from './world.ts'

/** These branches write in the bot; the others attest as before. */
export const isWriting = ({ putsOff }: LivingBranch) => !putsOff

const minuted = /^主持 · (?:支部党员大会|支委会|组织生活会)/
const has = ({ content }: Message, press: string) => JSON.stringify(content).includes(`"press":"${press}"`)

interface Held {
  on: Day
  /** The clock of its fortieth minute, and of the first moment at which it is surely closed. */
  during: string
  after: string
  /** The people who checked in. */
  there: readonly string[]
}

/** The things that a meeting leaves behind: one decision with owner and day, minutes by two hands, and the task, done. */
export function leftBehind(world: World, branch: LivingBranch, held: Held, called: { host?: Message | undefined }): Happening[] {
  const { secretary, committee, people, assessor } = branch
  if (!isWriting(branch)) return []
  const owner = held.there.find((name) => !committee.includes(name)) ?? held.there.at(-1) ?? secretary
  // The branches that heed less act when the digest reminds them.
  const isPrompt = branch.heeds > 0.86
  const [next, dueOn] = [addWorkdays(held.on, 1), addWorkdays(held.on, 8)]
  const isMinuted = () => called.host !== undefined && minuted.test(wordsOf(called.host.content, 'zh'))
  return [
    {
      on: held.on,
      time: held.during,
      async happens() {
        if (!called.host || !isMinuted() || !has(called.host, 'decisions.open')) return
        await world.pressesOn(secretary, called.host, { press: 'decisions.open' })
        const form = { words: `${held.on} 会后整理活动室台账`, owner: world.ou(owner), on: dueOn }
        await world.presses(secretary, world.dm(secretary), 'decisions.add', { form })
      },
    },
    {
      on: held.on,
      time: held.after,
      async happens() {
        if (called.host && isMinuted() && has(called.host, 'minutes.open'))
          await world.pressesOn(secretary, called.host, { press: 'minutes.open' })
      },
    },
    { on: next, time: '10:50', happens: () => firstOf(world, committee, 'minutes.submit') },
    { on: next, time: '11:20', happens: () => firstOf(world, [...people, assessor], 'minutes.confirm') },
    {
      on: isPrompt ? addWorkdays(held.on, 2) : addWorkdays(dueOn, -2),
      time: '16:05',
      happens: () => world.presses(owner, world.dm(owner), 'ownTasks.done'),
    },
  ]
}

/** The one who has the card presses it: one tap. */
async function firstOf(world: World, names: readonly string[], press: string) {
  for (const name of names) if (await world.presses(name, world.dm(name), press)) return
}

/** Behind the call of a meeting: what is put on its agenda by a form that was drafted. */
export function broughtTo(world: World, branch: LivingBranch, { kind, agenda }: { kind: string; agenda: readonly string[] }, on: Day) {
  const { secretary } = branch
  const chat = world.dm(secretary)
  if (!isWriting(branch)) return []
  const happenings: Happening[] = []
  if (kind === '支部党员大会')
    happenings.push({
      on,
      time: '16:40',
      async happens() {
        await world.says(secretary, chat, '/报告')
        await pressesIfThere(world, secretary, 'report.save', { isListing: true })
      },
    })
  if (agenda.includes('员工思想动态分析'))
    happenings.push({
      on,
      time: '17:05',
      async happens() {
        await world.says(secretary, chat, '/思想分析')
        const topic = { theme: 'workload', words: '学期末事务较多', cause: '表格重复填报', measure: '合并报送' }
        await world.presses(secretary, chat, 'analysis.add', { form: topic })
        await pressesIfThere(world, secretary, 'analysis.list')
      },
    })
  return happenings
}

async function pressesIfThere(world: World, name: string, press: string, more: Record<string, unknown> = {}) {
  const card = world.latest(world.dm(name), press)
  const isThere = card && Object.entries(more).every(([key, value]) => JSON.stringify(card.content).includes(`"${key}":${value}`))
  if (isThere) await world.pressesOn(name, card, { press, ...more })
}

const quarters = ['2026-01', '2026-04', '2026-07', '2026-10', '2027-01']

/** The plan in January and the summary in December. Each quarter brings a suggestion that is answered, and a short record. */
export function papersOf(world: World, branch: LivingBranch): Happening[] {
  if (!isWriting(branch)) return []
  const { secretary } = branch
  const adopts = (on: Day, command: string) => ({
    on: workdayFrom(on),
    time: '17:20',
    async happens() {
      await world.says(secretary, world.dm(secretary), command)
      await pressesIfThere(world, secretary, 'paper.save', { isAdopted: true })
    },
  })
  return [
    adopts('2026-01-14', '/计划'),
    adopts('2026-12-15', '/总结'),
    adopts('2027-01-14', '/计划'),
    ...quarters.flatMap((month) => [...suggested(world, branch, month), ...recorded(world, branch, month)]),
  ]
}

function suggested(world: World, { secretary, committee, people }: LivingBranch, month: string): Happening[] {
  const author = people[committee.length] ?? people.at(-1) ?? ''
  const came = workdayFrom(`${month}-13`)
  const form = { kind: 'suggestion', words: `${month} 建议把学习材料提前两天发到群里`, sign: 'signed' }
  return [
    {
      on: came,
      time: '14:05',
      async happens() {
        await world.says(author, world.dm(author), '/建议')
        await world.presses(author, world.dm(author), 'suggest.submit', { form })
      },
    },
    {
      on: addWorkdays(came, 1),
      time: '14:35',
      async happens() {
        const chat = world.dm(secretary)
        await world.says(secretary, chat, '/反映')
        await world.presses(secretary, chat, 'inbox.read')
        const answer = { outcome: 'adopted', words: '采纳，从下次学习起提前发。', theme: 'study' }
        await world.presses(secretary, chat, 'inbox.answer', { form: answer })
      },
    },
    {
      on: addWorkdays(came, 2),
      time: '16:45',
      happens: () => pressesIfThere(world, author, 'voiceAnswered.feel', { solved: true }),
    },
  ]
}

function recorded(world: World, { committee, people }: LivingBranch, month: string): Happening[] {
  const [writer, witness] = [committee.at(-1) ?? '', people.at(-1) ?? '']
  const on = workdayFrom(`${month}-19`)
  const [, m, d] = on.split('-').map(Number)
  return [
    {
      on,
      time: '15:15',
      async happens() {
        await world.says(writer, world.dm(writer), `/记一笔 文化 ${m}月${d}日 职工书画展`)
        const asked = (await world.client.execute({ sql: 'select id from members where name = ?', args: [witness] })).rows[0]?.id
        await world.presses(writer, world.dm(writer), 'recordForm.write', { form: { asked } })
      },
    },
    { on: addWorkdays(on, 1), time: '15:25', happens: () => pressesIfThere(world, witness, 'record.answer', { isTrue: true }) },
  ]
}

const workdayFrom = (day: Day): Day => (isWorkday(day) ? day : workdayFrom(addDays(day, 1)))
