import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisesPage } from './tags.ts'

/** `npm run promises` writes test/PROMISES.md from the tests; `-- --check` only tells whether it is current. */
const path = join(import.meta.dirname, '../../PROMISES.md')
if (!process.argv.includes('--check')) writeFileSync(path, promisesPage())
else if (readFileSync(path, 'utf8') !== promisesPage()) {
  console.error('test/PROMISES.md has drifted: run npm run promises')
  process.exitCode = 1
}
