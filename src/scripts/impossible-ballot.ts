import { type Circle, type Facts, list, total, votesOf } from './ballot-facts.ts'

/** Figures whose sums agree and that no set of filled forms gives. */
export function impossible(facts: Facts): string | null {
  for (const [circle, tally] of Object.entries(facts.tally as Record<Circle, Facts>)) {
    const wrong = tooMany(facts, circle as Circle, tally) ?? tooFew(facts, circle as Circle, tally)
    if (wrong) return wrong
  }
  return null
}

const sumOf = (counts: Facts, value: string) =>
  Object.values(counts).reduce<number>((sum, one) => sum + Number((one as Facts)[value] ?? 0), 0)
const namesIn = (tally: Facts) => Object.entries(tally.writeIns as Record<string, number>).filter(([name]) => name !== '')

function tooMany(facts: Facts, circle: Circle, tally: Facts): string | null {
  const { scale, most, subjects } = facts.ballot as { scale: string; most: number | null; subjects: { name: string; own: string | null }[] }
  const votes = votesOf(facts, circle)
  const written = namesIn(tally)
  if (scale === 'grades') {
    const limit = votes * Math.floor(subjects.length / 3)
    const excellent = sumOf(tally.counts as Facts, 'excellent')
    if (excellent > limit) return `There are ${excellent} excellent marks, but ${votes} voters can give ${limit} at most.`
  }
  if (most !== null) {
    const chosen = sumOf(tally.counts as Facts, scale === 'chosen' ? 'chosen' : 'for') + written.reduce((sum, [, count]) => sum + count, 0)
    if (chosen > votes * most) return `${chosen} were chosen, but ${votes} voters can choose ${votes * most} at most.`
  }
  const often = written.find(([, count]) => count > votes)
  if (often) return `“${often[0]}” is written in more often than there are voters.`
  const nominee = written.find(([name]) => subjects.some((one) => one.name === name && one.own === null))
  return nominee ? `“${nominee[0]}” is written in, but stands on the ballot.` : null
}

/** Each voter marks all others, and chooses somebody where one chooses. Nothing follows where figures are withheld. */
function tooFew(facts: Facts, circle: Circle, tally: Facts): string | null {
  const { scale, subjects } = facts.ballot as { scale: string; subjects: { key: string; own: string | null }[] }
  const votes = votesOf(facts, circle)
  if (tally.withheld !== undefined) return null
  const counts = tally.counts as Record<string, Facts>
  const skipped = subjects.filter(({ own }) => own === 'person').reduce((sum, { key }) => sum + votes - total(counts[key] ?? {}), 0)
  if (skipped > votes) return `${skipped} marks are missing, but each of ${votes} voters leaves out one person at most.`
  const chosen = sumOf(counts, 'chosen')
  return scale === 'chosen' && chosen < votes ? `${chosen} were chosen, but each of ${votes} voters chooses somebody.` : null
}

/** More than half of those present elect somebody; the most votes win. In a run-off the most votes are enough. */
export function wrongElection(facts: Facts): string | null {
  const ballot = facts.ballot as Facts
  if (facts.format === 'zhibu-ballot-1') return null
  if (ballot.use !== 'election' || facts.outcome !== 'counted')
    return facts.election === null ? null : 'An election is told where none can be.'
  const { presentVoters, isRunOff, elected, tied, seatsLeft } = facts.election as Facts
  if (votesOf(facts, 'members') > Number(presentVoters)) return 'More have voted than were present.'
  const [winners, drawn, seats] = [list(elected), list(tied), Number(ballot.most ?? 1)]
  const tally = (facts.tally as Record<Circle, Facts>).members
  const subjects = ballot.subjects as { key: string; name: string }[]
  const nominees = subjects.map(({ key, name }) => ({ name, votes: Number((tally.counts as Record<string, Facts>)[key]?.for ?? 0) }))
  const written = namesIn(tally).map(([name, votes]) => ({ name, votes }))
  const hasNumbers = ({ votes }: { votes: number }) => (isRunOff ? votes > 0 : 2 * votes > Number(presentVoters))
  const stand = [...nominees, ...written]
  const unfit = [...winners, ...drawn].find((name) => !stand.some((one) => one.name === name && hasNumbers(one)))
  if (unfit !== undefined) return `“${unfit}” is elected or tied without the numbers: ${presentVoters} voters were present.`
  if (winners.length > seats) return `${winners.length} are elected, but there are ${seats} seats.`
  const least = Math.min(...stand.filter((one) => winners.includes(one.name) && hasNumbers(one)).map(({ votes }) => votes))
  // A person who was written in may have no right to be elected; a nominee has.
  const passed = nominees.find((one) => hasNumbers(one) && !winners.includes(one.name) && !drawn.includes(one.name) && one.votes > least)
  if (passed) return `“${passed.name}” has more votes than somebody who is elected.`
  if (drawn.length > 0) {
    const equal = new Set(stand.filter(({ name }) => drawn.includes(name)).map(({ votes }) => votes)).size === 1
    if (!equal || winners.length >= seats || winners.length + drawn.length <= seats) return 'Those who are tied are not tied.'
  }
  const open = drawn.length > 0 ? 0 : seats - winners.length
  if (open !== seatsLeft) return 'The seats left open are not those that are told.'
  const waiting = nominees.find((one) => hasNumbers(one) && !winners.includes(one.name) && open > 0)
  return waiting ? `“${waiting.name}” has the numbers, but a seat is left open.` : null
}
