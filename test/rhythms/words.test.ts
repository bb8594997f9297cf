import { describe, expect, test } from 'vitest'
import { addDays, type Day, moment } from '../../src/calendar.ts'
import { asChosen, ruleChosen } from '../../src/rules/rhythms/choices.ts'
import { fortnightFrom, nextOccurrences, occurrences, type Rule, rule, spokenRule } from '../../src/rules/rhythms/rhythms.ts'
import { readRhythm } from '../../src/rules/rhythms/words.ts'
import { holidayTable } from '../../src/rules/time/holidays.ts'
import { isWorkday } from '../../src/rules/time/workdays.ts'

const now = moment('2026-10-08', '09:00')
const weekly = (weekday: 1 | 2 | 3 | 4 | 5): Rule => ({ every: 'week', weekday })
const fortnight: Rule = { every: 'two weeks', weekday: 5, from: '2026-10-05' }
const firstFriday: Rule = { every: 'month', nth: 1, weekday: 5 }
const days = (rule: Rule, from: Day, to: Day) =>
  occurrences(rule, from, to).map(({ named, on }) => (named === on ? on : `${on} for ${named}`))

describe('in 2026, with its holidays and make-up days, a rhythm', () => {
  test.each<[string, Rule, Day, Day, string[]]>([
    ['on a plain Friday stays', firstFriday, '2026-09-01', '2026-09-30', ['2026-09-04']],
    [
      'in the National Day week moves to the first working day after it',
      firstFriday,
      '2026-10-01',
      '2026-10-31',
      ['2026-10-08 for 2026-10-02'],
    ],
    [
      'on New Year’s Day moves past the weekend that is off to the one that is worked',
      { every: 'month', nth: 1, weekday: 4 },
      '2026-01-01',
      '2026-01-31',
      ['2026-01-04 for 2026-01-01'],
    ],
    ['on a Saturday that is worked stays', { every: 'month', date: 14 }, '2026-02-01', '2026-02-28', ['2026-02-14']],
    [
      'in the Spring Festival moves to the day after it',
      { every: 'month', date: 18 },
      '2026-02-01',
      '2026-02-28',
      ['2026-02-24 for 2026-02-18'],
    ],
    ['on a plain Sunday moves to Monday', { every: 'month', date: 15 }, '2026-11-01', '2026-11-30', ['2026-11-16 for 2026-11-15']],
    [
      'at the end of a month never moves into the next',
      { every: 'month', date: 'last' },
      '2026-10-01',
      '2026-11-30',
      ['2026-10-30 for 2026-10-31', '2026-11-30'],
    ],
    ['on the 31st means the last day of a shorter month', { every: 'month', date: 31 }, '2026-02-01', '2026-02-28', ['2026-02-28']],
    [
      'on the last Friday, a holiday, stays in its month',
      { every: 'month', nth: 'last', weekday: 5 },
      '2026-09-01',
      '2026-09-30',
      ['2026-09-28 for 2026-09-25'],
    ],
    [
      'each week stays in its week, if need be before its day',
      weekly(5),
      '2026-09-21',
      '2026-10-11',
      ['2026-09-24 for 2026-09-25', '2026-09-30 for 2026-10-02', '2026-10-09'],
    ],
    ['each week has none in a week that is wholly off', weekly(3), '2026-02-09', '2026-03-01', ['2026-02-11', '2026-02-25']],
    [
      'each fortnight keeps step across a holiday',
      fortnight,
      '2026-09-21',
      '2026-11-08',
      ['2026-09-28 for 2026-09-25', '2026-10-09', '2026-10-23', '2026-11-06'],
    ],
    [
      'of each quarter’s first month',
      { every: 'quarter', month: 1, nth: 2, weekday: 3 },
      '2026-01-01',
      '2026-12-31',
      ['2026-01-14', '2026-04-08', '2026-07-08', '2026-10-14'],
    ],
    [
      'at the end of each quarter stays in it',
      { every: 'quarter', month: 3, date: 'last' },
      '2026-01-01',
      '2026-12-31',
      ['2026-03-31', '2026-06-30', '2026-09-30', '2026-12-31'],
    ],
    [
      'on the 1st of each quarter',
      { every: 'quarter', month: 1, date: 1 },
      '2026-01-01',
      '2026-12-31',
      ['2026-01-04 for 2026-01-01', '2026-04-01', '2026-07-01', '2026-10-08 for 2026-10-01'],
    ],
  ])('%s', (_what, rule, from, to, expected) => {
    expect(days(rule, from, to)).toEqual(expected)
  })
})

const all: readonly Rule[] = [
  ...([1, 2, 3, 4, 5] as const).map(weekly),
  fortnight,
  ...([1, 2, 3, 4, 'last'] as const).map((nth): Rule => ({ every: 'month', nth, weekday: 1 })),
  ...Array.from({ length: 31 }, (_, i): Rule => ({ every: 'month', date: i + 1 })),
  ...([1, 2, 3] as const).flatMap((month): Rule[] => [
    { every: 'quarter', month, date: 'last' },
    { every: 'quarter', month, nth: 'last', weekday: 5 },
  ]),
]

test('every date is a working day of its one period', () => {
  for (const one of all) {
    const found = occurrences(one, '2025-01-01', '2027-12-31')
    expect(found.every(({ on, from, to }) => isWorkday(on) && from <= on && on <= to)).toBe(true)
    expect(new Set(found.map(({ from }) => from)).size).toBe(found.length)
  }
})

test('dates are the same in one span or day by day', () => {
  for (const one of all) {
    const whole = occurrences(one, '2026-01-01', '2026-12-31')
    const single = []
    for (let on = '2026-01-01'; on <= '2026-12-31'; on = addDays(on, 1)) single.push(...occurrences(one, on, on))
    expect(single).toEqual(whole)
  }
})

test('an unpublished year has provisional dates, which may move', () => {
  const june: Rule = { every: 'month', date: 9 }
  expect(occurrences(june, '2027-06-01', '2027-06-30')).toMatchObject([{ on: '2027-06-09', isProvisional: true }])
  const published = { ...holidayTable, 2027: { off: [{ name: { zh: '', en: '' }, from: '2027-06-09', to: '2027-06-09' }], work: [] } }
  expect(occurrences(june, '2027-06-01', '2027-06-30', published)).toMatchObject([
    { on: '2027-06-10', named: '2027-06-09', isProvisional: false },
  ])
})

test('the next few are as many as are asked for', () => {
  for (const one of all) expect(nextOccurrences(one, '2026-02-10', 3)).toHaveLength(3)
})

test('a fortnight set today begins with the week of its day', () => {
  expect([fortnightFrom('2026-10-08', 5), fortnightFrom('2026-10-08', 4), fortnightFrom('2026-10-08', 3)]).toEqual([
    '2026-10-05',
    '2026-10-05',
    '2026-10-12',
  ])
})

describe('what is said of how often', () => {
  test.each<[string, Rule, string]>([
    ['支委会 每月第一个周五 15:00 三楼会议室', firstFriday, '支委会 15:00 三楼会议室'],
    ['每月首个星期五', firstFriday, ''],
    ['每个月 第二个 礼拜三 14:30', { every: 'month', nth: 2, weekday: 3 }, '14:30'],
    ['每月最后一个周五', { every: 'month', nth: 'last', weekday: 5 }, ''],
    ['每月10日 党员学习', { every: 'month', date: 10 }, '党员学习'],
    ['每月十五号上午9点', { every: 'month', date: 15 }, '上午9点'],
    ['每月底 主题党日', { every: 'month', date: 'last' }, '主题党日'],
    ['每月最后一个工作日', { every: 'month', date: 'last' }, ''],
    ['每月第一个工作日', { every: 'month', date: 1 }, ''],
    ['每周五下午3点', weekly(5), '下午3点'],
    ['每星期3 15:00', weekly(3), '15:00'],
    ['每两周周五', fortnight, ''],
    ['每两周的周五', fortnight, ''],
    ['隔周五 15:00', fortnight, '15:00'],
    ['每隔一周周五', fortnight, ''],
    ['每季度第一个月的第二个周三', { every: 'quarter', month: 1, nth: 2, weekday: 3 }, ''],
    ['每季度第二个周三 党课', { every: 'quarter', month: 1, nth: 2, weekday: 3 }, '党课'],
    ['每季度第二个月10日', { every: 'quarter', month: 2, date: 10 }, ''],
    ['每季末', { every: 'quarter', month: 3, date: 'last' }, ''],
    ['committee first Friday of each month 3pm room 3', firstFriday, 'committee 3pm room 3'],
    ['every month on the first friday', firstFriday, ''],
    ['the last Monday of the month', { every: 'month', nth: 'last', weekday: 1 }, ''],
    ['10th of each month 3pm', { every: 'month', date: 10 }, '3pm'],
    ['monthly on the 10th at 3pm', { every: 'month', date: 10 }, 'at 3pm'],
    ['last day of every month', { every: 'month', date: 'last' }, ''],
    ['every Friday 3pm', weekly(5), '3pm'],
    ['weekly on Fridays', weekly(5), ''],
    ['every other Friday', fortnight, ''],
    ['second Wednesday of the first month of each quarter', { every: 'quarter', month: 1, nth: 2, weekday: 3 }, ''],
  ])('“%s” is understood, and the rest of the line left', (line, rule, rest) => {
    expect(readRhythm(line, now)).toEqual({ found: 'rule', rule, rest })
  })

  test.each([
    ['每周 15:00', '星期几'],
    ['每周一次', '星期几'],
    ['每周三点', '星期几'],
    ['每月 15:00', '哪一天'],
    ['每月初', '哪一天'],
    ['每月第五个周五', '最后一个'],
    ['每月32日', '没有这一天'],
    ['每周六', '不是工作日'],
    ['每季度10日', '第几个月'],
    ['every month 3pm', '哪一天'],
    ['every Sunday', '不是工作日'],
  ])('“%s” is half said: %s', (line, why) => {
    const said = readRhythm(line, now)
    expect(said).toMatchObject({ found: 'unclear', why: { zh: expect.stringContaining(why) } })
  })

  test.each(['支委会 周五 15:00', '12月5日 15:00', 'committee Friday 3pm', '第一党小组会'])('“%s” comes once', (line) => {
    expect(readRhythm(line, now)).toEqual({ found: 'nothing', rest: line })
  })

  test('a rule’s own name is understood as it, in both languages', () => {
    for (const one of all) {
      const { zh, en } = spokenRule(one)
      for (const line of [zh, en])
        expect({ line, ...readRhythm(line, moment('2026-10-05', '09:00')) }).toMatchObject({ line, found: 'rule', rule: one })
    }
  })
})

test('what a form shows of a rule comes back as that rule', () => {
  for (const one of all) expect(ruleChosen(asChosen(one), '2026-10-05')).toEqual(one)
})

test.each([
  [{}, '多久一次'],
  [{ every: 'week' }, '星期几'],
  [{ every: 'month', which: 'nth 1' }, '星期几'],
  [{ every: 'month' }, '哪一天'],
  [{ every: 'quarter 1', which: 'date 99' }, '哪一天'],
  [{ every: 'quarter 9', which: 'date 9' }, '多久一次'],
])('a form filled with %j lacks something: %s', (filled, why) => {
  expect(ruleChosen(filled, '2026-10-08')).toMatchObject({ zh: expect.stringContaining(why) })
})

test('a rule that is kept holds nothing besides', () => {
  expect(rule.safeParse({ ...firstFriday, more: 1 }).success).toBe(false)
  expect(rule.safeParse({ every: 'week', weekday: 6 }).success).toBe(false)
})
