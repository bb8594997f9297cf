import { expect, test } from 'vitest'
import { areaCard, areasCard } from '../../cards/pledges/areas-card.ts'
import { boardPeopleCard } from '../../cards/pledges/board-people.ts'
import { screenCard } from '../../cards/pledges/screen-card.ts'
import { moment } from '../../src/calendar.ts'
import { findings } from '../harness/browser/judged.ts'

const now = moment('2026-10-08', '09:00')
const bytes = (card: object) => Buffer.byteLength(JSON.stringify(JSON.stringify(card)))
const id = (nth: number) => `${nth}`.padStart(26, '0')

test.each([['字'], ['('], ['"'], ['😀'], ['\\'], ['<at>']])('areas, lines and people of “%s” fit on their cards', (one) => {
  const full = (most: number) => one.repeat(Math.floor(most / one.length))
  const branch = { id: 'b'.repeat(30), name: full(30) }
  const people = Array.from({ length: 300 }, (_, nth) => ({ id: id(nth), name: full(30) }))
  const area = { id: id(1), branch: branch.id, unit: 'unit', lineage: [], name: full(30), place: full(60), people }
  const line = {
    id: id(2),
    branch: branch.id,
    branchName: full(30),
    unit: 'unit',
    lineage: [],
    words: full(40),
    fromOn: '2026-10-08',
    untilOn: '2026-10-15',
    by: 'm',
    byName: full(30),
    approvedAt: null,
  }
  const points = Array.from({ length: 5 }, () => ({ words: full(60), isKept: true }))
  const shown = Array.from({ length: 8 }, (_, nth) => ({
    id: id(nth),
    name: full(30),
    seats: ['secretary' as const],
    areas: [full(30)],
    points,
  }))
  const many = <T extends object>(it: T, count: number): T[] => Array.from({ length: count }, (_, nth) => ({ ...it, id: id(nth) }))
  const cards = [
    areasCard({ branch, all: many(area, 60), check: undefined, people }, now),
    areasCard({ branch, all: many({ ...area, people: [] }, 60), check: { at: now, byName: full(30), note: full(200) }, people }, now),
    areaCard(area, people),
    screenCard(branch, many(line, 60), { isKeeper: true, id: 'x' }, now, {
      words: full(40),
      named: Array.from({ length: 10 }, () => full(30)),
    }),
    screenCard(branch, many({ ...line, approvedAt: now }, 60), { isKeeper: true }, now),
    boardPeopleCard({ branchName: full(30), people: shown, page: 0, url: 'https://zhibu.example/p/x' }),
  ]
  for (const card of cards) expect(bytes(card)).toBeLessThanOrEqual(30_000)
  expect(findings(cards, 'a card of the board')).toEqual([])
})
