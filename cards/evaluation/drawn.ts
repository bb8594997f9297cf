/** All that is drawn here is loaded at once. One by one, it would cut what it shares with the start into many small files. */
export * from './grading-card.ts'
export * from './group-view-card.ts'
