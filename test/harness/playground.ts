import { expect } from 'vitest'
import { startPlayground } from '../../src/playground/start.ts'
import type { ShownMessage, State } from '../../src/playground/state.ts'
import { freePort } from './host.ts'

/** The playground as `npm start` makes it, met as its page meets it. */
export async function aPlayground() {
  const port = await freePort()
  const running = await startPlayground({ PORT: String(port) }, () => {})
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
