import * as ballot from './ballot.ts'
import * as codes from './codes.ts'
import * as electors from './electors.ts'
import * as form from './form.ts'
import * as host from './host.ts'
import * as inMeeting from './in-meeting.ts'
import * as inquiry from './inquiry.ts'
import * as list from './list.ts'
import * as more from './more.ts'
import * as result from './result.ts'
import * as secrecy from './secrecy.ts'
import * as turnout from './turnout.ts'

export const ballotsCards = [ballot, codes, electors, form, host, inMeeting, inquiry, list, more, result, secrecy, turnout]
