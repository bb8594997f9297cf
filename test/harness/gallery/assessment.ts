import { keepAssessmentDraft } from '../../../db/assessment/table-drafts.ts'
import { type Branch, branchById } from '../../../db/branches/units.ts'
import { lookUp, together } from '../../../db/client.ts'
import { accountOf } from '../../../db/duties/account.ts'
import { keepRulebookDraft } from '../../../db/rulebook/drafts.ts'
import { keepHolidayDraft } from '../../../db/rulebook/holidays.ts'
import { render } from '../../../src/bot.ts'
import { dutyKey } from '../../../src/rules/duties/duty.ts'
import { t } from '../../../src/text.ts'
import { anAssessment, QUARTER } from '../assessment.ts'
import { openId } from '../branch.ts'
import { type Hung, pages } from './gallery.ts'

/** The cards of a quarter that is assessed, appealed and closed, and of the rules behind it. */
export async function theAssessment(): Promise<Hung[]> {
  const it = await anAssessment()
  const hung: Hung[] = []
  const hang = async (name: string, args: Record<string, unknown>, as = name) => {
    const card = await render(it.db, name, args, it.now(), pages)
    if (!card) throw new Error(`“${as}” has nothing to show`)
    hung.push({ name: as, card })
  }
  const ofBranch = { subject: 's', branch: 'branch', quarter: QUARTER }
  const sent = { branch: 'branch', quarter: QUARTER }
  const quarters = [QUARTER, '2026Q4']

  await it.holds('committee', '2026-07-10', ['study', 'culture'])
  await it.opens()
  await hang('standard', { branch: 'branch', quarter: QUARTER, standard: 12 })
  await hang('quieting', { person: openId('李华') })
  await hang('selfAssessment', ofBranch)
  await hang('attest', { subject: 's', branch: 'branch', quarters })
  await hang('term', { branch: 'branch' })
  await hang('committeeExcuse', { branch: 'branch' })
  await it.run(`insert into committee_excuses (id, branch, reason, until_day, "by", at)
    values ('excuse', 'branch', '全员抗洪', '2026-12-31', 'm_上级', ${it.now().getTime()})`)
  await hang('committeeExcuse', { branch: 'branch' }, 'committeeExcuse, allowed')
  await hang('committeeExcused', { branch: 'branch' })
  await it.run('delete from committee_excuses')
  const [[branch]] = await lookUp(it.db, [branchById(it.db, 'branch')])
  const { duties } = await accountOf(it.db, branch as Branch, QUARTER, it.now())
  const own = duties.filter(({ basis }) => basis === 'confirmed').map(dutyKey)
  await it.press('李华', { press: 'selfAssessment.submit', ...sent, own, given: [] }, { form: it.answers('mostly') })
  await hang('selfAssessment', ofBranch, 'selfAssessment, sent up')
  await it.run(`insert into attestations (id, branch, part, subject, period, on_day, reference, "by", at)
    values ('waitingEntry', 'branch', '28.suggestions', '', '${QUARTER}', '2026-09-20', '台账', 'm_李华', ${it.now().getTime()})`)
  await hang('review', { subject: 's', committee: 'committee', quarter: QUARTER })
  await hang('waitingList', { subject: 's', committee: 'committee', quarter: QUARTER })
  await hang('digest', { person: openId('上级') }, 'digest, an assessor’s')
  await hang('unpublished', { committee: 'committee', quarter: QUARTER })
  await hang('attested', { attestation: 'waitingEntry' })
  await hang('branchReview', ofBranch)
  await it.press('上级', { press: 'findings.record', ...sent, kind: '12' }, { form: { reason_false: '记录不实' } })
  await hang('assessmentCorrections', ofBranch)
  await it.press('上级', { press: 'review.publish', committee: 'committee', quarter: QUARTER })
  await hang('result', ofBranch, 'result, undecided')
  await it.press(
    '上级',
    { press: 'waitingList.confirm', committee: 'committee', quarter: QUARTER, until: it.now().getTime() },
    { form: { items: [`28.suggestions ${QUARTER}`] } },
  )
  await it.adopts()
  await it.turn('2026-10-08', '09:40')
  await hang('result', ofBranch)
  await it.press('李华', { press: 'result.submitAppeal', ...sent }, { form: { standard: '12', words: '漏登记一次会议' } })
  const appeal = String((await it.client.execute('select id from appeals')).rows[0]?.id)
  await hang('appeal', { subject: 's', appeal })
  await it.press(
    '上级',
    { press: 'branchYear.report', branch: 'branch', year: '2026' },
    { form: { period: '2026H1', heard: '2026-07-15', commentary: '抓得实' } },
  )
  await it.run("insert into last_twice (branch, year, opened_at) values ('branch', '2026', 1)")
  await hang('yearReview', { committee: 'committee', year: '2026' })
  await hang('branchYear', { subject: 's', branch: 'branch', year: '2026' })
  await hang('lastTwice', { subject: 's', branch: 'branch', year: '2026' })
  const report = String((await it.client.execute('select id from work_reports')).rows[0]?.id)
  await hang('workReport', { report })
  await it.run(
    `insert into supports (id, branch, helper, from_on, until_on, "by", at) values ('help', 'branch', 'm_李华', '2026-10-01', '2026-12-31', 'm_上级', 0)`,
  )
  await hang('helping', { support: 'help' })
  await hang('rulebook', { committee: 'committee' })
  await hang('holidays', {})
  await together(it.db, [
    keepHolidayDraft(it.db, {
      id: 'holidays',
      unit: 'unit',
      year: 2027,
      off: [{ from: '2027-01-01', to: '2027-01-03' }],
      work: ['2027-01-30'],
      by: 'm_上级',
      at: it.now(),
    }),
    keepRulebookDraft(it.db, {
      id: 'rules',
      file: 'om_rules',
      committee: 'committee',
      by: 'm_上级',
      madeAt: it.now(),
      quarter: '2027Q1',
      after: 0,
      said: { weights: { 1: 5, 2: 3 } },
      changes: [{ part: '1.judged', what: t('权重 4 → 5', 'weight 4 → 5') }],
      wrong: [{ row: 7, name: '党课', why: t('看不懂「每旬」。', '“每旬” is not understood.') }],
      sum: 100,
    }),
    keepAssessmentDraft(it.db, {
      id: 'points',
      file: 'om_points',
      by: 'm_上级',
      madeAt: it.now(),
      quarter: QUARTER,
      changes: [
        {
          branch: 'branch',
          name: '第一支部',
          reason: '',
          items: [
            { part: '1.judged', period: QUARTER, name: t('生产', 'Production'), before: '', after: '3', permille: 750, isOwn: false },
          ],
        },
      ],
      wrong: [],
      judged: 0,
    }),
  ])
  await hang('holidayPreview', { draft: 'holidays' })
  await it.run(`insert into attestations (id, branch, part, subject, period, on_day, reference, "by", at, refused_by, refused_at, refused_because)
    values ('entry', 'branch', '28.suggestions', '', '${QUARTER}', '2026-09-20', '台账', 'm_李华', 0, 'm_上级', 1, '台账上没有')`)
  await hang('refused', { attestation: 'entry' })
  await hang('rulebookPreview', { subject: 'rules' })
  await hang('reviewPreview', { subject: 'points' })
  await hang('whatIf', { branch: 'branch', quarter: '2026Q4', kind: 'committee', on: '2026-12-20' })
  await hang('reviewTable', { subject: 's', committee: 'committee', quarter: QUARTER, person: 'm_上级' })
  return hung
}
