import { roomCodePage } from './room-code.tsx'
import type { WebPage } from './visit.ts'

/** Every page that a link can open. */
export const webPages: readonly WebPage[] = [roomCodePage]
