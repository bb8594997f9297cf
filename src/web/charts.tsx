/** Charts are drawn here, in SVG; their content is also text beside them. */

interface Bar {
  label: string
  value: number
  written: string
  tone?: 'plain' | 'main' | 'quiet'
}

/** Bars on one scale, each with its label and its figure. */
export const Bars = ({ caption, most, bars }: { caption: string; most: number; bars: readonly Bar[] }) => (
  <figure class="bars">
    <figcaption>{caption}</figcaption>
    <ul>
      {bars.map(({ label, value, written, tone = 'plain' }) => (
        <li class={tone}>
          <span class="label">{label}</span>
          <span class="value">{written}</span>
          <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
            <rect class="track" width="100" height="4" />
            <rect class="bar" width={String(Math.max(0, Math.min(100, (value / most) * 100)))} height="4" />
          </svg>
        </li>
      ))}
    </ul>
  </figure>
)

interface Point {
  /** The label below the axis: `2026Q3`. */
  at: string
  /** Null leaves a gap in the line. */
  value: number | null
  written: string
}

const [WIDTH, HEIGHT, SIDE, TOP, BOTTOM] = [360, 180, 26, 40, 26]

interface TrendProps {
  caption: string
  points: readonly Point[]
  /** The ends of the scale. */
  from: number
  to: number
  /** A named horizontal line for the figure that is asked for. */
  mark?: { value: number; name: string }
}

/** A line through points, each with its figure. A screen reader reads the caption and the figures. */
export function Trend({ caption, points, from, to, mark }: TrendProps) {
  const x = (i: number) => round(SIDE + (points.length > 1 ? (i / (points.length - 1)) * (WIDTH - 2 * SIDE) : (WIDTH - 2 * SIDE) / 2))
  const y = (value: number) => round(TOP + (1 - (Math.max(from, Math.min(to, value)) - from) / (to - from)) * (HEIGHT - TOP - BOTTOM))
  const told = points.map(({ at, written }) => `${at}: ${written}`).join('; ')
  return (
    <figure class="trend">
      <figcaption>{caption}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${caption}. ${told}`}>
        <line class="axis" x1={SIDE / 2} x2={WIDTH - SIDE / 2} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} />
        {mark && (
          <g class="mark">
            <line x1={SIDE / 2} x2={WIDTH - SIDE / 2} y1={y(mark.value)} y2={y(mark.value)} />
            <line x1={SIDE / 2} x2={SIDE / 2 + 20} y1={8} y2={8} />
            <text x={SIDE / 2 + 26} y={12}>
              {mark.name}
            </text>
          </g>
        )}
        {stretches(points).map((stretch) => (
          <polyline class="line" points={stretch.map(({ i, value }) => `${x(i)},${y(value)}`).join(' ')} />
        ))}
        {points.map(({ at, value, written }, i) => (
          <g class={i === points.length - 1 ? 'point last' : 'point'}>
            {value !== null && <circle cx={x(i)} cy={y(value)} r={i === points.length - 1 ? 4 : 3} />}
            {value !== null && (
              <text x={x(i)} y={y(value) - 9} text-anchor="middle">
                {written}
              </text>
            )}
            <text class="at" x={x(i)} y={HEIGHT - 9} text-anchor="middle">
              {at}
            </text>
          </g>
        ))}
      </svg>
    </figure>
  )
}

const round = (n: number) => Math.round(n * 10) / 10

/** Splits the points into runs without a gap. */
function stretches(points: readonly Point[]): { i: number; value: number }[][] {
  const all: { i: number; value: number }[][] = [[]]
  for (const [i, { value }] of points.entries()) {
    if (value === null) all.push([])
    else all.at(-1)?.push({ i, value })
  }
  return all.filter((stretch) => stretch.length > 1)
}
