import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from '../../db/store/file.ts'
import type { Feishu } from '../../src/playground/feishu/feishu.ts'
import { env, freePort, serveFeishu } from '../harness/host.ts'
import { type Bot, end, pause, spawnBot, startBot } from './bot.ts'
import { type Chance, chanceFrom } from './chance.ts'
import { copyOf, withOpened } from './copy.ts'
import { type Crowd, createCrowd, type Kind, type Pressing } from './crowd.ts'
import { isQuiet, judgeChats, judgeFile, type SpokenVerdict, type Verdict } from './judge.ts'
import { checkInOf, wireOf } from './press.ts'
import { type Expected, fillFile } from './rosters.ts'

export interface Plan {
  kills: number
  /** Copies of the files while presses are under way, each opened and judged. */
  copies: number
  seed: number
}

/** The subject of the presses, and the judgement of the outcome. */
export interface Matter<E> extends Kind<E> {
  /** The file before the bot first starts; so many presses are wanted. */
  fill(path: string, presses: number): Promise<{ chats: { chatId: string; people: string[] }[]; expected: E[] }>
  judgeFile(store: Store, pressings: readonly Pressing<E>[]): Promise<Verdict>
  /** When nothing goes on any more. */
  judgeEnd(store: Store, feishu: Feishu): Promise<SpokenVerdict>
  isQuiet(store: Store): Promise<boolean>
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

/** Check-ins to gatherings. */
export function checkIns(): Matter<Expected> {
  let gatherings: string[] = []
  return {
    async fill(path, presses) {
      const branches = Math.ceil(presses / (PEOPLE * GATHERINGS_EACH))
      const rosters = await fillFile(path, { branches, people: PEOPLE, gatheringsEach: GATHERINGS_EACH, cards: 'waiting' }, new Date())
      gatherings = rosters.gatherings
      return rosters
    },
    press: (one, eventId, atMs) => wireOf(checkInOf(one), eventId, atMs),
    nameOf: ({ gathering, member }) => `${gathering} ${member}`,
    isNew: (answer) => answer.includes('签到成功'),
    isKnown: (answer) => /你已签到|已经记录|你已经签到/.test(answer),
    judgeFile,
    judgeEnd: (store, feishu) => judgeChats(store, feishu, gatherings, new Date()),
    isQuiet,
  }
}

const IN_FLIGHT = 16

/** The share of kills that come while the process is still starting. */
const WHILE_STARTING = 0.15
const QUIET_WITHIN_MS = 120_000

/** Kills the built process of `npm start` again and again while people press, and judges what is left. */
export async function crash<E>({ kills, copies, seed }: Plan, matter: Matter<E>): Promise<Report> {
  const chance = chanceFrom(seed)
  const folder = mkdtempSync(join(tmpdir(), 'zhibu-crash-'))
  const path = join(folder, 'zhibu.db')
  const { chats, expected } = await matter.fill(path, kills * PRESSES_A_KILL)
  const port = await freePort()
  const side = await serveFeishu(() => `http://127.0.0.1:${port}`)
  for (const { chatId, people } of chats) {
    for (const openId of people) side.feishu.addPerson(openId, { openId })
    side.feishu.addChat(chatId, people, { chatId }).hasBot = true
  }
  const crowd = createCrowd(expected, matter, chance)
  const home: Home<E> = { matter, path, folder, env: env(side.url, `file:${path}`, port), crowd, chance }
  try {
    const badCopies = await liveAndDie(home, momentsOf(kills, copies, crowd.all.length, chance))
    const last = await lastLife(home)
    const spoken = await withOpened(path, async (store) => ({
      ...(await matter.judgeFile(store, crowd.all)),
      ...(await matter.judgeEnd(store, side.feishu)),
    }))
    return { kills, presses: crowd.all.length, ...crowd.tally, copies, badCopies, ...last, ...spoken }
  } finally {
    await side.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Home<E> {
  matter: Matter<E>
  path: string
  folder: string
  env: ReturnType<typeof env>
  crowd: Crowd<E>
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
async function liveAndDie<E>(home: Home<E>, moments: Moment[]): Promise<number> {
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

async function killWhileStarting<E>({ env: settings, chance }: Home<E>) {
  const child = spawnBot(settings)
  await pause(chance.below(400))
  await end(child, 'SIGKILL')
}

/** People press while something else goes on; what is under way when they are stopped stays under way. */
async function pressing<E, T>({ crowd }: Home<E>, { url }: Bot, meanwhile: (stop: () => void) => Promise<T>): Promise<T> {
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

async function untilKilled<E>(home: Home<E>, { process: child }: Bot, moments: Moment[], stop: () => void): Promise<number> {
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

async function isGoodCopy<E>({ matter, path, folder, crowd }: Home<E>, { pid }: ChildProcess): Promise<boolean> {
  const before = crowd.all.filter(({ acknowledged }) => acknowledged)
  const copy = join(folder, `copy-${before.length}.db`)
  await copyOf(path, pid ?? 0, copy)
  return withOpened(copy, async (store) => {
    const { lost, doubled, integrity } = await matter.judgeFile(store, before)
    return lost === 0 && doubled === 0 && integrity === 'ok'
  })
}

/** The rest of the crowd presses, the outbox runs dry, and the process is stopped as an administrator stops it. */
async function lastLife<E>(home: Home<E>): Promise<Pick<Report, 'quietAfterSeconds' | 'ended'>> {
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
async function hasRunDry<E>({ matter, path, folder, crowd }: Home<E>, { process: { pid }, url }: Bot): Promise<boolean> {
  await crowd.nudge(url)
  const copy = join(folder, 'quiet.db')
  await copyOf(path, pid ?? 0, copy)
  return withOpened(copy, matter.isQuiet)
}
