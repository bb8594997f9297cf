import type { HttpInstance } from '@larksuiteoapi/node-sdk'

/**
 * Stands in for the official SDK in the Worker’s bundle. The SDK’s client of the whole platform would be four fifths of the bundle, parsed
 * at every cold start. The calls are those of client.ts; a test compares each with the official client’s.
 */
export class Client {
  readonly #domain: string
  readonly #http: HttpInstance

  constructor({ domain, httpInstance }: { domain: string; httpInstance: HttpInstance }) {
    this.#domain = domain
    this.#http = httpInstance
  }

  request({ method, url }: { method: string; url: string }, options?: Options): Promise<unknown> {
    return this.#ask(method, url, {}, options)
  }

  readonly auth = {
    v3: {
      tenantAccessToken: {
        internal: (asked: Asked, options?: Options) => this.#ask('POST', '/open-apis/auth/v3/tenant_access_token/internal', asked, options),
      },
    },
  }

  readonly im = {
    v1: {
      message: {
        create: (asked: Asked, options?: Options) => this.#ask('POST', '/open-apis/im/v1/messages', asked, options),
        reply: (asked: Asked, options?: Options) =>
          this.#ask('POST', `/open-apis/im/v1/messages/${asked.path?.message_id}/reply`, asked, options),
        patch: (asked: Asked, options?: Options) =>
          this.#ask('PATCH', `/open-apis/im/v1/messages/${asked.path?.message_id}`, asked, options),
      },
      chatMembers: {
        get: (asked: Asked, options?: Options) => this.#ask('GET', `/open-apis/im/v1/chats/${asked.path?.chat_id}/members`, asked, options),
      },
    },
  }

  #ask(method: string, path: string, { params = {}, data }: Asked, { token }: Options = {}): Promise<unknown> {
    const headers: Record<string, string> = { 'User-Agent': 'zhibu', ...(token ? { Authorization: `Bearer ${token}` } : {}) }
    return this.#http.request({ method, url: `${this.#domain}${path}`, params, data, headers })
  }
}

interface Asked {
  path?: Record<string, string>
  params?: Record<string, unknown>
  data?: unknown
}

interface Options {
  token?: string
}

export const withTenantToken = (token: string): Options => ({ token })
