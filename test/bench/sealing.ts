import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'
import { newKeyPair, openerFor, sealerFor } from '../../db/ballots/hpke.ts'
import { row } from './report.ts'

const PIECES = 50
const ROUNDS = 9
const REPEATS = 8
const INFO = 'zhibu ballot bench'

/** Our HPKE and @hpke/core seal and open an evaluation's 50 pieces in turns. The median of nine rounds counts. */
export async function sealing() {
  const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
  const info = new TextEncoder().encode(INFO)
  const { publicKey, privateKey } = await newKeyPair()
  const recipientPublicKey = await suite.kem.deserializePublicKey(publicKey)
  const recipientKey = await suite.kem.deserializePrivateKey(privateKey)
  const [seal, open] = [await sealerFor(publicKey, INFO), await openerFor(privateKey, INFO)]
  const piece = new Uint8Array(96)
  const sealed = await seal(piece)

  console.log(`\n${row('50 pieces', 'ours ms', 'core ms', 'ratio')}`)
  const pairs = {
    seal: [() => seal(piece), () => suite.seal({ recipientPublicKey, info }, piece)],
    open: [() => open(sealed), () => suite.open({ recipientKey, enc: sealed.subarray(0, 32), info }, sealed.subarray(32))],
  } as const
  for (const [what, pair] of Object.entries(pairs)) {
    const took: [number[], number[]] = [[], []]
    for (let round = 0; round < ROUNDS; round++) for (const nth of [0, 1] as const) took[nth].push(await lot(pair[nth]))
    const [ours, core] = [median(took[0]), median(took[1])]
    console.log(row(what, ours.toFixed(1), core.toFixed(1), (core / ours).toFixed(2)))
  }
}

async function lot(one: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  for (let nth = 0; nth < REPEATS; nth++) await Promise.all(Array.from({ length: PIECES }, one))
  return (performance.now() - began) / REPEATS
}

const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN
