import { press, type Stage } from '../stage.ts'
import { aMeeting } from './gatherings.ts'
import { cameByCode } from './meeting-votes.ts'

const person = 'm member'
const why = { scope: 'elections', reason: 'abroad' }

const requested = async (stage: Stage) => {
  await stage.deed('secretary', 'exclusion.ask', { person }, why)
  return { exclusion: await stage.latest('exclusions') }
}

const inForce = async (stage: Stage) => {
  const { exclusion } = await requested(stage)
  await stage.deed('assessor', 'exclusionAsked.confirm', { exclusion })
  return aMeeting(stage)
}

const suspended = async (stage: Stage) => {
  await stage.deed('assessor', 'suspension.enter', { person }, { kind: 'probation' })
  return { person, suspension: await stage.latest('suspensions') }
}

/** A member has pressed from afar, and somebody without a seat is in the room. */
const pressed = async (stage: Stage) => {
  const sent = await aMeeting(stage)
  for (const name of ['member', 'former secretary']) await stage.deed(name, 'gathering.checkIn', sent)
  await cameByCode(stage, 'former secretary')
  return sent
}

const chosen = { people: [person], scrutineer: 'm former secretary' }

const asked = async (stage: Stage) => {
  const sent = await pressed(stage)
  await stage.deed('secretary', 'inRoom.ask', sent, chosen)
  return sent
}

export const voters = [
  press('exclusion.ask', 'requestExclusion', { deed: 'exclusion.request', sends: { person }, form: why }),
  press('exclusion.end', 'requestExclusion', { deed: 'exclusion.end', given: requested, sends: { person } }),
  press('exclusionAsked.confirm', 'confirmExclusion', { deed: 'exclusion.confirm', given: requested }),
  press('exclusionAsked.refuse', 'confirmExclusion', { deed: 'exclusion.refuse', given: requested }),
  press('suspension.enter', 'suspendVote', { deed: 'suspension.enter', sends: { person }, form: { kind: 'probation' } }),
  press('suspension.end', 'suspendVote', { deed: 'suspension.end', given: suspended }),

  press('inRoom.open', 'markPresent', { view: 'inRoom', given: aMeeting }),
  press('inRoom.startCode', 'markPresent', { deed: 'gathering.startCode', given: aMeeting }),
  press('inRoom.ask', 'markPresent', { deed: 'attendance.askScrutineer', given: pressed, form: chosen }),
  press('inRoom.adopt', 'markPresent', { deed: 'gathering.adoptExclusions', given: inForce }),
  press('marks.confirm', 'vote', {
    deed: 'attendance.confirmMark',
    given: asked,
    form: { people: [person] },
    if: ({ member }) => member === 'm former secretary',
  }),
]
