import * as z from 'zod'
import { id } from '../../src/id.ts'
import { buttonOf } from '../../src/press.ts'

const part = z.object({ gathering: id, branch: id })

/** Sends the form of a meeting's decisions to the presser. */
export const openDecisions = buttonOf('decisions.open', part)

/** Sends the decisions that the presser may read. */
export const readDecisions = buttonOf('decisions.read', part)

export const addDecision = buttonOf('decisions.add', part)
export const strikeDecision = buttonOf('decisions.strike', part.extend({ decision: id }))
export const publishDecision = buttonOf('decisions.publish', part.extend({ decision: id, isPublic: z.boolean() }))

export const openProblems = buttonOf('problems.open', part)

export const openTasks = buttonOf('ownTasks.open', z.object({ about: z.literal('tasks') }))

export const openBranchTasks = buttonOf('branchTasks.open', z.object({ branch: id }))

/** The form on that list brings the chosen task. */
export const pickTask = buttonOf('branchTasks.pick', z.object({ branch: id }))

/** From a list to a task, as a card of its own. */
export const openTask = buttonOf('task.send', z.object({ task: id }))

/** 办完了 on a list: the list is shown again. */
export const finishListed = buttonOf('ownTasks.done', z.object({ task: id, gathering: id.optional() }))

export const addProblem = buttonOf('problems.add', part)
export const strikeProblem = buttonOf('problems.strike', part.extend({ problem: id }))

const ofTask = z.object({ task: id })

/** Shows a form in the place of the task: another day, that it cannot be done, or the secretary's answer. */
export const taskForms = ['done', 'move', 'cannot', 'settle', 'drop'] as const
export const askOfTask = buttonOf('task.ask', ofTask.extend({ what: z.enum(taskForms) }))
export const showTask = buttonOf('task.show', ofTask)
export const finishTask = buttonOf('task.done', ofTask)
export const undoTask = buttonOf('task.undo', ofTask)
export const moveTask = buttonOf('task.move', ofTask)
export const cannotTask = buttonOf('task.cannot', ofTask)
export const settleTask = buttonOf('task.settle', ofTask)
export const dropTask = buttonOf('task.drop', ofTask)

/** The line that was read back; `task` is the id that the task will have. */
const line = z.object({
  task: id,
  branch: id,
  words: z.string().max(200),
  owner: id.optional(),
  dueOn: z.string().max(10).optional(),
})
export const giveTask = buttonOf('taskLine.give', line)
export const editTask = buttonOf('taskLine.edit', line)
const ofMinutes = z.object({ gathering: id, branch: id })

/** On the host's card after the close: begins the minutes, or shows how far they are. */
export const openMinutes = buttonOf('minutes.open', ofMinutes)

/** The minutes in the place of the pressed card: back from a form. */
export const showMinutes = buttonOf('minutes.show', ofMinutes)

/** The latest meetings of a branch and their minutes, in the presser's direct chat. */
export const openMinutesList = buttonOf('minutesList.open', z.object({ branch: id }))

/** From a list to the minutes, as a card of its own. */
export const sendMinutes = buttonOf('minutesList.send', ofMinutes)

/** The recorder's steps. */
const ofItem = ofMinutes.extend({ position: z.number().int().min(0).max(99) })
export const writeItem = buttonOf('minutes.write', ofItem)
export const saveItem = buttonOf('minutes.save', ofItem)
export const sendForConfirmation = buttonOf('minutes.submit', ofMinutes)
export const changeRecorder = buttonOf('minutes.assign', ofMinutes)

/** The steps of the one who confirms. */
export const confirmNow = buttonOf('minutes.confirm', ofMinutes)
export const askReturn = buttonOf('minutes.askReturn', ofMinutes)
export const returnNow = buttonOf('minutes.sendBack', ofMinutes)

/** The assessor asks for the minutes of one meeting; the secretary gives them to `by`. */
export const askMinutes = buttonOf('minutesAsked.ask', ofMinutes)
export const giveMinutes = buttonOf('minutesAsked.provide', ofMinutes.extend({ by: id }))

export const sendMinutesFile = buttonOf('minutes.file', ofMinutes)
