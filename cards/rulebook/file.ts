import * as z from 'zod'
import { type Db, lookUp, statementOf } from '../../db/client.ts'
import { isOutdated, type RulebookDraft, rulebookDraft, savedDraft } from '../../db/rulebook/drafts.ts'
import {
  changeRulebook,
  type Family,
  familyOf,
  inQuarter,
  lastClosed,
  latestOf,
  placeIn,
  versionsAround,
} from '../../db/rulebook/versions.ts'
import { addQuarters, day, periodStart, quarter as quarterAt } from '../../src/calendar.ts'
import { button, type Card, card, type Element, fitting, lines, note, row, sentence, strong, words } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { partOf, standardOf } from '../../src/rules/standards/standards.ts'
import { spokenQuarter } from '../../src/spoken.ts'
import { asWritten, literal, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'

export const rulebookPreview = view({
  name: 'rulebookPreview',
  takes: z.object({ subject: id }),
  async show(db, { subject }, now) {
    const [[draft]] = await lookUp(db, [rulebookDraft(db, subject)])
    return draft ? draftCard(db, draft, now) : null
  },
})

async function draftCard(db: Db, draft: RulebookDraft, now: Date): Promise<Card> {
  if (draft.savedAt) return sentence(saved)
  if (isOutdated(draft, now)) return sentence(expired)
  const [committees, [closed]] = await lookUp(db, [familyOf(db, draft.committee), lastClosed(db, draft.committee)])
  return previewCard(draft, committees.find((one) => one.id === draft.committee)?.name ?? '', (closed?.quarter ?? '') < quarterAt(now))
}

const saved = t('这份考核规则已经保存，说「/规则」可以查看。', 'These rules are saved; say “/rules” to see them.')
const expired = t(
  '这份预览已过期，没有保存；请把表格再发一次。',
  'This preview has expired and nothing was saved; please send the list again.',
)

function previewCard(draft: RulebookDraft, committee: string, mayBeNow: boolean): Card {
  const { changes, wrong, sum } = draft
  const isRight = wrong.length === 0 && sum === 100 && changes.length > 0
  return card(
    t('考核规则预览', 'Preview of the rules'),
    [
      words(
        t(`权重合计 **${sum}**${sum === 100 ? '' : '，须为 100'}`, `Weights sum to **${sum}**${sum === 100 ? '' : ', which must be 100'}`),
      ),
      section(t('有误，改好后再发', 'Wrong; please correct and send again'), wrong.map(wrongLine)),
      section(t('改动', 'Changes'), changes.map(changeLine)),
      changes.length === 0 ? words(t('没有改动。', 'Nothing is changed.')) : null,
      isRight
        ? row(
            button(t('下季度起生效', 'From the next quarter on'), saveRules.value({ draft: draft.id, from: 'next' }), {
              type: 'primary_filled',
            }),
            ...(mayBeNow ? [button(t('本季度起生效', 'From this quarter on'), saveRules.value({ draft: draft.id, from: 'this' }))] : []),
          )
        : null,
      note(t('按下之前什么都不会改；一天内有效。', 'Nothing changes before you press; valid for a day.')),
    ],
    { subtitle: asWritten(committee), colour: isRight ? 'blue' : 'orange' },
  )
}

const wrongLine = ({ row: at, name, why }: RulebookDraft['wrong'][number]): Text =>
  at === 0
    ? t(`${literal(name)}：${why.zh}`, `${literal(name)}: ${why.en}`)
    : t(`第 ${at} 行 ${literal(name)}：${why.zh}`, `Row ${at}, ${literal(name)}: ${why.en}`)

function changeLine({ part, what }: RulebookDraft['changes'][number]): Text {
  const { standard, name } = partOf(part)
  const of = standardOf(standard).parts.length > 1 ? name : standardOf(standard).name
  return t(`（${standard}）${of.zh}：${what.zh}`, `(${standard}) ${of.en}: ${what.en}`)
}

const SECTION_BYTES = 8_000
const MOST_LINES = 30

function section(title: Text, all: readonly Text[]): Element | null {
  if (all.length === 0) return null
  const fit = fitting(all.slice(0, MOST_LINES), ({ zh, en }) => zh + zh + en, SECTION_BYTES, 0)
  const left = all.length - fit.length
  return lines(strong(title), ...fit, left > 0 && t(`……还有 ${left} 处`, `… and ${left} more`))
}

export const saveRules = press({
  name: 'rulebookPreview.save',
  rights: ['editRulebook'],
  sends: z.object({ draft: id, from: z.enum(['this', 'next']) }),
  look: ({ db }, { draft }) => [rulebookDraft(db, draft)] as const,
  async answer(ctx, sent, [[found]]) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const [committees, versions] = await lookUp(db, [familyOf(db, found?.committee ?? ''), versionsAround(db, found?.committee ?? '')])
    const family: Family = { committees, versions }
    const draft = foundOrRefuse(actor, 'editRulebook', found, ({ committee }) => placeIn(family, committee))
    if (draft.savedAt) return { toast: saved, mood: 'info', card: sentence(saved) }
    if (isOutdated(draft, now)) return { toast: expired, mood: 'warning', card: sentence(expired) }
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
