import { expect, test } from 'vitest'
import { together } from '../../db/client.ts'
import { moment } from '../../src/calendar.ts'
import type { Lot } from '../../src/jobs/job.ts'
import { sendDigests } from '../../src/jobs/send-digests.ts'
import { buttonsOf, openId } from '../harness/branch.ts'
import { askOnly } from '../harness/rulebook.ts'
import { aWritingBranch } from './company.ts'

test('a record without an answer is repeated once, after five working days', async () => {
  const it = await aWritingBranch()
  await askOnly(it.store.client, '5.judged')
  const form = { topic: 'culture', on: '2026-10-08', words: '职工书画展', asked: 'm_王芳' }
  await it.press('赵敏', { press: 'recordForm.write', record: 'r1' }, { form })
  async function told(on: string) {
    it.at(on, '09:00')
    const at = moment(on, '09:00')
    for await (const { statements } of sendDigests({ db: it.db, now: at, slot: at, isLate: false }) as AsyncIterable<Lot>)
      if (statements.length > 0) await together(it.db, statements)
    return (await it.rows(`select person from alerts where part = 'record r1' and told_on = '${on}'`)).map(({ person }) => person)
  }
  const digest = () => it.shown('digest', { person: openId('王芳') })
  expect(await told('2026-10-13')).toEqual([])
  expect((await digest()).card).toBe(null)
  expect(await told('2026-10-14')).toEqual([openId('王芳')])
  const { text, card } = await digest()
  expect(text).toContain('有记录等你确认')
  expect(text).toContain('赵敏请你确认')
  expect(await told('2026-10-15')).toEqual([])
  expect((await digest()).card).toBe(null)
  const [yes] = buttonsOf(card).filter(({ press, isTrue }) => press === 'record.answer' && isTrue === true)
  expect((await it.press('王芳', yes ?? expect.unreachable())).mood).toBe('success')
})
