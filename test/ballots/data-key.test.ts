import { randomBytes } from 'node:crypto'
import { createClient } from '@libsql/client'
import { expect, test } from 'vitest'
import { sealingWith } from '../../db/ballots/sealing.ts'
import { recogniseDataKey } from '../../src/at-start.ts'
import { readConfig } from '../../src/config.ts'
import { countBallots } from '../../src/jobs/count-ballots.ts'
import { run } from '../../src/node-host.ts'
import { addressBook } from '../../src/web/address.ts'
import { aVotingBranch } from '../harness/ballots/ballots.ts'
import { DATA_KEY, openId } from '../harness/branch.ts'
import { env, freePort, SECRETARY, serveFeishu } from '../harness/host.ts'
import { startSqld } from '../harness/sqld.ts'

const newKey = () => randomBytes(32).toString('base64')

/** A branch that votes, and starts of the bot on its database with the keys given. */
async function aBranchWithKeys() {
  const it = await aVotingBranch([
    { name: '李华', role: 'secretary' },
    { name: '王芳' },
    { name: '赵敏' },
    { name: '孙丽' },
    { name: '管理员', role: 'admin', branch: null },
  ])
  const logs: Record<string, unknown>[] = []
  const starts = (keys: string[], isLost = false) =>
    recogniseDataKey(it.db, { DATA_KEY: keys, DATA_KEY_LOST: isLost, ADMINS: [] }, it.now(), (event) => void logs.push(event))
  const told = () => it.rows("select to_id, args from outbox where occasion like 'data key %'")
  return { ...it, logs, starts, told }
}

test('a foreign key is logged each time, told the administrators once', async () => {
  const { starts, logs, told } = await aBranchWithKeys()
  const foreign = newKey()
  await starts([DATA_KEY])
  expect([logs, await told()]).toEqual([[], []])
  await starts([foreign])
  await starts([foreign])
  expect(logs).toHaveLength(2)
  expect(logs[0]).toMatchObject({ level: 'error', message: expect.stringContaining('DATA_KEY is not the one') })
  expect(await told()).toMatchObject([{ to_id: openId('管理员'), args: expect.stringContaining('DATA_KEY') }])
  await starts([DATA_KEY])
  expect(logs).toHaveLength(2)
})

test('with a foreign key no ballot opens, none is lost', async () => {
  const it = await aBranchWithKeys()
  const other = newKey()
  await it.starts([DATA_KEY])
  const ballot = await it.opens()
  await it.votes('王芳', ballot, 'for')
  const pieces = () => it.rows('select sealed from marks order by sealed')
  const rows = await pieces()
  await it.starts([other])
  const wrong = { ...it.box, sealing: sealingWith(other, it.box.random) }
  await countBallots({ db: it.db, box: wrong, clock: it.now, log: () => {} })
  expect(await pieces()).toEqual(rows)
  expect((await it.votes('赵敏', ballot, 'against')).mood).not.toBe('warning')

  // The same bot with its own key, on a database that knows another one.
  await it.db.run("update data_keys set fingerprint = 'ffff' where is_ours")
  await expect(it.opens()).rejects.toMatchObject({ says: { zh: expect.stringContaining('DATA_KEY'), en: expect.any(String) } })
  expect(await it.count('ballots')).toBe(1)
  await it.starts([DATA_KEY], true)
  await it.opens()
  expect(await it.count('ballots')).toBe(2)
})

test('two keys while it is changed: the first wraps, both unwrap', async () => {
  const { starts, logs } = await aBranchWithKeys()
  const [old, fresh] = [newKey(), newKey()]
  const [before, between, after] = [old, [fresh, old], fresh].map((keys) => sealingWith(keys, randomBytes))
  const earlier = await before?.newKeys('b1')
  const later = await between?.newKeys('b2')
  const opens = async (sealing: typeof before, ballot: string, keys: typeof earlier) => {
    const sealed = await sealing?.seal(ballot, keys?.publicKey ?? '', [Uint8Array.of(7)])
    return sealing?.open(ballot, keys?.wrappedKey ?? '', sealed ?? []).catch(({ name }) => name)
  }
  expect(await opens(between, 'b1', earlier)).toMatchObject([{ 0: 7, length: 1 }])
  expect(await opens(between, 'b2', later)).toMatchObject([{ 0: 7, length: 1 }])
  expect(await opens(after, 'b2', later)).toMatchObject([{ 0: 7, length: 1 }])
  expect(await opens(after, 'b1', earlier)).toBe('WrongDataKey')
  expect(await opens(before, 'b2', later)).toBe('WrongDataKey')
  expect(between?.reveal('place', before?.conceal('place', 'words') ?? '')).toBe('words')

  for (const keys of [[old], [fresh, old], [fresh]]) await starts(keys)
  expect(logs).toEqual([])
  await starts([old])
  expect(logs).toHaveLength(1)
})

test('links that the second key signed still open', () => {
  const [old, fresh] = [newKey(), newKey()]
  const link = 'abcdefghijklmnopqrst'
  const both = addressBook([fresh, old])
  expect(both.linkIn(addressBook(old).path(link))).toBe(link)
  expect(both.linkIn(addressBook(fresh).path(link))).toBe(link)
  expect(both.path(link)).toBe(addressBook(fresh).path(link))
  expect(both.linkIn(addressBook(newKey()).path(link))).toBeNull()
})

test('a start with another key says so, keeps the key out', async () => {
  const sqld = await startSqld()
  const side = await serveFeishu(() => 'http://127.0.0.1:9')
  const [own, foreign] = [newKey(), newKey()]
  const start = async (DATA_KEY: string) => {
    const logs: unknown[] = []
    const config = readConfig({ ...env(side.url, sqld.url, await freePort()), DATA_KEY })
    const running = await run(config, { clock: side.clock, log: (event) => logs.push(event) })
    await running.stop()
    return JSON.stringify(logs)
  }
  try {
    side.feishu.addPerson('李华', { openId: SECRETARY })
    expect(await start(own)).not.toContain('DATA_KEY')
    const said = await start(foreign)
    expect(said).toContain('DATA_KEY is not the one')
    expect(await start(`${foreign},${own}`)).not.toContain('DATA_KEY')
    expect(side.feishu.messages.filter(({ content }) => JSON.stringify(content).includes('DATA_KEY'))).toHaveLength(1)
    const client = createClient({ url: sqld.url })
    const kept = JSON.stringify((await client.execute('select * from data_keys')).rows)
    client.close()
    for (const key of [own, foreign]) for (const text of [said, kept]) expect(text).not.toContain(key.slice(0, 12))
  } finally {
    await side.close()
    await sqld.stop()
  }
})
