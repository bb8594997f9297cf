import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { presses } from '../../cards/index.ts'
import { claimHash } from '../../commands/claim.ts'
import { commands, runCommand } from '../../commands/index.ts'
import { keepAssessmentDraft } from '../../db/assessment/table-drafts.ts'
import { members, seats } from '../../db/branches/tables.ts'
import { together } from '../../db/client.ts'
import { keepClaimCode } from '../../db/roster/claim-codes.ts'
import { keepDraft } from '../../db/roster/drafts.ts'
import { leaving } from '../../db/roster/roster.ts'
import { changeNoted, changeSettled } from '../../db/roster/undo.ts'
import { keepRulebookDraft } from '../../db/rulebook/drafts.ts'
import { keepHolidayDraft } from '../../db/rulebook/holidays.ts'
import { may, type Place, type Right, rights } from '../../src/rules/branches/rights.ts'
import { aTown, people, placeOfBranch, type Town, type Townsman } from '../harness/town.ts'

/** One way of using one right. It is allowed when all that it `needs` is, and then has an effect: a deed in the audit, or a view shown. */
interface Case {
  action: string
  needs: Right[]
  place?: (who: Townsman) => Place
  /** What it takes besides the right. */
  if?: (who: Townsman) => boolean
  effect: { deed: string } | { view: string } | { card: string }
  run(town: Town, who: Townsman): Promise<unknown>
}

const home = placeOfBranch('home')
const saying =
  (line: string, chat = 'oc_home', mentions = false) =>
  (town: Town, { openId, tenantKey }: Townsman) =>
    town.says(openId, line, { chat, tenantKey, mentions: mentions ? [{ openId: `ou_${town.newId()}`, name: '新人' }] : [] })
const pressing =
  (value: object, form?: object, chat = 'oc_home') =>
  (town: Town, { openId, tenantKey }: Townsman) =>
    town.presses(openId, value, { form, chat, tenantKey })
const onMeeting =
  (press: string, kind: 'general' | 'committee' = 'general', form?: object) =>
  async (town: Town, who: Townsman) =>
    pressing({ press, gathering: await town.meeting('home', kind) }, form)(town, who)

/** A lecture that a sibling called, and home joined. */
const onJoint = (press: string, sent: object, form: object, before?: string) => async (town: Town, who: Townsman) => {
  const gathering = await town.meeting('sibling', 'lecture')
  await town.client.execute({ sql: "insert into gathering_branches (gathering, branch) values (?, 'home')", args: [gathering] })
  if (before) await town.client.execute({ sql: before, args: [gathering] })
  await pressing({ press, gathering, branch: 'home', ...sent }, form)(town, who)
  await town.client.executeMultiple('delete from arrivals; delete from leaves')
}

/** Full members of the branch, all but one, have a vote. */
const isElector = ({ branch, stage, name, member }: Townsman) =>
  member !== null && branch === 'home' && stage === 'full' && name !== 'former secretary'
const onBallot =
  (press: string, sent: object = {}, form?: object) =>
  async (town: Town, who: Townsman) => {
    const ballot = await town.ballot(people.filter(isElector).map(({ member }) => member ?? ''))
    await pressing({ press, ballot, ...sent }, form)(town, who)
  }

/** A general meeting of the branch with everybody there, put away with whatever was voted in it. `before` is what was voted already. */
const voting =
  (run: (town: Town, who: Townsman, gathering: string) => Promise<unknown>, before = '') =>
  async (town: Town, who: Townsman) => {
    const gathering = await town.meeting('home')
    const sql = (words: string) => town.client.executeMultiple(words.replaceAll('GATHERING', `'${gathering}'`))
    await sql(
      `insert into arrivals select GATHERING, id, 'on time', 0, 'press', id from members where branch = 'home' and stage = 'full' and left_on is null;${before}`,
    )
    const shown = await run(town, who, gathering)
    for (const table of ['resolutions', 'elections', 'arrivals']) await sql(`delete from ${table} where gathering = GATHERING;`)
    return shown
  }
const inMeeting = (press: string, sent: object, form?: object, before = '') =>
  voting((town, who, gathering) => pressing({ press, gathering, ...sent }, form)(town, who), before)
const newVote = (press: string, sent: object, form: object) =>
  voting((town, who, gathering) => pressing({ press, gathering, id: town.newId(), ...sent }, form)(town, who))
const hands = `insert into resolutions (id, branch, gathering, words, matter, expected_voters, present_voters, approvals, against, abstained, "by", at)
  values ('raised', 'home', GATHERING, '选派一人', 'ordinary', 9, 9, 9, 0, 0, 'm secretary', 0);`
const anElection = (
  present: number,
  sheet: object | null,
) => `insert into elections (id, branch, gathering, title, seats, nominees, scrutineers, tellers,
    expected_voters, present_voters, opened_by, opened_at, sheet)
  values ('elected', 'home', GATHERING, '委员', 1, '[{"name":"甲","member":null},{"name":"乙","member":null}]', '[{"name":"丙","member":null}]',
    '[{"name":"丁","member":null}]', 9, ${present}, 'm secretary', 0, ${sheet ? `'${JSON.stringify(sheet)}'` : 'null'});`
const onElection = (press: string, form?: object, before = anElection(9, null)) => inMeeting(press, { election: 'elected' }, form, before)
const tiedSheet = {
  handedOut: 9,
  returned: 9,
  invalid: 0,
  votes: [1, 2].map(() => ({ for: 5, against: 4, abstain: 0 })),
  writeIns: [],
}

/** The full members of the branch are evaluated for the half-year, two of them in the group; gone again afterwards. */
const evaluating =
  (
    run: (evaluation: string) => (town: Town, who: Townsman) => Promise<unknown>,
    as: 'written' | 'graded' | 'told' | '' = '',
    more = '',
    period = '2026H2',
  ) =>
  async (town: Town, who: Townsman) => {
    const id = town.newId()
    const toldAt = { told: town.now().getTime() - 1_000, graded: 'null', written: 'null', '': 'null' }[as]
    const all = `from evaluated x where x.evaluation = '${id}'`
    await town.client.executeMultiple(`
      insert into evaluations (id, branch, period, opened_by, opened_at) values ('${id}', 'home', '${period}', 'm secretary', ${town.now().getTime()});
      insert into evaluated select '${id}', m.id, case when m.id in ('m leader', 'm member') then 'group' end from members m
        where m.branch = 'home' and m.stage = 'full' and m.left_on is null;
      ${
        as === ''
          ? ''
          : `insert into self_views select x.evaluation, x.member, '自评', 'qualified', 0 ${all};
        insert into group_views select x.evaluation, x.member, 'qualified', '', 0, 'm secretary' ${all};`
      }
      ${as === 'graded' || as === 'told' ? `insert into member_grades select x.evaluation, x.member, 'qualified', '', 1, 'm secretary', ${toldAt} ${all};` : ''}
      ${more.replaceAll('EVALUATION', id)}`)
    // Pressed on a card of one’s own.
    const posted = `insert or replace into posts (message_id, recipient, view, subject, args, posted_at) values ('om_card', 'someone', 'x', 'x', json_object('viewer', ?), 0)`
    await town.client.execute({ sql: posted, args: [who.member ?? ''] })
    const answer = await run(id)(town, who)
    await town.client.executeMultiple(
      ['posts', 'grade_appeals', 'member_grades', 'group_views', 'self_views', 'evaluated', 'evaluations', 'credits']
        .map((table) => `delete from ${table};`)
        .join('\n'),
    )
    return answer
  }
const onEvaluation =
  (press: string, sent: object = {}, form?: object) =>
  (evaluation: string) =>
    pressing({ press, evaluation, ...sent }, form)
const isEvaluated = ({ branch, stage, member }: Townsman) => member !== null && branch === 'home' && stage === 'full'
const ofGroup = (): Place => ({ ...home, group: 'group' })
const itsAppeal = `insert into grade_appeals (evaluation, member, words, at) values ('EVALUATION', 'm member', '有异议', 2);`
const inNewChat = (words: string) => (town: Town, who: Townsman) => saying(words, `oc_${town.newId()}`)(town, who)
const submitBind = (form: object) => (town: Town, who: Townsman) => {
  const chat = `oc_${town.newId()}`
  return pressing({ press: 'bind.submit', chat }, form, chat)(town, who)
}
const underCommittee = (): Place => ({ unit: 'unit', lineage: ['first', 'top'] })
const ofNewBranch = ({ unit, seats }: Townsman): Place => ({
  unit,
  lineage: [seats.find(({ committee }) => committee)?.committee ?? (unit === 'far' ? 'farTop' : 'top')],
})
const isExpected = ({ stage }: Townsman) => stage === 'full' || stage === 'probationer'
const ownUnit = ({ unit }: Townsman): Place => ({ unit })

/** An assessment of the last quarter for the committee `first`, with what `more` says of it; gone again afterwards. */
const assessing =
  (press: string, sent: object, form?: Record<string, unknown>, more = '', published: 'published' | 'over' | '' = '') =>
  async (town: Town, who: Townsman) => {
    const until = published === 'over' ? "'2026-10-01'" : "'2026-12-01'"
    await town.client.executeMultiple(`
      insert into assessments (committee, quarter, opened_at, self_until, review_until, published_at, published_by, appeals_until)
        values ('first', '2026Q3', 0, '2026-10-14', '2026-10-21', ${published ? `1, 'test', ${until}` : 'null, null, null'});
      ${more}`)
    const answer = await pressing({ press, ...sent }, form)(town, who)
    await town.client.executeMultiple(
      ['appeals', 'attestations', 'judgements', 'findings', 'self_assessments', 'last_twice', 'supports', 'work_reports', 'assessments']
        .map((table) => `delete from ${table};`)
        .join('\n'),
    )
    return answer
  }
const ofQuarter = { branch: 'home', quarter: '2026Q3' }
const anAttestation = `insert into attestations (id, branch, part, subject, period, on_day, reference, "by", at)
  values ('given', 'home', '28.suggestions', '', '2026Q3', '2026-09-20', '台账', 'm secretary', 0);`
const anAppeal = `insert into appeals (id, branch, quarter, standard, words, "by", at) values ('asked', 'home', '2026Q3', 12, '漏登记', 'm secretary', 0);`
const aFinding = `insert into findings (id, branch, quarter, kind, reason, "by", at) values ('found', 'home', '2026Q3', 'accident', '通报', 'm assessor', 0);`
const aSupport = `insert into supports (id, branch, helper, from_on, until_on, "by", at) values ('help', 'home', 'm assessor', '2026-10-01', '2026-12-01', 'm assessor', 0);`
const owned = [5, 8, 11, 13, 16, 17, 18, 21, 22, 27].map((one) => `${one}.judged 2026Q3 1`)

const cases: Case[] = [
  { action: 'help', needs: ['help'], effect: { view: 'help' }, run: saying('帮助') },
  { action: 'command.run', needs: ['help'], effect: { view: 'help' }, run: (town, who) => pressing(offered('help', town))(town, who) },
  {
    action: 'claim',
    needs: ['claim'],
    if: ({ seats }) => !seats.some(({ role }) => role === 'admin'),
    effect: { deed: 'unit.claim' },
    async run(town, who) {
      await together(town.db, [keepClaimCode(town.db, claimHash('ABCD-EFGH'), town.now())])
      await saying('/认领 ABCD-EFGH')(town, who)
      await town.client.execute('delete from claim_codes')
      await town.client.execute({ sql: "delete from seats where role = 'admin' and id not like 's0 %'", args: [] })
      await town.client.execute("delete from members where name = '管理员'")
    },
  },
  { action: 'mine', needs: ['mine'], place: ownUnit, effect: { view: 'mine' }, run: saying('我的') },
  {
    action: 'ballot',
    needs: ['vote'],
    place: ownUnit,
    effect: { view: 'votes' },
    run: saying('投票'),
  },
  { action: 'ballot', needs: ['openBallot'], effect: { view: 'ballotForm' }, run: saying('/投票 选派一人参加培训') },
  {
    action: 'ballot.vote',
    needs: ['vote'],
    place: ownUnit,
    if: isElector,
    effect: { deed: 'ballot.vote' },
    run: onBallot('ballot.vote', { stance: 'for' }),
  },
  { action: 'ballot.open', needs: ['vote'], place: ownUnit, if: isElector, effect: { view: 'ballot' }, run: onBallot('ballot.open') },
  {
    action: 'secrecy.open',
    needs: ['vote'],
    place: ownUnit,
    effect: { view: 'secrecy' },
    run: pressing({ press: 'secrecy.open', about: 'secrecy' }),
  },
  {
    action: 'ballotForm.open',
    needs: ['openBallot'],
    effect: { view: 'ballotForm' },
    run: (town, who) => pressing({ press: 'ballotForm.open', id: town.newId(), branch: 'home', committee: null })(town, who),
  },
  {
    action: 'ballotForm.submit',
    needs: ['openBallot'],
    effect: { deed: 'ballot.open' },
    run: (town, who) =>
      pressing(
        { press: 'ballotForm.submit', id: town.newId(), branch: 'home', committee: null },
        { use: 'resolution', title: '选派一人', closes: '2026-11-24 15:00 +0800' },
      )(town, who),
  },
  { action: 'votes.run', needs: ['openBallot'], effect: { view: 'ballotHost' }, run: onBallot('votes.run') },
  { action: 'ballotMore.open', needs: ['openBallot'], effect: { view: 'ballotMore' }, run: onBallot('ballotMore.open') },
  { action: 'ballotHost.close', needs: ['openBallot'], effect: { deed: 'ballot.close' }, run: onBallot('ballotHost.close') },
  {
    action: 'evaluation',
    needs: ['beEvaluated'],
    place: ownUnit,
    if: isEvaluated,
    effect: { view: 'selfView' },
    run: evaluating(() => saying('/评议 我的')),
  },
  {
    action: 'evaluation',
    needs: ['enterGroupView'],
    place: ofGroup,
    effect: { view: 'groupView' },
    run: evaluating(() => saying('/评议 小组')),
  },
  { action: 'evaluation', needs: ['runEvaluation'], effect: { view: 'evaluationForm' }, run: saying('/评议 2026H1') },
  {
    action: 'goOn.openOrResume',
    needs: ['runEvaluation'],
    effect: { view: 'evaluationForm' },
    run: pressing({ press: 'goOn.openOrResume', branch: 'home', period: '2026' }),
  },
  {
    action: 'evaluationForm.submit',
    needs: ['runEvaluation'],
    effect: { deed: 'evaluation.open' },
    run: evaluating(
      () => (town, who) => pressing({ press: 'evaluationForm.submit', id: town.newId(), branch: 'home' }, { period: '2026' })(town, who),
    ),
  },
  {
    action: 'selfView.open',
    needs: ['beEvaluated'],
    place: ownUnit,
    if: isEvaluated,
    effect: { view: 'selfView' },
    run: evaluating(onEvaluation('selfView.open')),
  },
  {
    action: 'selfView.submit',
    needs: ['beEvaluated'],
    place: ownUnit,
    if: isEvaluated,
    effect: { deed: 'evaluation.self' },
    run: evaluating(onEvaluation('selfView.submit', {}, { words: '自评', grade: 'qualified' })),
  },
  {
    action: 'steps.groupViews',
    needs: ['enterGroupView'],
    effect: { view: 'groupView' },
    run: evaluating(onEvaluation('steps.groupViews')),
  },
  {
    action: 'groupView.choose',
    needs: ['enterGroupView'],
    place: ofGroup,
    effect: { deed: 'evaluation.group' },
    run: evaluating(onEvaluation('groupView.choose', { group: 'group' }, {})),
  },
  {
    action: 'groupView.set',
    needs: ['enterGroupView'],
    place: ofGroup,
    effect: { deed: 'evaluation.group' },
    run: evaluating(onEvaluation('groupView.set', { group: 'group', picked: {} }, {})),
  },
  {
    action: 'groupView.again',
    needs: ['enterGroupView'],
    place: ofGroup,
    effect: { card: 'groupView.choose' },
    run: evaluating(onEvaluation('groupView.again', { group: 'group' })),
  },
  {
    action: 'groupView.look',
    needs: ['enterGroupView'],
    place: ofGroup,
    effect: { card: 'groupView.choose' },
    run: evaluating(onEvaluation('groupView.look', { group: 'group' })),
  },
  {
    action: 'steps.vote',
    needs: ['runEvaluation'],
    effect: { view: 'evaluationVote' },
    run: evaluating(onEvaluation('steps.vote')),
  },
  {
    action: 'evaluationVote.submit',
    needs: ['runEvaluation'],
    effect: { deed: 'evaluation.vote' },
    run: evaluating(onEvaluation('evaluationVote.submit', {}, { closes: '2026-10-20 15:00 +0800' }), '', '', '2026'),
  },
  {
    action: 'evaluationReading.next',
    needs: ['runEvaluation'],
    effect: { view: 'evaluationReading' },
    run: evaluating(onEvaluation('evaluationReading.next', { from: 0 })),
  },
  {
    action: 'steps.grade',
    needs: ['setGrades'],
    effect: { view: 'grading' },
    run: evaluating(onEvaluation('steps.grade'), 'written'),
  },
  {
    action: 'grading.choose',
    needs: ['setGrades'],
    effect: { deed: 'evaluation.grade' },
    run: evaluating(onEvaluation('grading.choose', { seen: 0 }, {}), 'written'),
  },
  {
    action: 'grading.set',
    needs: ['setGrades'],
    effect: { deed: 'evaluation.grade' },
    run: evaluating(onEvaluation('grading.set', { seen: 0, picked: {} }, {}), 'written'),
  },
  {
    action: 'grading.again',
    needs: ['setGrades'],
    effect: { card: 'grading.choose' },
    run: evaluating(onEvaluation('grading.again'), 'written'),
  },
  {
    action: 'evaluation.tell',
    needs: ['runEvaluation'],
    effect: { deed: 'evaluation.tell' },
    run: evaluating(onEvaluation('evaluation.tell'), 'graded'),
  },
  {
    action: 'ownGrade.appeal',
    needs: ['beEvaluated'],
    place: ownUnit,
    if: isEvaluated,
    effect: { card: 'ownGrade.submit' },
    run: evaluating(onEvaluation('ownGrade.appeal'), 'told'),
  },
  {
    action: 'ownGrade.submit',
    needs: ['beEvaluated'],
    place: ownUnit,
    if: isEvaluated,
    effect: { deed: 'evaluation.appeal' },
    run: evaluating(onEvaluation('ownGrade.submit', {}, { words: '有异议' }), 'told'),
  },
  {
    action: 'steps.appeals',
    needs: ['setGrades'],
    effect: { view: 'gradeAppeal' },
    run: evaluating(onEvaluation('steps.appeals'), 'told', itsAppeal),
  },
  {
    action: 'gradeAppeal.answer',
    needs: ['setGrades'],
    effect: { deed: 'evaluation.answer' },
    run: evaluating(onEvaluation('gradeAppeal.answer', { member: 'm member' }, { verdict: 'no', words: '程序无误' }), 'told', itsAppeal),
  },
  {
    action: 'evaluation.close',
    needs: ['runEvaluation'],
    effect: { deed: 'evaluation.close' },
    run: evaluating(onEvaluation('evaluation.close'), 'graded', "update member_grades set told_at = 1 where evaluation = 'EVALUATION';"),
  },
  {
    action: 'evaluation.cancel',
    needs: ['runEvaluation'],
    effect: { deed: 'evaluation.cancel' },
    run: evaluating(onEvaluation('evaluation.cancel')),
  },
  {
    action: 'ballotMore.extend',
    needs: ['openBallot'],
    effect: { deed: 'ballot.extend' },
    run: onBallot('ballotMore.extend', {}, { closes: '2026-11-24 15:00 +0800' }),
  },
  {
    action: 'ballotMore.add',
    needs: ['openBallot'],
    effect: { deed: 'ballot.addElector' },
    run: onBallot('ballotMore.add', {}, { people: ['m former secretary'] }),
  },
  {
    action: 'ballotMore.cancel',
    needs: ['openBallot'],
    effect: { deed: 'ballot.cancel' },
    run: onBallot('ballotMore.cancel', {}, { reason: '改期' }),
  },
  {
    action: 'ballotResult.export',
    needs: ['openBallot'],
    effect: { view: 'ballotExport' },
    async run(town, who) {
      const ballot = await town.ballot(['m member'])
      await town.client.execute({ sql: "insert into ballot_closures values (?, 0, 'test')", args: [ballot] })
      await town.client.execute({ sql: "insert into ballot_results values (?, 'few', 0, 1, 0, 0, 0, '{}', '[]')", args: [ballot] })
      await pressing({ press: 'ballotResult.export', ballot })(town, who)
      // What is over is kept: it takes more than a delete to set the town back.
      await town.client.executeMultiple(
        ['ballot_results', 'ballot_closures'].map((table) => `drop trigger if exists ${table}_are_kept; delete from ${table};`).join('\n'),
      )
    },
  },
  {
    action: 'inMeeting.longer',
    needs: ['openBallot'],
    effect: { deed: 'ballot.extend' },
    run: onBallot('inMeeting.longer'),
  },
  {
    action: 'inMeeting.addPresent',
    needs: ['openBallot'],
    effect: { deed: 'ballot.addElector' },
    run: voting(async (town, who, gathering) => {
      const ballot = await town.ballot(people.filter(isElector).map(({ member }) => member ?? ''))
      await town.client.execute({ sql: 'update ballots set gathering = ?, present_voters = 8 where id = ?', args: [gathering, ballot] })
      await pressing({ press: 'inMeeting.addPresent', ballot })(town, who)
    }),
  },
  {
    action: 'resolve',
    needs: ['holdVote'],
    effect: { view: 'resolve' },
    run: voting((town, who) => saying('/表决 选派一人')(town, who)),
  },
  { action: 'resolve.open', needs: ['holdVote'], effect: { view: 'resolve' }, run: inMeeting('resolve.open', {}) },
  {
    action: 'resolve.submit',
    needs: ['holdVote'],
    effect: { deed: 'resolution.open' },
    run: newVote('resolve.submit', {}, { words: '选派一人', way: 'secret' }),
  },
  {
    action: 'hands.enter',
    needs: ['holdVote'],
    effect: { deed: 'resolution.hands' },
    run: newVote('hands.enter', {}, { words: '选派一人', hands_for: '5' }),
  },
  {
    action: 'hands.correct',
    needs: ['holdVote'],
    effect: { card: '更正' },
    run: inMeeting('hands.correct', { resolution: 'raised' }, undefined, hands),
  },
  {
    action: 'hands.amend',
    needs: ['holdVote'],
    effect: { deed: 'resolution.correct' },
    run: inMeeting('hands.amend', { resolution: 'raised' }, { words: '选派二人', hands_for: '5' }, hands),
  },
  {
    action: 'election',
    needs: ['holdVote'],
    effect: { view: 'electionForm' },
    run: voting((town, who) => saying('/选举 委员')(town, who)),
  },
  {
    action: 'electionForm.open',
    needs: ['holdVote'],
    effect: { view: 'electionForm' },
    run: inMeeting('electionForm.open', { after: null }),
  },
  {
    action: 'electionForm.submit',
    needs: ['holdVote'],
    effect: { deed: 'election.open' },
    run: newVote(
      'electionForm.submit',
      { after: null },
      { title: '委员', seats: '1', nominees: ['m deputy', 'm publicity'], scrutineers: ['m member'], tellers: ['m leader'] },
    ),
  },
  { action: 'election.open', needs: ['holdVote'], effect: { view: 'election' }, run: onElection('election.open') },
  {
    action: 'election.count',
    needs: ['holdVote'],
    effect: { deed: 'election.count' },
    run: onElection('election.count', { handedOut: '9', returned: '9', invalid: '0', votes_0: '5 4 0', votes_1: '4 5 0' }),
  },
  {
    action: 'election.correct',
    needs: ['holdVote'],
    effect: { card: '更正计票结果' },
    run: onElection('election.correct', undefined, anElection(9, tiedSheet)),
  },
  {
    action: 'election.recount',
    needs: ['holdVote'],
    effect: { deed: 'election.recount' },
    run: onElection('election.recount', undefined, anElection(8, null)),
  },
  { action: 'election.withdraw', needs: ['holdVote'], effect: { deed: 'election.withdraw' }, run: onElection('election.withdraw') },
  {
    action: 'electionAgain.begin',
    needs: ['holdVote'],
    effect: { deed: 'election.open' },
    run: onElection('electionAgain.begin', undefined, anElection(9, tiedSheet)),
  },
  {
    action: 'checkin',
    needs: ['checkIn'],
    if: isExpected,
    effect: { deed: 'attendance.checkIn' },
    async run(town, who) {
      await town.meeting('home')
      return saying('签到')(town, who)
    },
  },
  {
    action: 'gathering.checkIn',
    needs: ['checkIn'],
    if: isExpected,
    effect: { deed: 'attendance.checkIn' },
    run: onMeeting('gathering.checkIn'),
  },
  {
    action: 'roomCode.enter',
    needs: ['checkIn'],
    if: isExpected,
    effect: { deed: 'attendance.tryCode' },
    async run(town, who) {
      const gathering = await town.meeting('home')
      await town.client.execute({ sql: "update gatherings set room_secret = 'secret' where id = ?", args: [gathering] })
      return pressing({ press: 'roomCode.enter', gathering }, { digits: '0' })(town, who)
    },
  },
  {
    action: 'roomCode.show',
    needs: ['markPresent'],
    effect: { deed: 'gathering.showCode' },
    async run(town, who) {
      const gathering = await town.meeting('home')
      await town.client.execute({ sql: "update gatherings set room_secret = 'secret' where id = ?", args: [gathering] })
      return pressing({ press: 'roomCode.show', gathering })(town, who)
    },
  },
  {
    action: 'leave',
    needs: ['askLeave'],
    if: isExpected,
    effect: { deed: 'leave.ask' },
    async run(town, who) {
      await town.meeting('home')
      return saying('/请假 病假')(town, who)
    },
  },
  { action: 'leave.open', needs: ['askLeave'], if: isExpected, effect: { view: 'leave' }, run: onMeeting('leave.open') },
  {
    action: 'leave.ask',
    needs: ['askLeave'],
    if: isExpected,
    effect: { deed: 'leave.ask' },
    run: onMeeting('leave.ask', 'general', { reason: 'work' }),
  },
  {
    action: 'leave.withdraw',
    needs: ['askLeave'],
    if: isExpected,
    effect: { deed: 'leave.withdraw' },
    async run(town, who) {
      const gathering = await town.meeting('home')
      if (!who.member) return pressing({ press: 'leave.withdraw', gathering })(town, who)
      const leave = { sql: "insert into leaves values (?, ?, 'work', 0, null, null)", args: [gathering, who.member] }
      await town.client.execute(leave)
      await pressing({ press: 'leave.withdraw', gathering })(town, who)
      return town.client.execute({ sql: 'delete from leaves where member = ?', args: [who.member ?? ''] })
    },
  },
  {
    action: 'host.leave',
    needs: ['confirmLeave'],
    effect: { deed: 'leave.confirm' },
    async run(town, who) {
      const gathering = await town.meeting('home')
      await town.client.execute({ sql: "insert into leaves values (?, 'm member', 'work', 0, null, null)", args: [gathering] })
      await pressing({ press: 'host.leave', gathering, member: 'm member' })(town, who)
      return town.client.execute('delete from leaves')
    },
  },
  { action: 'leaves.open', needs: ['confirmLeave'], effect: { view: 'leaves' }, run: onMeeting('leaves.open') },
  {
    action: 'leaves.confirm',
    needs: ['confirmLeave'],
    effect: { deed: 'leave.confirm' },
    run: onJoint('leaves.confirm', { member: 'm member' }, {}, "insert into leaves values (?, 'm member', 'work', 0, null, null)"),
  },
  { action: 'agenda.open', needs: ['setAgenda'], effect: { view: 'agenda' }, run: onMeeting('agenda.open') },
  {
    action: 'agenda.add',
    needs: ['setAgenda'],
    effect: { deed: 'agenda.add' },
    async run(town, who) {
      await pressing({ press: 'agenda.add', gathering: await town.meeting('home'), tag: 'study' })(town, who)
      await town.client.execute('delete from agenda_items')
    },
  },
  {
    action: 'agenda.addWords',
    needs: ['setAgenda'],
    effect: { deed: 'agenda.add' },
    run: withAgenda('agenda.addWords', { words: '工会' }),
  },
  {
    action: 'agenda.retag',
    needs: ['setAgenda'],
    effect: { deed: 'agenda.retag' },
    run: withAgenda('agenda.retag', { item: '1', about: [] }),
  },
  { action: 'agenda.settle', needs: ['setAgenda'], effect: { deed: 'agenda.settle' }, run: withAgenda('agenda.settle', { struck: ['1'] }) },
  ...(['join', 'decline', 'withdraw'] as const).map(
    (what): Case => ({
      action: `joint.${what}`,
      needs: ['joinGathering'],
      effect: { deed: `joint.${what}` },
      run: (town, who) =>
        invited(town, what === 'withdraw' ? 'joined' : null, (sent) => pressing({ press: `joint.${what}`, ...sent })(town, who)),
    }),
  ),
  {
    action: 'makeUp.open',
    needs: ['mine'],
    place: ownUnit,
    effect: { view: 'makeUp' },
    run: pressing({ press: 'makeUp.open', form: 'makeUp' }),
  },
  {
    action: 'makeUp.done',
    needs: ['makeUp'],
    if: isExpected,
    effect: { deed: 'makeUp.say' },
    run: (town, who) => missedMeeting(town, null, (gathering) => pressing({ press: 'makeUp.done', gathering }, { way: 'talk' })(town, who)),
  },
  {
    action: 'makeUp.takeBack',
    needs: ['makeUp'],
    if: isExpected,
    effect: { deed: 'makeUp.takeBack' },
    run: (town, who) => missedMeeting(town, who.member, (gathering) => pressing({ press: 'makeUp.takeBack', gathering })(town, who)),
  },
  {
    action: 'makeUps.open',
    needs: ['confirmMakeUp'],
    effect: { view: 'makeUps' },
    run: (town, who) => missedMeeting(town, null, (gathering) => pressing({ press: 'makeUps.open', gathering })(town, who)),
  },
  {
    action: 'makeUps.confirm',
    needs: ['confirmMakeUp'],
    effect: { deed: 'makeUp.confirm' },
    run: (town, who) => missedMeeting(town, 'm member', (gathering) => pressing({ press: 'makeUps.confirm', gathering })(town, who)),
  },
  {
    action: 'makeUps.sendBack',
    needs: ['confirmMakeUp'],
    effect: { deed: 'makeUp.takeBack' },
    run: (town, who) =>
      missedMeeting(town, 'm member', (gathering) =>
        pressing({ press: 'makeUps.sendBack', gathering }, { undone: ['m member'] })(town, who),
      ),
  },
  {
    action: 'makeUps.excuse',
    needs: ['confirmMakeUp'],
    effect: { deed: 'makeUp.excuse' },
    run: (town, who) =>
      missedMeeting(town, null, (gathering) =>
        pressing({ press: 'makeUps.excuse', gathering }, { person: 'm member', why: 'frail' })(town, who),
      ),
  },
  { action: 'corrections.open', needs: ['markPresent'], effect: { view: 'corrections' }, run: onMeeting('corrections.open') },
  { action: 'reschedule.open', needs: ['callGathering'], effect: { view: 'reschedule' }, run: onMeeting('reschedule.open') },
  {
    action: 'reschedule.submit',
    needs: ['callGathering'],
    effect: { deed: 'gathering.reschedule' },
    run: onMeeting('reschedule.submit', 'general', { starts: '2026-12-24 15:00' }),
  },
  {
    action: 'meeting',
    needs: ['markPresent'],
    effect: { view: 'host' },
    async run(town, who) {
      await town.meeting('home')
      return saying('/会议 主持')(town, who)
    },
  },
  {
    action: 'ownBranch.mark',
    needs: ['markPresent'],
    effect: { deed: 'attendance.mark' },
    run: onJoint('ownBranch.mark', {}, { people: ['m member'] }),
  },
  {
    action: 'ownBranch.unmark',
    needs: ['markPresent'],
    effect: { deed: 'attendance.unmark' },
    run: onJoint(
      'ownBranch.unmark',
      {},
      { absent: ['m member'] },
      "insert into arrivals values (?, 'm member', 'on time', 0, 'press', 'm member')",
    ),
  },
  {
    action: 'ownBranch.leave',
    needs: ['confirmLeave'],
    effect: { deed: 'leave.confirm' },
    run: onJoint('ownBranch.leave', { member: 'm member' }, {}, "insert into leaves values (?, 'm member', 'work', 0, null, null)"),
  },
  {
    action: 'corrections.cancel',
    needs: ['cancelGathering'],
    effect: { deed: 'gathering.cancel' },
    run: onMeeting('corrections.cancel', 'general', { reason: '改期' }),
  },
  {
    action: 'corrections.unmark',
    needs: ['markPresent'],
    effect: { deed: 'attendance.unmark' },
    async run(town, who) {
      const gathering = await town.meeting('home')
      await town.client.execute({
        sql: "insert into arrivals values (?, 'm member', 'on time', 0, 'press', 'm member')",
        args: [gathering],
      })
      await pressing({ press: 'corrections.unmark', gathering }, { people: ['m member'] })(town, who)
      return town.client.execute({ sql: "delete from arrivals where gathering = ? and member = 'm member'", args: [gathering] })
    },
  },
  { action: 'reopen', needs: ['reopenAttendance'], effect: { view: 'reopenForm' }, run: saying('/重开') },
  {
    action: 'corrections.reopen',
    needs: ['reopenAttendance'],
    effect: { deed: 'gathering.reopen' },
    async run(town, who) {
      const gathering = await town.meeting('home')
      await town.client.execute({ sql: "insert into closures values (?, 0, 'clock', 0, 0, 0, 0, 0)", args: [gathering] })
      await pressing({ press: 'corrections.reopen', form: 'reopen' }, { gathering, reason: '漏记一人' })(town, who)
      return town.client.execute({ sql: 'delete from closures where gathering = ?', args: [gathering] })
    },
  },
  { action: 'score', needs: ['seeScore'], effect: { view: 'score' }, run: saying('考核') },
  { action: 'score', needs: ['seeOrder'], place: underCommittee, effect: { view: 'order' }, run: saying('考核', 'oc_first') },
  {
    action: 'score',
    needs: ['revokeScoreLinks'],
    effect: { deed: 'link.revoke' },
    async run(town, who) {
      await town.client.execute(
        "insert into links (id, unit, kind, subject, made_by, made_at, expires_at) values ('shown', 'unit', 'branchScore', 'home 2026Q3', 'clock', 0, 9e15)",
      )
      await saying('/考核 网页 撤销')(town, who)
      await town.client.execute('delete from links')
    },
  },
  {
    action: 'standard.open',
    needs: ['seeScore'],
    effect: { view: 'standard' },
    run: pressing({ press: 'standard.open', branch: 'home', quarter: '2026Q4' }, { standard: '12' }),
  },
  {
    action: 'whatIf.open',
    needs: ['seeScore'],
    effect: { view: 'whatIf' },
    run: pressing({ press: 'whatIf.open', branch: 'home', quarter: '2026Q4' }),
  },
  {
    action: 'whatIf.try',
    needs: ['seeScore'],
    effect: { view: 'whatIf' },
    run: pressing({ press: 'whatIf.try', branch: 'home', quarter: '2026Q4' }, { kind: 'committee', on: '2026-12-20 +0800' }),
  },
  {
    action: 'order.next',
    needs: ['seeOrder'],
    place: underCommittee,
    effect: { view: 'order' },
    run: pressing({ press: 'order.next', committee: 'first', quarter: '2026Q4', from: 120 }),
  },
  { action: 'meeting', needs: ['callGathering'], effect: { deed: 'gathering.call' }, run: saying('/会议 支委会 周五 15:00') },
  {
    action: 'call.submit',
    needs: ['callGathering'],
    effect: { deed: 'gathering.call' },
    run: (town, who) =>
      pressing({ press: 'call.submit', branch: 'home', gathering: town.newId() }, { kind: 'general', starts: '2026-10-20 15:00 +0800' })(
        town,
        who,
      ),
  },
  {
    action: 'host.mark',
    needs: ['markPresent'],
    effect: { deed: 'attendance.mark' },
    run: onMeeting('host.mark', 'general', { people: ['m member'] }),
  },
  {
    action: 'host.close',
    needs: ['closeGathering'],
    effect: { deed: 'gathering.close' },
    async run(town, who) {
      const gathering = await town.meeting('home')
      await town.client.execute({ sql: 'update gatherings set starts_at = starts_at - 3600000 where id = ?', args: [gathering] })
      return pressing({ press: 'host.close', gathering })(town, who)
    },
  },
  {
    action: 'callForDuty.open',
    needs: ['answerAlert'],
    effect: { view: 'callForm' },
    run: pressing({ press: 'callForDuty.open', branch: 'home', kind: 'committee' }),
  },
  {
    action: 'digest.later',
    needs: ['quieten'],
    place: ownUnit,
    effect: { deed: 'digest.snooze' },
    run: pressing({ press: 'digest.later', until: 'hour' }),
  },
  {
    action: 'quieting.open',
    needs: ['quieten'],
    place: ownUnit,
    effect: { view: 'quieting' },
    run: pressing({ press: 'quieting.open', form: 'quieting' }),
  },
  {
    action: 'quieting.mute',
    needs: ['quieten'],
    place: ownUnit,
    effect: { deed: 'digest.mute' },
    run: pressing({ press: 'quieting.mute' }, { part: '12.committee' }),
  },
  {
    action: 'quieting.unmute',
    needs: ['quieten'],
    place: ownUnit,
    effect: { deed: 'digest.unmute' },
    run: pressing({ press: 'quieting.unmute' }),
  },
  { action: 'member', needs: ['addMember'], effect: { deed: 'roster.add' }, run: saying('/成员 添加', 'oc_home', true) },
  {
    action: 'member',
    needs: ['addMember', 'grantSeat'],
    effect: { deed: 'seat.grant' },
    run: saying('/成员 添加 正式 宣传委员', 'oc_home', true),
  },
  {
    action: 'rhythm',
    needs: ['setRhythm'],
    effect: { deed: 'rhythm.set' },
    run: (town, who) => withRhythm(town, () => saying('/例会 支委会 每月第一个周五 15:00')(town, who)),
  },
  {
    action: 'rhythm.set',
    needs: ['setRhythm'],
    effect: { deed: 'rhythm.set' },
    run: (town, who) =>
      withRhythm(town, () =>
        pressing(
          { press: 'rhythm.set', branch: 'home', rhythm: town.newId() },
          { kind: 'committee', every: 'month', which: 'date 10', time: '15:00' },
        )(town, who),
      ),
  },
  {
    action: 'rhythm.new',
    needs: ['setRhythm'],
    place: () => ({ ...home, group: 'group' }),
    effect: { view: 'rhythmForm' },
    run: pressing({ press: 'rhythm.new', branch: 'home' }),
  },
  ...[
    { action: 'rhythm.change', effect: { view: 'rhythmForm' } },
    { action: 'rhythms.stop', effect: { deed: 'rhythm.stop' } },
    { action: 'rhythms.resume', effect: { deed: 'rhythm.resume' }, set: 'ended_at = 0' },
  ].map(
    ({ action, effect, set }): Case => ({
      action,
      needs: ['setRhythm'],
      effect,
      run: (town, who) => withRhythm(town, (rhythm) => pressing({ press: action, rhythm })(town, who), set),
    }),
  ),
  ...[
    { action: 'draft.call', effect: { deed: 'rhythm.call' } },
    { action: 'draft.change', effect: { view: 'callForm' } },
    { action: 'draft.skip', effect: { deed: 'rhythm.skip' } },
    { action: 'draft.unskip', effect: { deed: 'rhythm.unskip' }, answer: 'skipped' },
  ].map(
    ({ action, effect, answer }): Case => ({
      action,
      needs: ['callGathering'],
      effect,
      run: (town, who) => withRhythm(town, (rhythm) => pressing({ press: action, rhythm, on: '2026-10-20' })(town, who), undefined, answer),
    }),
  ),
  {
    action: 'proposals.add',
    needs: ['decideProposal'],
    effect: { deed: 'proposal.add' },
    run: (town, who) =>
      withProposal(town, 'joined', (proposal) =>
        pressing({ press: 'proposals.add', proposal }, { [`stage_${proposal}`]: 'full' })(town, who),
      ),
  },
  {
    action: 'proposals.decide',
    needs: ['decideProposal'],
    effect: { deed: 'proposal.ignore' },
    run: (town, who) =>
      withProposal(town, 'joined', (proposal) => pressing({ press: 'proposals.decide', proposal, decision: 'ignored' })(town, who)),
  },
  {
    action: 'proposals.decide',
    needs: ['decideProposal', 'grantSeat'],
    effect: { deed: 'proposal.remove' },
    run: (town, who) =>
      withProposal(town, 'left', (proposal) => pressing({ press: 'proposals.decide', proposal, decision: 'removed' })(town, who)),
  },
  { action: 'member', needs: ['seePeople'], effect: { view: 'people' }, run: saying('/成员') },
  {
    action: 'member',
    needs: ['addMember', 'grantSeat', 'grantSecretary'],
    effect: { deed: 'seat.grant' },
    run: saying('/成员 添加 正式 书记', 'oc_home', true),
  },
  {
    action: 'people.turn',
    needs: ['seePeople'],
    effect: { card: '支部成员' },
    run: pressing({ press: 'people.turn', branch: 'home', page: 0 }),
  },
  {
    action: 'people.open',
    needs: ['seePeople'],
    effect: { card: '阶段' },
    run: pressing({ press: 'people.open', branch: 'home' }, { person: 'm member' }),
  },
  { action: 'person.part', needs: ['seePeople'], effect: { card: '阶段' }, run: onSubject('person.part') },
  {
    action: 'stage.change',
    needs: ['addMember'],
    effect: { deed: 'member.stage' },
    run: onSubject('stage.change', { stage: 'full', on: '2026-01-01' }),
  },
  {
    action: 'ownGroup.change',
    needs: ['addMember'],
    effect: { deed: 'member.group' },
    run: onSubject('ownGroup.change', { group: 'group' }),
  },
  { action: 'place.away', needs: ['addMember'], effect: { deed: 'member.away' }, run: onSubject('place.away', {}) },
  { action: 'place.back', needs: ['addMember'], effect: { deed: 'member.back' }, run: onSubject('place.back', undefined, 'away') },
  { action: 'seats.appoint', needs: ['grantSeat'], effect: { deed: 'seat.grant' }, run: onSubject('seats.appoint', { role: 'deputy' }) },
  {
    action: 'seats.appoint',
    needs: ['grantSeat', 'grantSecretary'],
    effect: { deed: 'seat.grant' },
    run: onSubject('seats.appoint', { role: 'secretary' }),
  },
  { action: 'seats.vacate', needs: ['grantSeat'], effect: { deed: 'seat.vacate' }, run: onSubject('seats.vacate', undefined, 'deputy') },
  {
    action: 'seats.vacate',
    needs: ['grantSeat', 'grantSecretary'],
    effect: { deed: 'seat.vacate' },
    run: onSubject('seats.vacate', undefined, 'secretary'),
  },
  {
    action: 'leaving.remove',
    needs: ['grantSeat'],
    effect: { deed: 'roster.remove' },
    run: onSubject('leaving.remove', { reason: 'moved' }),
  },
  {
    action: 'proposals.undo',
    needs: ['grantSeat'],
    effect: { deed: 'member.undo' },
    run: undoing('roster.remove', undefined, 'proposals.undo'),
  },
  {
    action: 'proposals.undo',
    needs: ['grantSeat', 'grantSecretary'],
    effect: { deed: 'member.undo' },
    run: undoing('roster.remove', 'secretary', 'proposals.undo'),
  },
  { action: 'undo.last', needs: ['addMember'], effect: { deed: 'member.undo' }, run: undoing('member.away') },
  { action: 'undo.last', needs: ['grantSeat'], effect: { deed: 'member.undo' }, run: undoing('seat.grant', 'deputy') },
  {
    action: 'undo.last',
    needs: ['grantSeat', 'grantSecretary'],
    effect: { deed: 'member.undo' },
    run: undoing('seat.grant', 'secretary'),
  },
  { action: 'groups', needs: ['manageGroups'], effect: { view: 'groups' }, run: saying('/党小组') },
  { action: 'groups.show', needs: ['manageGroups'], effect: { card: '党小组' }, run: pressing({ press: 'groups.show', branch: 'home' }) },
  {
    action: 'groups.make',
    needs: ['manageGroups'],
    effect: { deed: 'group.make' },
    run: (town, who) => pressing({ press: 'groups.make', branch: 'home' }, { name: `组 ${town.newId()}` })(town, who),
  },
  { action: 'group.open', needs: ['manageGroups'], effect: { card: '组' }, run: onGroup('group.open') },
  { action: 'group.rename', needs: ['manageGroups'], effect: { deed: 'group.rename' }, run: onGroup('group.rename', { name: '新名' }) },
  { action: 'group.lead', needs: ['grantSeat'], effect: { deed: 'group.leader' }, run: onGroup('group.lead', { leader: 'm member' }) },
  {
    action: 'groupPeople.moveIn',
    needs: ['manageGroups'],
    effect: { deed: 'group.move' },
    run: onGroup('groupPeople.moveIn', { people: ['m secretary'] }),
  },
  {
    action: 'groupPeople.moveOut',
    needs: ['manageGroups'],
    effect: { deed: 'group.move' },
    run: onGroup('groupPeople.moveOut', { people: ['m member'] }),
  },
  {
    action: 'group.dissolve',
    needs: ['manageGroups'],
    effect: { deed: 'group.dissolve' },
    run: onGroup('group.dissolve', undefined, true),
  },
  { action: 'roles', needs: ['grantAssessor'], place: underCommittee, effect: { view: 'roles' }, run: saying('/授权', 'oc_first') },
  {
    action: 'roles',
    needs: ['grantAdmin'],
    place: ownUnit,
    effect: { deed: 'seat.grant' },
    run: saying('/授权 管理员', 'oc_first', true),
  },
  {
    action: 'roles.open',
    needs: ['grantAssessor'],
    place: underCommittee,
    effect: { card: '授权' },
    run: pressing({ press: 'roles.open', committee: 'first' }),
  },
  {
    action: 'roles.find',
    needs: ['grantAssessor'],
    place: underCommittee,
    effect: { card: '授权' },
    run: pressing({ press: 'roles.find', committee: 'first' }, { office: 'first', name: 'member' }),
  },
  {
    action: 'roles.find',
    needs: ['grantAdmin'],
    place: ownUnit,
    effect: { card: '授权' },
    run: pressing({ press: 'roles.find', committee: null }, { office: 'admin', name: '' }),
  },
  {
    action: 'roles.grant',
    needs: ['grantAssessor'],
    place: underCommittee,
    effect: { deed: 'seat.grant' },
    run: granting({ role: 'assessor', committee: 'first' }),
  },
  {
    action: 'roles.grant',
    needs: ['grantAdmin'],
    place: () => ({ unit: 'unit' }),
    effect: { deed: 'seat.grant' },
    run: granting({ role: 'admin', committee: null }),
  },
  {
    action: 'roles.revoke',
    needs: ['grantAssessor'],
    place: underCommittee,
    effect: { deed: 'seat.vacate' },
    run: revoking({ role: 'assessor', committee: 'first' }),
  },
  {
    action: 'roles.revoke',
    needs: ['grantAdmin'],
    place: () => ({ unit: 'unit' }),
    effect: { deed: 'seat.vacate' },
    run: revoking({ role: 'admin', committee: null }),
  },
  { action: 'roster', needs: ['importRoster'], effect: { view: 'rosterGuide' }, run: saying('/名单') },
  {
    action: 'roster.import',
    needs: ['importRoster'],
    effect: { deed: 'roster.add' },
    run: async (town, who) => pressing({ press: 'roster.import', draft: await draftIn(town) })(town, who),
  },
  { action: 'rules', needs: ['editRulebook'], place: underCommittee, effect: { view: 'rulebook' }, run: saying('/规则', 'oc_first') },
  {
    action: 'rulebook.save',
    needs: ['editRulebook'],
    place: underCommittee,
    effect: { deed: 'rulebook.change' },
    async run(town, who) {
      const after = await versionsIn(town)
      return pressing({ press: 'rulebook.save', committee: 'first', quarter: '2027Q1', after }, { graceWorkdays: String(5 + (after % 2)) })(
        town,
        who,
      )
    },
  },
  {
    action: 'rulebookTemplate.send',
    needs: ['editRulebook'],
    place: underCommittee,
    effect: { view: 'rulebookTemplate' },
    run: pressing({ press: 'rulebookTemplate.send', committee: 'first' }),
  },
  {
    action: 'rulebookPreview.save',
    needs: ['editRulebook'],
    place: underCommittee,
    effect: { deed: 'rulebook.change' },
    run: async (town, who) => pressing({ press: 'rulebookPreview.save', draft: await rulesIn(town), from: 'next' })(town, who),
  },
  { action: 'holidays', needs: ['importHolidays'], place: ownUnit, effect: { view: 'holidays' }, run: saying('/节假日') },
  {
    action: 'holidays.read',
    needs: ['importHolidays'],
    place: ownUnit,
    effect: { deed: 'holidays.read' },
    run: pressing({ press: 'holidays.read' }, { text: '2027 放假 1.1-1.3 2.5-2.11 5.1-5.5 10.1-10.7' }),
  },
  {
    action: 'holidays.import',
    needs: ['importHolidays'],
    effect: { deed: 'holidays.import' },
    async run(town, who) {
      const id = town.newId()
      await together(town.db, [
        keepHolidayDraft(town.db, {
          id,
          unit: 'unit',
          year: 2027,
          off: [{ from: '2027-01-01', to: '2027-01-03' }],
          work: [],
          by: 'm admin',
          at: town.now(),
        }),
      ])
      return pressing({ press: 'holidays.import', draft: id })(town, who)
    },
  },
  // A name that their own unit does not know is a new branch there.
  {
    action: 'bind',
    needs: ['bindBranch'],
    place: (who) => (who.unit === 'far' ? ofNewBranch(who) : home),
    effect: { deed: 'chat.bind' },
    run: inNewChat('/绑定 支部 home'),
  },
  {
    action: 'bind',
    needs: ['makeBranch'],
    place: ofNewBranch,
    effect: { deed: 'chat.bind' },
    run: (town, who) => inNewChat(`/绑定 新支部 ${town.newId()}`)(town, who),
  },
  { action: 'bind', needs: ['bindCommittee'], place: underCommittee, effect: { deed: 'chat.bind' }, run: inNewChat('/绑定 党委 一分党委') },
  { action: 'bind.submit', needs: ['bindBranch'], effect: { deed: 'chat.bind' }, run: submitBind({ branch: 'home' }) },
  {
    action: 'bind.submit',
    needs: ['makeBranch'],
    place: ofNewBranch,
    effect: { deed: 'chat.bind' },
    run: (town, who) => submitBind({ name: `新支部 ${town.newId()}` })(town, who),
  },
  // The assessment of a quarter.
  { action: 'review', needs: ['assess'], place: underCommittee, effect: { view: 'review' }, run: saying('评定', 'oc_first') },
  { action: 'review', needs: ['submitSelf'], effect: { view: 'selfAssessment' }, run: saying('自评') },
  {
    action: 'selfAssessment.submit',
    needs: ['submitSelf'],
    effect: { deed: 'assessment.submit' },
    run: assessing(
      'selfAssessment.submit',
      { ...ofQuarter, own: owned, given: [] },
      Object.fromEntries(owned.map((_, i) => [`s${i}`, 'fully'])),
    ),
  },
  { action: 'attest.open', needs: ['attest'], effect: { view: 'attest' }, run: assessing('attest.open', { branch: 'home' }) },
  {
    action: 'attest.submit',
    needs: ['attest'],
    effect: { deed: 'attestation.give' },
    run: assessing(
      'attest.submit',
      { branch: 'home', quarters: ['2026Q3'], given: ['28.suggestions 2026Q3 1'] },
      { on0: '2026-09-20 +0800', ref0: '台账' },
    ),
  },
  {
    action: 'attest.withdraw',
    needs: ['attest'],
    effect: { deed: 'attestation.withdraw' },
    run: assessing('attest.withdraw', ofQuarter, { attestation: 'given' }, anAttestation),
  },
  {
    action: 'result.appeal',
    needs: ['appeal'],
    effect: { view: 'result' },
    run: assessing('result.appeal', ofQuarter, undefined, '', 'published'),
  },
  {
    action: 'result.submitAppeal',
    needs: ['appeal'],
    effect: { deed: 'appeal.make' },
    run: assessing('result.submitAppeal', ofQuarter, { standard: '12', words: '漏登记' }, '', 'published'),
  },
  {
    action: 'appeal.show',
    needs: ['answerAppeal'],
    effect: { view: 'appeal' },
    run: assessing('appeal.show', { appeal: 'asked' }, undefined, anAppeal, 'published'),
  },
  {
    action: 'appeal.answer',
    needs: ['answerAppeal'],
    effect: { deed: 'appeal.answer' },
    run: assessing('appeal.answer', { appeal: 'asked' }, { verdict: 'no', words: '不成立' }, anAppeal, 'published'),
  },
  {
    action: 'review.open',
    needs: ['assess'],
    effect: { view: 'branchReview' },
    run: assessing('review.open', { quarter: '2026Q3' }, { of: 'b home' }),
  },
  {
    action: 'reviewTable.sheet',
    needs: ['assess'],
    place: underCommittee,
    effect: { view: 'reviewSheet' },
    run: pressing({ press: 'reviewTable.sheet', committee: 'first', quarter: '2026Q3' }),
  },
  {
    action: 'reviewTable.open',
    needs: ['assess'],
    place: underCommittee,
    effect: { view: 'reviewTable' },
    run: pressing({ press: 'reviewTable.open', committee: 'first', quarter: '2026Q3' }),
  },
  {
    action: 'reviewPreview.save',
    needs: ['assess'],
    effect: { deed: 'assessment.judge' },
    run: async (town, who) => assessing('reviewPreview.save', { draft: await reviewIn(town) })(town, who),
  },
  {
    action: 'branchReview.judge',
    needs: ['assess'],
    effect: { deed: 'assessment.judge' },
    run: assessing('branchReview.judge', { ...ofQuarter, upper: ['1.judged 2026Q3 1'], own: [] }, { m0: '3' }),
  },
  {
    action: 'entries.confirm',
    needs: ['assess'],
    effect: { deed: 'attestation.confirm' },
    run: assessing('entries.confirm', { ...ofQuarter, attestations: ['given'] }, undefined, anAttestation),
  },
  {
    action: 'entries.refuse',
    needs: ['assess'],
    effect: { deed: 'attestation.refuse' },
    run: assessing('entries.refuse', ofQuarter, { attestation: 'given', because: '没有' }, anAttestation),
  },
  {
    action: 'branchReview.corrections',
    needs: ['assess'],
    effect: { view: 'assessmentCorrections' },
    run: assessing('branchReview.corrections', ofQuarter),
  },
  {
    action: 'assessmentCorrections.correct',
    needs: ['assess'],
    effect: { deed: 'assessment.judge' },
    run: assessing('assessmentCorrections.correct', ofQuarter, { duty: '12.general 2026Q3 1', verdict: 'excused', reason: '停工' }),
  },
  {
    action: 'assessmentCorrections.pick',
    needs: ['assess'],
    effect: { card: '更正一件事' },
    run: assessing('assessmentCorrections.pick', ofQuarter, { standard: '12' }),
  },
  {
    action: 'findings.record',
    needs: ['assess'],
    effect: { deed: 'finding.make' },
    run: assessing('findings.record', { ...ofQuarter, kind: 'accident' }, { reason_accident: '通报' }),
  },
  {
    action: 'findings.withdraw',
    needs: ['assess'],
    effect: { deed: 'finding.withdraw' },
    run: assessing('findings.withdraw', ofQuarter, { finding: 'found' }, aFinding),
  },
  {
    action: 'review.publish',
    needs: ['publishAssessment'],
    place: underCommittee,
    effect: { deed: 'assessment.publish' },
    run: assessing('review.publish', { committee: 'first', quarter: '2026Q3' }),
  },
  {
    action: 'review.close',
    needs: ['publishAssessment'],
    place: underCommittee,
    effect: { deed: 'assessment.close' },
    run: assessing('review.close', { committee: 'first', quarter: '2026Q3' }, undefined, '', 'over'),
  },
  { action: 'year.open', needs: ['assess'], effect: { view: 'branchYear' }, run: assessing('year.open', { year: '2026' }, { of: 'home' }) },
  {
    action: 'branchYear.conclude',
    needs: ['assess'],
    effect: { deed: 'lastTwice.close' },
    run: assessing(
      'branchYear.conclude',
      { branch: 'home', year: '2026' },
      { adjusted: 'no', reason: '刚到任', concluded_on: '2026-10-08' },
      "insert into last_twice (branch, year, opened_at) values ('home', '2026', 0);",
    ),
  },
  {
    action: 'support.begin',
    needs: ['assess'],
    effect: { deed: 'support.begin' },
    run: assessing('support.begin', { branch: 'home', year: '2026' }, { helper: 'm assessor', from: '2026-10-08', until: '2026-12-01' }),
  },
  {
    action: 'support.conclude',
    needs: ['assess'],
    effect: { deed: 'support.end' },
    run: assessing('support.conclude', { branch: 'home', year: '2026', support: 'help' }, { outcome: 'recovered' }, aSupport),
  },
  {
    action: 'branchYear.report',
    needs: ['assess'],
    effect: { deed: 'report.hear' },
    run: assessing('branchYear.report', { branch: 'home', year: '2026' }, { period: '2026H1', heard: '2026-07-10', commentary: '抓得实' }),
  },
]

const versionsIn = async (town: Town) =>
  Number((await town.client.execute("select count(*) from rulebooks where committee = 'first'")).rows[0]?.[0])

/** A list that weighs two standards otherwise, previewed for the committee `first`. */
async function rulesIn(town: Town) {
  const id = town.newId()
  await together(town.db, [
    keepRulebookDraft(town.db, {
      id,
      file: id,
      committee: 'first',
      by: 'm assessor',
      madeAt: town.now(),
      quarter: '2027Q1',
      after: await versionsIn(town),
      said: { weights: { 1: 5, 2: 3 } },
      changes: [{ part: '1.judged', what: { zh: '权重 4 → 5', en: 'weight 4 → 5' } }],
      wrong: [],
      sum: 100,
    }),
  ])
  return id
}

/** An assessor's file that judges the branch `home`, previewed. */
async function reviewIn(town: Town) {
  const id = town.newId()
  const name = { zh: '生产', en: 'Production' }
  const items = [{ part: '1.judged' as const, period: '2026Q3', name, before: '', after: '3', permille: 750, isOwn: false }]
  const changes = [{ branch: 'home', name: '支部 home', reason: '', items }]
  await together(town.db, [
    keepAssessmentDraft(town.db, { id, file: id, by: 'm assessor', madeAt: town.now(), quarter: '2026Q3', changes, wrong: [], judged: 0 }),
  ])
  return id
}

/** The branch `home` has a rhythm and a draft of it, for as long as it takes. */
async function withRhythm(town: Town, run: (rhythm: string) => Promise<unknown>, set?: string, answer?: string) {
  const id = town.newId()
  const at = town.now().getTime()
  await town.client.executeMultiple(`
    insert into rhythms (id, branch, kind, place, in_room, rule, time, set_by, set_at)
      values ('${id}', 'home', 'lecture', '', 0, '{"every":"month","date":20}', '15:00', 'm secretary', 0);
    ${set ? `update rhythms set ${set} where id = '${id}';` : ''}
    insert into rhythm_drafts values ('${id}', '2026-10-20', ${at + 86_400_000}, ${at - 1_000}, ${at + 1_000}, 0, 'ou_secretary', null);
    ${answer ? `insert into rhythm_answers values ('${id}', '2026-10-20', '${answer}', null, 'm secretary', 0);` : ''}`)
  await run(id)
  await town.client.executeMultiple('delete from rhythm_answers; delete from rhythm_drafts; delete from rhythms;')
}

/** Somebody new came into the branch’s chat, or somebody on its roster left it. */
async function withProposal(town: Town, what: 'joined' | 'left', run: (proposal: string) => Promise<unknown>) {
  const id = town.newId()
  if (what === 'left')
    await town.client.execute(
      `insert into members (id, unit, branch, open_id, name, stage, joined_on, added_at) values ('m ${id}', 'unit', 'home', 'ou_${id}', '离群的人', 'full', '2026-01-01', 0)`,
    )
  await town.client.execute(
    `insert into roster_proposals (chat, open_id, id, unit, branch, name, what, at) values ('oc_home', 'ou_${id}', '${id}', 'unit', 'home', '新人', '${what}', 0)`,
  )
  await run(id)
  await town.client.executeMultiple(`delete from roster_proposals; delete from person_changes; delete from members where id = 'm ${id}';`)
}

/** Presses about a new probationer (for a seat: full member) of `home`, who is not there before or after. */
function onSubject(press: string, form?: object, has?: 'away' | 'deputy' | 'secretary') {
  return async (town: Town, who: Townsman) => {
    const stage = press === 'stage.change' ? 'probationer' : 'full'
    const away = has === 'away' ? "'2026-01-01'" : 'null'
    await town.client.execute(
      `insert into members (id, unit, branch, open_id, name, stage, away_since, joined_on, added_at) values ('m subject', 'unit', 'home', 'ou_subject', '对象', '${stage}', ${away}, '2026-01-01', 0)`,
    )
    if (has === 'deputy' || has === 'secretary')
      await town.client.execute(
        `insert into seats (id, member, role, branch, from_at) values ('s subject', 'm subject', '${has}', 'home', 0)`,
      )
    const shown = await pressing({ press, person: 'm subject', ...(press === 'seats.vacate' ? { seat: 's subject' } : {}) }, form)(
      town,
      who,
    )
    await forgetSubject(town)
    return shown
  }
}

async function forgetSubject(town: Town) {
  for (const table of ['person_changes', 'seats']) await town.client.execute(`delete from ${table} where member = 'm subject'`)
  await town.client.execute("delete from members where id = 'm subject'")
}

/** What was changed of such a person a moment ago. */
function undoing(deed: 'member.away' | 'seat.grant' | 'roster.remove', role?: 'deputy' | 'secretary', press = 'undo.last') {
  return async (town: Town, who: Townsman) => {
    await town.client.execute(
      "insert into members (id, unit, branch, name, stage, joined_on, added_at) values ('m subject', 'unit', 'home', '对象', 'full', '2026-01-01', 0)",
    )
    const change = { id: 'change', branch: 'home', member: 'm subject', deed, at: town.now(), by: 'm admin' }
    const isRemoved = deed === 'roster.remove'
    if (isRemoved && role)
      await town.db.insert(seats).values({ id: 's subject', member: 'm subject', role, branch: 'home', from: town.now() })
    await together(town.db, [
      changeNoted(town.db, change),
      ...(isRemoved ? leaving(town.db, 'home', 'm subject', town.now(), '2026-10-08') : []),
      isRemoved
        ? changeSettled(town.db, 'change', 'm subject')
        : role
          ? town.db.insert(seats).values({ id: 's subject', member: 'm subject', role, branch: 'home', from: town.now() })
          : town.db.update(members).set({ awaySince: '2026-01-01' }).where(sql`${members.id} = 'm subject'`),
      changeSettled(town.db, 'change', 'm subject'),
    ])
    const shown = await pressing({ press, person: 'm subject', change: 'change' })(town, who)
    await forgetSubject(town)
    return shown
  }
}

/** Presses about a new group of `home`, with 'm member' in it unless it is to be empty. */
function onGroup(press: string, form?: object, isEmpty = false) {
  return async (town: Town, who: Townsman) => {
    await town.client.execute("insert into groups (id, branch, name) values ('g subject', 'home', '某组')")
    if (!isEmpty) await town.client.execute("update members set group_id = 'g subject' where id = 'm member'")
    const shown = await pressing({ press, group: 'g subject' }, form)(town, who)
    await town.client.execute('delete from person_changes')
    await town.client.execute("update members set group_id = null where group_id = 'g subject'")
    await town.client.execute("delete from seats where group_id = 'g subject'")
    await town.client.execute("delete from groups where id = 'g subject'")
    return shown
  }
}

function granting(office: { role: string; committee: string | null }) {
  return async (town: Town, who: Townsman) => {
    const shown = await pressing({ press: 'roles.grant', scope: 'first', ...office }, { person: 'm probationer' })(town, who)
    await town.client.execute("delete from seats where member = 'm probationer'")
    return shown
  }
}

function revoking({ role, committee }: { role: string; committee: string | null }) {
  return async (town: Town, who: Townsman) => {
    await town.client.execute(
      "insert into members (id, unit, open_id, name, joined_on, added_at) values ('m subject', 'unit', 'ou_subject', '对象', '2026-01-01', 0)",
    )
    await town.client.execute({
      sql: "insert into seats (id, member, role, committee, from_at) values ('s subject', 'm subject', ?, ?, 0)",
      args: [role, committee],
    })
    const shown = await pressing({ press: 'roles.revoke', committee }, { seat: 's subject' })(town, who)
    await forgetSubject(town)
    return shown
  }
}

/** A general meeting of two days ago that everybody of the branch `home` missed, put away afterwards. `said` is who says it is made up. */
async function missedMeeting(town: Town, said: string | null, run: (gathering: string) => Promise<unknown>) {
  const gathering = await town.meeting('home')
  const sql = (words: string, ...args: (string | number)[]) => town.client.execute({ sql: words, args })
  await sql(
    "insert into expectations select ?, id, 1, 'home' from members where (branch = 'home' and stage in ('full', 'probationer')) or id = 'm sibling member'",
    gathering,
  )
  await sql("insert into arrivals values (?, 'm sibling member', 'on time', 0, 'mark', 'test')", gathering)
  await sql(
    `insert into closures select ?, ?, 'clock', count(*), 1, count(*), 1, 1 from expectations where gathering = ?`,
    gathering,
    town.now().getTime() - 2 * 86_400_000,
    gathering,
  )
  if (said) await sql("insert into make_ups values (?, ?, 'talk', null, 0, null, null)", gathering, said)
  await run(gathering)
  for (const table of ['make_ups', 'closures', 'arrivals', 'expectations']) await sql(`delete from ${table} where gathering = ?`, gathering)
}

/** The branch `sibling` asks `home` to meet with it. */
async function invited(town: Town, answer: string | null, run: (sent: object) => Promise<unknown>) {
  const gathering = await town.meeting('sibling', 'lecture')
  const sql = (words: string, ...args: (string | null)[]) => town.client.execute({ sql: words, args })
  await sql("insert into gathering_invitations values (?, 'home', 'm admin', 0, ?, null, null)", gathering, answer)
  if (answer === 'joined') await sql("insert into gathering_branches (gathering, branch) values (?, 'home')", gathering)
  await run({ gathering, branch: 'home' })
  await sql('delete from gathering_invitations where gathering = ?', gathering)
}

/** A meeting with one item on its agenda, which goes with it. */
function withAgenda(press: string, form: object) {
  return async (town: Town, who: Townsman) => {
    const gathering = await town.meeting('home')
    await town.client.execute({
      sql: `insert into agenda_items (gathering, position, words, tags) values (?, 1, '学习', '["study"]')`,
      args: [gathering],
    })
    await pressing({ press, gathering }, form)(town, who)
    await town.client.execute('delete from agenda_items')
  }
}

/** A list of one new person, previewed for the branch `home`. */
async function draftIn(town: Town) {
  const [id, member] = [town.newId(), town.newId()]
  const person = {
    id: member,
    member: null,
    isNew: true,
    row: 2,
    name: '新人',
    facts: { name: '新人' },
    grant: [],
    vacate: [],
    candidates: [],
    changes: [],
  }
  const tally = { added: 1, changed: 0, same: 0, wrong: 0, failed: 0 }
  // An import by the one before, at this very moment, is not later than the preview.
  await together(town.db, [
    keepDraft(town.db, {
      id,
      file: id,
      branch: 'home',
      by: 'm secretary',
      madeAt: town.now(),
      tally,
      rows: { people: [person], wrong: [], notes: [] },
    }),
  ])
  return id
}

const offered = (command: string, town: Town) => ({ press: 'command.run', command, rest: '', isGroup: true, offer: town.newId() })

let town: Town
beforeAll(async () => {
  town = await aTown()
})

test('every command and every press names its rights, each is tried below, and no right is left over', () => {
  const named = [...commands, ...presses, runCommand].flatMap(({ name, rights }) => rights.map((right) => `${name} ${right}`))
  expect(cases.map(({ action, needs }) => `${action} ${needs.at(-1)}`).sort()).toEqual([...named].sort())
  expect([...new Set(named.map((one) => one.split(' ')[1]))].sort()).toEqual(Object.keys(rights).sort())
})

test.each(cases.map((one) => ({ ...one, name: `${one.action}: ${one.needs.join(' + ')}` })))(
  '$name is granted to exactly those whom the table names',
  async ({ run, needs, place, effect, ...one }) => {
    const granted: string[] = []
    for (const who of people) if (await hasEffect(effect, () => run(town, who))) granted.push(who.name)
    const isGranted = (who: Townsman) =>
      needs.every((right) => may(who.member ? who : null, right, place?.(who) ?? home)) && (one.if?.(who) ?? true)
    expect(granted).toEqual(people.filter(isGranted).map(({ name }) => name))
  },
)

/** Whether it did, or showed, what the right is for. Whoever is refused leaves nothing behind but the refusal. */
async function hasEffect(effect: Case['effect'], run: () => Promise<unknown>): Promise<boolean> {
  const [deeds, facts, views] = [await town.deeds(), await factsOf(), await viewsShown()]
  const answer = await run()
  const done =
    'deed' in effect
      ? (await town.deeds()).slice(deeds.length).includes(effect.deed)
      : 'view' in effect
        ? (await viewsShown()).slice(views.length).includes(effect.view)
        : JSON.stringify((answer as { card?: object }).card ?? '').includes(effect.card)
  const newViews = (await viewsShown()).slice(views.length)
  if (!done)
    expect({ deeds: (await town.deeds()).length, views: newViews.filter((view) => view !== 'say') }).toEqual({
      deeds: deeds.length,
      views: [],
    })
  if (!done)
    expect(await factsOf()).toMatchObject({
      ...facts,
      ballots: expect.any(Number),
      electorates: expect.any(Number),
      gatherings: expect.any(Number),
      gathering_branches: expect.any(Number),
      cancellations: expect.any(Number),
    })
  return done
}

const viewsShown = async () => (await town.client.execute('select view from outbox order by id')).rows.map(({ view }) => String(view))

async function factsOf() {
  const {
    deliveries: _claims,
    outbox: _messages,
    claim_codes: _codes,
    roster_drafts: _previews,
    holiday_drafts: _notices,
    rulebook_drafts: _lists,
    assessment_drafts: _tables,
    ...facts
  } = await town.counts()
  return facts
}

test('a command behind a near miss asks its own right', async () => {
  const before = await town.deeds()
  for (const { openId, tenantKey } of people.filter(({ name }) => ['member', 'stranger', 'sibling secretary', 'far admin'].includes(name)))
    await town.presses(openId, { ...offered('meeting', town), rest: '支委会 周五 15:00' }, { chat: 'oc_home', tenantKey })
  expect(await town.deeds()).toEqual(before)
})
