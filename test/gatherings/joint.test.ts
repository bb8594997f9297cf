import { expect, test } from 'vitest'
import type { Actor } from '../../db/branches/members.ts'
import { branches, chats, committees, members, seats } from '../../db/branches/tables.ts'
import { lookUp, together } from '../../db/client.ts'
import { closeWhileArriving } from '../../db/gatherings/close.ts'
import { gatheringAsItStands } from '../../db/gatherings/state.ts'
import { gatheringBranches } from '../../db/gatherings/tables.ts'
import { creditsBetween } from '../../db/ledgers/credits.ts'
import { moment } from '../../src/calendar.ts'
import { tick } from '../../src/clock/schedule.ts'
import { closeGatherings } from '../../src/jobs/close-gatherings.ts'
import { branchesNamed } from '../../src/rules/gatherings/named-branches.ts'
import { aBranch, buttonsOf, openId } from '../harness/branch.ts'

const people = [
  { name: '李华', role: 'secretary' as const },
  { name: '王芳', role: 'organisation' as const },
  { name: '张伟' },
  { name: '总管', role: 'admin' as const, branch: null },
]
const students = ['周书记', '学生甲', '学生乙', '学生丙']

/** Two branches with a chat each; of the second 周书记 is the secretary. */
async function twoBranches({ hasSecretary = true } = {}) {
  const branch = await aBranch(people)
  const { db } = branch
  await together(db, [
    db.insert(committees).values({ id: 'other', unit: 'unit', name: '学生工作党总支' }),
    db.insert(branches).values({ id: 'students', unit: 'unit', committee: 'other', name: '学生第二支部', since: '2026-10-01' }),
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
  ])
  if (hasSecretary)
    await db.insert(seats).values({ id: 's_students', member: 'm_周书记', role: 'secretary', branch: 'students', from: new Date(0) })
  return branch
}

/** A lecture that 李华 calls for both, on 9 October at 15:00. */
async function aJointLecture(caller = '李华') {
  const branch = await twoBranches()
  await branch.say(caller, '/会议 党课 周五 15:00 礼堂 联合 学生第二支部')
  const gathering = await branch.latestGathering()
  const on = (time: string, day = '2026-10-09') => branch.at(day, time)
  const answer = (what: string, name = '周书记') => branch.press(name, { press: `joint.${what}`, gathering, branch: 'students' })
  return {
    branch,
    gathering,
    on,
    answer,
    checkIn: (name: string, time = '14:50') => on(time).press(name, { press: 'gathering.checkIn', gathering }),
    press: (what: string, form?: Record<string, unknown>, name = '李华') => branch.press(name, { press: what, gathering }, { form }),
    card: async (view: string, args: object = {}) => branch.shown(view, { subject: gathering, ...args }),
    invitation: () => branch.shown('invitation', { subject: 'i', gathering, branch: 'students' }),
    parts: async () =>
      Object.fromEntries((await branch.db.select().from(gatheringBranches)).map(({ branch, gathering: _g, ...part }) => [branch, part])),
    sentTo: async (to: string) => (await branch.outboxRows()).filter(({ to_id }) => to_id === to).map(({ view }) => view),
  }
}

test('an invited branch is in only when its secretary joins', async () => {
  const { branch, answer, checkIn, card, invitation, sentTo } = await aJointLecture()
  expect(await sentTo(openId('周书记'))).toEqual(['invitation'])
  expect(await sentTo('oc_students')).toEqual([])
  expect((await card('host')).text).toContain('学生第二支部 已邀请，等答复')
  expect((await card('gathering')).text).not.toContain('学生第二支部')
  expect((await checkIn('学生甲')).toast.zh).toContain('你不在这次会议的应到名单上')
  const asked = await invitation()
  expect(asked.text).toMatch(/第一支部.*请「学生第二支部」一起开/)
  expect(asked.text).toContain('礼堂')
  expect(buttonsOf(asked.card).map(({ press }) => press)).toEqual(['joint.join', 'joint.decline'])

  branch.at('2026-10-08', '10:00')
  expect((await answer('join')).toast.zh).toContain('已参加')
  expect(await sentTo('oc_students')).toEqual(['gathering'])
  expect((await checkIn('学生甲')).toast.zh).toBe('签到成功，准时。')
  expect((await branch.say('学生乙', '签到', { dm: true }))?.text).toContain('签到成功，准时。（党课）')
  const { text } = await card('gathering')
  expect(text).toContain("**7**\n<font color='grey'>应到")
  expect(text).toContain('第一支部 0/3，学生第二支部 2/4')
  expect((await card('host')).text).toContain('· 学生第二支部 2/4 人到会')
})

test('at night nobody is asked before morning, unless it would be over', async () => {
  const branch = await twoBranches()
  const asked = async () =>
    (await branch.outboxRows()).filter(({ view }) => view === 'invitation').map(({ due_at }) => new Date(Number(due_at)))
  branch.at('2026-10-07', '23:15')
  await branch.say('李华', '/会议 党课 10月9日 15:00 礼堂 联合 学生第二支部')
  expect(await asked()).toEqual([moment('2026-10-08', '08:00')])
  branch.at('2026-10-08', '23:15')
  await branch.say('李华', '/会议 主题党日 10月9日 7:30 礼堂 联合 学生第二支部')
  expect((await asked()).at(-1)).toEqual(moment('2026-10-08', '23:15'))
})

test('each chat reads its own branch’s quorum, and about its card', async () => {
  const { branch, answer, checkIn, card, on, press } = await aJointLecture()
  await answer('join')
  await answer('withdraw')
  expect((await answer('join')).toast.zh).toContain('原来的会议卡片照常可用')
  for (const name of ['李华', '王芳', '张伟']) await checkIn(name)
  on('15:30')
  await press('host.close')
  expect((await card('gathering')).text).toContain('到会人数够，计入标准（在岗 3 人，需到 3 人，实到 3 人）')
  expect((await card('gathering')).text).toContain('已计入')
  expect((await card('gathering', { branch: 'students' })).text).toContain('人数不足，不计入')
  expect((await card('host')).text).toContain('已计入')
  expect(await branch.count('gathering_branches')).toBe(2)
})

test('only its own people answer for a branch, each answer once', async () => {
  const { branch, answer, card } = await aJointLecture()
  for (const name of ['李华', '学生甲', '张伟']) expect((await answer('join', name)).mood).toBe('warning')
  expect(await branch.count('gathering_branches')).toBe(1)
  expect((await answer('decline')).mood).toBe('success')
  expect((await answer('decline')).toast.zh).toContain('已经答复不参加')
  expect((await card('host')).text).toContain('学生第二支部 不参加')
  // Who changes their mind joins after all.
  expect((await answer('join')).mood).toBe('success')
  expect((await answer('join')).toast.zh).toContain('已经参加了')
  expect((await answer('decline')).toast.zh).toContain('已经参加了')
  const { rows } = await branch.store.client.execute("select deed from audit where deed like 'joint.%' order by id")
  expect(rows.map(({ deed }) => deed)).toEqual(['joint.ask', 'joint.decline', 'joint.join'])
})

test('of two who join at once one does', async () => {
  const { branch, answer } = await aJointLecture()
  const answers = await Promise.all([answer('join'), answer('join', '总管'), answer('decline', '总管')])
  expect(answers.filter(({ mood }) => mood === 'success')).toHaveLength(1)
  expect(await branch.count('gathering_branches')).toBeLessThanOrEqual(2)
  expect(
    (await branch.store.client.execute("select count(*) as n from audit where deed in ('joint.join', 'joint.decline')")).rows[0]?.n,
  ).toBe(1)
})

test('a branch withdraws before the start alone, and its card says so', async () => {
  const { branch, answer, card, on, checkIn } = await aJointLecture()
  await answer('join')
  on('14:40')
  expect((await answer('withdraw')).mood).toBe('success')
  expect((await answer('withdraw')).toast.zh).toContain('不在这次联合会议里')
  expect((await card('gathering', { branch: 'students' })).text).toContain('本支部已退出')
  expect((await card('gathering')).text).toContain("**3**\n<font color='grey'>应到")
  expect((await checkIn('学生甲')).mood).toBe('warning')
  await answer('join')
  on('15:00')
  expect((await answer('withdraw')).toast.zh).toContain('会议已经开始')
  expect(await branch.count('gathering_branches')).toBe(2)
})

test('whoever may speak for both joins them at once', async () => {
  const { branch, sentTo, card } = await aJointLecture('总管')
  expect(await branch.count('gathering_branches')).toBe(2)
  // Nobody is asked; the secretary has the card of their own people all the same.
  expect(await sentTo(openId('周书记'))).toEqual(['ownBranch'])
  expect(await sentTo('oc_students')).toEqual(['gathering'])
  expect((await card('gathering')).text).toContain('第一支部 0/3，学生第二支部 0/4')
})

test('each branch is judged by its people, and an absent one uncredited', async () => {
  const { branch, answer, checkIn, on, press, parts } = await aJointLecture()
  await answer('join')
  for (const name of ['李华', '王芳', '张伟', '学生甲', '学生乙']) await checkIn(name)
  on('15:30')
  expect((await press('host.close')).mood).toBe('success')
  const none = { expected: 4, away: 0, present: 2, expectedVoters: 4, presentVoters: 2, isQuorate: false }
  expect(await parts()).toEqual({
    branch: { expected: 3, away: 0, present: 3, expectedVoters: 3, presentVoters: 3, isQuorate: true },
    students: none,
  })
  const proved = async (id: string) => (await creditsBetween(branch.db, [id], moment('2026-10-01'), moment('2026-11-01'))).length
  expect([await proved('branch'), await proved('students')]).toEqual([1, 0])

  // The correction is judged for each as well.
  await press('host.mark', { people: ['m_学生丙'] })
  expect((await parts()).students).toEqual({ ...none, present: 3, presentVoters: 3, isQuorate: true })
  expect([await proved('branch'), await proved('students')]).toEqual([1, 1])
  await press('corrections.unmark', { people: ['m_李华'] })
  expect([await proved('branch'), await proved('students')]).toEqual([0, 1])
  expect(await parts()).toMatchObject({ branch: { present: 2, isQuorate: false }, students: { present: 3, isQuorate: true } })
})

test('joint credit shows in the scores that stand in branch chats', async () => {
  const { branch, answer, checkIn, on, press } = await aJointLecture()
  await answer('join')
  await checkIn('学生甲')
  for (const id of ['branch', 'students'])
    await branch.store.client.execute(
      `insert into posts values ('om_${id}', 'chat:oc_${id}', 'score', 'score ${id}', '{}', ${branch.now().getTime()})`,
    )
  on('15:30')
  await press('host.close')
  const refreshed = (await branch.outboxRows())
    .map(({ occasion }) => occasion)
    .filter((occasion) => String(occasion).startsWith('refresh om_'))
  expect(refreshed.sort()).toEqual(['refresh om_branch', 'refresh om_students'])
})

test('absentees of a joined branch make it up with the host', async () => {
  const { branch, answer, checkIn, on, press } = await aJointLecture()
  await answer('join')
  await checkIn('李华')
  on('15:30')
  await press('host.close')
  on('15:30', '2026-10-12')
  expect((await press('makeUp.done', { way: 'recording' }, '学生甲')).mood).toBe('success')
  expect((await branch.outboxRows()).at(-1)).toMatchObject({ view: 'makeUps', to_id: openId('李华') })
  expect((await press('makeUps.confirm', {}, '周书记')).mood).toBe('warning')
  expect((await press('makeUps.confirm', {})).mood).toBe('success')
})

test('who moves to another branch later is still counted where they sat', async () => {
  const { branch, answer, checkIn, on, press, parts } = await aJointLecture()
  await answer('join')
  for (const name of ['学生甲', '学生丙']) await checkIn(name)
  on('15:30')
  await press('host.close')
  await branch.store.client.execute("update members set branch = 'branch' where id in ('m_学生甲', 'm_学生乙')")
  expect((await press('host.mark', { people: ['m_学生乙'] })).mood).toBe('success')
  expect(await parts()).toMatchObject({ branch: { expected: 3, present: 0 }, students: { expected: 4, present: 3, isQuorate: true } })
})

test('a branch that joins before the close is judged too', async () => {
  const { branch, gathering, answer, on, checkIn, parts } = await aJointLecture()
  for (const name of ['李华', '王芳', '张伟']) await checkIn(name)
  on('15:10')
  const [seen] = await lookUp(branch.db, [gatheringAsItStands(branch.db, gathering)])
  if (!seen) throw new Error('no gathering')
  await answer('join')
  const host = { id: 'm_李华', unit: 'unit', openId: openId('李华') } as Actor
  const closed = await closeWhileArriving(branch.db, seen, [], host, branch.now())
  expect(closed.gathering).toMatchObject({ expected: 7, present: 3 })
  expect(await parts()).toMatchObject({ branch: { present: 3, isQuorate: true }, students: { expected: 4, isQuorate: false } })
})

test('a branch that joins then with nobody there gets no credit', async () => {
  const { branch, gathering, answer, on, checkIn, parts } = await aJointLecture()
  await branch.store.client.execute("update members set away_since = '2026-10-01' where branch = 'students'")
  for (const name of ['李华', '王芳', '张伟']) await checkIn(name)
  on('15:10')
  const [seen] = await lookUp(branch.db, [gatheringAsItStands(branch.db, gathering)])
  if (!seen) throw new Error('no gathering')
  await answer('join')
  await closeWhileArriving(branch.db, seen, [], { id: 'm_李华', unit: 'unit', openId: openId('李华') } as Actor, branch.now())
  expect(await parts()).toMatchObject({ branch: { isQuorate: true }, students: { expected: 4, away: 4, isQuorate: false } })
})

test('a gathering of one branch is judged for it as a whole', async () => {
  const branch = await aBranch(people)
  await branch.say('李华', '/会议 支委会 周五 15:00')
  branch.at('2026-10-09', '14:50')
  await branch.press('王芳', { press: 'gathering.checkIn', gathering: await branch.latestGathering() })
  branch.at('2026-10-09', '16:00')
  await closeGatherings({ db: branch.db, slot: branch.now(), now: branch.now(), isLate: false })
  const [part] = await branch.db.select().from(gatheringBranches)
  const { rows } = await branch.store.client.execute('select expected, present, is_quorate from closures')
  expect(rows).toMatchObject([{ expected: 2, present: 1, is_quorate: 1 }])
  expect(part).toMatchObject({ expected: 2, present: 1, isQuorate: true })
})

test('what was closed before branches met jointly still counts', async () => {
  const branch = await aBranch(people)
  await branch.say('李华', '/会议 支委会 周五 15:00')
  const gathering = await branch.latestGathering()
  branch.at('2026-10-09', '14:50')
  await branch.press('王芳', { press: 'gathering.checkIn', gathering })
  branch.at('2026-10-09', '15:30')
  await branch.press('李华', { press: 'host.close', gathering })
  await branch.store.client.executeMultiple(`delete from gathering_branches; update expectations set branch = null;
    insert into gathering_branches (gathering, branch) values ('${gathering}', 'branch')`)
  expect(await creditsBetween(branch.db, ['branch'], moment('2026-10-01'), moment('2026-11-01'))).toHaveLength(1)
  expect((await branch.press('李华', { press: 'host.mark', gathering }, { form: { people: ['m_李华'] } })).mood).toBe('success')
  expect((await branch.shown('gathering', { subject: gathering })).text).toContain("**2**\n<font color='grey'>实到")
})

test('reminder and cancellation reach the chats of every branch', async () => {
  const { branch, answer, on, press, sentTo, invitation } = await aJointLecture()
  await answer('join')
  on('14:10')
  await tick(branch.db, branch.now(), () => {})
  expect(await sentTo('oc_students')).toEqual(['gathering', 'reminder'])
  expect(await sentTo('oc_branch')).toEqual(['gathering', 'reminder'])
  await press('corrections.cancel', { reason: '礼堂停电' })
  expect(await sentTo('oc_students')).toEqual(['gathering', 'reminder', 'gathering'])
  expect((await invitation()).text).toContain('会议已取消')
  expect((await answer('withdraw')).toast.zh).toContain('已经取消')
})

test.each([
  ['a committee’s meeting is one branch’s own', '/会议 支委会 周五 15:00 联合 学生第二支部', '不能联合'],
  ['so is a general meeting', '/会议 党员大会 周五 15:00 联合 学生第二支部', '不能联合'],
  ['a branch that nobody knows is asked about', '/会议 党课 周五 15:00 联合 火星支部', '没认出要联合的支部'],
])('%s', async (_what, line, sentence) => {
  const branch = await twoBranches()
  expect((await branch.say('李华', line))?.text).toContain(sentence)
  expect([await branch.count('gatherings'), await branch.count('gathering_invitations')]).toEqual([0, 0])
})

test('a branch without a secretary cannot be asked, and nothing is called', async () => {
  const branch = await twoBranches({ hasSecretary: false })
  expect((await branch.say('李华', '/会议 党课 周五 15:00 联合 学生第二支部'))?.text).toContain('还没有书记可以答复')
  expect(await branch.count('gatherings')).toBe(0)
})

test('the form offers the unit’s other branches and no other', async () => {
  const branch = await twoBranches()
  const form = await branch.say('李华', '/会议 主题党日 联合 学生第二支部')
  expect(form?.view).toBe('callForm')
  expect(JSON.stringify(form?.card)).toContain('"selected_values":["students"]')
  await branch.press(
    '李华',
    { press: 'call.submit', branch: 'branch', gathering: 'g' },
    { form: { kind: 'themeDay', starts: '2026-10-09 15:00 +0800', others: ['students', 'branch', 'elsewhere'] } },
  )
  const { rows } = await branch.store.client.execute('select branch, answer from gathering_invitations')
  expect(rows).toMatchObject([{ branch: 'students', answer: null }])
})

const known = ['第一支部', '学生第二支部', '学生第二支部委员会', 'Library Branch', '第三党支部'].map((name) => ({ name }))
test.each([
  ['党课 周五 15:00 礼堂 联合 学生第二支部', ['学生第二支部'], '党课 周五 15:00 礼堂'],
  ['党课 联合学生第二党支部、第三支部 周五 15:00', ['学生第二支部', '第三党支部'], '党课 周五 15:00'],
  ['和第三党支部一起开党课 周五', ['第三党支部'], '党课 周五'],
  ['lecture Fri 3pm hall jointly with Library Branch and 第一支部', ['Library Branch', '第一支部'], 'lecture Fri 3pm hall'],
  ['theme day with library branch Fri 3pm', ['Library Branch'], 'theme day Fri 3pm'],
  ['党课 周五 15:00 第三党支部活动室', [], '党课 周五 15:00 第三党支部活动室'],
  ['党课 周五 工商联合会会议室', [], '党课 周五 工商联合会会议室'],
])('“%s” means %j', (line, names, rest) => {
  const found = branchesNamed(line, known)
  expect(found.branches.map(({ name }) => name).sort()).toEqual([...names].sort())
  expect([found.rest, found.isUnclear]).toEqual([rest, false])
})
