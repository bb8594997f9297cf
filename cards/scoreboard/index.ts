import * as order from './order.ts'
import * as score from './score.ts'

export const scoreboardCards = [order, score]
