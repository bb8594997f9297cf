import { describe, expect, test } from 'vitest'
import type { Card } from '../../src/card.ts'
import { outcomeOf, type Round } from '../../src/rules/meeting-votes/elections.ts'
import { answersKept, matched, type WriteIn } from '../../src/rules/meeting-votes/write-ins.ts'
import { aMeetingThatVotes, fullMembers, type VotingMeeting } from '../harness/ballots/voting-meeting.ts'
import { textOf } from '../harness/branch.ts'
import { rule } from '../harness/rulebook.ts'

const people = [
  { id: 'a', name: '丁一', mayStand: true },
  { id: 'b', name: '郑凯', mayStand: false },
  { id: 'c', name: '李强', mayStand: true },
  { id: 'd', name: '李强', mayStand: true },
  { id: 'e', name: '王敏', mayStand: true },
  { id: 'f', name: '王敏', mayStand: false },
  { id: 'g', name: '赵新', mayStand: false },
  { id: 'h', name: '赵新', mayStand: false },
]

describe('a written-in name', () => {
  test.each([
    ['丁一', 'member', 'member'],
    [' 丁　一', 'member', 'member'],
    ['郑凯', 'ineligible', 'ineligible'],
    ['赵新', 'ineligible', 'ineligible'],
    ['李强', 'asked', 'unread'],
    ['王敏', 'asked', 'unread'],
    ['张三丰', 'asked', 'unread'],
  ])('%s is %s on paper, %s by card', (name, onPaper, byCard) => {
    expect(matched([{ name, for: 1 }], people, false)[0]?.is).toBe(onPaper)
    expect(matched([{ name, for: 1 }], people, true)[0]?.is).toBe(byCard)
  })

  test('means whom the tellers say, where it was doubtful', () => {
    const answered: WriteIn[] = [
      { name: '李强', for: 2, answer: { member: 'd' } },
      { name: '张三丰', for: 1, answer: 'unread' },
      { name: '王敏', for: 1, answer: 'ineligible' },
    ]
    expect(matched(answered, people, false)).toMatchObject([
      { is: 'member', meant: { member: 'd' } },
      { is: 'unread' },
      { is: 'ineligible' },
    ])
  })

  test('is read as it was in elections older than the matching', () => {
    expect(matched([{ name: '郑凯', for: 5 }], null, true)).toMatchObject([{ is: 'member', meant: { name: '郑凯', member: null } }])
  })

  test('keeps its answer in a corrected count', () => {
    const before: WriteIn[] = [{ name: '李强', for: 2, answer: { member: 'd' } }]
    expect(
      answersKept(
        [
          { name: '李强', for: 3 },
          { name: '丁一', for: 1 },
        ],
        before,
      ),
    ).toEqual([
      { name: '李强', for: 3, answer: { member: 'd' } },
      { name: '丁一', for: 1 },
    ])
  })
})

const round = (writeIns: readonly WriteIn[]): Round => ({
  id: '1',
  after: null,
  seats: 1,
  expectedVoters: 10,
  presentVoters: 10,
  nominees: [
    { name: '甲', member: 'x' },
    { name: '乙', member: 'y' },
  ],
  sheet: {
    handedOut: 10,
    returned: 10,
    invalid: 0,
    votes: [
      { for: 2, against: 8, abstain: 0 },
      { for: 1, against: 9, abstain: 0 },
    ],
    writeIns: matched(writeIns, people, false),
  },
})

describe('the outcome', () => {
  test.each([
    ['elects the member meant', [{ name: '丁一', for: 6 }], { is: 'counted', elected: [{ member: 'a', votes: 6 }] }],
    ['elects nobody who may not stand', [{ name: '郑凯', for: 6 }], { is: 'counted', elected: [], seatsLeft: 1 }],
    ['waits while the tellers are asked', [{ name: '李强', for: 1 }], { is: 'asked', names: ['李强'] }],
    ['leaves out what nobody made out', [{ name: '阿强', for: 6, answer: 'unread' as const }], { is: 'counted', elected: [] }],
    [
      'adds two names of one member',
      [
        { name: '丁一', for: 3 },
        { name: '老丁', for: 3, answer: { member: 'a' } },
      ],
      { is: 'counted', elected: [{ member: 'a', votes: 6 }] },
    ],
  ])('%s', (_what, writeIns, is) => {
    const one = round(writeIns)
    expect(outcomeOf(one, [one])).toMatchObject(is)
  })
})

const nine = fullMembers.filter((name) => name !== '欧阳娜')
const form = { title: '委员', seats: '1', nominees: ['m_王芳', 'm_张伟'], scrutineers: ['m_周杰'], tellers: ['m_陈晨'] }
const counts = { handedOut: '9', returned: '9', invalid: '0', votes_0: '2 7 0', votes_1: '1 8 0' }

async function anElection(more: object = {}) {
  const it = await aMeetingThatVotes(nine)
  const on = (what: string, sent: object, filled?: object) =>
    it.press('李华', { press: what, gathering: it.gathering, ...sent }, { form: filled as Record<string, unknown> })
  expect((await on('electionForm.submit', { id: 'e', after: null }, { ...form, ...more })).mood).toBe('success')
  return { ...it, on, counts: (writeIns: string) => on('election.count', { election: 'e' }, { ...counts, writeIns }) }
}

const outcome = async (it: VotingMeeting) => (await it.shown('election', { subject: 's', gathering: it.gathering, election: 'e' })).text

describe('on the tellers’ sheet', () => {
  test('a probationer or an activist is never elected', async () => {
    const it = await anElection()
    const shown = textOf((await it.counts('钱进 5\n郑凯 1')).card as Card)
    expect(shown).toContain('另选 钱进（无被选举权）  赞成 **5**')
    expect(shown).toContain('另选 郑凯（无被选举权）')
    expect(shown).not.toContain('**当选**')
    expect(await it.group()).not.toContain('当选')
  })

  test('a member whose right is suspended neither stands nor is elected', async () => {
    const it = await aMeetingThatVotes(nine, {
      before: async (branch) => {
        await branch.store.client.execute(
          "insert into suspensions (id, branch, member, kind, from_on, entered_by, entered_at) select 's', branch, id, 'decided', '2026-01-01', id, 0 from members where id = 'm_欧阳娜'",
        )
      },
    })
    const begin = (nominees: string[], id: string) =>
      it.press('李华', { press: 'electionForm.submit', gathering: it.gathering, id, after: null }, { form: { ...form, nominees } })
    expect((await begin(['m_王芳', 'm_欧阳娜'], 'x')).toast.zh).toContain('至少 2 名；现有 1 名')
    await begin(['m_王芳', 'm_张伟'], 'e')
    await it.press(
      '李华',
      { press: 'election.count', gathering: it.gathering, election: 'e' },
      { form: { ...counts, writeIns: '欧阳娜 6' } },
    )
    expect(await outcome(it)).toContain('另选 欧阳娜（无被选举权）')
    expect(await outcome(it)).not.toContain('**当选**')
  })

  test('an unknown name is asked of the tellers before the outcome', async () => {
    const it = await anElection()
    await it.counts('小丁 5')
    expect(await outcome(it)).toContain('请计票人确认：选票上另写的「小丁」（5 票）是谁？')
    expect(await it.group()).toContain('**还没有结果**：等计票人确认另写的 小丁 是谁。')
    const answer = (who: string) => it.on('writeIns.answer', { election: 'e', name: '小丁' }, { who })
    expect((await answer('m_钱进')).toast.zh).toContain('请选这个名字是谁')
    expect((await answer('m_王芳')).toast.zh).toContain('请选这个名字是谁')
    expect((await answer('m_丁一')).mood).toBe('success')
    expect(await it.group()).toContain('**当选**：丁一（5 票）')
    expect((await it.deeds()).at(-1)).toBe('election.answerWriteIn')
  })
})

test('by card a doubtful name is unread, and an activist not elected', async () => {
  const it = await aMeetingThatVotes(nine, {
    before: async (branch) => {
      await rule(branch.store.client, { electionsByCard: true })
    },
  })
  await it.press(
    '李华',
    { press: 'electionForm.submit', gathering: it.gathering, id: 'e', after: null },
    { form: { ...form, way: 'card' } },
  )
  for (const [nth, name] of nine.entries()) await it.votes(name, 'e', { write_0: nth < 5 ? '郑凯' : '某人' })
  await it.press('李华', { press: 'ballotHost.close', ballot: 'e' })
  await it.count_()
  for (const text of [await outcome(it), (await it.shown('ballotResult', { ballot: 'e' })).text]) {
    expect(text).toContain('郑凯（无被选举权）')
    expect(text).toContain('某人（未能辨认）')
    expect(text).not.toContain('当选')
  }
})
