import * as note from './note.ts'
import * as opinion from './opinion.ts'
import * as opinions from './opinions.ts'
import * as planner from './planner.ts'
import * as talk from './talk.ts'
import * as worry from './worry.ts'

export const talksCards = [note, opinion, opinions, planner, talk, worry]
