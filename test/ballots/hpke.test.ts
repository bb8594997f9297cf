import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'
import { expect, test } from 'vitest'
import { newKeyPair, openerFor, sealerFor } from '../../db/ballots/hpke.ts'
import { sealingWith } from '../../db/ballots/sealing.ts'
import { WrongDataKey } from '../../db/vault/wrapping.ts'

/** An independent implementation of the same RFC. */
const theirs = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
const INFO = 'zhibu ballot abc'
const info = new TextEncoder().encode(INFO)
const messages = [new Uint8Array(0), new TextEncoder().encode('["m",0,"1","for"]'), crypto.getRandomValues(new Uint8Array(96))]

test('our HPKE and another implementation open each other’s seals', async () => {
  for (let times = 0; times < 20; times++) {
    const { publicKey, privateKey } = await newKeyPair()
    const [seal, open] = [await sealerFor(publicKey, INFO), await openerFor(privateKey, INFO)]
    const recipientPublicKey = await theirs.kem.deserializePublicKey(publicKey)
    const recipientKey = await theirs.kem.deserializePrivateKey(privateKey)
    for (const message of messages) {
      const sealed = await seal(message)
      expect(sealed.byteLength).toBe(32 + message.byteLength + 16)
      const opened = await theirs.open({ recipientKey, enc: sealed.subarray(0, 32), info }, sealed.subarray(32))
      expect(Buffer.from(opened)).toEqual(Buffer.from(message))
      const { enc, ct } = await theirs.seal({ recipientPublicKey, info }, message)
      expect(await open(Buffer.concat([new Uint8Array(enc), new Uint8Array(ct)]))).toEqual(Buffer.from(message))
    }
  }
})

test('two seals of one message share nothing but their length', async () => {
  const { publicKey } = await newKeyPair()
  const seal = await sealerFor(publicKey, INFO)
  const all = await Promise.all(Array.from({ length: 1_000 }, async () => (await seal(new Uint8Array(96))).toString('hex')))
  expect(new Set(all).size).toBe(1_000)
  expect(new Set(all.map((one) => one.slice(0, 64))).size).toBe(1_000)
  expect(new Set(all.map((one) => one.slice(64, 96))).size).toBe(1_000)
})

test('a message cut, changed or meant for another key stays shut', async () => {
  const { publicKey, privateKey } = await newKeyPair()
  const sealed = await (await sealerFor(publicKey, INFO))(new Uint8Array(96))
  const open = await openerFor(privateKey, INFO)
  expect(await open(sealed)).not.toBeNull()
  const flipped = (at: number, bit: number) => {
    const tampered = Buffer.from(sealed)
    tampered[at] = (tampered[at] ?? 0) ^ bit
    return tampered
  }
  for (let at = 0; at < sealed.byteLength; at++) expect(await open(flipped(at, 1))).toBeNull()
  // X25519 ignores the highest bit of a key, but the message is bound to all its bytes.
  expect(await open(flipped(31, 128))).toBeNull()
  expect(await (await openerFor((await newKeyPair()).privateKey, INFO))(sealed)).toBeNull()
  expect(await (await openerFor(privateKey, 'zhibu ballot abd'))(sealed)).toBeNull()
  for (const length of [0, 1, 31, 32, 47, sealed.byteLength - 1]) expect(await open(sealed.subarray(0, length))).toBeNull()
})

test('a public key that gives every secret away is refused', async () => {
  const { privateKey } = await newKeyPair()
  expect(await (await openerFor(privateKey, INFO))(Buffer.alloc(144))).toBeNull()
  await expect((await sealerFor(Buffer.alloc(32), INFO))(new Uint8Array(96))).rejects.toThrow()
})

test('a key moved to another ballot opens nothing', async () => {
  const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))
  const sealing = sealingWith(Buffer.alloc(32, 5).toString('base64'), random)
  const { publicKey, wrappedKey } = await sealing.newKeys('one')
  const sealed = await sealing.seal('one', publicKey, [new Uint8Array(96)])
  expect(await sealing.open('one', wrappedKey, sealed)).toHaveLength(1)
  await expect(sealing.open('another', wrappedKey, sealed)).rejects.toThrow(WrongDataKey)
  expect(() => sealing.reveal('elsewhere', sealing.conceal('here', 'words'))).toThrow(WrongDataKey)
})
