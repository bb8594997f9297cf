import { stepAt, unitsOf } from './plain.ts'
import type { Piece } from './slots.ts'

/** A word that nobody explains costs more than any number of words that are. */
const UNEXPLAINED = 100
const ELSEWHERE = 50

export interface Frame {
  owner: string
  command: string | null
  needs: readonly (readonly string[])[]
  takes: ReadonlySet<string>
  rest: string
  isDeed: boolean
}

export interface Reading {
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
export function readingOf(said: string, pieces: readonly Piece[], { needs, takes, ...frame }: Frame): Reading | null {
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
        const isGuess = /^\$(?:name|place|topic)$/.test(piece.is)
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
