import { claimHash } from '../commands/claim.ts'
import { adminOpenIds } from '../db/branches/seats.ts'
import { type Db, lookUp, together } from '../db/client.ts'
import { anyClaimCode, dropClaimCodes, keepClaimCode } from '../db/roster/claim-codes.ts'

/** Letters and digits that are not mistaken for each other. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/**
 * Makes a code that makes an administrator; null when there is one, or an older code stands. The start-up log shows the code once, and the
 * database keeps its hash. `renew` replaces an older code, as a host with a log does at every start.
 */
export async function offerClaimCode(db: Db, random: (bytes: number) => Uint8Array, now: Date, renew: boolean): Promise<string | null> {
  if ((await adminOpenIds(db)).length > 0) return null
  const [codes] = await lookUp(db, [anyClaimCode(db)])
  if (codes.length > 0 && !renew) return null

  const letters = Array.from(random(8), (byte) => ALPHABET[byte & 31]).join('')
  const code = `${letters.slice(0, 4)}-${letters.slice(4)}`
  await together(db, [dropClaimCodes(db), keepClaimCode(db, claimHash(code), now)])
  return code
}
