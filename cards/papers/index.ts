import * as paper from './paper.ts'
import * as record from './record.ts'
import * as report from './report.ts'
import * as reportQuestion from './report-question.ts'
import * as systems from './systems.ts'
import * as workReport from './work-report.ts'

export const papersCards = [paper, record, report, reportQuestion, systems, workReport]
