import type { Chance } from '../../src/generate/chance.ts'
import type { Message } from '../../src/playground/feishu/feishu.ts'
import type { LivingBranch } from './branches.ts'
import type { World } from './world.ts'

const references = ['会议记录', '台账第 2 页', '公示照片和记录', '党委备案', '季度小结']

/** Dues of a month whose grace is over cannot be dated today: the form would be refused. */
function isOverIn(line: string, today: string): boolean {
  const [, number] = / · (\d+)月/.exec(line) ?? []
  if (!number) return false
  const [, month = 0, date = 0] = today.split('-').map(Number)
  return Number(number) !== month && !(Number(number) % 12 === month - 1 && date <= 12)
}

/** Date and reference for whatever a form asks, but for what a branch evaluates by itself. */
function given({ content }: Message, { evaluates }: LivingBranch, today: string, chance: Chance): Record<string, string> {
  const text = JSON.stringify(content)
  let read = 0
  const asked = [...text.matchAll(/"name":"on(\d+)"/g)]
    .map((found) => {
      const before = text.slice(read, found.index)
      read = found.index + found[0].length
      return [found[0], before.slice(Math.max(0, before.lastIndexOf('"ref'))), found[1]] as const
    })
    .filter(([, line]) => !(evaluates && line.includes('民主评议')) && !isOverIn(line, today))
    .map(([, , i]) => i)
  return Object.fromEntries(
    asked.flatMap((i) => [
      [`on${i}`, today],
      [`ref${i}`, chance.pick(references)],
    ]),
  )
}

const election = { on: '2025-06-18', reference: '党委批复第 7 号' }

/** The election of the committee was held on paper: the form that the card leads to. */
async function entersTerm(world: World, { secretary }: LivingBranch, card: Message) {
  if (!JSON.stringify(card.content).includes('"press":"term.open"')) return
  await world.pressesOn(secretary, card, { press: 'term.open' })
  await world.presses(secretary, world.dm(secretary), 'term.paper', { form: election })
}

/** From whatever card offers it: the dates and references that are asked for, entered at once. */
export async function attests(world: World, branch: LivingBranch, card: Message, today: string, chance: Chance) {
  const { secretary } = branch
  const chat = world.dm(secretary)
  await world.pressesOn(secretary, card, { press: 'attest.open' })
  const opened = world.cardsIn(chat).at(-1)
  if (opened) await entersTerm(world, branch, opened)
  for (let more = 0; more < 3; more++) {
    const form = world.latest(chat, 'attest.submit')
    const filled = form ? given(form, branch, today, chance) : {}
    if (!form || Object.keys(filled).length === 0) return
    const before = JSON.stringify(form.content)
    await world.pressesOn(secretary, form, { press: 'attest.submit' }, { form: filled })
    if (JSON.stringify(form.content) === before) return
  }
}

/** The secretary looks at the card and sends it up. */
export async function assessesItself(world: World, branch: LivingBranch, today: string, chance: Chance) {
  const { secretary } = branch
  const chat = world.dm(secretary)
  const card = world.latest(chat, 'selfAssessment.submit')
  if (!card) return
  if (JSON.stringify(card.content).includes('"press":"attest.open"')) await attests(world, branch, card, today, chance)
  else await entersTerm(world, branch, card)
  const text = JSON.stringify(card.content)
  const questions = [...text.matchAll(/"name":"s(\d+)"/g)].map(([, i]) => `s${i}`)
  const answers = questions.map((name) => [
    name,
    chance.happens(branch.plans) ? chance.pick(['fully', 'fully', 'mostly']) : chance.pick(['mostly', 'partly', 'not done']),
  ])
  await world.pressesOn(
    secretary,
    card,
    { press: 'selfAssessment.submit' },
    { form: { ...Object.fromEntries(answers), ...given(card, branch, today, chance) } },
  )
}

export interface Finding {
  branch: string
  quarter: string
  kind: string
  reason: string
}

/** The assessor goes through the branches: confirms entries, gives the points that are the upper level's. */
export async function reviews(
  world: World,
  assessor: string,
  branches: readonly LivingBranch[],
  idOf: (name: string) => string,
  findings: readonly Finding[],
  chance: Chance,
) {
  const chat = world.dm(assessor)
  const led = world.latest(chat, 'review.open')
  if (led && JSON.stringify(led.content).includes('"shown":"c ')) await world.pressesOn(assessor, led, { press: 'review.open' })
  for (const branch of branches) {
    await world.presses(assessor, chat, 'review.open', { form: { of: `b ${idOf(branch.name)}` } })
    const card = world.latest(chat, 'branchReview.judge')
    if (!card) continue
    if (JSON.stringify(card.content).includes('"press":"entries.confirm"'))
      await world.pressesOn(assessor, card, { press: 'entries.confirm' })
    const points = (most: number) => String(branch.plans > 0.8 ? most - chance.pick([0, 0, 0.5]) : most - chance.pick([1, 1.5]))
    const weak = branch.plans < 0.8 ? { s0: '1', reason: '实地了解与自评有出入' } : {}
    await world.pressesOn(
      assessor,
      card,
      { press: 'branchReview.judge' },
      { form: { m0: points(4), m1: points(4), m2: points(5), m3: points(2), ...weak } },
    )
    for (const { kind, reason } of findings.filter((one) => one.branch === branch.name)) {
      await world.pressesOn(assessor, card, { press: 'branchReview.corrections' })
      await world.presses(assessor, chat, 'findings.record', { form: { reason_accident: reason } }, { kind })
    }
  }
}

/** The branches' answers over all branches: those that rest on something, then the others. */
export async function takesOver(world: World, assessor: string) {
  const chat = world.dm(assessor)
  for (const which of ['grounded', 'rest']) {
    await world.presses(assessor, chat, 'waitingList.open').catch(() => false)
    const list = world.latest(chat, 'waitingList.adopt')
    if (list && JSON.stringify(list.content).includes(`"which":"${which}"`))
      await world.pressesOn(assessor, list, { press: 'waitingList.adopt', which })
  }
}

/** The first standard that lost points, with the reason why it should not have. */
export async function appeals(world: World, { secretary }: LivingBranch, words: string) {
  const chat = world.dm(secretary)
  const card = world.latest(chat, 'result.submitAppeal')
  const [, standard] = /"name":"standard".*?"value":"(\d+)"/.exec(JSON.stringify(card?.content ?? '')) ?? []
  if (card && standard) await world.pressesOn(secretary, card, { press: 'result.submitAppeal' }, { form: { standard, words } })
}

export async function answersAppeal(world: World, assessor: string) {
  const chat = world.dm(assessor)
  const card = world.latest(chat, 'appeal.answer')
  const [, duty] = /"name":"duty".*?"value":"([^"]+)"/.exec(JSON.stringify(card?.content ?? '')) ?? []
  if (!card) return
  const form = { verdict: 'points', percent: '100', words: '补充的记录核实无误', ...(duty ? { duty } : {}) }
  await world.pressesOn(assessor, card, { press: 'appeal.answer' }, { form })
}
