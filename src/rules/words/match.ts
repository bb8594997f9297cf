import type { Text } from '../../text.ts'
import { kindOf } from '../gatherings/gatherings.ts'
import { type MeetingMeant, meetingMeant } from '../gatherings/meant.ts'
import type { Meaning } from './meaning.ts'
import { above } from './meant-above.ts'
import { branchWork } from './meant-branch.ts'
import { everybody } from './meant-everybody.ts'
import { plain, stepAt, unitsOf } from './plain.ts'
import { replies } from './replies.ts'
import { isKnownConcept, type Piece, piecesOf } from './slots.ts'
import { subjectNames } from './vocabulary.ts'

export interface Meant {
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
/** A word that nobody explains costs more than any number of words that are. */
const UNEXPLAINED = 100
const ELSEWHERE = 50

interface Frame {
  owner: string
  command: string | null
  needs: readonly (readonly string[])[]
  takes: ReadonlySet<string>
  rest: string
  isDeed: boolean
}

const frames: readonly Frame[] = [
  ...[everybody, branchWork, above].flatMap((part) => Object.entries(part)).flatMap(([owner, meaning]) => framesOf(owner, meaning, false)),
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

/** Commands whose sentences are declared. */
export const spokenFor: ReadonlySet<string> = new Set(frames.flatMap(({ command }) => command ?? []))

/** Finds the meaning of a sentence by its words. A reader of its own knows more of meetings with kind, day and place. */
export function understand(line: string, names: readonly string[], now: Date): Understanding {
  const read = understandWords(line, names, now)
  const isOpen = read.found === 'nothing' || (read.found === 'weak' && read.all[0]?.command === 'meeting')
  const meeting = isOpen ? meetingMeant(line, now) : null
  return meeting && (meeting.does !== 'call' || kindOf(meeting.rest)) ? { found: 'clear', meant: { command: 'meeting', rest: lineOf(meeting), isDeed: false } } : read
}

const lineOf = ({ does, rest }: MeetingMeant) => (does === 'call' ? rest : `${does === 'change' ? '改期' : '主持'} ${rest}`)

/** Every word must be explained by a frame, a slot or politeness, or else nothing is done. */
function understandWords(line: string, names: readonly string[], now: Date): Understanding {
  const sentence = plain(line)
  const { said } = sentence
  if (said === '' || said.length > LONGEST) return { found: 'nothing', near: [] }
  const pieces = piecesOf(sentence, names, now)
  const there = new Set(pieces.map(({ is }) => is))
  const readings = frames
    .filter(({ needs }) => needs.every((either) => either.some((one) => there.has(one))))
    .flatMap((frame) => readingOf(said, pieces, frame) ?? [])
    .sort((a, b) => a.unexplained - b.unexplained || b.strength - a.strength || b.frame.needs.length - a.frame.needs.length)
  const [best] = readings
  if (!best || there.has('foreign')) return { found: 'nothing', near: nearBy(pieces) }
  const among = distinct(readings.filter((one) => isAsGood(one, best)))
  if (best.unexplained === 0) return clear(among, best)
  if (best.frame.command === null && isHalfUnderstood(said, best)) return clear(among, best)
  const near = distinct(readings.filter(({ unexplained }) => unexplained === best.unexplained))
  const offers = isHalfUnderstood(said, best) ? offered(near) : []
  return offers.length > 0 ? { found: 'weak', all: offers } : { found: 'nothing', near: nearBy(pieces) }
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

/** Denials, the past and exclamations are talk about the thing. They ask for nothing. */
const TALE =
  /过(?![来去几])|[不没别未无了完得真太好很呀昨]|[他她]|前天|终|孩子|家长|老婆|老公|儿子|女儿|朋友|同学|爸|妈|电影|老板|公司|\b(?:he|she|they|his|her|not|no|never|was|were|had|did|went|yesterday|too|so|very)\b|n't/u

/** A question about the branch’s work may deny: 哪些项没得分. It is still not about other people’s things. */
const QUESTION = /[吗谁哪几?]|什么|怎么|如何|多少|\b(?:what|how|which|who|where|when)\b/u
const OTHERS = /[他她]|\b(?:he|she|they|his|her)\b|老婆|老公|儿子|女儿|朋友|同学|电影|老板|公司/u

/** Somebody who wants something asks for it. */
const ASKS =
  /麻烦|组织|开展|[请帮把给想要查看找?吗谁哪几怎如发]|什么|多少|需要|能不能|可以|\b(?:explain|put|list|launch|compare|book|open|start|call|organise|organize|requesting|tell|please|how|what|who|can|could|want|show|where|when|which|need|any|is there|let|help|give|send|i would)\b/u

function isHalfUnderstood(said: string, { unexplained, used, loose, riddles, frame }: Reading): boolean {
  const [kinds, meets] = [used.some(({ is }) => is === '$kind'), used.some(({ is }) => /eeting$|^\$kind$/.test(is))]
  const isExcuse = meets && used.some(({ is }) => is === 'cannotCome')
  const isNotice = kinds && frame.command === 'meeting' && used.some(({ is }) => is === '$when')
  const named = used.filter(({ is, from, to }) => (subjectNames.has(is) || is === '$kind') && to - from > 1)
  const isOurs = kinds || isExcuse || named.some(({ from, to }) => OURS.test(said.slice(from, to)))
  // Two fifths may be unknown beside a word that only a branch has, an eighth beside any other.
  const isFramed = frame.needs.length > 1
  const most = isOurs ? 2 / 5 : 1 / 8
  const isAsked = isExcuse || isNotice || (isOurs && riddles.trim() === '') || ASKS.test(said)
  return (
    (isExcuse || isFramed || named.length > 0) &&
    unexplained <= unitsOf(said) * most &&
    isAsked &&
    !(isExcuse || (isOurs && QUESTION.test(said)) ? OTHERS : TALE).test(loose)
  )
}

/** Words that people say of nothing but a branch’s work. */
const OURS =
  /签到|请.{0,2}假|[病事]假|谈心|评议|花名册|党小组|党员|积极分子|发展对象|支部|自评|申诉|考核|得分|例会|补课|法定人数|认领|绑定|管理员|投票|表决|换届|改选|考勤|议题|待办|到会|应到|实到|check.?in|(?:for|my|of) leave|ballot|heart-to-heart|our score|secret vote|名单|组长|节放假|roster|probationer|activist|self-assessment|appeal|quorum|attendance|agenda|evaluation/u

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

interface Reading {
  frame: Frame
  unexplained: number
  /** The units that the frame’s own concepts explain. */
  strength: number
  used: readonly Piece[]
  /** The words that stay unexplained, and those among them that no sentence has. */
  loose: string
  riddles: string
  said: string
}

interface Step {
  cost: number
  from: number
  piece: Piece | null
}

/** The cheapest way through the sentence on which every need of the frame is met. */
function readingOf(said: string, pieces: readonly Piece[], { needs, takes, ...frame }: Frame): Reading | null {
  const sets = 1 << needs.length
  const bitsOf = (is: string) => needs.reduce((bits, either, nth) => (either.includes(is) ? bits | (1 << nth) : bits), 0)
  const usable = Map.groupBy(
    pieces.filter(({ is }) => takes.has(is) || bitsOf(is) > 0),
    ({ from }) => from,
  )
  const known = Map.groupBy(
    pieces.filter(({ is, from, to }) => !is.startsWith('$') && !takes.has(is) && bitsOf(is) === 0 && to - from > 1),
    ({ from }) => from,
  )
  const steps: (Step | undefined)[] = Array.from({ length: (said.length + 1) * sets })
  steps[0] = { cost: 0, from: -1, piece: null }
  const reach = (at: number, step: Step) => {
    const known = steps[at]
    if (!known || step.cost < known.cost) steps[at] = step
  }
  for (let at = 0; at < said.length; at++)
    for (let met = 0; met < sets; met++) {
      const from = at * sets + met
      const here = steps[from]
      if (!here) continue
      const { to, units } = stepAt(said, at)
      reach(to * sets + met, { cost: here.cost + units * UNEXPLAINED, from, piece: null })
      // A word that we know from other sentences is less of a riddle than one that we do not know.
      for (const { to } of known.get(at) ?? [])
        reach(to * sets + met, { cost: here.cost + unitsOf(said.slice(at, to)) * ELSEWHERE, from, piece: null })
      for (const piece of usable.get(at) ?? []) {
        const bits = bitsOf(piece.is)
        const isGuess = piece.is === '$name' || piece.is === '$place'
        const cost = here.cost + (isGuess ? piece.to - at : piece.is === 'filler' ? 3 : bits > 0 ? 1 : 2)
        reach(piece.to * sets + (met | bits), { cost, from, piece })
      }
    }
  const used: Piece[] = []
  let loose = ''
  let riddles = ''
  let at = said.length * sets + sets - 1
  let step = steps[at]
  if (!step) return null
  const unexplained = Math.floor(step.cost / ELSEWHERE) / 2
  while (step && step.from >= 0) {
    if (step.piece) used.unshift(step.piece)
    else {
      const [from, to] = [Math.floor(step.from / sets), Math.floor(at / sets)]
      const words = said.slice(from, to)
      loose = `${words}${loose}`
      if (!known.get(from)?.some((piece) => piece.to === to)) riddles = `${words}${riddles}`
    }
    at = step.from
    step = steps[at]
  }
  const strength = used.filter(({ is }) => bitsOf(is) > 0).reduce((sum, { from, to }) => sum + unitsOf(said.slice(from, to)), 0)
  return { frame: { needs, takes, ...frame }, unexplained, strength, used, loose, riddles, said }
}

const OTHERS_TOO = /大家|都|各位|我们|咱|同志|全体|所有|你|\b(?:everyone|everybody|all|we|us|our|you have)\b/u

function meantBy({ frame, used, said }: Reading, command: string): Meant {
  const asksHow = used.some(({ is }) => is === 'how') && !frame.needs.flat().includes('how')
  const rest = frame.rest
    .replace(/\{(\w+)\}/g, (_, slot: string) => slotIn(used, slot))
    .replace(/\s+/g, ' ')
    .trim()
  // Checking in is a deed that a sentence does, and then it must be one's own.
  const isForOthers = command === 'checkin' && OTHERS_TOO.test(said)
  return { command, rest: asksHow ? '' : rest, isDeed: frame.isDeed || asksHow || isForOthers }
}

function slotIn(used: readonly Piece[], slot: string): string {
  if (slot === 'line') return textOf(used.filter(({ text }) => text !== undefined))
  if (slot !== 'new') return textOf(used.filter(({ is }) => is === `$${slot}`))
  // A time right before the meeting says which meeting, and any other time is the new one.
  const isOld = (nth: number) => /^(?:meeting|\$kind|holdMeeting)$/.test(used.slice(nth + 1).find(({ is }) => is !== 'filler')?.is ?? '')
  const [last] = used.flatMap((piece, nth) => (piece.is === '$when' && !isOld(nth) ? [piece] : [])).slice(-1)
  return last?.text ?? ''
}

/** Pieces that touch stay together: 每周 and 三下午 are one word of the rhythm. */
const textOf = (pieces: readonly Piece[]) =>
  pieces
    .map(({ text = '', from }, nth) => `${pieces[nth - 1]?.to === from ? '' : ' '}${text}`)
    .join('')
    .trim()
