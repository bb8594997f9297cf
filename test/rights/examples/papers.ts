import { press, type Stage, says } from '../stage.ts'

const period = { branch: 'home', period: '2026Q4' }
const half = { branch: 'home', period: '2026H2' }
const summary = { branch: 'home', kind: 'summary', year: '2026' }
const words = { part1: '开了会' }

const aReport = async (stage: Stage) => {
  await stage.deed('secretary', 'report.save', { ...period, isListing: false }, words)
  return {}
}

/** The general meeting that is called is the next one. */
const aReportAndAMeeting = async (stage: Stage) => {
  await aReport(stage)
  await stage.word('secretary', '/会议 党员大会 周五 15:00')
  return {}
}

/** The members were told. */
const given = async (stage: Stage) => {
  await aReport(stage)
  await stage.client.execute(`update reports set delivered_at = ${stage.now().getTime()}`)
  return { report: await stage.latest('reports') }
}

const sentUp = async (stage: Stage) => {
  await stage.deed('secretary', 'workReportDraft.save', { ...half, isSent: true }, words)
  return { report: await stage.latest('reports') }
}

const aSummary = async (stage: Stage) => {
  await stage.deed('secretary', 'paper.save', { ...summary, isAdopted: false }, words)
  return {}
}

const aSummaryAndAMeeting = async (stage: Stage) => {
  await aSummary(stage)
  await stage.word('secretary', '/会议 支委会 周五 15:00')
  return {}
}

const record = { topic: 'culture', on: '2026-10-07 +0800', words: '书画展' }

/** The secretary wrote it down, and asked the member. */
const asked = async (stage: Stage) => {
  const id = stage.newId()
  await stage.deed('secretary', 'recordForm.write', { record: id }, { ...record, asked: 'm member' })
  return { record: id }
}

const system = { kind: 'system', title: '考勤制度', place: '共享盘', on: '2026-10-07 +0800' }
const aSystem = async (stage: Stage) => {
  await stage.deed('secretary', 'systems.add', { branch: 'home' }, system)
  return { system: await stage.latest('papers') }
}

export const papersExamples = [
  says('report', 'keepPapers', '/报告', { view: 'report' }),
  says('workreport', 'reportUp', '/述职', { view: 'workReportDraft' }),
  says('record', 'record', '/记一笔 文化 书画展', { view: 'recordForm', at: 'own branch' }),
  says('plan', 'keepPapers', '/计划', { view: 'paper' }),
  says('summary', 'keepPapers', '/总结', { view: 'paper' }),
  says('systems', 'keepPapers', '/制度', { view: 'systems' }),

  press('report.edit', 'keepPapers', { card: 'report.save', given: aReport, sends: period }),
  press('report.save', 'keepPapers', { deed: 'report.write', sends: { ...period, isListing: false }, form: words }),
  press('report.list', 'keepPapers', { deed: 'report.list', given: aReportAndAMeeting, sends: period }),
  press('reportRead.open', 'seeScore', { view: 'reportRead', given }),

  press('reportQuestion.open', 'speakUp', { view: 'reportQuestion', given, at: 'unit', if: ({ branch }) => branch === 'home' }),
  press('reportQuestion.send', 'speakUp', {
    deed: 'voice.raise',
    given,
    form: { words: '培训什么时候开？' },
    at: 'unit',
    if: ({ branch }) => branch === 'home',
  }),

  press('workReportDraft.open', 'reportUp', { view: 'workReportDraft', sends: half }),
  press('workReportDraft.edit', 'reportUp', { card: 'workReportDraft.save', sends: half }),
  press('workReportDraft.save', 'reportUp', { deed: 'report.send', sends: { ...half, isSent: true }, form: words }),
  press('workReportRead.open', 'assess', { view: 'workReportRead', given: sentUp }),

  press('recordForm.write', 'record', {
    deed: 'record.write',
    sends: (stage) => ({ record: stage.newId() }),
    form: { ...record, asked: 'm leader' },
    if: ({ name }) => name !== 'leader',
  }),
  press('record.answer', 'record', { deed: 'record.confirm', given: asked, sends: { isTrue: true }, if: ({ name }) => name === 'member' }),
  press('record.withdraw', 'record', { deed: 'record.withdraw', given: asked, if: ({ name }) => name === 'secretary' }),

  press('paper.open', 'keepPapers', { view: 'paper', sends: summary }),
  press('paper.edit', 'keepPapers', { card: 'paper.save', sends: summary }),
  press('paper.save', 'keepPapers', { deed: 'paper.adopt', sends: { ...summary, isAdopted: true }, form: words }),
  press('paper.adopt', 'keepPapers', { deed: 'paper.adopt', given: aSummary, sends: summary }),
  press('paper.list', 'keepPapers', { deed: 'paper.list', given: aSummaryAndAMeeting, sends: summary }),
  press('paper.register', 'keepPapers', {
    deed: 'paper.register',
    sends: summary,
    form: { title: '总结', place: '3 号柜', on: '2026-10-07 +0800' },
  }),
  press('paper.withdraw', 'keepPapers', { deed: 'paper.withdraw', given: aSummary, sends: summary }),

  press('systems.add', 'keepPapers', { deed: 'system.add', sends: { branch: 'home' }, form: system }),
  press('systems.look', 'keepPapers', {
    deed: 'system.look',
    given: aSystem,
    sends: { branch: 'home' },
    form: ({ system: id }) => ({ looked: [String(id)] }),
  }),
  press('systems.withdraw', 'keepPapers', {
    deed: 'paper.withdraw',
    given: aSystem,
    sends: { branch: 'home' },
    form: ({ system: id }) => ({ gone: String(id) }),
  }),
]
