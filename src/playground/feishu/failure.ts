/** A refusal of the Open API: its code, its HTTP status and the headers that the gateway adds. */
export class Failure extends Error {
  readonly code: number
  readonly status: number
  readonly headers: Record<string, string>

  constructor(code: number, msg: string, status = 400, headers: Record<string, string> = {}) {
    super(msg)
    this.name = 'Failure'
    this.code = code
    this.status = status
    this.headers = headers
  }
}

export function fail(code: number, msg: string): never {
  throw new Failure(code, msg)
}

/** The message API wraps a card's own code in the text of 230099. */
export function failCard(code: number, why: string, path: string): never {
  fail(230099, `Failed to create card content, ext=ErrCode: ${code}; ErrMsg: ${why}; ErrPath: ${path}`)
}
