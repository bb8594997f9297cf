/** All that is drawn here is loaded at once. One by one, it would cut what it shares with the start into many small files. */
export * from './digest-card.ts'
export * from './evidence-card.ts'
export * from './standard-card.ts'
export * from './todo-card.ts'
export * from './what-if-card.ts'
