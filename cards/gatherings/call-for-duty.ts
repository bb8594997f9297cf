import { branchById } from '../../db/branches/units.ts'
import { statementOf, together } from '../../db/client.ts'
import { callForm } from '../../db/gatherings/messages.ts'
import { foundOrRefuse, memberOrRefuse, placeOf, reply } from '../../src/context.ts'
import { press } from '../../src/press.ts'
import { type AgendaTag, agendaTagNames } from '../../src/rules/gatherings/agenda.ts'
import { t } from '../../src/text.ts'
import { callForDuty } from './buttons.ts'

/** Opens the meeting form in the same chat, with the kind and the items chosen. */
export const callForDutyPress = press({
  button: callForDuty,
  rights: ['answerAlert'],
  look: ({ db }, sent) => [statementOf(branchById(db, sent.branch))] as const,
  async answer(ctx, sent, [[found]]) {
    const { actor, db, newId } = memberOrRefuse(ctx)
    const group = sent.group || undefined
    const branch = foundOrRefuse(actor, 'answerAlert', found, (one) => ({ ...placeOf(one), group }))
    await together(db, [
      reply(ctx, callForm({ branch: branch.id, gathering: newId(), kind: sent.kind, group, agenda: agendaOf(sent.tags ?? []) })),
    ])
    return { toast: t('表单已发在下面，填好时间就行。', 'The form is below; just fill in the time.'), mood: 'success' }
  },
})

/** The items by name, one a line, as the form takes them. */
const agendaOf = (tags: readonly AgendaTag[]) => (tags.length > 0 ? tags.map((tag) => agendaTagNames[tag].zh).join('\n') : undefined)
