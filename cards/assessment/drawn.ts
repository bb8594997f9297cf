/** All that is drawn here is loaded at once. One by one, it would cut what it shares with the start into many small files. */
export * from './appeal-card.ts'
export * from './branch-review-card.ts'
export * from './branch-year-card.ts'
export * from './corrections-card.ts'
export * from './result-card.ts'
export * from './review-card.ts'
export * from './self-assessment-card.ts'
export * from './waiting-list-card.ts'
