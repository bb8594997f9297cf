import * as exclusionAsked from './exclusion-asked.ts'

export const votersCards = [exclusionAsked]
