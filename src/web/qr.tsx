/** QR codes of addresses (ISO/IEC 18004): bytes, error correction L, versions 1 to 5, where one block holds all. */
const DATA = [19, 34, 55, 80, 108]
const CORRECTION = [7, 10, 15, 20, 26]

/** Dark modules, row by row; null for an address that is too long. */
export function qrOf(text: string): boolean[][] | null {
  const bytes = new TextEncoder().encode(text)
  // Four bits say that bytes follow, eight how many.
  const version = DATA.findIndex((most) => bytes.length + 2 <= most)
  if (version === -1) return null
  const [most, correction] = [DATA[version] ?? 0, CORRECTION[version] ?? 0]
  const data = framed(bytes, most)
  return drawn(17 + 4 * (version + 1), [...data, ...remainder(data, correction)])
}

function framed(bytes: Uint8Array, most: number): number[] {
  const half = [4, bytes.length >> 4, bytes.length & 15, ...[...bytes].flatMap((byte) => [byte >> 4, byte & 15]), 0]
  const data = Array.from({ length: half.length / 2 }, (_, nth) => ((half[2 * nth] ?? 0) << 4) | (half[2 * nth + 1] ?? 0))
  while (data.length < most) data.push(0xec, 0x11)
  return data.slice(0, most)
}

/* Reed and Solomon, over the field of 256 made by x⁸ + x⁴ + x³ + x² + 1. */

const powers = [1]
for (let nth = 1; nth < 255; nth++) {
  const next = (powers[nth - 1] as number) << 1
  powers.push(next > 255 ? next ^ 0x11d : next)
}
const logs = new Map(powers.map((power, nth) => [power, nth]))
const times = (a: number, b: number): number =>
  a === 0 || b === 0 ? 0 : (powers[((logs.get(a) ?? 0) + (logs.get(b) ?? 0)) % 255] as number)

function remainder(data: readonly number[], length: number): number[] {
  let generator = [1]
  for (let nth = 0; nth < length; nth++) {
    const root = powers[nth] as number
    generator = [...generator, 0].map((one, at) => one ^ times(generator[at - 1] ?? 0, root))
  }
  let rest = new Array<number>(length).fill(0)
  for (const byte of data) {
    const factor = byte ^ (rest[0] ?? 0)
    rest = [...rest.slice(1), 0].map((one, at) => one ^ times(generator[at + 1] ?? 0, factor))
  }
  return rest
}

/** What stands for the level L and the first mask, with its own correction: the standard's table says 111011111000100. */
const FORMAT = 0b111011111000100

function drawn(size: number, codewords: readonly number[]): boolean[][] {
  const modules: (boolean | null)[][] = Array.from({ length: size }, () => new Array<boolean | null>(size).fill(null))
  const set = (row: number, column: number, dark: boolean) => {
    const line = modules[row]
    if (line && column >= 0 && column < size) line[column] = dark
  }
  const square = (row: number, column: number, reach: number, ring: (distance: number) => boolean) => {
    for (let down = -reach; down <= reach; down++)
      for (let right = -reach; right <= reach; right++) set(row + down, column + right, ring(Math.max(Math.abs(down), Math.abs(right))))
  }
  for (const [row, column] of [
    [3, 3],
    [3, size - 4],
    [size - 4, 3],
  ] as const)
    square(row, column, 4, (distance) => distance !== 2 && distance !== 4)
  if (size > 21) square(size - 7, size - 7, 2, (distance) => distance !== 1)
  for (let at = 8; at < size - 8; at++) {
    set(6, at, at % 2 === 0)
    set(at, 6, at % 2 === 0)
  }
  for (let nth = 0; nth < 15; nth++) {
    const dark = ((FORMAT >> (14 - nth)) & 1) === 1
    const near = nth < 6 ? nth : nth === 6 ? 7 : 8
    if (nth < 8) set(8, near, dark)
    else set(nth === 8 ? 7 : 14 - nth, 8, dark)
    if (nth < 7) set(size - 1 - nth, 8, dark)
    else set(8, size - 15 + nth, dark)
  }
  set(size - 8, 8, true)
  fill(modules, size, codewords)
  return modules.map((line) => line.map((dark) => dark === true))
}

/** In pairs of columns from the right, up and down in turn, the timing column left out; every other module turned over. */
function fill(modules: (boolean | null)[][], size: number, codewords: readonly number[]) {
  let bit = 0
  let isUp = true
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5
    for (let step = 0; step < size; step++) {
      const row = isUp ? size - 1 - step : step
      for (const column of [right, right - 1]) {
        const line = modules[row]
        if (!line || line[column] !== null) continue
        const isSet = (((codewords[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1
        line[column] = isSet !== ((row + column) % 2 === 0)
        bit += 1
      }
    }
    isUp = !isUp
  }
}

/** Drawn once for many slips, which refer to it by its id. */
export function QrSymbol({ id, of }: { id: string; of: string }) {
  const modules = qrOf(of)
  if (!modules) return null
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
