import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { lookUp, together } from '../../db/client.ts'
import { keyColumns, MOST_USES, sealing } from '../../db/vault/keys.ts'
import { vaultKeys } from '../../db/vault/tables.ts'
import { type Cell, SealBroken, vaultWith } from '../../db/vault/vault.ts'
import { WrongDataKey } from '../../db/vault/wrapping.ts'
import { aBranch, DATA_KEY } from '../harness/branch.ts'
import { proved } from '../proofs/sizes.ts'

const aKey = () => randomBytes(32).toString('base64')
const place = { unit: 'unit', branch: 'branch', purpose: 'notes' } as const

// T34: 1,000 swaps between rows, columns, branches and writings
test('sealed words open in their own place alone', ({ task }) => {
  const vault = vaultWith(DATA_KEY, randomBytes)
  const chance = (most: number) => (randomBytes(2).readUInt16BE() % most) + 1
  const keys = new Map(['b1', 'b2', 'b3'].map((branch) => [branch, vault.newKey(branch, 'notes')] as const))
  const keyOf = (branch: string) => keys.get(branch) ?? expect.fail(branch)
  const tables = ['talk_notes', 'opinions', 'worry_drafts', 'worries', 'voice_answers'] as const
  const aCell = (): Cell => ({
    table: tables[chance(5) - 1] ?? 'worries',
    row: `row ${chance(20)}`,
    branch: `b${chance(3)}`,
    version: chance(3),
  })
  let swaps = 0
  let failed = 0
  while (swaps < 1_000) {
    const [from, to] = [aCell(), aCell()]
    if (JSON.stringify(from) === JSON.stringify(to)) continue
    swaps++
    const sealed = vault.seal(keyOf(from.branch), from, '他最近家里有难处')
    expect(vault.open(keyOf(from.branch), from, sealed)).toBe('他最近家里有难处')
    // The words come with their own key, or under that of the row to which they moved.
    const key = swaps % 2 === 0 ? keyOf(from.branch) : keyOf(to.branch)
    try {
      vault.open(key, to, sealed)
    } catch (error) {
      if (error instanceof SealBroken) failed++
    }
  }
  expect(failed).toBe(1_000)
  proved(task, 'T34', `${swaps} swaps of sealed cells: ${failed} refused`)
})

test('a key that moves to another branch, purpose or name opens nothing', () => {
  const vault = vaultWith(DATA_KEY, randomBytes)
  const key = vault.newKey('b1', 'notes')
  const cell: Cell = { table: 'talk_notes', row: 'r', branch: 'b1', version: 1 }
  const sealed = vault.seal(key, cell, 'words')
  for (const moved of [{ branch: 'b2' }, { purpose: 'opinions' as const }, { kid: 'another' }])
    expect(() => vault.open({ ...key, ...moved }, cell, sealed)).toThrow(WrongDataKey)
  const flipped = `${sealed.slice(0, -3)}${sealed.at(-3) === 'A' ? 'B' : 'A'}${sealed.slice(-2)}`
  for (const broken of [flipped, sealed.slice(0, 20), '']) expect(() => vault.open(key, cell, broken)).toThrow(SealBroken)
})

test('the first DATA_KEY wraps, and both unwrap', () => {
  const [old, fresh] = [aKey(), aKey()]
  const [before, between, after] = [old, [fresh, old], fresh].map((keys) => vaultWith(keys, randomBytes))
  if (!before || !between || !after) throw new Error('three vaults')
  const cell: Cell = { table: 'opinions', row: 'o', branch: 'b', version: 2 }
  const key = before.newKey('b', 'opinions')
  const sealed = before.seal(key, cell, 'words')
  expect(between.open(key, cell, sealed)).toBe('words')
  expect(() => after.open(key, cell, sealed)).toThrow(WrongDataKey)
  const anew = between.rewrapped(key)
  expect(anew).toMatchObject({ kid: key.kid, wrappedBy: after.fingerprint })
  expect(after.open(anew, cell, sealed)).toBe('words')
  expect(() => before.open(anew, cell, sealed)).toThrow(WrongDataKey)
})

test('a branch and purpose share a key, which stops in time', async () => {
  const it = await aBranch([{ name: '李华' }])
  const vault = await it.box.sealing.vault()
  const once = () => sealing(it.db, vault, place, it.now(), ({ kid, causes }) => together(it.db, causes).then(() => kid))
  const [first, again] = [await once(), await once()]
  expect(again).toBe(first)
  await it.db.update(vaultKeys).set({ uses: MOST_USES - 1 })
  expect(await once()).toBe(first)
  const [[last]] = await lookUp(it.db, [it.db.select().from(vaultKeys)])
  expect(last).toMatchObject({ uses: MOST_USES, retiredAt: it.now() })
  const next = await once()
  expect(next).not.toBe(first)
  expect(await it.count('vault_keys')).toBe(2)
})

test('a writer whose key retires meanwhile seals with the next', async () => {
  const it = await aBranch([{ name: '李华' }])
  const vault = await it.box.sealing.vault()
  const kids: string[] = []
  await sealing(it.db, vault, place, it.now(), ({ causes }) => together(it.db, causes))
  await sealing(it.db, vault, place, it.now(), async ({ kid, causes }) => {
    kids.push(kid)
    if (kids.length === 1) await it.db.update(vaultKeys).set({ retiredAt: it.now() }).where(eq(vaultKeys.kid, kid))
    return together(it.db, causes)
  })
  expect(new Set(kids).size).toBe(2)
  const [keys] = await lookUp(it.db, [it.db.select(keyColumns).from(vaultKeys)])
  expect(keys.map(({ kid }) => kid).sort()).toEqual(kids.toSorted())
})
