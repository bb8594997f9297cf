import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { moment } from '../../src/calendar.ts'
import { anApp } from '../harness/app.ts'
import { filesOf, hitsIn, orderedShares, saysNothing, tablesOf } from '../harness/ballots/traces.ts'
import { openId, type Person } from '../harness/branch.ts'
import { aSpeakingBranch, type SpeakingBranch } from './company.ts'

/** Every row of every table, by table. */
async function everything(it: SpeakingBranch) {
  const { rows: tables } = await it.store.client.execute(
    "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '\\_%' escape '\\'",
  )
  const all = new Map<string, string[]>()
  for (const { name } of tables) {
    const whole = (columns: string) => it.store.client.execute(`select ${columns} from "${name}"`)
    const { rows, columns } = await whole('rowid as n, *').catch(() => whole('*'))
    all.set(String(name), rows.map((row) => JSON.stringify(Object.fromEntries(columns.map((column, nth) => [column, row[nth]])))).sort())
  }
  return all
}

/** The form was sent to all who opened it. */
async function opened(it: SpeakingBranch, names: readonly string[]) {
  for (const name of names) await it.say(name, '/建议', { dm: true })
  await it.store.client.execute("update outbox set state = 'sent', args = '{}' where view = 'suggest'")
  expect(await it.count("outbox where view = 'suggest'")).toBe(names.length)
}

// G1: two worlds that differ in nothing but who spoke, at another time and in another order
test('worlds that differ in the speaker alone are alike throughout', async () => {
  const world = async (order: readonly string[], times: readonly string[]) => {
    const it = await aSpeakingBranch()
    await opened(it, ['王芳', '吴勇', '张伟'])
    for (const [nth, name] of order.entries()) {
      it.at('2026-10-08', times[nth] ?? '')
      expect((await it.speaks(name, { words: `第${nth}句话`, kind: 'worry' })).mood).toBe('success')
    }
    await it.shuffle()
    await it.night('2026-10-09')
    return everything(it)
  }
  const one = await world(['王芳', '吴勇'], ['09:10', '15:30'])
  const other = await world(['张伟', '王芳'], ['10:00', '10:01'])
  expect([...one.keys()].filter((table) => JSON.stringify(one.get(table)) !== JSON.stringify(other.get(table)))).toEqual([])
  expect(one.get('voices')).toHaveLength(2)
  expect(one.get('outbox')?.filter((row) => row.includes('suggest'))).toEqual([])
})

// G1: every column, by name
test('the row of an unsigned voice holds a day and nothing nearer', async () => {
  const it = await aSpeakingBranch()
  it.at('2026-10-08', '09:17')
  const { code } = await it.speaks('王芳', { words: '灯坏了', kind: 'worry' })
  const { rows, columns } = await it.store.client.execute('select * from voices')
  const row = Object.fromEntries(columns.map((column, nth) => [column, rows[0]?.[nth]]))
  const { id, sealed, kid, code_hash, ...rest } = row
  expect(rest).toEqual({
    unit: 'unit',
    branch: 'branch',
    kind: 'worry',
    version: 1,
    author: null,
    came_on: '2026-10-08',
    about: null,
    about_id: null,
    meant: null,
    to_upper: 0,
    theme: null,
    due_on: '2026-10-21',
    promised_on: '2026-10-21',
    decides_above: 0,
    taken_by: null,
    taken_at: null,
    is_open: 1,
    is_shuffled: 0,
  })
  expect(String(code_hash)).toHaveLength(43)
  const tables = await tablesOf(it.store.client)
  const at = String(it.now().getTime())
  for (const [table, rows] of tables) {
    if (table !== 'voices')
      expect(
        rows.filter((one) => one.includes(String(id)) || one.includes(String(code_hash))),
        table,
      ).toEqual([])
    expect(
      rows.filter((one) => one.includes(code) || one.includes('灯坏了')),
      table,
    ).toEqual([])
    if (table !== 'members')
      expect(
        rows.filter((one) => one.includes(at)),
        table,
      ).toEqual([])
  }
  expect(await it.rows('select event_id from deliveries')).toEqual([])
  expect([sealed, kid].every(Boolean)).toBe(true)
})

test('no rowid counts the voices as they come', async () => {
  const it = await aSpeakingBranch()
  for (const table of ['voices', 'moving_voices', 'voice_feelings'])
    await expect(it.store.client.execute(`select rowid from ${table}`), table).rejects.toThrow(/no such column/)
})

// G9: the audit of unsigned voices, answers and what their authors feel
test('somebody is the only actor of unsigned voices, in the night', async () => {
  const it = await aSpeakingBranch()
  const { code } = await it.speaks('王芳', { words: '灯坏了' })
  await it.speaks('吴勇', { words: '门也坏了', sign: 'signed' })
  const own = async () => (await it.deeds()).filter(({ deed }) => /^voice\.(raise|feel)/.test(deed))
  expect((await own()).map(({ actor, deed }) => `${actor} ${deed}`)).toEqual(['m_吴勇 voice.raise'])
  await it.night('2026-10-09')
  const entered = (await own()).filter(({ actor }) => actor === 'somebody')
  expect(entered.map(({ deed, at }) => [deed, at])).toEqual([['voice.raiseUnsigned', moment('2026-10-09', '03:17').getTime()]])
  const [unsigned] = entered
  it.at('2026-10-09', '10:00')
  await it.answers('李华', unsigned?.subject ?? '')
  await it.press('王芳', { press: 'suggest.feel', code, solved: true })
  await it.night('2026-10-10')
  await it.night('2026-10-11')
  expect((await own()).map(({ actor, deed }) => `${actor} ${deed}`)).toEqual([
    'm_吴勇 voice.raise',
    'somebody voice.raiseUnsigned',
    'somebody voice.feelUnsigned',
  ])
  const rows = (await tablesOf(it.store.client)).get('outbox') ?? []
  expect(rows.filter((row) => row.includes('王芳') || row.includes(openId('王芳')))).toEqual([])
})

test('entries of a night stand in the order of the random ids', async () => {
  const it = await aSpeakingBranch()
  for (let nth = 0; nth < 12; nth++) await it.speaks('王芳', { words: `第${nth}句`, kind: 'worry' })
  await it.night('2026-10-09')
  const entered = (await it.deeds()).filter(({ actor }) => actor === 'somebody').map(({ subject }) => subject)
  expect(entered).toHaveLength(12)
  expect(entered).toEqual(entered.toSorted())
})

/** Enough people to be counted, so that an order in the file would show. */
const crowd: readonly Person[] = [{ name: '李华', role: 'secretary' }, ...Array.from({ length: 60 }, (_, nth) => ({ name: `p${nth}` }))]

// G1: sixty voices, their order in the bytes of the files
test('a minute later the bytes of the files tell no order', async () => {
  const it = await aSpeakingBranch({ people: crowd })
  const inTime: string[] = []
  const words: string[] = []
  for (let nth = 0; nth < 60; nth++) {
    words.push(`金丝雀${nth}号说的话`)
    const { code } = await it.speaks(`p${nth}`, { words: words[nth] ?? '', kind: 'worry' })
    expect(code).toHaveLength(14)
    const [newest] = await it.rows(`select id from voices where id not in (${inTime.map((one) => `'${one}'`).join(', ') || "''"})`)
    inTime.push(String(newest?.id))
    if (nth % 9 === 8) await it.shuffle()
  }
  await it.shuffle()
  expect(await it.rows('select id from voices where not is_shuffled')).toEqual([])
  expect(await it.count('moving_voices')).toBe(0)
  const shares = orderedShares(readFileSync(it.store.path), inTime)
  expect(saysNothing(shares.whole), `${shares.whole}`).toBe(true)
  expect(saysNothing(shares.withinPages), `${shares.withinPages}`).toBe(true)
  expect(hitsIn(filesOf(it.store.path), words)).toEqual([])
})

test('a form that nobody pressed is forgotten in the night', async () => {
  const it = await aSpeakingBranch()
  await opened(it, ['王芳'])
  await it.night('2026-10-08')
  expect(await it.count("outbox where view = 'suggest'")).toBe(1)
  await it.night('2026-10-09')
  expect(await it.count("outbox where view = 'suggest'")).toBe(0)
})

test('a shuffle changes the place of a voice and nothing else', async () => {
  const it = await aSpeakingBranch()
  for (let nth = 0; nth < 5; nth++) await it.speaks('王芳', { words: `第${nth}句`, sign: nth % 2 ? 'signed' : 'unsigned' })
  const rows = async () => (await tablesOf(it.store.client)).get('voices')
  const [before, waiting] = [await it.rows('select id, sealed, author, code_hash from voices order by id'), await it.waiting('李华')]
  await it.shuffle()
  expect(JSON.stringify(await it.rows('select id, sealed, author, code_hash from voices order by id'))).toBe(JSON.stringify(before))
  expect(await it.waiting('李华')).toEqual(waiting)
  const after = await rows()
  await it.shuffle()
  expect(await rows()).toEqual(after)
})

// G9: through the webhook, with its logs
test('logs and claims of the door know no unsigned voice', async () => {
  const it = await aSpeakingBranch()
  const app = anApp(it.store)
  const value = await it.form()
  const answer = await app.presses(openId('王芳'), value, { form: { words: '灯坏了', kind: 'worry', sign: 'unsigned' } })
  expect(JSON.stringify(answer)).toContain(String(value.code))
  expect(await it.count('voices')).toBe(1)
  expect(await it.count('deliveries')).toBe(0)
  expect(JSON.stringify(app.logs)).not.toMatch(/suggest|voice|灯/)
})
