import * as draft from './draft.ts'
import * as rhythm from './rhythm.ts'
import * as rhythms from './rhythms.ts'

export const rhythmsCards = [draft, rhythm, rhythms]
