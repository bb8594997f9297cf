import { parseArgs } from 'node:util'
import { ballotsOfEarlierKeys } from '../../db/ballots/earlier-keys.ts'
import { sealingWith } from '../../db/ballots/sealing.ts'
import { resealAll } from '../../db/talks/reseal.ts'
import { rewrapKeys } from '../../db/vault/rewrap.ts'
import { keysConfig } from '../config.ts'
import { chance, openStore, systemClock } from '../node-host.ts'
import { turn } from '../turn.ts'

/**
 * `npm run rotate`, with DATA_KEY=new,old: wraps the keys of the vault with the new one, and says whether the old one can be dropped. `-- --reseal` also seals
 * all words with new data keys. A run that was cut off is simply started again.
 */
async function main() {
  const { values } = parseArgs({ options: { reseal: { type: 'boolean', default: false } } })
  const { DATA_KEY, ...where } = keysConfig(process.env)
  const store = await openStore(where, systemClock())
  try {
    const vault = await sealingWith(DATA_KEY, chance).vault()
    const keys = await rewrapKeys(store.db, vault, turn)
    const ballots = await ballotsOfEarlierKeys(store.db, sealingWith(DATA_KEY.slice(0, 1), chance))
    console.log(`${keys} keys wrapped anew; all of the vault now needs the first DATA_KEY alone.`)
    if (ballots.length > 0) console.log(`${ballots.length} open ballots need the old DATA_KEY until they are counted: keep it until then.`)
    if (values.reseal)
      console.log(`${await resealAll(store.db, vault, systemClock(), turn)} cells sealed with new data keys; the old keys are gone.`)
  } finally {
    store.close()
  }
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
