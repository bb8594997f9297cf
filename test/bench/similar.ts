import { randomBytes } from 'node:crypto'
import { isAmong } from '../../db/talks/alike.ts'
import { vaultWith } from '../../db/vault/vault.ts'
import { row } from './report.ts'

/** A branch with ten activists files this many opinions in 24 months, one a quarter and person. */
const OPINIONS = 80
const CHARACTERS = 100
const ROUNDS = 50
const MOST_MS = 5

/** Measures the vault's seals and openings, and the comparison of an opinion with 24 months of a branch. It counts the processor's time. */
const vault = vaultWith(randomBytes(32).toString('base64'), randomBytes)
const key = vault.newKey('branch', 'opinions')
const text = () => Array.from(randomBytes(CHARACTERS), (byte, nth) => String.fromCodePoint(0x4e00 + byte * 7 + nth)).join('')
const names = Array.from({ length: 60 }, () => text().slice(0, 3))
const rows = Array.from({ length: OPINIONS }, (_, nth) => {
  const cell = { table: 'opinions' as const, row: `o${nth}`, branch: 'branch', version: 1 }
  return { key, opinion: { id: `o${nth}`, branch: 'branch', version: 1, sealed: vault.seal(key, cell, text()) } }
}) as unknown as Parameters<typeof isAmong>[2]

const took: number[] = []
for (let round = 0; round < ROUNDS; round++) {
  const words = text()
  const began = process.cpuUsage()
  if (isAmong(vault, words, rows, names)) throw new Error('unlike words are alike')
  const { user, system } = process.cpuUsage(began)
  took.push((user + system) / 1_000)
}
const median = took.toSorted((a, b) => a - b)[ROUNDS / 2] ?? Number.NaN

const rate = (work: () => unknown) => {
  const began = performance.now()
  let times = 0
  for (; performance.now() - began < 500; times++) work()
  return Math.round((times / (performance.now() - began)) * 1_000)
}
const cell = { table: 'talk_notes' as const, row: 't w', branch: 'branch', version: 1 }
const noted = text().repeat(3)
const sealed = vault.seal(key, cell, noted)
console.log(row('vault', 'seals/s', 'openings/s', 'alike ms', 'needed'))
console.log(
  row(
    '',
    rate(() => vault.seal(key, cell, noted)),
    rate(() => vault.open(key, cell, sealed)),
    median.toFixed(2),
    `<= ${MOST_MS}`,
  ),
)
if (median > MOST_MS) process.exitCode = 1
