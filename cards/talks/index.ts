import * as note from './note.ts'
import * as opinion from './opinion.ts'
import * as opinions from './opinions.ts'
import * as worries from './worries.ts'
import * as worry from './worry.ts'
import * as worryAsked from './worry-asked.ts'

export const talksCards = [note, opinion, opinions, worries, worry, worryAsked]
