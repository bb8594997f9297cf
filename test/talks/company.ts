import { sql } from 'drizzle-orm'
import { members } from '../../db/branches/tables.ts'
import { aBranch, buttonsOf, openId, type Person } from '../harness/branch.ts'

const people: readonly Person[] = [
  { name: '李华', role: 'secretary' },
  { name: '王芳', role: 'organisation' },
  { name: '张伟', role: 'publicity' },
  { name: '赵敏' },
  { name: '钱进' },
  { name: '孙丽', stage: 'activist' },
  { name: '周一鸣', stage: 'applicant' },
  { name: '吴上级', role: 'assessor', branch: null },
]

/** A branch in which people talk; at nine on the eighth of October. */
export async function aTalkingBranch(all: readonly Person[] = people) {
  const branch = await aBranch(all)
  const { db, store, say, press } = branch
  const rows = async (query: string) => (await store.client.execute(query)).rows
  /** The latest card of this view that was sent to a person, drawn as it is now. */
  async function lastCard(name: string, view?: string) {
    const sent = (await branch.outboxRows()).filter(
      (row) => (row.to_id === openId(name) || String(row.to_id).includes(`dm`)) && JSON.parse(String(row.args)).member === `m_${name}`,
    )
    const last = sent.filter((row) => !view || row.view === view).at(-1)
    return last ? branch.shown(String(last.view), JSON.parse(String(last.args))) : null
  }
  const buttonFor = (card: Parameters<typeof buttonsOf>[0], name: string) => {
    const found = buttonsOf(card).find((value) => value.press === name)
    if (!found) throw new Error(`no button ${name} among ${buttonsOf(card).map((one) => one.press)}`)
    return found
  }
  /** One line and one press, as somebody would. */
  async function claims(name: string, line: string) {
    const read = await say(name, line, { dm: true })
    return press(name, buttonFor(read?.card, 'talk.claim'))
  }
  async function answers(name: string, yes = true) {
    const shown = await branch.shown('talkRequests', { subject: `talkRequests m_${name}`, member: `m_${name}` })
    return press(name, buttonFor(shown.card, yes ? 'talk.yes' : 'talk.no'))
  }
  return {
    ...branch,
    rows,
    lastCard,
    buttonFor,
    claims,
    answers,
    talks: () => rows('select * from talks order by claimed_at, rowid'),
    counted: async () =>
      Number((await rows('select count(*) as n from talks where confirmed_at is not null and withdrawn_at is null'))[0]?.n),
    change: (name: string, set: Partial<typeof members.$inferInsert>) => db.update(members).set(set).where(sql`${members.name} = ${name}`),
  }
}
