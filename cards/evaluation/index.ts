import * as appeal from './appeal.ts'
import * as evaluation from './evaluation.ts'
import * as goOn from './go-on.ts'
import * as grading from './grading.ts'
import * as groupView from './group-view.ts'
import * as open from './open.ts'
import * as ownGrade from './own-grade.ts'
import * as reading from './reading.ts'
import * as selfView from './self-view.ts'
import * as steps from './steps.ts'

export const evaluationCards = [appeal, evaluation, goOn, grading, groupView, open, ownGrade, reading, selfView, steps]
