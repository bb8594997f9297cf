import { describe, expect, test } from 'vitest'
import { moment } from '../../src/calendar.ts'
import type { PaperFacts } from '../../src/rules/papers/facts.ts'
import { isStale } from '../../src/rules/papers/kinds.ts'
import { periodSaid, yearOfPaper } from '../../src/rules/papers/period-said.ts'
import { recordSaid } from '../../src/rules/papers/record-said.ts'
import { fitted, LONGEST_PART, written } from '../../src/rules/papers/words.ts'
import { draftReport, draftWorkReport, reportTitles, workReportTitles } from '../../src/words/papers/report-text.ts'

const now = moment('2026-10-08', '09:00')

describe('the period that a line names', () => {
  test.each([
    ['', '2026Q4'],
    ['本季度', '2026Q4'],
    ['上季度', '2026Q3'],
    ['last quarter', '2026Q3'],
    ['二季度', '2026Q2'],
    ['2025年第四季度', '2025Q4'],
    ['Q1 2026', '2026Q1'],
    ['third quarter', '2026Q3'],
  ])('a report of “%s” is of %s', (line, period) => {
    expect(periodSaid(line, now, 'quarter')).toBe(period)
  })

  test.each([
    ['', '2026H2'],
    ['上半年', '2026H1'],
    ['first half', '2026H1'],
    ['2025下半年', '2025H2'],
    ['三季度', '2026Q3'],
    ['本季度', '2026Q4'],
    ['上季度', '2026Q3'],
  ])('a work report of “%s” is of %s', (line, period) => {
    expect(periodSaid(line, now, 'half')).toBe(period)
  })

  test.each([
    ['plan', '2026-02-01', '2026'],
    ['plan', '2026-09-30', '2026'],
    ['plan', '2026-10-01', '2027'],
    ['summary', '2026-12-31', '2026'],
    ['summary', '2027-01-05', '2026'],
    ['summary', '2027-04-01', '2027'],
  ] as const)('a %s begun on %s is of %s', (kind, on, year) => {
    expect(yearOfPaper(kind, moment(on))).toBe(year)
  })
})

describe('the line of a short record', () => {
  test.each([
    ['文化 10月5日 职工书画展', { topic: 'culture', on: '2026-10-05', words: '职工书画展' }],
    ['安全 昨天 消防演练', { topic: 'safety', on: '2026-10-07', words: '消防演练' }],
    ['culture 5 Oct staff art show', { topic: 'culture', on: '2026-10-05', words: 'staff art show' }],
    ['工会 职工运动会', { topic: 'unionAndLeague', on: null, words: '职工运动会' }],
    ['职工书画展', { topic: null, on: null, words: '职工书画展' }],
    ['安全演练做完了', { topic: null, on: null, words: '安全演练做完了' }],
    ['', { topic: null, on: null, words: '' }],
  ])('“%s” is read', (line, said) => {
    expect(recordSaid(line, now)).toEqual(said)
  })
})

test('written words keep their lines and lose empty ones', () => {
  expect(written(' 一、学习 \r\n\r\n\r\n\r\n二、工会\n', 100)).toBe('一、学习\n\n二、工会')
  expect(written('长'.repeat(2000), LONGEST_PART)).toHaveLength(LONGEST_PART)
  expect(written(`${'x'.repeat(999)}😀`, LONGEST_PART)).toBe('x'.repeat(999))
})

test('lines that do not fit are counted', () => {
  const lines = Array.from({ length: 30 }, (_, nth) => `line ${nth} ${'x'.repeat(40)}`)
  const text = fitted(lines, 500, (left) => `and ${left} more`)
  const shown = text.split('\n').length - 1
  expect(text.length).toBeLessThanOrEqual(500)
  expect(text.endsWith(`and ${30 - shown} more`)).toBe(true)
})

test('a system is stale three years after the last look', () => {
  expect([isStale('2023-10-08', '2026-10-08'), isStale('2023-10-07', '2026-10-08')]).toEqual([false, true])
})

/** Figures that stand nowhere else, so that a number in a text has one source. */
const full: PaperFacts = {
  period: '2026Q3',
  gatherings: [
    { kind: 'committee', times: 101 },
    { kind: 'general', times: 103 },
  ],
  studies: 107,
  subjects: [{ tag: 'safety', times: 109 }],
  decisions: 113,
  tasks: { given: 227, done: 100 },
  steps: { activist: 131, prospect: 137, probationer: 139, full: 149 },
  talks: { activists: 151, activistsMet: 157, members: 163, membersMet: 167 },
  duties: { met: 173, late: 179, missed: 181 },
  late: ['12.group'],
  missed: ['10.study'],
  open: [{ part: '9.report', dueOn: '2026-09-30' }],
  scores: [{ quarter: '2026Q3', tenths: 1913 }],
  records: [{ topic: 'culture', on: '2026-08-19', words: '职工书画展' }],
  moreRecords: 193,
}

const figures = new Set(
  [
    '101',
    '103',
    '107',
    '109',
    '113',
    '227',
    '100',
    '127',
    '131',
    '137',
    '139',
    '149',
    '151',
    '157',
    '163',
    '167',
    '173',
    '179',
    '181',
    '193',
  ].concat(
    // The score, the days of a record and of a duty, the year and the quarter.
    ['191.3', '2026', '8', '19', '9', '30', '3'],
  ),
)

const nothing: PaperFacts = {
  ...full,
  gatherings: [],
  studies: 0,
  subjects: [],
  decisions: 0,
  tasks: { given: 0, done: 0 },
  steps: { activist: 0, prospect: 0, probationer: 0, full: 0 },
  talks: null,
  duties: { met: 0, late: 0, missed: 0 },
  late: [],
  missed: [],
  open: [],
  scores: [],
  records: [],
  moreRecords: 0,
}

describe('a drafted report', () => {
  test.each(['zh', 'en'] as const)('it says no figure but those of the account, in %s', (language) => {
    for (const draft of [draftReport(full), draftWorkReport(full)]) {
      const said = draft.flatMap((part) => part[language].match(/\d+(?:\.\d+)?/gu) ?? [])
      expect(said.filter((figure) => !figures.has(figure))).toEqual([])
      expect(new Set(said).size).toBeGreaterThanOrEqual(20)
    }
  })

  test('it has five parts, the work report three, all short enough', () => {
    const long = { ...full, open: Array.from({ length: 200 }, () => ({ part: '9.report' as const, dueOn: '2026-09-30' })) }
    for (const [draft, titles] of [
      [draftReport(long), reportTitles],
      [draftWorkReport(long), workReportTitles],
    ] as const) {
      expect(draft).toHaveLength(titles.length)
      for (const { zh, en } of draft) expect(Math.max(zh.length, en.length)).toBeLessThanOrEqual(LONGEST_PART)
    }
  })

  test('where nothing is known nothing is said', () => {
    expect([...draftReport(nothing), ...draftWorkReport(nothing)].map(({ zh, en }) => zh + en).join('')).toBe('')
  })
})
