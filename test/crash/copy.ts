import { copyFileSync, existsSync, rmSync } from 'node:fs'
import { openFile, type Store } from '../../db/store/file.ts'
import { pause } from './bot.ts'

/**
 * The files as a power cut would leave them at this instant. The process stands still meanwhile, or a checkpoint between the two copies
 * would mix two instants.
 */
export async function copyOf(path: string, pid: number, to: string): Promise<void> {
  process.kill(pid, 'SIGSTOP')
  try {
    await pause(10)
    for (const suffix of ['', '-wal']) if (existsSync(path + suffix)) copyFileSync(path + suffix, to + suffix)
  } finally {
    process.kill(pid, 'SIGCONT')
  }
}

/** Opens it as the bot would, and takes it away afterwards. */
export async function withOpened<T>(path: string, look: (store: Store) => Promise<T>): Promise<T> {
  const store = await openFile(`file:${path}`, new Date())
  try {
    return await look(store)
  } finally {
    store.close()
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
  }
}
