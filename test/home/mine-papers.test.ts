import { expect, test } from 'vitest'
import { moment } from '../../src/calendar.ts'
import { buttonsOf } from '../harness/branch.ts'
import { recordingStatements } from '../harness/plans.ts'
import { aWritingBranch } from '../papers/company.ts'
import { refusedByServer } from '../proofs/on-server.ts'
import { aClosedMeeting } from '../work/meeting.ts'

const pressed = (card: Parameters<typeof buttonsOf>[0], name: string) => buttonsOf(card).filter(({ press }) => press === name)

test('minutes wait in one’s list, first for the recorder, then for another', async () => {
  const it = await aClosedMeeting('general', ['李华', '王芳', '张伟', '赵敏'])
  const mine = (name: string) => it.shownView('mine', { unit: 'unit', member: `m_${name}` })
  await it.does('李华', 'open')
  const recorder = await mine('王芳')
  expect(recorder.text).toContain('会议记录待送确认')
  expect(pressed(recorder.card, 'minutesList.send')).toMatchObject([{ gathering: it.gathering, branch: 'branch' }])
  expect((await mine('李华')).text).not.toContain('会议记录')
  await it.does('王芳', 'submit')
  expect((await mine('王芳')).text).not.toContain('会议记录')
  for (const name of ['李华', '张伟']) expect((await mine(name)).text).toContain('会议记录等你确认')
  expect((await mine('赵敏')).text).not.toContain('会议记录')
  await it.does('李华', 'confirm')
  for (const name of ['李华', '王芳', '张伟']) expect((await mine(name)).text).not.toContain('会议记录')
})

test('a libSQL server takes the questions of one’s list', async () => {
  const it = await aClosedMeeting()
  const said = recordingStatements(it.db)
  await it.shownView('mine', { unit: 'unit', member: 'm_李华' })
  expect([...said.keys()].some((sql) => sql.includes('minutes i'))).toBe(true)
  expect(await refusedByServer(said.keys(), moment('2026-01-04'))).toEqual([])
})

test('a record to confirm waits in one’s list until it is answered', async () => {
  const it = await aWritingBranch()
  const mine = async (name: string) => it.shown('mine', { unit: 'unit', member: `m_${name}` })
  const form = { topic: 'culture', on: '2026-10-08', words: '职工书画展', asked: 'm_王芳' }
  await it.press('赵敏', { press: 'recordForm.write', record: 'r1' }, { form })
  const asked = await mine('王芳')
  expect(asked.text).toContain('赵敏请你确认')
  expect((await mine('赵敏')).text).not.toContain('请你确认')
  const [yes] = pressed(asked.card, 'record.answer').filter(({ isTrue }) => isTrue === true)
  expect((await it.press('王芳', yes ?? expect.unreachable())).mood).toBe('success')
  expect((await mine('王芳')).text).not.toContain('请你确认')
})
