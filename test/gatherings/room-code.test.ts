import { expect, test } from 'vitest'
import type { Card } from '../../src/card.ts'
import { roomCode } from '../../src/rules/gatherings/room-code.ts'
import { anApp } from '../harness/app.ts'
import { aBranch, buttonsOf, openId, textOf } from '../harness/branch.ts'

const committee = [
  { name: '李华', role: 'secretary' as const },
  { name: '王芳', role: 'organisation' as const },
  { name: '张伟', role: 'publicity' as const },
  { name: '钱进' },
]

/** A committee meeting with a room code, 15:00 to 16:00 on 9 October. */
async function aMeetingInTheRoom() {
  const branch = await aBranch(committee)
  await branch.at('2026-10-08', '09:00').say('李华', '/会议 支委会 周五 15:00 三楼会议室 现场码')
  const gathering = await branch.latestGathering()
  const secret = String((await branch.store.client.execute('select room_secret from gatherings')).rows[0]?.[0])
  const on = (time: string) => branch.at('2026-10-09', time)
  const codeAt = (time: string) => roomCode(secret, new Date(`2026-10-09T${time}:00+08:00`))
  const wrongAt = (time: string, i: number) => String((Number(codeAt(time)) + 1_000 + i) % 10_000).padStart(4, '0')
  const enter = (name: string, digits: string, time: string) =>
    on(time).press(name, { press: 'roomCode.enter', gathering }, { form: { digits }, chat: `oc_dm_${name}` })
  return { branch, gathering, on, codeAt, wrongAt, enter }
}

test('a meeting with a room code asks for digits in private', async () => {
  const { branch, gathering, on, codeAt, enter } = await aMeetingInTheRoom()
  const { text } = await branch.shown('gathering', { subject: gathering })
  expect(text).toContain('三楼会议室')
  expect(text).not.toContain('三楼会议室 现场码')
  const press = (name: string, time: string) => on(time).press(name, { press: 'gathering.checkIn', gathering })
  expect((await press('王芳', '14:00')).toast.zh).toContain('还没到签到时间')
  expect((await press('王芳', '14:50')).toast.zh).toContain('请在私聊里输入')
  expect(await branch.count('arrivals')).toBe(0)
  expect((await branch.outboxRows()).at(-1)).toMatchObject({ view: 'codeForm', to_kind: 'person', to_id: openId('王芳') })
  expect((await enter('王芳', codeAt('14:50'), '14:59')).toast.zh).toBe('签到成功，准时。')
  expect(
    (await enter('张伟', ` ${codeAt('15:02').replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))}`, '15:02')).toast
      .zh,
  ).toBe('签到成功，记为迟到。')
  expect((await enter('王芳', '0000', '15:03')).toast.zh).toContain('你已签到')
})

test('the code goes by word in private, never in the group', async () => {
  const { branch, on, codeAt, wrongAt } = await aMeetingInTheRoom()
  on('14:50')
  expect((await branch.say('王芳', `签到 ${codeAt('14:50')}`))?.text).toContain('请在私聊里输入')
  expect((await branch.say('王芳', `签到 ${wrongAt('14:50', 0)}`, { dm: true }))?.text).toContain('现场码不对，还可以试 4 次')
  expect((await branch.say('王芳', `签到 ${codeAt('14:50')}`, { dm: true }))?.text).toContain('签到成功，准时。（支委会）')
  expect((await branch.say('钱进', `签到 ${codeAt('14:50')}`, { dm: true }))?.text).toContain('不在这次会议的应到名单上')
})

test('after five wrong tries only the host can mark the person', async () => {
  const { branch, gathering, codeAt, wrongAt, enter } = await aMeetingInTheRoom()
  for (let i = 0; i < 4; i++) expect((await enter('王芳', wrongAt('14:50', i), '14:50')).toast.zh).toContain(`还可以试 ${4 - i} 次`)
  expect((await enter('王芳', wrongAt('14:50', 4), '14:50')).toast.zh).toContain('次数用完了')
  expect((await enter('王芳', codeAt('14:50'), '14:51')).toast.zh).toContain('已经试错 5 次')
  expect((await branch.say('王芳', `签到 ${codeAt('14:51')}`, { dm: true }))?.text).toContain('已经试错 5 次')
  expect((await enter('张伟', codeAt('14:50'), '14:51')).mood).toBe('success')
  const marked = await branch.press('李华', { press: 'host.mark', gathering }, { form: { people: ['m_王芳'] } })
  expect(marked.toast.zh).toBe('已标记 1 人到会。')
})

test('of twenty tries at once five count, and none slips through', async () => {
  const { branch, gathering, codeAt, wrongAt } = await aMeetingInTheRoom()
  const app = anApp(branch.store)
  app.at('2026-10-09', '14:50')
  const digits = [...Array.from({ length: 19 }, (_, i) => wrongAt('14:50', i)), codeAt('14:50')]
  await Promise.all(digits.map((one) => app.presses(openId('王芳'), { press: 'roomCode.enter', gathering }, { form: { digits: one } })))
  const { rows } = await branch.store.client.execute("select count(*) as n from audit where deed = 'attendance.tryCode'")
  expect([rows[0]?.n, await branch.count('arrivals')]).toEqual([5, 0])
})

test('only the host sees the digits, which stay until they change', async () => {
  const { branch, gathering, on, codeAt } = await aMeetingInTheRoom()
  on('14:52')
  const host = await branch.shown('host', { subject: gathering })
  expect(buttonsOf(host.card).map(({ press }) => press)).toContain('host.code')
  const shown = await branch.press('李华', { press: 'host.code', gathering })
  const said = `**现场码 ${codeAt('14:52')}**　14:55 换新；旧码 5 分钟内仍有效。`
  expect(textOf(shown.card as Card)).toContain(said)
  expect((await branch.press('钱进', { press: 'host.code', gathering })).mood).toBe('warning')
  await branch.press('李华', { press: 'host.mark', gathering }, { form: { people: ['m_王芳'] } })
  expect((await branch.shown('host', { subject: gathering, viewer: 'm_李华' })).text).toContain(said)
  expect((await branch.shown('inRoom', { subject: gathering, viewer: 'm_李华' })).text).toContain(said)
  on('14:55')
  expect((await branch.shown('host', { subject: gathering, viewer: 'm_李华' })).text).not.toMatch(/\*\*现场码 \d/)
  on('14:52')
  const { text } = await branch.shown('gathering', { subject: gathering })
  expect(text).not.toContain(codeAt('14:52'))
  expect(text).toContain('输入现场的 4 位数字')
})

test('the form asks for a room code, and the line prefills it', async () => {
  const branch = await aBranch(committee)
  const form = await branch.say('李华', '/meeting committee room 3, room code')
  expect(JSON.stringify(form?.card)).toContain('"initial_option":"yes"')
  const submit = { press: 'call.submit', branch: 'branch', gathering: 'g' }
  await branch.press('李华', submit, { form: { kind: 'committee', starts: '2026-10-09 15:00 +0800', code: 'yes' } })
  await branch.press('李华', { ...submit, gathering: 'h' }, { form: { kind: 'committee', starts: '2026-10-09 17:00 +0800', code: 'no' } })
  const { rows } = await branch.store.client.execute('select room_secret is not null as is_asked from gatherings order by id')
  expect(rows).toMatchObject([{ is_asked: 1 }, { is_asked: 0 }])
})
