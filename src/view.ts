import type * as z from 'zod'
import type { BallotDeps } from '../db/ballots/cast.ts'
import type { Db } from '../db/client.ts'
import { type MessageKind, message } from '../db/ledgers/message.ts'
import type { LinkTo } from '../db/pages/links.ts'
import { isBranded } from './brand.ts'
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
  readonly is: 'view'
  name: string
  render(db: Db, args: unknown, now: Date, pages: Pages): Promise<Card | null>
}

/** A view, or a file's view, that a message reaches: `args` makes the message. */
type Sent<Args, Given> = { args: MessageKind<Args, Given> }

/** Named by a message that deeds enqueue, or, where only commands and cards answer with it, by a name of its own. */
type Named<Args, Given> = { message: MessageKind<Args, Given> } | { name: string; takes: z.ZodType<Args, Given> }

const kindOf = <Args, Given extends object>(named: Named<Args, Given>) =>
  'message' in named ? named.message : message(named.name, named.takes)

/** `show` answers null when there is nothing to say any more: the message is then not sent. */
export function view<Args, Given extends object>(
  definition: Named<Args, Given> & { show(db: Db, args: Args, now: Date, pages: Pages): Promise<Card | null> },
): View & Sent<Args, Given> {
  const args = kindOf(definition)
  return { is: 'view', name: args.view, render: (db, given, now, pages) => definition.show(db, args.takes.parse(given), now, pages), args }
}

/** A file, made at the moment of sending like a card. */
export interface FileMessage {
  file: { name: string; bytes: Uint8Array }
}

/** What a file may need besides the database. */
export interface FileDeps {
  pages: Pages
  box: BallotDeps
}

interface FileView {
  readonly is: 'file'
  name: string
  render(db: Db, args: unknown, now: Date, deps: FileDeps): Promise<FileMessage | null>
}

export function fileView<Args, Given extends object>(
  definition: Named<Args, Given> & { make(db: Db, args: Args, now: Date, deps: FileDeps): Promise<FileMessage['file'] | null> },
): FileView & Sent<Args, Given> {
  const args = kindOf(definition)
  return {
    is: 'file',
    name: args.view,
    async render(db, given, now, deps) {
      const file = await definition.make(db, args.takes.parse(given), now, deps)
      return file && { file }
    },
    args,
  }
}

export const isView = (it: unknown): it is View => isBranded(it, 'view')
export const isFileView = (it: unknown): it is FileView => isBranded(it, 'file')
