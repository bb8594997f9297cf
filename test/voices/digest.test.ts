import { expect, test } from 'vitest'
import { together } from '../../db/client.ts'
import { moment } from '../../src/calendar.ts'
import type { Lot } from '../../src/jobs/job.ts'
import { sendDigests } from '../../src/jobs/send-digests.ts'
import { openId } from '../harness/branch.ts'
import { aSpeakingBranch, type SpeakingBranch } from './company.ts'

/** The people whose digest of a day has a line about voices. */
async function told(it: SpeakingBranch, on: string, names = ['李华', '钱进', '孙丽', '周正', '王芳', '考核人', '管理员']) {
  it.at(on, '09:00')
  const at = moment(on, '09:00')
  for await (const { statements } of sendDigests({ db: it.db, now: at, slot: at, isLate: false }) as AsyncIterable<Lot>)
    if (statements.length > 0) await together(it.db, statements)
  const { rows } = await it.store.client.execute(
    `select person, part from alerts where part like 'voice %' and told_on = '${on}' order by person`,
  )
  return names.filter((name) => rows.some(({ person }) => person === openId(name)))
}

test('its answerers hear of it the next morning, and around its promise', async () => {
  const it = await aSpeakingBranch()
  await it.speaks('王芳')
  expect(await told(it, '2026-10-08')).toEqual([])
  expect(await told(it, '2026-10-09')).toEqual(['李华', '钱进', '孙丽'])
  expect(await told(it, '2026-10-12')).toEqual([])
  expect(await told(it, '2026-10-20')).toEqual(['李华', '钱进', '孙丽'])
  expect(await told(it, '2026-10-21')).toEqual([])
  expect(await told(it, '2026-10-22')).toEqual(['李华', '钱进', '孙丽'])
  expect(await told(it, '2026-10-23')).toEqual([])
})

test('whoever took it hears alone, and the one meant never', async () => {
  const it = await aSpeakingBranch()
  await it.speaks('王芳', { words: '一', meant: 'm_孙丽' })
  await it.speaks('王芳', { words: '二', kind: 'tool' })
  await it.speaks('王芳', { words: '三', kind: 'observation', meant: 'm_李华' })
  const [voice = ''] = await it.waiting('李华')
  await it.press('李华', { press: 'inbox.hand', voice }, { form: { to: 'm_周正' } })
  expect(await told(it, '2026-10-09')).toEqual(['周正', '考核人', '管理员'])
})

test('once the taker has left, the others hear of it', async () => {
  const it = await aSpeakingBranch()
  await it.speaks('王芳')
  const [voice = ''] = await it.waiting('李华')
  await it.press('李华', { press: 'inbox.hand', voice }, { form: { to: 'm_周正' } })
  await it.store.client.execute("update members set left_on = '2026-10-08' where name = '周正'")
  expect(await told(it, '2026-10-09')).toEqual(['李华', '钱进', '孙丽'])
})
