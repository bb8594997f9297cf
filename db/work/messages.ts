import * as z from 'zod'
import { id } from '../../src/id.ts'
import { message } from '../ledgers/message.ts'

const subject = z.string()

export const decisionsSubject = (gathering: string, branch: string) => `decisions ${gathering} ${branch}`
export const problemsSubject = (gathering: string, branch: string) => `problems ${gathering} ${branch}`
export const taskSubject = (task: string) => `task ${task}`
export const ownTasksSubject = (member: string) => `tasks ${member}`
export const branchTasksSubject = (branch: string) => `branchTasks ${branch}`

/** The decisions of a branch's part in a meeting. Its committee writes them here, others read those that they may see. */
export const decisions = message('decisions', z.object({ subject, gathering: id, branch: id, viewer: id }))

/** The problems that a life meeting found, for those who lead it. */
export const problems = message('problems', z.object({ subject, gathering: id, branch: id, viewer: id }))

/** A task, for its owner or for one who looks after it. */
export const task = message('task', z.object({ subject, task: id, viewer: id }))

/** A line that was said, read back before the task is given; `isOpen` shows it as a form. */
export const taskLine = message(
  'taskLine',
  z.object({
    subject,
    /** The id that the task will have: a card pressed twice gives one. */
    task: id,
    branch: id,
    viewer: id,
    words: z.string().max(200),
    owner: id.optional(),
    dueOn: z.string().max(10).optional(),
    isUnclear: z.boolean().optional(),
  }),
)

/** A person's own tasks. */
export const ownTasks = message('ownTasks', z.object({ subject, member: id }))

/** The tasks of a branch, for its committee. */
export const branchTasks = message('branchTasks', z.object({ subject, branch: id, viewer: id }))

/** The tasks that one meeting gave to a person: the only message about them that nobody asked for. */
export const tasksGiven = message('tasksGiven', z.object({ subject, gathering: id, member: id }))
