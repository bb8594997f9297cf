import { inDirectChat } from '../../cards/home/say.ts'
import * as messages from '../../db/papers/messages.ts'
import { reportSubject } from '../../db/papers/messages.ts'
import { refuseUnlessUsed } from '../../db/rulebook/used.ts'
import { branchHere } from '../../src/chats/whereabouts.ts'
import { type Answer, command } from '../../src/command.ts'
import { mayOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { t } from '../../src/text.ts'

export const report = command({
  name: 'report',
  zh: '报告',
  part: 'branch',
  also: ['支委会报告', '工作报告'],
  summary: t(
    '支委会向党员大会的报告：按记录起草，改好列入议题',
    'The committee’s report to the members: drafted from the records, edited, put on the agenda',
  ),
  usage: t('/报告，或 /报告 上季度', '/report, or /report last quarter'),
  rights: ['keepPapers'],
  async answer(ctx, rest): Promise<Answer> {
    const here = memberOrRefuse(ctx)
    const branch = await branchHere(here)
    mayOrRefuse(here.actor, 'keepPapers', placeOf(branch))
    await refuseUnlessUsed(here.db, 'papers', branch.id, here.now)
    const { periodSaid } = await import('../../src/rules/papers/period-said.ts')
    const period = periodSaid(rest, here.now, 'quarter')
    const shown = messages.report({ subject: reportSubject(branch.id), branch: branch.id, period, viewer: here.actor.id })
    return here.chat.isGroup ? inDirectChat(here, shown) : shown
  },
})
