import type { Text } from '../../text.ts'

/**
 * Says what people mean by a sentence. A frame is a list of concepts that must all be there, `a/b` where either will do. The words behind `>`
 * are the line after the command’s name, with slots in braces. `?>` is for deeds: they are offered as a button and never done by a sentence.
 */
export interface Meaning {
  frames: readonly string[]
  /** Concepts and slots that may stand beside those of a frame. */
  takes: string
}

/** A sentence that is answered by a sentence, since no command does it. */
export interface Reply {
  frames: readonly string[]
  takes: string
  say: Text
}
