import { expect, test } from 'vitest'
import { ballotAsItStands } from '../../db/ballots/state.ts'
import { lookUp, together } from '../../db/client.ts'
import { post, type Taken } from '../../db/ledgers/attempts.ts'
import { moment } from '../../src/calendar.ts'
import { aVotingBranch } from '../harness/ballots/ballots.ts'
import { openId } from '../harness/branch.ts'

const sentTo = async (it: Awaited<ReturnType<typeof aVotingBranch>>, occasion: string) =>
  (await it.outboxRows()).filter((row) => String(row.occasion).startsWith(occasion)).map(({ to_id }) => to_id)

test('non-voters are reminded midway and on the last working day', async () => {
  const it = await aVotingBranch()
  it.at('2026-10-12', '10:00')
  const ballot = await it.opens({ closesAt: moment('2026-10-19', '17:00') })
  await it.votes('王芳', ballot, 'for')
  for (const on of ['2026-10-12', '2026-10-13', '2026-10-14', '2026-10-15']) await it.minute(on, '10:30')
  expect(await sentTo(it, 'nudge')).toEqual([])
  await it.minute('2026-10-16', '09:21')
  const others = it.full.filter((name) => name !== '王芳').map(openId)
  expect((await sentTo(it, 'nudge middle')).sort()).toEqual(others.sort())
  await it.minute('2026-10-16', '16:00')
  await it.votes('张伟', ballot, 'against')
  await it.minute('2026-10-18', '10:00')
  await it.minute('2026-10-19', '09:21')
  expect((await sentTo(it, 'nudge last')).sort()).toEqual(others.filter((one) => one !== openId('张伟')).sort())
  expect(await sentTo(it, 'nudge')).toHaveLength(5 + 4)
  const rows = (await it.outboxRows()).filter((row) => String(row.occasion).startsWith('nudge'))
  expect(new Set(rows.map(({ view }) => view))).toEqual(new Set(['ballot']))
  const { text } = await it.shown('ballot', JSON.parse(String(rows[0]?.args)))
  expect(text).toContain('还没有投票，提醒一下。')
})

test('a clock that was off reminds nobody of a past day', async () => {
  const it = await aVotingBranch()
  it.at('2026-10-12', '10:00')
  await it.opens({ closesAt: moment('2026-10-19', '17:00') })
  await it.minute('2026-10-12', '10:01')
  await it.minute('2026-10-17', '09:30')
  expect(await sentTo(it, 'nudge')).toEqual([])
})

test('by its twelfth day a live card is sent again', async () => {
  const it = await aVotingBranch()
  it.at('2026-10-12', '10:00')
  const ballot = await it.opens({ closesAt: moment('2026-11-20', '17:00') })
  const rows = await it.db.run("select * from outbox where view in ('ballot', 'turnout', 'ballotHost')")
  for (const row of rows.rows)
    await together(it.db, [
      post(
        it.db,
        { recipient: String(row.recipient), view: String(row.view), args: JSON.parse(String(row.args)) } as Taken,
        `om_${row.id}`,
        JSON.parse(String(row.args)).subject,
        it.now(),
      ),
    ])
  await it.votes('王芳', ballot, 'for')
  await it.minute('2026-10-12', '10:01')
  await it.minute('2026-10-22', '09:30')
  expect(await sentTo(it, 'renew ')).toEqual([])
  // The twelfth day is a Saturday, and by Monday it may be too late.
  await it.minute('2026-10-23', '09:30')
  const again = await sentTo(it, 'renew ')
  expect(again).toHaveLength(5 + 2)
  expect(again).not.toContain(openId('王芳'))
  const retired = (await it.outboxRows()).filter(({ view }) => view === 'renewed').map(({ to_id }) => to_id)
  expect(retired).toHaveLength(7)
  await it.minute('2026-10-26', '09:30')
  expect(await sentTo(it, 'renew ')).toHaveLength(7)
})

test('the clock closes a ballot once and lets votes under way arrive', async () => {
  const it = await aVotingBranch()
  const ballot = await it.opens()
  const closed = async () => (await lookUp(it.db, [ballotAsItStands(it.db, ballot)]))[0]?.closedAt
  await it.minute('2026-10-09', '17:00')
  expect(await closed()).toBeNull()
  await it.minute('2026-10-09', '17:01')
  expect(await closed()).toEqual(moment('2026-10-09', '17:00'))
  await it.minute('2026-10-09', '17:02')
  expect(await it.rows("select count(*) as n from audit where deed in ('ballot.close', 'ballot.count')")).toMatchObject([{ n: 2 }])
})
