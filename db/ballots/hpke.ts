import { createCipheriv, createDecipheriv, createHmac, webcrypto } from 'node:crypto'

/**
 * HPKE (RFC 9180), base mode, one message a key: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. Only the key exchange goes through
 * WebCrypto, because workerd has X25519 nowhere else. Each hash through WebCrypto would be a hop to another thread. An evaluation seals 50
 * pieces a vote and a unit's pulse opens ten thousand. Side by side on Node 24, @hpke/core takes 1.5 to 2.2 times as long to seal. Opening
 * takes 1.8 to 2.3 times as long. In the vote benchmark it takes 1.2 times the processor for a resolution's vote. An evaluation's vote
 * takes 2.2 times (22.7 ms against 10.5). The vote benchmark allows 1.25, so @hpke/core is what the tests compare with:
 * test/ballots/hpke.test.ts.
 */
interface KeyPair {
  publicKey: Uint8Array
  privateKey: Uint8Array
}

const KEM = Buffer.from('KEM\0\x20', 'latin1')
const SUITE = Buffer.from('HPKE\0\x20\0\x01\0\x02', 'latin1')
const VERSION = Buffer.from('HPKE-v1')
const NONE = Buffer.alloc(0)
const [KEY_BYTES, NONCE_BYTES, TAG_BYTES] = [32, 12, 16] as const

const { subtle } = webcrypto
const X25519 = { name: 'X25519' }
/** The DER header of an X25519 private key; its 32 bytes follow. */
const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex')

type Key = Parameters<typeof subtle.exportKey>[1]

const newPair = async () => (await subtle.generateKey(X25519, true, ['deriveBits'])) as { publicKey: Key; privateKey: Key }
const rawOf = async (publicKey: Key) => Buffer.from((await subtle.exportKey('raw', publicKey)) as ArrayBuffer)
const publicKeyOf = (raw: Uint8Array) => subtle.importKey('raw', Uint8Array.from(raw), X25519, true, [])
const secretOf = async (privateKey: Key, other: Key) =>
  Buffer.from(await subtle.deriveBits({ ...X25519, public: other } as Parameters<typeof subtle.deriveBits>[0], privateKey, 8 * KEY_BYTES))

export async function newKeyPair(): Promise<KeyPair> {
  const { publicKey, privateKey } = await newPair()
  const exported = Buffer.from((await subtle.exportKey('pkcs8', privateKey)) as ArrayBuffer)
  return { publicKey: await rawOf(publicKey), privateKey: exported.subarray(PKCS8.length) }
}

/** Each message gets a key pair of its own. The public half stands in front of the message, and nobody keeps the private half. */
export async function sealerFor(publicKey: Uint8Array, info: string): Promise<(message: Uint8Array) => Promise<Buffer>> {
  const recipient = await publicKeyOf(publicKey)
  const context = contextOf(info)
  return async (message) => {
    const once = await newPair()
    const enc = await rawOf(once.publicKey)
    const { key, nonce } = scheduleOf(await secretOf(once.privateKey, recipient), enc, publicKey, context)
    const cipher = createCipheriv('aes-256-gcm', key, nonce)
    return Buffer.concat([enc, cipher.update(message), cipher.final(), cipher.getAuthTag()])
  }
}

/** The function returns null for a message that was sealed for another key or was tampered with. */
export async function openerFor(privateKey: Uint8Array, info: string): Promise<(sealed: Uint8Array) => Promise<Buffer | null>> {
  const own = await subtle.importKey('pkcs8', Buffer.concat([PKCS8, privateKey]), X25519, true, ['deriveBits'])
  const { x = '' } = (await subtle.exportKey('jwk', own)) as { x?: string }
  const publicKey = Buffer.from(x, 'base64url')
  const context = contextOf(info)
  return async (sealed) => {
    try {
      const [enc, tag] = [sealed.subarray(0, KEY_BYTES), sealed.subarray(-TAG_BYTES)]
      const { key, nonce } = scheduleOf(await secretOf(own, await publicKeyOf(enc)), enc, publicKey, context)
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES }).setAuthTag(tag)
      return Buffer.concat([decipher.update(sealed.subarray(KEY_BYTES, -TAG_BYTES)), decipher.final()])
    } catch {
      return null
    }
  }
}

/** Mode 0 without a pre-shared key: every message with the same info has the same context. */
const contextOf = (info: string) =>
  Buffer.concat([Buffer.of(0), extract(SUITE, NONE, 'psk_id_hash', NONE), extract(SUITE, NONE, 'info_hash', Buffer.from(info))])

function scheduleOf(dh: Uint8Array, enc: Uint8Array, publicKey: Uint8Array, context: Uint8Array): { key: Buffer; nonce: Buffer } {
  const shared = expand(KEM, extract(KEM, NONE, 'eae_prk', dh), 'shared_secret', Buffer.concat([enc, publicKey]), KEY_BYTES)
  const secret = extract(SUITE, shared, 'secret', NONE)
  return { key: expand(SUITE, secret, 'key', context, KEY_BYTES), nonce: expand(SUITE, secret, 'base_nonce', context, NONCE_BYTES) }
}

const hmac = (key: Uint8Array, ...parts: Uint8Array[]) => createHmac('sha256', key).update(Buffer.concat(parts)).digest()
const extract = (suite: Uint8Array, salt: Uint8Array, label: string, ikm: Uint8Array) => hmac(salt, VERSION, suite, Buffer.from(label), ikm)
/** One block of the hash is enough: nothing here is longer than 32 bytes. */
const expand = (suite: Uint8Array, prk: Uint8Array, label: string, info: Uint8Array, bytes: number) =>
  hmac(prk, Buffer.of(0, bytes), VERSION, suite, Buffer.from(label), info, Buffer.of(1)).subarray(0, bytes)
