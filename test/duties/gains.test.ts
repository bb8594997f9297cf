import { describe, expect, test } from 'vitest'
import { moment } from '../../src/calendar.ts'
import { cheapest } from '../../src/rules/duties/cheapest.ts'
import { dutiesOf } from '../../src/rules/duties/duties.ts'
import type { Duty } from '../../src/rules/duties/duty.ts'
import type { Evidence } from '../../src/rules/duties/facts.ts'
import { gainsOf, supposed } from '../../src/rules/duties/gains.ts'
import { scoreOf } from '../../src/rules/duties/scoring.ts'
import { defaultRulebook, type Rulebook } from '../../src/rules/rulebook/rulebook.ts'
import { type PartId, parts, standards } from '../../src/rules/standards/standards.ts'
import { anAsked } from '../harness/duties.ts'

const only = (...wanted: PartId[]): Rulebook => ({
  ...defaultRulebook,
  switches: Object.fromEntries(parts.filter(({ id }) => !wanted.includes(id)).map(({ id }) => [id, 'off'])),
})
const heldOn = (part: PartId, on: string): Evidence => ({
  part,
  subject: '',
  source: `${part} ${on}`,
  sourceKind: 'gathering',
  at: moment(on, '10:00'),
})
const dutiesAt = (rulebook: Rulebook, on: string, evidence: readonly Evidence[] = []) =>
  dutiesOf(anAsked(), '2026Q4', { evidence, attested: [], judged: [] }, moment(on, '12:00'), rulebook)
const open = (duties: readonly Duty[]) => duties.filter(({ state }) => state !== 'met' && state !== 'missed')
const tenths = (duties: readonly Duty[], rulebook: Rulebook) => scoreOf(duties, standards, rulebook).tenths

describe('what would raise a score', () => {
  const rulebook = only('12.general', '20.analysis', '7.life')
  const scoring = { rulebook, findings: [] }

  test('tells the score when done and when left, biggest step first', () => {
    const duties = dutiesAt(rulebook, '2026-12-15', [heldOn('20.analysis', '2026-11-02')])
    const gains = gainsOf(duties, cheapest(open(duties), []), scoring)
    expect(gains.map(({ step, done, left }) => [step.do === 'call' && step.kind, done, left])).toEqual([
      ['general', 1000, 333],
      ['life', 1000, 500],
    ])
  })

  test('counts what is overdue as made up late', () => {
    const general = only('12.general')
    const duties = dutiesAt(general, '2027-01-05')
    const [gain] = gainsOf(duties, cheapest(open(duties), []), { rulebook: general, findings: [] })
    expect(gain).toMatchObject({ done: 800, left: 0 })
  })

  test('is nothing for a step above an accident’s cap', () => {
    const duties = dutiesAt(rulebook, '2026-12-15', [heldOn('12.general', '2026-11-02'), heldOn('20.analysis', '2026-11-02')])
    const [life] = gainsOf(duties, cheapest(open(duties), []), { rulebook, findings: [{ kind: 'accident', standard: null }] })
    expect(life).toMatchObject({ done: 899, left: 750 })
  })
})

describe('one more fact, supposed', () => {
  const rulebook = only('12.committee', '12.general')

  test('settles its own duty and takes nothing else for undone by then', () => {
    const asTheyStand = dutiesAt(rulebook, '2026-10-20')
    const more = heldOn('12.committee', '2026-12-20')
    const { duties, settles } = supposed(asTheyStand, dutiesAt(rulebook, '2026-12-20'), dutiesAt(rulebook, '2026-12-20', [more]))
    expect(settles.map(({ period, state }) => `${period} ${state}`)).toEqual(['2026-12 met'])
    expect(duties.map(({ period, state }) => `${period} ${state}`)).toEqual([
      '2026-10 upcoming',
      '2026-11 upcoming',
      '2026-12 met',
      '2026Q4 upcoming',
    ])
    expect([tenths(duties, rulebook), tenths(dutiesAt(rulebook, '2026-12-20', [more]), rulebook)]).toEqual([1000, 333])
  })

  test('settles nothing where the duty is met already', () => {
    const held = [heldOn('12.committee', '2026-12-16')]
    const at = (evidence: Evidence[]) => dutiesAt(rulebook, '2026-12-20', evidence)
    const asTheyStand = at(held)
    const { duties, settles } = supposed(asTheyStand, at(held), at([...held, heldOn('12.committee', '2026-12-20')]))
    expect(settles).toEqual([])
    expect(duties).toEqual(asTheyStand)
  })

  test('sets the first of the month free for the month before', () => {
    const at = (...evidence: Evidence[]) => dutiesAt(rulebook, '2026-12-20', evidence)
    const [first, second] = [heldOn('12.committee', '2026-12-01'), heldOn('12.committee', '2026-12-20')]
    const { settles } = supposed(at(first), at(first), at(first, second))
    expect(settles.map(({ period, state, evidence }) => [period, state, evidence?.source])).toEqual([['2026-11', 'met late', first.source]])
  })

  test('before its half-year is due leaves the last one’s state', () => {
    const life = only('7.life')
    const at = (evidence: Evidence[]) =>
      dutiesOf(anAsked(), '2026Q3', { evidence, attested: [], judged: [] }, moment('2026-09-10', '12:00'), life)
    const { duties, settles } = supposed(at([]), at([]), at([heldOn('7.life', '2026-09-10')]))
    expect(at([]).map(({ period, kept, state }) => [period, kept, state])).toEqual([['2026H1', true, 'missed']])
    expect(settles).toEqual([])
    expect(duties.map(({ period, state }) => [period, state])).toEqual([['2026H1', 'missed']])
  })
})
