import type { Text } from '../../text.ts'
import { kindOf } from '../gatherings/gatherings.ts'
import { leaveReasonNames } from '../gatherings/leaves.ts'
import { type MeetingMeant, meetingMeant } from '../gatherings/meant.ts'
import { isHalfUnderstood } from './half.ts'
import type { Meaning } from './meaning.ts'
import { above } from './meant-above.ts'
import { boards } from './meant-board.ts'
import { branchWork } from './meant-branch.ts'
import { everybody } from './meant-everybody.ts'
import { papers } from './meant-papers.ts'
import { people } from './meant-people.ts'
import { pledging } from './meant-pledges.ts'
import { recordWork } from './meant-records.ts'
import { voicing } from './meant-voices.ts'
import { leftBehind } from './meant-work.ts'
import { plain } from './plain.ts'
import { type Frame, type Reading, readingOf } from './reading.ts'
import { replies } from './replies.ts'
import { type Called, isKnownConcept, type Piece, piecesOf } from './slots.ts'
import { subjectNames } from './vocabulary.ts'

interface Meant {
  command: string
  /** The line after the command’s name. */
  rest: string
  /** A deed is offered as a button; anything else is answered at once. */
  isDeed: boolean
}

export type Understanding =
  | { found: 'clear'; meant: Meant }
  | { found: 'reply'; say: Text }
  | { found: 'choice' | 'weak'; all: readonly Meant[] }
  | { found: 'nothing'; near: readonly string[] }

/** Longer sentences are stories and notices, which nobody says to a bot to have one thing done. */
const LONGEST = 120
const MOST_OFFERED = 2

const frames: readonly Frame[] = [
  ...[everybody, branchWork, voicing, leftBehind, recordWork, people, papers, pledging, boards, above]
    .flatMap((part) => Object.entries(part))
    .flatMap(([owner, meaning]) => framesOf(owner, meaning, false)),
  ...Object.entries(replies).flatMap(([owner, reply]) => framesOf(owner, reply, true)),
]

function framesOf(owner: string, { frames, takes }: Meaning, isReply: boolean): Frame[] {
  const beside = new Set([...takes.split(/\s+/), 'filler', 'how', 'thanks', 'mark', 'you'])
  return frames.map((frame): Frame => {
    const [words = '', rest = ''] = frame.split(/\??>/)
    const needs = words
      .trim()
      .split(/\s+/)
      .map((one) => one.split('/'))
    return { owner, command: isReply ? null : (owner.split(' ')[0] ?? owner), needs, takes: beside, rest, isDeed: frame.includes('?>') }
  })
}

/** The concepts that a table names and nobody defines; a test keeps it empty. */
export const unknownConcepts = (): string[] =>
  frames.flatMap(({ owner, needs, takes }) =>
    [...needs.flat(), ...takes].filter((name) => name !== '' && !isKnownConcept(name)).map((name) => `${owner}: ${name}`),
  )

/** Finds the meaning of a sentence by its words. A reader of its own knows more of meetings with kind, day and place. */
export function understand(line: string, names: readonly (string | Called)[], now: Date): Understanding {
  const called = names.map((one) => (typeof one === 'string' ? { said: one.toLowerCase(), name: one } : one))
  const read = understandWords(line, called, now)
  const excused = read.found === 'nothing' ? excuseIn(line, called, now) : null
  if (excused) return { found: 'weak', all: [excused] }
  const said = read.found === 'nothing' ? clauseIn(line, called, now) : null
  if (said) return { found: 'weak', all: [said] }
  const isOpen = read.found === 'nothing' || (read.found === 'weak' && read.all[0]?.command === 'meeting')
  const isCall = read.found === 'clear' && read.meant.command === 'meeting' && !/^(?:改期|取消|主持)/u.test(read.meant.rest)
  const meeting = isOpen || isCall ? meetingMeant(line, now) : null
  return meeting && (meeting.does !== 'call' || (isOpen && kindOf(meeting.rest)))
    ? { found: 'clear', meant: { command: 'meeting', rest: lineOf(meeting), isDeed: false } }
    : read
}

const CLAUSES = /[，,；;。！!]/u

/** People give reasons in words of their own. The clause that asks for leave is enough for a button. */
function excuseIn(line: string, names: readonly Called[], now: Date): Meant | null {
  const clauses = line.split(CLAUSES).filter((clause) => clause.trim() !== '')
  if (clauses.length < 2 || !/假|(?<![a-z])leave(?![a-z])|excuse/iu.test(line)) return null
  const read = clauses.map((clause) => understandWords(clause, names, now)).filter(({ found }) => found !== 'nothing')
  const [only, another] = read
  return only?.found === 'clear' && !another && only.meant.command === 'leave' ? only.meant : null
}

/** One clause asks, and the others give its reason in words of their own: 明天党课取消，老师来不了. It must be of the branch’s work. */
function clauseIn(line: string, names: readonly Called[], now: Date): Meant | null {
  const clauses = line.split(CLAUSES).filter((clause) => clause.trim() !== '')
  if (clauses.length < 2 || clauses.length > MOST_CLAUSES || PAST.test(line)) return null
  const read = clauses.map((clause) => ({ clause, it: understandWords(clause, names, now) })).filter(({ it }) => it.found !== 'nothing')
  const only = read.at(-1)
  const isOne = new Set(read.map(({ it }) => (it.found === 'clear' ? it.meant.command : it.found))).size === 1
  return only?.it.found === 'clear' && isOne && isOfTheBranch(line, names, now) ? only.it.meant : null
}

const MOST_CLAUSES = 3

/** The past is told, and nothing is asked of it. */
const PAST = /昨|前[天晚]|上(?:个)?[周月次回]|刚[开才刚参上]|\b(?:yesterday|last|ago)\b/iu

const isOfTheBranch = (clause: string, names: readonly Called[], now: Date): boolean =>
  piecesOf(plain(clause), names, now).some(({ is, from, to }) => is === '$kind' || (subjectNames.has(is) && to - from > 1))

const lineOf = ({ does, rest }: MeetingMeant) => (does === 'call' ? rest : `${does === 'change' ? '改期' : '取消'} ${rest}`)

/** Somebody who was to speak cannot come: that is no leave of the one who says so. */
const ANOTHERS =
  /(?:老师|领导|专家|讲师|主讲人?|嘉宾)们?(?:[今明后]天|临时|有事|周.)?(?:[来到去]不[了成]|不能来|没空|生病|病了)|\b(?:speaker|lecturer|teacher|professor|guest)s? (?:is|are|has|can't|cannot|won't|couldn't) /u

/** Every word must be explained by a frame, a slot or politeness, or else nothing is done. */
function understandWords(line: string, names: readonly Called[], now: Date): Understanding {
  const sentence = plain(line)
  const { said } = sentence
  if (said === '' || said.length > LONGEST) return { found: 'nothing', near: [] }
  const pieces = piecesOf(sentence, names, now)
  const there = new Set(pieces.map(({ is }) => is))
  const readings = frames
    .filter(({ needs }) => needs.every((either) => either.some((one) => there.has(one))))
    .flatMap((frame) => readingOf(said, pieces, frame) ?? [])
    .sort((a, b) => a.unexplained - b.unexplained || b.strength - a.strength || b.frame.needs.length - a.frame.needs.length)
  const best = ofAThing(readings)
  if (!best || there.has('foreign') || (best.frame.owner === 'leave' && ANOTHERS.test(said)))
    return { found: 'nothing', near: nearBy(pieces) }
  const among = distinct(readings.filter((one) => isAsGood(one, best)))
  if (best.unexplained === 0) return clear(among, best)
  if (best.frame.command === null && isHalfUnderstood(said, best)) return clear(among, best)
  const near = distinct(readings.filter(({ unexplained }) => unexplained === best.unexplained))
  const offers = isHalfUnderstood(said, best) ? offered(near) : []
  return offers.length > 0 ? { found: 'weak', all: offers } : { found: 'nothing', near: nearBy(pieces) }
}

/** “How do I” alone asks for help. With a thing it asks for that thing. */
function ofAThing(readings: readonly Reading[]): Reading | undefined {
  const [best] = readings
  if (best?.frame.owner !== 'help' || best.frame.needs[0]?.[0] !== 'how') return best
  const isOfAThing = ({ unexplained, frame }: Reading) =>
    unexplained === best.unexplained && frame.needs.flat().some((is) => subjectNames.has(is))
  return readings.find(isOfAThing) ?? best
}

const isAsGood = (one: Reading, best: Reading) =>
  one.unexplained === best.unexplained && one.strength === best.strength && one.frame.needs.length === best.frame.needs.length

function clear(among: readonly Reading[], best: Reading): Understanding {
  const { command, owner } = best.frame
  if (command === null) return { found: 'reply', say: (replies[owner] as { say: Text }).say }
  const all = offered(among)
  const [first, second] = all
  if (!first) return { found: 'nothing', near: [] }
  return second ? { found: 'choice', all } : { found: 'clear', meant: first }
}

const offered = (readings: readonly Reading[]): Meant[] =>
  readings.flatMap((reading) => (reading.frame.command === null ? [] : [meantBy(reading, reading.frame.command)])).slice(0, MOST_OFFERED)

const distinct = (readings: readonly Reading[]): Reading[] =>
  [...new Map(readings.map((one) => [one.frame.owner, one] as const).reverse()).values()].reverse()

/** The commands whose subject is named, for “the nearest things I can do”. */
function nearBy(pieces: readonly Piece[]): string[] {
  const named = pieces.filter(({ is, from, to }) => subjectNames.has(is) && to - from > 1).map(({ is }) => is)
  return [
    ...new Set(
      frames
        .filter(({ command, needs }) => command && needs[0]?.some((one) => named.includes(one)))
        .flatMap(({ command }) => command ?? []),
    ),
  ].slice(0, 3)
}

/** Somebody else of the family is ill: the leave is for the family. */
const FAMILY =
  /孩子|小孩|女儿|儿子|宝宝|老人|父母|父亲|母亲|爸|妈|爱人|老婆|老公|家人|家属|\b(?:kid|kids|child|children|son|daughter|baby|wife|husband|mother|father|mum|dad|parents?)\b/u

const OTHERS_TOO = /大家|都|各位|我们|咱|同志|全体|所有|你|\b(?:everyone|everybody|all|we|us|our|you have)\b/u

function meantBy({ frame, used, said }: Reading, command: string): Meant {
  const asksHow = used.some(({ is }) => is === 'how') && !frame.needs.flat().includes('how')
  const rest = (FAMILY.test(said) ? frame.rest.replace(leaveReasonNames.sick.zh, leaveReasonNames.family.zh) : frame.rest)
    .replace(/\{(\w+)\}/g, (_, slot: string) => slotIn(used, slot))
    .replace(/\s+/g, ' ')
    .trim()
  // Checking in is a deed that a sentence does, and then it must be one's own.
  const isForOthers = command === 'checkin' && OTHERS_TOO.test(said)
  return { command, rest: asksHow ? '' : rest, isDeed: frame.isDeed || asksHow || isForOthers }
}

function slotIn(used: readonly Piece[], slot: string): string {
  if (slot === 'line') return textOf(used.filter(({ text }) => text !== undefined))
  if (slot !== 'new' && slot !== 'old') return textOf(used.filter(({ is }) => is === `$${slot}`))
  // A time right before the meeting says which meeting. The last other time is the new one, and an earlier one is old as well.
  const isOld = (nth: number) => /^(?:meeting|\$kind|holdMeeting)$/.test(used.slice(nth + 1).find(({ is }) => is !== 'filler')?.is ?? '')
  const [last] = used.flatMap((piece, nth) => (piece.is === '$when' && !isOld(nth) ? [piece] : [])).slice(-1)
  if (slot === 'new') return last?.text ?? ''
  const [old] = used.filter((piece) => piece.is === '$when' && piece !== last)
  return old && last ? `${old.text} 改到` : ''
}

/** Pieces that touch stay together: 每周 and 三下午 are one word of the rhythm. */
const textOf = (pieces: readonly Piece[]) =>
  pieces
    .map(({ text = '', from }, nth) => `${pieces[nth - 1]?.to === from ? '' : ' '}${text}`)
    .join('')
    .trim()
