import { expect } from 'vitest'
import { startPlayground } from '../../src/playground/start.ts'
import type { ShownMessage, State } from '../../src/playground/state.ts'
import { freePort } from './host.ts'

/** The worlds of most tests begin here, on a Monday. Their sample unit is made once in a process, then copied. */
const from = new Date('2026-10-12T09:00:00+08:00')
const made = new Map<number, Uint8Array>()

/** The playground as `npm start` makes it, met as its page meets it. `{}` lets it begin in the present. */
export async function aPlayground({ env, ...given }: { from?: Date; env?: Record<string, string> } = { from }) {
  const begins = env ? { from, ...given } : given
  const port = await freePort()
  const running = await startPlayground({ PORT: String(port), ...env }, () => {}, { ...begins, made })
  const base = `http://localhost:${port}/playground/`
  const ask = async <T>(path: string): Promise<T> => (await fetch(base + path)).json() as Promise<T>
  const stateOf = (...chats: string[]) => ask<State>(`state?views=${chats.map((chat) => `x@${chat}`).join(',')}`)

  async function post<T = unknown>(path: string, body: object): Promise<T> {
    const response = await fetch(base + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const answer = (await response.json()) as T
    expect([response.status, answer]).toEqual([200, answer])
    return answer
  }
  /** The last card with these words in a chat. */
  const cardIn = async (chat: string, words: string): Promise<ShownMessage | undefined> =>
    (await stateOf(chat)).messages[chat]?.findLast(
      ({ type, content }: ShownMessage) => type === 'interactive' && JSON.stringify(content).includes(words),
    )

  return { url: `http://localhost:${port}/`, ask, post, stateOf, cardIn, stop: () => running.stop() }
}
