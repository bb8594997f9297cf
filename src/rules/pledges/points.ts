import { type Quarter, quarter } from '../../calendar.ts'
import { type Text, t } from '../../text.ts'

/** A pledge has one to five points, and each is a line that fits on the board. */
export const MOST_POINTS = 5
export const LONGEST_POINT = 60
/** The sentence that says why a point was not kept, or why a pledge comes back. */
export const LONGEST_REASON = 120

const plainLine = (typed: string) =>
  typed
    .toWellFormed()
    .replace(/[\p{Cf}\p{Cc}]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()

/** The points as they were typed, empty ones left out, or why they cannot be taken. */
export function pointsFrom(typed: readonly (string | null | undefined)[]): { points: string[] } | { wrong: Text } {
  const points = [...new Set(typed.map((one) => plainLine(one ?? '')).filter((one) => one !== ''))]
  if (points.length === 0) return { wrong: t('至少写一条。', 'Please write one point at least.') }
  if (points.length > MOST_POINTS)
    return { wrong: t(`最多 ${MOST_POINTS} 条，请合并几条。`, `At most ${MOST_POINTS} points; please join some.`) }
  const long = points.findIndex((one) => [...one].length > LONGEST_POINT)
  if (long === -1) return { points }
  const size = [...(points[long] ?? '')].length
  return {
    wrong: t(
      `第 ${long + 1} 条有 ${size} 个字，请缩到 ${LONGEST_POINT} 字以内。`,
      `Point ${long + 1} has ${size} characters; please shorten it to ${LONGEST_POINT}.`,
    ),
  }
}

/** Words that fit every pledge and tell nobody what will be done. */
const empty =
  /努力|加强|认真|进一步|争取|不断|积极|自觉|始终|坚决|全面|扎实|切实|严格|提高|提升|增强|改进|做好|做到|落实|履行|完成|工作|学习|服务|素质|能力|水平|思想|觉悟|责任|职责|任务|本职|本领|作用|先锋|模范|带头|发挥|自己|自身|各项|更加|继续|把|的|地|得|和|与|好|更|在|中|要|我|will|work|harder|hard|try|to|my|best|do|better|improve|study|learn|more|be|good|i|and|the|a|diligently|earnestly|strive|further|strengthen/giu

/** A point without an object, a figure or a day. It is answered with a hint and never refused. */
export const isVague = (point: string): boolean =>
  !/\d|[一二两三四五六七八九十百]\s*(?:次|个|篇|名|项|天|周|月|年|小时|场|件|人)/u.test(point) &&
  [...point.replace(empty, '').replace(/[\p{P}\p{S}\s]+/gu, '')].length < 3

/**
 * Whether a person may submit a version now. A version that waits or came back may be written anew at any
 * time. An accepted pledge is changed once a quarter.
 */
export function mayChange(versions: readonly { submittedAt: Date; isAccepted: boolean }[], now: Date): boolean {
  const [, ...changes] = versions.filter(({ isAccepted }) => isAccepted)
  const running: Quarter = quarter(now)
  return changes.every(({ submittedAt }) => quarter(submittedAt) !== running)
}
