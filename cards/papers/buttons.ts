import * as z from 'zod'
import { isPeriod, isYear } from '../../src/calendar.ts'
import { id } from '../../src/id.ts'
import { buttonOf } from '../../src/press.ts'
import { adoptedKinds } from '../../src/rules/papers/kinds.ts'

const ofPeriod = z.object({ branch: id, period: z.string().refine(isPeriod) })
const ofYear = z.object({ branch: id, kind: z.enum(adoptedKinds), year: z.string().refine(isYear) })

/** The report that a general meeting heard, beside the evidence of standard 9. */
export const readReport = buttonOf('reportRead.open', z.object({ report: id }))

/** 问一句 under a report that was given: the form comes in the direct chat. */
export const askAboutReport = buttonOf('reportQuestion.open', z.object({ report: id }))
export const sendQuestion = buttonOf('reportQuestion.send', z.object({ report: id }))

/** A work report for the level above, on the branch's year. */
export const readWorkReport = buttonOf('workReportRead.open', z.object({ report: id }))

/** The secretary's own work report, from the card of the commentary. */
export const openWorkReport = buttonOf('workReportDraft.open', ofPeriod)

/** Opens the plan, or the summary, that a duty asks for. */
export const openPaper = buttonOf('paper.open', ofYear)

/** The words again, to be changed; `isEnglish` writes the draft in English. */
export const editReport = buttonOf('report.edit', ofPeriod.extend({ isEnglish: z.boolean().optional() }))
/** `isListing` puts it on the agenda with the same press. */
export const saveReport = buttonOf('report.save', ofPeriod.extend({ isListing: z.boolean() }))
export const listReport = buttonOf('report.list', ofPeriod)

export const editWorkReport = buttonOf('workReportDraft.edit', ofPeriod.extend({ isEnglish: z.boolean().optional() }))
export const saveWorkReport = buttonOf('workReportDraft.save', ofPeriod.extend({ isSent: z.boolean() }))

/** `isElsewhere` asks where a paper lies that was written elsewhere. */
export const editPaper = buttonOf('paper.edit', ofYear.extend({ isEnglish: z.boolean().optional(), isElsewhere: z.boolean().optional() }))
/** `isAdopted` adopts it with the same press. */
export const savePaper = buttonOf('paper.save', ofYear.extend({ isAdopted: z.boolean() }))
export const adoptPaper = buttonOf('paper.adopt', ofYear)
export const listPaper = buttonOf('paper.list', ofYear)
export const registerPaper = buttonOf('paper.register', ofYear)
export const withdrawPaper = buttonOf('paper.withdraw', ofYear)

export const writeRecord = buttonOf('recordForm.write', z.object({ record: id }))
export const answerRecord = buttonOf('record.answer', z.object({ record: id, isTrue: z.boolean() }))
export const withdrawRecord = buttonOf('record.withdraw', z.object({ record: id }))

export const addSystem = buttonOf('systems.add', z.object({ branch: id }))
export const lookAtSystems = buttonOf('systems.look', z.object({ branch: id }))
export const withdrawSystem = buttonOf('systems.withdraw', z.object({ branch: id }))
