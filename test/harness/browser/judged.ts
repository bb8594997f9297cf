import { mkdirSync, writeFileSync } from 'node:fs'
import { cardTooLong, checkCard } from '../../../src/playground/cards/check.ts'

/** Returns the platform's refusals of these cards. CARDS names a folder that keeps the accepted ones, for other judges. */
export function findings(cards: Iterable<unknown>, name: string): string[] {
  const folder = process.env.CARDS
  if (folder) mkdirSync(folder, { recursive: true })
  return [...cards].flatMap((card, index) => {
    const text = JSON.stringify(card)
    try {
      checkCard(card, () => true)
      if (folder) writeFileSync(`${folder}/${name}-${index}.json`, text)
      return cardTooLong(Buffer.byteLength(text)) ? [`${name} ${index} is too long`] : []
    } catch (error) {
      return [`${name} ${index}: ${(error as Error).message}`]
    }
  })
}
