import { rowsOf } from '../../../db/assessment/table.ts'
import { keepAssessmentDraft } from '../../../db/assessment/table-drafts.ts'
import { lastTwice } from '../../../db/assessment/tables.ts'
import { branchById } from '../../../db/branches/units.ts'
import { lookUp, together } from '../../../db/client.ts'
import { tell } from '../../../db/duties/alerts.ts'
import { openAssessments } from '../../../src/jobs/open-assessments.ts'
import { itemsOf, seenOf } from '../../../src/rules/assessment/sheet.ts'
import { ranOnce } from '../../harness/jobs.ts'
import { press, type Stage, says } from '../stage.ts'

const ofQuarter = { branch: 'home', quarter: '2026Q3' }
const ofCommittee = { committee: 'first', quarter: '2026Q3' }
const ofYear = { branch: 'home', year: '2026' }

/** The assessment of the third quarter is open. */
const open = async (stage: Stage) => {
  await ranOnce(openAssessments, { db: stage.db, now: stage.now(), slot: stage.now(), isLate: false })
  return {}
}

/** Every branch was reminded twice of its self-assessment, so that none is held back. */
const published = async (stage: Stage) => {
  await open(stage)
  const reminders = ['home', 'sibling'].flatMap((branch) =>
    [-1, 1].map((step) => ({ branch, part: 'self', period: '2026Q3', step, person: 'nobody', toldOn: '2026-10-13' })),
  )
  await together(stage.db, [tell(stage.db, reminders)])
  await stage.deed('assessor', 'review.publish', ofCommittee)
  return {}
}

/** The days for an appeal are over. */
const over = async (stage: Stage) => {
  await published(stage)
  stage.at('2026-12-01', '09:00')
  return {}
}

const appealed = async (stage: Stage) => {
  await published(stage)
  await stage.deed('secretary', 'result.submitAppeal', ofQuarter, { standard: '12', words: '漏登记' })
  return { appeal: await stage.latest('appeals') }
}

const own = [5, 8, 11, 13, 16, 17, 18, 21, 22, 27].map((one) => `${one}.judged 2026Q3 1`)
const fully = Object.fromEntries(own.map((_, i) => [`s${i}`, 'fully']))

const attested = async (stage: Stage) => {
  await open(stage)
  await stage.deed(
    'secretary',
    'attest.submit',
    { branch: 'home', quarters: ['2026Q3'], given: ['28.suggestions 2026Q3 1'] },
    { on0: '2026-09-20 +0800', ref0: '台账' },
  )
  return { attestations: [await stage.latest('attestations')] }
}

/** The branch has answered all its S items. */
const proposed = async (stage: Stage) => {
  await open(stage)
  await stage.deed('secretary', 'selfAssessment.submit', { ...ofQuarter, own, given: [] }, fully)
  const [[home]] = await lookUp(stage.db, [branchById(stage.db, 'home')])
  const { rows, judged } = await rowsOf(stage.db, home ? [home] : [], '2026Q3', stage.now())
  const [row] = rows
  return { judged, seen: row ? seenOf(row, itemsOf([row], '2026Q3')) : '' }
}

const found = async (stage: Stage) => {
  await open(stage)
  await stage.deed('assessor', 'findings.record', { ...ofQuarter, kind: 'accident' }, { reason_accident: '通报' })
  return { found: await stage.latest('findings') }
}

const supportForm = { helper: 'm assessor', from: '2026-10-08', until: '2026-12-01' }

const supported = async (stage: Stage) => {
  await open(stage)
  await stage.deed('assessor', 'support.begin', ofYear, supportForm)
  return { support: await stage.latest('supports') }
}

/** The branch was last in two quarters. */
async function isLastTwice({ db, now }: Stage) {
  await db.insert(lastTwice).values({ branch: 'home', year: '2026', openedAt: now() })
  return {}
}

/** An assessor's table that judges the branch `home`, previewed. */
async function aPreview(stage: Stage) {
  await open(stage)
  const { db, newId, now } = stage
  const draft = newId()
  const name = { zh: '生产', en: 'Production' }
  const items = [{ part: '1.judged' as const, period: '2026Q3', name, before: '', after: '3', permille: 750, isOwn: false }]
  const changes = [{ branch: 'home', name: '支部 home', reason: '', items }]
  await together(db, [
    keepAssessmentDraft(db, { id: draft, file: draft, by: 'm assessor', madeAt: now(), quarter: '2026Q3', changes, wrong: [], judged: 0 }),
  ])
  return { draft }
}

export const assessment = [
  says('review', 'submitSelf', '自评', { view: 'selfAssessment' }),
  says('review', 'assess', '评定', { view: 'review', chat: 'oc_first', at: 'committee' }),
  press('selfAssessment.submit', 'submitSelf', {
    deed: 'assessment.submit',
    given: open,
    sends: { ...ofQuarter, own, given: [] },
    form: fully,
  }),

  press('selfAssessment.open', 'submitSelf', { view: 'selfAssessment', given: open, sends: ofQuarter }),

  press('waitingList.open', 'assess', { view: 'waitingList', given: open, sends: ofCommittee, at: 'committee' }),
  press('waitingList.confirm', 'assess', {
    deed: 'attestation.confirm',
    given: attested,
    sends: { ...ofCommittee, until: 4_000_000_000_000 },
    form: { items: ['28.suggestions 2026Q3'] },
    at: 'committee',
  }),
  press('waitingList.adopt', 'assess', {
    deed: 'assessment.takeOver',
    given: proposed,
    sends: { ...ofCommittee, which: 'rest' },
    at: 'committee',
  }),
  press('proposals.adopt', 'assess', { deed: 'assessment.judge', given: proposed, sends: { ...ofQuarter, which: 'rest' } }),

  press('review.open', 'assess', { view: 'branchReview', given: open, sends: { quarter: '2026Q3' }, form: { of: 'b home' } }),
  press('reviewTable.sheet', 'assess', { view: 'reviewSheet', sends: ofCommittee, at: 'committee' }),
  press('reviewTable.open', 'assess', { view: 'reviewTable', sends: ofCommittee, at: 'committee' }),
  press('reviewPreview.save', 'assess', { deed: 'assessment.judge', given: aPreview }),
  press('branchReview.judge', 'assess', {
    deed: 'assessment.judge',
    given: open,
    sends: { ...ofQuarter, upper: ['1.judged 2026Q3 1'], own: [] },
    form: { m0: '3' },
  }),
  press('entries.confirm', 'assess', { deed: 'attestation.confirm', given: attested, sends: ofQuarter }),
  press('entries.refuse', 'assess', {
    deed: 'attestation.refuse',
    given: attested,
    sends: ofQuarter,
    form: ({ attestations }) => ({ attestation: (attestations as string[])[0], because: '没有' }),
  }),
  press('branchReview.corrections', 'assess', { view: 'assessmentCorrections', given: open, sends: ofQuarter }),
  press('assessmentCorrections.pick', 'assess', { card: '更正一件事', given: open, sends: ofQuarter, form: { standard: '12' } }),
  press('assessmentCorrections.correct', 'assess', {
    deed: 'assessment.judge',
    given: open,
    sends: ofQuarter,
    form: { duty: '12.general 2026Q3 1', verdict: 'excused', reason: '停工' },
  }),
  press('findings.record', 'assess', {
    deed: 'finding.make',
    given: open,
    sends: { ...ofQuarter, kind: 'accident' },
    form: { reason_accident: '通报' },
  }),
  press('findings.withdraw', 'assess', {
    deed: 'finding.withdraw',
    given: found,
    sends: ofQuarter,
    form: ({ found }) => ({ finding: found }),
  }),
  press('review.publish', 'publishAssessment', { deed: 'assessment.publish', given: open, sends: ofCommittee, at: 'committee' }),
  press('review.close', 'publishAssessment', { deed: 'assessment.close', given: over, sends: ofCommittee, at: 'committee' }),

  press('result.appeal', 'appeal', { view: 'result', given: published, sends: ofQuarter }),
  press('result.submitAppeal', 'appeal', {
    deed: 'appeal.make',
    given: published,
    sends: ofQuarter,
    form: { standard: '12', words: '漏登记' },
  }),
  press('appeal.show', 'answerAppeal', { view: 'appeal', given: appealed }),
  press('appeal.answer', 'answerAppeal', { deed: 'appeal.answer', given: appealed, form: { verdict: 'no', words: '不成立' } }),

  press('year.open', 'assess', { view: 'branchYear', given: open, sends: { year: '2026' }, form: { of: 'home' } }),
  press('branchYear.conclude', 'assess', {
    deed: 'lastTwice.close',
    given: isLastTwice,
    sends: ofYear,
    form: { adjusted: 'no', reason: '刚到任', concluded_on: '2026-10-08' },
  }),
  press('support.begin', 'assess', { deed: 'support.begin', given: open, sends: ofYear, form: supportForm }),
  press('support.conclude', 'assess', { deed: 'support.end', given: supported, sends: ofYear, form: { outcome: 'recovered' } }),
  press('branchYear.report', 'assess', {
    deed: 'report.hear',
    sends: ofYear,
    form: { period: '2026H1', heard: '2026-07-10', commentary: '抓得实' },
  }),
]
