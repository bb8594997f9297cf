import { branchSeats } from '../../../src/rules/branches/rights.ts'
import { press, type Stage, says } from '../stage.ts'

const ofYear = { year: '2026' }
const points = { p1: '12 月底前带教 2 名新员工' }

/** The member's pledge waits for the committee. */
const handedIn = async (stage: Stage) => {
  await stage.deed('member', 'pledge.submit', { ...ofYear, pledge: 'a pledge', isSure: false }, points)
  return {}
}
const accepted = async (stage: Stage) => {
  await handedIn(stage)
  await stage.deed('secretary', 'pledgeReview.accept', { pledges: ['a pledge'] })
  return { pledge: 'a pledge', nth: 1 }
}
const onPaper = async (stage: Stage) => {
  await stage.client.execute("update members set open_id = null where id = 'm leader'")
  return {}
}
const half = { branch: 'home', half: '2026H2' }

/** The discipline member found a problem of the organisation member. */
const aProblem = async (stage: Stage) => {
  await stage.deed('discipline', 'integrityCheck.note', { ...half, finding: 'a finding', task: 'its task' }, problem)
  return { finding: 'a finding' }
}
const problem = { officer: 'm organisation', words: '有一张发票不合规', on: '2026-11-30 +0800' }
const putRight = async (stage: Stage) => {
  await aProblem(stage)
  await stage.deed('organisation', 'task.done', { task: 'its task' })
  return { finding: 'a finding' }
}
const isDiscipline = ({ name }: { name: string }) => name === 'discipline'
const isOfficer = ({ name }: { name: string }) => [...officers, 'leader'].includes(name)
const officers: readonly string[] = branchSeats
const isMember = ({ name }: { name: string }) => name === 'member'
const isOfBranch = ({ name }: { name: string }) => !name.includes('assessor')

export const pledgesExamples = [
  says('pledge', 'pledge', '/承诺', { view: 'pledge', at: 'own branch' }),
  says('pledge', 'reviewPledges', '/承诺 审', { view: 'pledgeReview', at: 'own seat' }),
  press('pledge.open', 'pledge', { view: 'pledge', at: 'own branch', sends: { about: 'pledge' } }),
  press('pledge.write', 'pledge', { card: 'pledge.submit', at: 'own branch', sends: ofYear }),
  press('pledge.submit', 'pledge', {
    deed: 'pledge.submit',
    at: 'own branch',
    sends: (stage) => ({ ...ofYear, pledge: stage.newId(), isSure: false }),
    form: points,
  }),
  press('pledge.ask', 'pledge', { card: 'pledge.keep', at: 'own branch', given: accepted, if: isMember }),
  press('pledge.keep', 'pledge', { deed: 'pledge.point', at: 'own branch', given: accepted, sends: { isKept: true }, if: isMember }),
  press('pledgeReview.open', 'reviewPledges', {
    view: 'pledgeReview',
    sends: { about: 'pledges' },
    at: 'own seat',
  }),
  press('pledgeReview.accept', 'reviewPledges', {
    deed: 'pledge.accept',
    given: handedIn,
    sends: { pledges: ['a pledge'] },
    if: isOfBranch,
  }),
  press('pledgeReview.return', 'reviewPledges', {
    deed: 'pledge.return',
    given: handedIn,
    sends: ofYear,
    form: { back: ['a pledge'], because: '写清到什么时候' },
    if: isOfBranch,
  }),
  press('branchPledges.open', 'pledge', { view: 'branchPledges', sends: { ...ofYear, branch: 'home' } }),
  press('pledgeReview.paper', 'enterPledges', { card: 'pledgeReview.enter', given: onPaper, sends: ofYear }),
  press('pledgeReview.enter', 'enterPledges', {
    deed: 'pledge.submit',
    given: onPaper,
    sends: (stage) => ({ ...ofYear, pledge: stage.newId() }),
    form: { ...points, member: 'm leader' },
  }),
  says('integrity', 'checkIntegrity', '/廉政检查', { view: 'integrityCheck' }),
  press('integrity.open', 'submitSelf', { view: 'integrity', sends: { branch: 'home' } }),
  press('integrity.pledge', 'pledge', { deed: 'integrity.pledge', sends: { branch: 'home', ...ofYear }, if: isOfficer }),
  press('integrityText.set', 'assess', {
    deed: 'integrity.text',
    at: 'committee',
    sends: { committee: 'first', ...ofYear },
    form: { words: '不以权谋私' },
  }),
  press('integrityCheck.pass', 'checkIntegrity', {
    deed: 'integrity.check',
    sends: { ...half, officers: ['m organisation'] },
    if: isDiscipline,
  }),
  press('integrityCheck.ask', 'checkIntegrity', { card: 'integrityCheck.note', sends: half }),
  press('integrityCheck.note', 'checkIntegrity', {
    deed: 'integrity.problem',
    sends: (stage) => ({ ...half, finding: stage.newId(), task: stage.newId() }),
    form: problem,
    if: isDiscipline,
  }),
  press('integrityCheck.read', 'doTask', {
    deed: 'integrity.read',
    given: aProblem,
    sends: half,
    if: ({ name }) => name === 'organisation' || name === 'secretary',
  }),
  press('integrityCheck.again', 'checkIntegrity', { deed: 'integrity.checkAgain', given: putRight, sends: half, if: isDiscipline }),
]
