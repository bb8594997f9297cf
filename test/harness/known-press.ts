import { allCards } from '../../cards/index.ts'
import { runCommand } from '../../commands/index.ts'

const { presses } = await allCards()
const names = new Set([...presses, runCommand].map(({ name }) => name))

/** A test that presses a button which no card has any more would pass without proving anything. */
export function refuseUnknownPress(value: unknown) {
  const name = typeof value === 'object' && value !== null && 'press' in value ? value.press : null
  if (typeof name === 'string' && !names.has(name) && !name.startsWith('nobody.')) throw new Error(`no press is called ${name}`)
}
