import type { HttpInstance } from '@larksuiteoapi/node-sdk'

/**
 * In the Worker's bundle in place of the official SDK, whose client of the whole platform is four fifths of it and is parsed at every cold
 * start: the calls that src/feishu/client.ts makes, each as the official client makes it, which a test compares.
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
