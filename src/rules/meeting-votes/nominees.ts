import { type Text, t } from '../../text.ts'
import { nameWritten } from '../ballots/marks.ts'
import type { Nominee } from './elections.ts'

interface Member {
  id: string
  name: string
}

/** Collects the nominees chosen from the list and those typed, one a line. Each must be a full member with all rights, and is taken once. */
export function nomineesOf(chosen: readonly string[], typed: string, members: readonly Member[]): Nominee[] | { wrong: Text } {
  const found = members.filter(({ id }) => chosen.includes(id))
  for (const name of namesIn(typed)) {
    const called = members.filter((one) => nameWritten(one.name) === name)
    const [only] = called
    if (!only)
      return {
        wrong: t(
          `「${name}」不在本支部有被选举权的党员名单上；只有正式党员有被选举权。`,
          `“${name}” is not among the full members of this branch who can be elected.`,
        ),
      }
    if (called.length > 1)
      return {
        wrong: t(
          `有 ${called.length} 位「${name}」，请在名单里选。`,
          `There are ${called.length} called “${name}”; please choose from the list.`,
        ),
      }
    if (!found.includes(only)) found.push(only)
  }
  return found.map(({ id, name }) => ({ name, member: id }))
}

const namesIn = (typed: string) => [
  ...new Set(
    typed
      .split(/[\n、,，;；]/u)
      .map(nameWritten)
      .filter((name) => name !== ''),
  ),
]
