/**
 * Builds what `npm start` runs, unless dist/ was made from the same sources and the same packages. A start then waits 50 ms instead of
 * a second and a half. The file is JavaScript: an old Node must come as far as dist/node.mjs, which says what it lacks.
 */
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

process.chdir(fileURLToPath(new URL('../..', import.meta.url)))
const STAMP = 'dist/built-from'
const MADE_OF = ['src', 'commands', 'cards', 'db']
/** esbuild takes the JSX runtime from tsconfig.json; npm lists the packages that it installed in the last. */
const DECIDED_BY = ['tsconfig.json', 'package.json', 'node_modules/.package-lock.json']
/** Only the playground draws with these 90 MB. After `npm ci --omit=dev` a chart is a table of figures. */
const CHARTS = '@visactor/vchart'

const wanted = fingerprint()
if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== wanted) await build()

function fingerprint() {
  const sum = createHash('sha256')
  const sources = MADE_OF.flatMap((folder) => readdirSync(folder, { recursive: true }).map((path) => join(folder, path)))
  const files = [...sources.filter((path) => /\.(tsx?|mjs)$/.test(path)).sort(), ...DECIDED_BY.filter((path) => existsSync(path))]
  for (const path of files) sum.update(`${path}\0`).update(readFileSync(path)).update('\0')
  return sum.digest('hex')
}

async function build() {
  const esbuild = await import('esbuild').catch(() => {
    console.error('先运行 npm ci 安装依赖。 · Run npm ci first: the packages are not installed.')
    process.exit(1)
  })
  const folder = `dist/making-${process.pid}`
  try {
    await Promise.all([esbuild.build(product(folder)), esbuild.build(playground(join(folder, 'playground')))])
    cpSync('src/node.mjs', join(folder, 'node.mjs'))
    publish(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** libsql is a native addon; esbuild is imported only where nothing is built. */
function product(folder) {
  return {
    entryPoints: { product: 'src/node.ts', 'file-thread': 'src/spreadsheet/thread.ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    external: ['libsql', 'esbuild'],
    define: { __dirname: '"/"' },
    banner: { js: "import{createRequire as r_}from'node:module';const require=r_(import.meta.url);" },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    logLevel: 'warning',
  }
}

/** Without the chart library its import keeps the package's name; a browser refuses that, and the page shows a table. */
function playground(folder) {
  return {
    entryPoints: { app: 'src/playground/client/main.ts' },
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    external: existsSync(join('node_modules', CHARTS)) ? [] : [CHARTS],
    outdir: folder,
    logLevel: 'warning',
  }
}

/** Moves file by file, because another build or a running product may use them. The stamp goes first and comes last. */
function publish(folder) {
  rmSync(STAMP, { force: true })
  for (const path of readdirSync(folder, { recursive: true }).filter((path) => statSync(join(folder, path)).isFile())) {
    mkdirSync(dirname(join('dist', path)), { recursive: true })
    renameSync(join(folder, path), join('dist', path))
  }
  writeFileSync(STAMP, wanted)
}
