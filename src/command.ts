import type { Message } from '../db/ledgers/message.ts'
import type { Context } from './context.ts'
import type { Right } from './rules/branches/rights.ts'
import type { Text } from './text.ts'

/** What is shown in answer to words: a sentence, or a view by name. Nothing, when the deed put its answer into its own batch. */
export type Answer = { say: Text } | Message | undefined

export interface Command {
  name: string
  zh: string
  /** Other words for it; a command is also known without its slash where the line is the command alone. */
  also: readonly string[]
  /** Where the help screen lists it. */
  part: 'everybody' | 'branch' | 'above' | 'begin'
  /** Alone it says too little to be a button. */
  needsWords?: boolean
  summary: Text
  usage: Text
  /** What it asks the table of rights; a test goes through every role. */
  rights: readonly [Right, ...Right[]]
  /** `rest` is what was said after the command's name. */
  answer(ctx: Context, rest: string): Promise<Answer>
}

export const command = <const C extends Command>(definition: C): C => definition
