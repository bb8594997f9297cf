import type { Townsman } from '../../harness/town.ts'
import { press, type Stage, says } from '../stage.ts'

/** The roster of `home` that is expected at its meetings. */
const isExpected = ({ branch, stage }: Townsman) => branch === 'home' && (stage === 'full' || stage === 'probationer')

/** A general meeting that begins in a quarter of an hour. */
export const aMeeting = async (stage: Stage, more: object = {}) => {
  const gathering = stage.newId()
  await stage.deed(
    'secretary',
    'call.submit',
    { branch: 'home', gathering },
    { kind: 'general', starts: '2026-10-08 09:15 +0800', ...more },
  )
  return { gathering }
}

const aMeetingByCode = (stage: Stage) => aMeeting(stage, { code: 'yes' })

/** The meeting begins, and can be closed. */
const begun = async (stage: Stage) => {
  const sent = await aMeeting(stage)
  stage.at('2026-10-08', '10:00')
  return sent
}

const closed = async (stage: Stage) => {
  const sent = await begun(stage)
  await stage.deed('secretary', 'host.close', sent)
  return sent
}

/** Nobody came but the secretary, and two days have gone by. */
const missed = async (stage: Stage) => {
  const sent = await begun(stage)
  await stage.deed('admin', 'host.mark', sent, { people: ['m former secretary'] })
  await stage.deed('admin', 'host.close', sent)
  stage.at('2026-10-10', '10:00')
  return sent
}

/** A member says that the meeting is made up for. */
const madeUp = async (stage: Stage) => {
  const sent = await missed(stage)
  await stage.deed('member', 'makeUp.done', sent, { way: 'talk' })
  return sent
}

const asked = async (stage: Stage) => {
  const sent = await aMeeting(stage)
  await stage.deed('member', 'leave.ask', sent, { reason: 'work' })
  return { ...sent, member: 'm member' }
}

const present = async (stage: Stage) => {
  const sent = await aMeeting(stage)
  await stage.deed('member', 'gathering.checkIn', sent)
  return sent
}

const withAgenda = (stage: Stage) => aMeeting(stage, { agenda: '学习条例' })

export const gatherings = [
  says('meeting', 'callGathering', '/会议 支委会 周五 15:00', { deed: 'gathering.call' }),
  press('call.submit', 'callGathering', {
    deed: 'gathering.call',
    sends: (stage) => ({ branch: 'home', gathering: stage.newId() }),
    form: { kind: 'general', starts: '2026-10-20 15:00 +0800' },
  }),
  says('meeting', 'markPresent', '/会议 主持', { view: 'host', given: aMeeting }),

  says('checkin', 'checkIn', '签到', { deed: 'attendance.checkIn', given: aMeeting, if: isExpected }),
  press('gathering.checkIn', 'checkIn', { deed: 'attendance.checkIn', given: aMeeting, if: isExpected }),
  press('roomCode.enter', 'checkIn', { deed: 'attendance.tryCode', given: aMeetingByCode, form: { digits: '0' }, if: isExpected }),
  press('host.code', 'markPresent', { deed: 'gathering.showCode', given: aMeetingByCode }),
  press('inRoom.code', 'markPresent', { deed: 'gathering.showCode', given: aMeetingByCode }),

  says('leave', 'askLeave', '/请假 病假', { deed: 'leave.ask', given: aMeeting, if: isExpected }),
  press('leave.open', 'askLeave', { view: 'leave', given: aMeeting, if: isExpected }),
  press('leave.ask', 'askLeave', { deed: 'leave.ask', given: aMeeting, form: { reason: 'work' }, if: isExpected }),
  press('leave.withdraw', 'askLeave', {
    deed: 'leave.withdraw',
    async given(stage) {
      const sent = await aMeeting(stage)
      const everybody = ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember']
      for (const name of [...everybody, 'leader', 'member', 'probationer', 'former secretary'])
        await stage.deed(name, 'leave.ask', sent, { reason: 'work' })
      return sent
    },
    if: isExpected,
  }),
  press('host.leave', 'confirmLeave', { deed: 'leave.confirm', given: asked }),
  press('leaves.open', 'confirmLeave', { view: 'leaves', given: aMeeting }),
  press('leaves.confirm', 'confirmLeave', { deed: 'leave.confirm', given: asked, sends: { branch: 'home' } }),

  press('host.mark', 'markPresent', { deed: 'attendance.mark', given: aMeeting, form: { people: ['m member'] } }),
  press('host.close', 'closeGathering', { deed: 'gathering.close', given: begun }),
  press('corrections.open', 'markPresent', { view: 'corrections', given: aMeeting }),
  press('corrections.unmark', 'markPresent', { deed: 'attendance.unmark', given: present, form: { people: ['m member'] } }),
  says('meeting', 'cancelGathering', '/会议 取消', { view: 'callOff', given: aMeeting }),
  press('callOff.open', 'cancelGathering', { view: 'callOff', given: aMeeting }),
  press('corrections.cancel', 'cancelGathering', { deed: 'gathering.cancel', given: aMeeting, form: { reason: '改期' } }),
  says('reopen', 'reopenAttendance', '/重开', { view: 'reopenForm' }),
  press('corrections.reopen', 'reopenAttendance', {
    deed: 'gathering.reopen',
    given: async (stage) => {
      const { gathering } = await closed(stage)
      // Attendance is open for a day behind the close.
      stage.at('2026-10-12', '10:00')
      return { form: 'reopen', closed: gathering }
    },
    form: ({ closed }) => ({ gathering: closed, reason: '漏记一人' }),
  }),
  press('reschedule.open', 'callGathering', { view: 'reschedule', given: aMeeting }),
  press('reschedule.submit', 'callGathering', { deed: 'gathering.reschedule', given: aMeeting, form: { starts: '2026-12-24 15:00' } }),

  press('agenda.open', 'setAgenda', { view: 'agenda', given: aMeeting }),
  press('agenda.add', 'setAgenda', { deed: 'agenda.add', given: aMeeting, sends: { tag: 'study' } }),
  press('agenda.addWords', 'setAgenda', { deed: 'agenda.add', given: withAgenda, form: { words: '工会' } }),
  press('agenda.retag', 'setAgenda', { deed: 'agenda.retag', given: withAgenda, form: { item: '1', about: [] } }),
  press('agenda.settle', 'setAgenda', { deed: 'agenda.settle', given: withAgenda, form: { struck: ['1'] } }),

  press('makeUp.open', 'mine', { view: 'makeUp', sends: { form: 'makeUp' }, at: 'own unit' }),
  press('makeUp.done', 'makeUp', {
    deed: 'makeUp.say',
    given: missed,
    form: { way: 'talk' },
    if: (who) => isExpected(who) && who.name !== 'former secretary',
  }),
  press('makeUp.takeBack', 'makeUp', { deed: 'makeUp.takeBack', given: madeUp, if: ({ name }) => name === 'member' }),
  press('makeUps.open', 'confirmMakeUp', { view: 'makeUps', given: missed }),
  press('makeUps.confirm', 'confirmMakeUp', { deed: 'makeUp.confirm', given: madeUp }),
  press('makeUps.sendBack', 'confirmMakeUp', { deed: 'makeUp.takeBack', given: madeUp, form: { undone: ['m member'] } }),
  press('makeUps.excuse', 'confirmMakeUp', { deed: 'makeUp.excuse', given: missed, form: { person: 'm member', why: 'frail' } }),

  press('callForDuty.open', 'answerAlert', { view: 'callForm', sends: { branch: 'home', kind: 'committee' } }),
]
