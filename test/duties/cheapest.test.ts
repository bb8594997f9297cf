import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { moment } from '../../src/calendar.ts'
import { type Called, cheapest } from '../../src/rules/duties/cheapest.ts'
import type { Duty } from '../../src/rules/duties/duty.ts'
import { openedFor } from '../../src/rules/rulebook/modules.ts'
import { defaultRulebook, type Rulebook } from '../../src/rules/rulebook/rulebook.ts'
import { creditsOf, type PartId, partOf, parts } from '../../src/rules/standards/standards.ts'

const owed = (part: PartId, state: Duty['state'] = 'due soon', more: Partial<Pick<Duty, 'subject' | 'period'>> = {}) => ({
  part,
  subject: '',
  period: '2026-11',
  state,
  basis: partOf(part).proof,
  graceEndsOn: '2026-12-14',
  ...more,
})
const called = (kind: Called['kind'], group: string | null = null): Called => ({
  gathering: `a ${kind}`,
  kind,
  group,
  startsAt: moment('2026-11-27', '15:00'),
})
const shown = (steps: ReturnType<typeof cheapest<ReturnType<typeof owed>>>) =>
  steps.map((step) => {
    const closes = step.closes.map(({ part }) => part)
    if (step.do === 'call') return [`${step.isMakingUp ? 'one more ' : ''}${step.kind}${step.group}`, step.tags, closes]
    return step.do === 'add' ? [`add to ${step.gathering.kind}`, step.tags, closes] : [step.do, closes]
  })

describe('the cheapest way', () => {
  test('is one committee meeting for what three standards ask of it', () => {
    expect(shown(cheapest([owed('12.committee'), owed('6.study'), owed('20.analysis')], []))).toEqual([
      ['committee', ['study', 'opinion'], ['12.committee', '6.study', '20.analysis']],
    ])
  })

  test('adds items to what is called anyway before it calls anything', () => {
    expect(shown(cheapest([owed('6.study'), owed('20.analysis'), owed('12.lecture')], [called('committee')]))).toEqual([
      ['add to committee', ['study', 'opinion'], ['6.study', '20.analysis']],
      ['lecture', [], ['12.lecture']],
    ])
  })

  test('takes the fewest people’s time, where two would close as much', () => {
    expect(shown(cheapest([owed('20.analysis')], []))).toEqual([['committee', ['opinion'], ['20.analysis']]])
  })

  test('a meeting’s own credit comes before an item for something else', () => {
    expect(shown(cheapest([owed('10.study')], []))).toEqual([['memberStudy', [], ['10.study']]])
    expect(shown(cheapest([owed('6.study')], []))).toEqual([['committeeStudy', [], ['6.study']]])
    expect(shown(cheapest([owed('10.study'), owed('12.general')], []))).toEqual([['general', ['study'], ['10.study', '12.general']]])
  })

  test('adds nothing to what is called for another period than the duty’s', () => {
    const december = { ...called('committee'), startsAt: moment('2026-12-01', '15:00') }
    expect(shown(cheapest([owed('6.study')], [december]))).toEqual([['committeeStudy', [], ['6.study']]])
    expect(shown(cheapest([owed('6.study', 'upcoming', { period: '2026-12' })], [december]))).toEqual([
      ['add to committee', ['study'], ['6.study']],
    ])
  })

  test('takes no item where the gathering cannot bear it', () => {
    expect(shown(cheapest([owed('9.report')], [called('committee')]))).toEqual([['general', ['report'], ['9.report']]])
  })

  test('a make-up is a gathering of its own, not this period’s', () => {
    expect(
      shown(cheapest([owed('12.committee', 'overdue'), owed('6.study', 'overdue'), owed('12.committee')], [called('committee')])),
    ).toEqual([
      ['one more committee', ['study'], ['12.committee', '6.study']],
      ['committee', [], ['12.committee']],
    ])
  })

  test('two months owed of one part are two gatherings', () => {
    const two = [owed('12.committee', 'overdue', { period: '2026-09' }), owed('12.committee', 'overdue', { period: '2026-10' })]
    expect(cheapest(two, []).map((step) => step.closes.length)).toEqual([1, 1])
  })

  test('each group meets by itself', () => {
    const groups = [owed('12.group', 'due soon', { subject: 'g1' }), owed('12.group', 'due soon', { subject: 'g2' })]
    expect(shown(cheapest(groups, []))).toEqual([
      ['groupg1', [], ['12.group']],
      ['groupg2', [], ['12.group']],
    ])
  })

  test('written records are one step, and so are the seats', () => {
    expect(shown(cheapest([owed('15.dues'), owed('4.seats'), owed('28.suggestions')], []))).toEqual([
      ['attest', ['15.dues', '28.suggestions']],
      ['put right', ['4.seats']],
    ])
  })
})

test('what an evaluation would prove is evaluated, period by period', () => {
  const all = [owed('15.dues'), owed('14.review', 'overdue', { period: '2026' }), owed('14.review', 'upcoming', { period: '2027' })]
  const evaluating = ({ part, period }: (typeof all)[number]) =>
    part === '14.review' ? (period === '2026' ? ('under way' as const) : ('to begin' as const)) : null
  const [old, next, ...rest] = cheapest(all, [], { evaluating })
  expect(old).toMatchObject({ do: 'evaluate', period: '2026', isUnderWay: true, closes: [all[1]] })
  expect(next).toMatchObject({ do: 'evaluate', period: '2027', isUnderWay: false, closes: [all[2]] })
  expect(rest).toEqual([{ do: 'attest', closes: [all[0]] }])
})

test('a module’s card comes before a date and a reference', () => {
  const duties = [owed('15.dues'), owed('24.talk', 'due soon', { subject: 'm1' }), owed('24.talk', 'due soon', { subject: 'm2' })]
  const shownBy = (rulebook: Pick<Rulebook, 'switches' | 'modules'>) =>
    shown(cheapest(duties, [], { opening: ({ part }) => openedFor(part, rulebook) }))
  expect(shownBy(defaultRulebook)).toEqual([
    ['open', ['24.talk', '24.talk']],
    ['attest', ['15.dues']],
  ])
  const attested = [['attest', ['15.dues', '24.talk', '24.talk']]]
  expect(shownBy({ switches: { '24.talk': 'attested' }, modules: {} })).toEqual(attested)
  expect(shownBy({ switches: {}, modules: { talks: false } })).toEqual(attested)
})

test('each duty is closed by one step, whose gathering credits it', () => {
  const some = fc.array(fc.constantFrom(...parts.filter(({ proof }) => proof !== 'confirmed' && proof !== 'upper').map(({ id }) => id)), {
    maxLength: 20,
  })
  fc.assert(
    fc.property(some, fc.constantFrom('due soon', 'overdue'), (ids, state) => {
      const all = ids.map((id, i) => owed(id, state as Duty['state'], { period: `2026-${String(i)}` }))
      const steps = cheapest(all, [])
      expect(steps.flatMap(({ closes }) => closes)).toHaveLength(all.length)
      expect(new Set(steps.flatMap(({ closes }) => closes)).size).toBe(all.length)
      for (const step of steps)
        if (step.do === 'call') for (const { part } of step.closes) expect(creditsOf(step.kind, step.tags)).toContain(part)
    }),
  )
})
