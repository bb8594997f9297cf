import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { verify } from '../../../src/scripts/verify-ballot.ts'
import type { BallotExport } from '../../../src/words/ballot-export.ts'

/** As a forger would who can read what the fingerprint is taken of. */
export function retaken(file: BallotExport): BallotExport {
  const wrong = verify(JSON.stringify({ ...file, fingerprint: '' }))
  expect(wrong.isGood).toBe(false)
  return { ...file, fingerprint: fingerprintOf(file) }
}

function fingerprintOf({ fingerprint: _, ...file }: BallotExport): string {
  const canonical = (value: unknown): string =>
    Array.isArray(value)
      ? `[${value.map(canonical).join(',')}]`
      : typeof value === 'object' && value !== null
        ? `{${Object.keys(value)
            .sort()
            .map((key) => `${JSON.stringify(key)}:${canonical((value as Record<string, unknown>)[key])}`)
            .join(',')}}`
        : JSON.stringify(value)
  return createHash('sha256').update(canonical(file)).digest('hex')
}
