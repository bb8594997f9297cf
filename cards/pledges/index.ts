import * as called from './called.ts'
import * as check from './check.ts'
import * as integrity from './integrity.ts'
import * as pledge from './pledge.ts'
import * as review from './review.ts'

export const pledgesCards = [called, check, integrity, pledge, review]
