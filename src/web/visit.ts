import type { Child } from 'hono/jsx'
import type { BallotDeps } from '../../db/ballots/cast.ts'
import type { Actor } from '../../db/branches/members.ts'
import type { Db } from '../../db/client.ts'
import type { Link, LinkKind } from '../../db/pages/links.ts'
import { type Language, plainly, type Text } from '../text.ts'
import type { Pages } from '../view.ts'

/** The values that the frame of every page needs. */
export interface Frame {
  language: Language
  /** The text in the reader's language, without markup. */
  say(text: Text): string
  /** The page's own address with changed parameters; null removes one. */
  href(changes: Record<string, string | null>): string
  /** The parameters: `?sort=…&q=…` */
  query: URLSearchParams
  /** Marks our own style and script; the browser runs no others. */
  nonce: string
  now: Date
  /** One sentence above the page that says what was refused. */
  notice?: Text
}

export interface Visit extends Frame {
  db: Db
  link: Link
  /** The link's person with the seats of this moment; null for a page that is only read. */
  actor: Actor | null
  path: string
  formToken: string
  pages: Pages
  box: BallotDeps
  newId(): string
  /** A refused form, shown again as it was filled in. */
  filled?: URLSearchParams
}

/** A file for download. */
export interface WebFile {
  name: string
  type: string
  bytes: Uint8Array
}

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export interface WebPage {
  kind: LinkKind
  /** Null when the page is over. A Refusal is shown in the page's place. */
  show(visit: Visit): Promise<Child | null>
  /** Plain text in the page’s place, for a machine. Null where the address does not ask for it. */
  text?(visit: Visit): Promise<string | null>
  /** Figures that its script asks for, at `<address>/<name>`. */
  figures?: Record<string, (visit: Visit) => Promise<object | null>>
  /** Files, at `<address>/<name>` as well. */
  files?: Record<string, (visit: Visit) => Promise<WebFile | null>>
  /**
   * Handles a form. The page is shown again with the returned changes of its address. `Once` is shown in its place: content that a reload
   * must not find again. A Refusal is shown above the page.
   */
  act?(visit: Visit, filled: URLSearchParams): Promise<Record<string, string | null> | Once | undefined>
}

export class Once {
  readonly page: Child

  constructor(page: Child) {
    this.page = page
  }
}

export function frameOf(request: Request, nonce: string, now: Date): Frame {
  const { searchParams: query } = new URL(request.url)
  const language = languageOf(query.get('lang'), request.headers.get('accept-language'))
  return {
    language,
    say: (text) => plainly(text)[language],
    href(changes) {
      const asked = new URLSearchParams(query)
      for (const [name, value] of Object.entries(changes)) value === null ? asked.delete(name) : asked.set(name, value)
      return `?${asked}`
    },
    query,
    nonce,
    now,
  }
}

/** The language that was asked for, else the first of the browser's that we speak. */
function languageOf(asked: string | null, accepted: string | null): Language {
  if (asked === 'zh' || asked === 'en') return asked
  return /(?:^|,) *(zh|en)\b/i.exec(accepted ?? '')?.[1]?.toLowerCase() === 'en' ? 'en' : 'zh'
}
