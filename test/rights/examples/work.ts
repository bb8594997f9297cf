import type { Townsman } from '../../harness/town.ts'
import { press, type Stage, says } from '../stage.ts'
import { aMeeting } from './gatherings.ts'

const DAY = '2026-10-20 +0800'
const seats = ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember']
const isOwner = ({ name }: Townsman) => name === 'member'
const isReader = ({ name }: Townsman) => name === 'member' || seats.includes(name)

/** A meeting under way. */
const begun = async (stage: Stage, kind = 'general') => {
  const { gathering } = await aMeeting(stage, { kind })
  stage.at('2026-10-08', '10:00')
  return { gathering, branch: 'home' }
}

const decided = async (stage: Stage, kind = 'general') => {
  const sent = await begun(stage, kind)
  await stage.deed('secretary', 'decisions.add', sent, { words: '整理活动室', owner: 'ou_member', on: DAY })
  return { ...sent, decision: await stage.latest('decisions') }
}

const problem = async (stage: Stage) => {
  const sent = await begun(stage, 'life')
  await stage.deed('secretary', 'problems.add', sent, { words: '学习不够', member: 'ou_member', on: DAY })
  return { ...sent, problem: await stage.latest('life_problems') }
}

const line = { branch: 'home', words: '整理活动室', owner: 'm member', dueOn: '2026-10-20' }

/** The member has a task that no meeting gave. */
const given = async (stage: Stage) => {
  const task = stage.newId()
  await stage.deed('secretary', 'taskLine.give', { task, ...line })
  return { task }
}

const done = async (stage: Stage) => {
  const sent = await given(stage)
  await stage.deed('member', 'task.done', sent)
  return sent
}

export const work = [
  press('decisions.open', 'decide', { view: 'decisions', given: begun }),
  press('decisions.read', 'mine', { view: 'decisions', given: decided, if: ({ branch }) => branch === 'home' }),
  press('decisions.add', 'decide', { deed: 'decision.make', given: begun, form: { words: '整理活动室' } }),
  press('decisions.strike', 'decide', { deed: 'decision.strike', given: decided }),
  press('decisions.publish', 'decide', {
    deed: 'decision.publish',
    given: (stage) => decided(stage, 'committee'),
    sends: { isPublic: true },
  }),

  press('problems.open', 'decide', { view: 'problems', given: (stage) => begun(stage, 'life') }),
  press('problems.add', 'decide', {
    deed: 'problem.note',
    given: (stage) => begun(stage, 'life'),
    form: { words: '学习不够', owner: 'ou_member', on: DAY },
  }),
  press('problems.strike', 'decide', { deed: 'problem.strike', given: problem }),

  says('task', 'doTask', '任务', { view: 'ownTasks', at: 'own unit' }),
  says('task', 'checkTask', '/任务 支部', { view: 'branchTasks' }),
  says('task', 'decide', '/任务 整理活动室', { view: 'taskLine' }),
  press('taskLine.give', 'decide', { deed: 'task.give', sends: (stage) => ({ task: stage.newId(), ...line }) }),
  press('taskLine.edit', 'decide', { card: '哪天前办完', sends: (stage) => ({ task: stage.newId(), ...line }) }),

  press('ownTasks.open', 'doTask', { view: 'ownTasks', sends: { about: 'tasks' }, at: 'own unit' }),
  press('ownTasks.done', 'doTask', { deed: 'task.done', given, if: isOwner }),
  press('branchTasks.open', 'checkTask', { view: 'branchTasks', sends: { branch: 'home' } }),

  press('branchTasks.pick', 'checkTask', {
    view: 'task',
    given: async (stage) => ({ branch: 'home', chosen: (await given(stage)).task }),
    form: ({ chosen }) => ({ task: chosen }),
  }),

  press('task.send', 'doTask', { view: 'task', given, if: isReader }),
  press('task.show', 'doTask', { card: '负责人', given, if: isReader }),
  press('task.ask', 'doTask', { card: '改到哪天', given, sends: { what: 'move' }, if: isOwner }),
  press('task.ask', 'checkTask', { card: '换谁负责', given, sends: { what: 'settle' } }),
  press('task.done', 'doTask', { deed: 'task.done', given, if: isOwner }),
  press('task.undo', 'doTask', { deed: 'task.undo', given: done, if: isOwner }),
  press('task.move', 'doTask', { deed: 'task.move', given, form: { on: '2026-10-21 +0800' }, if: isOwner }),
  press('task.cannot', 'doTask', { deed: 'task.cannot', given, form: { why: '出差' }, if: isOwner }),
  press('task.settle', 'checkTask', { deed: 'task.settle', given, form: { on: '2026-10-21 +0800' } }),
  press('task.drop', 'checkTask', { deed: 'task.drop', given, form: { why: '不需要了' } }),
]
