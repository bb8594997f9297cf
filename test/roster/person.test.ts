import { expect, test } from 'vitest'
import { pagesOf } from '../../cards/roster/people.ts'
import { together } from '../../db/client.ts'
import { keepDraft } from '../../db/roster/drafts.ts'
import { addToBranch } from '../../db/roster/roster.ts'
import type { Card } from '../../src/card.ts'
import { aBranch, buttonsOf, openId, type Person, textOf } from '../harness/branch.ts'

const people: Person[] = [
  { name: '李华', role: 'secretary' },
  { name: '王芳', role: 'organisation' },
  { name: '赵敏' },
  { name: '周洁', stage: 'probationer' },
  { name: '郑凯', stage: 'activist' },
  { name: '管平', role: 'admin', branch: null },
  { name: '孙岩', role: 'assessor', branch: null },
]

async function inBranch(more: readonly Person[] = []) {
  const branch = await aBranch([...people, ...more])
  const { client } = branch.store
  const row = async (name: string) => (await client.execute({ sql: 'select * from members where name = ?', args: [name] })).rows[0]
  const seats = async (name: string) =>
    (
      await client.execute({ sql: 'select role from seats where member = ? and until_at is null order by role', args: [`m_${name}`] })
    ).rows.map(({ role }) => String(role))
  const deeds = async () => (await client.execute('select deed from audit order by id')).rows.map(({ deed }) => String(deed))
  const told = async (name: string) =>
    (await branch.outboxRows())
      .filter(({ view, to_id }) => view === 'seatTold' && to_id === openId(name))
      .map(({ args }) => JSON.parse(String(args)))
  const onPerson = (who: string, press: string, name: string, form?: object, more: object = {}) =>
    branch.press(who, { press, person: `m_${name}`, ...more }, { form: form as Record<string, unknown> })
  const lastChange = (card: Card | undefined) => buttonsOf(card).find(({ press }) => press === 'undo.last')
  const undo = async (who: string, card: Card | undefined) => branch.press(who, lastChange(card) ?? {})
  return { ...branch, client, row, seats, deeds, told, onPerson, lastChange, undo }
}

test('/成员 shows the branch to its keepers by stage and seats', async () => {
  const { say, press, outboxRows } = await inBranch()
  const shown = await say('王芳', '/成员', { dm: true })
  expect(shown?.view).toBe('people')
  for (const words of ['**书记** 李华', '**组织委员** 王芳', '空缺：副书记、宣传委员、纪检委员', 'Vacant: deputy', '赵敏'])
    expect(shown?.text).toContain(words)
  expect(shown?.text).not.toContain('管平')

  const opened = await press('王芳', { press: 'people.open', branch: 'branch' }, { form: { person: 'm_周洁' } })
  expect(textOf(opened.card as Card)).toMatch(/周洁.*\*\*阶段\*\* 预备党员/s)

  expect((await say('赵敏', '/成员', { dm: true }))?.text).toContain('这件事不归你办')
  expect((await say('王芳', '/members'))?.text).toContain('已私聊发给你')
  expect((await outboxRows()).filter(({ view }) => view === 'people').map(({ to_id }) => to_id)).toContain(openId('王芳'))
})

test('a name opens that person’s card, in the direct chat alone', async () => {
  const { say } = await inBranch()
  expect(await say('李华', '/成员 赵敏', { dm: true })).toMatchObject({ view: 'person', text: expect.stringContaining('赵敏') })
  expect((await say('李华', '/成员', { mentions: [{ openId: openId('赵敏'), name: '赵敏' }] }))?.text).toContain('已私聊发给你')
  expect((await say('李华', '/成员 没有这个人', { dm: true }))?.text).toContain('可以说「添加」或「移除」')
  expect((await say('孙岩', '/成员 第一支部', { dm: true }))?.view).toBe('people')
})

test('namesakes are told apart by stage, group and number', () => {
  const one = (id: string, stage: 'full' | 'activist', groupName: string | null) => ({
    id,
    name: '王*芳',
    openId: null,
    stage,
    groupName,
    isAway: false,
    seats: [],
  })
  const [page = []] = pagesOf([one('1', 'full', '一组'), one('2', 'activist', null), one('3', 'full', '一组')])
  expect(page.map(({ label }) => label.zh.replace('&#42;', '*'))).toEqual([
    '王*芳（正式党员，一组）',
    '王*芳（积极分子）',
    '王*芳（正式党员，一组） 2',
  ])
})

test('a hundred to a page, the next page has the others', async () => {
  const { press, say } = await inBranch(Array.from({ length: 150 }, (_, i) => ({ name: `党员${i}` })))
  const first = await say('李华', '/成员', { dm: true })
  expect(first?.text).toContain('第 1 / 2 页')
  const second = await press('李华', { press: 'people.turn', branch: 'branch', page: 1 })
  const shown = textOf(second.card as Card)
  expect([first?.text.includes('党员149'), shown.includes('党员149'), shown.includes('第 2 / 2 页')]).toEqual([false, true, true])
  expect((await press('李华', { press: 'people.open', branch: 'branch' }, { form: { person: 'm_党员149' } })).card).toBeDefined()
  expect((await press('李华', { press: 'people.open', branch: 'branch' }, { form: {} })).toast.zh).toContain('请先选一个人')
})

test('a stage goes one step on or back, with a lawful day', async () => {
  const { onPerson, row, deeds } = await inBranch()
  const stage = (to: string, on: string) => onPerson('王芳', 'stage.change', '郑凯', { stage: to, on: `${on} +0800` })
  expect((await stage('prospect', '2026-09-01')).toast.zh).toContain('郑凯：发展对象')
  expect(await row('郑凯')).toMatchObject({ stage: 'prospect', prospect_on: '2026-09-01' })
  expect((await stage('probationer', '2026-10-09')).toast.zh).toContain('日期还没到')
  expect((await stage('probationer', '2026-08-31')).toast.zh).toContain('日期早于前一阶段')
  expect((await stage('full', '2026-09-02')).toast.zh).toContain('这张卡片旧了')
  expect((await stage('probationer', '2026-13-45')).toast.zh).toContain('这个日期读不懂')
  expect((await stage('prospect', '2026-09-03')).toast.zh).toContain('发展对象')
  expect((await stage('activist', '2026-10-08')).toast.zh).toContain('郑凯：积极分子')
  expect(await row('郑凯')).toMatchObject({ stage: 'activist', prospect_on: null })
  expect(await deeds()).toEqual(['member.stage', 'member.stage', 'member.stage'])
  expect((await onPerson('李华', 'stage.change', '王芳', { stage: 'probationer' })).toast.zh).toContain('请先免去职务')
})

test('being away after the call moves nothing, and cards follow', async () => {
  const { say, shown, onPerson, latestGathering, client, now, row, undo, at } = await inBranch()
  await say('李华', '/会议 党员大会 明天 15:00')
  const gathering = await latestGathering()
  await client.execute({
    sql: "insert into posts values ('om_1', 'chat:oc_branch', 'gathering', ?, ?, ?)",
    args: [gathering, JSON.stringify({ subject: gathering }), now().getTime()],
  })
  const headcount = async () => /\*\*(\d+)\*\*\n<font color='grey'>应到/.exec((await shown('gathering', { subject: gathering })).text)?.[1]
  const refreshes = async () => (await client.execute("select version from outbox where occasion = 'refresh om_1'")).rows[0]?.version
  expect(await headcount()).toBe('4')

  at('2026-10-08', '09:30')
  const away = await onPerson('王芳', 'place.away', '赵敏', { on: '2026-10-01 +0800' })
  expect(textOf(away.card as Card)).toContain('外出，2026-10-01 起：不提醒')
  expect([await headcount(), await refreshes()]).toEqual(['4', 1])
  expect((await shown('gathering', { subject: gathering })).text).not.toContain('其中外出')
  expect((await onPerson('王芳', 'place.away', '赵敏', {})).toast.zh).toContain('这张卡片旧了')

  await undo('王芳', away.card)
  expect([await headcount(), await refreshes(), (await row('赵敏'))?.away_since]).toEqual(['4', 2, null])
  await onPerson('王芳', 'place.away', '赵敏', {})
  await onPerson('王芳', 'place.back', '赵敏')
  expect([await headcount(), await refreshes()]).toEqual(['4', 4])
})

test('a seat is granted and vacated, told, and holds at once', async () => {
  const { onPerson, seats, told, shown, say, deeds, outboxRows, at, client } = await inBranch()
  expect((await say('赵敏', '/会议 支委会 周五 15:00'))?.text).toContain('这件事不归你办')
  const granted = await onPerson('李华', 'seats.appoint', '赵敏', { role: 'publicity' })
  expect(granted.toast.zh).toBe('赵敏已任宣传委员。')
  expect(await seats('赵敏')).toEqual(['publicity'])
  expect((await shown('seatTold', (await told('赵敏'))[0])).text).toMatch(/你现在担任「第一支部」的\*\*宣传委员\*\*.*李华/s)
  await say('赵敏', '/会议 支委会 周五 15:00')
  expect((await outboxRows()).filter(({ view }) => view === 'gathering')).toHaveLength(1)
  await client.execute("update outbox set state = 'sent' where view = 'seatTold'")
  at('2026-10-08', '11:00')

  const seat = buttonsOf((await onPerson('李华', 'person.part', '赵敏', undefined, { part: 'seats' })).card).find(
    ({ press }) => press === 'seats.vacate',
  )
  await onPerson('李华', 'seats.vacate', '赵敏', undefined, { seat: seat?.seat })
  expect(await seats('赵敏')).toEqual([])
  expect((await shown('seatTold', (await told('赵敏'))[1])).text).toContain('你不再担任「第一支部」的**宣传委员**')
  const again = await onPerson('李华', 'seats.vacate', '赵敏', undefined, { seat: seat?.seat })
  expect(again).toMatchObject({ mood: 'info', toast: { zh: expect.stringContaining('这张卡片旧了') }, card: expect.anything() })
  expect(await told('赵敏')).toHaveLength(2)
  expect((await deeds()).filter((deed) => deed.startsWith('seat.'))).toEqual(['seat.grant', 'seat.vacate'])
})

test('nobody grants beyond their right, the secretary’s seat least', async () => {
  const { onPerson, seats } = await inBranch()
  expect((await onPerson('王芳', 'seats.appoint', '赵敏', { role: 'publicity' })).mood).toBe('warning')
  expect((await onPerson('李华', 'seats.appoint', '赵敏', { role: 'secretary' })).mood).toBe('warning')
  expect((await onPerson('李华', 'seats.appoint', '周洁', { role: 'publicity' })).toast.zh).toContain('只有正式党员')
  expect((await onPerson('李华', 'seats.appoint', '赵敏', { role: 'admin' })).toast.zh).toContain('请选择职务')
  expect([await seats('赵敏'), await seats('周洁')]).toEqual([[], []])
  const offered = textOf((await onPerson('李华', 'person.part', '赵敏', undefined, { part: 'seats' })).card as Card)
  expect([offered.includes('副书记'), offered.includes('\n书记\n')]).toEqual([true, false])
  expect((await onPerson('孙岩', 'seats.appoint', '赵敏', { role: 'secretary' })).toast.zh).toContain('赵敏已任书记')
})

test('nor is a secretary appointed by a list that the secretary imports', async () => {
  const { db, press, count, now } = await inBranch()
  const person = {
    id: 'x',
    member: null,
    isNew: true,
    row: 2,
    name: '新人',
    facts: { name: '新人', stage: 'full' as const },
    vacate: [],
    candidates: [],
    changes: [],
  }
  const rows = { people: [{ ...person, grant: [{ role: 'secretary' as const, group: null }] }], wrong: [], notes: [] }
  const tally = { added: 1, changed: 0, same: 0, wrong: 0, failed: 0 }
  await together(db, [keepDraft(db, { id: 'd', file: 'f', branch: 'branch', by: 'm_李华', madeAt: now(), tally, rows })])
  expect((await press('李华', { press: 'roster.import', draft: 'd' })).toast.zh).toContain('书记由上级党委考核人或管理员任免')
  expect(await count("members where name = '新人'")).toBe(0)
  expect((await press('管平', { press: 'roster.import', draft: 'd' })).mood).not.toBe('warning')
  expect(await count("members where name = '新人'")).toBe(1)
})

test('only an administrator leaves a branch without a secretary', async () => {
  const { onPerson, seats, say, undo } = await inBranch()
  expect((await onPerson('孙岩', 'seats.vacate', '李华', undefined, { seat: 's_李华' })).toast.zh).toContain('请先任命新书记')
  expect((await onPerson('孙岩', 'leaving.remove', '李华', { reason: 'moved' })).toast.zh).toContain('请先任命新书记')
  expect(await seats('李华')).toEqual(['secretary'])
  const mentions = [{ openId: openId('李华'), name: '李华' }]
  expect((await say('孙岩', '/成员 移除', { mentions }))?.text).toContain('这件事不归你办')

  const appointed = await onPerson('孙岩', 'seats.appoint', '赵敏', { role: 'secretary' })
  expect((await onPerson('孙岩', 'seats.vacate', '李华', undefined, { seat: 's_李华' })).toast.zh).toContain('李华不再任书记')
  expect((await undo('孙岩', appointed.card)).toast.zh).toContain('请先任命新书记')
  expect(await seats('赵敏')).toEqual(['secretary'])
  expect((await onPerson('管平', 'leaving.remove', '赵敏', { reason: 'moved' })).toast.zh).toContain('已移出名单')
})

test('two who take the last two secretaries away at once leave one', async () => {
  const { onPerson, client } = await inBranch()
  await onPerson('孙岩', 'seats.appoint', '赵敏', { role: 'secretary' })
  const seat = (await client.execute("select id from seats where member = 'm_赵敏'")).rows[0]?.id
  await Promise.all([
    onPerson('孙岩', 'seats.vacate', '李华', undefined, { seat: 's_李华' }),
    onPerson('孙岩', 'seats.vacate', '赵敏', undefined, { seat }),
  ])
  expect((await client.execute("select * from seats where role = 'secretary' and until_at is null")).rows).toHaveLength(1)
})

test('an eighth on the committee is granted with a warning', async () => {
  const { onPerson, client } = await inBranch([{ name: '甲' }, { name: '乙' }, { name: '丙' }, { name: '丁' }, { name: '戊' }])
  for (const name of ['甲', '乙', '丙', '丁', '戊'])
    expect((await onPerson('李华', 'seats.appoint', name, { role: 'committeeMember' })).mood).toBe('success')
  const eighth = await onPerson('李华', 'seats.appoint', '赵敏', { role: 'committeeMember' })
  expect(eighth).toMatchObject({
    mood: 'warning',
    toast: { zh: expect.stringContaining('支委会现有 8 人'), en: expect.stringContaining('7 the most') },
  })
  expect((await client.execute("select * from seats where role = 'committeeMember' and until_at is null")).rows).toHaveLength(6)
})

test('a removed person loses seats, hears, and one press restores all', async () => {
  const { onPerson, row, seats, told, undo, say, deeds, lastChange, at } = await inBranch()
  expect((await onPerson('李华', 'leaving.remove', '王芳', {})).toast.zh).toContain('请选择原因')
  const removed = await onPerson('李华', 'leaving.remove', '王芳', { reason: 'moved' })
  expect(await row('王芳')).toMatchObject({ left_on: '2026-10-08', left_reason: 'moved' })
  expect(await seats('王芳')).toEqual([])
  expect(await told('王芳')).toHaveLength(1)
  expect((await say('王芳', '我的', { dm: true }))?.text).toContain('还不在任何支部的名单上')

  at('2026-10-09', '08:59')
  expect((await undo('李华', removed.card)).toast.zh).toContain('已撤销')
  expect(await row('王芳')).toMatchObject({ left_on: null, left_reason: null, branch: 'branch' })
  expect(await seats('王芳')).toEqual(['organisation'])
  expect(await deeds()).toEqual(['roster.remove', 'member.undo'])
  const again = await undo('李华', removed.card)
  expect(again).toMatchObject({ mood: 'info', toast: { zh: expect.stringContaining('这张卡片旧了') } })
  expect(lastChange(again.card)).toBeUndefined()
  expect((await onPerson('李华', 'leaving.remove', '李华', { reason: 'moved' })).mood).toBe('warning')
})

const toldRows = async ({ client }: { client: { execute(sql: string): Promise<{ rows: unknown[] }> } }) =>
  (await client.execute("select to_id, due_at, args, state from outbox where view = 'seatTold' order by id")).rows as unknown as {
    due_at: number
    args: string
  }[]

test('seat news waits for waking hours, and sums up six changes', async () => {
  const { onPerson, undo, client, at, shown } = await inBranch()
  at('2026-10-11', '23:10')
  for (const role of ['publicity', 'discipline']) {
    const granted = await onPerson('李华', 'seats.appoint', '赵敏', { role })
    if (role === 'publicity') await undo('李华', granted.card)
  }
  const rows = await toldRows({ client })
  expect(rows.map(({ due_at }) => new Date(Number(due_at)))).toEqual([new Date('2026-10-12T08:00:00+08:00')])
  const { text } = await shown('seatTold', JSON.parse(String(rows[0]?.args)))
  expect(text).toContain('**纪检委员**')
  expect(text).not.toContain('宣传委员')
})

test('a second message about seats comes on the next working day', async () => {
  const { onPerson, client, at, shown } = await inBranch()
  await onPerson('李华', 'seats.appoint', '赵敏', { role: 'publicity' })
  await client.execute("update outbox set state = 'sent' where view = 'seatTold'")
  at('2026-10-08', '15:00')
  await onPerson('李华', 'seats.appoint', '赵敏', { role: 'discipline' })
  await onPerson('李华', 'seats.appoint', '赵敏', { role: 'deputy' })
  const rows = await toldRows({ client })
  expect(rows.map(({ due_at }) => new Date(Number(due_at)))).toEqual([
    new Date('2026-10-08T09:03:00+08:00'),
    new Date('2026-10-09T09:00:00+08:00'),
  ])
  const { text } = await shown('seatTold', JSON.parse(String(rows[1]?.args)))
  expect([text.includes('纪检委员'), text.includes('副书记'), text.includes('宣传委员')]).toEqual([true, true, false])
})

test('a single seat is not restored while another holds it', async () => {
  const { onPerson, undo, seats, press, client } = await inBranch()
  await client.execute("insert into groups (id, branch, name) values ('g', 'branch', '一组')")
  await client.execute("update members set group_id = 'g' where name in ('赵敏', '王芳')")
  await press('李华', { press: 'group.lead', group: 'g' }, { form: { leader: 'm_赵敏' } })
  const moved = await onPerson('李华', 'ownGroup.change', '赵敏', { group: 'none' })
  await press('李华', { press: 'group.lead', group: 'g' }, { form: { leader: 'm_王芳' } })
  expect((await undo('李华', moved.card)).toast.zh).toContain('职务现在由别人担任，没有恢复')
  expect([await seats('赵敏'), await seats('王芳')]).toEqual([[], ['leader', 'organisation']])

  const removed = await onPerson('管平', 'leaving.remove', '李华', { reason: 'moved' })
  await onPerson('管平', 'seats.appoint', '赵敏', { role: 'secretary' })
  expect((await undo('管平', removed.card)).toast.zh).toContain('没有恢复')
  expect([await seats('赵敏'), await seats('李华')]).toEqual([['secretary'], []])
})

test('a removed person is listed with undo for a day', async () => {
  const { onPerson, say, press, row, at } = await inBranch()
  await onPerson('李华', 'leaving.remove', '周洁', { reason: 'mistaken' })
  const list = await say('李华', '/成员', { dm: true })
  expect(list?.text).toContain('移出不满一天，可以撤销')
  const open = buttonsOf(list?.card).find(({ press, person }) => press === 'person.part' && person === 'm_周洁')
  expect(buttonsOf((await press('李华', open ?? {})).card).map((one) => one.press)).toContain('undo.last')
  const named = await say('李华', '/成员 周洁', { dm: true })
  await press('李华', buttonsOf(named?.card).find((one) => one.press === 'undo.last') ?? {})
  expect(await row('周洁')).toMatchObject({ left_on: null, stage: 'probationer' })
  expect((await say('李华', '/成员', { dm: true }))?.text).not.toContain('可以撤销')

  await say('李华', '/成员 移除', { mentions: [{ openId: openId('郑凯'), name: '郑凯' }] })
  expect((await say('李华', '/成员', { dm: true }))?.text).toContain('郑凯')
  at('2026-10-09', '09:00')
  expect((await say('李华', '/成员', { dm: true }))?.text).not.toContain('移出不满一天')
})

test('a person added again is the same person, same stage', async () => {
  const { onPerson, say, client } = await inBranch()
  await client.execute("update members set activist_on = '2026-03-01' where name = '郑凯'")
  await onPerson('李华', 'leaving.remove', '郑凯', { reason: 'mistaken' })
  await say('李华', '/成员 添加', { mentions: [{ openId: openId('郑凯'), name: '郑凯' }] })
  const { rows } = await client.execute("select id, stage, activist_on, joined_on, left_on, left_reason from members where name = '郑凯'")
  expect(rows).toMatchObject([
    { id: 'm_郑凯', stage: 'activist', activist_on: '2026-03-01', joined_on: '2026-01-01', left_on: null, left_reason: null },
  ])
})

test('two branches that add one person: one succeeds', async () => {
  const { say, client, db } = await inBranch()
  await client.execute(
    "insert into branches (id, unit, committee, name, since) values ('other', 'unit', 'committee', '二支部', '2026-10-01')",
  )
  const actor = { id: 'm_管平', unit: 'unit', branch: null, group: null, openId: openId('管平'), name: '管平', stage: null, seats: [] }
  const joining = { openId: openId('新人'), name: '新人', stage: 'full' as const, role: null }
  await addToBranch(db, 'other', [{ ...joining, member: 'm1', seat: 's1' }], actor, new Date(0), '2026-10-08')
  const second = addToBranch(db, 'branch', [{ ...joining, member: 'm2', seat: 's2' }], actor, new Date(0), '2026-10-08')
  await expect(second).rejects.toMatchObject({ says: { zh: expect.stringContaining('刚刚加入了别的支部') } })
  expect((await client.execute("select id, branch from members where name = '新人'")).rows).toMatchObject([{ id: 'm1', branch: 'other' }])
  expect((await say('李华', '/成员 添加', { mentions: [{ openId: openId('新人'), name: '新人' }] }))?.text).toContain('已在别的支部')
})

test('after a day or another change nothing is undone', async () => {
  const { onPerson, row, undo, at, client } = await inBranch()
  const away = await onPerson('李华', 'place.away', '赵敏', {})
  const stepped = await onPerson('李华', 'stage.change', '周洁', { stage: 'full', on: '2026-10-08' })
  await client.execute("update members set full_on = '2026-09-01' where name = '周洁'")
  expect((await undo('李华', stepped.card)).toast.zh).toContain('这张卡片旧了')
  expect((await row('周洁'))?.stage).toBe('full')
  at('2026-10-09', '09:00')
  expect((await undo('李华', away.card)).toast.zh).toContain('这张卡片旧了')
  expect((await row('赵敏'))?.away_since).toBe('2026-10-08')
})

test('a returned person is not undone into a second one', async () => {
  const { onPerson, undo, say, client } = await inBranch()
  const removed = await onPerson('李华', 'leaving.remove', '赵敏', { reason: 'left' })
  await say('李华', '/成员 添加', { mentions: [{ openId: openId('赵敏'), name: '赵敏' }] })
  expect((await undo('李华', removed.card)).toast.zh).toContain('这张卡片旧了')
  expect((await client.execute("select * from members where name = '赵敏' and left_on is null")).rows).toHaveLength(1)
})

test('two changes of one person: one holds, the other is told', async () => {
  const { onPerson, deeds, row } = await inBranch()
  const answers = await Promise.all([
    onPerson('李华', 'stage.change', '周洁', { stage: 'full', on: '2026-10-08' }),
    onPerson('王芳', 'stage.change', '周洁', { stage: 'prospect' }),
  ])
  expect(answers.map(({ mood }) => mood).sort()).toEqual(['info', 'success'])
  expect(await deeds()).toEqual(['member.stage'])
  expect(['full', 'prospect']).toContain((await row('周洁'))?.stage)
})

test('undoing needs the right that the change needed', async () => {
  const { onPerson, undo, lastChange, seats } = await inBranch()
  const granted = await onPerson('李华', 'seats.appoint', '赵敏', { role: 'deputy' })
  expect((await undo('王芳', granted.card)).mood).toBe('warning')
  expect(lastChange((await onPerson('王芳', 'person.part', '赵敏')).card)).toBeUndefined()
  expect(await seats('赵敏')).toEqual(['deputy'])
  expect((await undo('李华', granted.card)).toast.zh).toContain('已撤销')
  expect(await seats('赵敏')).toEqual([])
})

test('everything in a form has a name of its own', async () => {
  const { onPerson, press } = await inBranch()
  await press('李华', { press: 'groups.make', branch: 'branch' }, { form: { name: '一组' } })
  for (const part of ['stage', 'group', 'place', 'seats', 'leaving']) {
    const named = [
      ...JSON.stringify((await onPerson('李华', 'person.part', '赵敏', undefined, { part })).card).matchAll(/"name":"([^"]+)"/g),
    ]
    const names = named.map(([, name]) => name)
    expect({ part, names }).toEqual({ part, names: [...new Set(names)] })
    expect(names.length).toBeGreaterThan(1)
  }
})
