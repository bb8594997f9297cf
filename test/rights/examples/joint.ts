import { press, type Stage } from '../stage.ts'

/** The branch `sibling` calls a lecture and asks `home` to come. */
const invited = async (stage: Stage) => {
  const gathering = stage.newId()
  await stage.deed(
    'sibling secretary',
    'call.submit',
    { branch: 'sibling', gathering },
    { kind: 'lecture', starts: '2026-10-08 09:15 +0800', others: ['home'] },
  )
  return { gathering, branch: 'home' }
}

const joined = async (stage: Stage) => {
  const sent = await invited(stage)
  await stage.deed('secretary', 'joint.join', sent)
  return sent
}

const present = async (stage: Stage) => {
  const sent = await joined(stage)
  await stage.deed('member', 'gathering.checkIn', sent)
  return sent
}

const onLeave = async (stage: Stage) => {
  const sent = await joined(stage)
  await stage.deed('member', 'leave.ask', sent, { reason: 'work' })
  return { ...sent, member: 'm member' }
}

/** A branch at the meeting of another. */
export const joint = [
  press('joint.join', 'joinGathering', { deed: 'joint.join', given: invited }),
  press('joint.decline', 'joinGathering', { deed: 'joint.decline', given: invited }),
  press('joint.withdraw', 'joinGathering', { deed: 'joint.withdraw', given: joined }),
  press('ownBranch.mark', 'markPresent', { deed: 'attendance.mark', given: joined, form: { people: ['m member'] } }),
  press('ownBranch.unmark', 'markPresent', { deed: 'attendance.unmark', given: present, form: { absent: ['m member'] } }),
  press('ownBranch.leave', 'confirmLeave', { deed: 'leave.confirm', given: onLeave }),
]
