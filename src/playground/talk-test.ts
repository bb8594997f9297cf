import type { Talk } from './talk.ts'

/** The test's own import, which is none of this file. */
const HARNESS = '../harness'

/** Writes a talk as a Vitest file for `test/playground`, which passes as it stands while the cards say the same. */
export const testOf = (talk: Talk): string => `// biome-ignore-all format: a talk as the playground saved it
import { afterAll, expect, test } from 'vitest'
import type { Talk } from '../../src/playground/talk.ts'
import { aPlayground } from '${HARNESS}/playground.ts'

const talk: Talk = ${JSON.stringify(talk, null, 2)}

const playground = await aPlayground()
afterAll(() => playground.stop())

test('the talk saved on ${talk.from.slice(0, 10)} comes out as it was', async () => {
  expect(await playground.post('replay', talk)).toEqual({ steps: talk.steps.length, differences: [] })
})
`
