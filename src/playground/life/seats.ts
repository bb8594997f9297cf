import { eq, isNull, sql } from 'drizzle-orm'
import { members, seats } from '../../../db/branches/tables.ts'
import { type Db, inList, lookUp } from '../../../db/client.ts'
import { seatNames, stageNames } from '../../rules/roster/names.ts'
import { type Text, t } from '../../text.ts'

/** In the order in which a person’s seats are said. */
const names: Record<string, Text> = {
  ...seatNames,
  assessor: t('党委考核人', 'assessor'),
  admin: t('管理员', 'administrator'),
}

/** The seats of these people as the product knows them, or else their stage. Nobody is there who is on no roster. */
export async function seatsOf(db: Db, openIds: readonly string[]): Promise<Map<string, Text>> {
  const [rows] = await lookUp(db, [
    db
      .select({ openId: members.openId, stage: members.stage, role: seats.role })
      .from(members)
      .leftJoin(seats, sql`${eq(seats.member, members.id)} and ${isNull(seats.until)}`)
      .where(sql`${members.openId} in ${inList(openIds)} and ${isNull(members.leftOn)}`),
  ])
  const known = Map.groupBy(rows, ({ openId }) => openId ?? '')
  return new Map(
    [...known].flatMap(([openId, its]): [string, Text][] => {
      const roles = its.map(({ role }) => role)
      const held = Object.entries(names).flatMap(([role, words]) => (roles.some((one) => one === role) ? [words] : []))
      const stage = its[0]?.stage
      const words = held.length > 0 ? held : stage ? [stageNames[stage]] : []
      return words.length > 0 ? [[openId, t(words.map(({ zh }) => zh).join('、'), words.map(({ en }) => en).join(', '))]] : []
    }),
  )
}
