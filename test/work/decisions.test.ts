import { beforeEach, describe, expect, test } from 'vitest'
import { lookUp } from '../../db/client.ts'
import { gatheringAsItStands } from '../../db/gatherings/state.ts'
import { decidedIn, decisionsWritten } from '../../db/work/decided.ts'
import { openId } from '../harness/branch.ts'
import { aWorkingBranch, type WorkingBranch } from './company.ts'

let it: WorkingBranch
beforeEach(async () => {
  it = await aWorkingBranch()
})

test('the host notes words, owner and day on one form', async () => {
  const gathering = await it.meets('支委会')
  expect((await it.host(gathering)).card).toMatchObject({ schema: '2.0' })
  expect(it.buttonsNamed((await it.host(gathering)).card, 'decisions.open')).toHaveLength(1)
  await it.press('李华', { press: 'decisions.open', gathering, branch: 'branch' })
  expect(await it.sent('decisions')).toHaveLength(1)
  const { toast, card } = await it.decides(gathering, '整理活动室', { owner: '王芳', on: '2026-10-20' })
  expect(toast.zh).toContain('会后成为任务')
  expect(JSON.stringify(card)).toContain('1．整理活动室 — 王芳，10月20日（周二）前')
  expect((await it.host(gathering)).text).toContain('· 整理活动室')
})

test('a task counts once its meeting is closed with a quorum', async () => {
  const gathering = await it.meets('支委会')
  await it.comes(gathering, '李华', '王芳')
  await it.decides(gathering, '整理活动室', { owner: '王芳', on: '2026-10-20' })
  expect(await it.inForce('王芳')).toEqual([])
  await it.closes(gathering)
  expect((await it.inForce('王芳')).join()).toContain('整理活动室')
})

test('without a quorum it is an opinion, and nobody’s task', async () => {
  const gathering = await it.meets('支委会')
  await it.comes(gathering, '李华')
  await it.decides(gathering, '整理活动室', { owner: '王芳', on: '2026-10-20' })
  await it.closes(gathering)
  expect(await it.inForce('王芳')).toEqual([])
  expect((await it.host(gathering)).text).toContain('意见')
  expect((await it.shownTo('李华', 'decisions', { gathering, branch: 'branch' })).text).toContain('下面的只是意见')
  // A mark that was forgotten makes the meeting quorate after all.
  await it.press('李华', { press: 'host.mark', gathering }, { form: { people: ['m_王芳'] } })
  expect((await it.inForce('王芳')).join()).toContain('整理活动室')
})

test('a decision that is taken off takes its task along', async () => {
  const { gathering } = await it.decided('整理活动室', '王芳', '2026-10-20')
  const [decision] = await it.rows('select id from decisions')
  const { card } = await it.press('李华', { press: 'decisions.strike', gathering, branch: 'branch', decision: decision?.id })
  expect(JSON.stringify(card)).not.toContain('整理活动室')
  expect(await it.inForce('王芳')).toEqual([])
  // The same words may then be noted again.
  expect((await it.decides(gathering, '整理活动室')).mood).toBe('success')
})

describe('refused', () => {
  let gathering: string
  beforeEach(async () => {
    gathering = await it.meets('支委会')
  })
  const said = async (...given: [string, Parameters<WorkingBranch['decides']>[2]?]) => (await it.decides(gathering, ...given)).toast.zh

  test('the thirteenth decision', async () => {
    for (let nth = 1; nth <= 12; nth++) expect(await said(`第${nth}项`)).toBe('已记下。')
    expect(await said('第13项')).toContain('最多 12 项')
  })

  test('the same words twice', async () => {
    await said('整理活动室')
    expect(await said('整理活动室')).toContain('已经记下了')
  })

  test('a day that is over', async () => {
    expect(await said('整理活动室', { owner: '王芳', on: '2026-10-07' })).toContain('日期已经过去')
    expect(await said('整理活动室', { owner: '王芳', on: '2026-10-08' })).toContain('会后成为任务')
  })

  test('empty words, and an owner on what stands on paper', async () => {
    expect(await said('')).toContain('请写明')
    expect(await said('', { about: 'paper', owner: '王芳', on: '2026-10-20' })).toContain('不列任务')
  })

  test('an owner of another branch', async () => {
    await it.store.client.executeMultiple(`insert into branches (id, unit, committee, name, kind, since, term_years) values ('other', 'unit', 'committee', '第二支部', 'staff', '2026-01-01', 3);
      update members set branch = 'other' where id = 'm_孙丽'`)
    expect(await said('整理活动室', { owner: '孙丽', on: '2026-10-20' })).toContain('不在开会的支部里')
    await it.store.client.execute({ sql: 'insert into gathering_branches (gathering, branch) values (?, ?)', args: [gathering, 'other'] })
    expect(await said('整理活动室', { owner: '孙丽', on: '2026-10-20' })).toContain('会后成为任务')
  })

  test('anything before the start, and after the minutes are submitted', async () => {
    it.at('2026-10-08', '09:30')
    expect(await said('整理活动室')).toContain('还没开始')
    it.at('2026-10-08', '10:30')
    await it.decides(gathering, '先记下的')
    await it.store.client.execute({
      sql: "insert into minutes (gathering, branch, recorder, recorder_set_by, due_on, submitted_at, submitted_by) values (?, 'branch', 'm_王芳', 'm_李华', '2026-10-15', 1, 'm_王芳')",
      args: [gathering],
    })
    expect(await said('整理活动室')).toContain('记录已经送确认')
    await it.store.client.execute('update minutes set submitted_at = null, submitted_by = null, returned_at = 2')
    expect(await said('整理活动室')).toBe('已记下。')
  })
})

test('on paper only that it is on paper stands', async () => {
  const gathering = await it.meets('支委会')
  await it.decides(gathering, '这句话不会留下', { about: 'paper' })
  expect(await it.rows('select words from decisions')).toEqual([expect.objectContaining({ words: null })])
  expect((await it.shownTo('李华', 'decisions', { gathering, branch: 'branch' })).text).toContain('1．另有纸质记录')
})

test('a carried vote is itself a decision, and may get an owner', async () => {
  const gathering = await it.meets('支委会')
  await it.comes(gathering, '李华', '王芳', '张伟')
  const resolved = (id: string, words: string, votes: object) =>
    it.press('李华', { press: 'hands.enter', gathering, id }, { form: { words, ...votes } })
  await resolved('r1', '选派赵敏参加培训', { hands_for: '3' })
  await resolved('r2', '买一台投影仪', { hands_for: '0', hands_against: '3' })
  const read = async () => {
    const [there, written] = await lookUp(it.db, [gatheringAsItStands(it.db, gathering), decisionsWritten(it.db, gathering, 'branch')])
    if (!there) throw new Error('no such gathering')
    return decidedIn(there, 'branch', written)
  }
  const { votes } = await read()
  expect(votes.map(({ words }) => words)).toEqual(['选派赵敏参加培训'])
  await it.decides(gathering, '', { about: votes[0]?.id ?? '', owner: '赵敏', on: '2026-10-20' })
  expect((await read()).votes).toEqual([])
  await it.closes(gathering)
  expect((await it.inForce('赵敏')).join()).toContain('选派赵敏参加培训')
  const amended = await it.press(
    '李华',
    { press: 'hands.amend', gathering, resolution: 'r1' },
    { form: { words: '选派赵敏参加培训', hands_for: '1', hands_against: '2' } },
  )
  expect(amended.toast.zh).toContain('已更正')
  expect(await it.inForce('赵敏')).toEqual([])
  expect((await it.shownTo('李华', 'decisions', { gathering, branch: 'branch' })).text).toContain('更正后没有通过，请删去')
})

test('a committee’s decision is the committee’s until it is made public', async () => {
  const { gathering } = await it.decided('整理活动室', '王芳', '2026-10-20')
  const inChat = () => it.shown('gathering', { subject: gathering })
  const readBy = (name: string) => it.shownTo(name, 'decisions', { gathering, branch: 'branch' })
  expect((await inChat()).text).not.toContain('决定')
  expect((await readBy('赵敏')).text).not.toContain('整理活动室')
  const [decision] = await it.rows('select id from decisions')
  await it.press('李华', { press: 'decisions.publish', gathering, branch: 'branch', decision: decision?.id, isPublic: true })
  expect((await inChat()).text).toContain('决定 1 项')
  expect((await inChat()).text).not.toContain('整理活动室')
  expect((await readBy('赵敏')).text).toContain('整理活动室')
  await it.press('李华', { press: 'decisions.publish', gathering, branch: 'branch', decision: decision?.id, isPublic: false })
  expect((await inChat()).text).not.toContain('决定')
})

/** A second branch of three people, whose secretary is 金辉. */
async function anotherBranch(gathering: string) {
  const people = ['金辉', '魏东', '陶然']
  await it.store.client.executeMultiple(`
    insert into branches (id, unit, committee, name, kind, since, term_years) values ('other', 'unit', 'committee', '第二支部', 'staff', '2026-01-01', 3);
    ${people
      .map(
        (name) => `insert into members (id, unit, branch, open_id, name, stage, joined_on, added_at) values
          ('m_${name}', 'unit', 'other', '${openId(name)}', '${name}', 'full', '2026-01-01', 1);`,
      )
      .join('\n')}
    insert into seats (id, member, role, branch, from_at) values ('s_金辉', 'm_金辉', 'secretary', 'other', 0);
    insert into gathering_branches (gathering, branch) values ('${gathering}', 'other');`)
  return people
}

test('in a joint gathering each branch decides for itself', async () => {
  const gathering = await it.meets('主题党日')
  const people = await anotherBranch(gathering)
  await it.comes(gathering, '李华', '王芳', '张伟', '赵敏', '金辉')
  expect((await it.decides(gathering, '不归你定', { by: '李华', in: 'other' })).toast.zh).toContain('不归你办')
  expect((await it.decides(gathering, '不归你定', { by: '金辉' })).toast.zh).toContain('不归你办')
  await it.decides(gathering, '第一支部的事', { owner: '金辉', on: '2026-10-20' })
  await it.decides(gathering, '第二支部的事', { owner: '金辉', on: '2026-10-20', by: '金辉', in: 'other' })
  await it.closes(gathering)
  // One of three came from the second branch.
  expect((await it.inForce('金辉')).join()).toContain('第一支部的事')
  expect((await it.inForce('金辉')).join()).not.toContain('第二支部的事')
  const own = { subject: gathering, branch: 'other', viewer: 'm_金辉' }
  const { card } = await it.shown('ownBranch', own)
  expect(it.buttonsNamed(card, 'decisions.open')).toHaveLength(1)
  await it.press(
    '金辉',
    { press: 'ownBranch.mark', gathering, branch: 'other' },
    { form: { people: people.slice(1).map((name) => `m_${name}`) } },
  )
  expect((await it.inForce('金辉')).join()).toContain('第二支部的事')
})

test('a group’s leader decides in the group’s meeting', async () => {
  await it.store.client.executeMultiple(`insert into "groups" (id, branch, name) values ('group', 'branch', '第一党小组');
    update members set group_id = 'group' where id in ('m_赵敏', 'm_钱进', 'm_孙丽');
    insert into seats (id, member, role, group_id, from_at) values ('s_赵敏', 'm_赵敏', 'leader', 'group', 0)`)
  const gathering = await it.meets('第一党小组会', { by: '赵敏' })
  await it.comes(gathering, '赵敏', '钱进', '孙丽')
  expect(it.buttonsNamed((await it.host(gathering, '赵敏')).card, 'decisions.open')).toHaveLength(1)
  expect((await it.decides(gathering, '布置展板', { owner: '钱进', on: '2026-10-20', by: '赵敏' })).mood).toBe('success')
  await it.closes(gathering, '赵敏')
  expect((await it.inForce('钱进')).join()).toContain('布置展板')
  expect((await it.decides(await it.meets('支委会', { on: '2026-10-09' }), '不归你定', { by: '赵敏' })).toast.zh).toContain('不归你办')
})
