import { addPeriods, type Day, day, halfOf, isYear, moment, type Period, quarterOf, type Year, yearOf } from '../../calendar.ts'
import { type Grade, grades } from '../ballots/uses.ts'
import type { Duty } from '../duties/duty.ts'
import { provingModule } from '../rulebook/modules.ts'
import type { Rulebook } from '../rulebook/rulebook.ts'
import { addWorkdays } from '../time/workdays.ts'

/** An evaluation that is not over. Once everybody has been told, only the appeals are left. */
export interface UnderWay {
  period: Period
  isTold: boolean
}

/**
 * Returns the state of the evaluation that would prove a duty. Null where none would, as when the rulebook requires a date and a
 * reference.
 */
export function evaluatingFor(
  { part, period }: Pick<Duty, 'part' | 'period'>,
  underWay: readonly UnderWay[],
  rulebook: Pick<Rulebook, 'switches' | 'modules'>,
): 'to begin' | 'under way' | 'told' | null {
  if (provingModule(part, rulebook) !== 'evaluation') return null
  const it = underWay.find((one) => one.period === period)
  if (!it) return 'to begin'
  return it.isTold ? 'told' : 'under way'
}

/** A half-year asks the person, the group and the committee. The year's end adds a vote of all members (支部工作条例, art. 18). */
export const isYearEnd = (period: Period): boolean => isYear(period)

/** The periods that can be evaluated on a day: the current half-year and year and those before them, likeliest first. */
export function periodsOn(today: Day): Period[] {
  const [half, year] = [halfOf(quarterOf(today.slice(0, 7))), yearOf(today)]
  const all = [half, year, addPeriods(half, -1), addPeriods(year, -1)]
  const likely = likeliest(today)
  return [likely, ...all.filter((period) => period !== likely)]
}

/** People look back on a year from November to March, and on its first half from April to August. */
function likeliest(today: Day): Period {
  const month = Number(today.slice(5, 7))
  if (month >= 11 || month <= 3) return yearMeant(today)
  return `${yearOf(today)}H${month <= 8 ? 1 : 2}`
}

const yearMeant = (today: Day): Year => (Number(today.slice(5, 7)) <= 3 ? addPeriods(yearOf(today), -1) : yearOf(today))

const SAID = /^(\d{4})?\s*年?\s*(上半年|下半年|h[12]|年终|年末|年度|year(?:-end)?)?$/u

/** `2026H2`, `2026`, 2026年下半年, 上半年, 年终; null for any other text. */
export function periodMeant(words: string, today: Day): Period | null {
  const said = words.normalize('NFKC').trim().toLowerCase()
  const [, year, part] = SAID.exec(said) ?? []
  if (!year && !part) return null
  const nth = part === '上半年' || part === 'h1' ? 1 : part === '下半年' || part === 'h2' ? 2 : null
  return nth ? `${year ?? yearOf(today)}H${nth}` : (year ?? yearMeant(today))
}

/** The moment until which everybody is asked to write; writing stays open until the committee sets the grades. */
export const selfUntil = (openedAt: Date, workdays: number): Date => moment(addWorkdays(day(openedAt), workdays), '24:00')
/** The first moment that is too late for an appeal. */
export const appealsUntil = (toldAt: Date, workdays: number): Date => moment(addWorkdays(day(toldAt), workdays), '24:00')

/** Nobody loses by an appeal: it leaves the grade as it was, or makes it one of these. */
export const betterThan = (grade: Grade): readonly Grade[] => grades.slice(0, grades.indexOf(grade))

/** The state of the vote. A half-year asks for none, nor does a branch with so few voters that figures would reveal choices. */
export type Vote = 'not asked' | 'none' | 'open' | 'counting' | 'counted' | 'void'

export function voteOf(
  period: Period,
  ballot: { cancelledAt: Date | null; closedAt: Date | null; result: { outcome: string } | null } | undefined,
  voters: number,
  least: number,
): Vote {
  if (!isYearEnd(period) || (!ballot && voters < least)) return 'not asked'
  if (!ballot) return 'none'
  if (ballot.cancelledAt || ballot.result?.outcome === 'unsound') return 'void'
  if (ballot.result) return 'counted'
  return ballot.closedAt ? 'counting' : 'open'
}

/** Somebody under evaluation. The steps do not wait for people who have left the branch. */
export interface Evaluated {
  isGone: boolean
  group: string | null
  self: unknown
  view: unknown
  grade: { toldAt: Date | null } | null
  appeal: { answeredAt: Date | null } | null
}

export const steps = ['self', 'groups', 'vote', 'grades', 'told', 'appeals'] as const
export type Step = (typeof steps)[number]

export interface Progress {
  done: number
  of: number
  isDone: boolean
}

interface Figures {
  people: readonly Evaluated[]
  vote: Vote
  turnout: { voted: number; electors: number }
  selfUntil: Date
  appealWorkdays: number
}

/** Returns the progress of each step. Everybody was asked and reminded, so after its days are over a missing self-view holds nobody up. */
export function progressOf(it: Figures, now: Date): Record<Step, Progress> {
  const here = it.people.filter(({ isGone }) => !isGone)
  const lots = [...Map.groupBy(here, ({ group }) => group).values()]
  const waiting = it.people.filter(({ appeal }) => appeal && !appeal.answeredAt).length
  const told = here.flatMap(({ grade }) => grade?.toldAt ?? [])
  const self = counted(here, ({ self }) => self !== null)
  return {
    self: { ...self, isDone: self.isDone || now >= it.selfUntil },
    groups: counted(lots, (lot) => lot.every(({ view }) => view !== null)),
    vote: { done: it.turnout.voted, of: it.turnout.electors, isDone: it.vote === 'counted' || it.vote === 'not asked' },
    grades: counted(here, ({ grade }) => grade !== null),
    told: { done: told.length, of: here.length, isDone: told.length === here.length },
    appeals: {
      done: it.people.filter(({ appeal }) => appeal?.answeredAt).length,
      of: it.people.filter(({ appeal }) => appeal).length,
      isDone: waiting === 0 && told.length === here.length && told.every((at) => now >= appealsUntil(at, it.appealWorkdays)),
    },
  }
}

function counted<T>(all: readonly T[], is: (one: T) => boolean): Progress {
  const done = all.filter(is).length
  return { done, of: all.length, isDone: done === all.length }
}

/** The first step that is not done; null when all are, and the evaluation can be closed. */
export const stepLeft = (progress: Record<Step, Progress>): Step | null => steps.find((step) => !progress[step].isDone) ?? null

/** The first step that must be done before the committee sets the grades, or null. */
export const beforeGrades = (progress: Record<Step, Progress>): Step | null =>
  (['self', 'groups', 'vote'] as const).find((step) => !progress[step].isDone) ?? null

/** The reason why a proposal says less than it seems to. */
export type Doubt = 'tie' | 'withheld'

export interface Proposal {
  grade: Grade
  doubt: Doubt | null
}

/**
 * The committee's card starts with the vote's leading grade; without a vote, with the group's view. A tie, or votes that must not be
 * told, gives the grade with the least consequences for the person. That is qualified or, between the two below it, the better one.
 */
export function proposalOf(view: Grade | null, vote: Readonly<Record<string, number>> | 'withheld' | null): Proposal {
  if (vote === null) return { grade: view ?? 'qualified', doubt: null }
  const votes = vote === 'withheld' ? {} : vote
  const most = Math.max(...grades.map((grade) => votes[grade] ?? 0))
  const leading = grades.filter((grade) => votes[grade] === most)
  const [only] = leading
  if (most === 0 || !only) return { grade: 'qualified', doubt: 'withheld' }
  if (leading.length === 1) return { grade: only, doubt: null }
  return { grade: leading.every((grade) => grade === 'basic' || grade === 'unqualified') ? 'basic' : 'qualified', doubt: 'tie' }
}
