import { startSqld } from '../harness/sqld.ts'
import { openRemote } from '../../db/remote.ts'
import { migrate } from '../../db/migrate.ts'
const s = await startSqld()
let t = performance.now()
const o = () => openRemote({ url: s.url, fetch, wait: setTimeout, random: () => [0] })
await o().client.execute('select 1'); console.log('first', performance.now() - t)
t = performance.now()
await o().client.execute('create table if not exists migrations (tag text primary key, at integer not null)'); console.log('create', performance.now() - t)
t = performance.now()
await migrate(o().client, new Date(0)); console.log('migrate', performance.now() - t)
t = performance.now()
await migrate(o().client, new Date(0)); console.log('noop', performance.now() - t)
await s.stop()
