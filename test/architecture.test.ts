import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

/** Who may import whom: arrows point one way. The first rule whose `from` fits a file is its rule. */
const kit =
  'src/(calendar|card|charts|claim-code|command|context|led-groups|press|refusal|schedule|spoken|spreadsheet/|text|view|whereabouts|words/)'
const arrows: { from: string; may: string[] }[] = [
  { from: 'src/verify-ballot', may: [] },
  { from: 'src/rules/', may: ['src/rules/', 'src/calendar', 'src/text'] },
  { from: 'src/(text|calendar)', may: [] },
  { from: 'src/spreadsheet/', may: ['src/spreadsheet/', 'src/rules/', 'src/refusal'] },
  { from: 'src/(refusal|spoken)', may: ['src/text', 'src/calendar'] },
  { from: 'src/(card|command|context|led-groups|press|view|whereabouts)\\.ts', may: [kit, 'db/', 'src/rules/'] },
  {
    from: 'src/words/',
    may: ['src/words/', 'db/(score-sheets|ballot-standing|ballot-cards|evaluation-standing)', 'src/rules/', 'src/(calendar|spoken|text)'],
  },
  { from: 'db/', may: ['db/', 'src/rules/', 'src/calendar', 'src/refusal', 'src/text'] },
  { from: 'cards/', may: ['cards/', 'db/', 'src/rules/', kit] },
  { from: 'commands/', may: ['commands/', 'cards/', 'db/', 'src/rules/', kit] },
  { from: 'src/jobs/', may: ['cards/', 'db/', 'src/rules/', 'src/jobs/', kit] },
  { from: 'src/web/', may: ['src/web/', 'src/feishu/verify', 'db/', 'src/rules/', kit] },
  { from: 'src/feishu/', may: ['src/feishu/', 'src/bot', 'db/', 'src/rules/', kit] },
  // Where the playground and the product are put side by side; the rest of it only meets the product over HTTP.
  {
    from: 'src/playground/(start|life|lives|travel)\\.ts',
    may: [
      'src/playground/',
      'src/node',
      'src/config',
      'src/generate/',
      'src/host',
      'src/schedule',
      'src/calendar',
      'src/text',
      'src/rules/workdays',
      'db/(client|file|outbox|seeding)',
    ],
  },
  {
    from: 'src/playground/',
    may: ['src/playground/', 'src/feishu/verify', 'src/node', 'src/config', 'src/calendar', 'src/text', 'src/rules/workdays'],
  },
  { from: 'src/', may: ['src/', 'db/', 'cards/', 'commands/'] },
]

const files = ['src', 'commands', 'cards', 'db']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)))

const importsOf = (file: string) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, path]) =>
    normalize(join(dirname(file), path ?? '')),
  )

test.each(files)('%s imports only what its folder may', (file) => {
  const rule = arrows.find(({ from }) => new RegExp(`^${from}`).test(file))
  const strays = importsOf(file).filter((path) => !rule?.may.some((may) => new RegExp(`^${may}`).test(path)))
  expect(strays).toEqual([])
})

/** A card that opens another's form, or shows another's lines, names it. */
const opens = [
  'cards/ballot-host.ts > cards/ballot-codes.ts',
  'cards/ballot-host.ts > cards/ballot-meeting.ts',
  'cards/ballot-host.ts > cards/ballot-more.ts',
  'cards/ballot-host.ts > cards/turnout.ts',
  'cards/ballot-result.ts > cards/ballot-outcome.ts',
  'cards/ballot.ts > cards/ballot-fields.ts',
  'cards/ballot.ts > cards/ballot-outcome.ts',
  'cards/ballot.ts > cards/secrecy.ts',
  'cards/branch-review.ts > cards/appeal.ts',
  'cards/branch-review.ts > cards/assessment-corrections.ts',
  'cards/branch-review.ts > cards/entries.ts',
  'cards/branch-year.ts > cards/support.ts',
  'cards/call.ts > cards/credit-lines.ts',
  'cards/decided.ts > cards/election-form.ts',
  'cards/decided.ts > cards/election-lines.ts',
  'cards/decided.ts > cards/resolution-lines.ts',
  'cards/decided.ts > cards/resolve.ts',
  'cards/digest.ts > cards/agenda.ts',
  'cards/digest.ts > cards/attest.ts',
  'cards/digest.ts > cards/call.ts',
  'cards/digest.ts > cards/duty-steps.ts',
  'cards/digest.ts > cards/evaluation-begin.ts',
  'cards/digest.ts > cards/make-up.ts',
  'cards/digest.ts > cards/quieting.ts',
  'cards/draft.ts > cards/call.ts',
  'cards/election-again.ts > cards/election.ts',
  'cards/election-form.ts > cards/election-fields.ts',
  'cards/election-form.ts > cards/election-lines.ts',
  'cards/election-form.ts > cards/election.ts',
  'cards/election-lines.ts > cards/resolution-lines.ts',
  'cards/election.ts > cards/election-again.ts',
  'cards/election.ts > cards/election-form.ts',
  'cards/election.ts > cards/election-lines.ts',
  'cards/election.ts > cards/election-tally.ts',
  'cards/evaluation-begin.ts > cards/evaluation-open.ts',
  'cards/evaluation-begin.ts > cards/evaluation.ts',
  'cards/evaluation-open.ts > cards/evaluating.ts',
  'cards/evaluation-reading.ts > cards/evaluating.ts',
  'cards/evaluation-steps.ts > cards/evaluating.ts',
  'cards/evaluation-steps.ts > cards/evaluation-open.ts',
  'cards/evaluation-steps.ts > cards/grade-appeal.ts',
  'cards/evaluation-steps.ts > cards/grading.ts',
  'cards/evaluation-steps.ts > cards/group-view.ts',
  'cards/evaluation.ts > cards/evaluating.ts',
  'cards/evaluation.ts > cards/evaluation-reading.ts',
  'cards/evaluation.ts > cards/evaluation-steps.ts',
  'cards/evaluation.ts > cards/grade-form.ts',
  'cards/evaluation.ts > cards/self-view.ts',
  'cards/evaluation.ts > cards/votes.ts',
  'cards/gathering.ts > cards/credit-lines.ts',
  'cards/gathering.ts > cards/decided.ts',
  'cards/gathering.ts > cards/leave.ts',
  'cards/gathering.ts > cards/room-code.ts',
  'cards/grade-appeal.ts > cards/evaluating.ts',
  'cards/grading.ts > cards/ballot-fields.ts',
  'cards/grading.ts > cards/evaluating.ts',
  'cards/grading.ts > cards/grade-form.ts',
  'cards/group-view.ts > cards/ballot-fields.ts',
  'cards/group-view.ts > cards/evaluating.ts',
  'cards/group-view.ts > cards/grade-form.ts',
  'cards/hands.ts > cards/resolve.ts',
  'cards/host.ts > cards/agenda.ts',
  'cards/host.ts > cards/attendance-rows.ts',
  'cards/host.ts > cards/corrections.ts',
  'cards/host.ts > cards/credit-lines.ts',
  'cards/host.ts > cards/decided.ts',
  'cards/host.ts > cards/make-up.ts',
  'cards/host.ts > cards/reschedule.ts',
  'cards/host.ts > cards/room-code.ts',
  'cards/joint.ts > cards/own-branch.ts',
  'cards/leaves.ts > cards/attendance-rows.ts',
  'cards/leaves.ts > cards/make-up.ts',
  'cards/mine.ts > cards/duty-steps.ts',
  'cards/mine.ts > cards/leaves.ts',
  'cards/mine.ts > cards/make-up.ts',
  'cards/mine.ts > cards/votes.ts',
  'cards/own-branch.ts > cards/attendance-rows.ts',
  'cards/own-branch.ts > cards/credit-lines.ts',
  'cards/own-branch.ts > cards/make-up.ts',
  'cards/own-grade.ts > cards/evaluating.ts',
  'cards/people.ts > cards/person.ts',
  'cards/person.ts > cards/people.ts',
  'cards/proposals.ts > cards/person.ts',
  'cards/resolve.ts > cards/hands.ts',
  'cards/resolve.ts > cards/resolution-lines.ts',
  'cards/review.ts > cards/branch-review.ts',
  'cards/review.ts > cards/review-table.ts',
  'cards/rulebook.ts > cards/rulebook-list.ts',
  'cards/score.ts > cards/result.ts',
  'cards/score.ts > cards/standard.ts',
  'cards/score.ts > cards/what-if.ts',
  'cards/self-assessment.ts > cards/attest.ts',
  'cards/self-assessment.ts > cards/result.ts',
  'cards/self-view.ts > cards/evaluating.ts',
  'cards/standard.ts > cards/digest.ts',
  'cards/standard.ts > cards/evaluation-begin.ts',
  'cards/standard.ts > cards/what-if.ts',
  'cards/turnout.ts > cards/ballot-outcome.ts',
  'cards/votes.ts > cards/ballot-form.ts',
  'cards/votes.ts > cards/ballot-host.ts',
  'cards/votes.ts > cards/ballot.ts',
  'cards/year.ts > cards/branch-year.ts',
]

test('no command imports a command, and no card another feature’s card, but for the form that it opens', () => {
  const crossing = files
    .filter((file) => /^(commands|cards)\/(?!index)/.test(file))
    .flatMap((file) =>
      importsOf(file)
        .filter((path) => dirname(path) === dirname(file))
        .map((path) => `${file} > ${path}`),
    )
  expect(crossing.sort()).toEqual(opens)
})

test('what counts a ballot again shares nothing with what counted it', () => {
  const imported = [...readFileSync(join(root, 'src/verify-ballot.ts'), 'utf8').matchAll(/(?:from|import|import\(|require\()\s*'([^']+)'/g)]
  expect(imported.map(([, path]) => path).sort()).toEqual(['node:crypto', 'node:fs'])
})

test('nothing below the door asks the machine for the time or for chance', () => {
  const doors = /^src\/(node|worker|seed|run-jobs)\.ts$|^src\/playground\//
  const asking = files.filter(
    (file) => !doors.test(file) && /new Date\(\)|Date\.now\(\)|Math\.random\(\)/.test(readFileSync(join(root, file), 'utf8')),
  )
  expect(asking).toEqual([])
})

test('the product does not know the playground', () => {
  const knowing = files.filter(
    (file) => !/^src\/(playground\/|node\.ts)/.test(file) && importsOf(file).some((path) => path.startsWith('src/playground')),
  )
  expect(knowing).toEqual([])
})
