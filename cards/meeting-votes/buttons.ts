import * as z from 'zod'
import { id } from '../../src/id.ts'
import { buttonOf } from '../../src/press.ts'

export const beginElection = buttonOf('electionForm.open', z.object({ gathering: id, after: id.nullable() }))

export const electAgain = buttonOf('electionAgain.begin', z.object({ gathering: id, election: id }))

export const openElectionCard = buttonOf('election.open', z.object({ gathering: id, election: id }))

export const answerWriteIn = buttonOf('writeIns.answer', z.object({ gathering: id, election: id, name: z.string().max(40) }))

export const openViews = buttonOf('writtenViews.show', z.object({ gathering: id, resolution: id }))

export const openPaper = buttonOf('paperCount.show', z.object({ gathering: id, resolution: id }))

export const openHands = buttonOf('hands.correct', z.object({ gathering: id, resolution: id }))

export const openResolve = buttonOf('resolve.open', z.object({ gathering: id }))

export const enterHands = buttonOf('hands.enter', z.object({ gathering: id, id }))

export const amendHands = buttonOf('hands.amend', z.object({ gathering: id, resolution: id }))
