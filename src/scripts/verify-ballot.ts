import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { wrongChanges } from './ballot-changes.ts'
import { type Circle, type Facts, list, total, votesOf } from './ballot-facts.ts'
import { impossible, wrongElection } from './impossible-ballot.ts'

/**
 * `npm run verify-ballot FILE [FINGERPRINT] [RECEIPT]` counts an exported ballot once more. It shares no code with the bot’s own count, so
 * that a fault there is not repeated here.
 */
export interface Verdict {
  isGood: boolean
  says: string
}

const circles: readonly Circle[] = ['members', 'public']

/** With fewer votes than this in a circle only the turnout may be told. Staff and the public need five, whatever the use. */
const least: Record<string, number> = { evaluation: 3, award: 3, review: 3, pulse: 5, resolution: 0, election: 0 }
const leastOfPublic = 5
/** Outside a meeting a secret ballot has a minimum of its own, by how its voters were found. */
const leastOfElectorate: Record<string, number> = { all: 3, committee: 3, chosen: 5 }

/** The second edition tells how voters were found, who was elected, and what was left out. The third tells what moved the base. */
const firstFormat = 'zhibu-ballot-1'
const formats = [firstFormat, 'zhibu-ballot-2', 'zhibu-ballot-3']

const values: Record<string, readonly string[]> = {
  grades: ['excellent', 'qualified', 'basic', 'unqualified'],
  stances: ['for', 'against', 'abstain'],
  chosen: ['chosen', 'passed'],
  agreement: ['5', '4', '3', '2', '1'],
  score: Array.from({ length: 101 }, (_, nth) => String(nth)),
}

export function verify(text: string, asked: { fingerprint?: string; receipts?: readonly string[] } = {}): Verdict {
  try {
    const facts = JSON.parse(text) as Facts
    const wrong = firstWrong(facts, asked.fingerprint)
    if (wrong) return { isGood: false, says: wrong }
    const missing = (asked.receipts ?? []).find((receipt) => !list(facts.receipts).includes(receipt.toUpperCase()))
    if (missing) return { isGood: false, says: `The receipt ${missing} is not among the receipts of this ballot.` }
    return { isGood: true, says: goodNews(facts, asked) }
  } catch {
    return { isGood: false, says: 'This is not a ballot that was exported, or it was cut short or changed.' }
  }
}

function goodNews(facts: Facts, { fingerprint, receipts = [] }: { fingerprint?: string; receipts?: readonly string[] }): string {
  const { members, public: others } = facts.turnout as Record<Circle, { voted: number }>
  const counted = `Counted again: ${members.voted + others.voted} voted, ${list(facts.marks).length} marks and ${list(facts.receipts).length} receipts, all as the result says.`
  const found = receipts.map((receipt) => ` The receipt ${receipt.toUpperCase()} is among them.`).join('')
  return fingerprint
    ? `${counted}${found} The fingerprint is the one given.`
    : `${counted}${found} Compare the fingerprint with the published one: ${facts.fingerprint}`
}

/** Says in one sentence what does not agree; null when all does. */
function firstWrong(facts: Facts, published: string | undefined): string | null {
  const { fingerprint, ...rest } = facts
  const own = createHash('sha256').update(canonical(rest)).digest('hex')
  if (!formats.includes(String(facts.format))) return 'The format is not one that this program knows.'
  if (published !== undefined && own !== published.toLowerCase())
    return 'The fingerprint is not the published one: this is not the ballot that was counted, or it was changed afterwards.'
  if (fingerprint !== own) return 'The fingerprint in the file does not fit its content: the file was changed.'
  return (
    wrongTurnout(facts) ??
    wrongCircles(facts) ??
    wrongMarks(facts) ??
    impossible(facts) ??
    wrongReceipts(facts) ??
    wrongResolution(facts) ??
    wrongElection(facts) ??
    wrongChanges(facts)
  )
}

function wrongTurnout({ turnout }: Facts): string | null {
  for (const circle of circles) {
    const { entitled, voted } = (turnout as Record<Circle, Facts>)[circle]
    if (!isCount(entitled) || !isCount(voted)) return 'The turnout is not given in whole numbers.'
    if (voted > entitled) return 'More have voted than were entitled to.'
  }
  return null
}

/** The marks of a resolution have the written views of absent voters among them. */
const writtenViewsOf = ({ resolution }: Facts) => Number((resolution as Facts | null)?.writtenViews ?? 0)

/** Checks which circles’ figures may be told, and whether the outcome says so. */
function wrongCircles(facts: Facts): string | null {
  const ballot = facts.ballot as Facts
  const [ofUse, ofVoters] = [least[String(ballot.use)], facts.format === firstFormat ? 0 : leastOfElectorate[String(ballot.electorate)]]
  if (ofUse === undefined) return 'The use of the ballot is unknown.'
  if (ofVoters === undefined) return 'How the voters were found is unknown.'
  const fewest = ballot.isInMeeting ? ofUse : Math.max(ofUse, ofVoters)
  const leastOf = (circle: Circle) => (circle === 'public' ? leastOfPublic : fewest)
  const told = circles.filter((circle) => votesOf(facts, circle) > 0 && (!ballot.isSecret || votesOf(facts, circle) >= leastOf(circle)))
  if (facts.outcome === 'unsound')
    return list(facts.marks).length === 0 ? null : 'The result was withheld, but marks are given all the same.'
  if (facts.outcome !== (told.length > 0 ? 'counted' : 'few')) return 'The outcome does not follow from the turnout.'
  const given = Object.keys(facts.tally as Facts)
  return given.length === told.length && told.every((circle) => given.includes(circle))
    ? null
    : 'Figures are told of a circle that is too small, or of one that voted they are missing.'
}

/** The marks are counted, compared with the figures, and their sums with the turnout. */
function wrongMarks(facts: Facts): string | null {
  const ballot = facts.ballot as Facts
  const subjects = ballot.subjects as { key: string; name: string; own: string | null }[]
  const known = values[String(ballot.scale)] ?? []
  const marks = list(facts.marks) as [Circle, string, string][]
  const names = list(facts.writeIns) as [Circle, string][]
  const strange = marks.find(
    ([circle, key, value]) => !circles.includes(circle) || !subjects.some((one) => one.key === key) || !known.includes(value),
  )
  if (strange) return 'There is a mark that nobody can have given.'
  const withheld = new Set((list(facts.withheld) as [Circle, string, string][]).map(([circle, key]) => `${circle} ${key}`))
  const told = Object.entries(facts.tally as Record<string, Facts>)
  if (marks.length !== told.reduce((sum, [, tally]) => sum + total(tally.counts), 0))
    return 'There are more or fewer marks than the figures say.'
  for (const [name, tally] of told) {
    const circle = name as Circle
    const votes = votesOf(facts, circle) + (circle === 'members' ? writtenViewsOf(facts) : 0)
    for (const { key, name: subject, own } of subjects) {
      const counted = countOf(marks.flatMap(([where, whose, value]) => (where === circle && whose === key ? [value] : [])))
      if (canonical(counted) !== canonical((tally.counts as Facts)[key] ?? {}))
        return `The marks of “${subject}” do not give the figures that are told.`
      const sum = total({ counted })
      const missing = votes - sum
      const mayMiss = withheld.has(`${circle} ${key}`) || own === 'branch' ? votes : own === 'person' && circle === 'members' ? 1 : 0
      if (missing < 0 || missing > mayMiss) return `“${subject}” has ${sum} marks, but ${votes} voted.`
    }
    const written = countOf(names.flatMap(([where, who]) => (where === circle ? [who] : [])))
    if (canonical(written) !== canonical(tally.writeIns)) return 'The names written in do not give the figures that are told.'
    if (total({ written }) !== votes * Number(ballot.writeIns)) return 'There are more or fewer names written in than voters could write.'
  }
  return null
}

function wrongReceipts(facts: Facts): string | null {
  const receipts = list(facts.receipts)
  const due = facts.outcome === 'unsound' || !(facts.ballot as Facts).isSecret ? 0 : votesOf(facts, 'members') + votesOf(facts, 'public')
  if (receipts.length !== due) return `There are ${receipts.length} receipts, but there should be ${due}.`
  if (!receipts.every((one) => /^[A-Z2-7]{4}-[A-Z2-7]{4}$/.test(String(one)))) return 'There is a receipt of a form that none has.'
  if (new Set(receipts).size < receipts.length) return 'A receipt is there twice.'
  return canonical(receipts) === canonical([...receipts].sort()) ? null : 'The receipts are not in the order of the alphabet.'
}

/** More than half of those expected must take part. A resolution is carried if more than half of those expected approve. */
function wrongResolution(facts: Facts): string | null {
  const ballot = facts.ballot as Facts
  const mayDecide = ballot.isInMeeting || ballot.electorate !== 'chosen'
  if (ballot.use !== 'resolution' || facts.outcome !== 'counted' || !mayDecide)
    return facts.resolution === null ? null : 'There is a decision where none can be.'
  const { expectedVoters, presentVoters, isCarried } = facts.resolution as Facts
  const approvals = list(facts.marks).filter(
    (mark) => canonical(mark) === canonical(['members', (ballot.subjects as Facts[])[0]?.key, 'for']),
  ).length
  const is = 2 * Number(presentVoters) > Number(expectedVoters) && 2 * approvals > Number(expectedVoters)
  return isCarried === is
    ? null
    : `The decision does not follow: ${approvals} of ${expectedVoters} voters approved, ${presentVoters} took part.`
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0

function countOf(all: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = Object.create(null)
  for (const one of all) counts[one] = (counts[one] ?? 0) + 1
  return counts
}

/** Writes JSON with the keys of every object in order and no blanks; the fingerprint is taken of this. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const keys = Object.keys(value).sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical((value as Facts)[key])}`).join(',')}}`
}

function main([file, ...more]: string[]): number {
  if (!file) {
    console.error('Say which file: npm run verify-ballot FILE [FINGERPRINT] [RECEIPT]')
    return 1
  }
  const fingerprint = more.find((one) => /^[0-9a-f]{64}$/i.test(one))
  const receipts = more.filter((one) => one !== fingerprint)
  let text = ''
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    console.error(`The file ${file} cannot be read.`)
    return 1
  }
  const { isGood, says } = verify(text, { fingerprint, receipts })
  if (isGood) console.log(says)
  else console.error(says)
  return isGood ? 0 : 1
}

if (process.argv[1]?.endsWith('verify-ballot.ts')) process.exitCode = main(process.argv.slice(2))
