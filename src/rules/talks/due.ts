import type { Day } from '../../calendar.ts'
import { addWorkdays } from '../time/workdays.ts'

/** An opinion is filed in time, and a talk confirmed, within this many working days of the talk. */
const OPINION_WORKDAYS = 10

/** The last day on which confirmation and opinion of a talk are in time. */
export const opinionDueOn = (on: Day): Day => addWorkdays(on, OPINION_WORKDAYS)
