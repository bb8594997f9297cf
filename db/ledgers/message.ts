import type * as z from 'zod'
import type { ViewName } from './tables.ts'

/** A card or file to be sent: the name of its view, and ids. The view is rendered from them at the moment of sending. */
export interface Message {
  view: ViewName
  args: Record<string, unknown>
}

/** The messages of one name: a call with ids makes a `Message`. The view of that name is registered with the same value. */
export interface MessageKind<Args, Sent = Args> {
  (args: Sent): Message
  readonly view: ViewName
  readonly takes: z.ZodType<Args, Sent>
}

/** The only maker of a `ViewName`: a name that no view shows cannot be enqueued by mistake. */
export function message<Args, Sent extends object>(view: string, takes: z.ZodType<Args, Sent>): MessageKind<Args, Sent> {
  const name = view as ViewName
  return Object.assign((args: Sent): Message => ({ view: name, args: args as Record<string, unknown> }), { view: name, takes })
}
