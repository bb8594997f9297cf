import * as agenda from './agenda.ts'
import * as call from './call.ts'
import * as callForDuty from './call-for-duty.ts'
import * as corrections from './corrections.ts'
import * as gathering from './gathering.ts'
import * as host from './host.ts'
import * as inRoom from './in-room.ts'
import * as joint from './joint.ts'
import * as leave from './leave.ts'
import * as leavesAsked from './leaves-asked.ts'
import * as makeUp from './make-up.ts'
import * as makeUpsOfMeeting from './make-ups-of-meeting.ts'
import * as marks from './marks.ts'
import * as ownBranch from './own-branch.ts'
import * as reminder from './reminder.ts'
import * as reschedule from './reschedule.ts'
import * as roomCode from './room-code.ts'

export const gatheringsCards = [
  agenda,
  call,
  callForDuty,
  corrections,
  gathering,
  host,
  inRoom,
  joint,
  leave,
  leavesAsked,
  makeUp,
  makeUpsOfMeeting,
  marks,
  ownBranch,
  reminder,
  reschedule,
  roomCode,
]
