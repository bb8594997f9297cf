import * as z from 'zod'
import { lookUp, statementOf } from '../../db/client.ts'
import { isOutdated, rulebookDraft, savedDraft } from '../../db/rulebook/drafts.ts'
import { changeRulebook, type Family, familyOf, inQuarter, latestOf, placeIn, versionsAround } from '../../db/rulebook/versions.ts'
import { addQuarters, day, periodStart, quarter as quarterAt } from '../../src/calendar.ts'
import { sentence } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { spokenQuarter } from '../../src/spoken.ts'
import { t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { saveRules } from './buttons.ts'

const cards = () => import('./drawn.ts')

export const rulebookPreview = view({
  name: 'rulebookPreview',
  takes: z.object({ subject: id }),
  async show(db, { subject }, now) {
    const [[draft]] = await lookUp(db, [rulebookDraft(db, subject)])
    return draft ? (await cards()).draftCard(db, draft, now) : null
  },
})

export const saveRulesPress = press({
  button: saveRules,
  rights: ['editRulebook'],
  look: ({ db }, { draft }) => [rulebookDraft(db, draft)] as const,
  async answer(ctx, sent, [[found]]) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const [committees, versions] = await lookUp(db, [familyOf(db, found?.committee ?? ''), versionsAround(db, found?.committee ?? '')])
    const family: Family = { committees, versions }
    const draft = foundOrRefuse(actor, 'editRulebook', found, ({ committee }) => placeIn(family, committee))
    const { rulesExpired, saved } = await cards()
    if (draft.savedAt) return { toast: saved, mood: 'info', card: sentence(saved) }
    if (isOutdated(draft, now)) return { toast: rulesExpired, mood: 'warning', card: sentence(rulesExpired) }
    if (draft.wrong.length > 0 || draft.sum !== 100 || draft.changes.length === 0)
      refuse('表格里还有要改的地方，请改好后再发一次。', 'Something in the list is to be corrected; please send it again.')
    const current = quarterAt(now)
    const quarter = sent.from === 'this' ? current : addQuarters(current, 1)
    // A version may have been made, or a quarter begun, between the preview and this press.
    const isMoved = latestOf(family, draft.committee) !== draft.after || addQuarters(current, 1) !== draft.quarter
    const isOtherNow =
      sent.from === 'this' &&
      JSON.stringify(inQuarter(family, draft.committee, current).own) !==
        JSON.stringify(inQuarter(family, draft.committee, draft.quarter).own)
    if (isMoved || isOtherNow)
      refuse(
        '预览之后规则变了，或下季度已另有规则；请说「/规则」再来一次。',
        'The rules changed after this preview, or the next quarter has its own; please start again with “/rules”.',
      )
    const added = [{ from: day(periodStart(quarter)), said: draft.said }]
    const change = { committee: draft.committee, added, after: draft.after }
    await changeRulebook(db, family, change, actor, now, [statementOf(savedDraft(db, draft.id, now))])
    const done = t(`考核规则已保存，${spokenQuarter(quarter).zh}起生效。`, `The rules are saved, from ${spokenQuarter(quarter).en} on.`)
    return { toast: done, mood: 'success', card: sentence(done) }
  },
})
