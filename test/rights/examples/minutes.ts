import type { Townsman } from '../../harness/town.ts'
import { press, type Stage, says } from '../stage.ts'
import { aMeeting } from './gatherings.ts'

const isOfHome = ({ branch }: Townsman) => branch === 'home'
const isSecretary = ({ name }: Townsman) => name === 'secretary'
const isOrganisation = ({ name }: Townsman) => name === 'organisation'

/** A general meeting without an agenda, to which three came. */
const ended = async (stage: Stage) => {
  const { gathering } = await aMeeting(stage)
  for (const name of ['secretary', 'organisation', 'member']) await stage.deed(name, 'gathering.checkIn', { gathering })
  stage.at('2026-10-08', '10:00')
  await stage.deed('secretary', 'host.close', { gathering })
  return { gathering, branch: 'home' }
}

/** The organisation member records. */
const begun = async (stage: Stage) => {
  const sent = await ended(stage)
  await stage.deed('secretary', 'minutes.open', sent)
  return sent
}

const submitted = async (stage: Stage) => {
  const sent = await begun(stage)
  await stage.deed('organisation', 'minutes.submit', sent)
  return sent
}

const locked = async (stage: Stage) => {
  const sent = await submitted(stage)
  await stage.deed('secretary', 'minutes.confirm', sent)
  return sent
}

export const minutes = [
  says('minutes', 'readMinutes', '/会议记录', { view: 'minutesList' }),
  press('minutes.open', 'recordMinutes', { view: 'minutes', given: ended }),
  press('minutes.show', 'readMinutes', { card: '会议记录', given: locked, if: isOfHome }),
  press('minutes.write', 'recordMinutes', { card: '讨论要点', given: begun, sends: { position: 0 }, if: isOrganisation }),
  press('minutes.save', 'recordMinutes', {
    deed: 'minutes.write',
    given: begun,
    sends: { position: 0 },
    form: { words: '三人发言' },
    if: isOrganisation,
  }),
  press('minutes.submit', 'recordMinutes', { deed: 'minutes.submit', given: begun, if: isOrganisation }),
  press('minutes.assign', 'recordMinutes', { deed: 'minutes.assign', given: begun, form: { recorder: 'm secretary' } }),
  press('minutes.confirm', 'confirmMinutes', { deed: 'minutes.confirm', given: submitted, if: isSecretary }),
  press('minutes.askReturn', 'confirmMinutes', { card: '退回会议记录', given: submitted, if: isSecretary }),
  press('minutes.sendBack', 'confirmMinutes', {
    deed: 'minutes.return',
    given: submitted,
    form: { reason: '补上发言' },
    if: isSecretary,
  }),
  press('minutes.file', 'readMinutes', { view: 'minutesFile', given: locked, if: isOfHome }),
  press('minutesList.open', 'readMinutes', { view: 'minutesList', sends: { branch: 'home' } }),
  press('minutesAsked.ask', 'assess', { view: 'minutesAsked', given: locked }),
  press('minutesAsked.provide', 'provideMinutes', { deed: 'minutes.provide', given: locked, sends: { by: 'm assessor' } }),
  press('minutesList.send', 'readMinutes', { view: 'minutes', given: locked, if: isOfHome }),
]
