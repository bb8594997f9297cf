import { expect, test } from 'vitest'
import { type Branch, branchById } from '../../db/branches/units.ts'
import { lookUp } from '../../db/client.ts'
import { accountOf } from '../../db/duties/account.ts'
import type { Card } from '../../src/card.ts'
import { dutyKey } from '../../src/rules/duties/duty.ts'
import { anAssessment, QUARTER } from '../harness/assessment.ts'

/** As it travels: a string within the request. */
const bytes = (card: Card | null) =>
  Buffer.byteLength(
    JSON.stringify({ receive_id: 'o'.repeat(40), msg_type: 'interactive', content: JSON.stringify(card), uuid: 'u'.repeat(50) }),
  )

function elements(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum, one) => sum + elements(one), 0)
  if (!value || typeof value !== 'object') return 0
  return Object.values(value).reduce((sum, one) => sum + elements(one), 'tag' in value ? 1 : 0)
}

test('ten groups, thirty activists, sixty branches and the longest words: every card of an assessment fits the platform’s 30,000 bytes and 200 elements', async () => {
  const name = '**<at>"\\😀欧阳'.repeat(3).slice(0, 28)
  const words = '"\\**<'
  const it = await anAssessment()
  const insert = (sql: string, ...args: (string | number)[]) => it.client.execute({ sql, args })
  await insert('update branches set name = ?', name)
  for (let i = 0; i < 10; i++)
    await insert(`insert into "groups" (id, branch, name) values (?, 'branch', ?)`, `g${i}`.padEnd(24, 'x'), `${name}${i}`)
  for (let i = 0; i < 30; i++)
    await insert(
      `insert into members (id, unit, branch, name, stage, activist_on, joined_on, added_at) values (?, 'unit', 'branch', ?, 'activist', '2026-01-01', '2026-01-01', 0)`,
      `a${i}`.padEnd(24, 'x'),
      `${name}${i}`,
    )
  for (let i = 0; i < 60; i++)
    await insert(
      `insert into branches (id, unit, committee, name, since) values (?, 'unit', 'committee', ?, '2026-01-01')`,
      `b${i}`.padEnd(24, 'x'),
      `${words.repeat(7)}${i}`,
    )
  for (const on of ['07-10', '08-10', '09-10']) await it.holds('committee', `2026-${on}`, ['themeEducation', 'culture', 'hotPoints'])
  await it.opens()

  const shown = new Map<string, Card | null>()
  const look = async (view: string, args: Record<string, unknown>, as = view) => shown.set(as, (await it.shown(view, args)).card)
  const ofBranch = { subject: 's', branch: 'branch', quarter: QUARTER }
  const sent = { branch: 'branch', quarter: QUARTER }
  await look('selfAssessment', ofBranch, 'self, not sent')
  await look('attest', { subject: 's', branch: 'branch', quarters: [QUARTER, '2026Q4'] })

  const [[branch]] = await lookUp(it.db, [branchById(it.db, 'branch')])
  const { duties } = await accountOf(it.db, branch as Branch, QUARTER, it.now())
  for (const [i, { part, subject, period }] of duties.filter(({ basis }) => basis === 'attested').entries())
    await insert(
      `insert into attestations (id, branch, part, subject, period, on_day, reference, "by", at) values (?, 'branch', ?, ?, ?, '2026-09-10', ?, 'm_李华', ?)`,
      `t${i}`.padEnd(24, 'x'),
      part,
      subject,
      period,
      words.repeat(16),
      i,
    )
  const own = duties.filter(({ basis }) => basis === 'confirmed').map(dutyKey)
  await it.press('李华', { press: 'selfAssessment.submit', ...sent, own, given: [] }, { form: it.answers('mostly') })
  await look('selfAssessment', ofBranch, 'self, sent')
  await look('attest', { subject: 's', branch: 'branch', quarters: [QUARTER, '2026Q4'] }, 'attest, entered')

  for (let i = 1; i <= 30; i++)
    await it.press('上级', { press: 'findings.record', ...sent, kind: String(i) }, { form: { reason_false: words.repeat(20) } })
  for (const duty of duties)
    await it.press(
      '上级',
      { press: 'assessmentCorrections.correct', ...sent },
      { form: { duty: dutyKey(duty), verdict: 'points', percent: '50', reason: words.repeat(20) } },
    )
  await look('review', { subject: 's', committee: 'committee', quarter: QUARTER })
  await it.press('上级', { press: 'review.publish', committee: 'committee', quarter: QUARTER })
  for (let i = 1; i <= 30; i++)
    await it.press('李华', { press: 'result.submitAppeal', ...sent }, { form: { standard: String(i), words: words.repeat(60) } })
  const appeals = (await it.client.execute('select id, standard from appeals order by standard')).rows
  expect(appeals).toHaveLength(30)
  for (const { id, standard } of appeals) await look('appeal', { subject: 's', appeal: String(id) }, `appeal ${standard}`)
  await look('branchReview', ofBranch)
  await look('assessmentCorrections', ofBranch)
  for (let i = 1; i <= 30; i++)
    shown.set(
      `corrections ${i}`,
      (await it.press('上级', { press: 'assessmentCorrections.pick', ...sent }, { form: { standard: String(i) } })).card ?? null,
    )
  // Whatever is asked can be corrected: no duty is left out for want of room.
  const offered = JSON.stringify([...shown].filter(([view]) => view.startsWith('corrections ')))
  expect(duties.map(dutyKey).filter((key) => !offered.includes(`"value":"${key}"`))).toEqual([])
  for (const { id } of appeals)
    await it.press('上级', { press: 'appeal.answer', appeal: id }, { form: { verdict: 'no', words: words.repeat(60) } })
  await look('result', ofBranch)

  for (const period of ['2026Q1', '2026Q2', '2026Q3', '2026H1'])
    await it.press(
      '上级',
      { press: 'branchYear.report', branch: 'branch', year: '2026' },
      { form: { period, heard: '2026-07-15', commentary: words.repeat(100) } },
    )
  await it.run("insert into last_twice (branch, year, opened_at) values ('branch', '2026', 1)")
  await look('yearReview', { committee: 'committee', year: '2026' })
  await look('branchYear', { subject: 's', branch: 'branch', year: '2026' })
  await look('lastTwice', { subject: 's', branch: 'branch', year: '2026' })

  const tooLarge = [...shown].filter(([, card]) => !card || bytes(card) >= 30_000 || elements(card) > 200)
  expect(tooLarge.map(([view, card]) => [view, bytes(card), elements(card)])).toEqual([])
})
