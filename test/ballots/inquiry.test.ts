import { expect, test } from 'vitest'
import { receiptsOf } from '../../db/ballots/voter-cards.ts'
import { piecesOf, written } from '../../src/rules/ballots/pieces.ts'
import { verify } from '../../src/scripts/verify-ballot.ts'
import { exportOf } from '../../src/words/ballot-export.ts'
import { aVotingBranch } from '../harness/ballots/ballots.ts'

const people = [
  { name: '李华', role: 'secretary' as const },
  { name: '王芳' },
  { name: '张伟' },
  { name: '总管', role: 'admin' as const, branch: null },
]

/** Two have voted, and somebody does this to the box before the close. */
async function tampered(change: string) {
  const it = await aVotingBranch(people)
  const ballot = await it.opens()
  await it.votes('王芳', ballot, 'for')
  await it.votes('张伟', ballot, 'against')
  await it.db.run('drop trigger marks_until_counted')
  await it.db.run(change)
  await it.minute('2026-10-09', '17:01')
  return { ...it, ballot }
}

test('an unsound count locks its pieces and names the failed sum', async () => {
  const it = await tampered('delete from marks where key = (select min(key) from marks)')
  expect(await it.it(it.ballot)).toMatchObject({ isSealed: true, result: { outcome: 'unsound', tally: {} } })
  expect(await it.count('marks')).toBe(3)
  const { text } = await it.shown('ballotUnsound', { subject: 's', ballot: it.ballot })
  expect(text).toMatch(/(回执|「选派李华参加培训」的选票)：有 1，应有 2/)
  expect(text).toContain('原样锁着')
  expect(text).not.toContain('赞成')
  expect(await it.rows("select 1 from audit where deed = 'ballot.withhold'")).toHaveLength(1)
  await it.minute('2026-10-20', '03:30')
  expect(await it.count('marks')).toBe(3)
})

test('an administrator alone ends the inquiry, once, and it is audited', async () => {
  const it = await tampered('delete from marks where key = (select min(key) from marks)')
  const value = { press: 'ballotUnsound.endInquiry', ballot: it.ballot }
  expect((await it.press('李华', value)).mood).toBe('warning')
  expect(await it.count('marks')).toBe(3)
  const answer = await it.press('总管', value)
  expect(answer.mood).toBe('success')
  expect(JSON.stringify(answer.card)).toContain('选票已销毁')
  expect([await it.count('marks'), (await it.it(it.ballot)).isSealed]).toEqual([0, false])
  expect((await it.rows("select actor from audit where deed = 'ballot.endInquiry'")).map((row) => row.actor)).toEqual(['m_总管'])
  expect((await it.press('总管', value)).toast.zh).toContain('已经结束')
})

test('nothing of a sound ballot can be inquired into', async () => {
  const it = await tampered('select 1')
  const answer = await it.press('总管', { press: 'ballotUnsound.endInquiry', ballot: it.ballot })
  expect(answer.toast.zh).toContain('没有要核查的')
  expect(await it.count('ballot_inquiries')).toBe(0)
})

test('the locked pieces and their key stay, whoever asks', async () => {
  const it = await tampered("insert into marks select ballot, 'again', sealed from marks limit 1")
  await expect(it.db.run('update ballots set wrapped_key = null')).rejects.toThrow()
  expect((await it.rows('select wrapped_key from ballots'))[0]?.wrapped_key).not.toBeNull()
})

test('pieces that nobody can have cast are left out openly', async () => {
  const it = await aVotingBranch(people)
  const ballot = await it.opens()
  for (const name of it.full) await it.votes(name, ballot, 'for')
  const strange = piecesOf({ marks: [{ subject: '9', value: 'for' }], writeIns: [] }, 'members', 'AAAA-AAAA').slice(0, 1)
  const [sealed] = await it.box.sealing.seal(ballot, (await it.it(ballot)).publicKey, strange.map(written))
  await it.db.run(`insert into marks values ('${ballot}', 'strange', '${sealed}'), ('${ballot}', 'torn', 'abc')`)
  await it.minute('2026-10-09', '17:01')
  expect(await it.it(ballot)).toMatchObject({
    isSealed: false,
    result: { outcome: 'counted', leftOut: 2, tally: { members: { counts: { 1: { for: 3 } } } } },
  })
  expect(await it.rows("select 1 from audit where deed = 'ballot.leaveOut'")).toHaveLength(1)
  expect((await it.shown('ballotResult', { ballot, viewer: 'm_李华' })).text).toContain('另有 2 片')
  const file = exportOf(await it.it(ballot), await receiptsOf(it.db, ballot))
  expect(file).toMatchObject({ leftOut: 2 })
  expect(verify(JSON.stringify(file))).toMatchObject({ isGood: true })
})
