import { inDirectChat } from '../../cards/home/say.ts'
import { branchById } from '../../db/branches/units.ts'
import { lookUp } from '../../db/client.ts'
import type { Message } from '../../db/ledgers/message.ts'
import { refuseUnlessUsed } from '../../db/rulebook/used.ts'
import { type Answer, command } from '../../src/command.ts'
import { type KnownContext, mayOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { refuse } from '../../src/refusal.ts'
import { t } from '../../src/text.ts'

export const pledge = command({
  name: 'pledge',
  zh: '承诺',
  part: 'everybody',
  also: ['党员承诺', '我的承诺', 'my pledge'],
  summary: t('写今年的承诺，说哪条做到了；支委审承诺', 'This year’s pledge: write it, say what was kept; the committee looks at it'),
  usage: t('承诺；承诺 支部；承诺 审；承诺 廉政', 'pledge; pledge branch; pledge review; pledge integrity'),
  rights: ['pledge', 'reviewPledges'],
  async answer(ctx, rest): Promise<Answer> {
    const here = memberOrRefuse(ctx)
    const shown = await shownFor(here, rest.trim())
    return here.chat.isGroup ? inDirectChat(here, shown) : shown
  },
})

async function shownFor(here: KnownContext, line: string): Promise<Message> {
  const { actor, db, now } = here
  const [messages, { runningYear }] = await Promise.all([import('../../db/pledges/messages.ts'), import('../../db/pledges/submit.ts')])
  const year = runningYear(now)
  if (/^(?:廉政|廉政承诺|integrity)$/iu.test(line)) return integrityShownFor(here)
  const [[branch]] = actor.branch ? await lookUp(db, [branchById(db, actor.branch)]) : [[]]
  if (/^(?:审|审核|待审|review)$/iu.test(line)) {
    const lineage = actor.seats.flatMap(({ committee }) => committee ?? [])
    mayOrRefuse(actor, 'reviewPledges', {
      ...(branch ? placeOf(branch) : { unit: actor.unit }),
      ...(lineage.length > 0 ? { lineage } : {}),
    })
    await refuseUnlessUsed(db, 'pledges', branch?.id ?? null, now)
    return messages.pledgeReview({ subject: messages.pledgesSubject(branch?.id ?? actor.id), viewer: actor.id, year })
  }
  if (!branch) refuse('你不在支部的名单上，不用承诺。', 'You are on no branch’s roster and need not pledge.')
  mayOrRefuse(actor, 'pledge', placeOf(branch))
  await refuseUnlessUsed(db, 'pledges', branch.id, now)
  if (/^(?:支部|支部的|全部|大家的|branch|all)$/iu.test(line))
    return messages.branchPledges({ subject: messages.pledgesSubject(branch.id), branch: branch.id, year })
  return messages.ownPledge({ subject: messages.ownPledgeSubject(actor.id), member: actor.id, year })
}

/** `/承诺 廉政`: an officer's own card; for an assessor the text that the committee sets. */
async function integrityShownFor({ actor, db, now }: KnownContext): Promise<Message> {
  const [messages, { runningYear }] = await Promise.all([import('../../db/pledges/messages.ts'), import('../../db/pledges/submit.ts')])
  const year = runningYear(now)
  const committee = actor.seats.find(({ role }) => role === 'assessor')?.committee
  if (committee && !actor.branch) return messages.integrityText({ subject: messages.integrityTextSubject(committee), committee, year })
  const [[branch]] = actor.branch ? await lookUp(db, [branchById(db, actor.branch)]) : [[]]
  mayOrRefuse(actor, 'pledge', branch ? placeOf(branch) : { unit: actor.unit })
  await refuseUnlessUsed(db, 'pledges', actor.branch, now)
  const id = actor.branch ?? ''
  return messages.integrity({ subject: messages.integritySubject(id), branch: id, member: actor.id, year })
}
