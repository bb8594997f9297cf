import { withoutFormat } from '../../text.ts'

/** One line, with full-width letters and digits made half-width. */
export const textOf = (cell: string | number | undefined): string =>
  withoutFormat(String(cell ?? ''))
    .normalize('NFKC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()

/** The marks that people write for an empty cell. */
export const isNothing = (text: string) => /^(无|暂无|没有|-+|—+|\/+|\\+|n\/?a|none|nil|空)$/i.test(text)
export const isTick = (text: string) => /^([√✓✔☑●■y是有]|yes|true)$/i.test(text)
