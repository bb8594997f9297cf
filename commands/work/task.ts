import { inDirectChat } from '../../cards/home/say.ts'
import { lookUp } from '../../db/client.ts'
import type { Message } from '../../db/ledgers/message.ts'
import { peopleOfBranch } from '../../db/roster/people.ts'
import * as messages from '../../db/work/messages.ts'
import { branchTasksSubject, ownTasksSubject, taskSubject } from '../../db/work/messages.ts'
import { branchHere } from '../../src/chats/whereabouts.ts'
import { command } from '../../src/command.ts'
import { type KnownContext, mayOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { clipped, t } from '../../src/text.ts'

export const task = command({
  name: 'task',
  zh: '任务',
  part: 'everybody',
  also: ['我的任务', '任务清单', 'tasks', 'my tasks'],
  summary: t('我的任务；支委会可以派任务、看支部的任务', 'My tasks; the committee gives tasks and sees the branch’s'),
  usage: t('任务；/任务 整理活动室 王芳 12月20日', 'task; /task tidy the room Wang Fang 20 Dec'),
  rights: ['doTask', 'checkTask', 'decide'],
  async answer(ctx, rest) {
    const here = memberOrRefuse(ctx)
    const shown = await shownFor(here, rest.trim())
    return here.chat.isGroup ? inDirectChat(here, shown) : shown
  },
})

async function shownFor(here: KnownContext, line: string): Promise<Message> {
  const { actor, mentions } = here
  if (line === '' && mentions.length === 0) {
    mayOrRefuse(actor, 'doTask', { unit: actor.unit })
    return messages.ownTasks({ subject: ownTasksSubject(actor.id), member: actor.id })
  }
  const branch = await branchHere(here)
  if (/^(?:支部|支部的|全部|branch|all)$/iu.test(line)) {
    mayOrRefuse(actor, 'checkTask', placeOf(branch))
    return messages.branchTasks({ subject: branchTasksSubject(branch.id), branch: branch.id, viewer: actor.id })
  }
  mayOrRefuse(actor, 'decide', placeOf(branch))
  return lineRead(here, branch.id, line)
}

/** The line read back: nothing is given before the press. Two people of one name are not told apart here, and the form asks. */
async function lineRead({ db, actor, mentions, now, newId }: KnownContext, branch: string, line: string): Promise<Message> {
  const [[people], { taskSaid }, { spellingsOf }] = await Promise.all([
    lookUp(db, [peopleOfBranch(db, branch)]),
    import('../../src/rules/work/said.ts'),
    import('../../src/rules/roster/pinyin.ts'),
  ])
  const called = people.flatMap(({ id, name }) =>
    [name, ...(/[a-z]{2}/iu.test(line) ? spellingsOf(name) : [])].map((said) => ({ id, said })),
  )
  const said = taskSaid(
    line.replace(/@_user_\d+/g, ' '),
    called.map((one) => one.said),
    now,
  )
  const mentioned = mentions.map(({ openId }) => openId)
  const meant = people.filter(({ id, openId }) =>
    mentioned.length > 0
      ? openId !== null && mentioned.includes(openId)
      : called.some((one) => one.id === id && one.said.toLowerCase() === said.name?.toLowerCase()),
  )
  const [owner] = meant.length === 1 ? meant : []
  const id = newId()
  return messages.taskLine({
    subject: taskSubject(id),
    task: id,
    branch,
    viewer: actor.id,
    words: clipped(said.words, 200),
    ...(owner ? { owner: owner.id } : {}),
    ...(said.dueOn ? { dueOn: said.dueOn } : {}),
    ...(said.isUnclear ? { isUnclear: true } : {}),
  })
}
