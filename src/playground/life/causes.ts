import { createHash } from 'node:crypto'

interface Statement {
  sql?: string
  args?: readonly unknown[]
}

/** A job's batch renews its lease in front, `job send-digests`, and its messages stand behind it. The uuid is the occasion's hash. */
export function sendingsOfJobs(statements: readonly Statement[]): [job: string, uuid: string][] {
  const job = statements
    .filter(({ sql = '' }) => /\bleases\b/i.test(sql))
    .flatMap(({ args = [] }) => args)
    .find((arg): arg is string => typeof arg === 'string' && arg.startsWith('job '))
  if (!job) return []
  return statements.flatMap(({ sql = '', args = [] }) => {
    const occasion = /^insert into "?outbox\b/i.test(sql) ? args.find((arg) => typeof arg === 'string') : undefined
    return typeof occasion === 'string' ? [[job.slice(4), uuidOf(occasion)] as [string, string]] : []
  })
}

const uuidOf = (occasion: string) => createHash('sha256').update(occasion).digest('hex').slice(0, 50)
