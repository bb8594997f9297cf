import { type Context, Hono, type MiddlewareHandler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { isObject } from '../cards/walk.ts'
import { badGateway, brokenReply, type Fault, takeFault, tooFastOnPurpose, untilAborted } from './api-faults.ts'
import { botInfo, chatInfo, chatMembers, userNames } from './directory.ts'
import { Failure, fail } from './failure.ts'
import { filesApi, isForm } from './files-api.ts'
import { type Call, patchCard, replyTo, sendMessage } from './send.ts'
import type { World } from './world.ts'

type Env = { Variables: { call: Call; logId: string; code: number } }

/** The Open API as a bot's client meets it. */
export function createApi(world: World, faults: Fault[]): Hono<Env> {
  const api = new Hono<Env>().basePath('/open-apis')
  api.use(logged(world), faulty(world, faults), authorised(world))

  api.post('/auth/v3/tenant_access_token/internal', (c) => c.json({ code: 0, msg: 'ok', ...tokenFor(world, c.get('call').body) }))
  api.get('/bot/v3/info', (c) => c.json({ code: 0, msg: 'ok', bot: botInfo(world) }))

  api.use('/im/v1/messages/*', async (_, next) => {
    world.limits.checkGateway('messages', 'T4')
    await next()
  })
  api.post('/im/v1/messages', (c) => success(c, sendMessage(world, c.get('call'), c.req.query('receive_id_type'))))
  api.post('/im/v1/messages/:id/reply', (c) => success(c, replyTo(world, c.get('call'), c.req.param('id'))))
  api.patch('/im/v1/messages/:id', (c) => success(c, patchCard(world, c.get('call'), c.req.param('id'))))

  api.route('/', filesApi(world))

  api.get('/im/v1/chats/:id', (c) => success(c, chatInfo(world, c.req.param('id'))))
  api.get('/im/v1/chats/:id/members', (c) => success(c, chatMembers(world, c.req.param('id'), c.req.query())))
  api.post('/contact/v3/users/basic_batch', (c) => {
    world.limits.checkGateway('basic_batch', 'T6')
    return success(c, userNames(world, c.get('call').body))
  })

  api.all('*', (c) => c.text('404 page not found', 404))
  api.onError(refused)
  return api
}

const success = (c: Context<Env>, data: object) => c.json({ code: 0, msg: 'success', data })

function refused(error: Error, c: Context<Env>): Response {
  const { code, message, status, headers } = error instanceof Failure ? error : new Failure(2200, 'Internal Server Error', 500)
  c.set('code', code)
  const log_id = c.get('logId')
  const troubleshooter = `https://open.feishu.cn/search?log_id=${log_id}`
  return c.json({ code, msg: message, error: { message, log_id, troubleshooter } }, status as ContentfulStatusCode, {
    ...headers,
    'X-Tt-Logid': log_id,
  })
}

function logged({ clock, makeId, log }: World): MiddlewareHandler<Env> {
  return async (c, next) => {
    const at = clock()
    const began = performance.now()
    const text = isForm(c) ? '' : await c.req.text()
    c.set('logId', makeId(''))
    c.set('code', 0)
    c.set('call', { body: parsed(text), bytes: Buffer.byteLength(text) })
    await next()
    c.header('X-Tt-Logid', c.get('logId'))
    const { method } = c.req
    const path = pathOf(c)
    log.push({
      at,
      to: 'feishu',
      method,
      path,
      status: c.res.status,
      code: c.get('code'),
      body: c.get('call').body,
      ms: performance.now() - began,
    })
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The path from `/open-apis` on, wherever the API is mounted. */
const pathOf = (c: Context): string => c.req.path.slice(c.req.path.indexOf('/open-apis'))

function faulty(world: World, faults: Fault[]): MiddlewareHandler<Env> {
  return async (c, next) => {
    const kind = takeFault(faults, pathOf(c), c.get('call').body)
    if (kind === 'down') return badGateway()
    if (kind === '500') throw new Failure(2200, 'Internal Server Error', 500)
    if (kind === '429') throw tooFastOnPurpose()
    if (kind === 'timeout') await untilAborted(c.req.raw.signal)
    if (kind === 'deadToken') world.tokens.revokeAll()
    await next()
    if (kind === 'lostReply') c.res = brokenReply()
  }
}

function authorised({ tokens }: World): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (!pathOf(c).startsWith('/open-apis/auth/')) tokens.check(c.req.header('Authorization'))
    await next()
  }
}

function tokenFor({ tokens, appId, appSecret }: World, body: unknown) {
  if (!isObject(body) || body.app_id !== appId) fail(10003, 'invalid param')
  if (body.app_secret !== appSecret) fail(10014, 'app secret invalid')
  return tokens.issue()
}
