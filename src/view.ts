import type * as z from 'zod'
import type { BallotDeps } from '../db/ballots/cast.ts'
import type { Db } from '../db/client.ts'
import { type MessageKind, message } from '../db/ledgers/message.ts'
import type { LinkTo } from '../db/pages/links.ts'
import { isBranded } from './brand.ts'
import type { Card } from './card.ts'

/** The addresses at which people reach the web pages. */
export interface Pages {
  /** A page’s address, its link made if there is none. Null without a PUBLIC_URL: links are then left out. */
  url(link: LinkTo): Promise<string> | null
  /** The address of a page that says the same to everybody. */
  plain(page: 'secrecy' | 'voice'): string | null
}

export const noPages: Pages = { url: () => null, plain: () => null }

/** A card that can be sent by name and brought up to date, rendered from ids when it is sent. */
export interface View {
  readonly is: 'view'
  name: string
  render(db: Db, args: unknown, now: Date, pages: Pages, box?: BallotDeps): Promise<Card | null>
}

/** A view or a file’s view with `args`, which makes the message that reaches it. */
type Sent<Args, Given> = { args: MessageKind<Args, Given> }

/** A view is named by a message that deeds enqueue. One that only commands and cards answer with has a name of its own. */
type Named<Args, Given> = { message: MessageKind<Args, Given> } | { name: string; takes: z.ZodType<Args, Given> }

const kindOf = <Args, Given extends object>(named: Named<Args, Given>) =>
  'message' in named ? named.message : message(named.name, named.takes)

/**
 * `show` gives null when there is nothing left to say: the message is then not sent. `box` opens words that are kept sealed; a card that is only
 * looked at goes without.
 */
export function view<Args, Given extends object>(
  definition: Named<Args, Given> & { show(db: Db, args: Args, now: Date, pages: Pages, box?: BallotDeps): Promise<Card | null> },
): View & Sent<Args, Given> {
  const args = kindOf(definition)
  return {
    is: 'view',
    name: args.view,
    render: (db, given, now, pages, box) => definition.show(db, args.takes.parse(given), now, pages, box),
    args,
  }
}

/** A file, made at the moment of sending like a card. */
export interface FileMessage {
  file: { name: string; bytes: Uint8Array }
}

/** Everything a file may need besides the database. */
export interface FileDeps {
  pages: Pages
  box: BallotDeps
}

export interface FileView {
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
