import * as election from './election.ts'
import * as electionAgain from './election-again.ts'
import * as electionForm from './election-form.ts'
import * as hands from './hands.ts'
import * as resolve from './resolve.ts'
import * as writeIns from './write-ins.ts'

export const meetingVotesCards = [electionAgain, electionForm, election, hands, resolve, writeIns]
