import { lookUp } from '../../../db/client.ts'
import { gatheringAsItStands } from '../../../db/gatherings/state.ts'
import { roomCode } from '../../../src/rules/gatherings/room-code.ts'
import type { Person } from '../branch.ts'
import { aVotingBranch } from './ballots.ts'

/** Ten full members, a probationer, an activist: six make a general meeting quorate, eight may elect. */
const tenVoters: readonly Person[] = [
  { name: '李华', role: 'secretary' },
  { name: '王芳', role: 'organisation' },
  { name: '张伟', role: 'publicity' },
  ...['赵敏', '孙丽', '周杰', '陈晨', '黄磊', '丁一', '欧阳娜'].map((name) => ({ name })),
  { name: '钱进', stage: 'probationer' },
  { name: '郑凯', stage: 'activist' },
  { name: '总管', role: 'admin', branch: null },
  { name: '上级', role: 'assessor', branch: null },
]

export const fullMembers = tenVoters.filter(({ stage, branch }) => !stage && branch !== null).map(({ name }) => name)

/** A meeting of a branch that votes, called for 9 October at 15:00. The named people have entered the room code, and it has begun. */
export async function aMeetingThatVotes(
  present: readonly string[],
  {
    kind = '党员大会',
    people = tenVoters,
    hasCode = true,
    agenda = '',
    before = async () => {},
  }: {
    kind?: string
    people?: readonly Person[]
    hasCode?: boolean
    agenda?: string
    before?: (branch: Awaited<ReturnType<typeof aVotingBranch>>) => Promise<void>
  } = {},
) {
  const branch = await aVotingBranch(people)
  await before(branch)
  await branch.say('李华', `/会议 ${kind} 周五 15:00 三楼会议室${hasCode ? ' 要现场码' : ''}${agenda ? ` 议题 ${agenda}` : ''}`)
  const gathering = await branch.latestGathering()
  branch.at('2026-10-09', '14:45')
  const arrive = async (...names: readonly string[]) => {
    const { roomSecret } = await it()
    const form = { digits: roomCode(roomSecret ?? '', branch.now()) }
    for (const name of names) await branch.press(name, { press: 'roomCode.enter', gathering }, { form })
  }

  const it = async () => {
    const [found] = await lookUp(branch.db, [gatheringAsItStands(branch.db, gathering)])
    if (!found) throw new Error('no gathering')
    return found
  }
  await arrive(...present)
  branch.at('2026-10-09', '15:00')
  let ids = 0
  return {
    ...branch,
    gathering,
    arrive,
    /** A press on the group’s card in a meeting that has no room code. */
    pressFromAfar: (name: string) => branch.press(name, { press: 'gathering.checkIn', gathering }),
    state: it,
    newId: () => `new${++ids}`,
    /** The values of the host's form. */
    resolves: (form: Record<string, unknown>, { by = '李华', id = `r${++ids}` } = {}) =>
      branch.press(by, { press: 'resolve.submit', gathering, id }, { form }),
    raises: (form: Record<string, unknown>, { by = '李华', id = `r${++ids}` } = {}) =>
      branch.press(by, { press: 'hands.enter', gathering, id }, { form }),
    closes: (by = '李华') => branch.press(by, { press: 'host.close', gathering }),
    group: async () => (await branch.shown('gathering', { subject: gathering })).text,
    host: async () => (await branch.shown('host', { subject: gathering })).text,
    sentTo: async (view: string) =>
      (await branch.outboxRows()).filter((row) => row.view === view && row.to_kind === 'person').map(({ to_id }) => to_id),
    deeds: async () => (await branch.rows('select deed from audit order by id')).map(({ deed }) => String(deed)),
  }
}

export type VotingMeeting = Awaited<ReturnType<typeof aMeetingThatVotes>>
