import * as z from 'zod'
import { branchById } from '../../db/branches/units.ts'
import { lookUp, statementOf, together } from '../../db/client.ts'
import * as messages from '../../db/duties/messages.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { isQuarter } from '../../src/calendar.ts'
import { foundOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { standards } from '../../src/rules/standards/standards.ts'
import { t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { openEvidence, openStandard } from './buttons.ts'

export const standard = view({
  name: 'standard',
  takes: z.object({ branch: id, quarter: z.string().refine(isQuarter), standard: z.int().min(1).max(30) }),
  async show(db, args, now) {
    const [[branch]] = await lookUp(db, [branchById(db, args.branch)])
    if (!branch) return null
    const { besidesOf, reportsHeard, scoreSheet, standardCard } = await import('./drawn.ts')
    const sheet = await scoreSheet(db, branch, args.quarter, now)
    const scored = sheet.score.standards.find((one) => one.standard === args.standard)
    if (!scored) return null
    const [besides, reports] = [await besidesOf(db, scored, branch.id), await reportsHeard(db, scored)]
    return standardCard(sheet, scored, besides, reports)
  },
})

/** The evidence goes to the presser by direct message, and the group's card stays as it is. */
export const openStandardPress = press({
  button: openStandard,
  rights: ['seeScore'],
  fills: z.object({
    standard: z
      .string()
      .regex(/^([1-9]|[12]\d|30)$/)
      .or(z.literal(''))
      .optional(),
  }),
  look: ({ db }, sent) => [statementOf(branchById(db, sent.branch))] as const,
  async answer(ctx, { quarter }, [[found]], { standard: chosen }) {
    const { actor, db, eventId, now } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'seeScore', found, placeOf)
    const asked = standards.find(({ id }) => String(id) === chosen)
    if (!asked) refuse('请先选一项标准。', 'Please choose a standard first.')
    const shown = standard.args({ branch: branch.id, quarter, standard: asked.id })
    await together(db, [
      statementOf(enqueue(db, { occasion: `direct ${eventId}`, to: { person: actor.openId }, ...shown, dueAt: now, lane: 'answer' })),
    ])
    return { toast: t('依据已私聊发给你。', 'Its evidence is in your direct messages.'), mood: 'success' }
  },
})

/** The field of the choice bears the part's name, since a card may hold several. */
export const openEvidencePress = press({
  button: openEvidence,
  rights: ['seeScore'],
  fills: z.record(z.string().max(40), z.string().max(90).nullish()),
  look: ({ db }, sent) => [statementOf(branchById(db, sent.branch))] as const,
  answer: async (ctx, sent, [[found]], filled) => (await import('./drawn.ts')).openedEvidence(ctx, sent, found, filled),
})

export const attested = view({
  message: messages.attested,
  show: async (db, { attestation }) => (await import('./drawn.ts')).attestedCard(db, attestation),
})
