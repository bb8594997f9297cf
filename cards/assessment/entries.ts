import * as z from 'zod'
import { type Assessed, assessedBranch, toConfirm } from '../../db/assessment/branch-quarter.ts'
import { notesTo } from '../../db/assessment/open-and-close.ts'
import { confirmAttestations, confirmableBy, refuseAttestation, sayOwnEntry } from '../../db/assessment/review.ts'
import type { AttestedAsItStands } from '../../db/assessment/self-assessment.ts'
import { secretariesOfBranches } from '../../db/branches/answering.ts'
import { branchById } from '../../db/branches/units.ts'
import { statementOf } from '../../db/client.ts'
import { isQuarter } from '../../src/calendar.ts'
import { button, type Element, fittingLines, lines } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { form, input, select } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { partOf } from '../../src/rules/standards/standards.ts'
import { spokenDay, spokenPeriod } from '../../src/spoken.ts'
import { asWritten, both, clipped, type Text, t } from '../../src/text.ts'

const LONGEST_REASON = 100
const LISTED_BYTES = 5_000

/**
 * A branch's entries before its assessor, who confirms all or returns one. Activists go unnamed here: their names are
 * the secretary's business.
 */
export function entriesToConfirm({ branch, quarter }: Assessed, waiting: readonly AttestedAsItStands[]): Element[] {
  const listed = fittingLines(waiting.map(waitingLine), LISTED_BYTES)
  const shown = waiting.slice(0, listed.length)
  return [
    lines(t('**登记待确认**', '**Entries to confirm**'), ...listed),
    button(
      t(`确认全部（${shown.length}）`, `Confirm all (${shown.length})`),
      confirmEntries.value({ branch: branch.id, quarter, attestations: shown.map((one) => one.id) }),
      { type: 'primary' },
    ),
    form(
      'refuse',
      [
        select(
          'attestation',
          t('退回哪一条', 'Which to return'),
          shown.map((one, i) => ({ label: both((l) => `${i + 1}. ${waitingNamed(one)[l]}`), value: one.id })),
          { required: true },
        ),
        input('because', t('退回的理由（支部看得到）', 'Reason (the branch sees it)'), { required: true, most: LONGEST_REASON }),
      ],
      { label: t('退回', 'Return it'), value: refuseEntry.value({ branch: branch.id, quarter }) },
    ),
  ]
}

function waitingNamed({ part, period }: AttestedAsItStands): Text {
  const [{ name, standard }, spoken] = [partOf(part), spokenPeriod(period)]
  return t(`（${standard}）${name.zh} · ${spoken.zh}`, `(${standard}) ${name.en} · ${spoken.en}`)
}

function waitingLine(one: AttestedAsItStands, i: number): Text {
  const [what, on, reference] = [waitingNamed(one), spokenDay(one.on), asWritten(one.reference)]
  return t(`${i + 1}\\. ${what.zh}：${on.zh}，${reference.zh}`, `${i + 1}\\. ${what.en}: ${on.en}, ${reference.en}`)
}

const sent = z.object({ branch: id, quarter: z.string().refine(isQuarter) })

export const confirmEntries = press({
  name: 'entries.confirm',
  rights: ['assess'],
  sends: sent.extend({ attestations: z.array(id).max(40) }),
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch))] as const,
  async answer(ctx, { quarter, attestations }, [[found]]) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'assess', found, placeOf)
    const waiting = toConfirm(await assessedBranch(db, branch, quarter, now)).filter((one) => attestations.includes(one.id))
    if (waiting.length === 0) return { toast: t('这些登记都已处理。', 'These entries are settled already.'), mood: 'info' }
    const others = await confirmableBy(db, branch, waiting, actor)
    if (others.length === 0) sayOwnEntry()
    await confirmAttestations(
      db,
      branch,
      quarter,
      others.map((one) => one.id),
      actor,
      now,
    )
    const own = waiting.length - others.length
    return {
      toast: t(
        `已确认 ${others.length} 项。${own > 0 ? `另有 ${own} 项是你自己登记的，请由另一位考核人确认。` : ''}`,
        `${others.length} confirmed.${own > 0 ? ` ${own} you entered yourself: for another assessor to confirm.` : ''}`,
      ),
      mood: 'success',
    }
  },
})

export const refuseEntry = press({
  name: 'entries.refuse',
  rights: ['assess'],
  sends: sent,
  fills: z.object({ attestation: id.nullish(), because: z.string().nullish() }),
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch)), statementOf(secretariesOfBranches(db, [branch]))] as const,
  async answer(ctx, { quarter }, [[found], secretaries], filled) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'assess', found, placeOf)
    const reason = clipped(filled.because ?? '', LONGEST_REASON)
    if (reason === '') refuse('请写明退回的理由。', 'Please give the reason.')
    const one = toConfirm(await assessedBranch(db, branch, quarter, now)).find(({ id }) => id === filled.attestation)
    if (!one) refuse('请选择一条还没有处理的登记。', 'Please choose an entry that is not settled yet.')
    await refuseAttestation(db, { branch, quarter, attestation: one.id, reason }, notesTo(secretaries, now), actor, now)
    return { toast: t('已退回，并告诉了支部。', 'Returned, and the branch is told.'), mood: 'success' }
  },
})
