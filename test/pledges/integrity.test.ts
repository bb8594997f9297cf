import { expect, test } from 'vitest'
import { checkCard, problemForm } from '../../cards/pledges/check-card.ts'
import { integrityCard, integrityTextCard } from '../../cards/pledges/integrity-card.ts'
import { lookUp, together } from '../../db/client.ts'
import { accountOf } from '../../db/duties/account.ts'
import { dutyFacts } from '../../db/duties/facts.ts'
import { miscredited, recountCredits } from '../../db/ledgers/credits.ts'
import { addMinutes, day, moment } from '../../src/calendar.ts'
import { breachesAt } from '../../src/rules/duties/breaches.ts'
import { mayCheck, unpledgedFrom } from '../../src/rules/pledges/integrity.ts'
import { asWritten } from '../../src/text.ts'
import { buttonsOf } from '../harness/branch.ts'
import { aPledgingBranch } from './company.ts'

type It = Awaited<ReturnType<typeof aPledgingBranch>>
const ours = { id: 'branch', unit: 'unit', committee: 'committee', name: '', since: '2026-01-01', lineage: ['committee'] }
const duty = async (it: It, part: string, quarter = '2027Q1', at = it.now()) =>
  (await accountOf(it.db, ours, quarter, at)).duties.find((one) => one.part === part)

const pledges = async (it: It, name: string) => {
  const card = (await it.say(name, '/承诺 廉政', { dm: true }))?.card
  return it.press(name, it.buttonFor(card, 'integrity.pledge'))
}
const checks = async (it: It, name: string) =>
  it.shown('integrityCheck', { subject: 's', branch: 'branch', half: '2027H1', viewer: `m_${name}` })

// A seat, and the first moment at which its officer is in breach.
test.each([
  ['2027-01-01', '2027-03-31'],
  ['2027-03-01', '2027-03-31'],
  ['2027-03-02', '2027-04-01'],
  ['2027-03-31', '2027-04-30'],
  ['2027-06-15', '2027-07-15'],
  // The last of March 2029 is a Saturday.
  ['2029-01-01', '2029-03-30'],
])('an officer seated on %s is in breach from %s', (seated, from) => {
  expect(day(unpledgedFrom(moment(seated)))).toBe(from)
})

test.each([
  ['2027-01-01', '2027-03-30', '2027-03-31'],
  ['2027-03-01', '2027-03-30', '2027-03-31'],
  ['2027-03-31', '2027-04-29', '2027-04-30'],
])('the breach of a seat of %s begins after %s', async (seated, lastDay, first) => {
  const it = await aPledgingBranch()
  await it.store.client.execute({ sql: "update seats set from_at = ? where member = 'm_张伟'", args: [moment(seated).getTime()] })
  expect((await duty(it, '23.pledge'))?.basis).toBe('attested')
  for (const name of ['李华', '王芳']) expect((await pledges(it, name)).mood).toBe('success')
  const breaches = async (at: Date) => {
    const [row] = await lookUp(it.db, [dutyFacts(it.db, { ...asking, branches: '["branch"]' })])
    return breachesAt(row[0]?.breaches ?? [], '23.pledge', at).map(({ what }) => what)
  }
  expect(await breaches(moment(lastDay, '23:59'))).toEqual([])
  expect(await breaches(moment(first))).toEqual(['officerUnpledged'])
  it.at(first, '10:00')
  await pledges(it, '张伟')
  expect(await breaches(addMinutes(it.now(), 1))).toEqual([])
})

/** The facts of the second quarter of 2027. */
const asking = {
  quarter: '2027Q2',
  periods: '[]',
  from: 0,
  until: 0,
  long: '[]',
  longFrom: 0,
  wide: '[]',
  monthly: '[]',
  monthlyFrom: 0,
  owing: '[]',
  ends: '[]',
  earlier: '[]',
  firstDay: '2027-04-01',
  lastDay: '2027-06-30',
  firstDayBefore: '2026-04-01',
  lastDayBefore: '2026-06-30',
}

test('a seat that ended, or a pledge of this year, breaks nothing', async () => {
  const it = await aPledgingBranch()
  await pledges(it, '李华')
  await pledges(it, '王芳')
  it.at('2027-04-02', '09:00')
  expect((await duty(it, '23.pledge'))?.breaches?.map(({ what }) => what)).toEqual(['officerUnpledged'])
  await it.store.client.execute({ sql: "update seats set until_at = ? where member = 'm_张伟'", args: [moment('2027-03-20').getTime()] })
  expect(await duty(it, '23.pledge')).toMatchObject({ state: 'met', basis: 'roster' })
})

test('a text changed in mid-year leaves what was pledged', async () => {
  const it = await aPledgingBranch()
  await pledges(it, '李华')
  const card = (await it.say('吴上级', '/承诺 廉政', { dm: true }))?.card
  await it.press('吴上级', it.buttonFor(card, 'integrityText.set'), { form: { words: '不以权谋私，不收礼金' } })
  expect((await it.say('李华', '/承诺 廉政', { dm: true }))?.text).toContain('中央八项规定')
  expect((await it.say('王芳', '/承诺 廉政', { dm: true }))?.text).toContain('不收礼金')
  await pledges(it, '王芳')
  const kept = await it.rows('select words from integrity_pledges order by at, member')
  expect(kept.map(({ words }) => String(words).includes('不收礼金')).sort()).toEqual([false, true])
  expect((await it.press('王芳', { press: 'integrity.pledge', branch: 'branch', year: '2027' })).mood).not.toBe('success')
  expect((await it.press('赵敏', { press: 'integrity.pledge', branch: 'branch', year: '2027' })).mood).toBe('warning')
})

const person = (id: string, more: object = {}) => ({ id, isDiscipline: false, isSecretary: false, isAssessor: false, ...more })

test('everybody is checked by another', () => {
  const [discipline, secretary, assessor] = [
    person('d', { isDiscipline: true }),
    person('s', { isSecretary: true }),
    person('a', { isAssessor: true }),
  ]
  const of = (checker: typeof discipline, d: string | null) =>
    ['s', 'd', 'o'].filter((officer) => mayCheck(officer, { checker, discipline: d, secretary: 's' }))
  expect([of(discipline, 'd'), of(secretary, 'd'), of(assessor, 'd')]).toEqual([['s', 'o'], ['d'], []])
  expect([of(secretary, null), of(assessor, null)]).toEqual([['d', 'o'], ['s']])
})

test('the check closes when the last is checked, and credits the half-year', async () => {
  const it = await aPledgingBranch()
  const first = await it.press('张伟', it.buttonFor((await checks(it, '张伟')).card, 'integrityCheck.pass'))
  expect(first.toast.zh).toContain('还有人等别人检查')
  expect((await duty(it, '23.check', '2027Q2'))?.state).not.toBe('met')
  const last = await it.press('李华', it.buttonFor((await checks(it, '李华')).card, 'integrityCheck.pass'))
  expect(last.toast.zh).toBe('检查完了。')
  expect(await duty(it, '23.check', '2027Q2')).toMatchObject({ state: 'met', evidence: { sourceKind: 'integrity' } })
  expect((await miscredited(it.db, 'branch'))[0]?.rows).toBe(0)
  await together(it.db, recountCredits(it.db, 'branch'))
  expect(await it.count("credits where part = '23.check'")).toBe(1)
  const [check] = await it.rows('select id from integrity_checks')
  const findings = await it.rows('select "by", member from integrity_findings')
  expect(findings.filter(({ by, member }) => by === member)).toEqual([])
  expect(findings).toHaveLength(3)
  expect(String(check?.id)).toContain('2027H1')
  const standard = await it.shown('standard', { branch: 'branch', quarter: '2027Q2', standard: 23 })
  expect((await it.press('李华', it.buttonFor(standard.card, 'standard.evidence'))).mood).toBe('success')
})

test('a problem is sealed, put right, and looked at by its finder', async () => {
  const it = await aPledgingBranch()
  const asked = await it.press('张伟', it.buttonFor((await checks(it, '张伟')).card, 'integrityCheck.ask'))
  const note = it.buttonFor(asked.card, 'integrityCheck.note')
  const form = { officer: 'm_王芳', words: '有一张发票不合规', on: '2027-01-20 +0800' }
  expect((await it.press('张伟', note, { form: { ...form, on: '2027-01-02 +0800' } })).mood).toBe('warning')
  expect((await it.press('张伟', note, { form: { ...form, officer: 'm_张伟' } })).mood).toBe('warning')
  expect((await it.press('张伟', note, { form })).mood).toBe('success')
  const everywhere = JSON.stringify([
    await it.rows('select * from integrity_findings'),
    await it.rows('select * from tasks'),
    await it.outboxRows(),
  ])
  expect(everywhere).not.toContain('发票')
  const finding = String((await it.rows('select id from integrity_findings'))[0]?.id)
  const read = { press: 'integrityCheck.read', branch: 'branch', half: '2027H1', finding }
  for (const name of ['张伟', '王芳', '李华']) expect(JSON.stringify((await it.press(name, read)).card)).toContain('发票')
  for (const name of ['赵敏', '吴上级']) expect((await it.press(name, read)).mood).toBe('warning')
  expect(await it.count("audit where deed = 'integrity.read'")).toBe(2)
  // The committee's list of tasks says nothing of it.
  expect((await it.say('李华', '/任务 支部', { dm: true }))?.text).not.toContain('廉政检查整改')
  expect((await it.say('王芳', '/任务', { dm: true }))?.text).toContain('廉政检查整改')
  const again = { press: 'integrityCheck.again', branch: 'branch', half: '2027H1', finding }
  expect((await it.press('张伟', again)).toast.zh).toContain('还没有整改完')
  const [task] = await it.rows('select id from tasks')
  await it.press('王芳', { press: 'task.done', task: task?.id })
  expect((await it.press('李华', again)).toast.zh).toContain('由查出问题的人复查')
  expect((await it.press('张伟', again)).mood).toBe('success')
  expect((await checks(it, '张伟')).text).toContain('已整改，已复查')
  await it.press('张伟', it.buttonFor((await checks(it, '张伟')).card, 'integrityCheck.pass'))
  await it.press('李华', it.buttonFor((await checks(it, '李华')).card, 'integrityCheck.pass'))
  const facts = await it.shown('integrityFacts', { branch: 'branch', half: '2027H1' })
  expect(facts.text).toContain('查了 3 人，问题 1 个，其中还没有整改完的 0 个')
  expect(facts.text).not.toContain('王芳')
})

test('many officers and full words fit on the cards', () => {
  const at = moment('2027-01-04')
  const officers = Array.from({ length: 60 }, (_, nth) => ({
    id: `m${nth}`.padEnd(20, 'x'),
    name: '('.repeat(30),
    openId: 'o',
    isSecretary: nth === 0,
    isDiscipline: nth === 1,
    seatedAt: at,
    pledgedAt: nth % 2 ? at : null,
  }))
  const finding = (nth: number) => ({
    id: `f${nth}`.padEnd(20, 'x'),
    member: `m${nth}`,
    name: '('.repeat(30),
    by: 'd',
    isPassed: false,
    task: 't',
    dueOn: '2027-01-20',
    doneAt: at,
    checkedAt: null,
    droppedAt: null,
  })
  const shown = {
    branch: 'branch',
    branchName: '支'.repeat(40),
    half: '2027H1',
    closedAt: null,
    officers,
    findings: Array.from({ length: 20 }, (_, nth) => finding(nth)),
    checking: { checker: { id: 'd', isDiscipline: true, isSecretary: false, isAssessor: false }, discipline: 'd', secretary: 's' },
    problem: { of: '名'.repeat(30), words: '('.repeat(300) },
  }
  const words = asWritten('('.repeat(600))
  const cards = [
    checkCard(shown),
    problemForm(shown, { finding: 'f', task: 't' }, '2027-01-04'),
    integrityCard({ branch: 'b', branchName: 'b', year: '2027', words, officers, reader: 'm0'.padEnd(20, 'x'), problems: [] }),
    integrityTextCard('c', '党委', '2027', words, true),
  ]
  for (const card of cards) expect(Buffer.byteLength(JSON.stringify(JSON.stringify(card)))).toBeLessThanOrEqual(30_000)
  expect(buttonsOf(cards[0]).length).toBeGreaterThan(2)
})
