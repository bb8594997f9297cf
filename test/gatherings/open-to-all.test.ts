import { expect, test } from 'vitest'
import { groups, members, seats } from '../../db/branches/tables.ts'
import { together } from '../../db/client.ts'
import { type GatheringKind, gatheringKindNames } from '../../src/rules/gatherings/gatherings.ts'
import { aBranch, buttonsOf } from '../harness/branch.ts'

const people = [
  { name: '李华', role: 'secretary' as const },
  { name: '王芳', role: 'organisation' as const },
  { name: '张伟' },
  { name: '赵敏' },
  { name: '钱进', stage: 'activist' as const },
]

/** A branch with two groups; 张伟 leads the first, in which 赵敏 is too. */
async function aBranchWithGroups() {
  const branch = await aBranch(people)
  await together(branch.db, [
    branch.db.insert(groups).values([
      { id: 'g1', branch: 'branch', name: '第一党小组' },
      { id: 'g2', branch: 'branch', name: '第二党小组' },
    ]),
    branch.db.insert(seats).values({ id: 'lead', member: 'm_张伟', role: 'leader', group: 'g1', from: new Date(0) }),
  ])
  await branch.db.update(members).set({ group: 'g2' })
  await branch.store.client.execute("update members set group_id = 'g1' where id in ('m_张伟', 'm_赵敏', 'm_钱进')")
  return branch
}

const worth: Partial<Record<GatheringKind, number>> = {
  general: 12,
  committee: 12,
  lecture: 12,
  committeeStudy: 6,
  memberStudy: 10,
  themeDay: 10,
  life: 7,
  talkGathering: 17,
  integrity: 22,
}

test.each(gatheringKindNames.filter((kind) => kind !== 'group'))('a %s is called by form, closed, and shows its worth', async (kind) => {
  const branch = await aBranch(people)
  const asked = await branch.press(
    '李华',
    { press: 'call.submit', branch: 'branch', gathering: 'g' },
    { form: { kind, starts: '2026-10-09 15:00 +0800', place: '礼堂' } },
  )
  expect(asked.mood).toBe('success')
  branch.at('2026-10-09', '14:50')
  expect((await branch.press('李华', { press: 'gathering.checkIn', gathering: 'g' })).toast.zh).toBe('签到成功，准时。')
  branch.at('2026-10-09', '15:20')
  expect((await branch.press('李华', { press: 'host.close', gathering: 'g' })).mood).toBe('success')
  const { text } = await branch.shown('gathering', { subject: 'g' })
  expect(text).toContain(worth[kind] ? `标准（${worth[kind]}）` : '已存入台账')
})

test('an activity misses nobody: whoever comes is counted, activists included', async () => {
  const branch = await aBranch(people)
  await branch.say('李华', '/会议 志愿服务 明天 15:00 社区')
  const gathering = await branch.latestGathering()
  branch.at('2026-10-09', '14:50')
  for (const name of ['钱进', '赵敏']) expect((await branch.press(name, { press: 'gathering.checkIn', gathering })).mood).toBe('success')
  const { text, card } = await branch.shown('gathering', { subject: gathering })
  expect(text).toContain("**2**\n<font color='grey'>实到")
  expect(text).not.toMatch(/应到|未到|法定人数/)
  expect(buttonsOf(card).map(({ press }) => press)).toEqual(['gathering.checkIn'])
  const host = await branch.shown('host', { subject: gathering })
  expect(host.text).not.toContain('**未到**')

  branch.at('2026-10-09', '17:30')
  await branch.press('李华', { press: 'host.close', gathering })
  const marked = await branch.press('李华', { press: 'host.mark', gathering }, { form: { people: ['m_张伟'] } })
  expect(marked.toast.zh).toBe('已标记 1 人到会。')
  const { rows } = await branch.store.client.execute('select expected, present, is_quorate from closures')
  expect(rows).toMatchObject([{ expected: 3, present: 3, is_quorate: 1 }])
})

test('a leader calls and closes the own group’s meeting, nothing else', async () => {
  const branch = await aBranchWithGroups()
  expect(await branch.say('张伟', '/会议 党小组会 明天 15:00 二楼')).toBeNull()
  const gathering = await branch.latestGathering()
  const { text } = await branch.shown('gathering', { subject: gathering })
  expect(text).toContain('第一支部 · 第一党小组')
  expect(text).toContain("**2**\n<font color='grey'>应到")
  branch.at('2026-10-09', '14:55')
  expect((await branch.press('赵敏', { press: 'gathering.checkIn', gathering })).mood).toBe('success')
  expect((await branch.press('王芳', { press: 'gathering.checkIn', gathering })).toast.zh).toContain('不在这次会议的应到名单上')
  branch.at('2026-10-09', '15:30')
  expect((await branch.press('张伟', { press: 'host.close', gathering })).mood).toBe('success')

  for (const line of ['/会议 支委会 周五 16:00', '/会议 第二党小组会 周五 16:00']) {
    const before = await branch.count('gatherings')
    await branch.say('张伟', line)
    expect((await branch.count('gatherings')) - before).toBe(line.includes('第二') ? 1 : 0)
  }
  const { rows } = await branch.store.client.execute("select distinct group_id from gatherings where called_by = 'm_张伟'")
  expect(rows).toMatchObject([{ group_id: 'g1' }])
})

test('the secretary names the group, or the form asks', async () => {
  const branch = await aBranchWithGroups()
  expect(await branch.say('李华', '/会议 第二党小组会 明天 15:00')).toBeNull()
  const { rows } = await branch.store.client.execute('select group_id, place from gatherings')
  expect(rows).toMatchObject([{ group_id: 'g2', place: '' }])

  const form = await branch.say('李华', '/会议 党小组会 明天 15:00')
  expect(form?.view).toBe('callForm')
  expect(form?.text).toContain('请选择哪个党小组')
  expect(form?.text).toContain('第一党小组')
  const submit = { press: 'call.submit', branch: 'branch', gathering: 'new' }
  const filled = { kind: 'group', starts: '2026-10-09 16:00 +0800' }
  expect((await branch.press('李华', submit, { form: filled })).toast.zh).toBe('请选择哪个党小组。')
  expect((await branch.press('张伟', submit, { form: { ...filled, group: 'g2' } })).mood).toBe('warning')
  expect((await branch.press('张伟', submit, { form: { ...filled, kind: 'general', group: 'g1' } })).mood).toBe('warning')
  expect((await branch.press('张伟', submit, { form: { ...filled, group: 'g1' } })).mood).toBe('success')
})

test('a leader in doubt is offered the group meeting only', async () => {
  const branch = await aBranchWithGroups()
  const form = await branch.say('张伟', '/会议')
  expect(form?.text).toContain('党小组会')
  expect(form?.text).not.toMatch(/党员大会|第二党小组/)
})

test('a branch without groups is told so', async () => {
  const branch = await aBranch(people)
  expect((await branch.say('李华', '/会议 党小组会 明天 15:00'))?.text).toContain('还没有设党小组')
})
