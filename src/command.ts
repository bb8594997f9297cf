import type { Message } from '../db/ledgers/message.ts'
import type { Context } from './context.ts'
import type { Right } from './rules/branches/rights.ts'
import type { Text } from './text.ts'

/** The answer to words: a sentence, or a message. Undefined when the deed put its answer into its own batch. */
export type Answer = { say: Text } | Message | undefined

export interface Command {
  name: string
  zh: string
  /** Other words for it. A command also works without its slash where the line is the command alone. */
  also: readonly string[]
  /** The section of the help screen that lists it. */
  part: 'everybody' | 'branch' | 'above' | 'begin'
  /** True where line breaks mean something; every other command gets its line in one. */
  keepsLines?: true
  /** True where the name alone says too little to be a button. */
  needsWords?: boolean
  summary: Text
  usage: Text
  /** The rights it asks for; a test goes through every role. */
  rights: readonly [Right, ...Right[]]
  /** `rest` is the line after the command’s name. */
  answer(ctx: Context, rest: string): Promise<Answer>
  /** Answers a plain sentence where `answer` would do a deed: with the filled form. Its words stand in `src/rules/words`. */
  ask?(ctx: Context, rest: string): Promise<Answer>
}

export const command = <const C extends Command>(definition: C): C => definition
