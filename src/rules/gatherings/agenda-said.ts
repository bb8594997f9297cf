import { itemsIn, onLines } from './agenda.ts'
import { NEXT_LABEL } from './notice.ts'

/** 内容 and 主题 open the agenda only as labels: 主题党日 is a kind of meeting. */
const MARKER =
  /[,，、;；。]?\s*(?:(?<!第[一二三四五六七八九十\d])(?:会议|主要|本次)?(?:议题|议程)(?:如下)?|(?:会议|主要|学习|活动)?(?:内容|主题|事项)(?:如下)?(?=\s*[:：])|(?<![a-z])agenda(?![a-z]))\s*(?:是|为|:|：)?\s*/iu
/** 第一议题 is an institution of its own: it begins the agenda, and its item is called so. */
const FIRST_ITEM = /[,，、;；。]?\s*(?=第一议题)/u

/**
 * Splits a line that calls a meeting where its agenda begins: `…三楼 议题 学习条例；工会工作`. Items that count up from one need no such word. A label of
 * time or place behind the items goes back to the line.
 */
export function agendaSaid(line: string): { before: string; items: string[] } {
  const [found] = [MARKER.exec(line), FIRST_ITEM.exec(line)].filter((one) => one !== null).sort((a, b) => a.index - b.index)
  const from = found ? found.index : countedFrom(line)
  if (from === undefined) return { before: line, items: [] }
  const { items, after } = untilLabel(line.slice(from + (found?.[0].length ?? 0)))
  return { before: [line.slice(0, from).trim(), after].filter((part) => part !== '').join('\n'), items: itemsIn(items) }
}

function untilLabel(text: string): { items: string; after: string } {
  const label = NEXT_LABEL.exec(text)
  return label ? { items: text.slice(0, label.index), after: text.slice(label.index).trim() } : { items: text, after: '' }
}

/** The place of the item that counts 1, if another one counts 2. */
function countedFrom(line: string): number | undefined {
  const first = /(?<=^|[\s,，;；。:：])(?=[（(]?(?:1(?:[)）、．]|[.:：](?!\d))|一[)）、.．]|①))/u.exec(line)
  if (!first || first.index === 0) return undefined
  return onLines(line.slice(first.index)).includes('\n', 1) && itemsIn(line.slice(first.index)).length > 1 ? first.index : undefined
}
