import type * as z from 'zod'
import type { Box } from '../db/ballots/cast.ts'
import type { Db } from '../db/client.ts'
import type { LinkTo } from '../db/pages/links.ts'
import type { Card } from './card.ts'

/** Where people reach the web pages. */
export interface Pages {
  /** A page's address, the link made if there is none; null where no PUBLIC_URL is set: what leads there is then left out. */
  url(link: LinkTo): Promise<string> | null
  /** The same of a page that says the same to everybody. */
  plain(page: 'secrecy'): string | null
}

export const noPages: Pages = { url: () => null, plain: () => null }

/** A card that can be sent by name and brought up to date: rendered from ids at the moment of sending. */
export interface View {
  name: string
  render(db: Db, args: unknown, now: Date, pages: Pages): Promise<Card | null>
}

/** `show` answers null when there is nothing to say any more: the message is then not sent. */
export function view<Args>(definition: {
  name: string
  takes: z.ZodType<Args>
  show(db: Db, args: Args, now: Date, pages: Pages): Promise<Card | null>
}): View & {
  args(args: Args): { view: string; args: Args & Record<string, unknown> }
} {
  return {
    name: definition.name,
    render: (db, args, now, pages) => definition.show(db, definition.takes.parse(args), now, pages),
    args: (args) => ({ view: definition.name, args: args as Args & Record<string, unknown> }),
  }
}

/** A file, made at the moment of sending like a card. */
export interface FileMessage {
  file: { name: string; bytes: Uint8Array }
}

/** What a file may need besides the database. */
export interface FileWorld {
  pages: Pages
  box: Box
}

export interface FileView {
  name: string
  render(db: Db, args: unknown, now: Date, world: FileWorld): Promise<FileMessage | null>
}

export function fileView<Args>(definition: {
  name: string
  takes: z.ZodType<Args>
  make(db: Db, args: Args, now: Date, world: FileWorld): Promise<FileMessage['file'] | null>
}): FileView & { args(args: Args): { view: string; args: Args & Record<string, unknown> } } {
  return {
    name: definition.name,
    async render(db, args, now, world) {
      const file = await definition.make(db, definition.takes.parse(args), now, world)
      return file && { file }
    },
    args: (args) => ({ view: definition.name, args: args as Args & Record<string, unknown> }),
  }
}
