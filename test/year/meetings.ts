import { addDays, addMinutes, type Day, moment, time } from '../../src/calendar.ts'
import type { Chance } from '../../src/generate/chance.ts'
import type { Message } from '../../src/playground/feishu/feishu.ts'
import { isWorkday } from '../../src/rules/time/workdays.ts'
import type { LivingBranch } from './branches.ts'
import type { Happening } from './life.ts'
import type { Planned } from './plan.ts'
import { broughtTo, leftBehind } from './work.ts'
import type { World } from './world.ts'

const places = ['三楼会议室', '党员活动室', '行政楼 201']
const leaves = ['出差', '病假', '工作冲突', '家事']

/** A meeting from the call to the close, as things that happen at their times. */
export function meetingOf(world: World, branch: LivingBranch, planned: Planned, chance: Chance): Happening[] {
  const { kind, on, time: starts, agenda, isCommittee, jointly } = planned
  const [, month, date] = on.split('-').map(Number)
  const also = agenda.length > 0 ? ` 议题 ${agenda.join('；')}` : ''
  const line = `@支部 /会议 ${kind} ${month}月${date}日 ${starts} ${chance.pick(places)}${jointly ? ` 联合${jointly}` : ''}${also}`
  const called: Called = {}
  const call: Happening = {
    on: workdaysBefore(on, 3),
    time: clockAt('10:10', chance.whole(0, 300)),
    async happens() {
      await world.says(branch.secretary, branch.chat, line)
      Object.assign(called, cardsOfCall(world, branch))
    },
  }
  return [
    call,
    ...broughtTo(world, branch, planned, workdaysBefore(on, 2)),
    ...attendedBy(world, branch, { on, starts, people: isCommittee ? branch.committee : branch.people }, called, chance),
  ]
}

/** The card in the group, and the host’s own. */
interface Called {
  group?: Message | undefined
  host?: Message | undefined
}

export const cardsOfCall = (world: World, { chat, secretary }: LivingBranch): Called => ({
  group: world.latest(chat, 'gathering.checkIn'),
  host: world.latest(world.dm(secretary), 'host.mark'),
})

interface Attended {
  on: Day
  starts: string
  people: readonly string[]
}

/** Who comes, who is late, who asks for leave and who just is not there; then the close. */
export function attendedBy(
  world: World,
  branch: LivingBranch,
  { on, starts, people }: Attended,
  called: Called,
  chance: Chance,
): Happening[] {
  const at = (minutes: number) => time(addMinutes(moment(on, starts), minutes))
  const { secretary } = branch
  const happenings: Happening[] = [{ on, time: at(-50), happens: () => world.turn() }]
  const there: string[] = []
  for (const name of people) {
    const isAway = name !== secretary && !chance.happens(branch.comes)
    if (isAway && chance.happens(0.5))
      happenings.push({
        on,
        time: at(-chance.whole(70, 240)),
        happens: () => world.says(name, world.dm(name), `请假 ${chance.pick(leaves)}`),
      })
    if (isAway || name === branch.withoutPhone) continue
    there.push(name)
    const isLate = chance.happens(0.06)
    const minutes = isLate ? chance.whole(2, 15) : -chance.whole(1, 25)
    happenings.push({
      on,
      time: at(minutes),
      async happens() {
        if (called.group) await world.pressesOn(name, called.group, { press: 'gathering.checkIn' })
      },
    })
  }
  happenings.push({
    on,
    time: at(35),
    async happens() {
      if (!called.host) return
      if (branch.withoutPhone) await markPresent(world, branch, called.host)
      for (let asking = 0; asking < people.length && has(called.host, 'host.leave'); asking++)
        await world.pressesOn(secretary, called.host, { press: 'host.leave' })
    },
  })
  const isClosed = !branch.putsOff || chance.happens(0.5)
  happenings.push({
    on,
    time: at(50),
    async happens() {
      // The clock turned when the meeting began, and its host's card offers the end since.
      await world.turn()
      if (isClosed && called.host && has(called.host, 'host.close')) await world.pressesOn(secretary, called.host, { press: 'host.close' })
    },
  })
  happenings.push({ on, time: at(125), happens: () => world.turn() })
  happenings.push(...leftBehind(world, branch, { on, during: at(42), after: at(58), there }, called))
  return happenings
}

const has = ({ content }: Message, press: string) => JSON.stringify(content).includes(`"press":"${press}"`)

async function markPresent(world: World, { secretary, withoutPhone }: LivingBranch, card: Message) {
  const found = new RegExp(`"content":"${withoutPhone}"[^}]*\\},"value":"([^"]+)"`).exec(JSON.stringify(card.content))
  if (found) await world.pressesOn(secretary, card, { press: 'host.mark' }, { form: { people: [found[1]] } })
}

const clockAt = (from: string, more: number) => time(addMinutes(moment('2026-01-05', from), more))

function workdaysBefore(on: Day, count: number): Day {
  let [date, left] = [on, count]
  while (left > 0) {
    date = addDays(date, -1)
    if (isWorkday(date)) left--
  }
  return date
}
