import { beforeEach, expect, test } from 'vitest'
import { anAssessment, QUARTER, type TestAssessment } from '../harness/assessment.ts'
import { openId } from '../harness/branch.ts'
import { askOnly } from '../harness/rulebook.ts'

/** The branches' days end on 14 October, the review's on the 21st. */
let it: TestAssessment
beforeEach(async () => {
  it = await anAssessment()
  await askOnly(it.client, '5.judged', '12.lecture')
  await it.opens()
  await it.turn('2026-10-08', '09:30')
})

const sent = { branch: 'branch', quarter: QUARTER }
const shown = async (view: string, args: object) => (await it.shown(view, args as Record<string, unknown>)).text
const self = () => it.cardOf('selfAssessment', '李华').then((card) => card?.text ?? '')
const digest = (name: string) => shown('digest', { person: openId(name) })
const review = () => shown('review', { subject: 's', committee: 'committee', quarter: QUARTER })
const mine = async (name: string) => (await it.say(name, '我的', { dm: true }))?.text ?? ''

test('the days of the self-assessment are said as over once they are', async () => {
  it.at('2026-10-14', '10:00')
  expect(await self()).toContain('请上报，期限10月14日（周三）；')
  expect(await self()).toContain('Please send it up, due by Wed 14 Oct;')
  it.at('2026-10-15', '10:00')
  for (const text of [await self(), await digest('李华')]) {
    expect(text).toContain('期限10月14日（周三）已过，公布前还可以报')
    expect(text).toContain('it was due by Wed 14 Oct and can still be sent until publication')
    expect(text).not.toContain('到10月14日')
  }
})

test('the days of the review are said as over once they are', async () => {
  it.at('2026-10-21', '10:00')
  expect(await review()).toContain('支部自评到10月14日（周三），已过；上级评定到10月21日（周三）。')
  expect(await mine('上级')).toContain('待评定、公布，10月21日（周三）前')
  it.at('2026-10-22', '10:00')
  expect(await review()).toContain('上级评定到10月21日（周三），已过。')
  expect(await review()).toContain('review until Wed 21 Oct, which is over.')
  expect(await mine('上级')).toContain('待评定、公布，应在10月21日（周三）前，已过期')
  expect(await mine('上级')).toContain('to review and publish, was due by Wed 21 Oct')
})

test('the days of the appeals are said as over once they are', async () => {
  await askOnly(it.client, '12.lecture')
  await it.press('李华', { press: 'selfAssessment.submit', ...sent, own: [], given: [] })
  it.at('2026-10-16', '10:00')
  await it.press('上级', { press: 'review.publish', committee: 'committee', quarter: QUARTER })
  const [row] = (await it.client.execute('select appeals_until from assessments')).rows
  const last = String(row?.appeals_until)
  const card = () => shown('score', { branch: 'branch', quarter: QUARTER })
  it.at(last, '10:00')
  expect(await review()).toMatch(/已公布\*\*，申诉到10月\d+日（周.）；/)
  expect(await card()).toMatch(/已公布，申诉到10月\d+日（周.）。/)
  it.at('2026-10-30', '10:00')
  expect(await review()).toMatch(/已公布\*\*，申诉到10月\d+日（周.），已过；/)
  expect(await card()).toMatch(/已公布，申诉到10月\d+日（周.），已过。/)
  expect(await card()).toMatch(/Published; appeals until \w+ \d+ Oct, which is over\./)
})
