import { describe, expect, test } from 'vitest'
import { lookUp } from '../../db/client.ts'
import { gatheringAsItStands } from '../../db/gatherings/state.ts'
import { creditsBetween } from '../../db/ledgers/credits.ts'
import { linkTo, validLink } from '../../db/pages/links.ts'
import { moment } from '../../src/calendar.ts'
import { tick } from '../../src/clock/schedule.ts'
import { closeGatherings } from '../../src/jobs/close-gatherings.ts'
import { aBranch, buttonsOf, openId } from '../harness/branch.ts'

const people = [
  { name: '李华', role: 'secretary' as const },
  { name: '王芳', role: 'organisation' as const },
  { name: '张伟', role: 'publicity' as const },
  { name: '赵敏' },
]

/** A committee meeting, on 9 October at 15:00 on the third floor. */
async function aMeeting(line = '/会议 支委会 周五 15:00 三楼') {
  const branch = await aBranch(people)
  await branch.say('李华', line)
  const gathering = await branch.latestGathering()
  const rows = async (view: string) => (await branch.outboxRows()).filter((row) => row.view === view)
  return {
    branch,
    gathering,
    rows,
    on: (day: string, time: string) => branch.at(day, time),
    change: (form: { starts: string; place?: string }, name = '李华') =>
      branch.press(name, { press: 'reschedule.submit', gathering }, { form: { place: '三楼', ...form } }),
    press: (what: string, name = '李华', form?: Record<string, unknown>) => branch.press(name, { press: what, gathering }, { form }),
    card: (view: string) => branch.shown(view, { subject: gathering, gathering }),
    now: async () => (await lookUp(branch.db, [gatheringAsItStands(branch.db, gathering)]))[0],
    posts: async () => {
      const told = await rows('rescheduled')
      return Promise.all(told.map(async ({ args }) => (await branch.shown('rescheduled', JSON.parse(String(args)))).text))
    },
    minute: async (day: string, time: string) => {
      await tick(branch.db, branch.at(day, time).now(), () => {})
      return (await rows('reminder')).length
    },
  }
}

test('the host changes time and place; the card and one post follow', async () => {
  const { branch, press, change, card, posts, now } = await aMeeting()
  const { card: hosting } = await card('host')
  expect(buttonsOf(hosting).map((one) => one.press)).toContain('reschedule.open')
  await press('reschedule.open')
  const form = (await branch.outboxRows()).at(-1)
  expect(form).toMatchObject({ view: 'reschedule', to_id: openId('李华') })
  const shown = JSON.stringify((await branch.shown('reschedule', JSON.parse(String(form?.args)))).card)
  expect(shown).toContain('"initial_datetime":"2026-10-09 15:00"')
  expect(shown).toContain('"default_value":"三楼"')

  const answer = await change({ starts: '2026-10-10 16:30 +0800', place: '五楼' })
  expect(answer.toast.en).toBe('Changed; the group is told.')
  expect(await now()).toMatchObject({
    startsAt: moment('2026-10-10', '16:30'),
    endsAt: moment('2026-10-10', '17:30'),
    place: '五楼',
    calledBy: 'm_李华',
  })
  expect((await card('gathering')).text).toContain('10月10日（周六）16:30–17:30')
  expect((await posts()).map((text) => text.split('\n')[0])).toEqual([
    '支委会改期：时间改为**10月10日（周六）16:30**（原定10月9日（周五）15:00），地点改为**五楼**（原定三楼）。',
  ])
  const { rows } = await branch.store.client.execute("select actor from audit where deed = 'gathering.reschedule'")
  expect(rows).toMatchObject([{ actor: 'm_李华' }])
})

test('only the changed part is said; a missing place is announced', async () => {
  const { change, posts } = await aMeeting()
  await change({ starts: '2026-10-09 15:00', place: '' })
  const [text] = await posts()
  expect(text).toContain('支委会改期：地点改为**待定**（原定三楼）。')
  expect(text).toContain('Committee meeting rescheduled: at **to be announced** (was 三楼).')
  expect(text).not.toContain('时间')
})

test('a mistake is changed again, and the unsaid first stays unsaid', async () => {
  const { branch, change, posts, now } = await aMeeting()
  await change({ starts: '2026-10-10 16:30' })
  branch.at('2026-10-08', '09:01')
  await change({ starts: '2026-10-09 15:00' })
  expect((await now())?.startsAt).toEqual(moment('2026-10-09', '15:00'))
  const [first, second] = await posts()
  expect(first).toBe('')
  expect(second).toContain('时间改为**10月9日（周五）15:00**')
})

test.each([
  ['a time that has passed', { starts: '2026-10-08 08:59' }, '这个时间已经过了'],
  ['no change at all', { starts: '2026-10-09 15:00' }, '时间和地点没有变'],
  ['no time', { starts: '' }, '请选择日期和时间'],
])('%s is refused, and nothing is said or kept', async (_what, form, sentence) => {
  const { branch, change, rows, now } = await aMeeting()
  const answer = await change(form)
  expect(answer.toast.zh).toContain(sentence)
  expect(await rows('rescheduled')).toEqual([])
  expect((await now())?.startsAt).toEqual(moment('2026-10-09', '15:00'))
  expect((await branch.store.client.execute("select 1 from audit where deed = 'gathering.reschedule'")).rows).toEqual([])
})

test('it is refused from the start on, and once called off', async () => {
  const { on, change, press, card } = await aMeeting()
  on('2026-10-09', '15:00')
  expect((await change({ starts: '2026-10-10 15:00' })).toast.zh).toContain('会议已经开始')
  expect((await press('reschedule.open')).toast.zh).toContain('会议已经开始')
  expect(buttonsOf((await card('host')).card).map((one) => one.press)).not.toContain('reschedule.open')
  on('2026-10-09', '14:00')
  await press('corrections.cancel', '李华', { reason: '停电' })
  expect((await change({ starts: '2026-10-10 15:00' })).toast.zh).toContain('已经取消')
})

test('once somebody has checked in only the place can change', async () => {
  const { on, change, press, now } = await aMeeting()
  on('2026-10-09', '14:40')
  await press('gathering.checkIn', '王芳')
  expect((await change({ starts: '2026-10-10 15:00' })).toast.zh).toContain('已经有人签到')
  expect((await change({ starts: '2026-10-09 15:00', place: '四楼' })).mood).toBe('success')
  expect(await now()).toMatchObject({ place: '四楼', present: 1 })
})

test('of two changes at once one wins, check-ins too', async () => {
  const { branch, on, change, press, rows, now } = await aMeeting()
  const both = await Promise.all([change({ starts: '2026-10-10 16:00' }), change({ starts: '2026-10-12 16:00' }, '王芳')])
  expect(both.filter(({ mood }) => mood === 'success')).toHaveLength(1)
  expect(await rows('rescheduled')).toHaveLength(1)
  const { startsAt } = (await now()) as { startsAt: Date }
  const [day, time] = startsAt.getTime() === moment('2026-10-10', '16:00').getTime() ? ['2026-10-10', '15:40'] : ['2026-10-12', '15:40']
  on(day, time)
  await Promise.all([press('gathering.checkIn', '张伟'), change({ starts: '2026-10-20 16:00' })])
  const after = await now()
  expect([after?.present, after?.startsAt.getTime() === moment('2026-10-20', '16:00').getTime()]).not.toEqual([1, true])
  expect(await branch.count('arrivals')).toBe(after?.present)
})

test('who may not call may not change it', async () => {
  const { change, press } = await aMeeting()
  expect((await change({ starts: '2026-10-10 16:30' }, '赵敏')).mood).toBe('warning')
  expect((await press('reschedule.open', '赵敏')).mood).toBe('warning')
})

test('check-in, leave and the clock that closes go by the new time', async () => {
  const { branch, on, change, press, now } = await aMeeting()
  await press('leave.ask', '王芳', { reason: 'work' })
  await change({ starts: '2026-10-12 10:00' })
  on('2026-10-09', '14:50')
  expect((await press('gathering.checkIn')).toast.zh).toContain('还没到签到时间')
  expect((await press('leave.ask', '张伟', { reason: 'travel' })).mood).toBe('success')
  expect((await branch.shown('leave', { subject: 's', gathering: (await now())?.id, member: 'm_王芳' })).text).toContain(
    '10月12日（周一）10:00',
  )
  on('2026-10-09', '16:00')
  await closeGatherings({ db: branch.db, slot: branch.now(), now: branch.now(), isLate: false })
  expect((await now())?.closedAt).toBeNull()
  on('2026-10-12', '09:40')
  expect((await press('gathering.checkIn')).toast.zh).toContain('准时')
  on('2026-10-12', '11:00')
  await closeGatherings({ db: branch.db, slot: branch.now(), now: branch.now(), isLate: false })
  expect((await now())?.closedAt).toEqual(moment('2026-10-12', '11:00'))
})

test('the reminder goes by the new time, never twice', async () => {
  const { branch, change, minute } = await aMeeting()
  expect(await minute('2026-10-09', '14:05')).toBe(1)
  const stale = JSON.parse(String((await branch.outboxRows()).find(({ view }) => view === 'reminder')?.args))
  await change({ starts: '2026-10-12 15:00' })
  expect((await branch.shown('reminder', stale)).card).toBeNull()
  expect(await minute('2026-10-09', '14:30')).toBe(1)
  expect(await minute('2026-10-12', '14:00')).toBe(2)
  expect(await minute('2026-10-12', '14:20')).toBe(2)
})

test('a meeting moved into the hour is not reminded of again', async () => {
  const { on, change, minute } = await aMeeting()
  on('2026-10-09', '13:00')
  await change({ starts: '2026-10-09 13:45' })
  for (const time of ['13:01', '13:30']) expect(await minute('2026-10-09', time)).toBe(0)
})

test('what it credits goes by the day on which it was held', async () => {
  const { branch, on, change, press } = await aMeeting('/会议 支委会 2026年12月31日 15:00')
  await change({ starts: '2027-01-04 15:00', place: '' })
  on('2027-01-04', '14:50')
  for (const name of ['李华', '王芳', '张伟']) await press('gathering.checkIn', name)
  on('2027-01-04', '15:40')
  expect((await press('host.close')).mood).toBe('success')
  const credited = async (from: string, until: string) => (await creditsBetween(branch.db, ['branch'], moment(from), moment(until))).length
  expect([await credited('2026-10-01', '2027-01-01'), await credited('2027-01-01', '2027-04-01')]).toEqual([0, 1])
})

test('the room’s screen can be opened until the new end', async () => {
  const { branch, gathering, change } = await aMeeting('/会议 支委会 周五 15:00 三楼 现场码')
  const { db } = branch
  const expiresAt = moment('2026-10-09', '16:00')
  const page = { unit: 'unit', kind: 'roomCode' as const, subject: gathering, madeBy: 'm_李华', madeAt: branch.now(), expiresAt }
  await linkTo(db, page, () => 'link')
  await change({ starts: '2026-10-12 15:00' })
  const [valid] = await lookUp(db, [validLink(db, { ...page, madeAt: moment('2026-10-12', '15:59') })])
  expect(valid).toEqual([{ id: 'link' }])
  expect((await lookUp(db, [validLink(db, { ...page, madeAt: moment('2026-10-12', '16:00') })]))[0]).toEqual([])
})

test.each([
  ['/会议 改期 周六 16:30 五楼', '2026-10-10', '16:30', '五楼'],
  ['/会议 改期到下周一 10:00', '2026-10-12', '10:00', '三楼'],
  ['/meeting reschedule to Mon 10am room 5', '2026-10-12', '10:00', 'room 5'],
])('“%s” changes it at once', async (line, day, time, place) => {
  const { branch, now, posts } = await aMeeting()
  expect(await branch.say('李华', line)).toBeNull()
  expect(await now()).toMatchObject({ startsAt: moment(day, time), place })
  expect(await posts()).toHaveLength(1)
})

test('said in the direct chat it is answered there, too', async () => {
  const { branch } = await aMeeting()
  expect((await branch.say('李华', '/会议 改期 周六 16:30', { dm: true }))?.text).toContain('已改：支委会时间改为**10月10日（周六）16:30**')
})

test('a short line opens the form as far as understood', async () => {
  const { branch, now } = await aMeeting()
  expect((await branch.say('李华', '/会议 改期 周六 五楼'))?.text).toContain('已私聊发给你')
  const form = (await branch.outboxRows()).find(({ view }) => view === 'reschedule')
  const shown = JSON.stringify((await branch.shown('reschedule', JSON.parse(String(form?.args)))).card)
  expect(shown).toContain('"initial_datetime":"2026-10-10 15:00"')
  expect(shown).toContain('"default_value":"五楼"')
  expect((await now())?.startsAt).toEqual(moment('2026-10-09', '15:00'))
})

test('of several the kind decides; else it is asked', async () => {
  const { branch, now } = await aMeeting()
  await branch.say('李华', '/会议 党员大会 下周三 15:00 礼堂')
  expect((await branch.say('李华', '/会议 改期 周六 16:30'))?.text).toMatch(/还没开的会有：.*支委会、.*支部党员大会/)
  expect((await now())?.startsAt).toEqual(moment('2026-10-09', '15:00'))
  await branch.say('李华', '/会议 改期 支委会 周六 16:30')
  expect((await now())?.startsAt).toEqual(moment('2026-10-10', '16:30'))
  expect((await branch.say('李华', '/会议 改期 党课 周六 16:30'))?.text).toContain('还没开始的这种会')
})

test('the post of a group’s meeting says whose it is', async () => {
  const { branch, gathering, change, posts } = await aMeeting()
  await branch.store.client.executeMultiple(`insert into groups (id, branch, name) values ('g1', 'branch', '第一党小组');
    update gatherings set kind = 'group', group_id = 'g1' where id = '${gathering}'`)
  await change({ starts: '2026-10-09 16:00 +0800' })
  expect((await posts()).at(-1)).toContain('第一党小组 党小组会改期：')
})

describe('of several meetings', () => {
  async function two() {
    const branch = await aBranch([{ name: '李华', role: 'secretary' }, { name: '王芳', role: 'organisation' }, { name: '张伟' }])
    await branch.at('2026-10-08', '09:00').say('李华', '/会议 支委会 周五 15:00 三楼')
    await branch.say('李华', '/会议 支委会 下周三 15:00 三楼')
    return branch
  }

  test.each([
    ['把周五的会改到周六下午四点', '10月9日（周五）15:00', '2026-10-10 16:00'],
    ['把下周三的支委会改到下周四上午十点', '10月14日（周三）15:00', '2026-10-15 10:00'],
    ['周五的会推迟到下午四点', '10月9日（周五）15:00', '2026-10-09 16:00'],
    ['move Friday’s committee meeting to Saturday 4pm', '10月9日（周五）15:00', '2026-10-10 16:00'],
  ])('“%s” means the one that stands at %s', async (line, was, starts) => {
    const branch = await two()
    const shown = await branch.say('李华', line, { dm: true })
    expect(shown?.view).toBe('reschedule')
    expect(shown?.text).toContain(was)
    expect(JSON.stringify(shown?.card)).toContain(`"initial_datetime":"${starts}"`)
  })

  test('without the old day or kind they are listed', async () => {
    const branch = await two()
    expect((await branch.say('李华', '会议改到周六下午四点', { dm: true }))?.text).toContain('请写明是哪种会、哪天的会')
    expect((await branch.say('李华', '取消下周三的会', { dm: true }))?.text).toContain('10月14日（周三）15:00')
  })
})

test('a rest day or clash of the new time is said once', async () => {
  const branch = await aBranch([{ name: '李华', role: 'secretary' }, { name: '王芳', role: 'organisation' }, { name: '张伟' }])
  await branch.at('2026-10-08', '09:00').say('李华', '/会议 党课 下周三 15:00 礼堂')
  await branch.say('李华', '/会议 支委会 周五 15:00 三楼')
  const gathering = await branch.latestGathering()
  const line = await branch.say('李华', '/会议 改期 支委会 下周三 15:30', { dm: true })
  expect([line?.view, line?.text]).toEqual(['reschedule', expect.stringContaining('有 2 人两边都要参加')])
  const move = (value: object) => branch.press('李华', value, { form: { starts: '2026-10-11 15:00', place: '三楼' } })
  const first = await move({ press: 'reschedule.submit', gathering })
  expect([first.mood, first.toast.zh]).toEqual(['warning', '10月11日（周日）是休息日。'])
  const again = buttonsOf(first.card).find(({ press }) => press === 'reschedule.submit') ?? {}
  expect((await move(again)).toast.zh).toBe('已改，群里会说明。')
})
