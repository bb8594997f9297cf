import { createHmac, hkdfSync } from 'node:crypto'
import type { Db } from '../../db/client.ts'
import { linkTo } from '../../db/pages/links.ts'
import { sameSecret } from '../feishu/door/verify.ts'
import { noPages, type Pages } from '../view.ts'

/** `/p/<id>.<mac>` cannot be guessed. The key is outside the database, so reading the database is not enough to make one. */
export interface Address {
  path(link: string): string
  /** The id of the link in a path; null unless we made the path. */
  linkIn(path: string): string | null
  /** A token that a form on the page sends back. */
  formToken(link: string): string
  isFormToken(link: string, given: string): boolean
}

const MAC_BYTES = 16

/** DATA_KEY may be two keys while it is changed. The first one signs, and links and forms that the second one signed still hold. */
export function addressBook(dataKeys: string | readonly string[]): Address {
  const [first, ...others] = [dataKeys]
    .flat()
    .map((dataKey) => Buffer.from(hkdfSync('sha256', Buffer.from(dataKey, 'base64'), '', 'links', 32)))
  const mac = (text: string, key = first as Buffer) =>
    createHmac('sha256', key).update(text).digest().subarray(0, MAC_BYTES).toString('base64url')
  const isSigned = (text: string, given: string) => [first, ...others].some((key) => sameSecret(given, mac(text, key)))
  const form = (link: string) => `form ${link}`
  return {
    path: (link) => `/p/${link}.${mac(link)}`,
    linkIn(path) {
      const [, link = '', given = ''] = /^\/p\/([a-z2-7]{20})\.([\w-]{22})(?:\/|$)/.exec(path) ?? []
      return isSigned(link, given) ? link : null
    },
    formToken: (link) => mac(form(link)),
    isFormToken: (link, given) => isSigned(form(link), given),
  }
}

export function pagesAt(publicUrl: string | undefined, address: Address, db: Db, newId: () => string): Pages {
  if (!publicUrl) return noPages
  const base = publicUrl.replace(/\/+$/, '')
  return { url: async (link) => base + address.path(await linkTo(db, link, newId)), plain: (page) => `${base}/${page}` }
}
