import type { WebPage } from '../visit.ts'

/** The board of a branch, loaded when one is first looked at: it costs the start nothing. */
export const boardPage: WebPage = {
  kind: 'board',
  show: async (visit) => (await import('./board.tsx')).showBoard(visit),
  text: async (visit) => (visit.query.has('lines') ? (await import('./board.tsx')).linesOfBoard(visit) : null),
}
