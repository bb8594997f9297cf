import * as z from 'zod'
import { together } from '../../db/client.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { rememberCommittee } from '../../db/rulebook/drafts.ts'
import { inQuarter, placeIn, rulesAsked, rulesOf } from '../../db/rulebook/versions.ts'
import { addQuarters, quarter as quarterAt } from '../../src/calendar.ts'
import { foundOrRefuse, memberOrRefuse } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { t } from '../../src/text.ts'
import { fileView } from '../../src/view.ts'

/** The list goes to the presser's direct chat, where it can be sent back. */
export const sendRulebookTemplate = press({
  name: 'rulebookTemplate.send',
  rights: ['editRulebook'],
  sends: z.object({ committee: id }),
  look: ({ db }, { committee }) => rulesAsked(db, committee),
  async answer(ctx, { committee }, [committees, versions]) {
    const { actor, db, now, openId, eventId } = memberOrRefuse(ctx)
    const family = { committees, versions }
    foundOrRefuse(
      actor,
      'editRulebook',
      committees.find((one) => one.id === committee),
      () => placeIn(family, committee),
    )
    await together(db, [
      rememberCommittee(db, openId, committee, now),
      enqueue(db, {
        occasion: `rules ${eventId}`,
        to: { person: openId },
        ...rulebookTemplate.args({ committee }),
        dueAt: now,
        lane: 'answer',
      }),
    ])
    return {
      toast: t(
        '表格已私聊发给你，改好后发回来，先预览再保存。',
        'The list is in our direct chat; change it and send it back, and you see a preview first.',
      ),
      mood: 'success',
    }
  },
})

/** The template holds the next quarter's rules, so a returned copy changes only the edited cells. */
export const rulebookTemplate = fileView({
  name: 'rulebookTemplate',
  takes: z.object({ committee: id }),
  async make(db, { committee }, now) {
    const { family } = await rulesOf(db, committee)
    const found = family.committees.find((one) => one.id === committee)
    if (!found) return null
    const { rulebookTable } = await import('../../src/spreadsheet/rulebook-table.ts')
    const { rulebook: rules } = inQuarter(family, committee, addQuarters(quarterAt(now), 1))
    const name = found.name.replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ').slice(0, 40)
    return { name: `${name}考核规则.xlsx`, bytes: await rulebookTable(found.name, rules) }
  },
})
