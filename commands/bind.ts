import { say } from '../cards/home/say.ts'
import { bindNamed, bound, welcome } from '../cards/roster/bind.ts'
import { committeeLineage, committeesOf, groupsOf } from '../db/branches/units.ts'
import { lookUp, statementOf } from '../db/client.ts'
import { bindToCommittee, bindToGroup } from '../db/roster/bind.ts'
import { branchHere, mayTakeOver } from '../src/chats/whereabouts.ts'
import { command } from '../src/command.ts'
import { type KnownContext, mayOrRefuse, memberOrRefuse, placeOf, reply } from '../src/context.ts'
import { refuse } from '../src/refusal.ts'
import { asWritten, literal, nameFrom, t } from '../src/text.ts'

export const bind = command({
  name: 'bind',
  zh: '绑定',
  part: 'begin',
  also: [],
  summary: t('把本群绑定到支部（或党小组、党委）', 'Bind this chat to a branch (or a group, the committee)'),
  usage: t('/绑定 第一支部', '/bind First Branch'),
  rights: ['bindBranch', 'makeBranch', 'bindCommittee'],
  async answer(ctx, rest) {
    const here = memberOrRefuse(ctx)
    const name = nameFrom(rest, 40)
    if (!here.chat.isGroup)
      refuse('请在要绑定的群里 @我 说「/绑定 支部名称」。', 'Please say “/bind branch name” to me in the group to be bound.')
    if (name === '') return welcome.args({ chat: here.chat.id, tenantKey: here.tenantKey })
    const [isCommittee, committee = ''] = /^(?:党委|committee)(?:\s+(.*))?$/i.exec(name) ?? []
    const [isGroup, group = ''] = /^(?:党小组|group)(?:\s+(.*))?$/i.exec(name) ?? []
    if (isCommittee) await bindCommittee(here, committee)
    else if (isGroup) await bindGroup(here, group)
    else
      await bindNamed(here, { name }, (said, made) => [
        statementOf(reply(here, made ? bound.args({ branch: made, viewer: here.actor.id }) : say.args(said))),
      ])
    return undefined
  },
})

/** `/绑定 党委` means the top committee, `/绑定 党委 分党委名` the committee of that name. */
async function bindCommittee(here: KnownContext, name: string) {
  const { db, actor, chat, now } = here
  const [committees] = await lookUp(db, [committeesOf(db, actor.unit)])
  const committee = committees.find((one) => (name === '' ? one.parent === null : one.name === name))
  if (!committee)
    refuse(
      `没有找到这个党委。现有：${committees.map((one) => literal(one.name)).join('、')}。`,
      `There is no such committee here. There are: ${committees.map((one) => literal(one.name)).join(', ')}.`,
    )
  const [above] = await lookUp(db, [committeeLineage(db, committee.id)])
  mayOrRefuse(actor, 'bindCommittee', { unit: actor.unit, lineage: above.map(({ id }) => id) })
  await mayTakeOver(here)

  const done = t(
    `本群已绑定到「${asWritten(committee.name).zh}」，季度考核的名次会发到这里。`,
    `This chat now belongs to “${asWritten(committee.name).en}”; each quarter’s order is posted here.`,
  )
  await bindToCommittee(db, chat.id, committee.id, actor, now, [statementOf(reply(here, say.args(done)))])
}

/** `/绑定 党小组 第一党小组` means a group of the person's own branch. */
async function bindGroup(here: KnownContext, name: string) {
  const { db, actor, chat, now } = here
  const branch = await branchHere({ ...here, chat: { ...chat, bound: null } })
  mayOrRefuse(actor, 'bindBranch', placeOf(branch))
  const [groups] = await lookUp(db, [groupsOf(db, branch.id)])
  const group = groups.find((one) => one.name === name)
  if (groups.length === 0)
    refuse(
      '支部还没有党小组；可以在名单表格的「党小组」一列里填写，再发给我导入。',
      'The branch has no groups yet; fill in the group column of the roster’s spreadsheet and send it to me.',
    )
  if (!group)
    refuse(
      `请说哪个党小组：${groups.map((one) => literal(one.name)).join('、')}。`,
      `Please say which group: ${groups.map((one) => literal(one.name)).join(', ')}.`,
    )
  await mayTakeOver(here)

  const done = t(
    `本群已绑定到「${asWritten(group.name).zh}」，党小组的会议今后都通知到这里。`,
    `This chat now belongs to “${asWritten(group.name).en}”; the group’s meetings are told here from now on.`,
  )
  await bindToGroup(db, chat.id, group.id, actor, now, [statementOf(reply(here, say.args(done)))])
}
