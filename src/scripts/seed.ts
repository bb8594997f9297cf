import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { plant, seedFile } from '../../db/roster/seeding.ts'
import { storeConfig } from '../config.ts'
import { openStore, systemClock } from '../node-host.ts'

/** `npm run seed -- unit.json`: a unit, its committees, branches and people from a small file. */
async function main([path]: string[]) {
  if (!path) throw new Error('Say which file: npm run seed -- unit.json')
  const parsed = seedFile.safeParse(JSON.parse(readFileSync(path, 'utf8')))
  if (!parsed.success) throw new Error(`${path}:\n${z.prettifyError(parsed.error)}`)
  const store = await openStore(storeConfig(process.env), systemClock())
  await plant(store.db, parsed.data, systemClock())
  store.close()
  const people = parsed.data.branches.reduce((sum, { members }) => sum + members.length, 0)
  console.log(
    `${parsed.data.unit.name}: ${parsed.data.committees.length} committees, ${parsed.data.branches.length} branches, ${people} people.`,
  )
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
