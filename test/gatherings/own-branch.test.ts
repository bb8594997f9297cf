import { expect, test } from 'vitest'
import { branches, chats, committees, members, seats } from '../../db/branches/tables.ts'
import { together } from '../../db/client.ts'
import { aBranch, buttonsOf, openId } from '../harness/branch.ts'

const students = ['周书记', '学生甲', '学生乙']

/** 李华 calls a lecture for two branches, on 9 October at 15:00. 周书记, secretary of the second, has joined. */
async function aJointLecture(joining = '周书记') {
  const branch = await aBranch([
    { name: '李华', role: 'secretary' },
    { name: '张伟' },
    { name: '总管', role: 'admin', branch: null },
    { name: '上级', role: 'assessor', branch: null },
  ])
  const { db } = branch
  await together(db, [
    db.insert(committees).values({ id: 'other', unit: 'unit', name: '学生工作党总支' }),
    db.insert(branches).values({ id: 'students', unit: 'unit', committee: 'committee', name: '学生第二支部', since: '2026-10-01' }),
    db.insert(chats).values({ chatId: 'oc_students', unit: 'unit', branch: 'students', boundBy: 'test', boundAt: new Date(0) }),
    ...students.map((name, i) =>
      db.insert(members).values({
        id: `m_${name}`,
        unit: 'unit',
        branch: 'students',
        openId: openId(name),
        name,
        stage: 'full',
        joinedOn: '2026-01-01',
        addedAt: new Date(100 + i),
      }),
    ),
    db.insert(seats).values({ id: 's_students', member: 'm_周书记', role: 'secretary', branch: 'students', from: new Date(0) }),
  ])
  await branch.say('李华', '/会议 党课 周五 15:00 礼堂 联合 学生第二支部 议题 学习条例')
  const gathering = await branch.latestGathering()
  await branch.press(joining, { press: 'joint.join', gathering, branch: 'students' })
  const of = (part: string) => ({ subject: gathering, branch: part, viewer: 'm_周书记' })
  return {
    branch,
    gathering,
    on: (time: string, day = '2026-10-09') => branch.at(day, time),
    own: (part = 'students') => branch.shown('ownBranch', of(part)),
    press: (what: string, form?: Record<string, unknown>, name = '周书记', more = {}) =>
      branch.press(name, { press: `ownBranch.${what}`, gathering, branch: 'students', ...more }, { form }),
    sent: async (name: string) =>
      (await branch.outboxRows())
        .filter((row) => row.to_id === openId(name) && row.view === 'ownBranch')
        .map(({ args }) => JSON.parse(String(args))),
    host: async () => (await branch.shown('host', { subject: gathering })).text,
  }
}

test('the joining person gets attendance of their own branch alone', async () => {
  const { branch, gathering, own, sent } = await aJointLecture()
  expect(await sent('周书记')).toEqual([{ subject: gathering, branch: 'students', viewer: 'm_周书记' }])
  const { text, card } = await own()
  expect(text).toContain('**未到**：周书记、学生甲、学生乙')
  expect(text).toContain("**3**\n<font color='grey'>应到")
  expect(text).toContain('**主办**  第一支部')
  expect(text).toContain('**Missing**: 周书记, 学生甲, 学生乙')
  for (const other of ['李华', '张伟']) expect(text).not.toContain(other)
  expect(buttonsOf(card).map(({ press }) => press)).toEqual(['ownBranch.mark'])
  branch.at('2026-10-08', '10:00')
  await branch.press('周书记', { press: 'joint.withdraw', gathering, branch: 'students' })
  expect((await own()).text).toContain('这张卡片不再更新')
})

test('an assessor who joins for a branch does not manage its people', async () => {
  const { sent } = await aJointLecture('上级')
  expect([await sent('上级'), await sent('周书记')]).toEqual([[], []])
})

test('marks and their withdrawal count on both the host’s and own card', async () => {
  const { on, press, own, host } = await aJointLecture()
  on('14:45')
  const marked = await press('mark', { people: ['m_学生甲', 'm_张伟'] })
  expect(marked.toast.zh).toBe('已标记 1 人到会。')
  expect((await own()).text).toContain('**未到**：周书记、学生乙')
  expect(await host()).toContain('· 学生第二支部 1/3 人到会')
  expect((await press('mark', { people: ['m_学生甲'] })).toast.zh).toContain('已经签到或标记过了')
  const back = await press('unmark', { absent: ['m_学生甲'] })
  expect(back.toast.en).toBe('1 marked absent.')
  expect(await host()).toContain('· 学生第二支部 0/3 人到会')
  expect((await own()).text).toContain('学生甲')
})

test('each side can touch its own people alone', async () => {
  const { branch, gathering, on, press, host } = await aJointLecture()
  on('14:45')
  await branch.press('张伟', { press: 'gathering.checkIn', gathering })
  expect((await press('mark', { people: ['m_李华'] })).mood).toBe('warning')
  expect((await press('unmark', { absent: ['m_张伟'] })).mood).toBe('warning')
  expect((await press('mark', { people: ['m_李华'] }, '周书记', { branch: 'branch' })).toast.zh).toContain('不归你办')
  for (const name of ['李华', '学生甲', '上级'])
    expect((await press('mark', { people: ['m_学生甲'] }, name)).toast.zh).toContain('不归你办')
  expect((await press('mark', { people: ['m_学生甲'] }, '周书记', { branch: 'nobody' })).toast.zh).toContain('不归你办')
  expect(await host()).toContain('· 第一支部 1/2 人到会')
  expect(await branch.count('arrivals')).toBe(1)
})

test('leave is confirmed there once, and counts on the host’s card', async () => {
  const { branch, gathering, press, own, host } = await aJointLecture()
  for (const name of ['学生甲', '张伟']) await branch.press(name, { press: 'leave.ask', gathering }, { form: { reason: 'travel' } })
  const { text } = await own()
  expect(text).toContain('**学生甲** 请假：出差')
  expect(text).not.toContain('张伟')
  const confirmed = await press('leave', {}, '周书记', { member: 'm_学生甲' })
  expect(confirmed.toast.zh).toBe('已确认请假。')
  expect((await own()).text).toContain('**请假**：学生甲')
  expect(await host()).toContain('**请假**：学生甲')
  expect((await press('leave', {}, '周书记', { member: 'm_学生甲' })).mood).toBe('warning')
  expect((await press('leave', {}, '周书记', { member: 'm_张伟' })).mood).toBe('warning')
})

test('a press answers with the card as it then stands', async () => {
  const { branch, gathering, on, press, own } = await aJointLecture()
  await branch.press('学生乙', { press: 'leave.ask', gathering }, { form: { reason: 'work' } })
  on('14:45')
  for (const [what, form, more] of [
    ['leave', {}, { member: 'm_学生乙' }],
    ['mark', { people: ['m_学生甲', 'm_周书记'] }, {}],
    ['unmark', { absent: ['m_周书记'] }, {}],
  ] as const)
    expect([what, new Set(namesIn((await press(what, form, '周书记', more)).card))]).toEqual([what, new Set(namesIn((await own()).card))])
})
const namesIn = (card: unknown) =>
  students.flatMap((name) => [...JSON.stringify(card).matchAll(new RegExp(name, 'g'))].map((_, i) => `${name} ${i}`))

test('it is corrected for a day, and its quorum says the credit', async () => {
  const { branch, gathering, on, press, own } = await aJointLecture()
  on('14:45')
  await branch.press('张伟', { press: 'gathering.checkIn', gathering })
  on('15:40')
  await branch.press('李华', { press: 'host.close', gathering })
  expect((await own()).text).toContain('人数不足，不计入')
  expect((await press('mark', { people: ['m_学生甲', 'm_学生乙', 'm_周书记'] })).mood).toBe('success')
  expect((await own()).text).toContain('已计入')
  on('15:41', '2026-10-10')
  expect((await press('unmark', { absent: ['m_周书记'] })).toast.zh).toContain('考勤已锁定')
  expect(buttonsOf((await own()).card).map(({ press }) => press)).toEqual(['decisions.open', 'minutes.open'])
})

test('one word renews each card for its holder, never in a group', async () => {
  const { branch, gathering, sent } = await aJointLecture()
  const dm = (name: string, line = '/会议 主持') => branch.say(name, line, { dm: true })
  expect(await dm('周书记')).toMatchObject({ view: 'ownBranch' })
  expect(await dm('李华', '/meeting host')).toMatchObject({ view: 'host' })
  expect((await dm('学生甲'))?.text).toContain('没有由你主持的会')
  expect((await branch.say('李华', '/会议 主持'))?.text).toContain('已私聊发给你')
  expect((await branch.outboxRows()).filter(({ view, to_kind }) => view === 'host' && to_kind !== 'person')).toHaveLength(1)
  await branch.press('李华', { press: 'corrections.cancel', gathering }, { form: { reason: '停电' } })
  expect((await dm('周书记'))?.text).toContain('没有由你主持的会')
  expect(await sent('周书记')).toHaveLength(1)
})
