import { aBranch, buttonsOf, openId, type Person } from '../harness/branch.ts'
import type { TestStore } from '../harness/database.ts'

const company: readonly Person[] = [
  { name: '李华', role: 'secretary' },
  { name: '王芳', role: 'organisation' },
  { name: '张伟', role: 'publicity' },
  { name: '赵敏' },
  { name: '钱进' },
  { name: '孙丽' },
  { name: '管理员', role: 'admin', branch: null },
  { name: '考核人', role: 'assessor', branch: null },
]

/** A branch that meets, decides and gives tasks; at nine on the eighth of October, a Thursday. */
export async function aWorkingBranch({
  people = company,
  ...options
}: {
  people?: readonly Person[]
  store?: TestStore
  since?: string
} = {}) {
  const branch = await aBranch(people, options)
  const { say, press } = branch
  const rows = async (query: string) => (await branch.store.client.execute(query)).rows
  const sent = async (view: string) =>
    (await branch.outboxRows()).filter((row) => row.view === view).map(({ args }) => JSON.parse(String(args)) as Record<string, unknown>)

  /** Calls a meeting of today, and comes to its start. */
  async function meets(kind: string, { on = '2026-10-08', from = '10:00', by = '李华' } = {}) {
    branch.at(on, '09:00')
    await say(by, `/会议 ${kind} 今天 ${from} 三楼会议室`)
    const gathering = await branch.latestGathering()
    branch.at(on, from)
    return gathering
  }
  async function comes(gathering: string, ...names: string[]) {
    for (const name of names) await press(name, { press: 'gathering.checkIn', gathering })
  }
  const closes = (gathering: string, by = '李华') => press(by, { press: 'host.close', gathering })
  const decides = (
    gathering: string,
    words: string,
    more: { owner?: string; on?: string; about?: string; by?: string; in?: string } = {},
  ) =>
    press(
      more.by ?? '李华',
      { press: 'decisions.add', gathering, branch: more.in ?? 'branch' },
      {
        form: {
          words,
          ...(more.owner ? { owner: openId(more.owner) } : {}),
          ...(more.on ? { on: `${more.on} +0800` } : {}),
          ...(more.about ? { about: more.about } : {}),
        },
      },
    )
  /** A meeting with a quorum that decided one thing, a task of somebody. */
  async function decided(words: string, owner: string, on: string, kind = '支委会', day = '2026-10-08') {
    const gathering = await meets(kind, { on: day })
    await comes(gathering, '李华', '王芳', '张伟', ...(kind === '支委会' ? [] : ['赵敏']))
    await decides(gathering, words, { owner, on })
    branch.at(day, '10:30')
    await closes(gathering)
    const [task] = await rows(`select id from tasks where words = '${words}'`)
    return { gathering, task: String(task?.id) }
  }
  const shownTo = (name: string, view: string, args: Record<string, unknown>) =>
    branch.shown(view, { subject: 's', viewer: `m_${name}`, member: `m_${name}`, ...args })
  return {
    ...branch,
    rows,
    sent,
    meets,
    comes,
    closes,
    decides,
    decided,
    shownTo,
    host: (gathering: string, viewer = '李华') => branch.shown('host', { subject: gathering, viewer: `m_${viewer}` }),
    own: (name: string) => shownTo(name, 'ownTasks', {}),
    buttonsNamed: (card: Parameters<typeof buttonsOf>[0], name: string) => buttonsOf(card).filter((one) => one.press === name),
    /** The tasks that are in force, by their words. */
    inForce: async (name: string) => (await shownTo(name, 'ownTasks', {})).text.split('\n').filter((line) => line.startsWith('· ')),
  }
}

export type WorkingBranch = Awaited<ReturnType<typeof aWorkingBranch>>
