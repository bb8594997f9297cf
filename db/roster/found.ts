import { type Actor, addMember } from '../branches/members.ts'
import { grant } from '../branches/seats.ts'
import { committees, units } from '../branches/tables.ts'
import { type Db, type Statement, statementOf } from '../client.ts'
import { record } from '../ledgers/audit.ts'
import { dropClaimCodes } from './claim-codes.ts'

interface Founder {
  unit: string
  committee: string
  member: string
  seat: string
  tenantKey: string
  openId: string
  name: string
}

/** The first administrator: makes the unit and its top committee if there are none yet, and takes the seat. */
export const foundUnit = (db: Db, founder: Founder, existing: string | null, now: Date, day: string): Statement[] => {
  const unit = existing ?? founder.unit
  const making = existing
    ? []
    : [
        statementOf(db.insert(units).values({ id: unit, tenantKey: founder.tenantKey, name: '本单位' })),
        statementOf(db.insert(committees).values({ id: founder.committee, unit, parent: null, name: '党委' })),
      ]
  return [
    ...making,
    statementOf(
      addMember(db, { id: founder.member, unit, branch: null, openId: founder.openId, name: founder.name, stage: null, on: day, at: now }),
    ),
    statementOf(grant(db, { id: founder.seat, member: founder.member, role: 'admin', at: now })),
    statementOf(dropClaimCodes(db)),
    record(db, { at: now, unit, actor: founder.member, deed: 'unit.claim', subject: unit }),
  ]
}

/** A known person becomes administrator by the claim code. */
export const takeAdminSeat = (db: Db, actor: Actor, seat: string, now: Date): Statement[] => [
  statementOf(grant(db, { id: seat, member: actor.id, role: 'admin', at: now })),
  statementOf(dropClaimCodes(db)),
  record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'unit.claim', subject: actor.unit }),
]
