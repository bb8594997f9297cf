import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisesPage } from './tags.ts'

/** `npm run promises`: writes test/PROMISES.md from the tests. */
writeFileSync(join(import.meta.dirname, '../../PROMISES.md'), promisesPage())
