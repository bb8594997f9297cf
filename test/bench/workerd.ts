import { loadavg } from 'node:os'
import type { Client } from '@libsql/client'
import { addMinutes } from '../../src/calendar.ts'
import type { Feishu } from '../../src/playground/feishu/feishu.ts'
import { workerHost } from '../harness/worker.ts'
import { row } from './report.ts'

/** A paid plan’s limit of one invocation. */
const MOST = 1_000
const IDLE_TURNS = 5
const MOST_TURNS = 120

interface Unit {
  databaseUrl: string
  client: Client
  tripMs: number
}

/** Processes that want a core, as a mean of the last minute. The load of the machine is said beside each figure. */
export const load = () => `load ${loadavg()[0]?.toFixed(1)}`

/**
 * The bundled Worker in workerd, its cron called once a minute. Only the idle rest of a minute is skipped. Within an invocation the clock, the
 * waits and the platform’s limits are real.
 */
async function openEdge({ databaseUrl, client, tripMs }: Unit) {
  let began = 0
  /** The milliseconds from the cron to the end of each job. */
  const finished = new Map<string, number>()
  const errors: string[] = []
  const total = { invocations: 0, requests: 0, most: 0, over: 0, slowestMs: 0, jobless: 0 }
  const host = await workerHost({
    databaseUrl,
    limit: { requests: MOST, tripMs },
    log(line) {
      const { level, at, job, cutOff, error } = JSON.parse(line) as Record<string, string>
      // The outbox had all of the turn, and its jobs never began.
      if (at === 'tick' && (cutOff ?? error) === 'CutOff') total.jobless++
      else if (level === 'error') errors.push(line)
      else if (at === 'job' && job && !cutOff) finished.set(job, performance.now() - began)
    },
  })
  await meetAll(host.feishu, client)
  const { feishu } = host

  async function invoke(at: Date) {
    if (total.invocations === MOST_TURNS) throw new Error(`not done in ${MOST_TURNS} minutes`)
    host.forward(Math.max(0, at.getTime() - host.now().getTime()))
    began = performance.now()
    await host.turn()
    const ms = performance.now() - began
    if (errors.length > 0) throw new Error(errors.join('\n'))
    const { spent, refused } = await host.spent()
    total.invocations++
    total.requests += spent
    total.most = Math.max(total.most, spent)
    total.over += refused
    total.slowestMs = Math.max(total.slowestMs, ms)
    return { ms, spent }
  }

  return {
    feishu,
    total,
    invoke,
    stop: host.stop,

    /** Minute after minute until a job is done: the time at work, without the idle rest of each minute. */
    async work(job: string, from: Date) {
      let [ms, requests] = [0, 0]
      for (let nth = 0; ; nth++) {
        const invocation = await invoke(addMinutes(from, nth))
        requests += invocation.spent
        const last = finished.get(job)
        ms += last ?? invocation.ms
        if (last !== undefined) return { ms, requests, invocations: nth + 1 }
      }
    },
  }
}

/** The platform knows everybody, and the bot stands in each chat. */
async function meetAll(feishu: Feishu, client: Client) {
  const column = async (sql: string) => (await client.execute(sql)).rows.map(({ id }) => String(id))
  for (const openId of await column('select open_id as id from members where open_id is not null')) feishu.addPerson(openId, { openId })
  for (const chatId of await column('select chat_id as id from chats')) feishu.addChat(chatId, [], { chatId }).hasBot = true
}

/** The only row of a query, as numbers. */
async function one(client: Client, sql: string, args: number[] = []): Promise<Record<string, number>> {
  const { rows } = await client.execute({ sql, args })
  return Object.fromEntries(Object.entries(rows[0] ?? {}).map(([name, value]) => [name, Number(value)]))
}

async function isWaiting(client: Client, at: Date): Promise<boolean> {
  const { many = 0 } = await one(client, "select count(*) as many from outbox where state = 'waiting' and due_at <= ?", [at.getTime()])
  return many > 0
}

function told({ messages, log }: Feishu) {
  const ours = messages.filter(({ sender }) => sender.kind === 'app')
  return {
    sent: ours.length,
    people: new Set(ours.map(({ chatId }) => chatId)).size,
    last: Math.max(...ours.map(({ createdAt }) => createdAt.getTime())),
    refused: log.filter(({ to, code, status }) => to === 'feishu' && (status === 429 || code === 230020 || code === 99991400)).length,
  }
}

const DIGESTS_SENT = `select count(*) as "all", sum(state = 'sent') as many, max(sent_at) as last from outbox where view = 'digest'`

const said = (what: string, ...cells: (string | number)[]) => console.log(row('workerd', what.padStart(26), ...cells, load()))
const took = (ms: number) => (ms < 100 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`)
const minutes = (ms: number) => `${(ms / 60_000).toFixed(1)} min`

/** The first morning of a quarter. The digests are spread over twenty minutes, as they always are. */
export async function morningInWorkerd(
  unit: Unit,
  { digestsAt, scoresAt, isLarge }: { digestsAt: Date; scoresAt: Date; isLarge: boolean },
) {
  const edge = await openEdge(unit)
  try {
    const idle = []
    for (let nth = -IDLE_TURNS; nth < 0; nth++) idle.push(await edge.invoke(addMinutes(digestsAt, nth)))
    const [middle] = idle.toSorted((a, b) => a.ms - b.ms).slice(Math.floor(IDLE_TURNS / 2))
    said('idle turn', took(middle?.ms ?? Number.NaN), `${middle?.spent} requests`, '2 trips')

    const digests = await edge.work('send-digests', digestsAt)
    said('first digests', took(digests.ms), `${digests.requests} requests`, isLarge ? '<= 25 s' : '', `${digests.invocations} turns`)
    for (let at = addMinutes(digestsAt, digests.invocations); at < scoresAt; at = addMinutes(at, 1)) await edge.invoke(at)
    const { all, many, last = Number.NaN } = await one(unit.client, DIGESTS_SENT)
    const { refused } = told(edge.feishu)
    said(
      'the last one sent',
      minutes(last - digestsAt.getTime()),
      `<= ${edge.total.most} a turn`,
      '',
      `${many} of ${all}`,
      `${refused} refused`,
    )

    const scores = await edge.work('post-scores', scoresAt)
    const goal = isLarge ? '<= 15 s, 500' : '<= 5 s'
    said('post-scores', took(scores.ms), `${scores.requests} requests`, goal, `${scores.invocations} turns`)
    const { slowestMs, most, over, jobless } = edge.total
    said('in all', `<= ${took(slowestMs)}`, `<= ${most} a turn`, `${MOST} a turn`, `${over} beyond`, `${jobless} jobless`)
  } finally {
    await edge.stop()
  }
}

/** That many digests, all due at once and each to another person. */
export async function digestsInWorkerd(unit: Unit, many: number, from: Date) {
  const edge = await openEdge(unit)
  try {
    for (let at = from; await isWaiting(unit.client, at); at = addMinutes(at, 1)) await edge.invoke(at)
    const { sent, people, last, refused } = told(edge.feishu)
    const { invocations, requests, most, over, slowestMs } = edge.total
    if (sent !== many || people !== many) throw new Error(`${many} digests, but ${sent} sent to ${people} people`)
    said(`${many} digests at once`, minutes(last - from.getTime()), `<= ${most} a turn`, '<= 15 min', `${invocations} turns`)
    said('', `<= ${took(slowestMs)}`, `${(requests / many).toFixed(2)} each`, '<= 1.5 each', `${refused} refused`, `${over} beyond`)
  } finally {
    await edge.stop()
  }
}
