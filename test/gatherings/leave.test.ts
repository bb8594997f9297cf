import { expect, test } from 'vitest'
import { posts } from '../../db/ledgers/tables.ts'
import { aBranch, buttonsOf, openId, textOf } from '../harness/branch.ts'
import { named } from '../harness/named.ts'

const committee = [
  { name: '李华', role: 'secretary' as const },
  { name: '王芳', role: 'organisation' as const },
  { name: '张伟', role: 'publicity' as const },
  { name: '赵敏', role: 'discipline' as const },
  { name: '钱进' },
]

/** A committee meeting of four, 15:00 to 16:00 on 9 October. */
async function aCommitteeMeeting() {
  const branch = await aBranch(committee)
  await branch.at('2026-10-08', '09:00').say('李华', '/会议 支委会 周五 15:00')
  const gathering = await branch.latestGathering()
  const on = (time: string, day = '2026-10-09') => branch.at(day, time)
  const ask = (name: string, reason: string, time = '10:00', day?: string) =>
    on(time, day).press(name, { press: 'leave.ask', gathering }, { form: { reason }, chat: `oc_dm_${name}` })
  const slip = (name: string) => branch.shown('leave', { subject: `${gathering} m_${name}`, gathering, member: `m_${name}` })
  const confirm = (name: string, time = '11:00') => on(time).press('李华', { press: 'host.leave', gathering, member: `m_${name}` })
  const card = (view: 'host' | 'gathering') => branch.shown(view, { subject: gathering })
  return { branch, gathering, on, ask, slip, confirm, card }
}

test('the button sends the person a slip; the reason stays private', async () => {
  const { branch, gathering, ask, slip, confirm, card } = await aCommitteeMeeting()
  expect((await branch.press('王芳', { press: 'leave.open', gathering })).toast.zh).toBe('请假单已私聊发给你。')
  expect((await branch.outboxRows()).at(-1)).toMatchObject({ view: 'leave', to_kind: 'person' })
  expect((await slip('王芳')).text).toContain('家事')
  expect((await ask('王芳', 'family')).toast.zh).toBe('已提交，等主持人确认。')
  expect((await slip('王芳')).text).toContain('**家事**：已提交，等主持人确认')
  expect((await card('host')).text).toContain('**王芳** 请假：家事')
  expect((await card('gathering')).text).not.toMatch(/家事|王芳/)

  expect((await confirm('王芳')).toast.zh).toBe('已确认请假。')
  expect((await slip('王芳')).text).toContain('主持人已确认')
  expect((await card('host')).text).toContain('**请假**：王芳')
  expect((await card('host')).text).toContain('**未到**：李华、张伟、赵敏')
  const { text } = await card('gathering')
  for (const figure of ["**4**\n<font color='grey'>应到", "**1**\n<font color='grey'>请假", "**3**\n<font color='grey'>未到"])
    expect(text).toContain(figure)
  expect(text).toContain('计入标准：在岗 4 人，需到 2 人')
  expect(text).not.toContain('家事')
  expect((await confirm('王芳')).toast.zh).toContain('已经确认过')
})

test('by word a reason asks at once, without one the slip comes', async () => {
  const { branch, slip } = await aCommitteeMeeting()
  const said = await branch.say('王芳', '/请假 出差')
  expect(said?.text).toContain('已提交请假：支委会')
  expect(said?.text).not.toContain('出差')
  expect((await slip('王芳')).text).toContain('**出差**')
  const own = await branch.say('张伟', '/leave', { dm: true })
  expect(own?.view).toBe('leave')
  expect(buttonsOf(own?.card).map(({ press }) => press)).toEqual(['leave.ask'])
  expect((await branch.say('张伟', '请假', {}))?.text).toContain('请假单已私聊发给你')
  expect((await branch.say('王芳', '/请假 出差'))?.text).toContain('已经请过假了')
  expect((await branch.say('钱进', '/请假 病假'))?.text).toContain('没有需要你参加的会')
})

test.each([
  ['before the start', 'work', '14:59', '2026-10-09', '已提交'],
  ['after the start', 'work', '15:00', '2026-10-09', '现在只能补请病假'],
  ['ill, after the start', 'sick', '15:00', '2026-10-09', '已提交'],
  ['ill, within 24 hours', 'sick', '15:59', '2026-10-10', '已提交'],
  ['ill, after 24 hours', 'sick', '16:00', '2026-10-10', '不能再补请假'],
  ['for no reason of the list', 'lazy', '10:00', '2026-10-09', '请选择事由'],
])('leave %s (%s at %s)', async (_when, reason, time, day, sentence) => {
  const { branch, gathering, ask, on } = await aCommitteeMeeting()
  if (time > '15:30' || day === '2026-10-10') await on('16:00').press('李华', { press: 'host.close', gathering })
  expect((await ask('王芳', reason, time, day)).toast.zh).toContain(sentence)
  expect(await branch.count('leaves')).toBe(sentence === '已提交' ? 1 : 0)
})

test('after the meeting an illness is said, and is no absence', async () => {
  const { branch, gathering, on, confirm, card } = await aCommitteeMeeting()
  await on('15:40').press('李华', { press: 'host.close', gathering })
  on('18:00')
  expect((await branch.say('王芳', '/请假 生病'))?.text).toContain('已提交请假')
  await confirm('王芳', '19:00')
  expect((await card('gathering')).text).toContain("**3**\n<font color='grey'>缺席")
})

test('a leave is withdrawn before the start, not after', async () => {
  const { branch, gathering, on, ask, confirm } = await aCommitteeMeeting()
  const withdraw = (name: string, time: string) => on(time).press(name, { press: 'leave.withdraw', gathering })
  await ask('王芳', 'work')
  await confirm('王芳')
  expect((await withdraw('王芳', '14:00')).toast.zh).toBe('请假已撤回。')
  expect(await branch.count('leaves')).toBe(0)
  expect((await withdraw('王芳', '14:01')).toast.zh).toBe('你还没有请假。')
  await ask('王芳', 'work', '14:02')
  expect((await withdraw('王芳', '15:00')).toast.zh).toContain('请假不能撤回')
})

test('whoever comes after all is present, and the leave lapses', async () => {
  const { gathering, on, ask, confirm, slip, card } = await aCommitteeMeeting()
  await ask('王芳', 'work')
  await confirm('王芳')
  expect((await on('14:50').press('王芳', { press: 'gathering.checkIn', gathering })).toast.zh).toBe('签到成功，准时。')
  expect((await card('gathering')).text).not.toContain("<font color='grey'>请假")
  expect((await card('host')).text).not.toContain('**请假**')
  expect((await slip('王芳')).text).toContain('你已经签到')
})

test('only the host confirms, and only those expected ask', async () => {
  const { branch, gathering, ask } = await aCommitteeMeeting()
  await ask('王芳', 'work')
  expect((await branch.press('钱进', { press: 'host.leave', gathering, member: 'm_王芳' })).mood).toBe('warning')
  expect((await ask('钱进', 'work')).toast.zh).toContain('不在这次会议的应到名单上')
  expect(await branch.count('leaves')).toBe(1)
})

test('several confirmations at once are one deed on record', async () => {
  const { branch, gathering, ask } = await aCommitteeMeeting()
  await ask('王芳', 'work')
  const value = { press: 'host.leave', gathering, member: 'm_王芳' }
  const confirmed = await Promise.all(['李华', '张伟', '赵敏'].map((name) => branch.press(name, value)))
  expect(confirmed.map(({ mood }) => mood).sort()).toEqual(['success', 'warning', 'warning'])
  const withdrawn = await Promise.all([1, 2, 3].map(() => branch.press('王芳', { press: 'leave.withdraw', gathering })))
  expect(withdrawn.map(({ mood }) => mood).sort()).toEqual(['success', 'warning', 'warning'])
  const { rows } = await branch.store.client.execute("select deed from audit where deed like 'leave.%' order by id")
  expect(rows.map(({ deed }) => deed)).toEqual(['leave.ask', 'leave.confirm', 'leave.withdraw'])
})

test('the confirmer gets one card an hour; the reason stays there', async () => {
  const { branch, gathering, on, ask } = await aCommitteeMeeting()
  const told = async () => (await branch.outboxRows()).filter(({ view }) => view === 'leaves').map(({ to_id }) => to_id)
  const asked = () => branch.shown('leaves', { subject: `leaves ${gathering}`, gathering, viewer: 'm_李华' })
  await ask('王芳', 'family', '10:00')
  await ask('张伟', 'travel', '10:40')
  expect(await told()).toEqual([openId('李华')])
  expect((await asked()).text).toMatch(/\*\*王芳\*\* 请假：家事.*\*\*张伟\*\* 请假：出差/s)
  await ask('赵敏', 'sick', '11:05')
  expect(await told()).toEqual([openId('李华'), openId('李华')])
  const confirmed = await on('11:10').press('李华', { press: 'leaves.confirm', gathering, member: 'm_王芳' })
  expect(confirmed.toast.zh).toBe('已确认请假。')
  const left = confirmed.card ? textOf(confirmed.card) : ''
  expect(left).not.toContain('王芳')
  expect(left).toContain('张伟')
  expect((await on('11:11').press('李华', { press: 'leaves.confirm', gathering, member: 'm_王芳' })).toast.zh).toContain('已经确认过')
})

test('at night the host hears in the morning; their leave is another’s', async () => {
  const { branch, ask, on } = await aCommitteeMeeting()
  const told = async () =>
    (await branch.outboxRows())
      .filter(({ view }) => view === 'leaves')
      .map((row) => [row.to_id, new Date(Number(row.due_at)).toISOString()])
  await ask('王芳', 'work', '22:30', '2026-10-08')
  await ask('李华', 'work', '09:00')
  expect(await told()).toEqual([
    [openId('李华'), '2026-10-09T00:00:00.000Z'],
    [openId('张伟'), '2026-10-09T01:00:00.000Z'],
  ])
  on('21:30')
  await branch.say('李华', '/会议 党课 明天 07:30')
  const gathering = await branch.latestGathering()
  await branch.at('2026-10-09', '23:00').press('钱进', { press: 'leave.ask', gathering }, { form: { reason: 'work' } })
  expect((await told()).at(-1)).toEqual([openId('李华'), '2026-10-09T15:00:00.000Z'])
})

test('我的 counts only the leaves that wait for the host', async () => {
  const { branch, gathering, ask, confirm, on } = await aCommitteeMeeting()
  const mine = async () => (await branch.say('李华', '我的', { dm: true })) ?? { text: '', card: null }
  expect((await mine()).text).not.toContain('请假待确认')
  await ask('王芳', 'work', '10:00')
  await ask('张伟', 'work', '10:01')
  const { text, card } = await mine()
  expect(text).toMatch(/请假待确认.*支委会 — 2 人/s)
  const opens = buttonsOf(card).find(({ press }) => press === 'leaves.open') ?? {}
  expect((await branch.press('李华', opens)).mood).toBe('success')
  expect((await branch.press('钱进', opens)).mood).toBe('warning')
  await confirm('王芳')
  await on('12:00').press('张伟', { press: 'leave.withdraw', gathering })
  // The host's own is not theirs to confirm.
  await ask('李华', 'work', '12:01')
  expect((await mine()).text).not.toContain('请假待确认')
})

test('without the seat no names show; a cancelled meeting asks nothing', async () => {
  const { branch, gathering, ask, on } = await aCommitteeMeeting()
  await ask('王芳', 'work')
  const asked = (viewer: string) => branch.shown('leaves', { subject: `leaves ${gathering}`, gathering, viewer: `m_${viewer}` })
  expect((await asked('钱进')).text).not.toContain('王芳')
  const stands = (view: string, subject: string, args: object) =>
    branch.db.insert(posts).values({
      messageId: `om_${view}`,
      recipient: 'person:ou',
      view: named(view),
      subject,
      args: { subject, gathering, ...args },
      postedAt: on('10:01').now(),
    })
  await stands('leave', `${gathering} m_王芳`, { member: 'm_王芳' })
  await stands('leaves', `leaves ${gathering}`, { viewer: 'm_李华' })
  await on('11:00').press('李华', { press: 'corrections.cancel', gathering }, { form: { reason: '改期' } })
  const anew = (await branch.outboxRows()).filter(({ to_kind }) => to_kind === 'card').map(({ to_id }) => to_id)
  expect(anew).toEqual(expect.arrayContaining(['om_leave', 'om_leaves']))
  expect((await asked('李华')).text).toContain('会议已取消')
})
