import { expect, test } from 'vitest'
import type { Card } from '../../src/card.ts'
import { aBranch, buttonsOf, openId, textOf } from '../harness/branch.ts'

async function inBranch() {
  const branch = await aBranch([
    { name: '李华', role: 'secretary' },
    { name: '王芳', role: 'organisation' },
    { name: '赵敏' },
    { name: '钱进' },
    { name: '周洁', stage: 'probationer' },
    { name: '旁人', branch: null },
  ])
  const { client } = branch.store
  const of = async (name: string) =>
    (await client.execute({ sql: 'select group_id from members where name = ?', args: [name] })).rows[0]?.group_id
  const groups = async () => (await client.execute('select id, name, ended_on from groups order by rowid')).rows
  const leaders = async () =>
    (
      await client.execute("select m.name from seats s join members m on m.id = s.member where s.role = 'leader' and s.until_at is null")
    ).rows.map(({ name }) => name)
  const deeds = async () => (await client.execute('select deed from audit order by id')).rows.map(({ deed }) => String(deed))
  const told = async () =>
    (await branch.outboxRows())
      .filter(({ view }) => view === 'seatTold')
      .map(({ to_id, args }) => ({ to: to_id, args: JSON.parse(String(args)) }))
  const make = (name: string, who = '李华') => branch.press(who, { press: 'groups.make', branch: 'branch' }, { form: { name } })
  const group = async (name: string) => String((await groups()).find((one) => one.name === name)?.id)
  const on = async (press: string, name: string, form?: Record<string, unknown>, who = '李华') =>
    branch.press(who, { press: `${press.startsWith('move') ? 'groupPeople' : 'group'}.${press}`, group: await group(name) }, { form })
  return { ...branch, client, of, groups, leaders, deeds, told, make, group, on }
}

test('groups are made, listed and renamed; doubles are refused', async () => {
  const { say, make, on, groups, deeds } = await inBranch()
  expect((await say('王芳', '/党小组', { dm: true }))?.text).toContain('支部还没有党小组')
  expect((await make(' 第一党小组 ', '王芳')).toast.zh).toContain('已新建「第一党小组」')
  expect((await make('第一党小组')).toast.zh).toContain('已经有同名的党小组')
  expect((await make('  ')).toast.zh).toContain('请填写党小组的名称')
  await make('第二党小组')
  expect((await on('rename', '第二党小组', { name: '第一党小组' })).toast.zh).toContain('已经有同名的党小组')
  expect((await on('rename', '第二党小组', { name: '青年党小组' })).toast.zh).toContain('已改名为「青年党小组」')
  expect((await groups()).map(({ name }) => name)).toEqual(['第一党小组', '青年党小组'])
  expect(await deeds()).toEqual(['group.make', 'group.make', 'group.rename'])
  const shown = await say('李华', '/groups', { dm: true })
  expect(shown?.text).toContain('**第一党小组** 0 人 · 还没有组长')
  expect(shown?.text).toContain('未分组 5 人')
  expect((await say('李华', '/党小组'))?.text).toContain('已私聊发给你')
  expect((await say('赵敏', '/党小组', { dm: true }))?.text).toContain('这件事不归你办')
})

test('several people move at once, each undone on their own card', async () => {
  const { make, on, of, group, press, deeds } = await inBranch()
  await make('一组')
  const moved = await on('moveIn', '一组', { people: ['m_赵敏', 'm_钱进', 'm_旁人', 'nobody'] })
  expect(moved.toast.zh).toBe('已把 2 人调入「一组」。')
  expect(textOf(moved.card as Card)).toContain('**2 人** 赵敏、钱进')
  expect([await of('赵敏'), await of('钱进'), await of('旁人')]).toEqual([await group('一组'), await group('一组'), null])
  expect((await deeds()).filter((deed) => deed === 'member.group')).toHaveLength(2)

  const card = (await press('李华', { press: 'person.part', person: 'm_赵敏' })).card
  await press('李华', buttonsOf(card).find((one) => one.press === 'undo.last') ?? {})
  expect([await of('赵敏'), await of('钱进')]).toEqual([null, await group('一组')])

  expect((await on('moveOut', '一组', { people: ['m_赵敏'] })).toast.zh).toContain('已经不在这里')
  expect((await on('moveOut', '一组', {})).toast.zh).toContain('请至少选一个人')
  expect((await on('moveOut', '一组', { people: ['m_钱进'] })).toast.zh).toContain('已调出 1 人')
  expect(await of('钱进')).toBeNull()
})

test('a group has one full leader; changes are told, meetings called', async () => {
  const { make, on, leaders, told, shown, say, outboxRows } = await inBranch()
  await make('第一党小组')
  await on('moveIn', '第一党小组', { people: ['m_赵敏', 'm_钱进', 'm_周洁'] })
  expect((await on('lead', '第一党小组', { leader: 'm_周洁' })).toast.zh).toContain('组长要是本组的正式党员')
  expect((await on('lead', '第一党小组', { leader: 'm_李华' })).toast.zh).toContain('从本组的正式党员里选')
  expect((await on('lead', '第一党小组', { leader: 'm_赵敏' }, '王芳')).mood).toBe('warning')
  await on('lead', '第一党小组', { leader: 'm_赵敏' })
  await say('赵敏', '/会议 第一党小组会 明天 15:00')
  expect((await outboxRows()).filter(({ view }) => view === 'gathering')).toHaveLength(1)

  expect((await on('lead', '第一党小组', { leader: 'm_钱进' })).toast.zh).toContain('组长：钱进')
  expect(await leaders()).toEqual(['钱进'])
  expect((await on('lead', '第一党小组', { leader: 'm_钱进' })).toast.zh).toContain('组长没有变')
  const said = await told()
  // Granted and ended before the message went: there is nothing to say.
  expect(said.map(({ to }) => to)).toEqual(['赵敏', '钱进'].map(openId))
  expect((await shown('seatTold', said[0]?.args)).card).toBeNull()
  expect((await shown('seatTold', said[1]?.args)).text).toContain('你现在担任「第一党小组」的**党小组长**')
})

test('a leader who leaves the group leads it no longer', async () => {
  const { make, on, leaders, press, told } = await inBranch()
  await make('一组')
  await make('二组')
  await on('moveIn', '一组', { people: ['m_赵敏'] })
  await on('lead', '一组', { leader: 'm_赵敏' })
  await on('moveIn', '二组', { people: ['m_赵敏'] })
  expect(await leaders()).toEqual([])
  await on('lead', '二组', { leader: 'm_赵敏' })
  await press('李华', { press: 'ownGroup.change', person: 'm_赵敏' }, { form: { group: 'none' } })
  expect(await leaders()).toEqual([])
  expect((await told()).map(({ to }) => to)).toEqual([openId('赵敏')])
})

test('only an empty, idle group dissolves, and its chat is free', async () => {
  const { make, on, say, groups, client, press, group, deeds } = await inBranch()
  await make('第一党小组')
  const id = await group('第一党小组')
  await on('moveIn', '第一党小组', { people: ['m_赵敏'] })
  expect((await on('dissolve', '第一党小组')).toast.zh).toContain('小组里还有人')
  await say('李华', '/会议 第一党小组会 明天 15:00')
  await on('moveOut', '第一党小组', { people: ['m_赵敏'] })
  expect((await on('dissolve', '第一党小组')).toast.zh).toContain('还有没结束的会')
  await client.execute("insert into cancellations select id, 0, 'm_李华', '' from gatherings")
  await client.execute({ sql: "insert into chats values ('oc_group', 'unit', null, ?, null, 'm_李华', 0)", args: [id] })

  expect((await on('dissolve', '第一党小组')).toast.zh).toBe('已解散。')
  expect(await groups()).toMatchObject([{ ended_on: '2026-10-08' }])
  expect((await client.execute("select * from chats where chat_id = 'oc_group'")).rows).toEqual([])
  expect(await deeds()).toContain('chat.unbind')
  const late = await press('李华', { press: 'groupPeople.moveIn', group: id }, { form: { people: ['m_赵敏'] } })
  expect(late).toMatchObject({ mood: 'info', toast: { zh: expect.stringContaining('已解散') }, card: expect.anything() })
  expect((await make('第一党小组')).toast.zh).toContain('已新建')
  const shown = await say('李华', '/党小组', { dm: true })
  expect(buttonsOf(shown?.card).filter((one) => one.press === 'group.open')).toHaveLength(1)
})

test('nobody moves into a group that dissolves at that moment', async () => {
  const { make, press, group, of, client } = await inBranch()
  await make('一组')
  const id = await group('一组')
  const answers = await Promise.all([
    press('李华', { press: 'group.dissolve', group: id }),
    press('王芳', { press: 'groupPeople.moveIn', group: id }, { form: { people: ['m_赵敏'] } }),
  ])
  expect(answers.filter(({ mood }) => mood === 'success')).toHaveLength(1)
  const isOver = (await client.execute('select * from groups where ended_on is not null')).rows.length === 1
  expect(await of('赵敏')).toBe(isOver ? null : id)
})

test('a dissolved group’s rhythm and draft end with it', async () => {
  const { make, on, press, group, client, count } = await inBranch()
  await make('一组')
  const id = await group('一组')
  await client.execute({
    sql: `insert into rhythms (id, branch, group_id, kind, place, in_room, rule, time, set_by, set_at) values ('r', 'branch', ?, 'group', '', 0, '{"every":"month","date":15}', '15:00', 'm_李华', 0)`,
    args: [id],
  })
  await client.execute(
    `insert into rhythm_drafts (rhythm, "on", starts_at, from_at, until_at, prepared_at, to_person) values ('r', '2026-10-15', ${new Date('2026-10-15T15:00:00+08:00').getTime()}, 0, 1, 0, '${openId('李华')}')`,
  )
  expect((await on('dissolve', '一组')).mood).toBe('success')
  expect((await client.execute('select ended_by from rhythms')).rows).toMatchObject([{ ended_by: 'm_李华' }])
  expect((await press('李华', { press: 'draft.call', rhythm: 'r', on: '2026-10-15' })).mood).not.toBe('success')
  expect(await count('gatherings')).toBe(0)
})

test('one person is one person in English too', async () => {
  const { make, on, shown } = await inBranch()
  await make('一组')
  const { card } = await on('moveIn', '一组', { people: ['m_赵敏'] })
  expect(textOf(card as Card)).toContain('**1 person** 赵敏')
  expect((await shown('groups', { branch: 'branch' })).text).toContain('1 person · ')
})

test('everything in a group’s forms has a name of its own', async () => {
  const { make, on, press, group } = await inBranch()
  await make('一组')
  await on('moveIn', '一组', { people: ['m_赵敏'] })
  for (const part of ['name', 'leader', 'in', 'out']) {
    const { card } = await press('李华', { press: 'group.open', group: await group('一组'), part })
    const names = [...JSON.stringify(card).matchAll(/"name":"([^"]+)"/g)].map(([, name]) => name)
    expect({ part, names }).toEqual({ part, names: [...new Set(names)] })
    expect(names.length).toBeGreaterThan(1)
  }
})

test('words behind the command make, lead and move', async () => {
  const it = await inBranch()
  const at = (name: string) => ({ mentions: [{ openId: openId(name), name }] })
  const say = async (line: string, more = {}, who = '李华') => (await it.say(who, line, more))?.text
  expect(await say('/党小组 新建 第一党小组')).toContain('已新建「第一党小组」')
  expect(await say('/党小组 第一党小组 组长 @_user_1', at('赵敏'))).toContain('还不在「第一党小组」')
  expect(await say('/党小组 第一党小组 加入 赵敏、钱进')).toContain('已调入「第一党小组」：赵敏、钱进')
  expect(await say('/党小组 第一党小组 组长 @_user_1', at('赵敏'))).toContain('组长：赵敏')
  expect(await it.leaders()).toEqual(['赵敏'])
  expect(await say('/groups 第一组 leader @_user_1', at('钱进'))).toContain('“第一党小组” is led by 钱进')
  expect(await say('/党小组 第一党小组 组长 周洁', {}, '王芳')).toContain('这件事不归你办')
  expect(await say('/党小组 第一党小组 移出 赵敏')).toContain('已调出「第一党小组」：赵敏')
  expect(await it.of('赵敏')).toBeNull()
  for (const line of ['/党小组 第九党小组 组长 赵敏', '/党小组 第一党小组 唱歌']) expect(await say(line)).toContain('没看懂')
  expect(await say('/党小组 第一党小组 组长')).toContain('请 @ 本支部的同志')
  expect(await it.deeds()).toEqual(expect.arrayContaining(['group.make', 'group.move', 'group.leader']))
})
