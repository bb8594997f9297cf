import type { Text } from '../text.ts'
import { isObject } from './cards/walk.ts'
import type { Feishu } from './feishu/feishu.ts'

/** One step on the way to a first meeting. The visitor presses the buttons; the tour only leads to the card. */
export interface TourStep {
  words: Text
  as: string
  /** Empty for the person's direct chat with the bot. */
  chat: string
  says?: Text
  until?: Date
  /** The step is too late from this time on; the tour then begins anew. */
  before?: Date
  /** The name of the button to press, as its value bears it. Without one any press there will do. */
  press?: string
}

/** The steps of a tour whose first words were said at `since`. */
export type Tour = (since: Date) => readonly TourStep[]

/** Returns how far a visitor has come, whatever the clock did. The times count from the last saying of the first words. */
export function tourProgress(feishu: Feishu, tour: Tour, now: Date): (TourStep & { isDone: boolean })[] {
  const [first] = tour(now)
  const begun = first?.says && lastSaid(feishu, first)
  if (!begun) return tour(now).map((step) => ({ ...step, isDone: false }))
  let isOnTheWay = true
  const steps = tour(begun).map((step) => {
    isOnTheWay &&= isDone(feishu, step, begun, now)
    return { ...step, isDone: isOnTheWay }
  })
  const next = steps.find((step) => !step.isDone)
  return next?.before && now >= next.before ? tour(now).map((step) => ({ ...step, isDone: false })) : steps
}

function isDone(feishu: Feishu, step: TourStep, begun: Date, now: Date): boolean {
  if (step.until) return now >= step.until
  if (step.says) return (lastSaid(feishu, step) ?? new Date(0)) >= begun
  return feishu.log.some(
    ({ at, status, payload }) => at >= begun && status === 200 && payload !== undefined && isPressOf(feishu, payload, step),
  )
}

const lastSaid = (feishu: Feishu, { as, says }: TourStep): Date | undefined =>
  feishu.messages.findLast(
    ({ sender, content }) => sender.id === as && isObject(content) && [says?.zh, says?.en].includes(String(content.text)),
  )?.createdAt

function isPressOf(feishu: Feishu, payload: object, { as, chat, press }: TourStep): boolean {
  const event = 'event' in payload && isObject(payload.event) ? payload.event : {}
  if (!isObject(event.context) || !isObject(event.operator) || event.operator.open_id !== as) return false
  const value = isObject(event.action) && isObject(event.action.value) ? event.action.value : {}
  if (press && value.press !== press) return false
  return String(event.context.open_chat_id) === (chat || feishu.dm(as))
}
