import type { Finding } from '../../db/pledges/checks.ts'
import type { Officer } from '../../db/pledges/integrity.ts'
import { type Day, day, type Half } from '../../src/calendar.ts'
import { button, type Card, card, coloured, type Element, fittingLines, lines, note } from '../../src/card.ts'
import { fittingOptions, form, input, pickDay, select } from '../../src/form.ts'
import { type Checking, LONGEST_PROBLEM, mayCheck } from '../../src/rules/pledges/integrity.ts'
import { spokenDay, spokenPeriod } from '../../src/spoken.ts'
import { asWritten, labelled, type Text, t } from '../../src/text.ts'
import { askProblem, checkAgain, noteProblem, passOfficers, readProblem } from './buttons.ts'

export interface CheckShown {
  branch: string
  branchName: string
  half: Half
  closedAt: Date | null
  officers: readonly Officer[]
  findings: readonly Finding[]
  checking: Checking
  /** The reader is told the words of a problem; they stand on nobody else's card. */
  problem?: { of: string; words: string } | undefined
}

const title = (half: Half): Text => labelled(t('廉政承诺检查', 'Integrity check'), spokenPeriod(half), ' · ')

const MOST_PROBLEMS = 8
const MOST_PASSED = 60

/** The officers of whom nothing is noted yet, and whom the reader checks. */
const toCheck = ({ officers, findings, checking }: CheckShown): readonly Officer[] =>
  officers.filter(({ id }) => !findings.some(({ member }) => member === id) && mayCheck(id, checking)).slice(0, MOST_PASSED)

/** Everybody is without a problem until one is chosen. */
export function checkCard(it: CheckShown): Card {
  const { branch, branchName, half, closedAt, officers, findings, problem } = it
  const open = toCheck(it)
  const [others, passed] = [
    officers.filter(({ id }) => !findings.some(({ member }) => member === id) && !open.some((one) => one.id === id)),
    findings.filter(({ isPassed }) => isPassed),
  ]
  const problems = findings.filter(({ isPassed }) => !isPassed).slice(0, MOST_PROBLEMS)
  const sent = { branch, half }
  return card(
    title(half),
    [
      problem ? lines(labelled(asWritten(problem.of), asWritten(problem.words))) : null,
      ...(closedAt || open.length === 0
        ? []
        : [
            lines(t('**无问题**', '**No problem**'), ...namesOf(open)),
            button(t('检查完', 'Checked'), passOfficers.value({ ...sent, officers: open.map(({ id }) => id) }), {
              type: 'primary_filled',
              wide: true,
            }),
            button(t('有问题…', 'A problem…'), askProblem.value(sent)),
          ]),
      ...problems.flatMap((one) => problemShown(one, it)),
      passed.length > 0 ? lines(t(`已查 ${passed.length} 人，没有问题。`, `${passed.length} checked, without a problem.`)) : null,
      !closedAt && others.length > 0 ? lines(t('**等别人检查**', '**To be checked by another**'), ...namesOf(others)) : null,
      closedAt ? lines(closedSaid(closedAt)) : null,
      note(
        t(
          '书记由纪检委员检查；纪检委员由书记检查；没有纪检委员的，书记由上级检查。问题只有查的人、本人和书记看得到。',
          'The discipline member checks the secretary, the secretary the discipline member; without one, the level above checks the secretary. A problem is read by whoever found it, the person and the secretary.',
        ),
      ),
    ],
    { colour: closedAt ? 'green' : 'blue', subtitle: asWritten(branchName) },
  )
}

function closedSaid(at: Date): Text {
  const on = spokenDay(day(at))
  return t(`**${on.zh}检查完。**`, `**The check was closed on ${on.en}.**`)
}

const namesOf = (people: readonly { name: string }[]): readonly Text[] =>
  fittingLines(
    people.map(({ name }) => asWritten(name)),
    5_000,
  )

function problemShown(one: Finding, { branch, half, checking }: CheckShown): Element[] {
  const isOwn = one.by === checking.checker.id
  const sent = { branch, half, finding: one.id }
  const reads = isOwn || checking.checker.isSecretary || one.member === checking.checker.id || checking.checker.isAssessor
  return [
    lines(problemSaid(one)),
    ...(reads ? [button(t('看问题', 'Read it'), readProblem.value(sent), { type: 'text' as const })] : []),
    ...(isOwn && one.doneAt && !one.checkedAt ? [button(t('复查，已整改', 'Looked again: put right'), checkAgain.value(sent))] : []),
  ]
}

function problemSaid({ name, dueOn, doneAt, checkedAt }: Finding): Text {
  const [who, on] = [asWritten(name), spokenDay(dueOn ?? '1970-01-01')]
  if (checkedAt) return t(`${who.zh}：有问题，已整改，已复查`, `${who.en}: a problem, put right and looked at again`)
  if (doneAt) return coloured('orange', t(`${who.zh}：已整改，等复查`, `${who.en}: put right, to be looked at again`))
  return coloured('orange', t(`${who.zh}：有问题，${on.zh}前整改`, `${who.en}: a problem, to be put right by ${on.en}`))
}

/** The form of a problem: whose it is, and by when it is put right. */
export function problemForm(it: CheckShown, ids: { finding: string; task: string }, today: Day): Card {
  const { branch, branchName, half } = it
  return card(
    title(half),
    [
      form(
        'problem',
        [
          select(
            'officer',
            t('是谁', 'Who'),
            fittingOptions(
              toCheck(it).map(({ id, name }) => ({ label: t(name, name), value: id })),
              8_000,
            ),
            { required: true },
          ),
          input('words', t(`什么问题（${LONGEST_PROBLEM} 字以内）`, `What the problem is (at most ${LONGEST_PROBLEM} characters)`), {
            required: true,
            most: LONGEST_PROBLEM,
            rows: 3,
          }),
          pickDay('on', t('哪天前整改', 'To be put right by'), { chosen: today, required: true }),
        ],
        { label: t('记下，由本人整改', 'Note it; the person puts it right'), value: noteProblem.value({ branch, half, ...ids }) },
      ),
      note(t('内容加密保存；本人会多一项任务。', 'The words are sealed; the person gets a task.')),
    ],
    { colour: 'orange', subtitle: asWritten(branchName) },
  )
}

/** A problem for the person whom it is about. */
export const problemCard = (branchName: string, half: Half, { of, words }: { of: string; words: string }): Card =>
  card(
    title(half),
    [
      lines(labelled(asWritten(of), asWritten(words))),
      note(t('整改好了，在「任务」里按「办完了」。', 'Once it is put right, press “Done” under “task”.')),
    ],
    { colour: 'orange', subtitle: asWritten(branchName) },
  )

/** The check in numbers. */
export function checkFactsCard(branchName: string, half: Half, closedAt: Date | null, findings: readonly Finding[]): Card {
  const problems = findings.filter(({ isPassed }) => !isPassed)
  const open = problems.filter(({ checkedAt, droppedAt }) => !checkedAt && !droppedAt).length
  return card(
    title(half),
    [
      lines(
        t(
          `查了 ${findings.length} 人，问题 ${problems.length} 个，其中还没有整改完的 ${open} 个。`,
          `${findings.length} people checked; ${problems.length} problems, of which ${open} are still open.`,
        ),
        closedAt ? closedSaid(closedAt) : t('还没有检查完。', 'The check is not closed.'),
      ),
    ],
    { colour: closedAt ? 'green' : 'grey', subtitle: asWritten(branchName) },
  )
}
