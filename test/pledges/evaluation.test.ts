import { expect, test } from 'vitest'
import { anEvaluatingBranch } from '../harness/evaluation.ts'

async function pledged() {
  const it = await anEvaluatingBranch()
  const points = { p1: '带教 2 名新员工', p2: '全年零违章', p3: '查 12 次现场' }
  expect((await it.press('张伟', { press: 'pledge.submit', year: '2026', pledge: 'it', isSure: true }, { form: points })).mood).toBe(
    'success',
  )
  expect((await it.press('李华', { press: 'pledgeReview.accept', pledges: ['it'] })).mood).toBe('success')
  return it
}

// T: fields typed twice 0
test('the own view takes the state of the points, typed once', async () => {
  const it = await pledged()
  await it.press('张伟', { press: 'pledge.keep', pledge: 'it', nth: 1, isKept: true })
  await it.begins('2026')
  const { card, text } = await it.got('张伟', 'selfView')
  const json = JSON.stringify(card)
  for (const words of ['带教 2 名新员工', '全年零违章', '查 12 次现场']) expect(text).toContain(words)
  expect(json.indexOf('带教')).toBeLessThan(json.indexOf('"name":"words"'))
  // The pledge's own card has said it before, and it is filled in.
  expect(json.match(/"initial_option":"(?:kept|going)"/gu)).toEqual([
    '"initial_option":"kept"',
    '"initial_option":"going"',
    '"initial_option":"going"',
  ])
  const form = { words: '带头攻关，三处没查到位', grade: 'qualified', k1: 'kept', k2: 'kept', k3: 'notKept' }
  const answer = await it.ask('张伟', 'selfView.submit', form)
  expect(answer.mood).toBe('success')
  const rows = (await it.store.client.execute('select nth, is_kept from pledge_points order by nth')).rows
  expect(rows.map(({ is_kept }) => is_kept)).toEqual([1, 1, 0])
  const own = await it.say('张伟', '/承诺', { dm: true })
  expect(own?.text).toMatch(/✓ 做到了[\s\S]*✓ 做到了[\s\S]*没做到/)
  // Handed in again without a change, nothing is written of the points.
  const said = async () => (await it.store.client.execute("select count(*) as n from audit where deed = 'pledge.point'")).rows[0]?.n
  const before = await said()
  await it.ask('张伟', 'selfView.submit', form)
  expect(await said()).toBe(before)
})

test('the leader and the committee see the same list', async () => {
  const it = await pledged()
  await it.begins('2026')
  const group = await it.got('孙丽', 'groupView')
  expect(JSON.stringify(group.card)).toContain('branchPledges.open')
  const opened = await it.press('孙丽', { press: 'branchPledges.open', branch: 'branch', year: '2026' })
  expect(opened.mood).toBe('success')
  expect(
    (await it.got('孙丽', 'branchPledges').catch(() => null)) ?? (await it.outboxRows()).findLast(({ view }) => view === 'branchPledges'),
  ).toBeTruthy()
  const shown = await it.shown('branchPledges', { subject: 's', branch: 'branch', year: '2026' })
  expect(shown.text).toContain('全年零违章')
})

test('the year’s end freezes what became of the points', async () => {
  const it = await pledged()
  await it.begins('2026')
  it.at('2027-01-04', '09:00')
  const { card, text } = await it.got('张伟', 'selfView')
  expect(text).toContain('全年零违章')
  expect(JSON.stringify(card)).not.toContain('"name":"k1"')
  await it.ask('张伟', 'selfView.submit', { words: '几句', grade: 'qualified', k2: 'kept' })
  expect((await it.store.client.execute('select count(*) as n from pledge_points where is_kept is not null')).rows[0]?.n).toBe(0)
})

test('who pledged nothing sees the form as it was', async () => {
  const it = await anEvaluatingBranch()
  await it.begins('2026')
  expect((await it.got('张伟', 'selfView')).text).not.toContain('承诺')
})
