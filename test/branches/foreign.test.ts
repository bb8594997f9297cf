import { beforeAll, expect, test } from 'vitest'
import { vacate } from '../../db/branches/seats.ts'
import { together } from '../../db/client.ts'
import { moment } from '../../src/calendar.ts'
import { aTown, type Town } from '../harness/town.ts'

let town: Town
beforeAll(async () => {
  town = await aTown()
})

// T38: the next press and word
test('a revoked role is gone at the next press and word', async () => {
  const gathering = await town.meeting('home')
  const mark = (member: string) => town.presses('ou_deputy', { press: 'host.mark', gathering }, { form: { people: [member] } })
  expect((await mark('m member')).toast?.type).toBe('success')
  await together(town.db, [vacate(town.db, { member: 'm deputy', role: 'deputy', branch: 'home', at: town.now() })])
  expect((await mark('m probationer')).toast).toMatchObject({
    type: 'warning',
    content: expect.stringContaining('这件事不归你办'),
  })
  const { answer } = await town.says('ou_deputy', '/会议 支委会 周五 15:00', { chat: 'oc_home' })
  expect((await answer())?.text).toContain('这件事不归你办')
})

test('an open id of elsewhere, or of the departed, is a stranger’s', async () => {
  const gathering = await town.meeting('home')
  const before = await town.counts()
  for (const tenantKey of ['tenant_elsewhere', 'tenant_unknown']) {
    const { toast } = await town.presses('ou_secretary', { press: 'host.close', gathering }, { tenantKey })
    expect(toast?.type).toBe('warning')
    const marked = await town.presses('ou_secretary', { press: 'host.mark', gathering }, { tenantKey, form: { people: ['m member'] } })
    expect(marked.toast?.type).toBe('warning')
  }
  const byDeparted = await town.presses('ou_departed_secretary', { press: 'host.mark', gathering }, { form: { people: ['m member'] } })
  expect(byDeparted.toast?.type).toBe('warning')
  expect(await town.counts()).toEqual(before)
})

// T37: each kind of id
test('an id of elsewhere is answered like one that does not exist', async () => {
  const elsewhere = {
    gathering: [await town.meeting('sibling'), await town.meeting('cousin'), await town.meeting('abroad')],
    branch: ['sibling', 'cousin', 'abroad'],
    person: ['m sibling member', 'm cousin secretary', 'm far secretary'],
    group: ['g sibling', 'g cousin', 'g abroad'],
    committee: ['second', 'top', 'farTop'],
    rhythm: ['r sibling', 'r cousin', 'r abroad'],
    proposal: ['p sibling', 'p cousin', 'p abroad'],
    evaluation: ['e sibling', 'e cousin', 'e abroad'],
  }
  for (const branch of elsewhere.branch)
    await town.client.executeMultiple(`
      insert into rhythms (id, branch, kind, place, in_room, rule, time, set_by, set_at)
        values ('r ${branch}', '${branch}', 'lecture', '', 0, '{"every":"month","date":20}', '15:00', 'm secretary', 0);
      insert into rhythm_drafts values ('r ${branch}', '2026-10-20', ${moment('2026-10-20', '15:00').getTime()}, 0, 1, 0, 'ou_secretary', null);
      insert into roster_proposals (chat, open_id, id, unit, branch, name, what, at)
        values ('oc_${branch}', 'ou_new', 'p ${branch}', '${branch === 'abroad' ? 'far' : 'unit'}', '${branch}', '新人', 'joined', 0)`)
  for (const branch of elsewhere.branch)
    await town.client.execute(`insert into groups (id, branch, name) values ('g ${branch}', '${branch}', '某组')`)
  for (const branch of elsewhere.branch)
    await town.client.executeMultiple(`
      insert into evaluations (id, branch, period, opened_by, opened_at) values ('e ${branch}', '${branch}', '2026', 'm secretary', 0);
      insert into evaluated select 'e ${branch}', id, null from members where branch = '${branch}';
      insert into self_views select evaluation, member, '自评', 'qualified', 0 from evaluated where evaluation = 'e ${branch}'`)
  const tries = [
    ...['gathering.checkIn', 'host.close'].map((press) => ({ press, key: 'gathering' as const, form: undefined })),
    { press: 'host.mark', key: 'gathering' as const, form: { people: ['m sibling member', 'm far secretary'] } },
    { press: 'call.submit', key: 'branch' as const, form: { kind: 'committee', starts: '2026-10-20 15:00' }, more: { gathering: 'g' } },
    { press: 'standard.open', key: 'branch' as const, form: { standard: '12' }, more: { quarter: '2026Q4' } },
    { press: 'standard.evidence', key: 'branch' as const, form: { piece: 'talk ' }, more: { quarter: '2026Q4' } },
    { press: 'whatIf.open', key: 'branch' as const, form: undefined, more: { quarter: '2026Q4' } },
    {
      press: 'whatIf.try',
      key: 'branch' as const,
      form: { kind: 'committee', on: '2026-12-20' },
      more: { quarter: '2026Q4' },
    },
    { press: 'order.next', key: 'committee' as const, form: undefined, more: { quarter: '2026Q4', from: 120 } },
    { press: 'callForDuty.open', key: 'branch' as const, form: undefined, more: { kind: 'general' } },
    { press: 'goOn.openOrResume', key: 'branch' as const, form: undefined, more: { period: '2026' } },
    { press: 'evaluationForm.submit', key: 'branch' as const, form: { period: '2026' }, more: { id: 'e' } },
    ...[
      ...['selfView.open', 'selfView.submit', 'ownGrade.appeal', 'ownGrade.submit'],
      ...['groupView.choose', 'groupView.set', 'groupView.again', 'grading.choose', 'grading.set', 'grading.again', 'gradeAppeal.answer'],
      ...['steps.groupViews', 'steps.vote', 'steps.grade', 'steps.appeals', 'evaluationReading.next'],
      ...['evaluation.tell', 'evaluation.close', 'evaluation.cancel'],
      'evaluationVote.submit',
    ].map((press) => ({
      press,
      key: 'evaluation' as const,
      form: { words: '自评', grade: 'qualified', verdict: 'no', closes: '2026-12-20 15:00 +0800' },
      more: { group: null, picked: {}, seen: 0, from: 0, member: 'm sibling member' },
    })),
    ...[
      { press: 'selfAssessment.submit', form: {}, more: { own: [], given: [] } },
      { press: 'attest.open', form: undefined, more: {} },
      { press: 'attest.withdraw', form: { attestation: 'x' }, more: {} },
      { press: 'result.appeal', form: undefined, more: {} },
      { press: 'result.submitAppeal', form: { standard: '12', words: 'x' }, more: {} },
      { press: 'branchReview.corrections', form: undefined, more: {} },
      { press: 'entries.confirm', form: undefined, more: { attestations: ['x'] } },
      { press: 'assessmentCorrections.correct', form: { duty: '12.general 2026Q3 1', verdict: 'excused', reason: 'x' }, more: {} },
      { press: 'findings.record', form: { reason_accident: 'x' }, more: { kind: 'accident' } },
      { press: 'support.begin', form: { helper: 'x' }, more: { year: '2026' } },
    ].map(({ more, ...one }) => ({ ...one, key: 'branch' as const, more: { quarter: '2026Q3', ...more } })),
    ...['reviewTable.open', 'reviewTable.sheet'].map((press) => ({
      press,
      key: 'committee' as const,
      form: undefined,
      more: { quarter: '2026Q3' },
    })),
    ...['open', 'add', 'addWords', 'retag', 'settle'].map((what) => ({
      press: `agenda.${what}`,
      key: 'gathering' as const,
      form: { words: '学习', item: '1', struck: ['1'] },
      more: { tag: 'study' },
    })),
    ...['joint.join', 'joint.decline', 'joint.withdraw'].map((press) => ({
      press,
      key: 'gathering' as const,
      form: undefined,
      more: { branch: 'home' },
    })),
    ...['makeUp.done', 'makeUp.takeBack', 'makeUps.open', 'makeUps.confirm', 'makeUps.sendBack', 'makeUps.excuse'].map((press) => ({
      press,
      key: 'gathering' as const,
      form: { way: 'talk', people: ['m sibling member'], undone: ['m sibling member'], person: 'm sibling member', why: 'frail' },
    })),
    ...['people.turn', 'people.open', 'groups.show', 'groups.make'].map((press) => ({
      press,
      key: 'branch' as const,
      form: { person: 'm sibling member', name: '新组' },
      more: { page: 0 },
    })),
    { press: 'proposals.undo', key: 'person' as const, form: undefined, more: { change: 'c' } },
    ...[
      'person.part',
      'stage.change',
      'ownGroup.change',
      'place.away',
      'place.back',
      'seats.appoint',
      'seats.vacate',
      'leaving.remove',
      'undo.last',
    ].map((press) => ({
      press,
      key: 'person' as const,
      form: { stage: 'probationer', group: 'none', role: 'deputy', reason: 'moved' },
      more: { seat: 's0 cousin secretary', change: 'c' },
    })),
    ...['group.open', 'group.rename', 'group.lead', 'groupPeople.moveIn', 'groupPeople.moveOut', 'group.dissolve'].map((press) => ({
      press,
      key: 'group' as const,
      form: { name: '新名', leader: 'none', people: ['m sibling member'] },
    })),
    ...['open', 'find', 'grant', 'revoke'].map((press) => ({
      press: `roles.${press}`,
      key: 'committee' as const,
      form: { office: 'second', person: 'm member', seat: 's0 assessor elsewhere' },
      more: { scope: 'second', role: 'assessor' },
    })),
    {
      press: 'rhythm.set',
      key: 'branch' as const,
      form: { kind: 'committee', every: 'month', which: 'date 10', time: '15:00' },
      more: { rhythm: 'r' },
    },
    { press: 'rhythm.new', key: 'branch' as const, form: undefined },
    ...['rhythm.change', 'rhythms.stop', 'rhythms.resume'].map((press) => ({ press, key: 'rhythm' as const, form: undefined })),
    ...['draft.call', 'draft.change', 'draft.skip', 'draft.unskip'].map((press) => ({
      press,
      key: 'rhythm' as const,
      form: undefined,
      more: { on: '2026-10-20' },
    })),
    { press: 'proposals.add', key: 'proposal' as const, form: { 'stage_p abroad': 'full' } },
    ...['ignored', 'removed'].map((decision) => ({
      press: 'proposals.decide',
      key: 'proposal' as const,
      form: undefined,
      more: { decision },
    })),
  ]
  const before = await town.counts()
  for (const { press, key, form, ...rest } of tries)
    for (const who of ['ou_secretary', 'ou_member', 'ou_stranger']) {
      const answerTo = (id: string) => town.presses(who, { press, [key]: id, ...('more' in rest ? rest.more : {}) }, { form })
      const notFound = await answerTo('nowhere')
      expect(notFound.toast?.type).toBe('warning')
      for (const id of elsewhere[key]) expect({ press, who, ...(await answerTo(id)) }).toEqual({ press, who, ...notFound })
    }
  expect(await town.counts()).toEqual(before)
})

test('people of another branch cannot be marked present by their ids', async () => {
  const gathering = await town.meeting('home')
  const { toast } = await town.presses(
    'ou_secretary',
    { press: 'host.mark', gathering },
    { form: { people: ['m sibling member', 'nobody'] } },
  )
  expect(toast?.type).toBe('warning')
  expect((await town.client.execute({ sql: 'select * from arrivals where gathering = ?', args: [gathering] })).rows).toEqual([])
})

test('only who looks after both binds a chat away', async () => {
  const bind = async (openId: string, chat: string, name: string) => {
    const { answer } = await town.says(openId, `/绑定 ${name}`, { chat })
    return (await answer())?.text ?? ''
  }
  expect(await bind('ou_sibling_secretary', 'oc_home', '支部 sibling')).toContain('不归你办')
  expect(await bind('ou_secretary', 'oc_first', '支部 home')).toContain('不归你办')
  const form = { branch: 'sibling' }
  const pressed = await town.presses('ou_sibling_secretary', { press: 'bind.submit', chat: 'oc_home' }, { form, chat: 'oc_home' })
  expect(pressed.toast?.type).toBe('warning')
  expect(await bind('ou_assessor', 'oc_home', '支部 sibling')).toContain('已绑定到「支部 sibling」')
  expect(await bind('ou_assessor', 'oc_home', '支部 home')).toContain('已绑定到「支部 home」')
})

test('another unit’s administrator does not see a committee’s order in its chat', async () => {
  const { answer } = await town.says('ou_far_admin', '考核', { chat: 'oc_first', tenantKey: 'tenant_elsewhere' })
  expect((await answer())?.view).toBe('say')
})
