import type { Assist } from './context.ts'

interface AssistDeps {
  url: string
  key?: string | undefined
  model: string
  fetch: typeof fetch
  /** Calls back after `ms`; the function it returns calls that off. */
  wait(ms: number, then: () => void): () => void
  log(event: Record<string, unknown>): void
}

/** The platform gives up after three seconds, and an answer needs some of them. */
const LONGEST_MS = 2_000
const LONGEST_ANSWER = 16 * 1024

const task = `You map one sentence, said to a bot for the work of Party branches, to one command of the list.
Names and numbers are masked, such as 〔人A〕 and 〔数B〕; keep each mask as it stands.
Answer with JSON alone: {"command": "<name>", "rest": "<words of the sentence that the command takes, or empty>"}, or {"command": ""} if none fits.`

/**
 * Asks an OpenAI-compatible model which command is meant. It gets masked words and the commands, and has two seconds. A failure is logged
 * by its kind, never with words or the key, and answers nothing.
 */
export function createAssist({ url, key, model, fetch, wait, log }: AssistDeps): Assist {
  const address = `${url.replace(/\/+$/, '')}/chat/completions`
  return async (words, commands) => {
    const gone = new AbortController()
    let callOff = () => {}
    const late = new Promise<Outcome>((resolve) => {
      callOff = wait(LONGEST_MS, () => resolve({ failed: 'late' }))
    })
    const list = commands.map(({ name, zh, summary, usage }) => `${name} (${zh}): ${summary.en}. ${usage.en}`).join('\n')
    const messages = [
      { role: 'system', content: `${task}\n\n${list}` },
      { role: 'user', content: words },
    ]
    const asked: Promise<Outcome> = fetch(address, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
      body: JSON.stringify({ model, messages, temperature: 0, max_tokens: 120 }),
      signal: gone.signal,
    }).then(answerIn, () => ({ failed: 'unreachable' }))
    const outcome = await Promise.race([asked, late])
    callOff()
    gone.abort()
    if ('answer' in outcome) return outcome.answer
    log({ level: 'warn', at: 'assist', outcome: outcome.failed })
    return null
  }
}

type Outcome = { answer: string } | { failed: string }

async function answerIn(response: Response): Promise<Outcome> {
  if (response.status !== 200) return { failed: `status ${response.status}` }
  try {
    const text = await textOf(response)
    if (text === null) return { failed: 'too long' }
    const content: unknown = JSON.parse(text)?.choices?.[0]?.message?.content
    return typeof content === 'string' ? { answer: content } : { failed: 'unreadable' }
  } catch {
    return { failed: 'unreadable' }
  }
}

/** Reads so far and no further: a stranger’s answer may never end. */
async function textOf({ body }: Response): Promise<string | null> {
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const piece of body ?? []) {
    size += piece.byteLength
    if (size > LONGEST_ANSWER) return null
    text += decoder.decode(piece, { stream: true })
  }
  return text + decoder.decode()
}
