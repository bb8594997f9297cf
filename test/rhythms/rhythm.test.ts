import { describe, expect, test } from 'vitest'
import { draftCard } from '../../cards/rhythms/draft.ts'
import { rhythmFormCard } from '../../cards/rhythms/rhythm-card.ts'
import { rhythmsCard } from '../../cards/rhythms/rhythms.ts'
import { statementOf } from '../../db/client.ts'
import { draftsBeside, overtakenCards } from '../../db/rhythms/drafts.ts'
import { hostsOf, preparedAhead, settledAlready } from '../../db/rhythms/due.ts'
import { openRhythms } from '../../db/rhythms/rhythms.ts'
import { addDays, day, moment } from '../../src/calendar.ts'
import type { Card } from '../../src/card.ts'
import { tick } from '../../src/clock/schedule.ts'
import { gatheringKindNames } from '../../src/rules/gatherings/gatherings.ts'
import { aBranch, buttonsOf, openId, textOf } from '../harness/branch.ts'

const people = [{ name: '李华', role: 'secretary' as const }, { name: '王芳', role: 'organisation' as const }, { name: '赵敏' }]
const LINE = '/例会 支委会 每月第一个周五 15:00 三楼会议室'

/** It is the first of September. The first Fridays are 4 September, 2 October (a holiday: held on the 8th) and 6 November. */
async function aRhythm(line: string | null = LINE, who = '李华') {
  const branch = await aBranch(people)
  const { client } = branch.store
  branch.at('2026-09-01', '08:30')
  if (line) await branch.say(who, line)
  const rows = async (sql: string) => (await client.execute(sql)).rows
  const messages = async () => (await branch.outboxRows()).filter(({ view }) => view === 'draft')
  const drafted = async () => {
    const [row] = (await messages()).slice(-1)
    return row ? branch.shown('draft', JSON.parse(String(row.args))) : { view: '', card: null, text: '' }
  }
  return {
    ...branch,
    client,
    rows,
    messages,
    drafted,
    list: async (who = '李华') => branch.say(who, '/例会'),
    turn: async (on: string, time: string) => {
      branch.at(on, time)
      await tick(branch.db, moment(on, time), () => {})
    },
    /** The value of a draft's or a list's button, by the name of its press. */
    button: (card: Card | null | undefined, press: string) => buttonsOf(card).find((one) => one.press === press) ?? {},
    deeds: async () => (await rows('select deed from audit order by id')).map(({ deed }) => String(deed)),
  }
}

test('a line sets a rhythm, and the list shows next dates', async () => {
  const { say, list, deeds } = await aRhythm(null)
  const answer = await say('李华', LINE)
  expect(answer?.view).toBe('rhythms')
  expect(answer?.text).toContain('每月第一个周五 15:00')
  expect(answer?.text).toContain('三楼会议室')
  expect(answer?.text).toContain('9月4日（周五）')
  expect(answer?.text).toContain('10月8日（周四）（原10月2日（周五）休息，顺延）')
  expect(answer?.text).toContain('first Friday of each month 15:00')
  expect((await list())?.text).toBe(answer?.text)
  expect(await deeds()).toEqual(['rhythm.set'])
})

test('the same in English', async () => {
  const { say } = await aRhythm(null)
  expect((await say('李华', '/rhythm committee first Friday of each month 3pm room 3'))?.text).toContain('first Friday of each month 15:00')
})

test('a short line opens the form with what was understood', async () => {
  const { say, press, rows } = await aRhythm(null)
  const half = await say('李华', '/例会 支委会 每月第一个周五 三楼会议室')
  expect(half).toMatchObject({ view: 'rhythmForm' })
  expect(half?.text).toContain('还差开会的时间')
  const form = JSON.stringify(half?.card)
  for (const chosen of [
    '"initial_option":"committee"',
    '"initial_option":"month"',
    '"initial_option":"nth 1"',
    '"initial_option":"5"',
    '三楼会议室',
  ])
    expect(form).toContain(chosen)
  expect(await rows('select * from rhythms')).toEqual([])

  const submit = buttonsOf(half?.card).find(({ press }) => press === 'rhythm.set') ?? {}
  const filled = { kind: 'committee', every: 'month', which: 'nth 1', weekday: '5', time: '15:00', place: '三楼会议室', code: 'yes' }
  expect((await press('李华', submit, { form: { ...filled, time: '' } })).toast.zh).toContain('请选择几点')
  expect((await press('李华', submit, { form: { ...filled, weekday: '' } })).toast.zh).toContain('请选择星期几')
  const set = await press('李华', submit, { form: filled })
  expect(set).toMatchObject({ mood: 'success' })
  expect(textOf(set.card as Card)).toContain('每月第一个周五 15:00')
  expect((await press('李华', submit, { form: filled })).toast.zh).toContain('已经定好了')
  expect(await rows('select kind, time, place, in_room, ended_at from rhythms')).toMatchObject([
    { kind: 'committee', time: '15:00', place: '三楼会议室', in_room: 1, ended_at: null },
  ])
})

test.each([
  ['/例会 支委会 每周六 15:00', '不是工作日'],
  ['/例会 支委会 周五 15:00', '多久一次'],
  ['/例会 每月10日 15:00 三楼', '什么会'],
  ['/例会 支委会 每月10日 3点', '上午还是下午'],
  ['/例会 党员学习 每周二、四 15:00 三楼', '一个例会只定一天'],
  ['/例会 党员学习 每周二和周四 15:00', '一个例会只定一天'],
  ['/例会 党员学习 每月1日、15日 15:00', '一个例会只定一天'],
  ['/例会 支委会 每月10日前 15:00', '一个例会只定一天'],
  ['/例会 支委会 每周一到周五 15:00', '一个例会只定一天'],
  ['/rhythm study every Tue and Thu 3pm', '一个例会只定一天'],
  ['/rhythm committee first and third Friday of each month 3pm', '一个例会只定一天'],
])('“%s” asks rather than guesses', async (line, why) => {
  const { say, rows } = await aRhythm(null)
  const answer = await say('李华', line)
  expect(answer).toMatchObject({ view: 'rhythmForm' })
  expect(answer?.text).toContain(why)
  expect(await rows('select * from rhythms')).toEqual([])
})

test.each(['每月10日，十楼', '每周二 二号楼', '每月10日 前门', '每周五，三楼'])('“%s” is one day and a place', async (said) => {
  const { say, rows } = await aRhythm(null)
  expect((await say('李华', `/例会 支委会 ${said} 15:00`))?.view).toBe('rhythms')
  expect(await rows('select time from rhythms')).toHaveLength(1)
})

test('one rhythm stands for one kind: a second replaces the first', async () => {
  const { say, list, rows } = await aRhythm()
  await say('李华', '/例会 支委会 每月10日 9:00')
  await say('李华', '/例会 党课 每季度第一个月的第二个周三 14:00')
  const text = (await list())?.text ?? ''
  expect(text).toContain('每月10日 09:00')
  expect(text).toContain('每季度第一个月的第二个周三 14:00')
  expect(text).not.toContain('10月8日（周四）')
  expect(await rows('select count(*) as n from rhythms where ended_at is null')).toMatchObject([{ n: 2 }])
})

test('a fortnight moved to another room keeps its count', async () => {
  const { say, at, list, rows } = await aRhythm('/例会 党员学习 隔周五 15:00 三楼')
  const before = await rows('select rule from rhythms where ended_at is null')
  at('2026-09-08', '09:00')
  await say('李华', '/例会 党员学习 隔周五 15:00 四楼')
  expect(await rows('select rule from rhythms where ended_at is null')).toEqual(before)
  expect((await list())?.text).toContain('四楼')
})

test('a stopped rhythm resumes for a day; a changed one opens filled', async () => {
  const { list, press, button, outboxRows, shown, at } = await aRhythm()
  const card = (await list())?.card
  await press('李华', button(card, 'rhythm.change'), { eventId: 'changing' })
  const form = (await outboxRows()).find(({ occasion }) => occasion === 'answer changing')
  expect(JSON.stringify((await shown('rhythmForm', JSON.parse(String(form?.args)))).card)).toContain('"initial_option":"nth 1"')

  const stopped = await press('李华', button(card, 'rhythms.stop'))
  expect(textOf(stopped.card as Card)).toContain('已停')
  expect((await press('李华', button(card, 'rhythms.stop'))).toast.zh).toContain('已经停了')
  const resumed = await press('李华', button(stopped.card, 'rhythms.resume'))
  expect(textOf(resumed.card as Card)).not.toContain('已停')
  expect((await press('李华', button(stopped.card, 'rhythms.resume'))).toast.zh).toContain('正在用')

  await press('李华', button(card, 'rhythms.stop'))
  at('2026-09-02', '08:31')
  expect((await list())?.text).toContain('还没有定例会')
})

test('five working days ahead the host is asked once', async () => {
  const { turn, messages, rows, drafted } = await aRhythm()
  // The fifth working day before 8 October (2 October, moved) is 23 September.
  for (let on = '2026-09-05'; on <= '2026-10-07'; on = addDays(on, 1))
    for (const time of ['03:00', '09:10', '12:00', '22:00']) await turn(on, time)
  expect(
    (await messages()).map(({ occasion, to_id, due_at }) => [String(occasion).slice(-10), to_id, day(new Date(Number(due_at)))]),
  ).toEqual([['2026-10-02', openId('李华'), '2026-09-23']])
  const { text } = await drafted()
  expect(text).toContain('请确认：支委会')
  expect(text).toContain('10月8日（周四）15:00–16:00')
  expect(text).toContain('原10月2日（周五）休息，顺延')
  expect(text).toContain('三楼会议室')
  expect(await rows('select * from gatherings')).toEqual([])
})

test('a clash with a prepared meeting is said before it is called', async () => {
  const { say, at, turn, drafted } = await aRhythm()
  at('2026-09-21', '09:00')
  await turn('2026-09-23', '09:10')
  expect((await drafted()).text).not.toContain('⚠')
  await say('李华', '/会议 党课 10月8日 15:30 礼堂')
  expect((await drafted()).text).toMatch(/⚠ 和第一支部的党课.*时间重叠/)
})

test('a bot that was down asks later, never about the past', async () => {
  const { turn, messages } = await aRhythm()
  await turn('2026-09-01', '09:00')
  await turn('2026-10-08', '14:00')
  expect((await messages()).map(({ occasion }) => String(occasion).slice(-10))).toEqual(['2026-10-02'])
  await turn('2026-11-06', '15:30')
  expect(await messages()).toHaveLength(1)
})

test('one press calls it as prepared; again it is called once', async () => {
  const { turn, drafted, press, button, rows, deeds, count } = await aRhythm()
  await turn('2026-09-01', '09:10')
  const { card } = await drafted()
  const called = await press('李华', button(card, 'draft.call'))
  expect(called.toast.zh).toContain('已召集')
  expect(textOf(called.card as Card)).toContain('✅ 已召集：9月4日（周五）15:00')
  const [gathering] = await rows('select id, kind, place, starts_at, called_by from gatherings')
  expect(gathering).toMatchObject({
    kind: 'committee',
    place: '三楼会议室',
    starts_at: moment('2026-09-04', '15:00').getTime(),
    called_by: 'm_李华',
  })
  expect(await rows('select answer, gathering, "by" from rhythm_answers')).toMatchObject([
    { answer: 'called', gathering: gathering?.id, by: 'm_李华' },
  ])
  expect(await deeds()).toEqual(['rhythm.set', 'gathering.call', 'rhythm.call'])

  const again = await Promise.all([
    press('李华', button(card, 'draft.call')),
    press('王芳', button(card, 'draft.call')),
    press('李华', button(card, 'draft.skip')),
  ])
  expect(again.map(({ mood }) => mood)).toEqual(['info', 'info', 'info'])
  expect(await count('gatherings')).toBe(1)
  expect(await deeds()).toHaveLength(3)
  expect(textOf((await drafted()).card as Card)).toContain('✅ 已召集')
})

test('two who press at the same moment call one meeting', async () => {
  const { turn, drafted, press, button, count, deeds } = await aRhythm()
  await turn('2026-09-01', '09:10')
  const { card } = await drafted()
  await Promise.all(['李华', '王芳', '李华', '王芳'].map((who) => press(who, button(card, 'draft.call'))))
  expect([await count('gatherings'), await count('rhythm_answers')]).toEqual([1, 1])
  expect((await deeds()).filter((deed) => deed === 'rhythm.call')).toHaveLength(1)
})

test('skipped this time, it can still be held until its time comes', async () => {
  const { turn, drafted, press, button, rows, deeds, count, at } = await aRhythm()
  await turn('2026-09-01', '09:10')
  const { card } = await drafted()
  const skipped = await press('李华', button(card, 'draft.skip'))
  expect(textOf(skipped.card as Card)).toContain('这次不开')
  expect((await press('李华', button(card, 'draft.call'))).mood).toBe('info')
  const undone = await press('王芳', button(skipped.card, 'draft.unskip'))
  expect(button(undone.card, 'draft.call')).not.toEqual({})
  expect((await press('王芳', button(skipped.card, 'draft.unskip'))).mood).toBe('info')
  expect(await rows('select * from rhythm_answers')).toEqual([])
  await press('李华', button(card, 'draft.skip'))
  at('2026-09-04', '15:00')
  const late = await press('李华', button(skipped.card, 'draft.unskip'))
  expect(textOf(late.card as Card)).toContain('时间已过')
  expect(await deeds()).toEqual(['rhythm.set', 'rhythm.skip', 'rhythm.unskip', 'rhythm.skip'])
  expect(await count('gatherings')).toBe(0)
})

test('another time is chosen in the filled form, which settles the draft', async () => {
  const { turn, drafted, press, button, outboxRows, shown, rows } = await aRhythm()
  await turn('2026-09-01', '09:10')
  await press('李华', button((await drafted()).card, 'draft.change'), { eventId: 'changing' })
  const row = (await outboxRows()).find(({ occasion }) => occasion === 'answer changing')
  const form = await shown('callForm', JSON.parse(String(row?.args)))
  expect(JSON.stringify(form.card)).toContain('"initial_datetime":"2026-09-04 15:00"')
  const submit = buttonsOf(form.card).find(({ press }) => press === 'call.submit') ?? {}
  await press('李华', submit, { form: { kind: 'committee', starts: '2026-09-07 10:00 +0800', place: '礼堂' } })
  expect(await rows('select place from gatherings')).toMatchObject([{ place: '礼堂' }])
  expect((await drafted()).text).toContain('✅ 已召集：9月7日（周一）10:00')
})

test.each(['rhythms.stop', 'draft.skip', 'draft.unskip'])('two who press %s at the same moment have done it once', async (pressed) => {
  const { turn, drafted, press, button, list, deeds } = await aRhythm()
  await turn('2026-09-01', '09:10')
  const { card } = await drafted()
  if (pressed === 'draft.unskip') await press('李华', button(card, 'draft.skip'))
  const sent = button(pressed === 'rhythms.stop' ? (await list())?.card : (await drafted()).card, pressed)
  expect(sent).not.toEqual({})
  await Promise.all(['李华', '王芳', '李华'].map((who) => press(who, sent)))
  const deed = pressed === 'rhythms.stop' ? 'rhythm.stop' : pressed.replace('draft', 'rhythm')
  expect((await deeds()).filter((one) => one === deed)).toHaveLength(1)
})

describe('what was called by hand', () => {
  test('in the same period needs no draft', async () => {
    const { say, turn, messages } = await aRhythm()
    await say('王芳', '/会议 支委会 9月3日 10:00')
    await turn('2026-09-01', '09:10')
    expect(await messages()).toEqual([])
  })

  test('settled elsewhere, its card is brought up to date by morning', async () => {
    const { say, turn, drafted, press, button, outboxRows, client, messages } = await aRhythm()
    await turn('2026-09-01', '09:10')
    const [sent] = await messages()
    await client.execute({
      sql: "insert into posts select 'om_1', recipient, view, json_extract(args, '$.subject'), args, due_at from outbox where occasion = ?",
      args: [String(sent?.occasion)],
    })
    const { card } = await drafted()
    await say('王芳', '/会议 支委会 9月3日 10:00')
    const pressed = await press('李华', button(card, 'draft.call'))
    expect(pressed.mood).toBe('info')
    expect(textOf(pressed.card as Card)).toContain('✅ 已召集：9月3日（周四）10:00')
    await turn('2026-09-02', '09:10')
    expect((await outboxRows()).filter(({ occasion }) => occasion === 'refresh om_1')).toHaveLength(1)
  })

  test('by another branch, with this one taking part, needs no draft either', async () => {
    const { turn, messages, client } = await aRhythm('/例会 党课 每月第一个周五 15:00')
    const at = moment('2026-09-03', '10:00').getTime()
    await client.executeMultiple(`
      insert into branches (id, unit, committee, name, since) values ('other', 'unit', 'committee', '第二支部', '2026-09-01');
      insert into gatherings (id, branch, kind, place, starts_at, ends_at, called_by, called_at)
        values ('joint', 'other', 'lecture', '', ${at}, ${at + 3_600_000}, 'm_王芳', 0);
      insert into gathering_branches (gathering, branch) values ('joint', 'other'), ('joint', 'branch')`)
    await turn('2026-09-01', '09:10')
    expect(await messages()).toEqual([])
  })

  test('and of another kind, or cancelled, leaves the draft to be asked', async () => {
    const { say, turn, messages, client } = await aRhythm()
    await say('王芳', '/会议 党课 9月3日 10:00')
    await say('王芳', '/会议 支委会 9月3日 10:00')
    await client.execute("insert into cancellations select id, 0, 'm_王芳', '' from gatherings where kind = 'committee'")
    await turn('2026-09-01', '09:10')
    expect(await messages()).toHaveLength(1)
  })
})

test('a stopped or changed rhythm calls nothing from its draft', async () => {
  const { turn, drafted, press, button, list, count } = await aRhythm()
  await turn('2026-09-01', '09:10')
  const { card } = await drafted()
  await press('李华', button((await list())?.card, 'rhythms.stop'))
  const pressed = await press('李华', button(card, 'draft.call'))
  expect(textOf(pressed.card as Card)).toContain('已改或已停')
  expect(await count('gatherings')).toBe(0)
})

test('a former host is not asked: the secretary is', async () => {
  const { client, turn, messages } = await aRhythm(LINE, '王芳')
  await client.execute("update seats set until_at = 1 where id = 's_王芳'")
  await turn('2026-09-01', '09:10')
  expect((await messages()).map(({ to_id }) => to_id)).toEqual([openId('李华')])
})

test('a leader sets the own group’s rhythm and sees no other', async () => {
  const { client, say, press, turn, drafted, button, rows } = await aRhythm()
  await client.executeMultiple(`
    insert into groups (id, branch, name) values ('g1', 'branch', '第一党小组'), ('g2', 'branch', '第二党小组');
    insert into seats (id, member, role, group_id, from_at) values ('lead', 'm_赵敏', 'leader', 'g1', 0);`)
  const answer = await say('赵敏', '/例会 每月10日 15:00 小会议室')
  expect(answer?.text).toContain('第一党小组')
  expect(answer?.text).not.toContain('**支委会')
  expect((await say('赵敏', LINE))?.text).toContain('这件事不归你办')
  await turn('2026-09-03', '09:10')
  await press('赵敏', button((await drafted()).card, 'draft.call'))
  expect(await rows('select kind, group_id from gatherings')).toMatchObject([{ kind: 'group', group_id: 'g1' }])
  const own = await press('赵敏', button((await say('赵敏', '/例会'))?.card, 'rhythms.stop'))
  expect(textOf(own.card as Card)).not.toContain('**支委会')
})

test('a group that is dissolved is not asked any more', async () => {
  const { client, say, turn, messages } = await aRhythm(null)
  await client.execute("insert into groups (id, branch, name) values ('g1', 'branch', '第一党小组')")
  await say('李华', '/例会 第一党小组会 每月第一个周五 15:00')
  await client.execute("update groups set ended_on = '2026-08-31'")
  await turn('2026-09-01', '09:10')
  expect(await messages()).toEqual([])
  await client.execute('update groups set ended_on = null')
  await turn('2026-09-02', '09:10')
  expect(await messages()).toHaveLength(1)
})

test('an administrator without a seat of the branch is not asked', async () => {
  const { client, say, turn, messages } = await aRhythm(null)
  await client.execute(
    "insert into seats (id, member, role, branch, from_at) values ('before', 'm_赵敏', 'deputy', 'branch', 0), ('all', 'm_赵敏', 'admin', null, 0)",
  )
  await say('赵敏', LINE)
  await turn('2026-09-01', '09:10')
  expect((await messages()).map(({ to_id }) => to_id)).toEqual([openId('赵敏')])
  await client.executeMultiple("delete from outbox; delete from rhythm_drafts; update seats set until_at = 1 where id = 'before'")
  await turn('2026-09-02', '09:10')
  expect((await messages()).map(({ to_id }) => to_id)).toEqual([openId('李华')])
})

test('one person’s meetings of a morning share a card, settled singly', async () => {
  const { say, turn, messages, drafted, press, rows } = await aRhythm()
  await say('李华', '/例会 党课 每月第一个周五 9:00 礼堂')
  await say('李华', '/例会 主题党日 每月第一个周四 15:00')
  await turn('2026-09-01', '09:10')
  expect(await messages()).toHaveLength(1)
  const { card, text } = await drafted()
  expect(text).toContain('请确认：3 次会议')
  const calls = buttonsOf(card).filter(({ press }) => press === 'draft.call')
  expect(calls).toHaveLength(3)
  const pressed = await press('李华', calls[1] ?? {})
  expect(await rows('select kind from gatherings')).toMatchObject([{ kind: 'lecture' }])
  expect(textOf(pressed.card as Card)).toContain('✅ 已召集')
  expect(buttonsOf(pressed.card as Card).filter(({ press }) => press === 'draft.call')).toEqual([calls[0], calls[2]])
  expect(textOf((await drafted()).card as Card)).toBe(textOf(pressed.card as Card))
})

test('a skipped period is not asked again after a change', async () => {
  const { say, turn, messages, drafted, press, button } = await aRhythm()
  await turn('2026-09-01', '09:10')
  await press('李华', button((await drafted()).card, 'draft.skip'))
  await say('李华', '/例会 支委会 每月第一个周五 16:00 四楼')
  await turn('2026-09-02', '09:10')
  expect(await messages()).toHaveLength(1)
  await turn('2026-09-23', '09:10')
  expect(await messages()).toHaveLength(2)
})

test.each(['stopped', 'changed'])('when a rhythm is %s, its coming meeting’s card is updated', async (what) => {
  const { say, turn, messages, list, press, button, outboxRows, client } = await aRhythm()
  await turn('2026-09-01', '09:10')
  const [sent] = await messages()
  await client.execute({
    sql: "insert into posts select 'om_1', recipient, view, json_extract(args, '$.subject'), args, due_at from outbox where occasion = ?",
    args: [String(sent?.occasion)],
  })
  if (what === 'stopped') await press('李华', button((await list())?.card, 'rhythms.stop'))
  else await say('李华', '/例会 支委会 每月10日 15:00')
  expect((await outboxRows()).filter(({ occasion }) => occasion === 'refresh om_1')).toHaveLength(1)
})

test('a leader who changes a rhythm is offered their group alone', async () => {
  const { client, say, press, turn, drafted, button, outboxRows, shown } = await aRhythm(null)
  await client.executeMultiple(`
    insert into groups (id, branch, name) values ('g1', 'branch', '第一党小组'), ('g2', 'branch', '第二党小组');
    insert into seats (id, member, role, group_id, from_at) values ('lead', 'm_赵敏', 'leader', 'g1', 0);`)
  const card = (await say('赵敏', '/例会 每月10日 15:00 小会议室'))?.card
  await turn('2026-09-03', '09:10')
  await press('赵敏', button(card, 'rhythm.change'), { eventId: 'rhythm' })
  await press('赵敏', button((await drafted()).card, 'draft.change'), { eventId: 'draft' })
  for (const [occasion, view] of Object.entries({ rhythm: 'rhythmForm', draft: 'callForm' })) {
    const row = (await outboxRows()).find((one) => one.occasion === `answer ${occasion}`)
    const form = await shown(view, JSON.parse(String(row?.args)))
    expect(form.text).toContain('第一党小组')
    expect(form.text).not.toMatch(/第二党小组|支部党员大会/)
  }
})

test('no question about rhythms scans all gatherings, people or seats', async () => {
  const { db, client, now, turn } = await aRhythm()
  await turn('2026-09-01', '09:10')
  const [rhythm] = await openRhythms(db)
  if (!rhythm) throw new Error('nothing is set')
  const key = { rhythm: rhythm.id, on: '2026-09-04' }
  const due = [{ rhythm, on: key.on, startsAt: now(), from: now(), until: now() }]
  for (const query of [
    draftsBeside(db, key),
    preparedAhead(db, now()),
    overtakenCards(db, [key]),
    settledAlready(db, due),
    hostsOf(db, due),
  ]) {
    const { sql, args } = statementOf(query as ReturnType<typeof draftsBeside>)
    const plan = (await client.execute({ sql: `explain query plan ${sql}`, args })).rows.map(({ detail }) => String(detail))
    expect(plan.filter((line) => /^SCAN (g|gb|m|s|of|d|a|before|gatherings|members|seats|rhythms|rhythm_\w+)\b/.test(line))).toEqual([])
  }
})

/** A card holds 200 objects with a tag. */
const elements = (card: Card) => [...JSON.stringify(card).matchAll(/"tag":/g)].length

test('however much there is, the cards fit 30,000 bytes and 200 elements', async () => {
  const { db, now, turn } = await aRhythm()
  await turn('2026-09-01', '09:10')
  const [rhythm] = await openRhythms(db)
  const [draft] = await draftsBeside(db, { rhythm: rhythm?.id ?? '', on: '2026-09-04' })
  if (!rhythm || !draft) throw new Error('nothing is set')
  const bytes = (card: Card) =>
    Buffer.byteLength(JSON.stringify({ receive_id: 'o'.repeat(40), content: JSON.stringify(card), uuid: 'u'.repeat(50) }))
  for (const name of ['欧阳娜娜', '😀'.repeat(30), '"\\'.repeat(15), '**<at>'.repeat(5)]) {
    const groups = Array.from({ length: 60 }, (_, i) => ({ id: `group${i}`.padEnd(20, 'x'), name: `${name}${i}` }))
    const all = gatheringKindNames.flatMap((kind) => [1, 2, 3].map((n) => ({ ...rhythm, id: `${n}`.padEnd(20, 'x'), kind, place: name })))
    const form = { branch: 'b'.repeat(20), rhythm: 'r'.repeat(20), rule: rhythm.rule, time: '15:15', place: name }
    const cards = [
      rhythmFormCard(name, groups, form),
      rhythmsCard({ id: 'b', name }, all, now()),
      draftCard(Array(5).fill({ ...draft, place: name.repeat(2), groupName: name, branchName: name }), now()) as Card,
    ]
    expect(Math.max(...cards.map(bytes))).toBeLessThan(30_000)
    expect(Math.max(...cards.map(elements))).toBeLessThanOrEqual(200)
  }
})
