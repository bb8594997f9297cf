import { lookUp } from '../../db/client.ts'
import { closeGathering } from '../../db/gatherings/close.ts'
import { gatheringAsItStands } from '../../db/gatherings/state.ts'
import { hearPapers } from '../../src/jobs/papers/hear-papers.ts'
import { aBranch, buttonsOf, type Person } from '../harness/branch.ts'

const people: readonly Person[] = [
  { name: '李华', role: 'secretary' },
  { name: '王芳', role: 'organisation' },
  { name: '张伟', role: 'publicity' },
  { name: '赵敏' },
  { name: '吴上级', role: 'assessor', branch: null },
]

/** A branch that writes; at nine on the eighth of October. */
export async function aWritingBranch({ since = '2026-01-01' } = {}) {
  const branch = await aBranch(people, { since })
  const { db, press, say, shown } = branch
  const rows = async (query: string) => (await branch.store.client.execute(query)).rows

  const buttonFor = (card: Parameters<typeof buttonsOf>[0], name: string, more: object = {}) => {
    const found = buttonsOf(card).find((value) => value.press === name && Object.entries(more).every(([key, one]) => value[key] === one))
    if (!found) throw new Error(`no button ${name} among ${buttonsOf(card).map((one) => one.press)}`)
    return found
  }

  /** A meeting of everybody, held and closed by its host; `minutes` later the clock has looked at it. */
  async function meets(kind: '党员大会' | '支委会', on: string, before: () => Promise<unknown> = async () => undefined, close = true) {
    branch.at(on, '09:00')
    await say('李华', `/会议 ${kind} ${Number(on.slice(5, 7))}月${Number(on.slice(8))}日 15:00 三楼`)
    const gathering = await branch.latestGathering()
    await before()
    branch.at(on, '14:55')
    for (const name of ['李华', '王芳', '张伟']) await press(name, { press: 'gathering.checkIn', gathering })
    if (kind === '党员大会') await press('赵敏', { press: 'gathering.checkIn', gathering })
    branch.at(on, '16:00')
    if (close) await closed(gathering)
    return gathering
  }

  async function closed(gathering: string) {
    const [it] = await lookUp(db, [gatheringAsItStands(db, gathering)])
    if (!it) throw new Error('no meeting')
    const host = { id: 'm_李华', unit: 'unit', branch: 'branch', group: null, openId: '', name: '李华', stage: 'full' as const, seats: [] }
    await closeGathering(db, it, host, branch.now())
    await hears()
  }

  const hears = () => hearPapers({ db, slot: branch.now(), now: branch.now(), isLate: false })

  return {
    ...branch,
    rows,
    buttonFor,
    meets,
    closed,
    hears,
    shown,
    deeds: async () => (await rows('select actor, deed from audit order by id')).map(({ actor, deed }) => `${actor} ${deed}`),
  }
}
