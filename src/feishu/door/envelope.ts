import * as z from 'zod'
import { type JsonObject, safeObject } from './safe-json.ts'

/** The wrapping of every event, the same for both versions. A missing secret is `''`, and matches none of ours. */
export interface Envelope {
  eventId: string
  type: string
  token: string
  appId: string
  tenantKey: string
  event: JsonObject
}

export function readEnvelope(parsed: unknown): Envelope | undefined {
  const content = safeObject(parsed)
  return content && (Object.hasOwn(content, 'schema') ? second(content) : first(content))
}

const id = z.string().min(1).max(256)
const idOrEmpty = z
  .string()
  .max(256)
  .nullish()
  .transform((value) => value ?? '')

const secondShape = z.object({
  schema: z.literal('2.0'),
  header: z.object({
    event_id: id,
    event_type: id,
    create_time: z.unknown().optional(),
    token: idOrEmpty,
    app_id: idOrEmpty,
    tenant_key: idOrEmpty,
  }),
  event: z.record(z.string(), z.unknown()).nullish(),
  context: z.unknown().optional(),
})

function second(content: JsonObject): Envelope | undefined {
  const { data } = secondShape.safeParse(content)
  if (!data) return undefined

  const { event_id: eventId, event_type: type, create_time, token, app_id: appId, tenant_key: tenantKey } = data.header
  // Some official samples put a callback's context beside the event.
  return { eventId, type, token, appId, tenantKey, event: { context: data.context, ...data.event, create_time } }
}

const firstShape = z.object({
  uuid: id,
  token: idOrEmpty,
  event: z.looseObject({ type: id, app_id: idOrEmpty, tenant_key: idOrEmpty }),
})

function first(content: JsonObject): Envelope | undefined {
  const { data } = firstShape.safeParse(content)
  if (!data) return undefined

  const { uuid: eventId, token, event } = data
  return { eventId, type: event.type, token, appId: event.app_id, tenantKey: event.tenant_key, event }
}
