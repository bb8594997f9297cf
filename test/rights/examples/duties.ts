import { press, type Stage } from '../stage.ts'

const ofQuarter = { branch: 'home', quarter: '2026Q4' }

const attested = async (stage: Stage) => {
  await stage.deed(
    'secretary',
    'attest.submit',
    { branch: 'home', quarters: ['2026Q3'], given: ['28.suggestions 2026Q3 1'] },
    { on0: '2026-09-20 +0800', ref0: '台账' },
  )
  return { branch: 'home', quarter: '2026Q3', attestation: await stage.latest('attestations') }
}

/** Nobody of the branch is at a step in the quarter; one is under development all the same. */
const nobodyStepping = async (stage: Stage) => {
  await stage.client.execute(
    "update members set full_on = '2020-01-01', prospect_on = null, probationer_on = null where branch = 'home' and stage = 'full'",
  )
  await stage.client.execute(
    "update members set stage = 'prospect', prospect_on = '2026-02-01', probationer_on = null, full_on = null where id = 'm probationer'",
  )
  return {}
}

/** An election that was counted and elected somebody. */
const elected = async (stage: Stage) => {
  await stage.client.executeMultiple(`
    insert into gatherings (id, branch, kind, place, starts_at, ends_at, called_by, called_at)
      values ('held', 'home', 'general', '', 1789999200000, 1790003600000, 'm secretary', 1789000000000);
    insert into elections (id, branch, gathering, title, seats, nominees, scrutineers, tellers, expected_voters, present_voters, opened_by, opened_at, sheet)
      values ('an election', 'home', 'held', '换届', 1, '[{"name":"甲","member":null},{"name":"乙","member":null}]', '[]', '[]', 5, 5, 'm secretary', 1789999200000,
        '{"handedOut":5,"returned":5,"invalid":0,"votes":[{"for":4,"against":1,"abstained":0},{"for":1,"against":4,"abstained":0}],"writeIns":[]}');
    insert into closures (gathering, at, "by", expected, present, expected_voters, present_voters, is_quorate)
      values ('held', 1790003600000, 'm secretary', 0, 0, 0, 0, 1);`)
  return { branch: 'home' }
}

const heldGathering = async (stage: Stage) => {
  await stage.client.executeMultiple(`
    insert into gatherings (id, branch, kind, place, starts_at, ends_at, called_by, called_at)
      values ('held', 'home', 'committee', '', 1789999200000, 1790003600000, 'm secretary', 1789000000000);
    insert into gathering_branches (gathering, branch) values ('held', 'home');
    insert into closures (gathering, at, "by", expected, present, expected_voters, present_voters, is_quorate)
      values ('held', 1790003600000, 'm secretary', 0, 0, 0, 0, 1);`)
  return { gathering: 'held' }
}

const muted = async (stage: Stage) => {
  for (const name of ['secretary', 'member']) await stage.deed(name, 'quieting.mute', {}, { part: '12.committee' })
  return {}
}

export const duties = [
  press('standard.open', 'seeScore', { view: 'standard', sends: ofQuarter, form: { standard: '12' } }),
  press('standard.evidence', 'seeScore', {
    view: 'gathering',
    given: heldGathering,
    sends: ofQuarter,
    form: ({ gathering }) => ({ piece: `gathering ${gathering}` }),
  }),
  press('whatIf.open', 'seeScore', { view: 'whatIf', sends: ofQuarter }),
  press('whatIf.try', 'seeScore', { view: 'whatIf', sends: ofQuarter, form: { kind: 'committee', on: '2026-12-20 +0800' } }),
  press('digest.later', 'quieten', { deed: 'digest.snooze', sends: { until: 'hour' }, at: 'own unit' }),
  press('quieting.open', 'quieten', { view: 'quieting', sends: { form: 'quieting' }, at: 'own unit' }),
  press('quieting.mute', 'quieten', { deed: 'digest.mute', form: { part: '12.committee' }, at: 'own unit' }),
  press('quieting.unmute', 'quieten', { deed: 'digest.unmute', given: muted, at: 'own unit' }),
  press('attest.open', 'attest', { view: 'attest', sends: { branch: 'home' } }),
  press('attest.submit', 'attest', {
    deed: 'attestation.give',
    sends: { branch: 'home', quarters: ['2026Q3'], given: ['28.suggestions 2026Q3 1'] },
    form: { on0: '2026-09-20 +0800', ref0: '台账' },
  }),
  press('none.say', 'attest', { deed: 'attestation.give', given: nobodyStepping, sends: { branch: 'home', quarter: '2026Q4' } }),
  press('term.open', 'attest', { view: 'term', sends: { branch: 'home' } }),
  press('term.held', 'attest', { deed: 'term.start', given: elected, form: { election: 'an election' } }),
  press('term.paper', 'attest', {
    deed: 'attestation.give',
    sends: { branch: 'home' },
    form: { on: '2026-09-20 +0800', reference: '批复第 3 号' },
  }),
  press('committeeExcuse.open', 'assess', { view: 'committeeExcuse', sends: { branch: 'home' } }),
  press('committeeExcuse.allow', 'assess', {
    deed: 'committee.excuse',
    sends: { branch: 'home' },
    form: { reason: '抗洪', until: '2026-12-31 +0800' },
  }),
  press('attest.withdraw', 'attest', { deed: 'attestation.withdraw', given: attested, form: ({ attestation }) => ({ attestation }) }),
]
