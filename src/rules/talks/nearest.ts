/** The number of characters to change, add or drop. */
function distance(from: string, to: string): number {
  const [a, b] = [[...from].slice(0, 30), [...to].slice(0, 30)]
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (const [i, one] of a.entries()) {
    const next = [i + 1]
    for (const [j, other] of b.entries())
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (one === other ? 0 : 1)))
    row = next
  }
  return row[b.length] ?? 0
}

/** The people whose names are nearest to one that nobody bears: half of it at least is right. */
export function nearestNames<P extends { name: string }>(said: string, people: readonly P[], most: number): P[] {
  const name = said.toLowerCase()
  return people
    .map((person) => ({ person, away: distance(name, person.name.toLowerCase()) }))
    .filter(({ person, away }) => away <= Math.max(1, Math.floor(Math.max([...said].length, [...person.name].length) / 2)))
    .sort((one, other) => one.away - other.away)
    .slice(0, most)
    .map(({ person }) => person)
}
