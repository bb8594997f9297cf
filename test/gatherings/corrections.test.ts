import { expect, test } from 'vitest'
import { closures } from '../../db/gatherings/tables.ts'
import { closeGatherings } from '../../src/jobs/close-gatherings.ts'
import { aBranch, buttonsOf, type TestBranch } from '../harness/branch.ts'

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
  const press = (what: string, form?: object) => (name: string, time: string, day?: string) =>
    on(time, day).press(name, { press: what, gathering }, { form: form as Record<string, unknown> })
  return {
    branch,
    gathering,
    on,
    checkIn: press('gathering.checkIn'),
    close: press('host.close'),
    cancel: press('corrections.cancel', { reason: '书记出差，改期再开' }),
    unmark: (names: string[]) => press('corrections.unmark', { people: names.map((name) => `m_${name}`) }),
    mark: (names: string[]) => press('host.mark', { people: names.map((name) => `m_${name}`) }),
    reopen: (reason: string, name: string, day: string) =>
      on('10:00', day).press(name, { press: 'corrections.reopen', form: 'reopen' }, { form: { gathering, reason } }),
    card: (view: 'host' | 'gathering') => branch.shown(view, { subject: gathering }),
    closure: async () => (await branch.db.select().from(closures))[0],
  }
}

const dutySaid = async (branch: TestBranch) => (await branch.say('李华', '考核', { dm: true }))?.text ?? ''

test('a meeting cancelled with a reason refuses check-in and the clock', async () => {
  const { branch, gathering, checkIn, cancel, on, card } = await aCommitteeMeeting()
  await branch.press('李华', { press: 'corrections.open', gathering })
  expect((await branch.outboxRows()).at(-1)).toMatchObject({ view: 'corrections', to_kind: 'person' })
  expect((await cancel('钱进', '14:00')).mood).toBe('warning')
  const before = (await branch.outboxRows()).length
  expect((await cancel('李华', '14:40')).toast.zh).toContain('会议已取消')
  expect((await branch.outboxRows()).slice(before).filter(({ view }) => view === 'gathering')).toHaveLength(1)

  const { text, card: shown } = await card('gathering')
  expect(text).toContain('书记出差，改期再开')
  expect(text).toContain('已取消')
  expect(buttonsOf(shown)).toEqual([])
  expect(buttonsOf((await card('host')).card)).toEqual([])
  expect((await checkIn('王芳', '14:50')).toast.zh).toBe('这次会议已经取消了。')
  expect((await cancel('李华', '14:51')).toast.zh).toBe('这次会议已经取消了。')
  expect((await branch.press('王芳', { press: 'leave.open', gathering })).toast.zh).toBe('这次会议已经取消了。')
  expect((await branch.press('李华', { press: 'host.close', gathering })).mood).toBe('warning')
  on('16:10')
  await closeGatherings({ db: branch.db, slot: branch.now(), now: branch.now(), isLate: false })
  expect(await branch.count('closures')).toBe(0)
  expect(await dutySaid(branch)).toContain('○ 10月：未到期')
})

test.each([
  ['at its start', '15:00', '书记出差', '会议已经开始，不能取消'],
  ['for no reason', '14:00', '  ', '请写明取消的原因'],
])('a meeting is not cancelled %s', async (_when, time, reason, sentence) => {
  const { branch, gathering, on } = await aCommitteeMeeting()
  const answer = await on(time).press('李华', { press: 'corrections.cancel', gathering }, { form: { reason } })
  expect(answer.toast.zh).toContain(sentence)
  expect(await branch.count('cancellations')).toBe(0)
})

test('a mistaken arrival is taken back at any time, with its duty', async () => {
  const { branch, checkIn, close, unmark, mark, closure, card } = await aCommitteeMeeting()
  for (const name of ['李华', '王芳', '张伟']) await checkIn(name, '14:50')
  expect((await unmark(['张伟'])('李华', '15:10')).toast.zh).toBe('已把 1 人改为未到。')
  expect((await card('host')).text).toContain('**未到**：张伟、赵敏')
  await close('李华', '15:30')
  expect(await closure()).toMatchObject({ present: 2, isQuorate: true })
  expect(await dutySaid(branch)).toContain('支委会　✓ 10月')

  expect((await unmark(['王芳'])('李华', '15:40')).mood).toBe('success')
  expect(await closure()).toMatchObject({ present: 1, presentVoters: 1, isQuorate: false })
  expect(await dutySaid(branch)).toContain('○ 10月：未到期')
  expect((await unmark(['王芳'])('李华', '15:41')).toast.zh).toContain('现在都不在签到名单里')
  await mark(['赵敏'])('李华', '15:42')
  expect(await closure()).toMatchObject({ present: 2, isQuorate: true })
  expect((await unmark(['赵敏'])('李华', '15:30', '2026-10-10')).toast.zh).toContain('考勤已锁定')
  const { rows } = await branch.store.client.execute("select actor from audit where deed = 'attendance.unmark'")
  expect(rows).toMatchObject([{ actor: 'm_李华' }, { actor: 'm_李华' }])
})

test('the secretary reopens locked attendance for 24 hours, with a reason', async () => {
  const { branch, gathering, checkIn, close, mark, reopen, closure, card } = await aCommitteeMeeting()
  await checkIn('李华', '14:50')
  await close('李华', '15:30')
  expect((await reopen('漏记王芳', '李华', '2026-10-10')).toast.zh).toContain('还没有锁定')
  expect((await mark(['王芳'])('李华', '10:00', '2026-10-12')).toast.zh).toContain('/重开')

  const form = await branch.say('李华', '/重开')
  expect(form?.view).toBe('reopenForm')
  expect(form?.text).toContain('10月9日（周五） 支委会')
  expect((await branch.say('王芳', '/重开'))?.text).toContain('不归你办')
  expect((await reopen('漏记王芳', '王芳', '2026-10-12')).mood).toBe('warning')
  expect((await reopen('', '李华', '2026-10-12')).toast.zh).toContain('请写明')
  expect((await reopen('漏记王芳', '李华', '2026-10-12')).mood).toBe('success')
  expect((await branch.outboxRows()).at(-1)).toMatchObject({ view: 'host', to_kind: 'person' })
  expect((await card('host')).text).toContain('考勤已重新打开')
  expect((await checkIn('张伟', '10:30', '2026-10-12')).toast.zh).toContain('会议已结束')
  expect((await mark(['王芳'])('李华', '11:00', '2026-10-12')).toast.zh).toBe('已标记 1 人到会。')
  expect(await closure()).toMatchObject({ present: 2, isQuorate: true })
  expect(await dutySaid(branch)).toContain('支委会　✓ 10月9日（周五）召开')

  expect((await mark(['张伟'])('李华', '10:00', '2026-10-13')).toast.zh).toContain('考勤已锁定')
  const { rows } = await branch.store.client.execute('select gathering, "by", reason from reopenings')
  expect(rows).toMatchObject([{ gathering, by: 'm_李华', reason: '漏记王芳' }])
})

test('an arrival during a close is counted, or asks again', async () => {
  const { checkIn, close, mark, closure, branch } = await aCommitteeMeeting()
  await checkIn('李华', '14:50')
  await Promise.all([close('李华', '15:30'), mark(['王芳'])('李华', '15:30')])
  expect((await closure())?.present).toBe(await branch.count('arrivals'))
})
