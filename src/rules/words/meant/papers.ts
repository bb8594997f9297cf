import type { Meaning } from '../meaning.ts'

/** Words that only reports, short records, plans and summaries have. */
export const paperWords = {
  membersReport:
    '支委会报告|支委会的报告|支委会工作报告|给党员大会的报告|党员大会的报告|党员大会工作报告|向党员大会报告|向大会报告工作|工作报告|report to the members|report to members|committee report|committee’s report|report to the general meeting|report for the general meeting|members’ report',
  workReport:
    '述职|述职报告|书记述职|述职材料|述职稿|我的述职|work report|my work report|secretary’s report|secretary report|report on my work|secretary’s work report',
  shortRecord: '记一笔|记上一笔|记一笔工作|short record|a short record|short records',
  yearPlan:
    '工作计划|年度计划|年度工作计划|全年计划|全年工作计划|明年计划|明年的计划|明年工作计划|今年计划|今年的计划|annual plan|annual work plan|yearly plan|plan of the year|plan for the year|plan for next year|next year’s plan|this year’s plan|work plan|year’s plan',
  yearSummary:
    '工作总结|年度总结|年度工作总结|年终总结|全年总结|今年总结|今年的总结|annual summary|year-end summary|year end summary|summary of the year|yearly summary|year’s summary|this year’s summary|work summary',
  systems:
    '制度|规章制度|规章|制度清单|制度汇编|支部制度|支部的制度|制度和标准|制度标准|systems|the systems|branch systems|systems and standards|list of systems',
} as const

const takes =
  'what howMany ask period result write start add change where how mineOnly $quarter next meeting $kind hold member seat this all undone notYet whenAsked due yes evidence task download remove'

const about = (concept: string, rest = ''): string[] =>
  [
    '',
    ' write',
    ' change',
    ' what/ask/where',
    ' add',
    ' undone',
    ' download',

    ' how',
    ' result',
    ' due/whenAsked',
    ' start',
  ].map((more) => `${concept}${more}${rest}`)

export const papers: Readonly<Record<string, Meaning>> = {
  report: { takes, frames: about('membersReport', ' > {quarter}') },
  workreport: { takes, frames: about('workReport', ' > {quarter}') },
  record: {
    takes: `${takes} $when $past thing person`,
    frames: ['shortRecord', 'shortRecord task/thing', 'shortRecord write', 'shortRecord add'],
  },
  plan: { takes, frames: about('yearPlan') },
  summary: { takes, frames: about('yearSummary') },
  systems: { takes, frames: about('systems') },
}
