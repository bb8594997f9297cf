import { addDays, addYears, type Day } from '../../calendar.ts'

/** The day in whose night a note is deleted, some years after the talk. Its words are gone then, and the fact stays. */
export const noteGoesOn = (talkOn: Day, years: number): Day => addYears(talkOn, years)

/** Private notes of somebody who left the unit go after this many days; shared ones keep their date. */
const DAYS_AFTER_LEAVING = 30

/** The day by which somebody must have left for their private notes to go in this night. */
export const leftBy = (on: Day): Day => addDays(on, -DAYS_AFTER_LEAVING)

/** Opinions go this long after the person's case has ended. */
export const opinionGoesOn = (endedOn: Day): Day => addYears(endedOn, 1)

/** Opinions of so many years are compared with a new one. */
export const COMPARED_YEARS = 2
