import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** The Worker must start quickly everywhere. All that it imports statically is read before the first answer, and has a limit. */
const MOST_KB = 400
const FOLDER = 'dist/worker'

const text = (file: string) => readFileSync(join(FOLDER, file), 'utf8')
const staticImports = (file: string) =>
  [...text(file).matchAll(/(?:^|[;}\n])\s*(?:import|export)\s*(?:[\w$*{},\s]*?from\s*)?["'](\.[^"']+)["']/g)].map(([, path = '']) =>
    join(dirname(file), path),
  )

const reached = new Set(['worker.js'])
for (const file of reached) for (const other of staticImports(file)) reached.add(other)

const kb = (files: Iterable<string>) => [...files].reduce((sum, file) => sum + gzipSync(text(file)).byteLength, 0) / 1024
const all = readdirSync(FOLDER).filter((file) => file.endsWith('.js'))
if (all.length <= reached.size) throw new Error('nothing is loaded lazily: the bundle is not what it is taken for')
console.log(
  `worker: ${kb(reached).toFixed(1)} KB gzip at the start, at most ${MOST_KB}; ${kb(all).toFixed(1)} KB with what is loaded when asked for`,
)
if (kb(reached) > MOST_KB) process.exit(1)
