import * as answer from './answer.ts'
import * as contacts from './contacts.ts'
import * as coverage from './coverage.ts'
import * as paper from './paper.ts'
import * as planner from './planner.ts'
import * as requests from './requests.ts'
import * as talk from './talk.ts'
import * as which from './which.ts'

export const talksCards = [answer, contacts, coverage, paper, planner, requests, talk, which]
