import type { Running } from '../node.ts'

export async function startPlayground(_env: Record<string, string | undefined>): Promise<Running> {
  throw new Error('not yet')
}
