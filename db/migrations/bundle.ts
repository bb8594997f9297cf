/** Inlines the SQL of this folder into `db/store/migrations.gen.ts`, for a Worker has no files. `--check` only says whether it is current. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

const folder = new URL('./', import.meta.url)
const target = new URL('../store/migrations.gen.ts', import.meta.url)

const migrations = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .sort()
  .map((name) => {
    const statements = readFileSync(new URL(name, folder), 'utf8').split('--> statement-breakpoint')
    return { tag: name.replace('.sql', ''), statements: statements.map((sql) => sql.trim()).filter(Boolean) }
  })

const code = `/* Made by db/migrations/bundle.ts from the SQL beside it: run \`npm run db:generate\`, never edit. */
export interface Migration {
  tag: string
  statements: readonly string[]
}

export const migrations: readonly Migration[] = [
${migrations.map((one) => `  ${JSON.stringify(one)},
`).join('')}]
`

if (process.argv.includes('--check')) {
  const current = JSON.stringify((await import(target.href)).migrations) === JSON.stringify(migrations)
  if (!current) console.error('db/store/migrations.gen.ts is not current: run npm run db:generate')
  process.exit(current ? 0 : 1)
}
writeFileSync(target, code)
