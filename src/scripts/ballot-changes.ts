import { type Facts, list } from './ballot-facts.ts'

/** Says why the changes of a ballot cannot have been made as they are told; null where they can. */
export function wrongChanges(facts: Facts): string | null {
  if (facts.format === 'zhibu-ballot-1') return null
  const { openedAt, closedAt } = facts.ballot as Record<string, string>
  const [additions, extensions] = [list(facts.additions) as Facts[], list(facts.extensions) as Facts[]]
  const moves = facts.format === 'zhibu-ballot-2' ? [] : (list(facts.baseMoves) as Facts[])
  const during = ({ at }: Facts) => timeOf(at) >= timeOf(openedAt) && timeOf(at) <= timeOf(closedAt)
  if (![...additions, ...extensions].every(during)) return 'A change was made before the opening or after the close.'
  if (![...additions, ...moves].every(({ people }) => isSome(people))) return 'A change concerns no whole number of people.'
  const entitled = Number((facts.turnout as Record<string, Facts>).members?.entitled)
  const added = additions.reduce((sum, { people }) => sum + Number(people), 0)
  if (added > entitled) return `${added} were added to the list, but only ${entitled} are on it.`
  return wrongExtensions(extensions) ?? wrongMoves(moves, timeOf(openedAt))
}

function wrongExtensions(extensions: readonly Facts[]): string | null {
  if (!extensions.every(({ from, to }) => timeOf(to) > timeOf(from))) return 'The close was brought forward, and not put off.'
  const isChain = extensions.every(({ from }, nth) => nth === 0 || timeOf(from) === timeOf(extensions[nth - 1]?.to))
  return isChain ? null : 'An extension does not begin where the one before it ended.'
}

/** People out of a base were out of it before the vote opened. Two others stand behind an exclusion. */
function wrongMoves(moves: readonly Facts[], openedAt: number): string | null {
  if (!moves.every(({ at, confirmedAt }) => timeOf(confirmedAt ?? at) <= openedAt)) return 'The base was changed after the opening.'
  const isConfirmed = ({ scope, by, confirmedAt, confirmedBy }: Facts) =>
    scope === null ? confirmedAt === null : confirmedAt !== null && confirmedBy !== null && confirmedBy !== by
  return moves.every(isConfirmed) ? null : 'Somebody is out of the base whom no second person confirmed.'
}

function timeOf(at: unknown): number {
  const time = Date.parse(String(at))
  if (Number.isNaN(time)) throw new TypeError('no time')
  return time
}

const isSome = (people: unknown) => Number.isSafeInteger(people) && Number(people) > 0
