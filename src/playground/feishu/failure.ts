/** A refusal of the Open API: its code, the HTTP status it comes with, and what the gateway adds to the headers. */
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

/** A card refused by the message API hides the card's own code in the text. */
export function failCard(code: number, why: string, path: string): never {
  fail(230099, `Failed to create card content, ext=ErrCode: ${code}; ErrMsg: ${why}; ErrPath: ${path}`)
}
