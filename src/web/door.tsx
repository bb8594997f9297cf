import type { Child } from 'hono/jsx'
import type { BallotDeps } from '../../db/ballots/cast.ts'
import { type Actor, memberById } from '../../db/branches/members.ts'
import { type Db, lookUp } from '../../db/client.ts'
import { type Link, linkById } from '../../db/pages/links.ts'
import { Refusal } from '../refusal.ts'
import { type Text, t } from '../text.ts'
import type { Pages } from '../view.ts'
import type { Address } from './address.ts'
import { Secrecy } from './ballots/secrecy.tsx'
import { webPages } from './index.ts'
import { Sentence } from './page.tsx'
import { type Frame, frameOf, Once, type Visit, type WebFile, type WebPage } from './visit.ts'
import { voicePage } from './voices/voice.tsx'

interface PageDeps {
  db: Db
  address: Address
  pages: Pages
  box: BallotDeps
  clock(): Date
  random(bytes: number): Uint8Array
  newId(): string
  log(event: Record<string, unknown>): void
}

const LARGEST_FORM = 65_536

/** Pages that are public and the same for everybody. */
export async function openPlain(deps: Pick<PageDeps, 'db' | 'clock' | 'random'>, request: Request): Promise<Response> {
  const frame = frameOf(request, Buffer.from(deps.random(16)).toString('base64'), deps.clock())
  return html(frame, 200, <Secrecy frame={frame} isOurs={deps.db.gate.wipe !== undefined} />)
}

/** The page of an unsigned voice's code. Its form is public, so it bears no token: a code is the only key. */
export async function openVoice(deps: Pick<PageDeps, 'db' | 'box' | 'clock' | 'random' | 'log'>, request: Request): Promise<Response> {
  const frame = frameOf(request, Buffer.from(deps.random(16)).toString('base64'), deps.clock())
  const isForm = request.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded')
  const length = Number(request.headers.get('content-length') ?? Number.POSITIVE_INFINITY)
  if (request.method === 'POST' && (!isForm || length > LARGEST_FORM)) return sentence(frame, 400, nowhere)
  try {
    const filled = request.method === 'POST' ? new URLSearchParams(await request.text()) : null
    return html(frame, 200, await voicePage(deps.db, deps.box, frame, filled))
  } catch (error) {
    deps.log({ level: 'error', at: 'page', error: error instanceof Error ? error.name : 'unknown' })
    return sentence(frame, 500, t('出了点问题，请稍后再打开。', 'Something went wrong; please try again shortly.'))
  }
}

/** The address alone opens a page. Missing, forged and guessed addresses get one and the same answer. */
export async function openPage(deps: PageDeps, request: Request, all: readonly WebPage[] = webPages): Promise<Response> {
  const frame = frameOf(request, Buffer.from(deps.random(16)).toString('base64'), deps.clock())
  try {
    return await answer(deps, request, frame, all)
  } catch (error) {
    if (error instanceof Refusal) return sentence(frame, 403, error.says)
    deps.log({ level: 'error', at: 'page', error: error instanceof Error ? error.name : 'unknown' })
    return sentence(frame, 500, t('出了点问题，请稍后再打开。', 'Something went wrong; please try again shortly.'))
  }
}

async function answer(deps: PageDeps, request: Request, frame: Frame, all: readonly WebPage[]): Promise<Response> {
  const { pathname } = new URL(request.url)
  const [, below] = /^\/p\/[^/]+(\/.*)?$/.exec(pathname) ?? []
  const [, name] = /^\/([a-z]+)$/.exec(below ?? '') ?? []
  const link = await linkOf(deps, pathname)
  const page = link && all.find(({ kind }) => kind === link.kind)
  if (!page || (name ? !own(page.figures, name) && !own(page.files, name) : below)) return sentence(frame, 404, nowhere)
  if (link.revokedAt || link.expiresAt <= frame.now) return sentence(frame, 410, over)

  const visit = await visitOf(deps, frame, link)
  if (name) {
    const file = await own(page.files, name)?.(visit)
    if (file) return handedOut(file)
    const figures = await own(page.figures, name)?.(visit)
    return figures ? Response.json(figures, { headers: closed }) : sentence(frame, 410, over)
  }
  if (request.method === 'GET' || request.method === 'HEAD') return shown(page, visit)
  if (request.method === 'POST' && page.act) return acted(deps.address, page, visit, request)
  return sentence(frame, 405, nowhere)
}

/** Names that every object inherits, such as `constructor`, are not entries of the page. */
const own = <V,>(all: Record<string, V> | undefined, name: string): V | undefined =>
  all && Object.hasOwn(all, name) ? all[name] : undefined

const handedOut = ({ name, type, bytes }: WebFile) =>
  new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: { ...closed, 'content-type': type, 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}` },
  })

const nowhere = t(
  '这个链接打不开。请回到飞书，从最新的卡片再打开一次。',
  'This link leads nowhere. Please open it again from the latest card in Feishu.',
)
const over = t(
  '这个页面已经结束。需要时请从最新的卡片再打开一次。',
  'This page is over. If you need it, open it again from the latest card.',
)

async function linkOf({ db, address }: PageDeps, pathname: string): Promise<Link | undefined> {
  const id = address.linkIn(pathname)
  if (id === null) return undefined
  const [[link]] = await lookUp(db, [linkById(db, id)])
  return link
}

async function visitOf({ db, address, pages, box, newId }: PageDeps, frame: Frame, link: Link): Promise<Visit> {
  const path = address.path(link.id)
  return { ...frame, db, link, actor: await actorOf(db, link), path, formToken: address.formToken(link.id), pages, box, newId }
}

/** The seats are read at every request: a person who left the unit can do nothing more. */
async function actorOf(db: Db, { unit, person }: Link): Promise<Actor | null> {
  if (person === null) return null
  const [[actor]] = await lookUp(db, [memberById(db, unit, person)])
  if (!actor) throw new Refusal(t('你已不在名单上，请联系书记。', 'You are no longer on the roster; please ask the secretary.'))
  return actor
}

async function shown(page: WebPage, visit: Visit, status = 200): Promise<Response> {
  const text = (await page.text?.(visit)) ?? null
  if (text !== null) return new Response(text, { status, headers: { ...closed, 'content-type': 'text/plain; charset=utf-8' } })
  const body = await page.show(visit)
  return body === null ? sentence(visit, 410, over) : html(visit, status, body)
}

/** A form on another site knows neither the address nor the token in ours. */
async function acted(address: Address, page: WebPage, visit: Visit, request: Request): Promise<Response> {
  const isOurs = [null, 'same-origin'].includes(request.headers.get('sec-fetch-site'))
  const isForm = request.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded')
  const length = Number(request.headers.get('content-length') ?? Number.POSITIVE_INFINITY)
  if (!isOurs || !isForm || length > LARGEST_FORM) return sentence(visit, 400, nowhere)
  const filled = new URLSearchParams(await request.text())
  if (!address.isFormToken(visit.link.id, filled.get('token') ?? '')) return sentence(visit, 400, nowhere)
  try {
    const changes = (await page.act?.(visit, filled)) ?? {}
    if (changes instanceof Once) return html(visit, 200, changes.page)
    return new Response(null, { status: 303, headers: { ...closed, location: visit.path + visit.href(changes) } })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return shown(page, { ...visit, notice: error.says, filled }, 409)
  }
}

const sentence = (frame: Frame, status: number, text: Text) => html(frame, status, <Sentence frame={frame} text={text} />)

async function html({ nonce }: Frame, status: number, body: Child): Promise<Response> {
  return new Response(`<!doctype html>${await String(await body)}`, {
    status,
    headers: { ...closed, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy(nonce) },
  })
}

/** An address is a key: it must not be passed on, stored or indexed. */
const closed = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

const policy = (nonce: string) =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    'img-src data:',
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
