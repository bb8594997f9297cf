import { refuse } from '../../src/refusal.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, onDuplicate, together } from '../client.ts'
import { record } from '../ledgers/audit.ts'
import { refresh } from '../ledgers/refresh.ts'
import { adoptions } from '../voters/tables.ts'
import type { OutOfBase } from './base-changes.ts'
import type { GatheringAsItStands } from './state.ts'
import { failIfOver } from './under-way.ts'

/** The host notes that the meeting adopted its exclusions at the start. An exclusion is in force without it. */
export async function noteAdoption(db: Db, it: GatheringAsItStands, adopted: readonly OutOfBase[], host: Actor, now: Date) {
  await together(db, [
    failIfOver(db, it.id),
    db.insert(adoptions).values(adopted.map(({ id }) => ({ gathering: it.id, exclusion: id, by: host.id, at: now }))),
    record(db, { at: now, unit: host.unit, actor: host.id, deed: 'gathering.adoptExclusions', subject: it.id }),
    refresh(db, { subject: it.id, at: now, afterPress: true }),
  ]).catch(onDuplicate(adoptions, () => refuse('已经记下了，不用再按。', 'It is noted already; no need to press again.')))
}
