import { expect, test } from 'vitest'
import { lookUp } from '../../db/client.ts'
import { makeUpsOf } from '../../db/gatherings/make-ups.ts'
import { addDays, day } from '../../src/calendar.ts'
import { closeGatherings } from '../../src/jobs/close-gatherings.ts'
import { sendDigests } from '../../src/jobs/send-digests.ts'
import { makeUpDueOn } from '../../src/rules/gatherings/make-ups.ts'
import { aBranch, buttonsOf, openId } from '../harness/branch.ts'
import { ranOnce } from '../harness/jobs.ts'

const people = [
  { name: '李华', role: 'secretary' as const },
  { name: '王芳', role: 'deputy' as const },
  { name: '张伟', role: 'publicity' as const },
  { name: '赵敏' },
  { name: '钱进', stage: 'activist' as const },
]

/** A meeting on 9 October at 15:00 to which 李华 comes and which 李华 closes at 15:30. */
async function aHeldMeeting(kind = '党员大会', comes: readonly string[] = ['李华']) {
  const branch = await aBranch(people)
  await branch.say('李华', `/会议 ${kind} 周五 15:00`)
  const gathering = await branch.latestGathering()
  branch.at('2026-10-09', '14:50')
  for (const name of comes) await branch.press(name, { press: 'gathering.checkIn', gathering })
  branch.at('2026-10-09', '15:30')
  await branch.press('李华', { press: 'host.close', gathering })
  const press = (name: string, what: string, form?: Record<string, unknown>) => branch.press(name, { press: what, gathering }, { form })
  return {
    branch,
    gathering,
    press,
    done: (name: string, way = 'minutes') => press(name, 'makeUp.done', { way }),
    owes: async (name: string) => (await lookUp(branch.db, [makeUpsOf(branch.db, openId(name), branch.now())]))[0],
    own: (name: string) => branch.shown('makeUp', { subject: 's', member: `m_${name}` }),
    hosts: () => branch.shown('makeUps', { subject: 's', gathering }),
    hostCards: async () => (await branch.outboxRows()).filter(({ view, to_kind }) => view === 'makeUps' && to_kind === 'person'),
  }
}

test('a missed meeting is made up within seven days of the lock', async () => {
  const { branch, gathering, owes } = await aHeldMeeting()
  branch.at('2026-10-10', '15:29')
  expect(await owes('赵敏')).toEqual([])
  branch.at('2026-10-10', '15:30')
  expect(await owes('赵敏')).toMatchObject([{ gathering, kind: 'general', dueOn: '2026-10-16', way: null }])
  for (const name of ['李华', '钱进']) expect(await owes(name)).toEqual([])
})

test.each([
  ['支委会', '王芳', 1],
  ['支委会', '赵敏', 0],
  ['党课', '赵敏', 1],
  ['组织生活会', '赵敏', 1],
  ['主题党日', '赵敏', 0],
  ['党员学习', '赵敏', 0],
  ['志愿服务', '赵敏', 0],
])('after a %s that they missed, %s has %i to make up', async (kind, name, count) => {
  const { branch, owes } = await aHeldMeeting(kind)
  branch.at('2026-10-12', '09:00')
  expect(await owes(name)).toHaveLength(count)
})

test('leave counts as missed; the departed and unattended meetings do not', async () => {
  const { branch, gathering, owes } = await aHeldMeeting()
  await branch.store.client.execute({ sql: "insert into leaves values (?, 'm_赵敏', 'sick', 0, 'm_李华', 1)", args: [gathering] })
  branch.at('2026-10-12', '09:00')
  expect(await owes('赵敏')).toHaveLength(1)
  await branch.store.client.execute("update members set away_since = '2026-10-11' where id = 'm_赵敏'")
  expect(await owes('赵敏')).toEqual([])
  await branch.store.client.execute("update members set left_on = '2026-10-11' where id = 'm_王芳'")
  expect(await owes('王芳')).toEqual([])

  const empty = await aHeldMeeting('党员大会', [])
  empty.branch.at('2026-10-12', '09:00')
  expect(await empty.owes('赵敏')).toEqual([])
})

test('a member says how, and the host’s word settles it', async () => {
  const { branch, done, owes, own, hosts, hostCards, press } = await aHeldMeeting()
  branch.at('2026-10-12', '09:00')
  expect((await own('赵敏')).text).toContain('10月16日（周五）前补上')
  expect((await done('赵敏')).toast.zh).toContain('等主持人确认')
  expect((await done('赵敏')).toast.zh).toContain('已经报过了')
  expect((await own('赵敏')).text).toContain('看了会议记录和材料，等确认')
  expect(await owes('赵敏')).toMatchObject([{ way: 'minutes' }])
  await done('王芳', 'talk')
  expect(await hostCards()).toMatchObject([{ to_id: openId('李华') }])
  const card = await hosts()
  expect(card.text).toContain('缺席 3 人，已了结 0 人')
  expect(card.text).toContain('**赵敏** 看了会议记录和材料')
  expect(card.text).toContain('**王芳** 和主持人谈过会议内容')

  expect((await press('赵敏', 'makeUps.confirm', {})).mood).toBe('warning')
  expect((await press('李华', 'makeUps.confirm', { people: ['m_赵敏'] })).toast.zh).toBe('已确认 1 人补课。')
  expect(await owes('赵敏')).toEqual([])
  expect(await owes('王芳')).toHaveLength(1)
  expect((await press('李华', 'makeUps.confirm', {})).toast.zh).toBe('已确认 1 人补课。')
  expect((await press('李华', 'makeUps.confirm', {})).mood).toBe('warning')
  const { rows } = await branch.store.client.execute('select member, way, confirmed_by from make_ups order by way')
  expect(rows).toMatchObject([
    { member: 'm_赵敏', way: 'minutes', confirmed_by: 'm_李华' },
    { member: 'm_王芳', way: 'talk', confirmed_by: 'm_李华' },
  ])
})

test('nothing of it reaches the member unasked, nor the group', async () => {
  const { branch, done, press } = await aHeldMeeting()
  branch.at('2026-10-12', '09:00')
  const before = (await branch.outboxRows()).length
  await done('赵敏')
  await press('李华', 'makeUps.confirm', {})
  const after = (await branch.outboxRows()).slice(before)
  expect(after.filter(({ to_kind, to_id }) => to_kind === 'chat' || to_id === openId('赵敏'))).toEqual([])
})

test('early words, false claims and wrong confirmations are each undone', async () => {
  const { branch, done, owes, press } = await aHeldMeeting()
  branch.at('2026-10-12', '09:00')
  expect((await press('赵敏', 'makeUp.takeBack')).toast.zh).toContain('还没有报补课')
  await done('赵敏')
  expect((await press('赵敏', 'makeUp.takeBack')).toast.zh).toBe('已撤回。')
  expect(await owes('赵敏')).toMatchObject([{ way: null }])
  await done('赵敏')
  expect((await press('李华', 'makeUps.sendBack', { undone: ['m_赵敏'] })).toast.zh).toBe('已退回 1 人。')
  expect(await owes('赵敏')).toMatchObject([{ way: null }])
  await done('赵敏')
  await press('李华', 'makeUps.confirm', {})
  expect((await press('赵敏', 'makeUp.takeBack')).mood).toBe('warning')
  expect((await press('李华', 'makeUps.sendBack', { undone: ['m_赵敏'] })).mood).toBe('success')
  expect(await owes('赵敏')).toMatchObject([{ way: null }])
})

test.each([0, 1])('of a confirmation and a withdrawal at once one is done', async (first) => {
  const { branch, done, press } = await aHeldMeeting()
  branch.at('2026-10-12', '09:00')
  await done('赵敏')
  const both = [() => press('李华', 'makeUps.confirm', {}), () => press('赵敏', 'makeUp.takeBack')]
  const answers = await Promise.all((first === 0 ? both : both.reverse()).map((go) => go()))
  expect(answers.filter(({ mood }) => mood === 'success')).toHaveLength(1)
  const { rows } = await branch.store.client.execute("select deed from audit where deed in ('makeUp.confirm', 'makeUp.takeBack')")
  expect(rows).toHaveLength(1)
})

test('the host excuses somebody with a listed reason', async () => {
  const { branch, done, owes, press, hosts } = await aHeldMeeting()
  branch.at('2026-10-12', '09:00')
  await done('王芳')
  expect((await press('李华', 'makeUps.excuse', { person: 'm_赵敏', why: 'because' })).toast.zh).toContain('请选择原因')
  expect((await press('李华', 'makeUps.excuse', { person: 'm_李华', why: 'frail' })).mood).toBe('warning')
  for (const name of ['赵敏', '王芳'])
    expect((await press('李华', 'makeUps.excuse', { person: `m_${name}`, why: 'longIllness' })).mood).toBe('success')
  expect([await owes('赵敏'), await owes('王芳')]).toEqual([[], []])
  expect((await hosts()).text).toContain('缺席 3 人，已了结 2 人')
  expect((await press('李华', 'makeUps.excuse', { person: 'm_赵敏', why: 'frail' })).mood).toBe('warning')
})

test('a correction that marks somebody present ends it', async () => {
  const { branch, gathering, done, owes, hosts } = await aHeldMeeting()
  branch.at('2026-10-12', '09:00')
  await done('赵敏')
  await branch.press('李华', { press: 'corrections.reopen', form: 'reopen' }, { form: { gathering, reason: '漏记' } })
  await branch.press('李华', { press: 'host.mark', gathering }, { form: { people: ['m_赵敏'] } })
  expect(await owes('赵敏')).toEqual([])
  expect((await hosts()).text).toContain('缺席 2 人')
  expect((await hosts()).text).not.toContain('赵敏')
})

test('我的 shows what to make up, to its person alone', async () => {
  const { branch, gathering } = await aHeldMeeting()
  branch.at('2026-10-12', '09:00')
  const mine = await branch.say('赵敏', '我的', { dm: true })
  expect(mine?.text).toContain('10月9日（周五） 支部党员大会 — 10月16日（周五）前补上')
  const [open] = buttonsOf(mine?.card)
  expect((await branch.press('赵敏', open ?? {})).mood).toBe('success')
  expect((await branch.outboxRows()).at(-1)).toMatchObject({ view: 'makeUp', to_id: openId('赵敏') })
  expect((await branch.say('李华', '我的', { dm: true }))?.text).not.toContain('补上')
  expect((await branch.shown('gathering', { subject: gathering })).text).not.toMatch(/补课|赵敏/)
})

test('the host’s own card leads to it, once attendance is locked', async () => {
  const { branch, press, hostCards } = await aHeldMeeting()
  branch.at('2026-10-10', '15:00')
  for (let times = 0; times < 2; times++)
    expect((await press('李华', 'makeUps.open')).toast.zh).toBe('会后 24 小时内还可以更正到会，补课单10月10日（周六）15:30发给你。')
  expect((await hostCards()).map(({ due_at }) => new Date(Number(due_at)))).toEqual([new Date('2026-10-10T15:30:00+08:00')])
  branch.at('2026-10-10', '15:30')
  expect((await press('李华', 'makeUps.open')).mood).toBe('success')
  expect(await hostCards()).toHaveLength(2)
})

test('the request to confirm waits for the day', async () => {
  const { branch, done, hostCards } = await aHeldMeeting()
  branch.at('2026-10-12', '23:30')
  await done('赵敏')
  expect((await hostCards()).map(({ due_at }) => new Date(Number(due_at)))).toEqual([new Date('2026-10-13T08:00:00+08:00')])
})

test('a former host is not asked and sees no names', async () => {
  const { branch, gathering, done, hostCards, hosts } = await aHeldMeeting()
  branch.at('2026-10-12', '09:00')
  await done('赵敏')
  const [hostRow] = (await branch.outboxRows()).filter(({ view }) => view === 'host')
  const [first] = await hostCards()
  const shown = async (row: typeof first) => (await branch.shown(String(row?.view), JSON.parse(String(row?.args)))).text
  expect([await shown(first), await shown(hostRow)]).toEqual([expect.stringContaining('赵敏'), expect.stringContaining('赵敏')])

  await branch.store.client.execute("update seats set until_at = 1 where member = 'm_李华'")
  for (const row of [first, hostRow]) {
    expect(await shown(row)).toContain('现在由别的委员负责')
    expect(await shown(row)).not.toMatch(/赵敏|王芳|张伟/)
  }
  expect((await hosts()).text).toContain('赵敏')
  expect((await branch.shown('host', { subject: gathering })).text).toContain('赵敏')

  // In the same days the deputy is asked instead, on a card of their own.
  await done('张伟')
  expect((await hostCards()).map(({ to_id }) => to_id)).toEqual([openId('李华'), openId('王芳')])
})

test('nobody settles their own: deputy or committee do', async () => {
  const { branch, done, press, hostCards, owes } = await aHeldMeeting('党员大会', ['赵敏'])
  branch.at('2026-10-12', '09:00')
  expect((await done('李华')).toast.zh).toContain('等另一位委员确认')
  expect((await hostCards()).map(({ to_id }) => to_id)).toEqual([openId('王芳')])
  const opened = await branch.shown('makeUps', { subject: 's', gathering: await branch.latestGathering(), viewer: 'm_李华' })
  expect(opened.text).toContain('自己的补课由另一位委员确认')
  expect(buttonsOf(opened.card).map((one) => one.press)).not.toContain('makeUps.confirm')
  expect((await press('李华', 'makeUps.confirm', {})).toast.zh).toBe('自己的补课请另一位委员确认。')
  expect((await press('李华', 'makeUps.excuse', { person: 'm_李华', why: 'frail' })).toast.zh).toContain('请另一位委员')
  expect(await owes('李华')).toHaveLength(1)

  await done('王芳')
  expect((await hostCards()).map(({ to_id }) => to_id)).toEqual([openId('王芳'), openId('李华')])
  await press('李华', 'makeUps.confirm', {})
  expect([await owes('李华'), await owes('王芳')]).toMatchObject([[{ way: 'minutes' }], []])
  await press('王芳', 'makeUps.confirm', {})
  expect(await owes('李华')).toEqual([])

  const without = await aHeldMeeting('党员大会', ['赵敏'])
  await without.branch.store.client.execute("update seats set until_at = 1 where member = 'm_王芳'")
  without.branch.at('2026-10-12', '09:00')
  await without.done('李华')
  expect((await without.hostCards()).map(({ to_id }) => to_id)).toEqual([openId('张伟')])
})

test('whoever has moved to another branch owes the former one nothing', async () => {
  const { branch, owes, hosts } = await aHeldMeeting()
  branch.at('2026-10-12', '09:00')
  await branch.store.client.executeMultiple(`
    insert into branches (id, unit, committee, name, since) values ('b2', 'unit', 'committee', '二支部', '2026-10-01');
    update members set branch = 'b2' where id = 'm_赵敏'`)
  expect(await owes('赵敏')).toEqual([])
  expect((await hosts()).text).not.toContain('赵敏')
})

test('a date that has passed is said to have passed', async () => {
  const { branch, own } = await aHeldMeeting()
  branch.at('2026-10-16', '20:00')
  expect((await own('赵敏')).text).not.toContain('过期')
  branch.at('2026-10-17', '09:00')
  expect((await own('赵敏')).text).toContain('已过期，应在10月16日（周五）前补上')
  expect((await own('赵敏')).text).toContain('overdue')
  expect((await branch.say('赵敏', '我的', { dm: true }))?.text).toContain('已过期')
})

test('absentees hear once and on the last day, the group never', async () => {
  const { branch } = await aHeldMeeting()
  for (let on = '2026-10-10'; on <= '2026-10-30'; on = addDays(on, 1)) {
    branch.at(on, '09:00')
    await ranOnce(sendDigests, { db: branch.db, slot: branch.now(), now: branch.now(), isLate: false })
  }
  const digests = (await branch.outboxRows()).filter(({ view }) => view === 'digest')
  const to = digests.filter(({ to_id }) => to_id === openId('赵敏')).map(({ due_at }) => day(new Date(Number(due_at))))
  expect(to).toEqual(['2026-10-12', '2026-10-16'])
  expect(digests.filter(({ to_kind }) => to_kind !== 'person')).toEqual([])
  branch.at('2026-10-12', '09:00')
  expect((await branch.shown('digest', { person: openId('赵敏') })).text).toContain('支部党员大会 — 10月16日（周五）前补上')
})

test('the secretary stands in for a host who left', async () => {
  const { branch, done, hostCards } = await aHeldMeeting()
  branch.at('2026-10-12', '09:00')
  await done('赵敏')
  await branch.store.client.execute("update members set left_on = '2026-10-20' where id = 'm_李华'")
  branch.at('2026-10-28', '09:00')
  await done('张伟')
  expect(await hostCards()).toMatchObject([{ to_id: openId('李华') }, { to_id: openId('王芳') }])
})

test('nobody is asked for ever: after a hundred days it is gone', async () => {
  const { branch, owes } = await aHeldMeeting()
  branch.at('2027-01-16', '09:00')
  expect(await owes('赵敏')).toHaveLength(1)
  branch.at('2027-01-18', '09:00')
  expect(await owes('赵敏')).toEqual([])
})

test('what the clock closes is made up like what the host closes', async () => {
  const branch = await aBranch(people)
  await branch.say('李华', '/会议 党课 周五 15:00')
  branch.at('2026-10-09', '14:50')
  await branch.press('李华', { press: 'gathering.checkIn', gathering: await branch.latestGathering() })
  branch.at('2026-10-09', '16:10')
  await closeGatherings({ db: branch.db, slot: branch.now(), now: branch.now(), isLate: false })
  branch.at('2026-10-12', '09:00')
  expect((await lookUp(branch.db, [makeUpsOf(branch.db, openId('赵敏'), branch.now(), 3)]))[0]).toMatchObject([{ dueOn: '2026-10-12' }])
})

test.each([
  ['2026-10-09T23:59:59+08:00', 7, '2026-10-16'],
  ['2026-10-10T00:00:00+08:00', 7, '2026-10-17'],
  ['2026-12-29T10:00:00+08:00', 3, '2027-01-01'],
])('of what closed at %s, in %i days: %s', (at, days, on) => expect(makeUpDueOn(new Date(at), days)).toBe(on))
