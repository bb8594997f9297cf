import * as z from 'zod'
import { id } from '../../src/id.ts'
import { buttonOf } from '../../src/press.ts'

export const newRhythm = buttonOf('rhythm.new', z.object({ branch: id }))

export const changeRhythm = buttonOf('rhythm.change', z.object({ rhythm: id }))

export const submitRhythm = buttonOf('rhythm.set', z.object({ branch: id, rhythm: id }))
