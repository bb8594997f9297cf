import { expect, test } from 'vitest'
import { type Received, readEvent } from '../../src/feishu/door/events.ts'
import { aPress, arrives, envelope, nowSeconds, sealed, secrets, signed, someWords, unsigned, type Wire } from '../harness/door.ts'

/** Mulberry32: the same numbers after the same seed, so that a failure can be had again. */
function dice(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (most: number) => Math.floor(next() * most)
  return { below, oneOf: <T>(choices: readonly T[]): T => choices[below(choices.length)] as T }
}
type Dice = ReturnType<typeof dice>

const bytes = (text: string) => new TextEncoder().encode(text)
const textOf = (wire: Wire) => new TextDecoder().decode(wire.body)

/** Everything that was not as it should have been, with the seed that brings it back. */
function failures(seeds: number, attempt: (seed: number) => string | undefined): string[] {
  return Array.from({ length: seeds }, (_, seed) => {
    const wrong = attempt(seed)
    return wrong === undefined ? [] : [`seed ${seed}: ${wrong}`]
  }).flat()
}

const TIMESTAMP = 'x-lark-request-timestamp'
const NONCE = 'x-lark-request-nonce'
const SIGNATURE = 'x-lark-signature'

/** Written so that no other writer of JSON would write it again. */
const spaced = (wire: Wire) => signed(bytes(textOf(wire).replace('":"', '" : "').replaceAll('/', '\\/')))
const genuine = [
  sealed(JSON.stringify(envelope('im.message.receive_v1', someWords()))),
  sealed(JSON.stringify(envelope('card.action.trigger', aPress()))),
  spaced(sealed(JSON.stringify(envelope('card.action.trigger', aPress())))),
]

const header = ({ headers }: Wire, name: string) => headers.get(name) ?? ''
const withHeader = ({ body, headers }: Wire, name: string, value: string): Wire => ({ body, headers: new Map([...headers, [name, value]]) })
const without = ({ body, headers }: Wire, gone: readonly string[]): Wire => ({
  body,
  headers: new Map([...headers].filter(([name]) => !gone.includes(name))),
})

function flippedBody({ body, headers }: Wire, { below }: Dice): Wire {
  const flipped = body.slice()
  const at = below(flipped.length)
  flipped[at] = (flipped[at] ?? 0) ^ (1 << below(8))
  return { body: flipped, headers }
}

function flippedHeader(name: string) {
  return (wire: Wire, { below }: Dice): Wire => {
    const value = header(wire, name)
    const at = below(value.length)
    const flipped = String.fromCharCode(value.charCodeAt(at) ^ (1 << below(7)))
    return withHeader(wire, name, value.slice(0, at) + flipped + value.slice(at + 1))
  }
}

const forgeries: Record<string, (wire: Wire, dice: Dice) => Wire> = {
  'a bit of the body': flippedBody,
  'a bit of the signature': flippedHeader(SIGNATURE),
  'a bit of the timestamp': flippedHeader(TIMESTAMP),
  'a bit of the nonce': flippedHeader(NONCE),
  'headers missing': (wire, { oneOf }) =>
    without(wire, oneOf([[TIMESTAMP], [NONCE], [SIGNATURE], [TIMESTAMP, SIGNATURE], [TIMESTAMP, NONCE, SIGNATURE]])),
  'another key': (wire, { below }) => signed(wire.body, { key: `guess-${below(1e9)}` }),
  'written again': (_, { oneOf }) => {
    const wire = genuine[2] as Wire
    const written = JSON.stringify(JSON.parse(textOf(wire)), null, oneOf([0, 1, 2]))
    return { body: bytes(written), headers: wire.headers }
  },
  'cut short': ({ body, headers }, { below }) => ({ body: body.slice(0, below(body.length)), headers }),
  'something after it': ({ body, headers }, { oneOf }) => ({
    body: bytes(`${new TextDecoder().decode(body)}${oneOf([' ', '\n', '\0', '{}'])}`),
    headers,
  }),
  'another body under the signature': (wire, { oneOf }) => {
    const other = oneOf(genuine.filter(({ body }) => body !== wire.body))
    return { body: other.body, headers: wire.headers }
  },
  'a digit slid into the nonce': (wire) => {
    const timestamp = header(wire, TIMESTAMP)
    return withHeader(withHeader(wire, TIMESTAMP, timestamp.slice(0, 9)), NONCE, timestamp.slice(9) + header(wire, NONCE))
  },
  'a later timestamp': (wire, { below }) => withHeader(wire, TIMESTAMP, String(nowSeconds - 1 - below(300))),
  'a signature in capitals': (wire) => withHeader(wire, SIGNATURE, header(wire, SIGNATURE).toUpperCase()),
  'a signature of nothing': (wire, { oneOf }) =>
    withHeader(wire, SIGNATURE, oneOf(['', '0'.repeat(64), 'undefined', header(wire, SIGNATURE).slice(0, 63)])),
}

// T01: 10,000 forgeries: none accepted, no row
test('of ten thousand forgeries none is accepted', () => {
  for (const wire of genuine) expect(arrives(wire).outcome).toBe('delivery')

  const kinds = Object.keys(forgeries)
  const accepted = failures(10_000, (seed) => {
    const throws = dice(seed)
    const kind = kinds[seed % kinds.length] as string
    const received = arrives(forgeries[kind]?.(throws.oneOf(genuine), throws) as Wire)
    return received.outcome === 'refused' && received.status !== 413 ? undefined : `${kind} was ${received.outcome}`
  })
  expect(accepted).toEqual([])
})

/** JSON text rather than values: some of it no value could be written as. */
const hostile: ((dice: Dice) => string)[] = [
  () => 'null',
  () => 'true',
  () => '0',
  () => '-1e999',
  () => '1e999',
  ({ below }) => '9'.repeat(1 + below(2000)),
  () => '""',
  () => '[]',
  () => '{}',
  () => '[[[]]]',
  () => String.raw`"\ud800"`,
  () => String.raw`"签\udc00\ud83d到\u0000\u202e"`,
  () => String.raw`{"\ud800":"\udfff"}`,
  () => '{"__proto__":{"polluted":true}}',
  () => '{"constructor":{"prototype":{"polluted":true}}}',
  () => '{"toString":null,"valueOf":1,"hasOwnProperty":"x","length":-1,"then":{}}',
  () => '["__proto__","constructor"]',
  () => String.raw`"{\"text\":{\"__proto__\":{\"polluted\":true}}}"`,
  () => JSON.stringify(`${'['.repeat(10_000)}${']'.repeat(10_000)}`),
  () => JSON.stringify(String.raw`{"text":"\ud800@_all"}`),
  () => '"<at user_id=\\"all\\"></at>"',
  ({ below }) => nested(below(40)),
  () => nested(10_000),
  ({ below }) => `"${'签'.repeat(below(5_000))}"`,
]
/** Rare, for their size. */
const huge: ((dice: Dice) => string)[] = [
  () => nested(150_000),
  () => `[${'0,'.repeat(300_000)}0]`,
  () => `"${'a'.repeat(700_000)}"`,
  () => `"${'a'.repeat(1024 * 1024)}"`,
  () => `{${Array.from({ length: 40_000 }, (_, n) => `"k${n}":{}`).join(',')}}`,
]
const nested = (depth: number) => `${'{"a":['.repeat(depth / 2)}${']}'.repeat(depth / 2)}`

const templates = [
  envelope(
    'im.message.receive_v1',
    someWords('{"text":"@_user_1 签到"}', { mentions: [{ key: '@_user_1', id: { open_id: 'ou_2' }, name: '甲' }] }),
  ),
  envelope('im.message.receive_v1', someWords('{"content":[[{"tag":"text","text":"a"}]]}', { message_type: 'post' })),
  envelope(
    'card.action.trigger',
    aPress({ value: { press: 'x' }, form_value: { a: '1' }, option: 'a', options: ['a'], checked: true, input_value: '' }),
  ),
  envelope('im.chat.member.bot.added_v1', { chat_id: 'oc_1', operator_id: { open_id: 'ou_1' }, name: '群' }),
  envelope('im.chat.member.user.added_v1', { chat_id: 'oc_1', users: [{ name: '甲', user_id: { open_id: 'ou_1' } }] }),
  envelope('application.bot.menu_v6', { operator: { operator_id: { open_id: 'ou_1' } }, event_key: 'menu' }),
  envelope('im.something.new_v9', { any: ['thing'] }),
  {
    uuid: 'u',
    token: 'verification-token',
    type: 'event_callback',
    event: { type: 'p2p_chat_create', app_id: secrets.appId, chat_id: 'oc_1', user: {} },
  },
  { type: 'url_verification', token: 'verification-token', challenge: 'abc' },
].map((template) => JSON.stringify(template))

/** A genuine event with one of its parts replaced, or the hostile text alone. */
function hostileText(throws: Dice, seed: number): string {
  const injected = throws.oneOf(seed % 100 === 0 ? huge : hostile)(throws)
  const template = throws.oneOf(templates)
  const places = [...template.matchAll(/(?<=[:[])("(?:[^"\\]|\\.)*"|true|\{|\[)/g)]
  const { index = 0, 0: old = '' } = throws.oneOf([...places, undefined]) ?? {}
  if (old === '') return injected
  if (old === '{' && injected.startsWith('{') && injected.length > 2)
    return template.slice(0, index) + injected.slice(0, -1) + (template[index + 1] === '}' ? '' : ',') + template.slice(index + 1)
  return template.slice(0, index) + injected + (old === '{' || old === '[' ? `,"rest":${old}` : '') + template.slice(index + old.length)
}

/** Returns the fault in the outcome, or nothing. */
function harm(received: Received): string | undefined {
  if (received.outcome === 'refused') return [400, 401, 413].includes(received.status) ? undefined : `status ${received.status}`
  const written = JSON.stringify(received)
  if (/(?<!\\)\\u[dD][89a-fA-F]/.test(written)) return `half a character in ${written.slice(0, 200)}`
  if (written.includes('"__proto__":')) return 'a prototype among the keys'
  if (received.outcome === 'challenge') return typeof received.challenge === 'string' ? undefined : 'a challenge that is no text'
  const { eventId, tenantKey, kind } = received.delivery
  return eventId && typeof eventId === 'string' && typeof tenantKey === 'string' && kind
    ? undefined
    : `a delivery like ${written.slice(0, 200)}`
}

// T07: 5,000 payloads
test('five thousand hostile payloads are refused or understood, and hurt nothing', () => {
  const outcomes = new Map<string, number>()
  const seen = (received: Received) => {
    const what = received.outcome === 'refused' ? received.reason : received.outcome
    outcomes.set(what, (outcomes.get(what) ?? 0) + 1)
    return harm(received)
  }

  const harmful = failures(5_000, (seed) => {
    const text = hostileText(dice(seed), seed)
    try {
      const wire = seed % 10 === 0 ? signed(bytes(text)) : sealed(text)
      return seen(arrives(wire)) ?? seen(arrives(unsigned(text)))
    } catch (error) {
      return `threw ${String(error)}`
    }
  })
  expect(harmful).toEqual([])
  expect(Object.keys(Object.prototype)).toEqual([])
  expect({}).not.toHaveProperty('polluted')
  // The payloads reach every stage, and are not all turned away at the first.
  const stages = [
    'too-large',
    'not-a-json-object',
    'unsigned',
    'plaintext',
    'undecryptable',
    'wrong-token',
    'wrong-app',
    'broken-envelope',
    'broken-event',
  ]
  expect([...outcomes.keys()].sort()).toEqual([...stages, 'challenge', 'delivery'].sort())
})

test('the long connection’s payloads have the same care taken of them', () => {
  const harmful = failures(2_000, (seed) => {
    const text = hostileText(dice(seed), seed)
    try {
      return harm(readEvent(JSON.parse(text), secrets))
    } catch (error) {
      return error instanceof SyntaxError ? undefined : `threw ${String(error)}`
    }
  })
  expect(harmful).toEqual([])
})
