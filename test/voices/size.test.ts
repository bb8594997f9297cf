import { expect, test } from 'vitest'
import { inboxCard } from '../../cards/voices/inbox-card.ts'
import { suggestCard } from '../../cards/voices/suggest-card.ts'
import { voiceCard } from '../../cards/voices/voice-card.ts'
import type { Voice } from '../../db/voices/inbox.ts'
import { moment } from '../../src/calendar.ts'
import { findings } from '../harness/browser/judged.ts'

const at = moment('2026-10-08', '09:00')
const aVoice = (name: string, nth: number): Voice => ({
  id: `${nth}`.padStart(20, 'v'),
  unit: 'unit',
  branch: 'branch',
  kind: 'suggestion',
  version: 1,
  author: 'm',
  codeHash: null,
  cameOn: '2026-10-08',
  about: null,
  aboutId: null,
  meant: null,
  toUpper: false,
  theme: null,
  dueOn: '2026-10-21',
  promisedOn: '2026-10-21',
  decidesAbove: false,
  takenBy: 'm',
  takenAt: at,
  isOpen: true,
  isShuffled: true,
  branchName: name,
  lineage: [],
  authorName: name,
  takenByName: name,
})

test.each(['王芳', '"\\'.repeat(20), '😀'.repeat(20), '**<at>'.repeat(6)])('cards full of “%s” fit into 30,000 bytes', (name) => {
  const people = Array.from({ length: 12 }, (_, nth) => ({ id: `m${nth}`.padStart(20, 'm'), name, openId: 'o' }))
  const words = name.repeat(500).slice(0, 500)
  const answer = { outcome: 'adopted' as const, words, at, by: 'm', solved: false }
  const cards = [
    inboxCard(
      Array.from({ length: 31 }, (_, nth) => aVoice(name, nth)),
      at,
    ),
    voiceCard(aVoice(name, 1), words, [{ ...answer, nth: 1 }], people, 'me'),
    suggestCard({ branch: { id: 'b', name }, people: 3, meant: people, code: 'AAAA-BBBB-CCCC' }),
  ]
  expect(findings(cards, 'voices')).toEqual([])
  for (const card of cards) expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(30_000)
})
