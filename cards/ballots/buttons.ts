import * as z from 'zod'
import { id } from '../../src/id.ts'
import { buttonOf } from '../../src/press.ts'

export const runBallot = buttonOf('votes.run', z.object({ ballot: id }))

export const openVote = buttonOf('ballot.open', z.object({ ballot: id }))
