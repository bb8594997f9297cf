import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { env, freePort, serveFeishu } from '../harness/host.ts'
import { type Bot, build, end, pause, spawnBot, startBot } from './bot.ts'
import { type Chance, chanceFrom } from './chance.ts'
import { copyOf, withOpened } from './copy.ts'
import { type Crowd, createCrowd } from './crowd.ts'
import { isQuiet, judgeChats, judgeFile, type SpokenVerdict, type Verdict } from './judge.ts'
import { fillFile } from './rosters.ts'

export interface Plan {
  kills: number
  /** Copies of the files while presses are under way, each opened and judged. */
  copies: number
  seed: number
}

export interface Report extends Verdict, SpokenVerdict {
  kills: number
  presses: number
  sent: number
  resent: number
  odd: string[]
  copies: number
  badCopies: number
  /** From the last press until nothing waited any more. */
  quietAfterSeconds: number
  ended: number | string | null
}

const PRESSES_A_KILL = 25
const PEOPLE = 50
const GATHERINGS_EACH = 5
const IN_FLIGHT = 16
/** So many of the kills come while the process is still starting. */
const WHILE_STARTING = 0.15
const QUIET_WITHIN_MS = 120_000

/** Kills the process that `npm start` makes again and again while people press, and judges what is left. */
export async function crash({ kills, copies, seed }: Plan): Promise<Report> {
  const built = build()
  const chance = chanceFrom(seed)
  const folder = mkdtempSync(join(tmpdir(), 'zhibu-crash-'))
  const path = join(folder, 'zhibu.db')
  const size = { people: PEOPLE, gatheringsEach: GATHERINGS_EACH, cards: 'waiting' as const }
  const branches = Math.ceil((kills * PRESSES_A_KILL) / (PEOPLE * GATHERINGS_EACH))
  const rosters = await fillFile(path, { branches, ...size }, new Date())
  const port = await freePort()
  const side = await serveFeishu(() => `http://127.0.0.1:${port}`)
  for (const { chatId, people } of rosters.chats) {
    for (const openId of people) side.feishu.addPerson(openId, { openId })
    side.feishu.addChat(chatId, people, { chatId }).hasBot = true
  }
  const crowd = createCrowd(rosters.expected, chance)
  const home = { path, folder, env: env(side.url, `file:${path}`, port), crowd, chance }
  try {
    const badCopies = await liveAndDie(home, momentsOf(kills, copies, crowd.all.length, chance))
    const last = await lastLife(home)
    const spoken = await withOpened(path, async (store) => ({
      ...(await judgeFile(store, crowd.all)),
      ...(await judgeChats(store, side.feishu, rosters.gatherings, new Date())),
    }))
    return { kills, presses: crowd.all.length, ...crowd.tally, copies, badCopies, ...last, ...spoken }
  } finally {
    await side.close()
    built.takeAway()
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Home {
  path: string
  folder: string
  env: ReturnType<typeof env>
  crowd: Crowd
  chance: Chance
}

interface Moment {
  what: 'kill' | 'copy'
  /** When so many presses have been acknowledged. */
  after: number
}

function momentsOf(kills: number, copies: number, presses: number, chance: Chance): Moment[] {
  const some = (what: Moment['what'], many: number) => Array.from({ length: many }, () => ({ what, after: chance.below(presses) }))
  return [...some('kill', kills), ...some('copy', copies)].sort((a, b) => a.after - b.after)
}

/** Life after life until each moment has come; answers how many copies were not good. */
async function liveAndDie(home: Home, moments: Moment[]): Promise<number> {
  let badCopies = 0
  while (moments.some(({ what }) => what === 'kill')) {
    if (moments[0]?.what === 'kill' && home.chance.happens(WHILE_STARTING)) {
      moments.shift()
      await killWhileStarting(home)
      continue
    }
    const bot = await startBot(home.env)
    try {
      badCopies += await pressing(home, bot, (stop) => untilKilled(home, bot, moments, stop))
    } finally {
      await end(bot.process, 'SIGKILL')
    }
  }
  return badCopies
}

async function killWhileStarting({ env: settings, chance }: Home) {
  const child = spawnBot(settings)
  await pause(chance.below(400))
  await end(child, 'SIGKILL')
}

/** People press while something else goes on; what is under way when they are stopped stays under way. */
async function pressing<T>({ crowd }: Home, { url }: Bot, meanwhile: (stop: () => void) => Promise<T>): Promise<T> {
  let isOver = false
  const stop = () => {
    isOver = true
  }
  const people = Array.from({ length: IN_FLIGHT }, async () => {
    while (!isOver && !crowd.isDone()) await crowd.pressNext(url).then(() => pause(0))
  })
  try {
    return await meanwhile(stop)
  } finally {
    stop()
    await Promise.all(people)
  }
}

async function untilKilled(home: Home, { process: child }: Bot, moments: Moment[], stop: () => void): Promise<number> {
  let badCopies = 0
  for (let moment = moments.shift(); moment; moment = moments.shift()) {
    while (home.crowd.acknowledged() < moment.after) await pause(0)
    await pause(home.chance.below(4))
    if (moment.what === 'kill') {
      stop()
      await end(child, 'SIGKILL')
      return badCopies
    }
    if (!(await isGoodCopy(home, child))) badCopies++
  }
  return badCopies
}

async function isGoodCopy({ path, folder, crowd }: Home, { pid }: ChildProcess): Promise<boolean> {
  const before = crowd.all.filter(({ acknowledged }) => acknowledged)
  const copy = join(folder, `copy-${before.length}.db`)
  await copyOf(path, pid ?? 0, copy)
  return withOpened(copy, async (store) => {
    const { lost, doubled, integrity } = await judgeFile(store, before)
    return lost === 0 && doubled === 0 && integrity === 'ok'
  })
}

/** Whoever is left presses, the outbox runs dry, and the process is stopped as an administrator would. */
async function lastLife(home: Home): Promise<Pick<Report, 'quietAfterSeconds' | 'ended'>> {
  const bot = await startBot(home.env)
  try {
    await pressing(home, bot, async () => {
      while (!home.crowd.isDone()) await pause(5)
    })
    const began = performance.now()
    while (performance.now() - began < QUIET_WITHIN_MS && !(await hasRunDry(home, bot))) await pause(500)
    const quietAfterSeconds = (performance.now() - began) / 1000
    return { quietAfterSeconds, ended: await end(bot.process, 'SIGTERM') }
  } finally {
    await end(bot.process, 'SIGKILL')
  }
}

/** The file itself is the bot's alone, so a copy is asked. */
async function hasRunDry({ path, folder, crowd }: Home, { process: { pid }, url }: Bot): Promise<boolean> {
  await crowd.nudge(url)
  const copy = join(folder, 'quiet.db')
  await copyOf(path, pid ?? 0, copy)
  return withOpened(copy, isQuiet)
}
