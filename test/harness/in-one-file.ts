import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** A script and all that it imports, as one file. From its sources a process reads hundreds of files before it begins. */
export async function inOneFile(script: URL): Promise<{ path: string; remove(): void }> {
  const path = join('dist', `test-${randomUUID()}.mjs`)
  await build({
    entryPoints: [fileURLToPath(script)],
    outfile: path,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    external: ['libsql', 'esbuild'],
    define: { __dirname: '"/"' },
    banner: { js: "import{createRequire as r_}from'node:module';const require=r_(import.meta.url);" },
    logLevel: 'warning',
  })
  return { path, remove: () => rmSync(path, { force: true }) }
}
