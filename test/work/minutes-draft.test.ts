import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { moment } from '../../src/calendar.ts'
import { draftOf, type MinuteDraft, readableBy } from '../../src/rules/work/minutes-draft.ts'
import type { MinuteElection, MinuteFacts, MinuteVote } from '../../src/rules/work/minutes-facts.ts'
import { confirmers, minutesDueOn, minutesLateFrom, recorderFor, stateOfMinutes, type There } from '../../src/rules/work/minutes-state.ts'

const vote = (more: Partial<MinuteVote>): MinuteVote => ({
  words: '选派李华参加培训',
  matter: 'ordinary',
  way: 'hands',
  expectedVoters: 10,
  presentVoters: 8,
  votes: { for: 7, against: 0, abstain: 1 },
  views: 0,
  isVoid: false,
  isCarried: true,
  ...more,
})

const round = (more: Partial<MinuteElection>): MinuteElection => ({
  title: '支部委员会委员',
  seats: 2,
  again: null,
  expectedVoters: 10,
  presentVoters: 9,
  scrutineers: ['周杰'],
  tellers: ['陈晨'],
  box: { handedOut: 9, returned: 9, invalid: 0 },
  votes: [
    { name: '王芳', for: 5, against: 4, abstain: 0 },
    { name: '张伟', for: 6, against: 3, abstain: 0 },
    { name: '黄磊', for: 5, against: 4, abstain: 0 },
  ],
  writtenIn: [],
  outcome: null,
  ...more,
})

const person = (name: string, votes: number) => ({ name, member: `m_${name}`, votes })

const facts: MinuteFacts = {
  branch: '教工第一支部',
  kind: 'general',
  group: null,
  others: [],
  from: moment('2026-10-08', '15:00').getTime(),
  until: moment('2026-10-08', '16:20').getTime(),
  place: '三楼会议室',
  calledBy: '李华',
  host: '李华',
  recorder: '王芳',
  expected: 12,
  away: 1,
  present: ['李华', '王芳', '张伟', '周杰', '陈晨', '黄磊', '钱进', '赵敏'].map((name) => ({ name, isLate: name === '张伟' })),
  isQuorate: true,
  votesStand: true,
  leaves: { travel: 1, sick: 1 },
  madeUp: 1,
  agenda: [
    { words: '学习贯彻会议精神', wasHeld: true, points: '领学半小时。\n\n两人发言。' },
    { words: '讨论活动室', wasHeld: true, points: null },
    { words: '通报党费', wasHeld: false, points: null },
    { words: '其他', wasHeld: null, points: '无' },
  ],
  points: null,
  votes: [],
  elections: [],
  decisions: [
    { words: '整理活动室', owner: '王芳', dueOn: '2026-12-20' },
    { words: '设立示范岗', owner: null, dueOn: null },
    { words: null, owner: null, dueOn: null },
  ],
  earlier: [
    { words: '更新展板', owner: '张伟', dueOn: '2026-09-30', isDone: true },
    { words: '走访老党员', owner: '李华', dueOn: '2026-10-10', isDone: false },
  ],
  credited: ['（12）支部党员大会'],
}

const meetings: Record<string, MinuteFacts> = {
  党员大会: facts,
  各种表决: {
    ...facts,
    earlier: [],
    decisions: [],
    votes: [
      vote({}),
      vote({ words: '李明', matter: 'admission', way: 'secret', votes: { for: 4, against: 3, abstain: 1 }, views: 2, isCarried: false }),
      vote({ words: '周一鸣', matter: 'conversion', way: 'paper' }),
      vote({ words: '换会议室', way: 'named', votes: null }),
      vote({ words: '王强', matter: 'admission', way: 'paper', votes: null, isVoid: true }),
    ],
    elections: [
      round({
        outcome: { is: 'counted', elected: [person('张伟', 6)], tied: [person('王芳', 5), person('黄磊', 5)], seatsTied: 1, seatsLeft: 0 },
      }),
      round({
        again: 'tie',
        seats: 1,
        votes: [
          { name: '王芳', for: 4, against: 5, abstain: 0 },
          { name: '黄磊', for: 5, against: 4, abstain: 0 },
        ],
        writtenIn: [{ name: '钱进', for: 1 }],
        outcome: { is: 'counted', elected: [person('黄磊', 5)], tied: [], seatsTied: 0, seatsLeft: 0 },
      }),
      round({ again: 'anew', votes: [], outcome: { is: 'void', why: 'more' } }),
      round({ again: 'rest', box: null, votes: [], scrutineers: [], tellers: [] }),
    ],
  },
  人数不足: { ...facts, isQuorate: false, votesStand: false, credited: [], votes: [vote({})], leaves: {}, madeUp: 0, earlier: [] },
  联合召开的党课: {
    ...facts,
    kind: 'lecture',
    others: ['学生第二支部'],
    calledBy: '周书记',
    host: '周书记',
    agenda: [],
    points: '主讲人讲了一小时。',
    decisions: [],
    earlier: [],
    place: '',
  },
  小组会: {
    ...facts,
    kind: 'group',
    group: '第二党小组',
    host: null,
    recorder: null,
    agenda: [],
    decisions: [],
    earlier: [],
    credited: [],
  },
  志愿服务: { ...facts, kind: 'activity', agenda: [], decisions: [], earlier: [], credited: [] },
}

const written = ({ title, lines }: MinuteDraft) =>
  [title, ...lines.map(({ head, says, isForCommittee }) => `${head}${isForCommittee ? '（支委）' : ''}：${says.join('\n    ')}`)].join('\n')

test('the minutes of each edge read as the golden text', () => {
  const all = `${Object.entries(meetings)
    .map(([name, one]) => `== ${name}\n${written(draftOf(one))}`)
    .join('\n\n')}\n`
  const file = new URL('../golden/minutes.txt', import.meta.url)
  if (process.env.UPDATE_GOLDEN) writeFileSync(file, all)
  expect(all).toBe(readFileSync(file, 'utf8'))
})

test('what is not known becomes no line', () => {
  const heads = draftOf({
    ...facts,
    place: '',
    host: null,
    recorder: null,
    agenda: [],
    decisions: [],
    earlier: [],
    credited: [],
    leaves: {},
    madeUp: 0,
  }).lines.map(({ head }) => head)
  expect(heads).toEqual(['会议名称', '时间', '召集人', '应到', '实到', '出席', '缺席、请假', '到会情况'])
})

test('members read no reason of a leave', () => {
  const draft = draftOf(facts)
  const [all, some] = [written(readableBy(draft, true)), written(readableBy(draft, false))]
  expect([all.includes('病假 1 人'), some.includes('病假'), some.includes('请假 2 人')]).toEqual([true, false, true])
})

const there = (id: string, ...roles: There['roles']): There => ({ id, name: id, isFull: true, roles })
const guest = (id: string): There => ({ ...there(id), isFull: false })

test.each<[string, There[], string, string]>([
  ['organisation records', [there('host', 'secretary'), there('pub', 'publicity'), there('org', 'organisation')], 'host', 'org'],
  ['else publicity', [there('host', 'secretary'), there('dis', 'discipline'), there('pub', 'publicity')], 'host', 'pub'],
  ['else another of the committee', [there('host', 'organisation'), there('dis', 'discipline'), there('m')], 'host', 'dis'],
  ['else the host', [there('host', 'organisation'), there('m')], 'host', 'host'],
  ['nobody of the committee was there', [there('m')], 'host', 'host'],
])('%s', (_who, those, host, recorder) => {
  expect(recorderFor(those, host)).toBe(recorder)
})

test.each<[string, There[], string, string[] | null]>([
  ['the rest of the committee', [there('a', 'secretary'), there('b', 'organisation'), there('m')], 'b', ['a']],
  ['a leader of the group', [there('a', 'leader'), there('b', 'organisation')], 'b', ['a']],
  ['any full member beside a lone recorder', [there('a', 'secretary'), there('m'), guest('p')], 'a', ['m']],
  ['nobody but a probationer', [there('a', 'secretary'), guest('p')], 'a', null],
  ['the assessor for an absent committee', [there('m'), there('n')], 'host', null],
])('confirms: %s', (_who, those, recorder, ids) => {
  expect(confirmers(those, recorder)?.map(({ id }) => id) ?? null).toEqual(ids)
})

test.each([
  ['2026-10-08', '2026-10-14'],
  ['2026-09-28', '2026-10-10'],
])('closed on %s they are due on %s', (closed, due) => {
  const at = moment(closed, '16:00')
  expect([minutesDueOn(at), minutesLateFrom(at)]).toEqual([due, moment(due, '24:00').getTime()])
})

const [at, none] = [new Date(1), { submittedAt: null, returnedBecause: null, reopenedAt: null, confirmedAt: null }]
test.each([
  [null, 'none'],
  [none, 'draft'],
  [{ ...none, returnedBecause: '补一条' }, 'returned'],
  [{ ...none, submittedAt: at }, 'submitted'],
  [{ ...none, submittedAt: at, confirmedAt: at }, 'locked'],
  [{ ...none, submittedAt: at, reopenedAt: at }, 'reopened'],
])('%j is %s', (row, state) => {
  expect(stateOfMinutes(row)).toBe(state)
})
