/**
 * Inlines the SQL of this folder into `db/store/migrations.gen.ts`, because a Worker has no files. The tags stand apart: a database that has
 * them all is not worth reading the SQL for. `--check` writes nothing. It fails when a file is not current, or when drizzle-kit finds a table
 * missing in the SQL.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'

const folder = new URL('./', import.meta.url)
const target = new URL('../store/migrations.gen.ts', import.meta.url)
const targetOfTags = new URL('../store/migration-tags.gen.ts', import.meta.url)

const migrations = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .sort()
  .map((name) => {
    const statements = readFileSync(new URL(name, folder), 'utf8').split('--> statement-breakpoint')
    return { tag: name.replace('.sql', ''), statements: statements.map((sql) => sql.trim()).filter(Boolean) }
  })

const made = '/* Made by db/migrations/bundle.ts from the SQL beside it: run `npm run db:generate`, never edit. */'
const code = `${made}
export interface Migration {
  tag: string
  statements: readonly string[]
}

export const migrations: readonly Migration[] = [
${migrations.map((one) => `  ${JSON.stringify(one)},
`).join('')}]
`
const codeOfTags = `${made}
export const tags: readonly string[] = [
${migrations.map(({ tag }) => `  '${tag}',
`).join('')}]
`

/** The statements that drizzle-kit would add, generated beside a copy of this folder; or what it stumbled over. */
function missing(): string {
  mkdirSync('dist', { recursive: true })
  const scratch = relative('.', mkdtempSync('dist/migrations-'))
  try {
    cpSync(folder, scratch, { recursive: true })
    const env = { ...process.env, MIGRATIONS: scratch }
    const { status, stdout, stderr, error } = spawnSync('drizzle-kit', ['generate', '--name=missing'], { encoding: 'utf8', env })
    const [added] = readdirSync(scratch).filter((name) => name.endsWith('_missing.sql'))
    if (added) return readFileSync(`${scratch}/${added}`, 'utf8')
    return status === 0 ? '' : `drizzle-kit: ${error?.message ?? `${stdout}${stderr}`}`
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

if (process.argv.includes('--check')) {
  const isCurrent =
    JSON.stringify((await import(target.href)).migrations) === JSON.stringify(migrations) && readFileSync(targetOfTags, 'utf8') === codeOfTags
  const lacks = missing()
  if (!isCurrent) console.error('db/store/*.gen.ts are not current: run npm run db:generate')
  if (lacks) console.error(`the tables and the migrations differ: run npm run db:generate\n${lacks}`)
  process.exit(isCurrent && !lacks ? 0 : 1)
}
writeFileSync(target, code)
writeFileSync(targetOfTags, codeOfTags)
