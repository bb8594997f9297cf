import { beforeEach, expect, test } from 'vitest'
import { sendDigests } from '../../src/jobs/send-digests.ts'
import { openId } from '../harness/branch.ts'
import { ranOnce } from '../harness/jobs.ts'
import { aWorkingBranch, type WorkingBranch } from './company.ts'

let it: WorkingBranch
beforeEach(async () => {
  it = await aWorkingBranch()
})

/** Everything that a member can read by words, by cards that name the ids, and by presses with them. */
async function readable(name: string, { gathering, task, decision }: { gathering: string; task: string; decision?: string }) {
  const part = { gathering, branch: 'branch' }
  const said = await Promise.all(
    ['任务', '/任务 支部', '我的', '待办', '会议 主持', '考核', '会上定的任务', '帮助'].map((line) => it.say(name, line, { dm: true })),
  )
  const shown = await Promise.all([
    ...(['decisions', 'problems'] as const).map((view) => it.shownTo(name, view, part)),
    it.shownTo(name, 'task', { task }),
    it.shownTo(name, 'branchTasks', { branch: 'branch' }),
    it.shownTo(name, 'ownTasks', {}),
    it.shownTo(name, 'tasksGiven', { gathering }),
    it.shown('gathering', { subject: gathering }),
    it.shown('host', { subject: gathering, viewer: `m_${name}` }),
    it.shown('digest', { person: openId(name) }),
  ])
  const pressed = await Promise.all([
    ...['decisions.open', 'decisions.read', 'problems.open'].map((press) => it.press(name, { press, ...part })),
    ...['task.send', 'task.show', 'task.done', 'task.undo', 'task.cannot', 'task.drop'].map((press) =>
      it.press(name, { press, task }, { form: { why: '看看' } }),
    ),
    ...['move', 'settle', 'done', 'cannot', 'drop'].map((what) => it.press(name, { press: 'task.ask', task, what })),
    it.press(name, { press: 'ownTasks.done', task, gathering }),
    ...(decision ? [it.press(name, { press: 'decisions.publish', ...part, decision, isPublic: true })] : []),
  ])
  await ranOnce(sendDigests, { db: it.db, now: it.now(), slot: it.now(), isLate: false })
  const sentTo = (await it.outboxRows()).filter(({ to_id }) => to_id === openId(name))
  const sent = await Promise.all(sentTo.map(({ view, args }) => it.shown(String(view), JSON.parse(String(args)))))
  return JSON.stringify([said, shown, pressed, sent])
}

const SECRET = '更换三楼门锁'

test('nobody but the committee and the owner reads a committee’s item', async () => {
  const { gathering, task } = await it.decided(SECRET, '王芳', '2026-10-09')
  const [row] = await it.rows('select id from decisions')
  it.at('2026-10-09', '09:00')
  const found = { gathering, task, decision: String(row?.id) }
  for (const name of ['赵敏', '管理员', '考核人']) expect(await readable(name, found)).not.toContain(SECRET)
  expect(await readable('张伟', found)).toContain(SECRET)
  const [after] = await it.rows('select public_at from decisions')
  expect(after?.public_at).not.toBeNull()
})

test('a member’s own problem is read by them and the committee alone', async () => {
  const gathering = await it.meets('组织生活会')
  await it.comes(gathering, '李华', '王芳', '张伟', '赵敏')
  await it.press(
    '李华',
    { press: 'problems.add', gathering, branch: 'branch' },
    { form: { words: SECRET, member: openId('赵敏'), on: '2026-10-09 +0800' } },
  )
  await it.closes(gathering)
  const [row] = await it.rows('select id from tasks')
  it.at('2026-10-09', '09:00')
  const found = { gathering, task: String(row?.id) }
  for (const name of ['钱进', '管理员', '考核人']) expect(await readable(name, found)).not.toContain(SECRET)
  expect((await it.own('赵敏')).text).toContain(SECRET)
  expect(await readable('张伟', found)).toContain(SECRET)
})
