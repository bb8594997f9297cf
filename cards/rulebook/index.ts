import * as file from './file.ts'
import * as holidays from './holidays.ts'
import * as list from './list.ts'
import * as rulebook from './rulebook.ts'

export const rulebookCards = [file, holidays, list, rulebook]
