import { render } from '../../../src/bot.ts'
import { aWritingBranch } from '../../papers/company.ts'
import { type Hung, pages } from './gallery.ts'

const words = {
  part1: '召开支委会 3 次、支部党员大会 1 次。\n其中学习 2 次。',
  part2: '作出决定 4 项。',
  part5: '· 组织生活会，12月31日前',
}

/** The committee's report, the secretary's, short records, and the papers of a year, in the states worth seeing. */
export async function theReports(): Promise<Hung[]> {
  const it = await aWritingBranch()
  const hung: Hung[] = []
  const keep = (as: string, card: Hung['card'] | undefined | null) => {
    if (!card) throw new Error(`“${as}” has no card`)
    hung.push({ name: as, card })
  }
  const hang = async (name: string, args: Record<string, unknown>, as = name) => keep(as, await render(it.db, name, args, it.now(), pages))
  const saying = async (as: string, line: string) => {
    const said = await it.say('李华', line, { dm: true })
    keep(as, said?.card)
    return said?.card
  }
  const quarter = { branch: 'branch', period: '2026Q4' }
  const ofReport = { subject: 's', ...quarter, viewer: 'm_李华' }

  const form = await saying('report', '/报告')
  keep('report, saved', (await it.press('李华', it.buttonFor(form, 'report.save'), { form: words })).card)
  await it.meets('党员大会', '2026-10-20', async () => {
    keep('report, on the agenda', (await it.press('李华', { press: 'report.list', ...quarter })).card)
  })
  await hang('report', ofReport, 'report, given')
  const [report] = await it.rows("select id from reports where kind = 'toMembers'")
  await hang('reportRead', { report: report?.id })
  await hang('reportQuestion', { report: report?.id, member: 'm_赵敏' })
  await hang('standard', { branch: 'branch', quarter: '2026Q4', standard: 9 }, 'standard, with the report')

  const upward = await saying('workReportDraft', '/述职')
  keep(
    'workReportDraft, sent up',
    (await it.press('李华', it.buttonFor(upward, 'workReportDraft.save', { isSent: true }), { form: words })).card,
  )
  const [sent] = await it.rows("select id from reports where kind = 'upward'")
  await hang('workReportRead', { report: sent?.id, viewer: 'm_吴上级' })

  const line = await saying('recordForm', '/记一笔 文化 10月5日 职工书画展')
  const value = it.buttonFor(line, 'recordForm.write')
  const filled = { topic: 'culture', on: '2026-10-05 +0800', words: '职工书画展', asked: 'm_王芳' }
  keep('record', (await it.press('李华', value, { form: filled })).card)
  await hang('record', { subject: 's', record: value.record, member: 'm_王芳' }, 'record, to be confirmed')
  keep('recordForm, with a request', (await it.say('王芳', '/记一笔', { dm: true }))?.card)
  keep('record, confirmed', (await it.press('王芳', { press: 'record.answer', record: value.record, isTrue: true })).card)
  await hang('records', { branch: 'branch', quarter: '2026Q4' })

  const plan = await saying('paper', '/计划')
  keep('paper, elsewhere', (await it.press('李华', it.buttonFor(plan, 'paper.edit', { isElsewhere: true }))).card)
  keep('paper, saved', (await it.press('李华', it.buttonFor(plan, 'paper.save', { isAdopted: false }), { form: words })).card)
  keep('paper, adopted', (await it.press('李华', { press: 'paper.adopt', branch: 'branch', kind: 'plan', year: '2027' })).card)
  const [adopted] = await it.rows('select id from papers')
  await hang('paperRead', { paper: adopted?.id })

  await hang('systems', { subject: 's', branch: 'branch', viewer: 'm_李华' }, 'systems, none')
  for (const [title, on] of [
    ['考勤制度', '2023-01-10'],
    ['学习制度', '2026-03-01'],
  ])
    await it.press(
      '李华',
      { press: 'systems.add', branch: 'branch' },
      { form: { kind: 'system', title, place: '共享盘', on: `${on} +0800` } },
    )
  await hang('systems', { subject: 's', branch: 'branch', viewer: 'm_李华' })
  return hung
}
