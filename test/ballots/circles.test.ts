import { describe, expect, test } from 'vitest'
import { receiptsOf } from '../../db/ballots/voter-cards.ts'
import { verify } from '../../src/scripts/verify-ballot.ts'
import { exportOf } from '../../src/words/ballot-export.ts'
import { aVotingBranch, gradedBy } from '../harness/ballots/ballots.ts'
import { retaken } from '../harness/ballots/forged.ts'
import { buttonsOf, openId } from '../harness/branch.ts'

const asked = { use: 'resolution', title: '选派李华参加培训', secrecy: 'secret', closes: '2026-10-09 17:00 +0800' }

/** A branch, and the form by which its secretary opens a ballot. */
async function aForm() {
  const it = await aVotingBranch()
  const submit = (form: object) =>
    it.press('李华', { press: 'ballotForm.submit', id: 'asked', branch: 'branch', committee: null }, { form: { ...asked, ...form } })
  const chosen = (...names: string[]) => ({ whose: 'chosen', people: names.map((name) => `m_${name}`) })
  return { ...it, submit, chosen }
}

const five = ['李华', '王芳', '张伟', '赵敏', '孙丽']

describe('a secret ballot is refused where the figures would name the voters', () => {
  test.each([
    [1, '至少要 5 人'],
    [4, '至少要 5 人'],
  ])('%i chosen people', async (many, sentence) => {
    const it = await aForm()
    expect((await it.submit(it.chosen(...five.slice(0, many)))).toast.zh).toContain(sentence)
    expect(await it.count('ballots')).toBe(0)
    expect((await it.submit({ ...it.chosen(...five.slice(0, many)), secrecy: 'named' })).mood).toBe('success')
  })

  test('a committee of two, and not one of three', async () => {
    const it = await aForm()
    await it.store.client.execute("update seats set until_at = 1 where role = 'publicity'")
    expect((await it.submit({ whose: 'committee' })).toast.zh).toContain('只有 2 人投票')
    await it.store.client.execute("update seats set until_at = null where role = 'publicity'")
    expect((await it.submit({ whose: 'committee' })).mood).toBe('success')
    expect(await it.it('asked')).toMatchObject({ electorate: 'committee', electors: 3 })
  })
})

test('the voter’s card says how many vote, and warns below five', async () => {
  const it = await aForm()
  await it.submit({ whose: 'committee' })
  const { text } = await it.cardOf('王芳', 'asked')
  expect(text).toContain('**应投**  3 人，支委')
  expect(text).toContain('可能猜得出谁投了什么')
  const whole = await it.opens()
  expect((await it.cardOf('王芳', whole)).text).toContain('**应投**  6 人，全体有投票权的党员')
  expect((await it.cardOf('王芳', whole)).text).not.toContain('猜得出')
})

test('a press cannot end a vote of twenty after the first', async () => {
  const names = Array.from({ length: 20 }, (_, nth) => `p${nth}`)
  const it = await aVotingBranch(names.map((name, nth) => ({ name, ...(nth === 0 ? { role: 'secretary' as const } : {}) })))
  const ballot = await it.opens({}, names, 'p0')
  const host = async () => it.shown('ballotHost', { subject: 's', ballot, viewer: 'm_p0' })
  const close = () => it.press('p0', { press: 'ballotHost.close', ballot })
  await it.votes('p0', ballot, 'for')
  expect((await close()).toast.zh).toContain('满 10 人才能提前结束')
  expect((await it.it(ballot)).closedAt).toBeNull()
  expect(buttonsOf((await host()).card).map(({ press }) => press)).not.toContain('ballotHost.close')
  for (const name of names.slice(1, 10)) await it.votes(name, ballot, 'for')
  expect(buttonsOf((await host()).card).map(({ press }) => press)).toContain('ballotHost.close')
  expect((await close()).mood).toBe('success')
})

test('below the minimum its time tells and keeps the turnout alone', async () => {
  const it = await aForm()
  await it.submit({ whose: 'committee' })
  for (const name of ['李华', '王芳']) await it.votes(name, 'asked', 'against')
  expect((await it.press('李华', { press: 'ballotHost.close', ballot: 'asked' })).toast.zh).toContain('满 3 人才能提前结束')
  await it.minute('2026-10-09', '17:01')
  expect((await it.it('asked')).result).toMatchObject({ outcome: 'few', voted: 2, tally: {} })
  for (const text of [
    (await it.shown('turnout', { subject: 't', ballot: 'asked' })).text,
    (await it.shown('ballotResult', { ballot: 'asked' })).text,
  ]) {
    expect(text).toContain('参加的不足 3 人')
    expect(text).not.toMatch(/不赞成|通过/)
  }
})

describe('outside a meeting', () => {
  test('five chosen people pass no resolution of a branch', async () => {
    const it = await aForm()
    await it.submit(it.chosen(...five))
    for (const name of five) await it.votes(name, 'asked', 'for')
    await it.minute('2026-10-09', '17:01')
    const { text } = await it.shown('turnout', { subject: 't', ballot: 'asked' })
    expect(text).toContain('赞成 5 · 不赞成 0 · 弃权 0')
    expect(text).toContain('以上 5 人的意见，不是支部决议')
    expect(text).not.toContain('通过')
    const file = exportOf(await it.it('asked'), await receiptsOf(it.db, 'asked'))
    expect(file).toMatchObject({ resolution: null, ballot: { electorate: 'chosen', isInMeeting: false } })
    expect(verify(JSON.stringify(file)).isGood).toBe(true)
    const claimed = { ...file, resolution: { expectedVoters: 5, presentVoters: 5, isCarried: true } }
    expect(verify(JSON.stringify(retaken(claimed as NonNullable<typeof file>))).says).toContain('decision where none can be')
  })

  test.each([
    ['committee', { whose: 'committee' }, ['李华', '王芳', '张伟']],
    ['whole branch, picked by name', { whose: 'chosen', people: [...five, '周杰'].map((name) => `m_${name}`) }, [...five, '周杰']],
  ])('the %s carries one', async (_who, form, voters) => {
    const it = await aForm()
    await it.submit(form)
    for (const name of voters) await it.votes(name, 'asked', 'for')
    await it.minute('2026-10-09', '17:01')
    expect((await it.shown('turnout', { subject: 't', ballot: 'asked' })).text).toContain('**通过**')
  })

  test('to a committee’s ballot only its members are added', async () => {
    const it = await aForm()
    await it.submit({ whose: 'committee' })
    expect((await it.press('李华', { press: 'ballotMore.add', ballot: 'asked' }, { form: { people: ['m_赵敏'] } })).mood).toBe('warning')
  })
})

test('additions and extensions stand on every card and in the export', async () => {
  const it = await aVotingBranch()
  const ballot = await it.opens({}, five)
  await it.press('李华', { press: 'ballotMore.add', ballot }, { form: { people: ['m_周杰'] } })
  await it.press('王芳', { press: 'ballotMore.extend', ballot }, { form: { closes: '2026-10-12 17:00 +0800' } })
  const told = async () => [
    (await it.cardOf('赵敏', ballot)).text,
    (await it.shown('turnout', { subject: 't', ballot })).text,
    (await it.shown('ballotHost', { subject: 's', ballot, viewer: 'm_李华' })).text,
  ]
  const both = (text: string) => {
    expect(text).toContain('名单后加 1 人（李华，10月8日')
    expect(text).toMatch(/截止从10月9日.*17:00延到10月12日.*17:00（王芳，10月8日/)
  }
  for (const text of await told()) both(text)
  for (const name of five) await it.votes(name, ballot, 'for')
  await it.minute('2026-10-12', '17:01')
  for (const text of [...(await told()), (await it.shown('ballotResult', { ballot })).text]) both(text)
  const file = exportOf(await it.it(ballot), await receiptsOf(it.db, ballot))
  expect(file).toMatchObject({
    additions: [{ by: 'm_李华', people: 1 }],
    extensions: [{ by: 'm_王芳', from: '2026-10-09T09:00:00.000Z', to: '2026-10-12T09:00:00.000Z' }],
  })
  for (const sql of ['delete from ballot_extensions', 'update ballot_extensions set at = 0', "update ballots set electorate = 'chosen'"])
    await expect(it.store.client.execute(sql), sql).rejects.toThrow('ballot frozen')
})

test('after the close its voters see the list, and never who voted', async () => {
  const it = await aVotingBranch()
  const ballot = await it.opens({}, five)
  await it.press('李华', { press: 'ballotMore.add', ballot }, { form: { people: ['m_周杰'] } })
  const open = (name: string) => it.press(name, { press: 'electors.open', ballot })
  expect((await open('王芳')).toast.zh).toContain('投票结束后')
  for (const name of ['李华', '王芳', '张伟']) await it.votes(name, ballot, 'for')
  await it.minute('2026-10-09', '17:01')
  expect(buttonsOf((await it.cardOf('孙丽', ballot)).card)).toContainEqual({ press: 'electors.open', ballot })
  expect((await open('钱进')).mood).toBe('warning')
  expect((await open('孙丽')).mood).toBe('success')
  const shown = await it.shown('ballotElectors', { ballot, viewer: 'm_孙丽' })
  for (const name of five) expect(shown.text).toContain(name)
  expect(shown.text).toContain('周杰（后加）')
  expect(shown.text).not.toContain('已投')
  expect((await it.shown('ballotElectors', { ballot, viewer: 'm_钱进' })).card).toBeNull()
})

describe('codes for the public', () => {
  const evaluation = { use: 'evaluation' as const, question: gradedBy(['赵敏', '孙丽', '周杰']) }

  test('a colleague makes them, who then no longer runs the ballot', async () => {
    const it = await aVotingBranch()
    const ballot = await it.opens(evaluation)
    await it.byCode(ballot, 5, {})
    expect(
      (await it.press('王芳', { press: 'ballotMore.extend', ballot }, { form: { closes: '2026-10-12 17:00 +0800' } })).toast.zh,
    ).toContain('你生成过这次投票的群众投票码')
    for (const name of five) await it.votes(name, ballot, {})
    await it.minute('2026-10-09', '17:01')
    expect((await it.shown('ballotResult', { ballot, viewer: 'm_李华' })).text).toContain(
      '群众投票码：王芳生成 5 个，用了 5 个。生成的人见过全部的码，可能自己用掉没发出去的。',
    )
  })

  test('neither the opener nor who extended it makes any', async () => {
    const it = await aVotingBranch()
    const ballot = await it.opens(evaluation, undefined, '王芳')
    await expect(it.byCode(ballot, 1, {})).rejects.toMatchObject({ says: { zh: expect.stringContaining('另一位支委') } })
    const other = await it.opens(evaluation)
    await it.press('王芳', { press: 'ballotMore.extend', ballot: other }, { form: { closes: '2026-10-12 17:00 +0800' } })
    await expect(it.byCode(other, 1, {})).rejects.toMatchObject({ says: { zh: expect.stringContaining('另一位支委') } })
    expect(await it.count('ballot_codes')).toBe(0)
  })

  test('without a colleague the assessor is asked', async () => {
    const { codeMakersOf } = await import('../../db/ballots/code-makers.ts')
    const it = await aVotingBranch()
    const ballot = await it.opens(evaluation)
    const makers = async () => (await codeMakersOf(it.db, ballot)).map(({ openId }) => openId)
    expect((await makers()).sort()).toEqual([openId('王芳'), openId('张伟')].sort())
    await it.store.client.execute("update seats set until_at = 1 where role in ('organisation', 'publicity')")
    expect(await makers()).toEqual([openId('上级')])
  })
})
