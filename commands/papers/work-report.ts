import { inDirectChat } from '../../cards/home/say.ts'
import * as messages from '../../db/papers/messages.ts'
import { reportSubject } from '../../db/papers/messages.ts'
import { refuseUnlessUsed } from '../../db/rulebook/used.ts'
import { branchHere } from '../../src/chats/whereabouts.ts'
import { type Answer, command } from '../../src/command.ts'
import { mayOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { t } from '../../src/text.ts'

export const workReport = command({
  name: 'workreport',
  zh: '述职',
  part: 'branch',
  also: ['述职报告', '书记述职', 'work report', 'secretary report'],
  summary: t(
    '书记述职：按记录起草，改好上报，上级点评也在这里',
    'The secretary’s work report: drafted from the records, sent up, with the commentary beside it',
  ),
  usage: t('/述职，或 /述职 三季度', '/workreport, or /workreport Q3'),
  rights: ['reportUp'],
  async answer(ctx, rest): Promise<Answer> {
    const here = memberOrRefuse(ctx)
    const branch = await branchHere(here)
    mayOrRefuse(here.actor, 'reportUp', placeOf(branch))
    await refuseUnlessUsed(here.db, 'papers', branch.id, here.now)
    const { periodSaid } = await import('../../src/rules/papers/period-said.ts')
    const period = periodSaid(rest, here.now, 'half')
    const shown = messages.workReportDraft({ subject: reportSubject(branch.id), branch: branch.id, period, viewer: here.actor.id })
    return here.chat.isGroup ? inDirectChat(here, shown) : shown
  },
})
