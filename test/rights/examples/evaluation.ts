import { press, type Stage, says } from '../stage.ts'
import { isElector } from './ballots.ts'

const full = ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember', 'leader', 'member', 'former secretary']

/** The branch evaluates its full members for that time; two of them are in the group. */
const evaluating = async (stage: Stage, period: string) => {
  stage.at('2026-12-01', '09:00')
  await stage.deed('secretary', 'groupPeople.moveIn', { group: 'group' }, { people: ['m leader', 'm member'] })
  const evaluation = stage.newId()
  await stage.deed('secretary', 'evaluationForm.submit', { id: evaluation, branch: 'home' }, { period })
  return { evaluation }
}
const open = (stage: Stage) => evaluating(stage, '2026H2')

/** Each has written a view of their own, and each group has said its. */
const written = async (stage: Stage, period = '2026H2') => {
  const sent = await evaluating(stage, period)
  for (const name of full) await stage.deed(name, 'selfView.submit', sent, { words: '自评', grade: 'qualified' })
  await stage.deed('leader', 'groupView.set', { ...sent, group: 'group', picked: {} }, {})
  await stage.deed('secretary', 'groupView.set', { ...sent, group: null, picked: {} }, {})
  return sent
}
const halfYearWritten = (stage: Stage) => written(stage)
const yearWritten = (stage: Stage) => written(stage, '2026')

const graded = async (stage: Stage) => {
  const sent = await written(stage)
  await stage.deed('secretary', 'grading.choose', { ...sent, seen: 0 }, {})
  // Nobody decides on their own grade.
  await stage.deed('deputy', 'grading.choose', { ...sent, seen: stage.now().getTime() }, {})
  return sent
}

const told = async (stage: Stage) => {
  const sent = await graded(stage)
  await stage.deed('secretary', 'evaluation.tell', sent)
  return sent
}

const appealed = async (stage: Stage) => {
  const sent = await told(stage)
  await stage.deed('member', 'ownGrade.submit', sent, { words: '有异议' })
  return { ...sent, member: 'm member' }
}

/** The days for an appeal are over. */
const final = async (stage: Stage) => {
  const sent = await told(stage)
  stage.at('2026-12-28', '09:00')
  return sent
}

const inGroup = { group: 'group' }

export const evaluation = [
  says('evaluation', 'runEvaluation', '/评议 2026H1', { view: 'evaluationForm' }),
  says('evaluation', 'beEvaluated', '/评议 我的', { view: 'selfView', given: open, at: 'own unit', if: isElector }),
  says('evaluation', 'enterGroupView', '/评议 小组', { view: 'groupView', given: open, at: 'group' }),
  press('goOn.openOrResume', 'runEvaluation', { view: 'evaluationForm', sends: { branch: 'home', period: '2026' } }),
  press('evaluationForm.submit', 'runEvaluation', {
    deed: 'evaluation.open',
    sends: (stage) => ({ id: stage.newId(), branch: 'home' }),
    form: { period: '2026' },
  }),

  press('selfView.open', 'beEvaluated', { view: 'selfView', given: open, at: 'own unit', if: isElector }),
  press('selfView.submit', 'beEvaluated', {
    deed: 'evaluation.self',
    given: open,
    form: { words: '自评', grade: 'qualified' },
    at: 'own unit',
    if: isElector,
  }),
  press('steps.groupViews', 'enterGroupView', { view: 'groupView', given: open }),
  press('groupView.choose', 'enterGroupView', { card: 'groupView.set', given: open, sends: inGroup, form: {}, at: 'group' }),
  press('groupView.set', 'enterGroupView', {
    deed: 'evaluation.group',
    given: open,
    sends: { ...inGroup, picked: {} },
    form: {},
    at: 'group',
  }),
  press('groupView.again', 'enterGroupView', { card: 'groupView.choose', given: open, sends: inGroup, at: 'group' }),
  press('groupView.look', 'enterGroupView', { card: 'groupView.choose', given: open, sends: inGroup, at: 'group' }),

  press('steps.vote', 'runEvaluation', { view: 'evaluationVote', given: open }),
  press('evaluationVote.submit', 'runEvaluation', {
    deed: 'evaluation.vote',
    given: yearWritten,
    form: { closes: '2026-12-20 15:00 +0800' },
  }),
  press('evaluationReading.next', 'runEvaluation', { view: 'evaluationReading', given: open, sends: { from: 0 } }),

  press('steps.grade', 'setGrades', { view: 'grading', given: halfYearWritten }),
  press('grading.choose', 'setGrades', { deed: 'evaluation.grade', given: halfYearWritten, sends: { seen: 0 }, form: {} }),
  press('grading.set', 'setGrades', { deed: 'evaluation.grade', given: halfYearWritten, sends: { seen: 0, picked: {} }, form: {} }),
  press('grading.again', 'setGrades', { card: 'grading.choose', given: halfYearWritten }),
  press('evaluation.tell', 'runEvaluation', { deed: 'evaluation.tell', given: graded }),

  press('ownGrade.appeal', 'beEvaluated', { card: 'ownGrade.submit', given: told, at: 'own unit', if: isElector }),
  press('ownGrade.submit', 'beEvaluated', {
    deed: 'evaluation.appeal',
    given: told,
    form: { words: '有异议' },
    at: 'own unit',
    if: isElector,
  }),
  press('steps.appeals', 'setGrades', { view: 'gradeAppeal', given: appealed }),
  press('gradeAppeal.answer', 'setGrades', { deed: 'evaluation.answer', given: appealed, form: { verdict: 'no', words: '程序无误' } }),
  press('evaluation.close', 'runEvaluation', { deed: 'evaluation.close', given: final }),
  press('evaluation.cancel', 'runEvaluation', { deed: 'evaluation.cancel', given: open }),
]
