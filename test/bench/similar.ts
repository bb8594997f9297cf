import { randomBytes } from 'node:crypto'
import { isAmong } from '../../db/talks/alike.ts'
import { vaultWith } from '../../db/vault/vault.ts'
import { likenessTo, namesIn } from '../../src/rules/talks/similar.ts'
import { row } from './report.ts'

/** The opinions of 24 months, one a quarter and person. A branch with ten activists has 80, a large one 300. */
const BRANCHES = [80, 300] as const
const CHARACTERS = 100
const PEOPLE = 60
const ROUNDS = 50
const MOST_MS = 5

const vault = vaultWith(randomBytes(32).toString('base64'), randomBytes)
const key = vault.newKey('branch', 'opinions')
const text = () => Array.from(randomBytes(CHARACTERS), (byte, nth) => String.fromCodePoint(0x4e00 + byte * 7 + nth)).join('')
const names = Array.from({ length: PEOPLE }, () => text().slice(0, 3))

/** The processor's time of the middle round, in milliseconds. */
function middle(work: (words: string) => boolean): number {
  const took = Array.from({ length: ROUNDS }, () => {
    const words = text()
    const began = process.cpuUsage()
    if (work(words)) throw new Error('unlike words are alike')
    const { user, system } = process.cpuUsage(began)
    return (user + system) / 1_000
  })
  return took.toSorted((a, b) => a - b)[ROUNDS / 2] ?? Number.NaN
}

function rate(work: () => unknown): number {
  const began = performance.now()
  let times = 0
  for (; performance.now() - began < 500; times++) work()
  return Math.round((times / (performance.now() - began)) * 1_000)
}

const cell = { table: 'talk_notes' as const, row: 't w', branch: 'branch', version: 1 }
const noted = text().repeat(3)
const sealed = vault.seal(key, cell, noted)
console.log(row('vault', 'seals/s', 'openings/s'))
console.log(
  row(
    '',
    rate(() => vault.seal(key, cell, noted)),
    rate(() => vault.open(key, cell, sealed)),
  ),
)

/** The comparison alone is what is promised; the opening of what is compared stands beside it. */
console.log(row('opinions', 'alike ms', 'needed', 'opened too'))
for (const opinions of BRANCHES) {
  const texts = Array.from({ length: opinions }, text)
  const rows = texts.map((words, nth) => {
    const of = { table: 'opinions' as const, row: `o${nth}`, branch: 'branch', version: 1 }
    return { key, opinion: { id: `o${nth}`, branch: 'branch', version: 1, sealed: vault.seal(key, of, words) } }
  }) as unknown as Parameters<typeof isAmong>[2]
  const alone = middle((words) => {
    const isLike = likenessTo(words, namesIn(names))
    return texts.some(isLike)
  })
  const opened = middle((words) => isAmong(vault, words, rows, names))
  console.log(row(opinions, alone.toFixed(2), `<= ${MOST_MS}`, opened.toFixed(2)))
  if (alone > MOST_MS) process.exitCode = 1
}
