import * as z from 'zod'

/** The whole configuration comes from the environment. The error names each variable that is missing, malformed or copied from a sample. */
const list = (text: string) =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)
const isSample = (text: string) => /^(x{3,}|your[-_ ]|changeme|example|<.*>$|\.{3})/i.test(text) || /x{6,}/i.test(text)
const real = z
  .string()
  .trim()
  .min(1, 'is missing')
  .refine((text) => !isSample(text), 'is a sample value')
const secrets = z.string().transform(list).pipe(z.array(real))

const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http(s) address' })

const store = {
  DATABASE_URL: z
    .string()
    .regex(/^(file:.+|https?:\/\/.+|libsql:\/\/.+|:memory:)$/, 'must be file:…, http(s)://… or libsql://…')
    .default('file:var/zhibu.db'),
  DATABASE_AUTH_TOKEN: z.string().optional(),
  DATABASE_ANEW: z.enum(['yes'], { error: 'must be yes, or be left out' }).optional(),
}

const dataKey = z
  .string()
  .refine((text) => /^[A-Za-z0-9+/]{43}=$/.test(text), 'must be 32 bytes in base64 (openssl rand -base64 32)')
  .refine((text) => !/^(.)\1{41,}/.test(text), 'is a sample value')

const dataKeys = z
  .string({ error: 'is missing' })
  .transform(list)
  .pipe(z.array(dataKey).min(1, 'is missing').max(2, 'must be one key, or two while it is changed'))

const live = z
  .object({
    LARK_APP_ID: real,
    LARK_APP_SECRET: real,
    LARK_ENCRYPT_KEY: secrets.default([]),
    LARK_VERIFICATION_TOKEN: secrets.default([]),
    LARK_DOMAIN: z
      .string()
      .refine((text) => text === 'feishu' || text === 'lark' || httpUrl.safeParse(text).success, 'must be feishu, lark or a base URL')
      .default('feishu'),
    LARK_RECEIVE: z.enum(['webhook', 'socket'], { error: 'must be webhook or socket' }).default('webhook'),
    HEALTH_NEEDS_SOCKET: z
      .enum(['yes', 'no'], { error: 'must be yes or no' })
      .default('yes')
      .transform((said) => said === 'yes'),
    ...store,
    DATA_KEY: dataKeys,
    DATA_KEY_LOST: z
      .enum(['yes', 'no'], { error: 'must be yes or no' })
      .default('no')
      .transform((said) => said === 'yes'),
    ADMINS: z
      .string()
      .default('')
      .transform(list)
      .pipe(z.array(z.string().regex(/^ou_\w+$/, 'must be open_ids (ou_…), comma-separated'))),
    PUBLIC_URL: httpUrl.optional(),
    ASSIST_URL: httpUrl.optional(),
    ASSIST_KEY: real.optional(),
    ASSIST_MODEL: real.default('default'),
    /** At the edge: the requests of one invocation. The free plan allows 50, a paid one 1,000 and more; some are left for the start. */
    TURN_REQUESTS: z.coerce.number({ error: 'must be a number' }).int().min(30).max(10_000).default(40),
    PORT: z.coerce.number({ error: 'must be a port number' }).int().min(1).max(65_535).default(8787),
  })
  .superRefine((config, ctx) => {
    if (config.LARK_RECEIVE === 'socket') return
    if (config.LARK_ENCRYPT_KEY.length === 0)
      ctx.addIssue({ code: 'custom', path: ['LARK_ENCRYPT_KEY'], message: 'is missing (it may be empty only with LARK_RECEIVE=socket)' })
    if (config.LARK_VERIFICATION_TOKEN.length === 0)
      ctx.addIssue({ code: 'custom', path: ['LARK_VERIFICATION_TOKEN'], message: 'is missing' })
  })

export type Config = z.infer<typeof live>
export type StoreConfig = z.infer<z.ZodObject<typeof store>>

export class Misconfigured extends Error {
  override name = 'Misconfigured'
}

type Environment = Record<string, string | undefined>

/** @throws Misconfigured naming each variable that is wrong, never its value. */
export const readConfig = (env: Environment): Config => checked(live, env)

/** Reads the variables of the database alone, for the tools. */
export const storeConfig = (env: Environment) => checked(z.object(store), env)

/** The database and the keys, for the tool that changes them. */
export const keysConfig = (env: Environment) => checked(z.object({ ...store, DATA_KEY: dataKeys }), env)

function checked<T>(schema: z.ZodType<T>, env: Environment): T {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const named = parsed.error.issues.map(
    ({ path, message }) => `${String(path[0])} ${message.startsWith('Invalid input') ? 'is missing' : message}`,
  )
  throw new Misconfigured(`Configuration: ${[...new Set(named)].join('; ')}.`)
}
