import { expect, test } from 'vitest'
import { receiptsOf } from '../../db/ballots/voter-cards.ts'
import { verify } from '../../src/scripts/verify-ballot.ts'
import { type BallotExport, exportOf } from '../../src/words/ballot-export.ts'
import { aVotingBranch, type VotingBranch } from '../harness/ballots/ballots.ts'
import { retaken } from '../harness/ballots/forged.ts'

const closes = '2026-10-09 17:00 +0800'
const zh = '表决权中止、不在名单上 1 人（上级 10月8日（周四）登记）'
const en = /1 with a suspended right, not on the list \(entered by 上级, [^)]*8 Oct[^)]*\)/

const suspends = (it: VotingBranch, name: string) =>
  it.press('上级', { press: 'suspension.enter', person: `m_${name}` }, { form: { kind: 'probation' } })

/** A vote outside a meeting, as the secretary opens it by the form. */
const opens = (it: VotingBranch, form: object = {}) =>
  it.press(
    '李华',
    { press: 'ballotForm.submit', id: 'asked', branch: 'branch', committee: null },
    { form: { use: 'resolution', title: '选派李华参加培训', secrecy: 'secret', closes, ...form } },
  )

const exported = async (it: VotingBranch, ballot = 'asked') =>
  exportOf(await it.it(ballot), await receiptsOf(it.db, ballot)) as BallotExport

/** Everybody but 周杰 has the vote; all of them used it. */
async function aClosedVote() {
  const it = await aVotingBranch()
  await suspends(it, '周杰')
  expect((await opens(it)).mood).toBe('success')
  for (const name of it.full.filter((one) => one !== '周杰')) await it.votes(name, 'asked', 'for')
  await it.minute('2026-10-09', '17:01')
  return it
}

test('outside a meeting a suspended right is said on every card', async () => {
  const it = await aVotingBranch()
  await suspends(it, '周杰')
  await opens(it)
  const told = async () => [
    (await it.cardOf('王芳', 'asked')).text,
    (await it.shown('turnout', { subject: 't', ballot: 'asked' })).text,
    (await it.shown('ballotHost', { subject: 's', ballot: 'asked', viewer: 'm_李华' })).text,
  ]
  const both = (text: string) => {
    expect(text).toContain(zh)
    expect(text).toMatch(en)
    expect(text).not.toContain('周杰')
  }
  for (const text of await told()) both(text)
  expect((await it.votes('周杰', 'asked', 'for')).toast.zh).toContain('不在这次投票的名单上')
  for (const name of ['李华', '王芳', '张伟']) await it.votes(name, 'asked', 'for')
  await it.minute('2026-10-09', '17:01')
  for (const text of await told()) both(text)
  both((await it.shown('ballotResult', { ballot: 'asked' })).text)
  both((await it.shown('ballotElectors', { ballot: 'asked', viewer: 'm_王芳' })).text)
})

test.each<[string, boolean, (it: VotingBranch) => Promise<unknown>]>([
  ['everybody is asked', true, (it) => suspends(it, '周杰').then(() => opens(it))],
  ['the committee is, with a seat', true, (it) => suspends(it, '张伟').then(() => opens(it, { whose: 'committee', secrecy: 'named' }))],
  ['the committee is, without a seat', false, (it) => suspends(it, '周杰').then(() => opens(it, { whose: 'committee' }))],
  ['some are chosen', false, (it) => suspends(it, '周杰').then(() => opens(it, { whose: 'chosen', people: ['m_王芳'], secrecy: 'named' }))],
  ['everybody answers a pulse', false, (it) => suspends(it, '周杰').then(() => opens(it, { use: 'pulse', subjects: '履职' }))],
  ['it comes after the opening', false, (it) => opens(it).then(() => it.at('2026-10-08', '09:30') && suspends(it, '周杰'))],
  [
    'the person has left before',
    false,
    async (it) => {
      await suspends(it, '周杰')
      await it.store.client.execute("update members set left_on = '2026-10-07', branch = null where id = 'm_周杰'")
      await opens(it)
    },
  ],
])('where %s, a suspension moves the list: %s', async (_where, moves, opened) => {
  const it = await aVotingBranch()
  await opened(it)
  expect((await it.it('asked')).baseMoves).toHaveLength(moves ? 1 : 0)
})

test('the export carries the moves, and later changes move nothing', async () => {
  const it = await aClosedVote()
  const file = await exported(it)
  expect(file).toMatchObject({
    format: 'zhibu-ballot-3',
    baseMoves: [{ scope: null, people: 1, by: 'm_上级', at: '2026-10-08T01:00:00.000Z', confirmedAt: null, confirmedBy: null }],
  })
  expect(JSON.stringify(file)).not.toContain('周杰')
  expect(verify(JSON.stringify(file), { fingerprint: file.fingerprint }).isGood).toBe(true)
  const [row] = await it.rows('select id from suspensions')
  expect((await it.press('上级', { press: 'suspension.end', person: 'm_周杰', suspension: String(row?.id) })).mood).toBe('success')
  expect((await it.press('李华', { press: 'leaving.remove', person: 'm_周杰' }, { form: { reason: 'moved' } })).mood).toBe('success')
  await it.store.client.execute("update members set name = '改名' where id = 'm_上级'")
  expect(await exported(it)).toEqual(file)
})

test('a result of the second edition keeps its fingerprint', async () => {
  const it = await aClosedVote()
  const now = await it.it('asked')
  const result = now.result && { ...now.result, edition: 2 }
  const file = exportOf({ ...now, result }, await receiptsOf(it.db, 'asked')) as BallotExport
  expect([file.format, Object.hasOwn(file, 'baseMoves')]).toEqual(['zhibu-ballot-2', false])
  expect(verify(JSON.stringify(file), { fingerprint: file.fingerprint }).isGood).toBe(true)
})

/** Each is forged with a fingerprint that agrees. */
const [opened, before, during, after] = [
  '2026-10-08T01:00:00.000Z',
  '2026-10-08T00:59:00.000Z',
  '2026-10-08T02:00:00.000Z',
  '2026-10-10T00:00:00.000Z',
]
const addition = { at: during, by: 'm_李华', people: 1 }
const extension = { at: during, by: 'm_李华', from: '2026-10-09T09:00:00.000Z', to: '2026-10-12T09:00:00.000Z' }
const exclusion = { scope: 'elections', people: 1, at: before, by: 'm_李华', confirmedAt: opened, confirmedBy: 'm_上级' }
const suspension = { scope: null, people: 1, at: opened, by: 'm_上级', confirmedAt: null, confirmedBy: null }

test.each<[string, Partial<BallotExport>, string | null]>([
  ['there are some of each', { additions: [addition], extensions: [extension], baseMoves: [exclusion, suspension] }, null],
  ['it is added before the opening', { additions: [{ ...addition, at: before }] }, 'before the opening or after the close'],
  ['it is added after the close', { additions: [{ ...addition, at: after }] }, 'before the opening or after the close'],
  ['it is put off after the close', { extensions: [{ ...extension, at: after }] }, 'before the opening or after the close'],
  ['more are added than there are', { additions: [addition, { ...addition, people: 5 }] }, '6 were added'],
  ['half a person is added', { additions: [{ ...addition, people: 0.5 }] }, 'no whole number'],
  ['nobody is left out', { baseMoves: [{ ...suspension, people: 0 }] }, 'no whole number'],
  ['the close is brought forward', { extensions: [{ ...extension, to: extension.from }] }, 'brought forward'],
  [
    'an extension is missing',
    { extensions: [extension, { ...extension, from: '2026-10-13T09:00:00.000Z', to: after.replace('10-10', '10-14') }] },
    'does not begin',
  ],
  ['the base moves later', { baseMoves: [{ ...suspension, at: during }] }, 'after the opening'],
  ['an exclusion is confirmed later', { baseMoves: [{ ...exclusion, confirmedAt: during }] }, 'after the opening'],
  ['an exclusion is confirmed by nobody', { baseMoves: [{ ...exclusion, confirmedAt: null, confirmedBy: null }] }, 'no second person'],
  ['who asked confirms', { baseMoves: [{ ...exclusion, confirmedBy: 'm_李华' }] }, 'no second person'],
  ['a time is none', { extensions: [{ ...extension, from: 'never' }] }, 'not a ballot that was exported'],
])('changes in which %s are judged', async (_what, forged, why) => {
  const file = retaken({ ...(await once()), ...forged })
  const { isGood, says } = verify(JSON.stringify(file))
  expect(says).toContain(why ?? 'Counted again')
  expect(isGood).toBe(why === null)
})

let kept: Promise<BallotExport> | undefined
const once = () => (kept ??= aClosedVote().then((it) => exported(it)))
