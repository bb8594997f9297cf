import { bindNamed, boundTo, welcome } from '../cards/bind.ts'
import { say } from '../cards/say.ts'
import { lookUp, statementOf } from '../db/client.ts'
import { bindToCommittee } from '../db/roster.ts'
import { committeeLineage, committeesOf } from '../db/units.ts'
import { command } from '../src/command.ts'
import { type KnownContext, known, mayOrRefuse, reply } from '../src/context.ts'
import { refuse } from '../src/refusal.ts'
import { asWritten, clipped, literal, t } from '../src/text.ts'
import { mayTakeOver } from '../src/whereabouts.ts'

export const bind = command({
  name: 'bind',
  zh: '绑定',
  also: [],
  summary: t('把本群绑定到支部（或党委）', 'Bind this chat to a branch (or the committee)'),
  usage: t('/绑定 第一支部', '/bind First Branch'),
  rights: ['bindBranch', 'makeBranch', 'bindCommittee'],
  async answer(ctx, rest) {
    const here = known(ctx)
    const name = clipped(rest, 40)
    if (!here.chat.isGroup)
      refuse('请在要绑定的群里 @我 说「/绑定 支部名称」。', 'Please say “/bind branch name” to me in the group to be bound.')
    if (name === '') return welcome.args({ chat: here.chat.id, tenantKey: here.tenantKey })
    const [isCommittee, committee = ''] = /^(?:党委|committee)(?:\s+(.*))?$/i.exec(name) ?? []
    if (isCommittee) return bindCommittee(here, committee)
    await bindNamed(here, { name }, [statementOf(reply(here, say.args(boundTo(name))))])
    return undefined
  },
})

/** `/绑定 党委` means the top committee, `/绑定 党委 分党委名` the one so named. */
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
  return undefined
}
