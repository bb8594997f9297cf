import { type Element, fittingLines, folded, lines, note } from '../../src/card.ts'
import { counted, literal, type Text, t } from '../../src/text.ts'

/** A card holds 30 KB: a long list is cut, and its first lines are shown. */
const RESULT_BYTES = 14_000

export function resultShown(results: readonly Text[]): Element[] {
  const shown = fittingLines(results, RESULT_BYTES)
  const left = results.length - shown.length
  return [
    ...(shown.length > 0 ? [lines(...shown)] : []),
    ...(left > 0 ? [note(t(`另有 ${left} 行，见网页。`, `${counted(left, 'more line')}; see the page.`))] : []),
  ]
}

export const MOST_RECEIPTS = 300

/** All receipts, sorted: voters find their own, and nobody can tell whose the others are. */
export function receiptsList(receipts: readonly string[]): Element | null {
  if (receipts.length === 0) return null
  if (receipts.length > MOST_RECEIPTS)
    return note(t(`回执共 ${receipts.length} 个，见网页。`, `${receipts.length} receipts; see the page.`))
  const all = receipts.map(literal).join('　')
  return folded(t(`全部回执（${receipts.length}）`, `All receipts (${receipts.length})`), [
    lines(t(all, all)),
    note(t('按字母排序。找到自己的回执，说明这一票计入了。', 'Sorted. Finding your own shows that your vote was counted.')),
  ])
}
