import { basename } from 'node:path'
import { StoreRefused } from './refused.ts'

type Sentence = readonly [zh: string, en: string]

/** The sentence for a file that does not open; any other error as it is. */
export function unopenedFile(path: string, error: unknown): unknown {
  const file = basename(path)
  const { code = '', message = '' } = error as { code?: string; message?: string }
  const found = fileFaults.find(([pattern]) => pattern.test(`${code} ${message}`))?.[1]
  return found ? said(file, found) : error
}

const fileFaults: readonly [RegExp, Sentence][] = [
  [
    /SQLITE_BUSY|locked/,
    [
      '正被另一个进程使用，请先停掉正在运行的机器人。',
      'is in use by another process: stop the running bot first (only one process may hold it).',
    ],
  ],
  [
    /NOTADB|CORRUPT|not a database|malformed/,
    ['不是数据库，或已损坏；请换成数据库文件或备份。', 'is no database, or is damaged: name the right file, or put a backup there.'],
  ],
  [/READONLY|EROFS|readonly/, ['只能读不能写，请改它和所在文件夹的权限。', 'is read-only: make it and its folder writable.']],
  [/FULL|ENOSPC/, ['所在的磁盘满了。', 'stands on a disk that is full.']],
  [
    /CANTOPEN|EACCES|EPERM|ENOTDIR|EEXIST|EISDIR|Unable to open/i,
    ['打不开：它是文件夹，或没有权限。', 'cannot be opened: it is a folder, or you may not write there.'],
  ],
]

const said = (file: string, [zh, en]: Sentence) => new StoreRefused(`DATABASE_URL：${file} ${zh} · DATABASE_URL: ${file} ${en}`)

/** The sentence for a server that does not answer, or says no. An address may hold a password: only the host is named. */
export function unopenedServer(url: string, error: unknown): unknown {
  const { host } = new URL(url)
  const status = statusOf(error)
  if (status === 401 || status === 403)
    return new StoreRefused(
      `数据库服务器 ${host} 不接受 DATABASE_AUTH_TOKEN。 · The database server ${host} does not accept DATABASE_AUTH_TOKEN.`,
    )
  const isServer = status >= 500 || status === 404 || isUnreached(error)
  return isServer
    ? new StoreRefused(
        `连不上数据库服务器 ${host}：请看 DATABASE_URL 是否写对，服务器是否在运行。 · The database server ${host} cannot be reached: check DATABASE_URL, and that the server runs.`,
      )
    : error
}

const statusOf = (error: unknown): number => {
  const { cause } = error as { cause?: { status?: unknown } }
  return Number(cause?.status ?? 0)
}

/** Neither a statement nor a rule of ours: no answer came, or none that a libSQL server gives. */
const isUnreached = (error: unknown) => {
  const { name = '', code = '', message = '' } = error as { name?: string; code?: string; message?: string }
  return name === 'TimeoutError' || /fetch failed/i.test(message) || /^(HRANA|SERVER_ERROR|UNKNOWN|INTERNAL)/.test(code)
}
