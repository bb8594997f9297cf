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

const muted = async (stage: Stage) => {
  for (const name of ['secretary', 'member']) await stage.deed(name, 'quieting.mute', {}, { part: '12.committee' })
  return {}
}

export const duties = [
  press('standard.open', 'seeScore', { view: 'standard', sends: ofQuarter, form: { standard: '12' } }),
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
  press('attest.none', 'attest', { deed: 'attestation.give', given: nobodyStepping, sends: { branch: 'home', quarter: '2026Q4' } }),
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
