import { expect, test } from 'vitest'
import { tick } from '../../src/clock/schedule.ts'
import { aBranch, buttonsOf, openId } from '../harness/branch.ts'

const people = [
  { name: '李华', role: 'secretary' as const },
  { name: '王芳', role: 'organisation' as const },
  { name: '张伟', role: 'publicity' as const },
]

/** A committee meeting on 9 October, 15:00 to 16:00. */
async function aMeeting(more = '') {
  const branch = await aBranch(people)
  await branch.say('李华', `/会议 支委会 周五 15:00 三楼${more}`)
  const gathering = await branch.latestGathering()
  const host = async (time: string) => (await branch.at('2026-10-09', time).shown('host', { subject: gathering, viewer: 'm_李华' })).card
  return { branch, gathering, host }
}

/** The names of the presses whose buttons stand out. */
function mainOf(card: unknown): string[] {
  const found: string[] = []
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) walk(one)
    else if (value && typeof value === 'object') {
      const { tag, type, behaviors } = value as { tag?: string; type?: string; behaviors?: { value: { press: string } }[] }
      if (tag === 'button' && /^primary/.test(type ?? '')) found.push(behaviors?.[0]?.value.press ?? 'page')
      for (const one of Object.values(value)) walk(one)
    }
  }
  walk(card)
  return found
}

const pressesOf = (card: Parameters<typeof buttonsOf>[0]) => buttonsOf(card).map(({ press }) => press)

test('before the start the host sets the agenda, moves or cancels', async () => {
  const { host } = await aMeeting()
  const card = await host('09:00')
  expect(mainOf(card)).toEqual(['agenda.open'])
  expect(pressesOf(card)).toEqual(expect.arrayContaining(['reschedule.open', 'callOff.open']))
  expect(pressesOf(card)).not.toContain('host.close')
  expect(pressesOf(card)).not.toContain('corrections.open')
})

test('while people arrive the code is the host’s main button', async () => {
  const { host } = await aMeeting(' 现场码')
  expect(mainOf(await host('14:29'))).toEqual(['agenda.open'])
  expect(mainOf(await host('14:45'))).toEqual(['host.code'])
})

test('under way the main button ends the meeting, whatever else waits', async () => {
  const { branch, gathering, host } = await aMeeting(' 现场码 议题 学习条例')
  branch.at('2026-10-09', '14:40')
  await branch.press('张伟', { press: 'leave.ask', gathering }, { form: { reason: 'work' } })
  const card = await host('15:00')
  expect(mainOf(card)).toEqual(['host.close'])
  expect(pressesOf(card)).toEqual(expect.arrayContaining(['host.leave', 'host.mark', 'agenda.settle', 'corrections.open', 'agenda.open']))
  expect(pressesOf(card)).not.toContain('reschedule.open')
  expect(pressesOf(card)).not.toContain('callOff.open')
})

test('after it the host corrects, and arranges make-ups first', async () => {
  const { branch, gathering, host } = await aMeeting()
  branch.at('2026-10-09', '14:50')
  for (const name of ['李华', '王芳']) await branch.press(name, { press: 'gathering.checkIn', gathering })
  branch.at('2026-10-09', '15:30')
  await branch.press('李华', { press: 'host.close', gathering })
  const card = await host('15:31')
  expect(mainOf(card)).toEqual(['makeUps.open'])
  expect(pressesOf(card)).toContain('corrections.open')
})

test('a meeting that the clock closed asks first what was held', async () => {
  const { branch, gathering, host } = await aMeeting(' 议题 学习条例')
  branch.at('2026-10-09', '14:50')
  for (const name of ['李华', '王芳']) await branch.press(name, { press: 'gathering.checkIn', gathering })
  branch.at('2026-10-09', '16:01')
  await tick(branch.db, branch.now(), () => {})
  expect(mainOf(await host('16:02'))).toEqual(['agenda.settle'])
})

test('the host’s posted card is renewed when the meeting begins', async () => {
  const { branch, gathering } = await aMeeting()
  await branch.store.client.execute(
    `insert into posts values ('om_host', 'person:${openId('李华')}', 'host', '${gathering}', '{}', ${branch.now().getTime()})`,
  )
  branch.at('2026-10-09', '14:01')
  await tick(branch.db, branch.now(), () => {})
  const due = async (as: string) => (await branch.outboxRows()).find(({ occasion }) => occasion === `${as} om_host`)?.due_at
  expect(new Date(Number(await due('begins')))).toEqual(new Date('2026-10-09T15:00:01.500+08:00'))
  branch.at('2026-10-09', '14:40')
  await branch.press('王芳', { press: 'gathering.checkIn', gathering })
  expect(Number(await due('refresh'))).toBeLessThan(new Date('2026-10-09T14:41:00+08:00').getTime())
})

test('the reminder checks in and excuses, and stays as it is', async () => {
  const { branch, gathering } = await aMeeting()
  branch.at('2026-10-09', '14:01')
  const reminder = (await branch.shown('reminder', { gathering })).card
  expect(mainOf(reminder)).toEqual(['gathering.checkIn'])
  expect(pressesOf(reminder)).toEqual(['gathering.checkIn', 'leave.open'])
  const [checkIn, leave] = buttonsOf(reminder)
  expect((await branch.press('张伟', leave ?? {})).toast.zh).toContain('请假单已私聊发给你')
  branch.at('2026-10-09', '14:40')
  const pressed = await branch.press('王芳', checkIn ?? {})
  expect([pressed.toast.zh, pressed.card]).toEqual(['签到成功，准时。', undefined])
})

test('cancelling asks for its reason on a card of its own', async () => {
  const { branch, gathering } = await aMeeting()
  await branch.press('李华', { press: 'callOff.open', gathering })
  expect((await branch.outboxRows()).at(-1)).toMatchObject({ view: 'callOff', to_id: openId('李华') })
  const { card, text } = await branch.shown('callOff', { gathering })
  expect(pressesOf(card)).toEqual(['corrections.cancel'])
  expect(text).toContain('取消的原因')
  await branch.press('李华', { press: 'corrections.cancel', gathering }, { form: { reason: '合并' } })
  expect((await branch.shown('callOff', { gathering })).text).toContain('不能再取消')
})
