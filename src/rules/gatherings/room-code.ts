import { createHmac } from 'node:crypto'

export const WINDOW_MS = 5 * 60_000

/** Four digits that hold for five minutes; somebody who sees them is in the room. */
export const roomCode = (secret: string, at: Date): string => codeOf(secret, windowAt(at))

/** The code before this one still counts: it was read out a moment ago. Five tries allow nobody to learn from timing. */
export const isRoomCode = (secret: string, given: string, at: Date): boolean =>
  [windowAt(at), windowAt(at) - 1].some((window) => codeOf(secret, window) === given)

/** The moment when the present code gives way to the next. */
export const codeChangesAt = (at: Date): Date => new Date((windowAt(at) + 1) * WINDOW_MS)

/** The moment since which the present code holds. */
export const codeSince = (at: Date): Date => new Date(windowAt(at) * WINDOW_MS)

const windowAt = (at: Date) => Math.floor(at.getTime() / WINDOW_MS)

/** Rejection sampling would be fairer by one in half a million; nobody can use that to guess. */
function codeOf(secret: string, window: number): string {
  const mac = createHmac('sha256', secret).update(String(window)).digest()
  return String(mac.readUInt32BE(0) % 10_000).padStart(4, '0')
}

const SAID = /[,，、;；]?\s*(?:(?:需要|要|用|带|with\s+(?:a\s+)?)?\s*(?:现场码|签到码|(?<![a-z])room\s*code(?![a-z])))\s*/iu

/** Whether a line asks for a room code, and the rest of the line. */
export function roomCodeSaid(line: string): { isAsked: boolean; rest: string } {
  const rest = line.replace(SAID, ' ')
  return { isAsked: rest !== line, rest }
}
