import { expect, test } from 'vitest'
import { ballotCard } from '../cards/ballots/ballot.ts'
import { ballotFormCard } from '../cards/ballots/form.ts'
import { ballotHostCard } from '../cards/ballots/host.ts'
import { ballotMoreCard } from '../cards/ballots/more.ts'
import { ballotResultCard } from '../cards/ballots/result.ts'
import { turnoutCard } from '../cards/ballots/turnout.ts'
import { gradeAppealCard } from '../cards/evaluation/appeal.ts'
import { giveReasons } from '../cards/evaluation/buttons.ts'
import { evaluationCard } from '../cards/evaluation/evaluation.ts'
import { reasonsCard } from '../cards/evaluation/grade-form.ts'
import { gradingCard } from '../cards/evaluation/grading-card.ts'
import { groupViewCard } from '../cards/evaluation/group-view-card.ts'
import { evaluationFormCard, voteFormCard } from '../cards/evaluation/open.ts'
import { ownGradeCard } from '../cards/evaluation/own-grade.ts'
import { readingCard } from '../cards/evaluation/reading.ts'
import { selfViewCard } from '../cards/evaluation/self-view.ts'
import { agendaCard } from '../cards/gatherings/agenda.ts'
import { callFormCard } from '../cards/gatherings/call.ts'
import { gatheringCorrectionsCard } from '../cards/gatherings/corrections.ts'
import { gatheringCard } from '../cards/gatherings/gathering.ts'
import { hostCard } from '../cards/gatherings/host.ts'
import { inRoomCard } from '../cards/gatherings/in-room.ts'
import { invitationCard } from '../cards/gatherings/joint.ts'
import { makeUpsCard } from '../cards/gatherings/make-ups-of-meeting.ts'
import { marksCard } from '../cards/gatherings/marks.ts'
import { ownBranchCard } from '../cards/gatherings/own-branch.ts'
import { electionCard } from '../cards/meeting-votes/election.ts'
import { electionFormCard } from '../cards/meeting-votes/election-form.ts'
import { resolveCard } from '../cards/meeting-votes/resolve.ts'
import { welcomeCard } from '../cards/roster/bind.ts'
import { orderCard } from '../cards/scoreboard/order-card.ts'
import { exclusionAskedCard } from '../cards/voters/exclusion-asked.ts'
import { openDecisions, openProblems, readDecisions } from '../cards/work/buttons.ts'
import { decisionsCard } from '../cards/work/decisions-card.ts'
import { problemsCard } from '../cards/work/problems-card.ts'
import { branchTasksCard, ownTasksCard } from '../cards/work/tasks-card.ts'
import type { BallotAsItStands } from '../db/ballots/state.ts'
import { button, type Card } from '../src/card.ts'
import { MOST_GRADED } from '../src/rules/ballots/marks.ts'
import { agendaTags } from '../src/rules/gatherings/agenda.ts'
import { defaultRulebook } from '../src/rules/rulebook/rulebook.ts'
import { asWritten, clipped, t } from '../src/text.ts'
import { workShown } from '../src/words/work/meeting-work.ts'
import { findings } from './harness/browser/judged.ts'

const names = ['王芳', '欧阳娜娜', '😀'.repeat(30), '"\\'.repeat(15), '**<at>'.repeat(5)]

/** As it travels: a string within the request. */
const bytes = (card: Card) =>
  Buffer.byteLength(
    JSON.stringify({ receive_id: 'o'.repeat(40), msg_type: 'interactive', content: JSON.stringify(card), uuid: 'u'.repeat(50) }),
  )
const many = (people: number, name: string) =>
  Array.from({ length: people }, (_, i) => ({
    id: `member${i}`.padEnd(20, 'x'),
    name: `${name}${i}`,
    votes: true,
    isAway: false,
    branch: 'branch',
    leave: null,
  }))

/** Half of them are waiting for a word, the others have it. */
const onLeave = (people: number, name: string) =>
  many(people, name).map((one, i) => ({ ...one, leave: { reason: 'study' as const, isConfirmed: i % 2 === 1 } }))

const askedFor = (name: string) => ({
  id: 'x'.repeat(20),
  unit: 'unit',
  branch: 'branch',
  branchName: '支'.repeat(40),
  lineage: [],
  member: 'm',
  memberName: name.slice(0, 30),
  memberOpenId: null,
  scope: 'admissions' as const,
  reason: 'elsewhere' as const,
  fromOn: '2026-10-01',
  untilOn: '2027-10-01',
  requestedBy: 'm',
  requesterName: name.slice(0, 30),
  requesterOpenId: null,
  requestedAt: new Date(0),
  confirmedAt: null,
  refusedAt: null,
  answeredBy: null,
  endedAt: null,
})

/** Five full points of a year, as the own view asks for their state. */
const fullPledge = (name: string) => ({
  id: 'p',
  branch: 'branch',
  member: 'm',
  memberName: name,
  memberOpenId: null,
  year: '2026',
  version: 1,
  submittedAt: new Date(0),
  isTyped: false,
  reviewedAt: new Date(0),
  returnedBecause: null,
  replacedAt: null,
  points: [1, 2, 3, 4, 5].map((nth) => ({ nth, words: '('.repeat(60), isKept: null, because: null })),
  isFrozen: false,
})

/** Half of the voters wait for a scrutineer, and everybody is out of some base. */
const roomOf = (people: number, name: string) => ({
  there: many(people, name).map((one, i) => ({
    ...one,
    openId: 'o'.repeat(35),
    isInRoom: i % 3 === 0,
    waitsFor: i % 3 === 1 ? name : null,
    waitsForId: i % 3 === 1 ? 'm' : null,
    markedBy: null,
  })),
  out: many(people, name).map((one) => ({
    ...one,
    scope: 'admissions' as const,
    reason: 'elsewhere' as const,
    counts: true,
    by: name,
    at: new Date(0),
    confirmedBy: name,
    confirmedAt: new Date(0),
    isAdopted: false,
  })),
  late: many(people, name).map((one) => ({ name: one.name, deed: 'member.away', by: name, at: new Date(0) })),
})

/** Everybody who may ask and confirm has moved somebody. */
const moved = Array.from({ length: 6 }, (_, nth) => ({
  scope: nth % 3 === 0 ? null : nth % 3 === 1 ? ('elections' as const) : ('admissions' as const),
  people: 20,
  by: 'by',
  byName: '欧'.repeat(60),
  at: new Date('2026-12-31T15:00:00+08:00'),
  confirmedBy: 'other',
  confirmedByName: '阳'.repeat(60),
  confirmedAt: new Date('2026-12-31T15:00:00+08:00'),
}))

const gathering = {
  id: 'gathering'.padEnd(20, 'x'),
  branch: 'branch',
  branchName: '支'.repeat(40),
  group: null,
  groupName: null,
  roomSecret: null,
  reopenedAt: null,
  minuted: [],
  isMinuted: false,
  cancelledAt: null,
  cancelReason: null,
  onLeave: 0,
  unit: 'unit',
  lineage: [],
  kind: 'general' as const,
  place: '*'.repeat(60),
  startsAt: new Date('2026-10-09T15:00:00+08:00'),
  endsAt: new Date('2026-10-09T16:30:00+08:00'),
  calledBy: 'm',
  callerName: '*'.repeat(30),
  closedAt: null,
  closedBy: null,
  isQuorate: null,
  expected: 3_000,
  away: 1_000,
  present: 0,
  onTime: 0,
  late: 0,
  expectedVoters: 3_000,
  presentVoters: 0,
  electing: 2_000,
  admitting: 2_000,
  inRoom: { voters: 0, electing: 0, admitting: 0 },
  votesInRoom: true,
  baseMoves: moved,
  branches: [
    {
      id: 'branch',
      name: '支'.repeat(40),
      lineage: [],
      isQuorate: null,
      expected: 3_000,
      away: 1_000,
      present: 0,
      expectedVoters: 3_000,
      presentVoters: 0,
    },
  ],
  asked: [],
  agenda: [],
  resolutions: [],
  elections: [],
}

const [ownPart] = gathering.branches as [(typeof gathering.branches)[number]]

const screen = `https://${'host'.repeat(15)}.example/p/${'a'.repeat(20)}.${'b'.repeat(22)}`
const room = { screen, code: { digits: '1234', until: '15:05' } }

/** Eleven that all meet. */
const manyOf = (name: string) => {
  const [own, ...others] = jointOf(name).branches
  return { ...jointOf(name), asked: [], branches: own ? [own, ...others, ...others.map((one) => ({ ...one, id: `${one.id}x` }))] : [] }
}

const figures = { expectedVoters: 3_000, presentVoters: 3_000 }

/** Thirty resolutions, half of them by a show of hands, and as many rounds of elections, each between twenty. */
const votesOf = (name: string) => {
  const people = many(20, name).map(({ id, name }) => ({ name: name.slice(0, 30), member: id }))
  const ballot = {
    id: 'b'.repeat(20),
    isSecret: true,
    state: 'counted' as const,
    electors: 3_000,
    voted: 3_000,
    presentVoters: 3_000,
    tally: null,
  }
  return {
    ...gathering,
    resolutions: Array.from({ length: 30 }, (_, i) => ({
      ...figures,
      id: `resolution${i}`.padEnd(20, 'x'),
      words: name.repeat(60).slice(0, 60),
      matter: 'admission' as const,
      votes: { for: 1_000, against: 1_000, abstain: 1_000 },
      manner: i % 2 === 0 ? ('hands' as const) : ('card' as const),
      views: { for: 100, against: 100, abstain: 100 },
      paper: null,
      by: 'host',
      byOpenId: null,
      byName: name.slice(0, 30),
      at: new Date(0),
      ballot: i % 2 === 0 ? null : ballot,
    })),
    elections: Array.from({ length: 30 }, (_, i) => ({
      ...figures,
      id: `election${i}`.padEnd(20, 'x'),
      title: name.repeat(60).slice(0, 60),
      after: i > 0 ? `election${i - 1}`.padEnd(20, 'x') : null,
      seats: 16,
      nominees: people,
      scrutineers: people.slice(0, 5),
      tellers: people.slice(0, 5),
      ballot: null,
      sheetByName: name.slice(0, 30),
      sheet: {
        handedOut: 3_000,
        returned: 3_000,
        invalid: 0,
        votes: people.map(() => ({ for: 2_000, against: 500, abstain: 500 })),
        writeIns: Array.from({ length: 3 }, (_, i) => ({ name: `${name}${i}`.slice(0, 20), for: 5, is: 'asked' as const, meant: null })),
      },
      entered: null,
      standers: people.map(({ member }) => ({ id: member, name, mayStand: true })),
    })),
  }
}

/** Twelve items, and ten other branches of which half have joined. */
const jointOf = (name: string) => ({
  ...gathering,
  branches: [
    ...gathering.branches,
    ...Array.from({ length: 5 }, (_, i) => ({ ...gathering.branches[0], id: `other${i}`, name: `${name}${i}`.slice(0, 40), lineage: [] })),
  ] as typeof gathering.branches,
  asked: Array.from({ length: 5 }, (_, i) => ({ id: `asked${i}`, name: `${name}${i}`.slice(0, 40), answer: null })),
  agenda: Array.from({ length: 12 }, (_, i) => ({
    position: i + 1,
    words: name.repeat(60).slice(0, 60),
    tags: [...agendaTags],
    wasHeld: i % 2 === 0 ? null : false,
  })),
})

/** Every card of a meeting that has voted very often. */
async function votingCards(name: string, count: number): Promise<Card[]> {
  const it = { ...votesOf(name), agenda: jointOf(name).agenda }
  const [round] = it.elections as [(typeof it.elections)[number]]
  const people = many(count, name)
  const offered = { id: 'e', title: '', full: people, present: people, byCard: true }
  return [
    await hostCard({ ...it, roomSecret: 'secret', onLeave: count }, onLeave(count, name), gathering.startsAt, room),
    gatheringCard(it),
    gatheringCard({ ...it, closedAt: gathering.startsAt, isQuorate: false }),
    resolveCard(it, { id: 'r', words: name.repeat(60).slice(0, 60) }, gathering.startsAt),
    electionFormCard(it, { ...offered, after: null }, gathering.startsAt),
    electionFormCard(it, { ...offered, after: round }, gathering.startsAt),
    electionCard(it, round, { now: gathering.startsAt, page: screen }),
    electionCard(it, { ...round, sheet: null }, { now: gathering.startsAt, page: screen }),
    electionCard({ ...it, elections: [round] }, round, { now: gathering.startsAt, page: screen, isCorrecting: true }),
  ]
}

/** Everything about decisions and tasks: twelve long ones, and far more tasks than are shown. */
async function workCards(name: string, count: number): Promise<Card[]> {
  const it = { ...jointOf(name), ...votesOf(name), kind: 'committee' as const }
  const words = name.repeat(120).slice(0, 120)
  const [people, part] = [Array.from({ length: 80 }, (_, i) => `ou_${String(i).padStart(32, '0')}`), { gathering: 'g', branch: 'branch' }]
  const written = Array.from({ length: 12 }, (_, nth) => ({
    id: 'd'.repeat(20),
    nth,
    words,
    resolution: null,
    election: null,
    owner: 'm',
    ownerName: name.slice(0, 30),
    dueOn: '2026-10-20',
    isPublished: true,
    task: 'open' as const,
  }))
  const votes = Array.from({ length: 30 }, (_, i) => ({ vote: 'resolution' as const, id: `r${i}`, words: words.slice(0, 60) }))
  const tasks = Array.from({ length: Math.min(count, 60) }, () => ({
    id: 't'.repeat(20),
    unit: 'unit',
    branch: 'branch',
    branchName: name.slice(0, 40),
    lineage: [],
    origin: 'decision' as const,
    originId: 'd',
    meeting: null,
    isPublished: false,
    words,
    owner: 'm',
    ownerName: name.slice(0, 30),
    ownerOpenId: null,
    isOwnerHere: false,
    dueOn: '2026-10-01',
    byName: name.slice(0, 30),
    at: gathering.startsAt,
    doneAt: null,
    doneNote: null,
    checkedAt: null,
    cannotAt: gathering.startsAt,
    cannotBecause: words,
    droppedAt: null,
    droppedBecause: null,
    stands: true,
    ownMoves: 0,
  }))
  const earlier = tasks.map((one) => ({ ...one, isDone: false }))
  const buttons = { decisions: openDecisions.value, problems: openProblems.value }
  const work = workShown(it, earlier, { written, votes }, buttons, gathering.startsAt)
  const found = written.map((one) => ({ ...one, member: 'm', memberName: name.slice(0, 30), isPutRight: false, ownerName: one.ownerName }))
  return [
    decisionsCard({ it, branch: 'branch', decided: { written, votes }, isSettled: false, people }, gathering.startsAt),
    problemsCard({ it, branch: 'branch', found: [...found, ...found, ...found], isSettled: false, people }, gathering.startsAt),
    ownTasksCard(name.slice(0, 30), tasks, gathering.startsAt, 'branch', 'g'),
    branchTasksCard({ id: 'branch', name: name.slice(0, 40) }, tasks, gathering.startsAt),
    branchTasksCard(
      { id: 'branch', name: name.slice(0, 40) },
      tasks.map((one, nth) => (nth % 2 === 0 ? one : { ...one, isOwnerHere: true, cannotAt: null })),
      gathering.startsAt,
    ),
    await hostCard({ ...it, roomSecret: 'secret', onLeave: count }, onLeave(count, name), gathering.startsAt, room, work),
    gatheringCard({ ...it, closedAt: gathering.startsAt, isQuorate: false }, undefined, [
      button(t('看决定', 'Read them'), readDecisions.value(part)),
    ]),
  ]
}

test.each(names)('with many called “%s” every card fits into 30,000 bytes', async (name) => {
  for (const count of [1, 60, 120, 3_000]) {
    const branch = { id: 'b', unit: 'u', committee: 'c', name: name.slice(0, 40), since: '', lineage: [] }
    const order = Array.from({ length: count }, (_, i) => ({
      committee: '机关党委',
      branch,
      tenths: i,
      place: i + 1,
      isLast: i === count - 1,
      progress: null,
      isUndecided: false,
      moved: -count,
      yearTenths: 1000,
      isFiveGood: true,
    }))
    const ordered = {
      committee: 'c'.repeat(20),
      quarter: '2026Q3',
      rows: order,
      isFinal: true,
      rulebook: defaultRulebook,
      language: 'zh',
    } as const
    const cards = [
      await hostCard(gathering, many(count, name), gathering.startsAt),
      await hostCard({ ...gathering, roomSecret: 'secret', onLeave: count }, onLeave(count, name), gathering.startsAt),
      await hostCard({ ...jointOf(name), roomSecret: 'secret', onLeave: count }, onLeave(count, name), gathering.startsAt, room),
      gatheringCard(jointOf(name)),
      gatheringCard(manyOf(name)),
      gatheringCard({ ...manyOf(name), closedAt: gathering.startsAt }),
      ownBranchCard(jointOf(name), ownPart, { missing: onLeave(count, name), present: many(count, name) }, gathering.startsAt),
      agendaCard(jointOf(name), gathering.startsAt),
      ...(await workCards(name, count)),
      invitationCard(jointOf(name), { gathering: 'g', branch: 'b', branchName: name.slice(0, 40), answer: null }, gathering.startsAt),
      makeUpsCard(
        gathering,
        many(count, name).map((one, i) => ({ ...one, way: 'otherSession' as const, excuse: null, isSettled: i % 3 === 0 })),
      ),
      gatheringCorrectionsCard(gathering, many(count, name), new Date(0)),
      inRoomCard(gathering, { ...roomOf(count, name), room, now: gathering.startsAt, viewer: 'm' }),
      marksCard(gathering, roomOf(count, name).there),
      exclusionAskedCard(askedFor(name)),
      ...(await votingCards(name, count)),
      callFormCard(
        branch.name,
        many(count, name),
        { branch: 'b', gathering: 'g', agenda: name.repeat(120).slice(0, 720) },
        many(count, name.slice(0, 40)),
      ),
      welcomeCard(`oc_${'a'.repeat(32)}`, many(count, name)),
      orderCard({ ...ordered, from: 0, toAll: false }),
      orderCard({ ...ordered, from: Math.floor(count / 2), toAll: true }),
    ]
    expect(findings(await votingCards(name, count), 'votes')).toEqual([])
    expect(Math.max(...cards.map(bytes))).toBeLessThan(30_000)
  }
})

test.each(names)('the ballots of sixty called “%s” and their results fit too', async (name) => {
  const subjects = Array.from({ length: MOST_GRADED }, (_, nth) => ({
    key: String(nth + 1),
    name: clipped(`${nth}${name}`, 40),
    member: `m${nth}`,
  }))
  const counts = Object.fromEntries(subjects.map(({ key }) => [key, { excellent: 10, qualified: 20, basic: 3, unqualified: 1 }]))
  const receipts = Array.from({ length: 300 }, (_, nth) => `ABCD-${String(nth).padStart(4, '2')}`)
  const title = clipped(name.repeat(60), 60)
  const counted = {
    outcome: 'counted' as const,
    countedAt: gathering.startsAt,
    expected: 300,
    voted: 300,
    codes: 40,
    codesUsed: 30,
    faults: [],
    leftOut: 2,
    edition: 2,
  }
  const changed = Array.from({ length: 8 }, (_, nth) => ({ at: gathering.startsAt, by: `m${nth}`, byName: name }))
  const evaluation: BallotAsItStands = {
    id: 'ballot'.padEnd(20, 'x'),
    unit: 'unit',
    unitLanguage: 'zh',
    branch: 'branch',
    committee: null,
    ownerName: '支'.repeat(40),
    lineage: [],
    gathering: null,
    meetingStartsAt: null,
    meetingEndsAt: null,
    use: 'evaluation',
    isSecret: true,
    electorate: 'all',
    title,
    question: { scale: 'grades', subjects },
    openedBy: 'm',
    openerName: name,
    openerOpenId: 'ou_opener',
    openedAt: gathering.startsAt,
    closesAt: gathering.endsAt,
    publicKey: 'key',
    isSealed: true,
    wipedAt: null,
    expectedVoters: null,
    presentVoters: null,
    electors: 300,
    voted: 0,
    codes: 40,
    codesUsed: 0,
    baseMoves: moved,
    additions: changed.map((change) => ({ ...change, people: 20 })),
    extensions: changed.map((change) => ({ ...change, from: gathering.startsAt, to: gathering.endsAt })),
    codeSheets: changed.map((change) => ({ ...change, codes: 5 })),
    closedAt: null,
    closedBy: null,
    cancelledAt: null,
    cancelReason: null,
    standers: null,
    views: null,
    result: null,
  }
  const over = {
    ...evaluation,
    closedAt: gathering.endsAt,
    result: { ...counted, tally: { members: { counts, writeIns: {} }, public: { counts, writeIns: {} } } },
  }
  const own = { isElector: true, mayVote: true, hasVoted: false, branch: 'branch', member: 'nobody' }
  const page = 'https://zhibu.example/p/'.padEnd(100, 'a')
  const shown = { own, now: gathering.startsAt, receipts, secrecyPage: page }
  const election = {
    ...evaluation,
    use: 'election' as const,
    question: { scale: 'stances' as const, subjects: subjects.slice(0, 30), most: 15, writeIns: 3 },
  }
  const cards = [
    ballotCard(evaluation, { ...shown, reminder: true }),
    ...[50, 57].map((people) =>
      ballotCard({ ...evaluation, question: { scale: 'grades', subjects: subjects.slice(0, people) } }, { ...shown, reminder: true }),
    ),
    ballotCard(election, shown),
    ballotCard({ ...evaluation, use: 'pulse', question: { scale: 'agreement', subjects: subjects.slice(0, 10) } }, shown),
    ballotCard({ ...evaluation, use: 'review', question: { scale: 'score', subjects: subjects.slice(0, 20) } }, shown),
    ballotCard({ ...over, use: 'award', question: { scale: 'chosen', subjects: subjects.slice(0, 40), most: 5 } }, shown),
    turnoutCard({ ...over, use: 'award', question: { scale: 'chosen', subjects: subjects.slice(0, 40), most: 5 } }),
    ballotResultCard(over, { receipts, named: [], page, isOrganiser: true }),
    ballotResultCard(
      { ...over, use: 'election', question: election.question },
      {
        receipts,
        named: many(300, name).map((one) => ({
          name: one.name,
          marks: subjects.slice(0, 30).map(({ key }) => [key, 'for'] as [string, string]),
          writeIns: [name],
        })),
        page,
        isOrganiser: true,
      },
    ),
    ballotHostCard(evaluation),
    ballotMoreCard(
      evaluation,
      many(3_000, name).map((one) => ({ ...one, member: one.id, openId: 'o' })),
    ),
    await ballotFormCard({ id: 'b', branch: 'b', committee: null, name }, many(3_000, name), { title }, gathering.startsAt),
  ]
  expect(Math.max(...cards.map(bytes))).toBeLessThan(30_000)
  expect(findings(cards, 'ballots')).toEqual([])
})

test.each(names)('an evaluation of sixty called “%s” fits on each card', (name) => {
  const words = name.repeat(300).slice(0, 300)
  const counts = { excellent: 10, qualified: 20, basic: 3, unqualified: 1 }
  const people = Array.from({ length: MOST_GRADED }, (_, nth) => ({
    key: String(nth + 1),
    member: `m${nth}`.padEnd(20, 'x'),
    name: clipped(`${nth}${name}`, 40),
    openId: nth % 2 === 0 ? 'ou_x' : null,
    group: 'g',
    groupName: name.slice(0, 30),
    isGone: false,
    self: { words, grade: 'excellent' as const },
    view: { words: words.slice(0, 100), grade: 'basic' as const },
    grade: null,
    appeal: null,
  }))
  const tally = { counts: Object.fromEntries(people.map(({ key }) => [key, counts])), writeIns: {} }
  const it = {
    id: 'evaluation'.padEnd(20, 'x'),
    unit: 'unit',
    branch: 'branch',
    branchName: '支'.repeat(40),
    committee: 'c',
    lineage: [],
    period: '2026',
    openedAt: gathering.startsAt,
    closedAt: null,
    ballotId: 'ballot',
    people,
    full: MOST_GRADED,
    probationers: 5,
    ballot: {
      use: 'evaluation',
      question: { scale: 'grades', subjects: [] },
      result: { outcome: 'counted', tally: { members: tally, public: tally } },
    } as unknown as BallotAsItStands,
    vote: 'counted' as const,
    rulebook: defaultRulebook,
    selfUntil: gathering.startsAt,
  }
  const grade = { grade: 'unqualified' as const, reason: words.slice(0, 100), by: 'm', at: gathering.startsAt, toldAt: gathering.startsAt }
  const appeal = { words, at: gathering.startsAt, grade: null, answer: words.slice(0, 200), answeredAt: null }
  const over = { ...it, people: people.map((one) => ({ ...one, grade, appeal })) }
  const [own] = over.people as [(typeof over.people)[number]]
  const viewer = { id: 'viewer', unit: 'unit', branch: 'branch', group: null, openId: 'ou', name, stage: 'full' as const, seats: [] }
  const differing = people.map((one) => ({ ...one, from: 'qualified' as const, to: 'excellent' as const, reason: words.slice(0, 100) }))
  const picked = { excellent: people.map(({ key }) => key), basic: [], unqualified: [] }
  const cards = [
    evaluationFormCard({ id: 'e', branch: 'b', name: it.branchName }, [], null, gathering.startsAt),
    voteFormCard(it, gathering.startsAt),
    evaluationCard(it, viewer, gathering.startsAt),
    evaluationCard(over, viewer, gathering.startsAt),
    selfViewCard(it, own, true, fullPledge(name)),
    groupViewCard(it, { group: 'g', people }, 'viewer'),
    readingCard(it, 0),
    gradingCard(it, 'viewer'),
    reasonsCard({
      title: asWritten(name),
      subtitle: asWritten(it.branchName),
      asks: asWritten(name),
      rest: asWritten(name),
      differing,
      submit: { label: asWritten(name), value: giveReasons.value({ evaluation: it.id, seen: 1, picked }) },
      back: {},
    }),
    ownGradeCard(over, own, { now: gathering.startsAt, isWriting: true, receipts: [] }),
    gradeAppealCard(over, own),
  ]
  expect(Math.max(...cards.map(bytes))).toBeLessThan(30_000)
  expect(findings(cards, 'evaluation')).toEqual([])
})

test('sixty missing people are all named; of three thousand the first', async () => {
  const named = async (count: number) => JSON.stringify(await hostCard(gathering, many(count, '欧阳娜娜'), gathering.startsAt))
  expect(await named(60)).toContain('欧阳娜娜59"')
  expect(await named(3_000)).toMatch(/，另有 \d{4} 人/)
})
