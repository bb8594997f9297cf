import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { receiptsOf } from '../../db/ballots/voter-cards.ts'
import { verify } from '../../src/scripts/verify-ballot.ts'
import { type BallotExport, exportOf } from '../../src/words/ballot-export.ts'
import { aVotingBranch, gradedBy } from '../harness/ballots/ballots.ts'
import { retaken } from '../harness/ballots/forged.ts'

const folder = mkdtempSync(join(tmpdir(), 'zhibu-export-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** As somebody would at home, with the file and what stands on the card. */
function verified(file: object, ...more: string[]): { code: number; says: string } {
  const path = join(folder, 'ballot.json')
  writeFileSync(path, JSON.stringify(file, null, 1))
  try {
    return {
      code: 0,
      says: execFileSync(process.execPath, ['src/scripts/verify-ballot.ts', path, ...more], { encoding: 'utf8', stdio: 'pipe' }),
    }
  } catch (error) {
    const { status, stderr } = error as { status: number; stderr: string }
    return { code: status, says: stderr }
  }
}

/** Ballots of every use, voted on and counted, and their receipts. */
async function counted() {
  const it = await aVotingBranch()
  const two = ['甲', '乙'].map((name, nth) => ({ key: String(nth + 1), name }))
  const ballots = {
    resolution: await it.opens(),
    byName: await it.opens({ isSecret: false }),
    evaluation: await it.opens({ use: 'evaluation', question: gradedBy(['李华', '王芳', '张伟', '赵敏']) }),
    election: await it.opens({ use: 'election', question: { scale: 'stances', most: 1, writeIns: 1, subjects: two } }),
    award: await it.opens({ use: 'award', title: '先进个人', question: { scale: 'chosen', most: 1, subjects: two } }),
    review: await it.opens({ use: 'review', question: { scale: 'score', subjects: two } }),
    pulse: await it.opens({ use: 'pulse', question: { scale: 'agreement', subjects: two } }),
    few: await it.opens({ use: 'pulse', question: { scale: 'agreement', subjects: two } }),
    nobody: await it.opens(),
    publicToo: await it.opens({ use: 'evaluation', question: gradedBy(['李华', '王芳', '张伟', '赵敏']) }),
    publicFew: await it.opens({ use: 'evaluation', question: gradedBy(['李华', '王芳', '张伟', '赵敏']) }),
  }
  const receipts: string[] = []
  for (const [nth, name] of it.full.entries()) {
    const answer = await it.votes(name, ballots.resolution, nth < 4 ? 'for' : 'against')
    receipts.push(answer.toast.zh.slice(-9))
    await it.votes(name, ballots.byName, 'for')
    await it.votes(name, ballots.evaluation, { excellent: [name === '李华' ? '2' : '1'] })
    await it.votes(name, ballots.election, nth < 3 ? { for: ['1'] } : { against: ['1'], write_0: '__proto__' })
    await it.votes(name, ballots.award, { chosen: [nth < 2 ? '1' : '2'] })
    await it.votes(name, ballots.review, { score_1: String(80 + nth), score_2: '7' })
    await it.votes(name, ballots.pulse, { agreement_1: '5', agreement_2: nth < 2 ? '1' : '4' })
  }
  for (const ballot of [ballots.publicToo, ballots.publicFew]) for (const name of it.full) await it.votes(name, ballot, {})
  const byCode = (await it.byCode(ballots.publicToo, 5, { basic: ['2'] })).receipts
  await it.byCode(ballots.publicFew, 4, { basic: ['2'] })
  await it.votes('王芳', ballots.few, { agreement_1: '1', agreement_2: '1' })
  await it.minute('2026-10-09', '17:01')
  const exported = async (ballot: string) => exportOf(await it.it(ballot), await receiptsOf(it.db, ballot)) as BallotExport
  return { ...it, ballots, receipts, byCode, exported }
}

test('ballots of every use are exported, recounted, and hold every receipt', async () => {
  const { ballots, receipts, exported, shown } = await counted()
  for (const [use, ballot] of Object.entries(ballots)) {
    const file = await exported(ballot)
    expect({ use, ...verify(JSON.stringify(file), { fingerprint: file.fingerprint }) }).toMatchObject({ use, isGood: true })
  }
  const file = await exported(ballots.resolution)
  expect(verified(file)).toEqual({
    code: 0,
    says: `Counted again: 6 voted, 6 marks and 6 receipts, all as the result says. Compare the fingerprint with the published one: ${file.fingerprint}\n`,
  })
  for (const receipt of receipts)
    expect(verified(file, file.fingerprint, receipt.toLowerCase())).toEqual({
      code: 0,
      says: `Counted again: 6 voted, 6 marks and 6 receipts, all as the result says. The receipt ${receipt} is among them. The fingerprint is the one given.\n`,
    })
  expect(verified(file, 'AAAA-AAAA')).toEqual({ code: 1, says: 'The receipt AAAA-AAAA is not among the receipts of this ballot.\n' })
  expect((await shown('ballotResult', { ballot: ballots.resolution })).text).toContain(file.fingerprint)
})

test('the export tells no choice by person, and nothing that is withheld', async () => {
  const { ballots, exported, everybody } = await counted()
  const text = JSON.stringify(await exported(ballots.award))
  for (const name of everybody) expect(text).not.toContain(name)
  expect((await exported(ballots.award)).marks).toEqual(
    [...(await exported(ballots.award)).marks].sort((a, b) => (String(a) < String(b) ? -1 : 1)),
  )
  expect(await exported(ballots.few)).toMatchObject({ outcome: 'few', marks: [], tally: {}, turnout: { members: { voted: 1 } } })
  const pulse = await exported(ballots.pulse)
  expect(pulse.withheld).toEqual([['members', '1', 'alike']])
  expect(pulse.marks.filter(([, subject]) => subject === '1')).toEqual([])
})

test('staff and public are recounted apart, and too small a circle fails', async () => {
  const { ballots, byCode, exported } = await counted()
  const file = await exported(ballots.publicToo)
  expect(file.turnout).toEqual({ members: { entitled: 7, voted: 6 }, public: { entitled: 5, voted: 5 } })
  expect(file.tally.public?.counts['2']).toEqual({ basic: 5 })
  expect(verify(JSON.stringify(file), { receipts: byCode })).toMatchObject({ isGood: true })
  const swapped = structuredClone(file)
  for (const mark of swapped.marks) mark[0] = mark[0] === 'public' ? 'members' : 'public'
  expect(verify(JSON.stringify(retaken(swapped))).isGood).toBe(false)

  const few = await exported(ballots.publicFew)
  expect(Object.keys(few.tally)).toEqual(['members'])
  expect(few.marks.filter(([circle]) => circle === 'public')).toEqual([])
  const told = structuredClone(few)
  told.tally.public = { counts: Object.fromEntries(['1', '2', '3', '4'].map((key) => [key, { qualified: 4 }])), writeIns: {} }
  told.marks.push(
    ...['1', '2', '3', '4'].flatMap((key) => Array.from({ length: 4 }, () => ['public', key, 'qualified'] as (typeof told.marks)[number])),
  )
  expect(verify(JSON.stringify(retaken(told))).says).toContain('too small')
})

test('the organiser alone gets the file, and nobody before the close', async () => {
  const { ballots, press, outboxRows, opens, at, db, box } = await counted()
  const { renderMessage } = await import('../../src/bot.ts')
  const { noPages } = await import('../../src/view.ts')
  const value = { press: 'ballotResult.export', ballot: ballots.resolution }
  expect((await press('赵敏', value)).mood).toBe('warning')
  expect((await press('李华', value)).mood).toBe('success')
  const row = (await outboxRows()).find(({ view }) => view === 'ballotExport')
  const message = await renderMessage(db, 'ballotExport', JSON.parse(String(row?.args)), new Date(), { pages: noPages, box })
  const file = message && 'file' in message ? message.file : undefined
  expect(file?.name).toBe('投票 选派李华参加培训.json')
  expect(verify(new TextDecoder().decode(file?.bytes)).isGood).toBe(true)
  expect(
    await renderMessage(db, 'ballotExport', { ballot: ballots.resolution, viewer: 'm_赵敏' }, new Date(), { pages: noPages, box }),
  ).toBeNull()
  at('2026-10-12', '09:00')
  const open = await opens({ closesAt: new Date('2026-10-13T09:00:00+08:00') })
  expect((await press('李华', { ...value, ballot: open })).toast.zh).toContain('还没有计票')
})

test('a renamed branch or a leaving member changes no fingerprint', async () => {
  const { ballots, exported, store } = await counted()
  const before = await exported(ballots.evaluation)
  await store.client.execute("update branches set name = '改了名的支部'")
  await store.client.execute("update members set left_on = '2026-10-09', name = '某人' where id = 'm_李华'")
  expect(await exported(ballots.evaluation)).toEqual(before)
})

test.each([
  ['nothing', ''],
  ['no JSON', '{"format":"zhibu-ballot-1"'],
  ['something else', '{"hello":1}'],
  ['a list', '[]'],
  ['null', 'null'],
])('%s is no ballot, and said so', (_what, text) => {
  const { isGood, says } = verify(text)
  expect(isGood).toBe(false)
  expect(says).toMatch(/^[A-Z].*\.$/)
})
