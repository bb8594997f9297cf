import { inDirectChat } from '../../cards/home/say.ts'
import { branchById } from '../../db/branches/units.ts'
import { lookUp } from '../../db/client.ts'
import * as messages from '../../db/papers/messages.ts'
import { refuseUnlessUsed } from '../../db/rulebook/used.ts'
import { type Answer, command } from '../../src/command.ts'
import { mayOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { refuse } from '../../src/refusal.ts'
import { t } from '../../src/text.ts'

export const record = command({
  name: 'record',
  zh: '记一笔',
  part: 'everybody',
  also: ['记一下工作', 'short record'],
  summary: t(
    '记下做过的一件事，请另一位党员确认；评定时作依据',
    'Note down something that was done, confirmed by another member; it is shown when standards are judged',
  ),
  usage: t('/记一笔 文化 12月5日 职工书画展', '/record culture 5 Dec staff art show'),
  rights: ['record'],
  async answer(ctx, rest): Promise<Answer> {
    const here = memberOrRefuse(ctx)
    const { db, actor, now } = here
    const [[branch]] = actor.branch ? await lookUp(db, [branchById(db, actor.branch)]) : [[]]
    if (!branch) refuse('你不在支部的名单上，不用记。', 'You are on no branch’s roster.')
    mayOrRefuse(actor, 'record', placeOf(branch))
    await refuseUnlessUsed(db, 'papers', branch.id, now)
    const { recordSaid } = await import('../../src/rules/papers/record-said.ts')
    const { topic, on, words } = recordSaid(rest, now)
    const shown = messages.recordForm({
      member: actor.id,
      record: here.newId(),
      ...(topic ? { topic } : {}),
      ...(on ? { on } : {}),
      ...(words ? { words } : {}),
    })
    return here.chat.isGroup ? inDirectChat(here, shown) : shown
  },
})
