import type { Client } from '@libsql/client'
import type { Db } from '../../db/client.ts'
import { plant, seedFile } from '../../db/roster/seeding.ts'
import { DAY_MS, type Day, moment } from '../../src/calendar.ts'
import { readConfig } from '../../src/config.ts'
import { chanceOf } from '../../src/generate/chance.ts'
import { hostOf } from '../../src/host.ts'
import { sampleCast, sampleSeed } from '../../src/playground/cast/sample.ts'
import { createFeishu, type Message } from '../../src/playground/feishu/feishu.ts'
import { env, keys } from '../harness/host.ts'

const TENANT = 'playground'
const WATCHDOG_MS = 2_500

interface Pressed {
  form?: Record<string, unknown>
}

/**
 * The sample unit stands behind its real door, in one process. Events come sealed and signed, and answers go out by the Open API. Time goes
 * on only as it is told.
 */
export async function aWorld({ db, client, start }: { db: Db; client: Client; start: Date }) {
  let now = start.getTime()
  const clock = () => new Date(now)
  const [chance, random] = [bytesOf(11), bytesOf(12)]
  const behind = new Set<Promise<unknown>>()
  const errors: string[] = []
  const feishu = createFeishu({
    ...keys,
    clock,
    tenantKey: TENANT,
    random: () => Buffer.from(random(4)).readUInt32BE() / 2 ** 32,
    webhook: async (request) => host.app.fetch(request),
  })
  const host = hostOf(readConfig({ ...env('http://feishu', ':memory:', 8787), DATA_KEY: Buffer.alloc(32, 'year').toString('base64') }), {
    db,
    fetch: ((input: string | URL | Request, init?: RequestInit) => feishu.fetch(input, init)) as typeof fetch,
    clock,
    random: chance,
    // The watchdog of a press is the machine's; whatever waits for the hour waits on this clock.
    wait(ms, then) {
      if (ms === WATCHDOG_MS) {
        const timer = setTimeout(then, ms)
        return () => clearTimeout(timer)
      }
      const turn = setImmediate(() => {
        now += ms
        then()
      })
      return () => clearImmediate(turn)
    },
    after(work) {
      const settled: Promise<unknown> = work.catch((error) => errors.push(String(error))).finally(() => behind.delete(settled))
      behind.add(settled)
    },
    log: (event) => event.level === 'error' && errors.push(JSON.stringify(event)),
    gatherMs: 0,
  })
  const cast = sampleCast('', { isPlain: true })
  for (const { name, openId } of cast.people) feishu.addPerson(name, { openId })
  for (const { name, chatId, members, hasBot } of cast.groups) feishu.addChat(name, members, { chatId }).hasBot = hasBot ?? false
  await plant(db, seedFile.parse(sampleSeed(TENANT, { isPlain: true })), start)

  const openIds = new Map(cast.people.map(({ name, openId }) => [name, openId]))
  const ou = (name: string) => openIds.get(name) ?? name
  const dm = (name: string) => feishu.dm(ou(name))

  async function settled() {
    while (behind.size > 0) await Promise.all(behind)
  }

  const unasked: Message[] = []
  const posted = new Map<string, Message[]>()
  let indexed = 0
  /** The bot's messages in a chat, the latest last. */
  function cardsIn(chat: string): readonly Message[] {
    for (; indexed < feishu.messages.length; indexed++) {
      const message = feishu.messages[indexed]
      if (message?.sender.kind === 'app') posted.set(message.chatId, [...(posted.get(message.chatId) ?? []), message])
    }
    return posted.get(chat) ?? []
  }

  /** The latest card with a button that is not too old to be pressed. */
  function latest(chat: string, press: string): Message | undefined {
    const wanted = `"press":"${press}"`
    for (const card of cardsIn(chat).toReversed()) {
      if (now - card.createdAt.getTime() >= 14 * DAY_MS) return undefined
      if (written(card).includes(wanted)) return card
    }
    return undefined
  }

  return {
    client,
    db,
    feishu,
    cast,
    errors,
    ou,
    dm,
    clock,
    cardsIn,
    latest,
    nameOf: (openId: string) => cast.people.find((one) => one.openId === openId)?.name ?? openId,
    /** Time never goes back: what is said in one minute is said one after the other. */
    at(on: Day, time: string) {
      now = Math.max(now + 1, moment(on, time).getTime())
    },
    async turn() {
      const before = feishu.messages.length
      await host.turn()
      await settled()
      unasked.push(...feishu.messages.slice(before))
    },
    /** Messages by the clock alone, not in answer to a deed. */
    unasked: () => unasked,
    async says(name: string, chat: string, words: string) {
      const { status } = await feishu.say(ou(name), chat, words)
      if (status !== 200) throw new Error(`${name} said “${words}” and was answered ${status}: ${errors.at(-1)}`)
      await settled()
    },
    /** Presses a button of the latest card in a chat that has it; false when none has. */
    async presses(name: string, chat: string, press: string, filled: Pressed = {}, more: Record<string, unknown> = {}) {
      const card = latest(chat, press)
      if (!card) return false
      await this.pressesOn(name, card, { press, ...more }, filled)
      return true
    },
    async pressesOn(name: string, card: Message, which: Record<string, unknown>, filled: Pressed = {}) {
      const { status, error, body } = await feishu.press(ou(name), card.id, which, filled)
      if (status !== 200 || error)
        throw new Error(`${name} pressed ${JSON.stringify(which)}: ${status} ${error} ${JSON.stringify(body)} ${errors.at(-1)}`)
      await settled()
      return feishu.toasts.at(-1)
    },
    settled,
  }
}

const texts = new WeakMap<object, string>()
function written({ content }: Message): string {
  const text = texts.get(content as object) ?? JSON.stringify(content)
  texts.set(content as object, text)
  return text
}

function bytesOf(seed: number) {
  const chance = chanceOf(seed)
  return (count: number) => Uint8Array.from({ length: count }, () => chance.whole(0, 255))
}

export type World = Awaited<ReturnType<typeof aWorld>>
