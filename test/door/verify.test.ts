import { createCipheriv, createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import * as lark from '@larksuiteoapi/node-sdk'
import { describe, expect, test, vi } from 'vitest'
import { readEvent } from '../../src/feishu/door/events.ts'
import { urlCheck } from '../../src/feishu/door/open-body.ts'
import { sameSecret, seal, signatureOf, unseal } from '../../src/feishu/door/verify.ts'
import crypto from '../fixtures/feishu/crypto.json' with { type: 'json' }
import {
  aPress,
  arrives,
  envelope,
  now,
  nowSeconds,
  sealed,
  secrets,
  signed,
  someWords,
  unsigned,
  unsignedSealed,
} from '../harness/door.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const json = JSON.stringify
const refused = (status: number, reason: string) => ({ outcome: 'refused', status, reason })
const words = json(envelope('im.message.receive_v1', someWords()))

describe('the platform’s own vectors', () => {
  test.each(crypto.aes)('sealed and unsealed: $name', ({ encrypt_key, iv_hex, plaintext, ciphertext }) => {
    expect(unseal(ciphertext, encrypt_key)).toBe(plaintext)
    expect(seal(plaintext, encrypt_key, Buffer.from(iv_hex, 'hex'))).toBe(ciphertext)
  })

  test.each(crypto.aes_negative)('refused alike, signed or not: $name', ({ encrypt_key, ciphertext }) => {
    const ours = { ...secrets, encryptKeys: [encrypt_key] }
    const body = bytes(json({ encrypt: ciphertext }))
    expect(arrives(signed(body, { key: encrypt_key }), ours)).toEqual(refused(401, 'undecryptable'))
    expect(arrives(unsigned(body), ours)).toEqual(refused(401, 'unsigned'))
  })

  test.each(crypto.signature)('signed over the bytes as received: $name', ({ timestamp, nonce, encrypt_key, body, signature, ...it }) => {
    expect(signatureOf(timestamp, nonce, encrypt_key, bytes(body))).toBe(signature)
    const again = bytes(json(JSON.parse(body)))
    expect(signatureOf(timestamp, nonce, encrypt_key, again) === signature).toBe(it.survives_json_reserialization)
  })

  test('a digit moved between timestamp and nonce is refused', () => {
    const outcomes = crypto.signature_boundary_shift.cases.map(({ timestamp, nonce, encrypt_key, body, signature }) => {
      expect(signatureOf(timestamp, nonce, encrypt_key, bytes(body))).toBe(signature)
      const ours = { ...secrets, encryptKeys: [encrypt_key], verificationTokens: ['xxxxxx'] }
      return arrives(signed(bytes(body), { key: encrypt_key, timestamp, nonce }), ours, new Date(1_700_000_000_000))
    })
    const [whole, ...slid] = outcomes
    expect(whole).toEqual({ outcome: 'challenge', challenge: 'ajls384kdjxxxx' })
    expect(slid).toEqual([refused(401, 'bad-timestamp'), refused(401, 'bad-timestamp')])
  })
})

test('a padding whose bytes differ is no padding', () => {
  const key = createHash('sha256').update('encrypt-key').digest()
  const iv = Buffer.alloc(16, 1)
  const sealedWith = (last: number[]) => {
    const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false)
    const block = Buffer.concat([Buffer.from('{"a":"bcdefghi"}'), Buffer.alloc(16 - last.length, 0x20), Buffer.from(last)])
    return Buffer.concat([iv, cipher.update(block), cipher.final()]).toString('base64')
  }
  expect(unseal(sealedWith([4, 4, 4, 4]), 'encrypt-key')).toBe(`{"a":"bcdefghi"}${' '.repeat(12)}`)
  for (const broken of [[4, 5, 4, 4], [3, 4, 4, 4], [0], [17], [32, 2]]) expect(unseal(sealedWith(broken), 'encrypt-key')).toBeUndefined()
})

describe('the URL check', () => {
  const check = (token = 'verification-token') => json({ type: 'url_verification', token, challenge: 'abc' })
  const answered = { outcome: 'challenge', challenge: 'abc' }
  const keyless = { ...secrets, encryptKeys: [] }
  const padded = (size: number) => unsigned(check().padEnd(size))

  test.each([
    ['plain', unsigned(check()), secrets, answered],
    ['plain, before a key is set', unsigned(check()), keyless, answered],
    ['sealed', unsignedSealed(check()), secrets, answered],
    ['sealed and signed', sealed(check()), secrets, answered],
    ['with another token', unsigned(check('another')), secrets, refused(401, 'wrong-token')],
    ['sealed, with another token', unsignedSealed(check('another')), secrets, refused(401, 'wrong-token')],
    ['sealed with another key', unsignedSealed(check(), 'another'), secrets, refused(401, 'unsigned')],
    ['of four kilobytes', padded(4 * 1024), secrets, answered],
    ['a byte longer', padded(4 * 1024 + 1), secrets, refused(401, 'unsigned')],
    ['with an empty token where none is set', unsigned(check('')), { ...secrets, verificationTokens: [''] }, refused(401, 'wrong-token')],
  ])('%s', (_, wire, ours, outcome) => {
    expect(arrives(wire, ours)).toEqual(outcome)
  })

  test('what is unsigned is judged without time or database, nothing else is', () => {
    const judged = ({ body, headers }: ReturnType<typeof sealed>) => urlCheck(body, { get: (name) => headers.get(name) ?? null }, secrets)
    expect(judged(unsigned(check()))).toEqual(answered)
    expect(judged(unsignedSealed(check()))).toEqual(answered)
    expect(judged(unsignedSealed(words))).toEqual(refused(401, 'unsigned'))
    expect(judged(sealed(words))).toBeUndefined()
  })
})

test('nothing that is not signed by us is parsed', () => {
  const parse = vi.spyOn(JSON, 'parse')
  const large = bytes(`{${Array.from({ length: 40_000 }, (_, nth) => `"k${nth}":{}`).join(',')}}`)
  expect(arrives(unsigned(large))).toEqual(refused(401, 'unsigned'))
  expect(arrives(signed(large, { key: 'another' }))).toEqual(refused(401, 'bad-signature'))
  expect(parse).not.toHaveBeenCalled()
  parse.mockRestore()
})

describe('who may deliver', () => {
  const delivered = expect.objectContaining({ outcome: 'delivery' })
  const keyless = { ...secrets, encryptKeys: [''] }
  const without = (name: string) => {
    const { body, headers } = sealed(words)
    return { body, headers: new Map([...headers].filter(([known]) => known !== name)) }
  }
  const first = (event: object) => json({ uuid: 'u-1', token: 'verification-token', type: 'event_callback', event })

  test.each([
    ['sealed and signed', sealed(words), secrets, delivered],
    ['signed with another key', sealed(words, { key: 'another' }), secrets, refused(401, 'bad-signature')],
    ['sealed with another key', signed(unsignedSealed(words, 'another').body), secrets, refused(401, 'undecryptable')],
    ['signed but not sealed', signed(bytes(words)), secrets, refused(401, 'plaintext')],
    ['neither', unsigned(words), secrets, refused(401, 'unsigned')],
    ['sealed but not signed', unsignedSealed(words), secrets, refused(401, 'unsigned')],
    ['without the timestamp', without('x-lark-request-timestamp'), secrets, refused(401, 'unsigned')],
    ['without the nonce', without('x-lark-request-nonce'), secrets, refused(401, 'unsigned')],
    ['without the signature', without('x-lark-signature'), secrets, refused(401, 'unsigned')],
    ['plain where no key is set', unsigned(words), keyless, refused(401, 'unsigned')],
    ['signed with the empty key where no key is set', sealed(words, { key: '' }), keyless, refused(401, 'bad-signature')],
    ['with another token', sealed(json(envelope('x', {}, { token: 'another' }))), secrets, refused(401, 'wrong-token')],
    [
      'without a token',
      sealed(json(envelope('x', {}, { token: null }))),
      { ...secrets, verificationTokens: [''] },
      refused(401, 'wrong-token'),
    ],
    ['for another app', sealed(json(envelope('x', {}, { app_id: 'cli_other' }))), secrets, refused(401, 'wrong-app')],
    ['for no app', sealed(json(envelope('x', {}, { app_id: '' }))), { ...secrets, appId: '' }, refused(401, 'wrong-app')],
    ['v1', sealed(first({ type: 'app_ticket', app_id: secrets.appId })), secrets, delivered],
    ['v1 for another app', sealed(first({ type: 'app_ticket', app_id: 'cli_other' })), secrets, refused(401, 'wrong-app')],
    ['not JSON', signed(bytes('encrypt=1')), secrets, refused(400, 'not-a-json-object')],
    ['not UTF-8', signed(Uint8Array.of(0x22, 0xff, 0x22)), secrets, refused(400, 'not-a-json-object')],
    ['an array', signed(bytes('[]')), secrets, refused(400, 'not-a-json-object')],
    ['nothing', signed(bytes('')), secrets, refused(400, 'not-a-json-object')],
    ['nothing, unsigned', unsigned(''), secrets, refused(401, 'unsigned')],
    ['a byte over 512 KB', signed(new Uint8Array(512 * 1024 + 1)), secrets, refused(413, 'too-large')],
  ])('%s', (_, wire, ours, outcome) => {
    expect(arrives(wire, ours)).toEqual(outcome)
  })

  test('during a change old and new keys and tokens pair freely', () => {
    const both = { ...secrets, encryptKeys: ['new', 'encrypt-key'], verificationTokens: ['newer', 'verification-token'] }
    for (const key of both.encryptKeys)
      for (const token of both.verificationTokens) {
        expect(arrives(sealed(json(envelope('x', {}, { token })), { key }), both)).toEqual(delivered)
        const check = json({ type: 'url_verification', token, challenge: 'abc' })
        expect(arrives(unsignedSealed(check, key), both)).toEqual({ outcome: 'challenge', challenge: 'abc' })
      }
    expect(arrives(sealed(words, { key: 'oldest' }), both)).toEqual(refused(401, 'bad-signature'))
  })

  test('a body of 512 KB is still read', () => {
    const padding = ' '.repeat(512 * 1024 - unsignedSealed(words).body.length)
    const body = bytes(new TextDecoder().decode(unsignedSealed(words).body) + padding)
    expect(body.length).toBe(512 * 1024)
    expect(arrives(signed(body))).toEqual(delivered)
  })

  test('an empty token by long connection still has its app id compared', () => {
    expect(readEvent(envelope('x', {}, { token: '' }), secrets)).toEqual(delivered)
    expect(readEvent(envelope('x', {}, { app_id: 'cli_other' }), secrets)).toEqual(refused(401, 'wrong-app'))
    expect(readEvent('x', secrets)).toEqual(refused(400, 'broken-envelope'))
  })
})

// T03: −301, −300, 300 and 301 seconds
describe('how old a delivery may be, in seconds', () => {
  const pressed = json(envelope('card.action.trigger', aPress()))
  const preview = json(envelope('url.preview.get', {}))
  const stale = 'stale-callback'
  const bad = 'bad-timestamp'

  test.each([
    ['a press', 301, pressed, stale],
    ['a press', 300, pressed, null],
    ['a press', 0, pressed, null],
    ['a press', -300, pressed, null],
    ['a press', -301, pressed, bad],
    ['a link preview', 301, preview, stale],
    ['a link preview', 300, preview, null],
    ['words', 301, words, null],
    ['words', 7 * 3600 + 5 * 60 + 15, words, null],
    ['words', 8 * 3600, words, null],
    ['words', 8 * 3600 + 1, words, bad],
    ['words', -300, words, null],
    ['words', -301, words, bad],
    ['a press', 8 * 3600 + 1, pressed, bad],
  ])('%s at %i', (_, age, text, reason) => {
    const outcome = reason ? refused(401, reason) : expect.objectContaining({ outcome: 'delivery' })
    expect(arrives(sealed(text, { timestamp: String(nowSeconds - age) }))).toEqual(outcome)
    const halfASecondLater = new Date(now.getTime() + 500)
    expect(arrives(sealed(text, { timestamp: String(nowSeconds - age) }), secrets, halfASecondLater)).toEqual(outcome)
  })

  test.each([
    `${nowSeconds}000`,
    `0${nowSeconds}`,
    ` ${nowSeconds}`,
    `${nowSeconds}.0`,
    `+${nowSeconds}`,
    `${nowSeconds}\n`,
    '',
    'now',
    '1e9',
    '٢٠٢٦١١٢٠١٥',
  ])('the timestamp is ten digits, and not %j', (timestamp) => expect(arrives(sealed(words, { timestamp }))).toEqual(refused(401, bad)))
})

// T02: every source, .tsx, db, cards and commands among them
describe('secrets are compared in constant time', () => {
  test.each([
    ['a', 'a', true],
    ['', '', true],
    ['密钥🔑', '密钥🔑', true],
    ['a', 'b', false],
    ['a', 'aa', false],
    ['', 'a', false],
  ])('%j and %j: %s', (a, b, same) => expect(sameSecret(a, b)).toBe(same))

  const sources = ['src', 'cards', 'commands', 'db']
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
    )
    .filter((name) => /\.(?:tsx?|mjs)$/.test(name))
    .map((name) => [name, readFileSync(name, 'utf8')] as const)
  const holding = (what: RegExp) => sources.filter(([, text]) => what.test(text)).map(([name]) => name)

  test('by the one function that there is for it', () => {
    expect(holding(/timingSafeEqual/)).toEqual(['src/feishu/door/verify.ts'])
    expect(holding(/sameSecret\(/).sort()).toEqual(['src/feishu/door/open-body.ts', 'src/web/address.ts'])
  })

  test('and nowhere by ===, but in the playground, whose secrets are make-believe', () => {
    const secret = String.raw`(?:\w+\.)*\b(?!is[A-Z])(?:\w*[tT]okens?|\w*[sS]ignature|(?:signatureOf|mac|\w+Mac|formToken)(?:\([^()]*\))?|encryptKeys?|\w*[sS]ecret|DATA_KEY)`
    const compared = '[!=]==?(?!=)'
    const plainly = new RegExp(
      String.raw`${secret}\)? *${compared}(?! *(?:null|undefined|'))|(?<!typeof .*)${compared} *${secret}\b(?! *\?)`,
    )
    for (const wrong of [
      'if (given.signature === own)',
      'if (own !== secrets.appSecret)',
      "if ((filled.get('token') ?? '') !== visit.formToken)",
      'return given === mac(link) ? link : null',
      '.map((own) => secret === own)',
    ])
      expect({ wrong, isFound: plainly.test(wrong) }).toEqual({ wrong, isFound: true })
    const wrong = sources.flatMap(([name, text]) =>
      text.split('\n').flatMap((line) => (plainly.test(line) && !/^src\/playground\//.test(name) ? [`${name}: ${line.trim()}`] : [])),
    )
    // Its own token that Feishu has just refused, against its own token: no secret of the sender's.
    expect(wrong.filter((line) => line !== 'src/feishu/api/token.ts: if (held?.token === token) held = undefined')).toEqual([])
  })
})

test('the official SDK accepts what we sign, and no forgery', async () => {
  const heard: string[] = []
  const quiet = { error() {}, warn() {}, info() {}, debug() {}, trace() {} }
  const dispatcher = new lark.EventDispatcher({
    encryptKey: 'encrypt-key',
    verificationToken: 'verification-token',
    logger: quiet,
  }).register({
    'im.message.receive_v1': async ({ message }) => {
      heard.push(message.content)
    },
  })
  const invoke = (wire: ReturnType<typeof sealed>) => {
    const headers = Object.fromEntries(wire.headers)
    return dispatcher.invoke(Object.assign(Object.create({ headers }), JSON.parse(new TextDecoder().decode(wire.body))))
  }

  await invoke(sealed(words))
  expect(heard).toEqual(['{"text":"签到"}'])
  await invoke(sealed(words, { key: 'another' }))
  expect(heard).toHaveLength(1)
})
