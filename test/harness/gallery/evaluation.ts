import { anEvaluatingBranch } from '../evaluation.ts'
import type { Hung } from './gallery.ts'

/** The cards of a year’s evaluation, from the form that opens it to the appeal. */
export async function theEvaluation(): Promise<Hung[]> {
  const it = await anEvaluatingBranch()
  const hung: Hung[] = []
  const keep = (name: string, card: Hung['card'] | null | undefined) => {
    if (!card) throw new Error(`“${name}” has nothing to show`)
    hung.push({ name, card })
  }
  const got = async (who: string, view: string, as = view) => keep(as, (await it.got(who, view)).card)
  const steps = async (as: string) =>
    keep(as, (await it.shown('evaluation', { subject: 's', evaluation: await it.latest(), viewer: 'm_李华' })).card)

  await it.say('李华', '/评议 年终')
  await got('李华', 'evaluationForm')
  await it.begins('2026')
  await steps('evaluation: opened')
  await got('王芳', 'selfView')
  await got('赵敏', 'groupView')
  for (const name of ['李华', '王芳', '张伟', '赵敏', '孙丽', '周杰'])
    await it.writes(name, name === '王芳' ? 'excellent' : 'qualified', '按时完成教学科研任务，带头参加支部活动；不足是联系群众还不够。')
  await got('王芳', 'selfView', 'selfView: handed in')
  const lists = { excellent: [await it.keyOf('王芳')], basic: [], unqualified: [] }
  keep('groupView: why', (await it.ask('赵敏', 'groupView.choose', lists, { group: 'g1' })).card)
  await it.says('赵敏', 'g1', { excellent: ['王芳'] }, { 王芳: '带头攻关' })
  await got('赵敏', 'groupView', 'groupView: given')
  await it.says('孙丽', 'g2', { basic: ['周杰'] }, { 周杰: '缺席较多' })
  await it.ask('李华', 'steps.vote')
  await got('李华', 'evaluationVote')
  await steps('evaluation: before the vote')
  await it.vote({
    李华: { excellent: ['王芳'], basic: ['周杰'] },
    王芳: { excellent: ['赵敏'], basic: ['周杰'] },
    张伟: { excellent: ['王芳'], unqualified: ['周杰'] },
    赵敏: { excellent: ['王芳'] },
    钱进: { excellent: ['赵敏'] },
  })
  await it.ask('李华', 'evaluationReading.next', undefined, { from: 0 })
  await got('李华', 'evaluationReading')
  await it.ask('李华', 'steps.grade')
  await got('李华', 'grading')
  const picked = { excellent: [await it.keyOf('王芳'), await it.keyOf('赵敏')], basic: [], unqualified: [await it.keyOf('周杰')] }
  keep('grading: why', (await it.ask('李华', 'grading.choose', picked, { seen: 0 })).card)
  const why = { 赵敏: '全年承担最重的任务', 周杰: '长期不参加组织生活' }
  await it.grades('李华', { excellent: ['王芳', '赵敏'], unqualified: ['周杰'] }, why)
  await it.grades('王芳', { excellent: ['赵敏'], unqualified: ['周杰'] }, why)
  await got('李华', 'grading', 'grading: set')
  await steps('evaluation: graded')
  await it.ask('李华', 'evaluation.tell')
  await steps('evaluation: told')
  await got('周杰', 'ownGrade')
  keep('ownGrade: appealing', (await it.ask('周杰', 'ownGrade.appeal')).card)
  await it.ask('周杰', 'ownGrade.submit', { words: '缺席都有请假手续。' })
  await got('张伟', 'gradeAppeal')
  await it.ask('张伟', 'gradeAppeal.answer', { verdict: 'basic', words: '请假手续部分属实' }, { member: 'm_周杰' })
  await got('张伟', 'gradeAppeal', 'gradeAppeal: answered')
  await got('周杰', 'ownGrade', 'ownGrade: answered')
  await it.clock('2026-12-09', '00:11')
  await steps('evaluation: over')
  return hung
}
