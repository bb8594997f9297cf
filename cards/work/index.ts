import * as decisions from './decisions.ts'
import * as problems from './problems.ts'
import * as task from './task.ts'
import * as taskLine from './task-line.ts'
import * as tasks from './tasks.ts'

export const workCards = [decisions, problems, task, taskLine, tasks]
