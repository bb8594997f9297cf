/** In the Worker's bundle in place of qs, by which the SDK would have axios write a query: our own line does (src/feishu/line.ts). */
export function stringify(): never {
  throw new Error('our own line writes the query')
}
