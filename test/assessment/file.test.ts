import { expect, test } from 'vitest'
import { allCards } from '../../cards/index.ts'
import { keepFile } from '../../db/roster/received-files.ts'
import { newId } from '../../src/app.ts'
import { moment } from '../../src/calendar.ts'
import { readFiles } from '../../src/jobs/read-files.ts'
import { sheetsOf } from '../../src/spreadsheet/read.ts'
import { writeTable } from '../../src/spreadsheet/write.ts'
import { noPages } from '../../src/view.ts'
import { anAssessment, QUARTER } from '../harness/assessment.ts'
import { buttonsOf, seeded } from '../harness/branch.ts'

type Rows = (string | number | undefined)[][]
const now = moment('2026-10-09', '10:00')
const UPPER = '1.judged 2026Q3'
const OWN = '5.judged 2026Q3'

/** The quarter's assessment is open, and its assessor has been handed the file. */
async function aSheet() {
  const it = await anAssessment()
  for (const [i, name] of ['第二支部', '同名支部', '同名支部'].entries())
    await it.client.execute({
      sql: `insert into branches (id, unit, committee, name, since) values (?, 'unit', 'committee', ?, '2026-07-01')`,
      args: [`b${i + 2}`, name],
    })
  await it.opens()
  it.at('2026-10-09', '10:00')
  const chance = seeded(21)
  let sent = 0

  async function handedOut(): Promise<Rows> {
    const view = (await allCards()).files.find(({ name }) => name === 'reviewSheet')
    const made = await view?.render(it.db, { committee: 'committee', quarter: QUARTER }, now, { pages: noPages, box: it.box })
    for await (const { rows } of sheetsOf(made?.file.bytes ?? new Uint8Array(), 1_000)) return rows.slice(1).map(({ cells }) => [...cells])
    return []
  }

  /** Sent as a sheet that somebody copied: another title, another name. */
  async function sends([headings = [], ...rows]: Rows, changes: Record<string, string> = {}, by = '上级') {
    const column = (what: string) => headings.findIndex((heading) => String(heading).startsWith(what))
    for (const [cell, value] of Object.entries(changes)) {
      const [branch = '', what = ''] = cell.split(': ')
      const row = rows.find((one) => one[column('支部编号')] === branch)
      if (row) row[column(what)] = value
    }
    const bytes = await writeTable({
      name: 'Sheet1',
      title: '复制的表',
      columns: headings.map((heading) => ({ heading: String(heading), width: 10 })),
      rows: rows.map((row) => headings.map((_, i) => (row[i] === undefined ? null : String(row[i])))),
    })
    const messageId = `om_file_${++sent}`
    await keepFile(it.db, { messageId, fileKey: 'k', name: '副本.xlsx', branch: null, by: `m_${by}`, chatId: 'oc_dm', at: now })
    await readFiles({
      db: it.db,
      newId: () => newId(chance),
      clock: () => now,
      download: async () => ({ what: 'got', bytes }),
      peopleIn: async () => null,
    })
    const { rows: out } = await it.client.execute({
      sql: 'select view, args from outbox where occasion = ?',
      args: [`roster ${messageId}`],
    })
    const [row] = out
    const shown = await it.shown(String(row?.view), JSON.parse(String(row?.args)))
    return { ...shown, press: () => it.press(by, buttonsOf(shown.card).find(({ press }) => press === 'reviewPreview.save') ?? {}) }
  }
  const judged = async () =>
    (await it.client.execute('select branch, part, permille, reason, "by" from judgements order by branch, part')).rows.map((one) =>
      [one.branch, one.part, one.permille, one.reason, one.by].join(' '),
    )
  return { ...it, handedOut, sends, judged }
}

test('sent back as it is, the file changes nothing', async () => {
  const sheet = await aSheet()
  const shown = await sheet.sends(await sheet.handedOut())
  expect(shown.view).toBe('reviewPreview')
  expect(shown.text).toContain('没有可以保存的改动')
  expect(buttonsOf(shown.card)).toEqual([])
})

test('changes are previewed by row and saved once, by the press', async () => {
  const sheet = await aSheet()
  const shown = await sheet.sends(await sheet.handedOut(), {
    [`b2: ${UPPER}`]: '3.5',
    [`branch: ${UPPER}`]: '4',
    [`branch: ${OWN}`]: '1',
    'branch: 更正理由': '记录不全',
  })
  expect(shown.text).toContain('第二支部：（1）生产（科研）任务完成情况 – → 3.5')
  expect(shown.text).toContain('（5）书记履职情况 – → 1（记录不全）')
  expect(await sheet.judged()).toEqual([])
  expect((await shown.press()).toast.zh).toContain('已保存 2 个支部的评定')
  expect(await sheet.judged()).toEqual(['b2 1.judged 875  m_上级', 'branch 1.judged 1000  m_上级', 'branch 5.judged 500 记录不全 m_上级'])
  expect((await shown.press()).toast.zh).toContain('已经保存')
  expect(await sheet.judged()).toHaveLength(3)
  expect(await sheet.count("audit where deed = 'assessment.judge'")).toBe(2)
})

test('two columns confirm entries and take answers over', async () => {
  const sheet = await aSheet()
  const at = now.getTime()
  await sheet.run(`insert into attestations (id, branch, part, subject, period, on_day, reference, "by", at)
      values ('a', 'b2', '28.suggestions', '', '${QUARTER}', '2026-09-20', '台账', 'm_李华', ${at});
    insert into judgements (id, branch, part, subject, period, verdict, permille, by_upper, reason, "by", at)
      values ('p', 'branch', '5.judged', '', '${QUARTER}', 'points', 800, 0, '', 'm_李华', ${at}),
        ('n', 'branch', '8.judged', '', '${QUARTER}', 'not applicable', 0, 0, '', 'm_李华', ${at})`)
  const shown = await sheet.sends(await sheet.handedOut(), { 'b2: 确认登记': '确认', 'branch: 采纳自评': '采纳' })
  expect(shown.text).toContain('第二支部：确认登记 1 条')
  expect(shown.text).toContain('（5）书记履职情况 – → 较好')
  expect((await shown.press()).toast.zh).toContain('已保存 2 个支部的评定')
  const { rows } = await sheet.client.execute('select part, verdict, permille from judgements where by_upper order by part')
  expect(rows).toMatchObject([
    { part: '5.judged', verdict: 'points', permille: 800 },
    { part: '8.judged', verdict: 'not applicable', permille: 0 },
  ])
  expect(await sheet.count('attestations where confirmed_at is not null')).toBe(1)
})

test('wrong rows are named, and right rows beside them can be saved', async () => {
  const sheet = await aSheet()
  const list = await sheet.handedOut()
  const headings = list[0] ?? []
  const named = (name: string, id: string | undefined, quarter = QUARTER) =>
    headings.map((heading, i) =>
      i === 0 ? name : i === 1 ? quarter : i === 2 ? '1' : String(heading).startsWith('支部编号') ? id : undefined,
    )
  const shown = await sheet.sends(
    [
      ...list,
      named('不存在', undefined),
      named('同名支部', undefined),
      named('第二支部', 'b2'),
      named('外人', 'far'),
      named('第一支部', '', '2026Q2'),
    ],
    { [`branch: ${UPPER}`]: '4.5', [`b3: ${OWN}`]: '2', [`b2: ${UPPER}`]: '3' },
  )
  for (const words of [
    /第 \d+ 行 第一支部：（1）生产（科研）任务完成情况：请填 0 到 4 的分数/,
    /同名支部：与支部自评不同的要写理由/,
    /不存在：没有这个支部，或不归你考核/,
    /同名支部：有几个支部叫这个名称/,
    /第二支部：这个支部写了两次/,
    /外人：没有这个支部/,
    /第一支部：季度应与别的行一样/,
  ])
    expect(shown.text).toMatch(words)
  await shown.press()
  expect(await sheet.judged()).toEqual(['b2 1.judged 750  m_上级'])
})

test('a file of another quarter hears that its columns were not read', async () => {
  const sheet = await aSheet()
  const [headings = [], ...rows] = await sheet.handedOut()
  const old = headings.map((heading) => String(heading).replace('2026Q3', '2026Q2'))
  const shown = await sheet.sends([old, ...rows], { 'branch: 1.judged 2026Q2': '3' })
  expect(shown.text).toMatch(/第 2 行 1.judged 2026Q2：这一列不是2026年第三季度评定的项目，没有读取/)
  expect(shown.text).toContain('没有可以保存的改动')
  expect(await sheet.judged()).toEqual([])
})

test('a file never overwrites a later judgement unseen', async () => {
  const sheet = await aSheet()
  const list = await sheet.handedOut()
  const first = await sheet.sends(structuredClone(list), { [`b2: ${UPPER}`]: '3' })
  const meanwhile = await sheet.sends(structuredClone(list), { 'b2: 2.judged 2026Q3': '1' })
  await first.press()
  expect((await meanwhile.press()).toast.zh).toContain('有人刚刚也在评定这些支部')
  const stale = await sheet.sends(structuredClone(list), { [`b2: ${UPPER}`]: '2' })
  expect(stale.text).toContain('刚刚有人改为 3，你填的是 2')
  expect((await sheet.sends(structuredClone(list))).text).toContain('没有可以保存的改动')
  expect(await sheet.judged()).toEqual(['b2 1.judged 750  m_上级'])
})

test('without an assessor’s seat at the press nothing is saved', async () => {
  const sheet = await aSheet()
  const list = await sheet.handedOut()
  expect((await sheet.sends(structuredClone(list), { [`b2: ${UPPER}`]: '3' }, '李华')).text).toContain('由党委考核人来做')
  const shown = await sheet.sends(list, { [`b2: ${UPPER}`]: '3' })
  expect((await sheet.press('李华', buttonsOf(shown.card)[0] ?? {})).mood).toBe('warning')
  await sheet.client.execute("update seats set until_at = 1 where member = 'm_上级'")
  expect((await shown.press()).mood).toBe('warning')
  expect(await sheet.judged()).toEqual([])
})

test('once the assessment is closed, a file changes nothing', async () => {
  const sheet = await aSheet()
  const list = await sheet.handedOut()
  const before = await sheet.sends(structuredClone(list), { [`b2: ${UPPER}`]: '3' })
  await sheet.client.execute("update assessments set published_at = 1, published_by = 'x', appeals_until = '2026-10-20'")
  await sheet.client.execute('update assessments set closing_at = 2')
  expect((await before.press()).toast.zh).toContain('考核已经结束')
  expect((await sheet.sends(list, { [`b2: ${UPPER}`]: '3' })).text).toContain('考核已经结束')
  expect(await sheet.judged()).toEqual([])
})

test('a file still decides about an undecided branch, and no other', async () => {
  const sheet = await aSheet()
  await sheet.client.execute("update assessments set published_at = 1, published_by = 'x', appeals_until = '2026-10-20'")
  await sheet.client.execute(`insert into undecided (branch, quarter, committee, at) values ('b2', '${QUARTER}', 'committee', 1)`)
  await sheet.client.execute('update assessments set closing_at = 2, closed_at = 2')
  const shown = await sheet.sends(await sheet.handedOut(), { [`b2: ${UPPER}`]: '3', [`b3: ${UPPER}`]: '3' })
  expect(shown.text).toContain('考核已经结束')
  expect((await shown.press()).mood).toBe('success')
  expect(await sheet.judged()).toHaveLength(1)
})
