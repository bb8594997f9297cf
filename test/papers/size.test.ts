import { expect, test } from 'vitest'
import { paperCard, paperForm } from '../../cards/papers/paper-card.ts'
import { recordFormCard } from '../../cards/papers/record-card.ts'
import { reportCard, reportForm } from '../../cards/papers/report.ts'
import { systemsCard } from '../../cards/papers/systems.ts'
import { workReportCard } from '../../cards/papers/work-report.ts'
import type { Paper } from '../../db/papers/papers.ts'
import type { Report } from '../../db/papers/reports.ts'
import { moment } from '../../src/calendar.ts'
import { LONGEST_PART } from '../../src/rules/papers/words.ts'
import { findings } from '../harness/browser/judged.ts'

const at = moment('2026-10-08', '09:00')
const branch = { id: 'b'.repeat(30), unit: 'unit', committee: 'committee', name: '名'.repeat(30), since: '2026-01-01', lineage: [] }
const next = { id: 'g', kind: 'general' as const, startsAt: at }
const bytes = (card: object) => Buffer.byteLength(JSON.stringify(JSON.stringify(card)))

/** Words that cost most: three bytes each, markup that is written out, lines, quotes, and pairs of halves. */
test.each([['字'], ['('], ['\n'], ['"'], ['😀'], ['\\']])('five full parts of “%s” fit on every card', (one) => {
  const part = one.repeat(LONGEST_PART / one.length)
  const words = [part, part, part, part, part]
  const common = {
    id: 'r',
    branch: branch.id,
    branchName: branch.name,
    unit: 'unit',
    lineage: [],
    words,
    byName: '名'.repeat(30),
    heardAt: at,
  }
  const report: Report = { ...common, period: '2026Q4', kind: 'toMembers', deliveredAt: null, wasMissed: true }
  const paper: Paper = { ...common, kind: 'plan', year: '2026', title: '', place: '', on: null, adoptedAt: null, wasMissed: true }
  const commentary = {
    id: 'c',
    branch: branch.id,
    period: '2026Q4',
    heardOn: '2026-10-08',
    commentary: '评'.repeat(500),
    by: 'm',
    at,
  }
  const cards = [
    reportCard({ branch, period: '2026Q4', it: report, next }),
    reportForm({ branch, period: '2026Q4', it: report, next }, words),
    workReportCard({ branch, period: '2026Q4', it: { ...report, kind: 'upward' }, commentary }),
    paperCard({ branch, kind: 'plan', year: '2026', it: paper, next }),
    paperForm({ branch, kind: 'plan', year: '2026', it: paper, next }, words),
  ]
  for (const card of cards) expect(bytes(card)).toBeLessThanOrEqual(30_000)
  expect(findings(cards, 'a paper')).toEqual([])
})

test('of many systems and members a card shows as many as fit', () => {
  const system = (nth: number): Paper => ({
    id: `s${nth}`,
    branch: branch.id,
    branchName: branch.name,
    unit: 'unit',
    lineage: [],
    kind: 'system',
    year: null,
    title: `(${nth})`.repeat(15),
    place: '柜'.repeat(80),
    words: null,
    on: '2020-01-01',
    adoptedAt: null,
    byName: '名',
    heardAt: null,
    wasMissed: false,
  })
  const witnesses = Array.from({ length: 300 }, (_, nth) => ({ id: `m${nth}`, name: '名'.repeat(30), openId: `ou_${nth}` }))
  const cards = [
    systemsCard(
      branch,
      Array.from({ length: 200 }, (_, nth) => system(nth)),
      '2026-10-08',
    ),
    recordFormCard({ record: 'r', topic: undefined, on: '2026-10-08', words: '字'.repeat(80) }, witnesses),
  ]
  for (const card of cards) expect(bytes(card)).toBeLessThanOrEqual(30_000)
  expect(findings(cards, 'a list')).toEqual([])
})
