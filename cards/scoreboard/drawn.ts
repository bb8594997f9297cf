/** All that is drawn here is loaded at once, with what is read for it alone. One by one, it would cut what it shares with the start into many small files. */
export { scoreSheet } from '../../db/scoreboard/score-sheet.ts'
export * from './order-card.ts'
export * from './score-card.ts'
