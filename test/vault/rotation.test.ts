import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes, randomInt } from 'node:crypto'
import { afterAll, afterEach, expect, test } from 'vitest'
import { ballotsOfEarlierKeys } from '../../db/ballots/earlier-keys.ts'
import { sealingWith } from '../../db/ballots/sealing.ts'
import { actorById } from '../../db/branches/members.ts'
import { lookUp, together } from '../../db/client.ts'
import { openRemote } from '../../db/store/remote.ts'
import { notesSeen, writeNote } from '../../db/talks/notes.ts'
import { resealAll } from '../../db/talks/reseal.ts'
import { talkAsItStands } from '../../db/talks/state.ts'
import { talkNotes, talks } from '../../db/talks/tables.ts'
import { sealing } from '../../db/vault/keys.ts'
import { rewrapKeys } from '../../db/vault/rewrap.ts'
import { type Vault, vaultWith } from '../../db/vault/vault.ts'
import { addDays } from '../../src/calendar.ts'
import { turn } from '../../src/turn.ts'
import { aVotingBranch } from '../harness/ballots/ballots.ts'
import { DATA_KEY } from '../harness/branch.ts'
import { emptyFile } from '../harness/database.ts'
import { inOneFile } from '../harness/in-one-file.ts'
import { type Sqld, startSqld } from '../harness/sqld.ts'
import { proved, sized } from '../proofs/sizes.ts'
import { aBranchWithContact, type TalkingBranch } from '../talks/company.ts'

const aKey = () => randomBytes(32).toString('base64')
const script = await inOneFile(new URL('../../src/scripts/rotate.ts', import.meta.url))
afterAll(() => script.remove())
let sqld: Sqld | undefined
afterEach(() => sqld?.stop())

const NOTES = sized(300, 10_000)
const KILLS = sized(3, 50)
const LOT = 500

/** Notes of two people, two a talk, on as many days as it takes. Their words tell which they are. */
async function written(it: TalkingBranch, vault: Vault, many: number) {
  const writers = ['m_吴勇', 'm_王芳'] as const
  const all: { talk: string; writer: string }[] = []
  for (let first = 0; first < many / 2; first += LOT) {
    const nths = Array.from({ length: Math.min(LOT, many / 2 - first) }, (_, nth) => first + nth)
    const held = nths.map((nth) => ({ id: `t${nth}`, onDay: addDays('2000-01-01', nth) }))
    const of = { unit: 'unit', branch: 'branch' }
    const [a, b] = writers.toSorted()
    await together(it.db, [
      it.db.insert(talks).values(
        held.map((one) => ({
          ...one,
          ...of,
          a: a ?? '',
          b: b ?? '',
          kind: 'care' as const,
          claimedBy: 'm_吴勇',
          claimedAt: it.now(),
          confirmedAt: it.now(),
        })),
      ),
    ])
    const notes = held.flatMap(({ id }) => writers.map((writer) => ({ talk: id, writer })))
    await sealing(it.db, vault, { ...of, purpose: 'notes', times: notes.length }, it.now(), ({ kid, seal, causes }) =>
      together(it.db, [
        ...causes,
        it.db.insert(talkNotes).values(
          notes.map(({ talk, writer }) => ({
            talk,
            writer,
            sealed: seal({ table: 'talk_notes', row: `${talk} ${writer}`, branch: 'branch', version: 1 }, `${writer} about ${talk}`),
            kid,
            version: 1,
            isShared: false,
            writtenAt: it.now(),
            goesOn: '2100-01-01',
          })),
        ),
      ]),
    )
    all.push(...notes)
  }
  return all
}

/** One reader and one writer, until they are stopped. Each reading must give the words that are meant. */
function atWork(it: TalkingBranch, vault: () => Vault, notes: readonly { talk: string; writer: string }[]) {
  const done = { readings: 0, writings: 0, unreadable: [] as string[] }
  let isOver = false
  const one = async (does: (note: { talk: string; writer: string }) => Promise<void>) => {
    while (!isOver) {
      const note = notes[randomInt(notes.length)]
      if (note) await does(note).catch((error) => void done.unreadable.push(`${note.talk}: ${error}`))
    }
  }
  const seen = async ({ talk, writer }: { talk: string; writer: string }) => {
    const [known, [actor]] = await lookUp(it.db, [talkAsItStands(it.db, talk), actorById(it.db, writer)])
    if (!known || !actor) throw new Error('nobody there')
    return { known, actor }
  }
  const reading = one(async (note) => {
    const { known, actor } = await seen(note)
    const { own } = await notesSeen(it.db, vault(), known, actor, it.now())
    if (own?.words !== `${note.writer} about ${note.talk}`) throw new Error(`read ${own?.words}`)
    done.readings++
  })
  const writing = one(async (note) => {
    const { known, actor } = await seen(note)
    const typed = { words: `${note.writer} about ${note.talk}`, isShared: false }
    // Talks of long ago take no note, so their day is today's.
    await writeNote(it.db, vault(), { ...known, onDay: '2026-10-08' }, typed, actor, it.now())
    done.writings++
  })
  return {
    done,
    async stop() {
      isOver = true
      await Promise.all([reading, writing])
      return done
    },
  }
}

const rotating = (url: string, dataKeys: string) =>
  spawn(process.execPath, [script.path, '--reseal'], {
    env: { ...process.env, DATABASE_URL: url, DATA_KEY: dataKeys, NODE_OPTIONS: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })

/** About as long as the cells are being sealed. */
const MOST_OF_A_RUN_MS = sized(120, 3_000)

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

const ended = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))

// T35: 300 (10,000) notes, 3 (50) kills while they are sealed anew
test('keys change under the knife while notes are read and written', { timeout: 3_600_000 }, async ({ task }) => {
  sqld = await startSqld({ holds: await emptyFile() })
  const { url } = sqld
  const remote = openRemote({ url, fetch, wait: (ms, then) => setTimeout(then, ms), random: randomBytes })
  const it = await aBranchWithContact({
    store: { ...remote, path: '', trips: { reads: 0, writes: 0 }, close: () => remote.client.close() },
  })
  let keys = [aKey()]
  let vault = vaultWith(keys, randomBytes)
  const notes = await written(it, vault, NOTES)
  const work = atWork(it, () => vault, notes)
  const kidsOf = async (what: string) => (await it.store.client.execute(what)).rows.map(({ kid }) => String(kid))
  const count = async (what: string, kids: readonly string[]) =>
    Number(
      (
        await it.store.client.execute({
          sql: `select count(*) from ${what} where kid in (select value from json_each(?))`,
          args: [JSON.stringify(kids)],
        })
      ).rows[0]?.[0],
    )

  let kills = 0
  let cut = 0
  let changes = 0
  while (kills < KILLS) {
    const before = await kidsOf('select kid from vault_keys')
    keys = [aKey(), ...keys.slice(0, 1)]
    vault = vaultWith(keys, randomBytes)
    for (let isDone = false; !isDone; ) {
      const child = rotating(url, keys.join(','))
      let said = ''
      child.stderr?.on('data', (text) => {
        said += text
      })
      const exit = ended(child)
      if (kills < KILLS) {
        // Two of three are cut down while cells are sealed anew, the others at any moment.
        const isAtWork = async () =>
          kills % 3 === 2 ||
          Number((await it.store.client.execute('select count(*) from vault_keys where retired_at is not null')).rows[0]?.[0]) > 0
        while (child.exitCode === null && !(await isAtWork())) await pause(5)
        await pause(randomInt(kills % 3 === 2 ? 2_000 : MOST_OF_A_RUN_MS))
        child.kill('SIGKILL')
      }
      const code = await exit
      isDone = code === 0
      if (code !== null && code !== 0) throw new Error(said)
      if (!isDone) {
        kills++
        const left = await count('talk_notes', before)
        if (left > 0 && left < NOTES) cut++
      }
    }
    changes++
    expect(await count('talk_notes', before)).toBe(0)
    expect(await count('vault_keys', before)).toBe(0)
    expect(await kidsOf(`select kid from vault_keys where wrapped_by <> '${vault.fingerprint}'`)).toEqual([])
  }
  const { readings, writings, unreadable } = await work.stop()
  expect(unreadable).toEqual([])
  expect(Math.min(readings, writings)).toBeGreaterThan(0)
  // The old key is not needed any more for a single one of them.
  const [first = ''] = keys
  const last = vaultWith(first, randomBytes)
  for (const { talk, writer } of notes.slice(0, 200)) {
    const [known, [actor]] = await lookUp(it.db, [talkAsItStands(it.db, talk), actorById(it.db, writer)])
    if (known && actor) expect((await notesSeen(it.db, last, known, actor, it.now())).own?.words).toBe(`${writer} about ${talk}`)
  }
  expect(await it.count('talk_notes')).toBe(NOTES)
  proved(
    task,
    'T35',
    `${NOTES} notes, ${kills} kills (${cut} in the midst of the sealing) in ${changes} changes of key: ${readings} readings and ${writings} writings meanwhile, 0 failed; 0 rows with an old key`,
  )
  remote.client.close()
})

const SEALS = sized(20_000, 1_000_000)

// T35: 20,000 (1,000,000) seals, each under a nonce of its own
test('no nonce comes twice', { timeout: 3_600_000 }, ({ task }) => {
  const vault = vaultWith(aKey(), randomBytes)
  const key = vault.newKey('branch', 'notes')
  const nonces = new Set<string>()
  for (let nth = 0; nth < SEALS; nth++)
    nonces.add(vault.seal(key, { table: 'talk_notes', row: 't w', branch: 'branch', version: 1 }, '同一句话').slice(0, 16))
  expect(nonces.size).toBe(SEALS)
  proved(task, 'T35', `${SEALS} seals of one text in one cell: ${nonces.size} nonces`)
})

test('opinions, drafts and worries are sealed anew, each in its cell', async () => {
  const it = await aBranchWithContact()
  const talk = await it.talked('吴勇', '王芳')
  await it.files('吴勇', talk, '入党动机端正。')
  await it.press('吴勇', { press: 'worry.ask', talk }, { form: { worry: '食堂关得太早' } })
  const other = await it.talked('李华', '张伟')
  await it.press('李华', { press: 'worry.ask', talk: other }, { form: { worry: '想换班' } })
  const version = it.now().getTime()
  await it.press('王芳', { press: 'worryAsked.answer', talk, version, answer: 'unsigned' })
  const kids = async () => (await it.store.client.execute('select kid from vault_keys order by kid')).rows.map(({ kid }) => kid)
  const before = await kids()
  expect(await resealAll(it.db, await it.box.sealing.vault(), it.now(), turn)).toBe(3)
  const after = await kids()
  expect(after).toHaveLength(before.length)
  expect(after.filter((kid) => before.includes(kid))).toEqual([])
  expect(JSON.stringify(await it.press('吴勇', { press: 'opinion.open', talk }))).toContain('入党动机端正')
  expect(JSON.stringify(await it.raised('李华'))).toContain('食堂关得太早')
  expect((await it.shown('worryAsked', { subject: 's', talk: other, member: 'm_张伟' })).text).toContain('想换班')
})

test('a ballot under way keeps its old key, and is named', async () => {
  const it = await aVotingBranch()
  const ballot = await it.opens()
  const fresh = aKey()
  expect(await ballotsOfEarlierKeys(it.db, sealingWith(fresh, randomBytes))).toEqual([ballot])
  expect(await ballotsOfEarlierKeys(it.db, sealingWith([fresh, DATA_KEY], randomBytes))).toEqual([])
})

test('keys of a DATA_KEY that is missing are left as they are', async () => {
  const it = await aBranchWithContact()
  await it.writes('吴勇', await it.talked('吴勇', '王芳'), '一句话')
  await expect(rewrapKeys(it.db, vaultWith([aKey(), aKey()], randomBytes), turn)).rejects.toThrow('cannot be unwrapped')
  expect(JSON.stringify(await it.opens('吴勇', 'talk1'))).toContain('一句话')
})
