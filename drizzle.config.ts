import { defineConfig } from 'drizzle-kit'

/** `db:check` generates beside a copy of the migrations. */
const out = process.env.MIGRATIONS ?? './db/migrations'

export default defineConfig({ dialect: 'sqlite', schema: './db/*/tables.ts', out, casing: 'snake_case' })
