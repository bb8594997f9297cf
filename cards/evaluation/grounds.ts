import { proposedFor } from '../../db/evaluation/grade.ts'
import type { EvaluationAsItStands, PersonEvaluated } from '../../db/evaluation/state.ts'
import { type Element, fittingLines, folded, lines } from '../../src/card.ts'
import { type Circle, circles } from '../../src/rules/ballots/pieces.ts'
import { type Grade, gradeNames } from '../../src/rules/ballots/uses.ts'
import type { Doubt } from '../../src/rules/evaluation/evaluation.ts'
import { both, literal, type Text, t } from '../../src/text.ts'
import { subjectSaid } from '../../src/words/ballots.ts'
import { namesSaid } from './grade-form.ts'

/** What the proposal rests on; whoever is plainly qualified is not listed, unless they are all that is asked about. */
export function groundsFolded(it: EvaluationAsItStands, people: readonly PersonEvaluated[], asked: readonly PersonEvaluated[]): Element[] {
  const said = people.filter((person) => asked.includes(person) || isWorthSaying(it, person)).map((person) => groundsOf(it, person))
  const shown = fittingLines(said, GROUNDS_BYTES)
  return shown.length > 0
    ? [folded(t(`自评、小组意见和票数（${shown.length}）`, `Own views, groups’ views and votes (${shown.length})`), [lines(...shown)])]
    : []
}

const GROUNDS_BYTES = 7_000

const isWorthSaying = (it: EvaluationAsItStands, person: PersonEvaluated) =>
  [person.self?.grade, person.view?.grade, ...gradesVoted(it, person)].some((grade) => grade && grade !== 'qualified')

const gradesVoted = ({ ballot }: EvaluationAsItStands, { key }: PersonEvaluated) =>
  circles.flatMap((circle) => Object.keys(ballot?.result?.tally[circle]?.counts[key] ?? {}))

function groundsOf(it: EvaluationAsItStands, person: PersonEvaluated): Text {
  const parts: (Text | null)[] = [
    person.self && gradeSaid(t('自评', 'self'), person.self.grade),
    person.view && gradeSaid(t('小组', 'group'), person.view.grade),
    votesSaid(t('票', 'votes'), it, 'members', person),
    votesSaid(t('群众票', 'the public'), it, 'public', person),
  ]
  const said = parts.filter((part) => part !== null)
  return both((l) => `**${literal(person.name)}** ${said.map((part) => part[l]).join({ zh: '；', en: '; ' }[l])}`)
}

function votesSaid(what: Text, { ballot }: EvaluationAsItStands, circle: Circle, { key }: PersonEvaluated): Text | null {
  const tally = ballot?.result?.tally[circle]
  return ballot && tally?.counts[key] ? both((l) => `${what[l]} ${subjectSaid(ballot, tally, key, circle)[l]}`) : null
}

const gradeSaid = (what: Text, grade: Grade): Text => both((l) => `${what[l]} ${gradeNames[grade][l]}`)

export const doubtsSaid = (it: EvaluationAsItStands, people: readonly PersonEvaluated[]): Text[] =>
  (['tie', 'withheld'] as const).flatMap((doubt) => {
    const names = people.filter((person) => proposedFor(it, person).doubt === doubt).map(({ name }) => name)
    return names.length === 0 ? [] : [both((l) => `${doubtNames[doubt][l]}${namesSaid(names)[l]}`)]
  })

const doubtNames: Readonly<Record<Doubt, Text>> = {
  tie: t('票数相同，先填影响较小的等次：', 'A tie, filled in with the grade of lesser consequence: '),
  withheld: t('票数太少、不公布，先填合格：', 'Too few votes to be told, filled in as qualified: '),
}
