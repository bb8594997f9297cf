import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

const beside = join(import.meta.dirname, 'playground')

/** Returns the page's code by file name: the built files beside the bundle, else a build from source in memory. */
export function clientFiles(): (name: string) => Promise<Uint8Array | string | undefined> {
  if (existsSync(join(beside, 'app.js'))) return (name) => readFile(join(beside, name)).catch(() => undefined)
  made ??= make()
  return async (name) => (await made)?.get(name)
}

let made: Promise<Map<string, Uint8Array>> | undefined

/** Charts are a chunk of their own, fetched at the first chart. The options are those of `src/scripts/build.mjs`. */
async function make() {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: { app: join(import.meta.dirname, './client/main.ts') },
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    outdir: 'playground',
    write: false,
  })
  return new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]))
}
