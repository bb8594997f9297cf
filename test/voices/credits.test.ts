import { beforeEach, describe, expect, test } from 'vitest'
import { lookUp, together } from '../../db/client.ts'
import { miscredited, recountCredits } from '../../db/ledgers/credits.ts'
import { migrations } from '../../db/store/migrations.gen.ts'
import { moment } from '../../src/calendar.ts'
import { aSpeakingBranch, type SpeakingBranch } from './company.ts'

let it: SpeakingBranch
beforeEach(async () => {
  it = await aSpeakingBranch()
})

const credits = async () =>
  (await it.rows('select part, gathering, source_kind, at, period, is_late from credits order by part, gathering')).map(
    ({ part, source_kind, at, period, is_late }) => `${part} ${source_kind} ${period} ${new Date(Number(at)).toISOString()} ${is_late}`,
  )
const isCounted = async () => (await lookUp(it.db, [miscredited(it.db, 'branch')]))[0][0]?.rows === 0

/** A suggestion that comes on a day, and is answered on another. */
async function suggested(on: string, answeredOn?: string, time = '10:00') {
  it.at(on, '09:00')
  const before = new Set(await it.waiting('李华'))
  await it.speaks('王芳', { words: `${on} 的事` })
  const [voice = ''] = (await it.waiting('李华')).filter((one) => !before.has(one))
  if (!answeredOn) return voice
  it.at(answeredOn, time)
  expect((await it.answers('李华', voice)).mood).toBe('success')
  return voice
}

/** A committee meeting with the item, closed with a quorum. */
async function meetingHeld(on: string) {
  const at = moment(on, '15:00').getTime()
  await it.store.client.executeMultiple(`
    insert into gatherings (id, branch, kind, place, starts_at, ends_at, called_by, called_at)
      values ('meeting', 'branch', 'committee', '三楼', ${at}, ${at + 3_600_000}, 'm_李华', ${at});
    insert into gathering_branches (gathering, branch) values ('meeting', 'branch');
    insert into agenda_items (gathering, position, words, tags, held_at) values ('meeting', 1, '合理化建议', '["suggestions"]', ${at});
    insert into closures (gathering, at, by, present, expected, present_voters, expected_voters, is_quorate)
      values ('meeting', ${at + 3_600_000}, 'm_李华', 0, 0, 0, 0, 1);`)
  await together(it.db, recountCredits(it.db, 'branch'))
}

// G3: none due, all kept, one late, one missed
describe('28.suggestions', () => {
  // G2: 24:00 ± 1 ms, through the press
  test.each([
    [-1, 0],
    [0, 1],
  ])('an answer at 24:00 and %i ms is late: %i', async (ms, isLate) => {
    const voice = await suggested('2026-10-08')
    it.at('2026-10-21', '24:00', ms)
    await it.answers('李华', voice)
    expect((await it.rows('select is_late from credits')).map((row) => row.is_late)).toEqual([isLate])
    expect((await it.shown('voiceFacts', { branch: 'branch', quarter: '2026Q4' })).text).toContain(`按期 ${1 - isLate}`)
  })

  test('all kept in the quarter credit it by the last answer', async () => {
    await suggested('2026-10-08', '2026-10-21', '23:59')
    expect(await credits()).toEqual(['28.suggestions voice 2026Q4 2026-10-21T15:59:00.000Z 0'])
    await suggested('2026-11-02', '2026-11-03')
    expect(await credits()).toEqual(['28.suggestions voice 2026Q4 2026-11-03T02:00:00.000Z 0'])
    expect(await isCounted()).toBe(true)
  })

  test('an open one takes the credit away until it is answered', async () => {
    await suggested('2026-10-08', '2026-10-09')
    const voice = await suggested('2026-10-12')
    expect(await credits()).toEqual([])
    it.at('2026-10-13', '10:00')
    await it.answers('李华', voice)
    expect(await credits()).toHaveLength(1)
    expect(await isCounted()).toBe(true)
  })

  test('one late answer makes the quarter late', async () => {
    await suggested('2026-10-08', '2026-10-22', '00:00')
    await suggested('2026-10-26', '2026-10-27')
    expect(await credits()).toEqual(['28.suggestions voice 2026Q4 2026-10-27T02:00:00.000Z 1'])
  })

  test('the promise tells the quarter, not the coming', async () => {
    await suggested('2026-12-25', '2026-12-28')
    expect(await credits()).toEqual(['28.suggestions voice 2027Q1 2026-12-28T02:00:00.000Z 0'])
  })

  test('a held item credits it where no suggestion is due', async () => {
    await meetingHeld('2026-10-20')
    expect((await credits()).filter((one) => one.startsWith('28.'))).toEqual(['28.suggestions gathering null 2026-10-20T07:00:00.000Z 0'])
    const voice = await suggested('2026-10-21')
    expect((await credits()).filter((one) => one.startsWith('28.'))).toEqual([])
    it.at('2026-10-22', '10:00')
    await it.answers('李华', voice)
    expect((await credits()).filter((one) => one.startsWith('28.'))).toEqual(['28.suggestions voice 2026Q4 2026-10-22T02:00:00.000Z 0'])
    expect(await isCounted()).toBe(true)
  })
})

// G10: a branch's voices among those of another
test('voices of a branch credit and count in no other', async () => {
  await suggested('2026-10-08', '2026-10-09')
  await it.store.client.execute(
    "insert into branches (id, unit, committee, name, since) values ('other', 'unit', 'committee', '第二支部', '2026-01-01')",
  )
  await it.store.client.execute("update members set branch = 'other' where name = '张伟'")
  expect((await it.shown('voiceFacts', { branch: 'other', quarter: '2026Q4' })).text).not.toContain('合理化建议')
  expect((await it.shown('voiceFacts', { branch: 'branch', quarter: '2026Q4' })).text).toContain(
    '合理化建议 1 条：已答复 1，按期 1，采纳 1',
  )
  expect(await it.rows("select * from credits where branch = 'other'")).toEqual([])
})

test('worries and observations that were answered are gathered', async () => {
  await it.speaks('王芳', { words: '冷', kind: 'worry' })
  await it.speaks('王芳', { words: '责任区乱', kind: 'observation' })
  for (const voice of await it.waiting('李华')) await it.answers('李华', voice)
  expect((await credits()).map((one) => one.split(' ')[0])).toEqual(['13.judged', '17.judged'])
  expect(await isCounted()).toBe(true)
})

test('the level above sees no small numbers', async () => {
  await suggested('2026-10-08', '2026-10-09')
  const shown = async (isAbove: boolean) => (await it.shown('voiceFacts', { branch: 'branch', quarter: '2026Q4', isAbove })).text
  expect(await shown(true)).toContain('少于 5 条，都按期答复')
  expect(await shown(true)).not.toContain('采纳 1')
  await suggested('2026-10-12', '2026-11-02')
  expect(await shown(true)).toContain('有的没有按期')
  for (const on of ['2026-11-03', '2026-11-04', '2026-11-05']) await suggested(on, on)
  expect(await shown(true)).toContain('合理化建议 5 条：已答复 5，按期 4')
})

test('items of before the change are in the tally too', async () => {
  await meetingHeld('2026-10-20')
  await it.store.client.execute("delete from credits where part = '28.suggestions'")
  expect(await isCounted()).toBe(false)
  const all = migrations.find(({ tag }) => tag.endsWith('_voices'))?.statements ?? []
  await it.store.client.execute(all.find((one) => one.includes('28.suggestions')) ?? expect.fail('no such statement'))
  expect(await isCounted()).toBe(true)
})
