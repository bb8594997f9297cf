import { type Db, lookUp } from '../../db/client.ts'
import { isOutdated, type RulebookDraft } from '../../db/rulebook/drafts.ts'
import { familyOf, lastClosed } from '../../db/rulebook/versions.ts'
import { quarter as quarterAt } from '../../src/calendar.ts'
import { button, type Card, card, type Element, fitting, lines, note, row, sentence, strong, words } from '../../src/card.ts'
import { moduleNames, modulesToLeaveOut } from '../../src/rules/rulebook/modules.ts'
import { type PartId, partOf, standardOf } from '../../src/rules/standards/standards.ts'
import { asWritten, literal, type Text, t } from '../../src/text.ts'
import { saveRules } from './buttons.ts'

export async function draftCard(db: Db, draft: RulebookDraft, now: Date): Promise<Card> {
  if (draft.savedAt) return sentence(saved)
  if (isOutdated(draft, now)) return sentence(rulesExpired)
  const [committees, [closed]] = await lookUp(db, [familyOf(db, draft.committee), lastClosed(db, draft.committee)])
  return previewCard(draft, committees.find((one) => one.id === draft.committee)?.name ?? '', (closed?.quarter ?? '') < quarterAt(now))
}

export const saved = t('这份考核规则已经保存，说「/规则」可以查看。', 'These rules are saved; say “/rules” to see them.')

export const rulesExpired = t(
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
  const module = modulesToLeaveOut.find((one) => one === part)
  if (module) return t(`${moduleNames[module].zh}：${what.zh}`, `${moduleNames[module].en}: ${what.en}`)
  const { standard, name } = partOf(part as PartId)
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
