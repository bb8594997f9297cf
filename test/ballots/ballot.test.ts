import { expect, test } from 'vitest'
import { questionOf } from '../../src/rules/ballots/form.ts'
import { aVotingBranch, gradedBy } from '../harness/ballots/ballots.ts'
import { buttonsOf, openId } from '../harness/branch.ts'

test('a secret vote is cast once; its result comes with the close', async () => {
  const it = await aVotingBranch()
  const ballot = await it.opens()
  const sent = (await it.outboxRows()).filter(({ view }) => view === 'ballot').map(({ to_id }) => to_id)
  expect(sent).toEqual(it.full.map(openId))
  const answer = await it.votes('王芳', ballot, 'for')
  expect(answer.toast.zh).toMatch(/^已投票，回执 [A-Z2-7]{4}-[A-Z2-7]{4}$/)
  expect(await it.count('turnout')).toBe(1)
  expect((await it.votes('王芳', ballot, 'against')).toast.zh).toContain('你已经投过票了')
  for (const [name, stance] of [
    ['李华', 'for'],
    ['张伟', 'for'],
    ['赵敏', 'against'],
    ['孙丽', 'for'],
    ['周杰', 'abstain'],
  ] as const)
    expect((await it.votes(name, ballot, stance)).mood).toBe('success')
  expect((await it.it(ballot)).result).toBeNull()
  expect((await it.cardOf('王芳', ballot)).text).not.toMatch(/赞成|反对/)

  expect(await it.minute('2026-10-09', '17:01')).toEqual([])
  const { result, isSealed, wipedAt } = await it.it(ballot)
  expect(result).toMatchObject({ outcome: 'counted', voted: 6, tally: { members: { counts: { 1: { for: 4, against: 1, abstain: 1 } } } } })
  expect([isSealed, wipedAt]).toEqual([false, it.now()])
  expect(await it.count('marks')).toBe(0)
  const { text } = await it.shown('turnout', { subject: 't', ballot })
  expect(text).toContain('赞成 4 · 不赞成 1 · 弃权 1')
  expect(text).toContain('**通过**')
})

test('an evaluation: at most a third excellent, nobody themself, nobody twice', async () => {
  const it = await aVotingBranch()
  const ballot = await it.opens({
    use: 'evaluation',
    title: '2026年民主评议',
    question: gradedBy(['李华', '王芳', '张伟', '赵敏', '孙丽', '周杰']),
  })
  const { card } = await it.cardOf('王芳', ballot)
  expect(JSON.stringify(card)).not.toContain('"value":"2"')
  const refused = async (form: object) => (await it.votes('王芳', ballot, form as Record<string, unknown>)).toast.zh
  expect(await refused({ excellent: ['1', '3', '4'] })).toContain('最多 2 人')
  expect(await refused({ excellent: ['2'] })).toContain('不能评自己')
  expect(await refused({ excellent: ['1'], basic: ['1'] })).toContain('李华选进了两个等次')
  expect(await it.count('turnout')).toBe(0)
  expect(await it.count('marks')).toBe(0)
  expect((await it.votes('王芳', ballot, { excellent: ['1', '3'], unqualified: ['4'] })).mood).toBe('success')
  expect(await it.count('marks')).toBe(6)
  for (const name of ['李华', '张伟', '钱进']) await it.votes(name, ballot, { excellent: ['5'] })
  await it.minute('2026-10-09', '17:01')
  const { result } = await it.it(ballot)
  expect(result).toMatchObject({
    outcome: 'counted',
    tally: {
      members: {
        counts: {
          1: { excellent: 1, qualified: 2 },
          2: { qualified: 3 },
          3: { excellent: 1, qualified: 2 },
          4: { unqualified: 1, qualified: 3 },
          5: { excellent: 3, qualified: 1 },
          6: { qualified: 4 },
        },
      },
    },
  })
  expect((await it.shown('turnout', { subject: 't', ballot })).text).toContain('不在群里公布')
  expect((await it.shown('ballotResult', { ballot, viewer: 'm_李华' })).text).toContain('一致：合格')
  expect((await it.shown('ballotResult', { ballot, viewer: 'm_赵敏' })).card).toBeNull()
})

test('whatever is chosen, the request has one length', async () => {
  const it = await aVotingBranch()
  const ballot = await it.opens()
  const sent = buttonsOf((await it.cardOf('王芳', ballot)).card).filter((value) => value.stance !== undefined)
  expect(sent).toHaveLength(3)
  expect(new Set(sent.map((value) => JSON.stringify(value).length)).size).toBe(1)
  for (const [nth, value] of sent.entries()) expect((await it.press(it.full[nth] ?? '', value)).mood).toBe('success')
  const question = questionOf('award', '先进', Array.from({ length: 12 }, (_, nth) => `第${nth}人`).join('\n'), '')
  if ('wrong' in question) throw new Error('no question')
  expect(new Set(question.subjects.map(({ key }) => key.length))).toEqual(new Set([2]))
  await it.minute('2026-10-09', '17:01')
  expect((await it.it(ballot)).result?.tally.members?.counts['1']).toEqual({ for: 1, against: 1, abstain: 1 })
})
