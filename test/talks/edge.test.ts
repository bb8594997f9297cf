import { beforeEach, expect, test } from 'vitest'
import { accountOf } from '../../db/duties/account.ts'
import { moment } from '../../src/calendar.ts'
import { forget } from '../../src/jobs/forget.ts'
import { aBranchWithContact, type TalkingBranch } from './company.ts'

const ours = { id: 'branch', unit: 'unit', committee: 'committee', name: '', since: '2026-01-01', lineage: ['committee'] }
let it: TalkingBranch
beforeEach(async () => {
  it = await aBranchWithContact()
})

/** Milliseconds from the midnight of new year. */
const LAST = -1
const FIRST = 0
const at = (ms: number) => it.at('2027-01-01', '00:00', ms)

const states = async () => {
  const of = async (quarter: string) => {
    const { duties } = await accountOf(it.db, ours, quarter, moment('2027-01-20'))
    return duties.find(({ part, subject }) => part === '24.talk' && subject === 'm_王芳')?.state
  }
  return [await of('2026Q4'), await of('2027Q1')]
}

/** 吴勇 says that they talked, 王芳 confirms it, and 吴勇 files the opinion, each at its millisecond. */
async function talkedAt(claim: number, confirmation: number, opinion: number, line = '/谈心 王芳') {
  at(claim)
  await it.claims('吴勇', line)
  at(confirmation)
  await it.answers('王芳')
  at(opinion)
  const [{ id, on_day } = { id: '', on_day: '' }] = await it.talks()
  await it.files('吴勇', String(id), '学习认真，能主动汇报思想。')
  return on_day
}

test.each([
  ['all at the last millisecond', LAST, LAST, LAST, '2026-12-31', ['met', 'upcoming']],
  ['claimed at the last, confirmed a millisecond later', LAST, FIRST, FIRST, '2026-12-31', ['met', 'upcoming']],
  ['the opinion alone a millisecond later', LAST, LAST, FIRST, '2026-12-31', ['met', 'upcoming']],
  ['all at the first millisecond', FIRST, FIRST, FIRST, '2027-01-01', ['missed', 'met']],
] as const)('a quarter’s edge: %s', async (_what, claim, confirmation, opinion, onDay, expected) => {
  expect(await talkedAt(claim, confirmation, opinion)).toBe(onDay)
  expect(await states()).toEqual(expected)
})

test('yesterday, said at the first millisecond, is the quarter before', async () => {
  expect(await talkedAt(FIRST, FIRST, FIRST, '/谈心 王芳 昨天')).toBe('2026-12-31')
  expect(await states()).toEqual(['met', 'upcoming'])
})

test('thirty days back ends with the thirtieth day’s last millisecond', async () => {
  const said = async (ms: number) => {
    it.at('2027-01-31', '00:00', ms)
    return (await it.say('吴勇', '/谈心 王芳 2026-12-31', { dm: true }))?.text
  }
  expect(await said(LAST)).toContain('12月31日')
  expect(await said(FIRST)).toContain('30 天以内')
})

test('a claim lapses at the millisecond of its thirtieth day', async () => {
  at(FIRST)
  await it.claims('吴勇', '/谈心 王芳')
  const [{ id } = { id: '' }] = await it.talks()
  const answeredAt = async (ms: number) => {
    it.at('2027-01-31', '00:00', ms)
    return (await it.press('王芳', { press: 'talk.yes', talk: String(id) })).mood
  }
  expect(await answeredAt(FIRST)).not.toBe('success')
  expect(await answeredAt(LAST)).toBe('success')
})

test('the night of the lapse brings the claimer’s card up to date', async () => {
  at(FIRST)
  await it.claims('吴勇', '/谈心 王芳')
  const [{ id } = { id: '' }] = await it.talks()
  const posted = moment('2027-01-27').getTime()
  await it.store.client.execute({
    sql: 'insert into posts (message_id, recipient, subject, view, args, posted_at) values (?, ?, ?, ?, ?, ?)',
    args: [
      'om_card',
      'person:ou_吴勇',
      `talk ${id}`,
      'talk',
      JSON.stringify({ subject: `talk ${id}`, talk: id, member: 'm_吴勇' }),
      posted,
    ],
  })
  const refreshed = async () => (await it.outboxRows()).filter(({ occasion }) => occasion === 'refresh om_card').length
  const night = (on: string) => {
    const now = moment(on, '03:17')
    return forget({ db: it.db, now, slot: now, isLate: false }) as Promise<void>
  }
  await night('2027-01-30')
  expect(await refreshed()).toBe(0)
  await night('2027-01-31')
  expect(await refreshed()).toBe(1)
  it.at('2027-01-31', '09:00')
  expect((await it.shown('talk', { subject: 's', talk: String(id), member: 'm_吴勇' })).text).toContain('30 天没有回应，不计数')
})

test('a confirmed talk is fixed at the millisecond of its day', async () => {
  await talkedAt(FIRST, FIRST, FIRST)
  const [{ id } = { id: '' }] = await it.talks()
  it.at('2027-01-02', '00:00', FIRST)
  await it.press('吴勇', { press: 'talk.takeBack', talk: String(id) })
  expect((await it.talks())[0]).toMatchObject({ withdrawn_at: null, undo_asked_by: 'm_吴勇' })
  it.at('2027-01-02', '00:00', LAST)
  await it.press('王芳', { press: 'talk.keep', talk: String(id) })
  await it.press('吴勇', { press: 'talk.takeBack', talk: String(id) })
  expect((await it.talks())[0]?.withdrawn_at).not.toBeNull()
})
