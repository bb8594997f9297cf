import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { type Db, lookUp, statementOf } from '../client.ts'
import type { OpenEvidence } from '../ledgers/evidence.ts'
import * as messages from './messages.ts'
import { attestations } from './tables.ts'

const nameOf = (column: 'by' | 'confirmed_by') =>
  sql<string | null>`(select name from members where id = "attestations".${sql.raw(`"${column}"`)})`

/** An entry of the branch with those who made and confirmed it. */
export const attestationById = (db: Db, attestation: string) =>
  statementOf(
    db
      .select({
        branch: attestations.branch,
        part: attestations.part,
        period: attestations.period,
        on: attestations.on,
        reference: attestations.reference,
        saysNone: attestations.saysNone,
        byName: nameOf('by'),
        at: attestations.at,
        confirmedByName: nameOf('confirmed_by'),
        confirmedAt: attestations.confirmedAt,
      })
      .from(attestations)
      .where(sql`${attestations.id} = ${attestation} and ${attestations.refusedAt} is null and ${attestations.withdrawnAt} is null`),
  )

/** The reference may name people, hence the committee and the level above open it. */
export const openAttestation: OpenEvidence = async (db, { branch, source, reader }) => {
  const [[found]] = await lookUp(db, [attestationById(db, source)])
  if (found?.branch !== branch.id) refuse('没有找到这条登记。', 'There is no such entry.')
  const place = { unit: branch.unit, branch: branch.id, lineage: branch.lineage }
  if (!may(reader, 'submitSelf', place) && !may(reader, 'assess', place))
    refuse('登记的依据由支委会和考核人看。', 'The reference of an entry is for the committee and the assessor.')
  return messages.attested({ attestation: source })
}
