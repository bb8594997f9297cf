import { encode } from 'uqr'

/**
 * Dark modules, row by row, without a quiet zone; error correction L. The mask is fixed: trying all eight costs eight times as much on
 * every request.
 */
export const qrOf = (text: string): boolean[][] => encode(text, { border: 0, maskPattern: 0 }).data

/** A page draws the code once; its slips refer to it by its id. The quiet zone is four modules wide, as ISO/IEC 18004 asks. */
export function QrSymbol({ id, of }: { id: string; of: string }) {
  const modules = qrOf(of)
  const size = modules.length
  const path = modules.flatMap((line, row) => line.flatMap((dark, column) => (dark ? [`M${column} ${row}h1v1h-1z`] : []))).join('')
  return (
    <svg class="qr-symbol" width="0" height="0" aria-hidden="true">
      <symbol id={id} viewBox={`-4 -4 ${size + 8} ${size + 8}`}>
        <rect class="ground" x="-4" y="-4" width={String(size + 8)} height={String(size + 8)} />
        <path class="dark" d={path} />
      </symbol>
    </svg>
  )
}

export const Qr = ({ symbol, name }: { symbol: string; name: string }) => (
  <svg class="qr" role="img" aria-label={name}>
    <use href={`#${symbol}`} />
  </svg>
)
