/** All that is drawn here is loaded at once. One by one, it would cut what it shares with the start into many small files. */
export * from './order-card.ts'
export * from './score-card.ts'
