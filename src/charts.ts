import type { Quarter } from './calendar.ts'
import type { Element } from './card.ts'

/**
 * Each client draws a card’s chart with the VChart it embeds, so the spec is plain data and plain options. A chart’s words cannot be in two
 * languages. It therefore carries figures and names alone, and the card explains it above.
 */
const chart = (spec: Record<string, unknown>, height: number): Element => ({
  tag: 'chart',
  height: `${height}px`,
  preview: false,
  chart_spec: { ...spec, legends: { visible: false }, tooltip: { visible: false } },
})

const label = { visible: true, style: { fontSize: 11 } }

/** Shortens `2026Q3` to `26Q3`: eight of them fit under a line on a phone. */
const short = (quarter: Quarter) => quarter.slice(2)

export const trendChart = (trend: readonly { quarter: Quarter; tenths: number }[]): Element => {
  const scores = trend.map(({ tenths }) => tenths / 10)
  return chart(
    {
      type: 'line',
      data: [{ id: 'trend', values: trend.map(({ quarter, tenths }) => ({ quarter: short(quarter), score: tenths / 10 })) }],
      xField: 'quarter',
      yField: 'score',
      label: { ...label, position: 'top' },
      axes: [
        { orient: 'left', min: Math.max(0, Math.floor(Math.min(...scores) / 20) * 20 - 20), max: 110, visible: false },
        { orient: 'bottom', label: { visible: true, style: { fontSize: 11 } } },
      ],
      padding: { top: 8, right: 20, bottom: 4, left: 20 },
    },
    170,
  )
}

const ROW_PX = 24

export const placesChart = (rows: readonly { name: string; tenths: number }[]): Element =>
  chart(
    {
      type: 'bar',
      direction: 'horizontal',
      data: [{ id: 'places', values: rows.map(({ name, tenths }) => ({ branch: name, score: tenths / 10 })) }],
      xField: 'score',
      yField: 'branch',
      label: { ...label, position: 'outside', overlap: false },
      axes: [
        { orient: 'bottom', min: 0, max: 110, visible: false },
        { orient: 'left', label: { visible: true, autoLimit: false, style: { fontSize: 10 } } },
      ],
      padding: { top: 4, right: 8, bottom: 4, left: 4 },
    },
    rows.length * ROW_PX + 24,
  )
