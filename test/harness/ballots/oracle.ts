import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs'

/** The evidence of somebody who wants to know who chose what. The key is never in it, unless a field says so. */
export interface Evidence {
  ballot: string
  /** Who voted, in any order that is lying about. */
  voters: Readonly<Record<string, readonly string[]>>
  /** The sealed pieces as the database held them before the close. */
  rows: readonly { key: string; sealed: string }[]
  /** The file as it was copied then. */
  copy: string
  /** The pages that each vote brought into the journal, watched during the vote. */
  journal: readonly string[]
  /** All tables after the close, and all logs, line by line. */
  lines: readonly string[]
  /** The published figures. */
  tally: Readonly<Record<string, number>>
  /** The rest of the result, in its order. */
  kept: unknown
  open?(sealed: string): string | null
  /** How it stands in the bytes of a table that somebody has voted. */
  took(voter: string): string
}

/** For each voter what they are thought to have chosen: as often in all as it was published. */
export type Guess = ReadonlyMap<string, string>

/** Each way of guessing, for one ballot. */
export function guesses(evidence: Evidence): Map<string, Guess> {
  const found = new Map<string, Guess>()
  const { voters, rows } = evidence
  const orders = Object.entries(ordersOf(evidence))
  const together = linkedByJournal(evidence)
  for (const [decoder, decode] of Object.entries(decodersOf(evidence))) {
    found.set(`journal, ${decoder}`, filledUp(evidence, decoded(together, decode)))
    for (const [whose, order] of Object.entries(voters))
      for (const [which, pieces] of orders)
        found.set(`${whose} beside ${which}, ${decoder}`, filledUp(evidence, sideBySide(order, pieces, rows.length, decode)))
  }
  for (const [whose, order] of Object.entries(voters))
    found.set(`${whose} beside the result`, filledUp(evidence, pairs(order, inOrderKept(evidence))))
  found.set('lines that name both', filledUp(evidence, readFromLines(evidence)))
  return found
}

type Decode = (sealed: string) => string | null

/** The possible tells of a sealed piece: its words, its length, its likeness to another, its first bytes. */
function decodersOf({ rows, tally, open }: Evidence): Record<string, Decode> {
  const choices = Object.keys(tally)
  const read: Decode = (text) => choices.find((choice) => text.includes(`"${choice}"`)) ?? null
  const words: Decode = (sealed) => read(sealed) ?? read(Buffer.from(sealed, 'base64url').toString('latin1'))
  return {
    'by its words': words,
    'by its length': bySize(tally, rows, ({ length }) => String(length)),
    'by its likeness': bySize(tally, rows, (sealed) => sealed),
    'by its first byte': (sealed) => choices[(Buffer.from(sealed, 'base64url')[0] ?? 0) % choices.length] ?? null,
    ...(open ? { opened: (sealed: string) => read(open(sealed) ?? '') } : {}),
  }
}

/** Pieces that are alike in something are taken for the choice that was made as often. */
function bySize(tally: Evidence['tally'], rows: Evidence['rows'], featureOf: (sealed: string) => string): Decode {
  const sizes = new Map<string, number>()
  for (const { sealed } of rows) sizes.set(featureOf(sealed), (sizes.get(featureOf(sealed)) ?? 0) + 1)
  const meaning = new Map<string, string>()
  for (const [choice, count] of Object.entries(tally)) {
    const like = [...sizes].find(([feature, size]) => size === count && !meaning.has(feature))
    if (like) meaning.set(like[0], choice)
  }
  return (sealed) => meaning.get(featureOf(sealed)) ?? null
}

const PAGE = 4_096

function ordersOf({ rows, copy }: Evidence): Record<string, string[]> {
  const found = rows.map(({ key, sealed }) => ({ key, sealed, place: copy.indexOf(key) }))
  // A row that comes later is put before the others of its page. How far along it is there is how late it came.
  const late = [...Map.groupBy(found, ({ place }) => Math.floor(place / PAGE)).values()].flatMap((within) =>
    within.toSorted((a, b) => b.place - a.place).map(({ sealed }, nth) => ({ sealed, late: (nth + 0.5) / within.length })),
  )
  return {
    'the keys': found.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(({ sealed }) => sealed),
    'the bytes': found.toSorted((a, b) => a.place - b.place).map(({ sealed }) => sealed),
    'the pages': late.toSorted((a, b) => a.late - b.late).map(({ sealed }) => sealed),
  }
}

/** Rows that came into the journal together belong together: a voter, and the pieces beside them. */
function linkedByJournal({ took, voters, rows, journal }: Evidence): { voter: string; pieces: string[] }[] {
  const people = new Map((Object.values(voters)[0] ?? []).map((member) => [member, took(member)]))
  const keys = new Map(rows.map((row) => [row, row.key]))
  return journal.flatMap((text) => {
    const [voter] = freshIn(text, people)
    const pieces = freshIn(text, keys).map(({ sealed }) => sealed)
    return voter ? [{ voter, pieces }] : []
  })
}

/** Those who stand in the text. They are new there, so they are looked for no more. */
function freshIn<T>(text: string, left: Map<T, string>): T[] {
  const found = [...left].filter(([, words]) => text.includes(words)).map(([one]) => one)
  for (const one of found) left.delete(one)
  return found
}

function decoded(together: ReturnType<typeof linkedByJournal>, decode: Decode): Map<string, string> {
  const guess = new Map<string, string>()
  for (const { voter, pieces } of together) {
    const choice = pieces.map(decode).find((one) => one !== null)
    if (choice) guess.set(voter, choice)
  }
  return guess
}

/** The first voter beside the first pieces, and so on. */
function sideBySide(order: readonly string[], pieces: readonly string[], many: number, decode: Decode): Map<string, string> {
  const each = many / order.length
  const choices = order.map((_, nth) =>
    pieces
      .slice(nth * each, (nth + 1) * each)
      .map(decode)
      .find((one) => one !== null),
  )
  return pairs(order, choices)
}

const pairs = (order: readonly string[], choices: readonly (string | null | undefined)[]) =>
  new Map(order.flatMap((member, nth): [string, string][] => (choices[nth] ? [[member, choices[nth]]] : [])))

/** A kept list is taken in its order; counts give each choice as often as it was made. */
function inOrderKept({ kept, tally }: Evidence): string[] {
  const text = JSON.stringify(kept)
  const list = [...text.matchAll(/"(\w+)"/g)].map(([, word]) => word ?? '').filter((word) => word in tally)
  return list.length > Object.keys(tally).length ? list : list.flatMap((choice) => Array<string>(tally[choice] ?? 0).fill(choice))
}

function readFromLines({ ballot, lines, voters, tally }: Evidence): Map<string, string> {
  const guess = new Map<string, string>()
  const about = lines.filter((line) => line.includes(ballot))
  for (const member of Object.values(voters)[0] ?? []) {
    const said = about
      .filter((line) => line.includes(member))
      .flatMap((line) => Object.keys(tally).filter((one) => line.includes(`"${one}"`)))
    if (said[0]) guess.set(member, said[0])
  }
  return guess
}

/** As often as was published: misfits are dropped, and the remaining voters get the remaining choices. */
function filledUp({ voters, tally }: Evidence, sure: ReadonlyMap<string, string>): Guess {
  const left = new Map(Object.entries(tally))
  const guess = new Map<string, string>()
  const take = (member: string, choice: string | undefined) => {
    if (!choice || !left.get(choice)) return
    left.set(choice, (left.get(choice) ?? 0) - 1)
    guess.set(member, choice)
  }
  for (const [member, choice] of sure) take(member, choice)
  for (const member of Object.values(voters)[0] ?? []) if (!guess.has(member)) take(member, [...left].find(([, many]) => many > 0)?.[0])
  return guess
}

/** Tells how far the hits of one way of guessing are from chance, in standard deviations. Chance matches guesses with votes at random. */
export function beyondChance(all: readonly { guess: Guess; truth: ReadonlyMap<string, string> }[]): { share: number; sigmas: number } {
  let [hits, voters, expected, variance] = [0, 0, 0, 0]
  for (const { guess, truth } of all) {
    const sizes = [...Map.groupBy(truth.values(), (choice) => choice).values()].map(({ length }) => length)
    const n = truth.size
    const mean = sizes.reduce((sum, size) => sum + (size / n) ** 2, 0)
    voters += n
    hits += [...truth].filter(([member, choice]) => guess.get(member) === choice).length
    expected += n * mean
    for (const [nth, a] of sizes.entries())
      for (const [other, b] of sizes.entries()) variance += (a * b * ((nth === other ? 1 : 0) - a / n - b / n + mean) ** 2) / (n - 1)
  }
  return { share: hits / voters, sigmas: (hits - expected) / Math.sqrt(variance) }
}

/** Reads what was added to a journal since the last look. A journal that was begun anew is read from its beginning. */
export function journalWatcher(path: string) {
  let read = 0
  let begun = ''
  return (): string => {
    if (!existsSync(path)) return ''
    const file = openSync(path, 'r')
    try {
      const head = Buffer.alloc(32)
      readSync(file, head, 0, 32, 0)
      const salt = head.subarray(16, 24).toString('hex')
      const from = salt === begun ? read : 0
      begun = salt
      const bytes = Buffer.alloc(Math.max(0, fstatSync(file).size - from))
      readSync(file, bytes, 0, bytes.length, from)
      // Behind what was written last lie frames of before, which bear another salt.
      let end = from === 0 ? 32 : 0
      while (end < bytes.length && bytes.subarray(end + 8, end + 16).toString('hex') === salt) end += 24 + PAGE
      read = from + end
      return bytes.subarray(0, end).toString('latin1')
    } finally {
      closeSync(file)
    }
  }
}

/** Returns the pages of each commit in a copied journal. It ends where frames of before begin, which bear another salt. */
export function commitsIn(journal: Uint8Array): string[] {
  const bytes = Buffer.from(journal)
  const salt = bytes.subarray(16, 24)
  const commits: string[] = []
  let open = ''
  for (let at = 32; at + 24 + PAGE <= bytes.length && bytes.subarray(at + 8, at + 16).equals(salt); at += 24 + PAGE) {
    open += bytes.subarray(at + 24, at + 24 + PAGE).toString('latin1')
    if (bytes.readUInt32BE(at + 4) === 0) continue
    commits.push(open)
    open = ''
  }
  return commits
}
