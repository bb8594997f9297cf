import * as draft from './draft.ts'
import * as rhythm from './rhythm.ts'

export const rhythmsCards = [draft, rhythm]
