/** All that is drawn here is loaded at once. One by one, it would cut what it shares with the start into many small files. */
export * from './file-card.ts'
export * from './holidays-card.ts'
export * from './rulebook-card.ts'
