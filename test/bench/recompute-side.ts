import { argv } from 'node:process'
import { memberById } from '../../db/branches/members.ts'
import { allCommittees, branchesOf } from '../../db/branches/units.ts'
import { type Db, lookUp, together } from '../../db/client.ts'
import { accountsIn } from '../../db/duties/account.ts'
import { scoreOfAccount } from '../../db/duties/score.ts'
import { closeGathering } from '../../db/gatherings/close.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import { orderOfCommittee } from '../../db/scoreboard/order.ts'
import { openFile } from '../../db/store/file.ts'
import { addPeriods, halfOf, periodMonths, yearOf } from '../../src/calendar.ts'
import { bulk } from '../../src/generate/bulk.ts'
import { generate } from '../../src/generate/unit.ts'
import { floorSql, prepareFloor } from './recompute-floor.ts'

export interface Spent {
  ms: number
  cpu: number
}

/** Measures one size in a process of its own, whose memory is its own. The parent receives the result. */
export interface Found {
  branches: number
  gatherings: number
  generatedMs: number
  ours: Spent[]
  floor: Spent[]
  duties: number
  mean: number
  peakMb: number
  order: number[]
  closes: { plain: number[]; credited: number[] } | null
}

const QUARTER = '2026Q4'
/** The engine's compiler is through by then, as it is in a bot that has run for a while. */
const WARM_UP_MS = 3_000
const UNTIL = new Date('2026-12-31T18:00:00+08:00')

async function main([path = '', size = '1', rounds = '5', whole = 'no']: string[]) {
  const branches = Number(size)
  const store = await openFile(`file:${path}`, UNTIL)
  const { db, client } = store
  const began = performance.now()
  const made = await generate(db, { seed: 1, branches, until: UNTIL, isWhole: whole === 'whole' })
  const generatedMs = performance.now() - began
  const committees = (await allCommittees(db)).map(({ id }) => id)
  const found: Found = {
    branches,
    gatherings: made.gatherings,
    generatedMs,
    ours: [],
    floor: [],
    duties: 0,
    mean: 0,
    peakMb: 0,
    order: [],
    closes: null,
  }
  // The product is measured on its own indexes, before the floor gets its.
  for (const warm = performance.now(); performance.now() - warm < WARM_UP_MS; ) await recompute(db, committees)
  for (let round = 0; round < Number(rounds); round++) {
    const { took, ...counts } = await recompute(db, committees)
    found.ours.push(took)
    Object.assign(found, counts)
  }
  for (let read = 0; read < 30; read++)
    found.order.push(await timed(() => orderOfCommittee(db, made.committees[read % made.committees.length] ?? '', QUARTER, UNTIL)))
  if (branches < 1_000 && whole === 'whole') found.closes = await closes(db)
  found.peakMb = process.resourceUsage().maxRSS / 1024
  await prepareFloor(client)
  const floor = floorSql(QUARTER, [
    ...periodMonths(QUARTER),
    QUARTER,
    halfOf(QUARTER),
    addPeriods(halfOf(QUARTER), -1),
    yearOf(QUARTER),
    addPeriods(yearOf(QUARTER), -1),
  ])
  for (let round = 0; round < Number(rounds); round++) found.floor.push(await spent(() => client.execute(floor)))
  store.close()
  process.send?.(found)
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** Beside the time on the wall, what the processor spent: that is the same when others work on the machine. */
async function spent(work: () => Promise<unknown>): Promise<Spent> {
  const before = process.cpuUsage()
  const ms = await timed(work)
  const { user, system } = process.cpuUsage(before)
  return { ms, cpu: (user + system) / 1000 }
}

/** Every branch of every committee; nothing is kept but its sum. */
async function recompute(db: Db, committees: readonly string[]) {
  let [count, duties, sum] = [0, 0, 0]
  const took = await spent(async () => {
    for (const committee of committees) {
      const [own] = await lookUp(db, [branchesOf(db, committee)])
      for (const account of await accountsIn(db, own, [QUARTER], UNTIL)) {
        count++
        duties += account.duties.length
        sum += scoreOfAccount(account).tenths ?? 0
      }
    }
  })
  return { took, duties, mean: sum / count }
}

const CLOSES = 200

/** The deed as it is, and the same deed with the statements of the tally left out of its batch. */
async function closes(db: Db): Promise<Found['closes']> {
  const plain = Object.assign(Object.create(db), {
    gate: {
      ...db.gate,
      write: (statements: { sql: string }[]) => db.gate.write(statements.filter(({ sql }) => !/"credits"/.test(sql)) as never),
    },
  }) as Db
  const found = { plain: [] as number[], credited: [] as number[] }
  for (let nth = 0; nth < 2 * CLOSES; nth++) {
    const gathering = await opened(db, nth)
    const [[host]] = await lookUp(db, [memberById(db, 'g1', 'g1-b1-m1')])
    if (!host) throw new Error('nobody is host')
    const isPlain = nth % 2 === 0
    found[isPlain ? 'plain' : 'credited'].push(await timed(() => closeGathering(isPlain ? plain : db, gathering, host, UNTIL)))
  }
  return found
}

async function opened(db: Db, nth: number): Promise<GatheringAsItStands> {
  const id = `close-${nth}`
  const at = UNTIL.getTime() - 3_600_000
  await together(db, [
    ...bulk(
      'gatherings',
      ['id', 'branch', 'kind', 'place', 'starts_at', 'ends_at', 'called_by', 'called_at'],
      [[id, 'g1-b1', 'general', '', at, at + 3_000_000, 'g1-b1-m1', at]],
    ),
    ...bulk('gathering_branches', ['gathering', 'branch'], [[id, 'g1-b1']]),
    ...bulk('agenda_items', ['gathering', 'position', 'words', 'tags', 'held_at'], [[id, 1, '', '["report","study","integrity"]', at]]),
    {
      sql: "insert into arrivals (gathering, member, punctuality, at, way, by) select ?, id, 'on time', ?, 'press', id from members where branch = 'g1-b1' and stage in ('full', 'probationer')",
      args: [id, at],
      map: () => undefined,
    },
  ])
  const [gathering] = await lookUp(db, [gatheringAsItStands(db, id)])
  if (!gathering) throw new Error('no gathering')
  return gathering
}

await main(argv.slice(2))
