import { addDays, addQuarters, type Day, day, moment, month as monthOf, quarter as quarterOf } from '../../src/calendar.ts'
import { type Chance, chanceOf } from '../../src/generate/chance.ts'
import { isWorkday } from '../../src/rules/time/workdays.ts'
import { answersAppeal, appeals, assessesItself, attests, type Finding, reviews, takesOver } from './assessments.ts'
import { branchesOf, type LivingBranch } from './branches.ts'
import { atLeisure, evaluationOf, inHaste } from './evaluations.ts'
import { attendedBy, cardsOfCall, meetingOf } from './meetings.ts'
import { planOf } from './plan.ts'
import { pledgesOf } from './pledged.ts'
import { talksOf } from './talks.ts'
import { papersOf } from './work.ts'
import type { World } from './world.ts'

/** Something that somebody does. */
export interface Happening {
  on: Day
  time: string
  happens(): Promise<unknown>
}

const findings: readonly Finding[] = [{ branch: '后勤支部', quarter: '2026Q2', kind: 'accident', reason: '安全处通报：食堂燃气事故' }]

/** The days on which those who take their time begin: the half-year, and the year that all vote on. */
const evaluations = [
  { period: '2026H1', on: '2026-06-08', branches: ['each half-year'] },
  { period: '2026', on: '2026-11-30', branches: ['each half-year', 'yearly'] },
]

/** The clock turns at these times besides the meetings: when the jobs run, and when their messages have been spread. */
const turns = ['09:01', '09:21', '09:52', '11:05', '21:30']
const restTurns = ['10:01']

const isOfTalksAlone = (digest: string) => /"title":\{[^}]*今年的谈心/.test(digest)

/** A unit lives from one day to another: meetings as planned, reminders heeded or not, four assessments. */
export async function live(world: World, { from, until, seed = 1 }: { from: Day; until: Day; seed?: number }) {
  const branches = branchesOf(world)
  const chances = new Map(branches.map(({ name }, i) => [name, chanceOf(seed, i + 1)]))
  const chanceFor = ({ name }: LivingBranch) => chances.get(name) as Chance
  const ids = new Map((await world.client.execute('select id, name from branches')).rows.map(({ id, name }) => [String(name), String(id)]))
  const todo = new Map<Day, Happening[]>()
  const put = (all: readonly Happening[]) => {
    for (const one of all) todo.set(one.on, [...(todo.get(one.on) ?? []), one])
  }
  const planned = new Set<string>()
  const begun = new Set<string>()

  const evaluating = new Map(branches.map(({ name }, i) => [name, chanceOf(seed, 100 + i)]))
  for (const { period, on, branches: which } of evaluations)
    for (const branch of branches.filter(({ evaluates = '' }) => which.includes(evaluates)))
      put(evaluationOf(world, branch, period, on, atLeisure, evaluating.get(branch.name) as Chance))

  for (const branch of branches) put([...talksOf(world, branch), ...papersOf(world, branch), ...pledgesOf(world, branch)])

  for (let on = from; on <= until; on = addDays(on, 1)) {
    const month = monthOf(moment(on))
    if (!planned.has(month)) {
      planned.add(month)
      // Called three working days ahead: what is early in a month is planned in the month before.
      for (const branch of branches)
        put(
          planOf(branch, month, chanceFor(branch)).flatMap((one) => (one.on > on ? meetingOf(world, branch, one, chanceFor(branch)) : [])),
        )
    }
    const isWork = isWorkday(on)
    put((isWork ? turns : restTurns).map((time) => ({ on, time, happens: () => world.turn() })))
    if (isWork) put([{ on, time: '10:40', happens: () => readMail(on) }])
    await liveThrough(on)
  }
  return branches

  async function liveThrough(on: Day) {
    for (;;) {
      const left = (todo.get(on) ?? []).toSorted((a, b) => (a.time < b.time ? -1 : Number(a.time > b.time)))
      const [next, ...rest] = left
      if (!next) return
      todo.set(on, rest)
      world.at(on, next.time)
      await next.happens()
    }
  }

  /** In the middle of the morning people look at what has come. */
  async function readMail(on: Day) {
    for (const branch of branches) await secretaryReads(branch, on)
    for (const branch of branches) await membersRead(branch, on)
    for (const assessor of ['孙岩', '章程']) await assessorReads(assessor, on)
  }

  function newIn(chat: string, press: string, on: Day, days = 0) {
    const card = world.latest(chat, press)
    return card && day(card.createdAt) >= addDays(on, -days) ? card : undefined
  }

  async function secretaryReads(branch: LivingBranch, on: Day) {
    const [chance, chat] = [chanceFor(branch), world.dm(branch.secretary)]
    const digest = newIn(chat, 'digest.later', on)
    const text = JSON.stringify(digest?.content ?? '')
    // A digest of nothing but the year's talks is heeded in talks.ts, by the calendar.
    if (digest && !isOfTalksAlone(text)) {
      if (branch.putsOff && chance.happens(0.3)) {
        await world.pressesOn(branch.secretary, digest, { press: 'digest.later', until: 'monday' })
      } else if (chance.happens(branch.heeds) || (branch.evaluates && text.includes('现在开展'))) {
        if (text.includes('"press":"agenda.add"')) await world.pressesOn(branch.secretary, digest, { press: 'agenda.add' })
        else if (text.includes('"press":"callForDuty.open"')) await callsNow(branch, on)
        if (branch.evaluates && text.includes('现在开展') && !begun.has(branch.name)) {
          begun.add(branch.name)
          await world.pressesOn(branch.secretary, digest, { press: 'goOn.openOrResume' })
          put(evaluationOf(world, branch, '2026', on, inHaste, evaluating.get(branch.name) as Chance))
        }
        if (text.includes('"press":"attest.open"')) await attests(world, branch, digest, on, chance)
      }
    }
    // It may have come as a line of the digest, whose button brings the card.
    const led = newIn(chat, 'selfAssessment.open', on)
    if (led && !newIn(chat, 'selfAssessment.submit', on, 6)) await world.pressesOn(branch.secretary, led, { press: 'selfAssessment.open' })
    const self = newIn(chat, 'selfAssessment.submit', on, 6)
    if (self && !JSON.stringify(self.content).includes('重新上报') && chance.happens(branch.putsOff ? 0.15 : 0.5))
      await assessesItself(world, branch, on, chance)
    const quarter = addQuarters(quarterOf(moment(on)), -1)
    if (branch.name === '机关支部' && quarter === '2026Q3' && newIn(chat, 'result.submitAppeal', on, 4))
      await appeals(world, branch, '这次会议按期召开，记录当时没有录入，附会议记录。')
    const unsaid = newIn(chat, 'agenda.settle', on, 20)
    if (unsaid && JSON.stringify(unsaid.content).includes('请确认哪些议题进行了') && chance.happens(branch.heeds))
      await world.pressesOn(branch.secretary, unsaid, { press: 'agenda.settle' })
    await world.presses(branch.secretary, chat, 'makeUps.confirm').catch(() => false)
  }

  /** The button in the digest opens the form: the next working day, in the afternoon. */
  async function callsNow(branch: LivingBranch, on: Day) {
    const chat = world.dm(branch.secretary)
    const digest = world.latest(chat, 'callForDuty.open')
    if (!digest) return
    await world.pressesOn(branch.secretary, digest, { press: 'callForDuty.open' })
    const form = world.latest(chat, 'call.submit')
    if (!form) return
    let next = addDays(on, 1)
    while (!isWorkday(next)) next = addDays(next, 1)
    const filled = { form: { starts: `${next} 16:30`, place: '党员活动室' } }
    const toast = await world.pressesOn(branch.secretary, form, { press: 'call.submit' }, filled)
    // A clash is said once on the form; the secretary calls the meeting all the same.
    if (JSON.stringify(toast ?? '').includes('warning')) await world.pressesOn(branch.secretary, form, { press: 'call.submit' }, filled)
    const called = cardsOfCall(world, branch)
    const isCommittee = JSON.stringify(called.group?.content ?? '').match(/"title":\{[^}]*"(?:支委会|班子学习)"/) !== null
    put(
      attendedBy(
        world,
        branch,
        { on: next, starts: '16:30', people: isCommittee ? branch.committee : branch.people },
        called,
        chanceFor(branch),
      ),
    )
  }

  /** Who missed a meeting makes it up, most of the time. */
  async function membersRead(branch: LivingBranch, on: Day) {
    const chance = chanceFor(branch)
    for (const name of branch.people) {
      const digest = newIn(world.dm(name), 'makeUp.open', on)
      if (!digest || !chance.happens(0.7)) continue
      await world.pressesOn(name, digest, { press: 'makeUp.open' })
      await world.presses(name, world.dm(name), 'makeUp.done', { form: { way0: chance.pick(['minutes', 'talk']) } })
    }
  }

  async function assessorReads(assessor: string, on: Day) {
    const chat = world.dm(assessor)
    const quarter = addQuarters(quarterOf(moment(on)), -1)
    const own = branches.filter((branch) => branch.assessor === assessor)
    const chance = chanceFor(own[0] as LivingBranch)
    await answersAppeal(world, assessor)
    const card = newIn(chat, 'review.open', on)
    if (!card || card.createdAt.getTime() < moment(on).getTime()) return
    if (todo.get(`reviewed ${assessor} ${quarter}`)) {
      if (assessor !== '孙岩' || quarter !== '2026Q4') return
      // A branch may have sent its own up since the other assessor looked.
      await takesOver(world, assessor)
      await world.presses(assessor, chat, 'review.publish')
      return
    }
    todo.set(`reviewed ${assessor} ${quarter}`, [])
    await reviews(
      world,
      assessor,
      own,
      (name) => ids.get(name) ?? '',
      findings.filter((one) => one.quarter === quarter),
      chance,
    )
    await takesOver(world, assessor)
    // The last quarter of the sub-committee is left lying; the assessor above is asked in the end.
    if (assessor === '章程' && quarter === '2026Q4') return
    await world.presses(assessor, chat, 'review.publish')
  }
}
