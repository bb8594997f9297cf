import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import * as z from 'zod'
import { cardTooLong, checkCard } from '../cards/check.ts'
import type { Fields } from '../cards/walk.ts'
import { needsOf } from './versions.ts'

/** The cards of the test's gallery, by the view's name and what state it is in. `GALLERY=1` on `test/cards.test.ts` writes them anew. */
export const keptFile = z.array(z.strictObject({ name: z.string(), state: z.string(), card: z.record(z.string(), z.unknown()) }))

/** A built product stands in `dist`, beside the sources. */
const places = ['cards.json.gz', '../src/playground/gallery/cards.json.gz'].map((path) => join(import.meta.dirname, path))

async function kept() {
  const [bytes] = (await Promise.all(places.map((path) => readFile(path).catch(() => null)))).filter((one) => one !== null)
  return bytes ? keptFile.parse(JSON.parse(gunzipSync(bytes).toString())) : []
}

export type CardShown = Awaited<ReturnType<typeof galleryShown>>[number]

/** Every kept card with its size, the linter's objection and the clients it needs. */
export const galleryShown = async () =>
  (await kept()).map(({ name, state, card }) => {
    const bytes = Buffer.byteLength(JSON.stringify(card))
    return { name, state, card, bytes, objection: objectionTo(card, bytes), needs: needsOf(card) }
  })

function objectionTo(card: Fields, bytes: number): string | null {
  try {
    checkCard(card, () => true)
    return cardTooLong(bytes) ? 'the card is longer than 30 KB' : null
  } catch (error) {
    return error instanceof Error ? error.message : 'refused'
  }
}

/** A named thing of the gallery stands as `name: state` or `name, state`. */
export function namedAs(hung: string): { name: string; state: string } {
  const [, name = hung, state = ''] = /^([^:,]+)[:,]\s*(.*)$/.exec(hung) ?? []
  return { name, state }
}
