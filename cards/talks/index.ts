import * as answer from './answer.ts'
import * as contacts from './contacts.ts'
import * as coverage from './coverage.ts'
import * as note from './note.ts'
import * as opinion from './opinion.ts'
import * as opinions from './opinions.ts'
import * as paper from './paper.ts'
import * as planner from './planner.ts'
import * as requests from './requests.ts'
import * as talk from './talk.ts'
import * as which from './which.ts'
import * as worries from './worries.ts'
import * as worry from './worry.ts'
import * as worryAsked from './worry-asked.ts'

export const talksCards = [
  answer,
  contacts,
  coverage,
  note,
  opinion,
  opinions,
  paper,
  planner,
  requests,
  talk,
  which,
  worries,
  worry,
  worryAsked,
]
