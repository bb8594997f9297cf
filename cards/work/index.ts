import * as decisions from './decisions.ts'
import * as minutes from './minutes.ts'
import * as minutesAsked from './minutes-asked.ts'
import * as minutesList from './minutes-list.ts'
import * as problems from './problems.ts'
import * as task from './task.ts'
import * as taskLine from './task-line.ts'
import * as tasks from './tasks.ts'

export const workCards = [decisions, minutes, minutesAsked, minutesList, problems, task, taskLine, tasks]
