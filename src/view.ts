import type * as z from 'zod'
import type { Db } from '../db/client.ts'
import type { Card } from './card.ts'

/** A card that can be sent by name and brought up to date: rendered from ids at the moment of sending. */
export interface View {
  name: string
  render(db: Db, args: unknown, now: Date): Promise<Card | null>
}

/** `show` answers null when there is nothing to say any more: the message is then not sent. */
export function view<Args>(definition: {
  name: string
  takes: z.ZodType<Args>
  show(db: Db, args: Args, now: Date): Promise<Card | null>
}): View & {
  args(args: Args): { view: string; args: Args & Record<string, unknown> }
} {
  return {
    name: definition.name,
    render: (db, args, now) => definition.show(db, definition.takes.parse(args), now),
    args: (args) => ({ view: definition.name, args: args as Args & Record<string, unknown> }),
  }
}

/** A file, made at the moment of sending like a card. */
export interface FileMessage {
  file: { name: string; bytes: Uint8Array }
}

export interface FileView {
  name: string
  render(db: Db, args: unknown, now: Date): Promise<FileMessage | null>
}

export function fileView<Args>(definition: {
  name: string
  takes: z.ZodType<Args>
  make(db: Db, args: Args, now: Date): Promise<FileMessage['file'] | null>
}): FileView & { args(args: Args): { view: string; args: Args & Record<string, unknown> } } {
  return {
    name: definition.name,
    async render(db, args, now) {
      const file = await definition.make(db, definition.takes.parse(args), now)
      return file && { file }
    },
    args: (args) => ({ view: definition.name, args: args as Args & Record<string, unknown> }),
  }
}
