import { expect, test } from 'vitest'
import { type LinkKind, linkTo } from '../../db/pages/links.ts'
import { newId } from '../../src/app.ts'
import { addMinutes, moment } from '../../src/calendar.ts'
import { noPages } from '../../src/view.ts'
import { addressBook } from '../../src/web/address.ts'
import { openPage } from '../../src/web/door.tsx'
import { webPages } from '../../src/web/index.ts'
import type { WebPage } from '../../src/web/visit.ts'
import { address } from '../harness/app.ts'
import { aBranch, seeded } from '../harness/branch.ts'
import { proved, sized } from './sizes.ts'

const start = moment('2026-10-08', '09:00')
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Every kind of page, with its figures and its files, which would hand out a secret to whoever gets in. */
const pages: WebPage[] = webPages.map(({ kind, figures = {}, files = {} }) => ({
  kind,
  show: async () => 'secret',
  figures: Object.fromEntries(Object.keys(figures).map((name) => [name, async () => ({ secret: name })])),
  files: Object.fromEntries(
    Object.keys(files).map((name) => [name, async () => ({ name, type: 'text/plain', bytes: new TextEncoder().encode('secret') })]),
  ),
}))
const subPaths = ({ figures = {}, files = {} }: WebPage) => [
  '',
  ...[...Object.keys(figures), ...Object.keys(files)].map((name) => `/${name}`),
]

async function aDoor() {
  const branch = await aBranch([{ name: '李华', role: 'secretary' }])
  const chance = seeded(3)
  const deps = {
    db: branch.db,
    address,
    pages: noPages,
    box: branch.box,
    clock: () => start,
    random: seeded(4),
    newId: () => newId(chance),
    log: () => {},
  }
  const open = (path: string) => openPage(deps, new Request(`http://bot${path}`), pages)
  const link = (kind: LinkKind) =>
    linkTo(
      branch.db,
      { unit: 'unit', kind, subject: 'g', person: 'm_李华', madeBy: 'm_李华', madeAt: start, expiresAt: addMinutes(start, 60) },
      () => newId(chance),
    )
  return { open, link }
}

// T01: forged addresses of every page, its figures and its files: 2,000 (20,000)
test('no forged address opens a page, its figures or its file', async ({ task }) => {
  const { open, link } = await aDoor()
  const random = seeded(8)
  const below = (most: number) => (((random(1)[0] ?? 0) << 8) | (random(1)[0] ?? 0)) % most
  const links = await Promise.all(pages.map(async (page) => ({ page, id: await link(page.kind) })))
  for (const { page, id } of links)
    for (const sub of subPaths(page)) {
      const opened = await open(address.path(id) + sub)
      expect({ sub, status: opened.status, text: await opened.text() }).toEqual({
        sub,
        status: 200,
        text: expect.stringContaining('secret'),
      })
    }
  const nowhere = await bodyOf(await open('/p/never'))
  const other = addressBook(Buffer.alloc(32, 7).toString('base64'))

  const macOf = (path: string) => path.split('.').at(-1) ?? ''
  const forged = [
    (id: string) => `/p/${id}`,
    (id: string) => `/p/${id}.`,
    (id: string) => other.path(id),
    (id: string) => `/p/${id}.${macOf(address.path(links.find((one) => one.id !== id)?.id ?? ''))}`,
    (id: string) => `/p/${id}.${address.formToken(id)}`,
    (id: string) => `/p/${id}.${Array.from({ length: 22 }, () => LETTERS[below(64)]).join('')}`,
    (id: string) => {
      const path = address.path(id)
      const at = path.length - 22 + below(21)
      const letter = LETTERS[(LETTERS.indexOf(path[at] ?? '') + 1 + below(63)) % 64]
      return path.slice(0, at) + letter + path.slice(at + 1)
    },
    (id: string) => address.path(newId(random)).replace(/[a-z2-7]{20}/, id),
  ]
  const tries = sized(2_000, 20_000)
  for (let nth = 0; nth < tries; nth++) {
    const { page, id } = links[nth % links.length] as (typeof links)[number]
    const subs = subPaths(page)
    const path = (forged[below(forged.length)] as (id: string) => string)(id) + subs[below(subs.length)]
    const response = await open(path)
    expect({ path, status: response.status, isAlike: (await bodyOf(response)) === nowhere }).toEqual({ path, status: 404, isAlike: true })
  }
  proved(task, 'T01', `${tries.toLocaleString('en')} forged addresses of ${links.length} kinds of page: 0 opened`)
})

const bodyOf = async (response: Response) => (await response.text()).replaceAll(/nonce="[^"]*"/g, '')

// T01: the token of a form is its own page’s
test('one page’s form token is no other page’s', async () => {
  const { link } = await aDoor()
  const ids = await Promise.all(pages.map(({ kind }) => link(kind)))
  const tokens = ids.map((id) => address.formToken(id))
  expect(new Set(tokens).size).toBe(ids.length)
  expect(tokens.filter((token) => token.length < 22 || ids.some((id) => address.path(id).endsWith(token)))).toEqual([])
})
