import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

/** What `wrangler deploy --dry-run --outdir dist/worker` made must start quickly everywhere, so it stays small: a sixth of what Cloudflare's free plan takes. */
const MOST_KB = 512

const bundle = readFileSync('dist/worker/worker.js')
const kb = gzipSync(bundle).byteLength / 1024
console.log(`worker: ${kb.toFixed(1)} KB gzip (${(bundle.byteLength / 1024).toFixed(0)} KB), at most ${MOST_KB}`)
if (kb > MOST_KB) process.exit(1)
