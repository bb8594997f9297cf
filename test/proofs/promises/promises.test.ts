import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { promises } from './table.ts'
import { promisesPage, proofs, strayTags } from './tags.ts'

test('PROMISES.md is what the tests say', () => {
  expect(readFileSync(join(import.meta.dirname, '../../PROMISES.md'), 'utf8'), 'drifted: run npm run promises').toBe(promisesPage())
})

test('every tag stands above a test and names a promise', () => {
  expect(strayTags()).toEqual([])
  expect(proofs().filter(({ id }) => !(id in promises))).toEqual([])
})
