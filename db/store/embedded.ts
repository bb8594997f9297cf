import {
  type Client,
  type InArgs,
  type InStatement,
  type InValue,
  LibsqlError,
  type ResultSet,
  type TransactionMode,
} from '@libsql/client/web'
import Database from 'libsql'
import { preparedOnce } from './statement-cache.ts'

/**
 * The embedded engine behind the shape of a libSQL client: one connection, and statements that are prepared once. The stock client prepares
 * each again, which costs a press more than the disk does. It leaves them to the garbage collector. This one takes batches only: an
 * interactive transaction would hold the connection while others wait.
 */
export function openEmbedded(path: string): Client {
  const database = worded(() => new Database(path, { timeout: 0 }))
  const prepare = preparedOnce(database)
  const [begin, commit, rollback] = [prepare('BEGIN IMMEDIATE'), prepare('COMMIT'), prepare('ROLLBACK')] as const

  const run = (statement: InStatement | [string, InArgs?]): ResultSet => {
    const [sql, args] = partsOf(statement)
    return prepare(sql).run(args)
  }

  /** All or nothing. The work never gives way between its statements, so nothing comes in between. */
  function atOnce<T>(work: () => T): T {
    begin.run([])
    try {
      const done = work()
      commit.run([])
      return done
    } catch (error) {
      if (database.inTransaction) rollback.run([])
      throw error
    }
  }

  /** libsql 0.5.29 aborts the whole process when a closed database is used. */
  const whileOpen = <T>(work: () => T): T => {
    if (client.closed) throw new LibsqlError('the store is closed', 'CLIENT_CLOSED')
    return worded(work)
  }

  /** A change of tables may change the columns of a kept statement. */
  const anew = <T>(work: () => T): T => {
    try {
      return whileOpen(work)
    } finally {
      prepare.forget()
    }
  }

  const client = {
    closed: false,
    protocol: 'file',
    execute: async (statement: InStatement, args?: InArgs) => whileOpen(() => run(args ? [statement as string, args] : statement)),
    /** Reads need no transaction: nothing can be written between them on the only connection. */
    batch: async (statements: (InStatement | [string, InArgs?])[], mode: TransactionMode = 'deferred') =>
      whileOpen(() => (mode === 'read' ? statements.map(run) : atOnce(() => statements.map(run)))),
    migrate: async (statements: InStatement[]) => anew(() => withoutForeignKeys(database, () => atOnce(() => statements.map(run)))),
    executeMultiple: async (sql: string) => anew(() => void database.exec(sql)),
    transaction: () => Promise.reject(new Error('batches only')),
    sync: () => Promise.reject(new Error('the file is no replica')),
    reconnect: () => {
      throw new Error('the file is opened once')
    },
    close() {
      if (client.closed) return
      client.closed = true
      prepare.forget()
      database.close()
    },
  }
  return client
}

/** SQLite changes a table by making it again, which its references would forbid. It takes this setting only outside a transaction. */
function withoutForeignKeys<T>(database: Database.Database, work: () => T): T {
  database.exec('PRAGMA foreign_keys=off')
  try {
    return work()
  } finally {
    database.exec('PRAGMA foreign_keys=on')
  }
}

function partsOf(statement: InStatement | [string, InArgs?]): [string, InValue[]] {
  if (typeof statement === 'string') return [statement, []]
  const [sql, args = []] = Array.isArray(statement) ? statement : [statement.sql, statement.args]
  if (!Array.isArray(args)) throw new Error('arguments are given by position')
  return [sql, args]
}

/** Errors use the words of the remote client, so a deed need not know which store it is on. */
function worded<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error
    const code = error.code.split('_').slice(0, 2).join('_')
    throw new LibsqlError(error.message, code, error.code, error.rawCode, error)
  }
}
