import * as z from 'zod'
import { type Branch, branchById } from '../../db/branches/units.ts'
import { isConstraint, lookUp, statementOf, together } from '../../db/client.ts'
import { draftById, isExpired } from '../../db/roster/drafts.ts'
import { importRoster, rosterOf } from '../../db/roster/import.ts'
import { messageOf, sheetAsked } from '../../db/roster/received-files.ts'
import { sentence } from '../../src/card.ts'
import { foundOrRefuse, mayOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { t } from '../../src/text.ts'
import { fileView, view } from '../../src/view.ts'
import { importList, readSheet } from './buttons.ts'

const branchNamed = z.object({ branch: z.string() })

const cards = () => import('./roster-card.ts')

export const rosterGuide = view({
  name: 'rosterGuide',
  takes: branchNamed,
  async show(db, { branch }) {
    const [[found]] = await lookUp(db, [branchById(db, branch)])
    return found ? (await cards()).guideCard(found) : null
  },
})

/** The template holds the present roster, so a returned copy changes only the edited cells. */
export const rosterTemplate = fileView({
  name: 'rosterTemplate',
  takes: branchNamed,
  async make(db, { branch }) {
    const [[found], roster] = await lookUp(db, [branchById(db, branch), rosterOf(db, branch)])
    if (!found) return null
    const { rosterTable } = await import('../../src/spreadsheet/roster-table.ts')
    return { name: `${fileName(found.name)}名单.xlsx`, bytes: await rosterTable(found.name, roster) }
  },
})

const fileName = (name: string) =>
  name
    .toWellFormed()
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 40)

export const rosterPreview = view({
  name: 'rosterPreview',
  takes: z.object({ subject: z.string() }),
  async show(db, { subject }, now) {
    const [[draft]] = await lookUp(db, [draftById(db, subject)])
    return draft ? (await cards()).draftCard(db, draft, now) : null
  },
})

export const importListPress = press({
  button: importList,
  rights: ['importRoster'],
  fills: z.record(z.string(), z.unknown()),
  look: ({ db }, { draft }) => [statementOf(draftById(db, draft))] as const,
  async answer(ctx, _sent, [[found]], filled) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const [[branch]] = await lookUp(db, [branchById(db, found?.branch ?? '')])
    const draft = foundOrRefuse(actor, 'importRoster', branch && found, () => placeOf(branch as Branch))
    const { chosen, draftCard, expired, movesSecretary, refuseIfMoved } = await cards()
    if (draft.importedAt)
      return {
        toast: t('这份名单已经导入过了。', 'This list has been imported already.'),
        mood: 'info',
        card: await draftCard(db, draft, now),
      }
    if (!draft.rows || isExpired(draft, now)) return { toast: expired, mood: 'warning', card: sentence(expired) }
    if (draft.rows.people.some(({ grant, vacate }) => grant.length + vacate.length > 0))
      mayOrRefuse(actor, 'grantSeat', placeOf(branch as Branch))
    if (draft.rows.people.some(movesSecretary) && !may(actor, 'grantSecretary', placeOf(branch as Branch)))
      refuse(
        '书记由上级党委考核人或管理员任免，请把表格里书记的改动去掉再发。',
        'The secretary is appointed by the committee’s assessor or an administrator; please take that change out of the list and send it again.',
      )
    await refuseIfMoved(db, draft)
    const after = await importRoster(db, chosen(draft, filled), actor, now)
    return { toast: t('已导入。', 'Imported.'), card: await draftCard(db, after, now), goesOn: after.rows !== null }
  },
})

export const readSheetPress = press({
  button: readSheet,
  rights: ['importRoster'],
  look: ({ db }, { draft }) => [statementOf(draftById(db, draft))] as const,
  async answer(ctx, { sheet }, [[found]]) {
    const { actor, chat, db, now } = memberOrRefuse(ctx)
    const [[branch]] = await lookUp(db, [branchById(db, found?.branch ?? '')])
    const draft = foundOrRefuse(actor, 'importRoster', branch && found, () => placeOf(branch as Branch))
    const more = draft.tally.more
    const other = more?.sheets.find(({ at }) => at === sheet)
    if (!more || !other) refuse('这一页读不到了，请把文件再发一次。', 'This sheet cannot be read any more; please send the file again.')
    const file = {
      messageId: messageOf(draft.file),
      fileKey: more.fileKey,
      name: other.name,
      branch: draft.branch,
      by: actor.id,
      chatId: chat.id,
      at: now,
    }
    await together(db, [sheetAsked(db, file, sheet)]).catch((error) => {
      if (!isConstraint(error)) throw error
      refuse('正在读这个文件，请稍候。', 'This file is being read; please wait a moment.')
    })
    const { draftCard } = await cards()
    return {
      toast: t('正在读，预览马上就到。', 'It is being read; its preview comes in a moment.'),
      card: await draftCard(db, draft, now),
      goesOn: true,
    }
  },
})
