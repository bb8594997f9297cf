import { expect } from 'vitest'
import { minutesAsTheyStand } from '../../db/work/minutes.ts'
import { aBranch, type Person } from '../harness/branch.ts'

const people: Person[] = [
  { name: '李华', role: 'secretary' },
  { name: '王芳', role: 'organisation' },
  { name: '张伟', role: 'publicity' },
  { name: '赵敏' },
  { name: '钱进' },
  { name: '上级', role: 'assessor', branch: null },
]

const all = ['李华', '王芳', '张伟', '赵敏', '钱进']

/** A meeting on 9 October that was closed at 15:40, and its minutes. */
export async function aClosedMeeting(kind = 'general', came: readonly string[] = all, agenda = '学习贯彻会议精神\n讨论活动室') {
  const branch = await aBranch(people, { since: '2026-01-01' })
  const form = { kind, starts: '2026-10-09 15:00 +0800', place: '三楼会议室', agenda }
  await branch.at('2026-10-08', '09:00').press('李华', { press: 'call.submit', branch: 'branch', gathering: 'it' }, { form })
  const gathering = await branch.latestGathering()
  branch.at('2026-10-09', '14:50')
  for (const name of came) await branch.press(name, { press: 'gathering.checkIn', gathering })
  await branch.at('2026-10-09', '15:40').press('李华', { press: 'host.close', gathering })
  const does = (name: string, what: string, form?: Record<string, unknown>, more: object = {}) =>
    branch.press(name, { press: `minutes.${what}`, gathering, branch: 'branch', ...more }, { form })
  const it = {
    ...branch,
    gathering,
    does,
    shown: (name: string) => branch.shown('minutes', { subject: 's', gathering, branch: 'branch', viewer: `m_${name}` }),
    seen: async () => (await minutesAsTheyStand(branch.db, gathering, 'branch')) ?? expect.unreachable(),
    hostCard: () => branch.shown('host', { subject: gathering, viewer: 'm_李华' }),
    shownView: branch.shown,
    state: async () => (await it.seen()).state,
    rows: async (sql: string) => (await branch.store.client.execute(sql)).rows,
    sent: async (name: string) =>
      (await branch.outboxRows()).filter(({ view, args }) => view === 'minutes' && String(args).includes(`"viewer":"m_${name}"`)).length,
    async submitted() {
      await does('李华', 'open')
      await does('王芳', 'submit')
      return it
    },
    async locked() {
      await it.submitted()
      await does('李华', 'confirm')
      return it
    },
    reopen: (reason: string) => branch.press('李华', { press: 'corrections.reopen', form: 'reopen' }, { form: { gathering, reason } }),
  }
  return it
}
