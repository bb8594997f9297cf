import { say } from '../cards/home/say.ts'
import { claimHash } from '../commands/claim.ts'
import { keepKeys, knownKeys, noteForeignKey } from '../db/ballots/data-key.ts'
import { adminOpenIds } from '../db/branches/seats.ts'
import { type Db, lookUp, together } from '../db/client.ts'
import { enqueue } from '../db/ledgers/outbox.ts'
import { anyClaimCode, dropClaimCodes, keepClaimCode } from '../db/roster/claim-codes.ts'
import { fingerprintsOf } from '../db/vault/wrapping.ts'
import { t } from './text.ts'

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

/**
 * Compares DATA_KEY with the fingerprints in the database, at every start. A foreign key is logged, and the administrators are told of it
 * once. It opens no ballot and counts none, and nothing is thrown away.
 */
export async function recogniseDataKey(
  db: Db,
  { DATA_KEY, DATA_KEY_LOST, ADMINS }: { DATA_KEY: readonly string[]; DATA_KEY_LOST: boolean; ADMINS: readonly string[] },
  now: Date,
  log: (event: Record<string, unknown>) => void,
): Promise<void> {
  const given = fingerprintsOf(DATA_KEY)
  const [known] = await lookUp(db, [knownKeys(db)])
  const ours = known.flatMap(({ fingerprint, isOurs }) => (isOurs ? [fingerprint] : []))
  if (ours.length === 0 || DATA_KEY_LOST || ours.some((one) => given.includes(one))) {
    if (known.length !== given.length || given.some((one) => !ours.includes(one))) await keepKeys(db, given, now)
    return
  }
  log({
    level: 'error',
    at: 'start',
    message:
      'DATA_KEY is not the one that this database knows: no ballot is opened or counted, and the links of pages end. Put the old key back, or behind the new one, comma-separated.',
  })
  const [foreign = ''] = given
  const people = [...new Set([...ADMINS, ...(await adminOpenIds(db))])]
  await noteForeignKey(
    db,
    foreign,
    now,
    people.map((person) =>
      enqueue(db, { occasion: `data key ${foreign} ${now.getTime()} ${person}`, to: { person }, ...say.args(news), dueAt: now }),
    ),
  )
}

const news = t(
  '服务器启动时用的 DATA_KEY 不是这个数据库原来的那一把。投票暂时不能发起，也不会计票，已投的票都还在；以前发出的网页链接打不开。其他照常。请把原来的密钥放回去，或写成“新的,原来的”两把，再重启。',
  'The server was started with a DATA_KEY that this database does not know. No ballot can be opened or counted meanwhile, and no vote is lost; links to pages do not open. Everything else works. Please put the old key back, or set both as “new,old”, and restart.',
)
