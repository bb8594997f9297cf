import { sql } from 'drizzle-orm'
import { bindChat } from '../../db/branches/chats.ts'
import { seatsJson } from '../../db/branches/members.ts'
import { members } from '../../db/branches/tables.ts'
import { branchesOf, committeeById } from '../../db/branches/units.ts'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { accountsIn } from '../../db/duties/account.ts'
import { scoreOfAccount } from '../../db/duties/score.ts'
import { quarter } from '../calendar.ts'

/** Shows a generated unit's first committee with its best and weakest branch now, and binds a chat to each. */
export async function showcaseOf(db: Db, { unit, committees: [committee = ''] }: { unit: string; committees: string[] }, now: Date) {
  const [own] = await lookUp(db, [branchesOf(db, committee)])
  const scores = (await accountsIn(db, own, [quarter(now)], now)).map((account) => ({ ...account, ...scoreOfAccount(account) }))
  const byScore = scores.toSorted((a, b) => (b.tenths ?? -1) - (a.tenths ?? -1))
  const [best, weakest] = [byScore[0]?.branch, byScore.at(-1)?.branch]
  const chosen = [best, weakest].filter((branch) => branch !== undefined)
  const [[committeeHere], people] = await lookUp(db, [committeeById(db, committee), everyoneOn(db, unit)])
  const bind = (owner: { committee: string; branch: null } | { committee: null; branch: string }) =>
    bindChat(db, { chatId: chatOf(owner.branch ?? owner.committee ?? ''), unit, group: null, boundBy: 'seed', at: now, ...owner })
  await together(
    db,
    [bind({ committee, branch: null }), ...chosen.map(({ id }) => bind({ committee: null, branch: id }))].map((one) => statementOf(one)),
  )
  const faces = people.map(({ openId, name, branch, stage, seats }) => ({
    openId: openId ?? '',
    name,
    branch,
    office: seats[0]?.role ?? stage ?? '',
    committee: seats[0]?.committee,
  }))
  return {
    name: committeeHere?.name ?? '',
    chat: chatOf(committee),
    assessor: faces.find((one) => one.office === 'assessor' && one.committee === committee),
    branches: chosen.map(({ id, name }) => ({ name, chat: chatOf(id), people: faces.filter(({ branch }) => branch === id) })),
    everyone: faces,
  }
}

const chatOf = (owner: string) => `oc_${owner}`

const everyoneOn = (db: Db, unit: string) =>
  db
    .select({ openId: members.openId, name: members.name, branch: members.branch, stage: members.stage, seats: seatsJson })
    .from(members)
    .where(sql`${members.unit} = ${unit} and ${members.openId} is not null`)
    .orderBy(members.id)
