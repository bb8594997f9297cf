import { LibsqlError } from '@libsql/client/http'

/** Tells from an error whether the server did the work; `final` is an answer, and it was no. */
export function fateOf(error: unknown): 'turned away' | 'unknown' | 'final' {
  if (!(error instanceof LibsqlError)) return 'unknown'
  const { code, cause } = error
  const status = cause instanceof Error && 'status' in cause ? Number(cause.status) : 0
  if (code === 'SQLITE_BUSY' || status === 429) return 'turned away'
  return status >= 500 || unread.has(code) ? 'unknown' : 'final'
}

/** The driver's codes for a reply that it could not read to the end. */
const unread = new Set(['HRANA_PROTO_ERROR', 'HRANA_CLOSED_ERROR', 'INTERNAL_ERROR', 'UNKNOWN'])
