import * as z from 'zod'
import { actorById } from '../../db/branches/members.ts'
import { type Branch, branchById, committeeById } from '../../db/branches/units.ts'
import { type Db, lookUp, together } from '../../db/client.ts'
import { checkingOf, ownProblems } from '../../db/pledges/checks.ts'
import * as deeds from '../../db/pledges/integrity.ts'
import { integrityTextOf, integrityTextOfCommittee, officersOf, ownIntegrityPledge, wordsOf } from '../../db/pledges/integrity.ts'
import * as messages from '../../db/pledges/messages.ts'
import { runningYear } from '../../db/pledges/submit.ts'
import { refuseUnlessUsed } from '../../db/rulebook/used.ts'
import type { Year } from '../../src/calendar.ts'
import type { Card } from '../../src/card.ts'
import { type Context, mayOrRefuse, memberOrRefuse, placeOf, privately, reply } from '../../src/context.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { LONGEST_INTEGRITY_TEXT, runningHalf } from '../../src/rules/pledges/integrity.ts'
import { t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { openIntegrity, pledgeIntegrity, setIntegrityText } from './buttons.ts'
import { integrityCard, integrityTextCard } from './integrity-card.ts'

async function shownTo(db: Db, branch: Branch, reader: string, year: Year): Promise<Card> {
  const [officers, text, own, problems] = await lookUp(db, [
    officersOf(db, branch.id, year),
    integrityTextOf(db, branch.id, year),
    ownIntegrityPledge(db, reader, year),
    ownProblems(db, reader, year),
  ])
  const words = wordsOf(own.length > 0 ? own : text)
  return integrityCard({ branch: branch.id, branchName: branch.name, year, words, officers, reader, problems })
}

export const integrityView = view({
  message: messages.integrity,
  async show(db, { branch: of, member, year }) {
    const [[branch], [actor]] = await lookUp(db, [branchById(db, of), actorById(db, member)])
    return branch && actor?.branch === branch.id ? shownTo(db, branch, member, year) : null
  },
})

export const integrityTextView = view({
  message: messages.integrityText,
  async show(db, { committee: of, year }) {
    const [[committee], text] = await lookUp(db, [committeeById(db, of), integrityTextOfCommittee(db, of, year)])
    return committee ? integrityTextCard(of, committee.name, year, wordsOf(text), text.length > 0) : null
  },
})

async function branchOf(ctx: Context, id: string) {
  const here = memberOrRefuse(ctx)
  const [[branch]] = await lookUp(here.db, [branchById(here.db, id)])
  return { ...here, branch }
}

export const openIntegrityPress = press({
  button: openIntegrity,
  rights: ['submitSelf'],
  async answer(ctx, { branch: of }) {
    const here = await branchOf(ctx, of)
    const { actor, branch, db, now } = here
    mayOrRefuse(actor, 'submitSelf', branch ? placeOf(branch) : { unit: actor.unit })
    if (!branch) refuse('没有找到这个支部。', 'There is no such branch.')
    await refuseUnlessUsed(db, 'pledges', branch.id, now)
    const year = runningYear(now)
    const [officers] = await lookUp(db, [officersOf(db, branch.id, year)])
    const isChecker = may(actor, 'checkIntegrity', placeOf(branch))
    const mustPledge = officers.some((one) => one.id === actor.id && !one.pledgedAt)
    const shown =
      isChecker && !mustPledge
        ? messages.integrityCheck({
            subject: messages.integritySubject(branch.id),
            branch: branch.id,
            half: runningHalf(now),
            viewer: checkingOf(actor, branch, officers).checker.id,
          })
        : messages.integrity({ subject: messages.integritySubject(branch.id), branch: branch.id, member: actor.id, year })
    await together(db, [reply(privately(here), shown)])
    return { toast: t('已私聊发给你。', 'It is in our direct chat.'), mood: 'success' }
  },
})

export const pledgeIntegrityPress = press({
  button: pledgeIntegrity,
  rights: ['pledge'],
  isPersonal: true,
  async answer(ctx, { branch: of, year }) {
    const { actor, branch, db, now } = await branchOf(ctx, of)
    mayOrRefuse(actor, 'pledge', branch ? placeOf(branch) : { unit: actor.unit })
    if (!branch) refuse('没有找到这个支部。', 'There is no such branch.')
    await refuseUnlessUsed(db, 'pledges', branch.id, now)
    const [text] = await lookUp(db, [integrityTextOf(db, branch.id, year)])
    await deeds.pledgeIntegrity(db, branch, { year, text }, actor, now)
    return { toast: t('已承诺。', 'You have pledged.'), mood: 'success', card: await shownTo(db, branch, actor.id, year) }
  },
})

export const setIntegrityTextPress = press({
  button: setIntegrityText,
  rights: ['assess'],
  isPersonal: true,
  fills: z.object({
    words: z
      .string()
      .max(LONGEST_INTEGRITY_TEXT * 4)
      .nullish(),
  }),
  async answer(ctx, { committee: of, year }, _seen, { words }) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const [[committee]] = await lookUp(db, [committeeById(db, of)])
    mayOrRefuse(actor, 'assess', committee ? { unit: committee.unit, lineage: committee.lineage } : { unit: '' })
    await deeds.setIntegrityText(db, { committee: of, year, words: words ?? '' }, actor, now)
    const [text] = await lookUp(db, [integrityTextOfCommittee(db, of, year)])
    return { toast: t('已定。', 'Set.'), mood: 'success', card: integrityTextCard(of, committee?.name ?? '', year, wordsOf(text), true) }
  },
})
