import { render } from '../../../src/bot.ts'
import { aWorkingBranch } from '../../work/company.ts'
import { openId } from '../branch.ts'
import { type Hung, pages } from './gallery.ts'

/** The cards of decisions, tasks and problems, in each state. */
export async function theWork(): Promise<Hung[]> {
  const it = await aWorkingBranch()
  const hung: Hung[] = []
  const keep = (as: string, card: Hung['card'] | undefined | null) => {
    if (!card) throw new Error(`“${as}” has no card`)
    hung.push({ name: as, card })
  }
  const hang = async (name: string, args: Record<string, unknown>, as = name) =>
    keep(as, await render(it.db, name, { subject: 's', viewer: 'm_李华', ...args }, it.now(), pages))
  const ask = async (name: string, task: string, what: string) =>
    keep(`task, ${what}`, (await it.press(name, { press: 'task.ask', task, what })).card)

  const gathering = await it.meets('支委会')
  await it.comes(gathering, '李华', '王芳', '张伟')
  const part = { gathering, branch: 'branch' }
  await hang('decisions', part, 'decisions, none yet')
  await it.decides(gathering, '整理党员活动室', { owner: '王芳', on: '2026-10-20' })
  await it.decides(gathering, '拟定下季度学习计划', { owner: '张伟', on: '2026-10-09' })
  await it.decides(gathering, '', { about: 'paper' })
  await hang('decisions', part)
  await hang('host', { subject: gathering }, 'host, with decisions')
  await it.closes(gathering)
  const [decision] = await it.rows('select id from decisions order by nth limit 1')
  await it.press('李华', { press: 'decisions.publish', ...part, decision: decision?.id, isPublic: true })
  await hang('decisions', { ...part, viewer: 'm_赵敏' }, 'decisions, to be read')
  await hang('gathering', { subject: gathering }, 'gathering, with decisions')
  await hang('tasksGiven', { gathering, member: 'm_王芳' })

  const [own, other] = (await it.rows('select id from tasks order by due_on desc')).map(({ id }) => String(id))
  await hang('task', { task: own, viewer: 'm_王芳' })
  await hang('task', { task: own }, 'task, for the committee')
  await ask('王芳', String(own), 'move')
  await ask('王芳', String(own), 'cannot')
  await ask('王芳', String(own), 'done')
  await ask('李华', String(own), 'settle')
  await ask('李华', String(own), 'drop')
  await it.press('张伟', { press: 'task.cannot', task: other }, { form: { why: '要等上级的通知' } })
  await hang('task', { task: other }, 'task, cannot be done')
  await hang('branchTasks', { branch: 'branch' })
  await hang('ownTasks', { member: 'm_王芳' })
  await hang('mine', { unit: 'unit', member: 'm_李华' }, 'mine, with tasks')
  keep('task, done', (await it.press('王芳', { press: 'task.done', task: own }, { form: { why: '都收拾好了' } })).card)
  await hang('ownTasks', { member: 'm_赵敏' }, 'ownTasks, none')
  keep('taskLine', (await it.say('李华', '/任务 更新展板 赵敏 10月20日', { dm: true }))?.card)
  keep('taskLine, unclear', (await it.say('李华', '/任务 更新展板 赵敏 昨天', { dm: true }))?.card)

  const life = await it.meets('组织生活会', { on: '2026-10-09' })
  await it.comes(life, '李华', '王芳', '张伟', '赵敏')
  await it.press(
    '李华',
    { press: 'problems.add', gathering: life, branch: 'branch' },
    { form: { words: '学习不够', member: openId('赵敏'), on: '2026-12-20 +0800' } },
  )
  await hang('problems', { gathering: life, branch: 'branch' })
  return hung
}
