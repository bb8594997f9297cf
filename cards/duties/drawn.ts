/** All that is drawn here is loaded at once, with what is read for it alone. One by one, it would cut what it shares with the start into many small files. */
export { alarmsFor } from '../../db/duties/alerts.ts'
export { scoreSheet, supposing } from '../../db/scoreboard/score-sheet.ts'
export * from './digest-card.ts'
export * from './evidence-card.ts'
export * from './report-evidence.ts'
export * from './standard-card.ts'
export * from './todo-card.ts'
export * from './what-if-card.ts'
