import { inDirectChat } from '../../cards/home/say.ts'
import * as messages from '../../db/papers/messages.ts'
import { paperSubject } from '../../db/papers/messages.ts'
import { refuseUnlessUsed } from '../../db/rulebook/used.ts'
import { branchHere } from '../../src/chats/whereabouts.ts'
import { type Answer, command } from '../../src/command.ts'
import { type Context, mayOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import type { AdoptedKind } from '../../src/rules/papers/kinds.ts'
import { t } from '../../src/text.ts'

/** The plan or the summary of the year that the line names, or of the year whose turn it is. */
async function shownPaper(ctx: Context, kind: AdoptedKind, rest: string): Promise<Answer> {
  const here = memberOrRefuse(ctx)
  const { db, now, actor } = here
  const branch = await branchHere(here)
  mayOrRefuse(actor, 'keepPapers', placeOf(branch))
  await refuseUnlessUsed(db, 'papers', branch.id, now)
  const { namesYear, periodSaid, yearOfPaper } = await import('../../src/rules/papers/period-said.ts')
  const year = namesYear(rest) ? periodSaid(rest, now, 'year') : yearOfPaper(kind, now)
  const shown = messages.paper({ subject: paperSubject(branch.id), branch: branch.id, kind, year, viewer: actor.id })
  return here.chat.isGroup ? inDirectChat(here, shown) : shown
}

export const plan = command({
  name: 'plan',
  zh: '计划',
  part: 'branch',
  also: ['工作计划', '年度计划'],
  summary: t(
    '年度工作计划：按例会和标准起草，改好通过，或登记已有的',
    'The year’s plan: drafted from rhythms and standards, adopted here, or registered',
  ),
  usage: t('/计划，或 /计划 2027', '/plan, or /plan 2027'),
  rights: ['keepPapers'],
  answer: (ctx, rest) => shownPaper(ctx, 'plan', rest),
})

export const summary = command({
  name: 'summary',
  zh: '总结',
  part: 'branch',
  also: ['工作总结', '年度总结'],
  summary: t(
    '年度工作总结：按记录起草，改好通过，或登记已有的',
    'The year’s summary: drafted from the records, adopted here, or registered',
  ),
  usage: t('/总结，或 /总结 2026', '/summary, or /summary 2026'),
  rights: ['keepPapers'],
  answer: (ctx, rest) => shownPaper(ctx, 'summary', rest),
})
