import type { Child } from 'hono/jsx'
import type { BallotDeps } from '../../db/ballots/cast.ts'
import type { Actor } from '../../db/branches/members.ts'
import type { Db } from '../../db/client.ts'
import type { Link, LinkKind } from '../../db/pages/links.ts'
import { type Language, plainly, type Text } from '../text.ts'
import type { Pages } from '../view.ts'

/** What the frame of every page needs. */
export interface Frame {
  language: Language
  /** In the reader's language, as plain text. */
  say(text: Text): string
  /** From the page to itself, with what is asked of it changed; null takes something out. */
  href(changes: Record<string, string | null>): string
  /** What was asked for: `?sort=…&q=…` */
  query: URLSearchParams
  /** Marks our own style and script: no other runs. */
  nonce: string
  now: Date
  /** One sentence above the page: what was refused. */
  notice?: Text
}

/** Somebody looks at a page. */
export interface Visit extends Frame {
  db: Db
  link: Link
  /** Whose link it is, with the seats of this moment; null for a page that is only looked at. */
  actor: Actor | null
  path: string
  formToken: string
  pages: Pages
  box: BallotDeps
  newId(): string
  /** What was sent and refused: shown again as it was filled in. */
  filled?: URLSearchParams
}

/** What a page hands out to be kept. */
export interface WebFile {
  name: string
  type: string
  bytes: Uint8Array
}

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export interface WebPage {
  kind: LinkKind
  /** Null when it is over. A Refusal is shown in the page's place. */
  show(visit: Visit): Promise<Child | null>
  /** Figures that its script asks for, at `<address>/<name>`. */
  figures?: Record<string, (visit: Visit) => Promise<object | null>>
  /** Files, at `<address>/<name>` as well. */
  files?: Record<string, (visit: Visit) => Promise<WebFile | null>>
  /**
   * A form was sent; the page is shown anew after it, with what of its address is to change, or `once` in its place: what is not to be found
   * by coming back. A Refusal is shown above the page.
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

/** What is asked for, else the first of the browser's languages that we speak. */
function languageOf(asked: string | null, accepted: string | null): Language {
  if (asked === 'zh' || asked === 'en') return asked
  return /(?:^|,) *(zh|en)\b/i.exec(accepted ?? '')?.[1]?.toLowerCase() === 'en' ? 'en' : 'zh'
}
