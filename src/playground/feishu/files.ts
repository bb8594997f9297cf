import type { MakeId } from './ids.ts'

interface StoredFile {
  key: string
  name: string
  bytes: Uint8Array
  by: 'app' | 'user'
}

export type Files = ReturnType<typeof createFiles>

/** Files uploaded by the bot or sent from somebody's machine. */
export function createFiles(makeId: MakeId) {
  const all = new Map<string, StoredFile>()
  return {
    find: (key: string): StoredFile | undefined => all.get(key),
    add(name: string, bytes: Uint8Array, by: StoredFile['by']): StoredFile {
      const file = { key: makeId('file_v3_00_'), name, bytes, by }
      all.set(file.key, file)
      return file
    },
  }
}

export const LARGEST_UPLOAD = 30 * 1024 * 1024
export const types = new Set<unknown>(['opus', 'mp4', 'pdf', 'doc', 'xls', 'ppt', 'stream'])
