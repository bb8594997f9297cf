import { h } from './dom.ts'
import type { ChartSpec, Part } from './part.ts'
import { prefs } from './store.ts'

/** Draws with the library that Feishu's clients embed; it is fetched at the first chart. */
export function chartNode(element: Part): HTMLElement {
  const spec = element.chart_spec ?? {}
  const node = h('div', { class: 'chart', role: 'img', 'aria-label': inWords(spec) })
  const ratio = /^(\d+):(\d+)$/.exec(element.aspect_ratio ?? (matchMedia('(max-width: 720px)').matches ? '1:1' : '16:9'))
  if (/px$/.test(element.height ?? '')) node.style.height = element.height ?? ''
  else node.style.aspectRatio = `${ratio?.[1] ?? 16} / ${ratio?.[2] ?? 9}`
  if (element.drawn_by) node.append(h('small', {}, `VChart ${element.drawn_by}`), figures(spec))
  else void plot(node, spec)
  return node
}

async function plot(node: HTMLElement, spec: ChartSpec): Promise<void> {
  const library = await import('@visactor/vchart').catch(() => undefined)
  if (!library) {
    node.style.overflow = 'auto'
    return node.replaceChildren(figures(spec))
  }
  const { VChart } = library
  VChart.ThemeManager.setCurrentTheme(prefs.theme === 'dark' ? 'dark' : 'light')
  await attached(node)
  const quiet = { background: 'transparent', animation: false, tooltip: { renderMode: 'canvas' } }
  const chart = new VChart({ ...quiet, ...spec } as ConstructorParameters<typeof VChart>[0], {
    dom: node,
    mode: 'desktop-browser',
    animation: false,
  })
  await chart.renderAsync()
  node.dataset.drawn = 'yes'
}

const attached = async (node: HTMLElement): Promise<void> => {
  while (!node.isConnected || node.clientWidth === 0) await new Promise((again) => setTimeout(again, 50))
}

/** The data as a table, where the library is not installed. */
function figures(spec: ChartSpec): HTMLElement {
  const rows = valuesOf(spec).map((datum) => h('tr', {}, ...Object.values(datum).map((value) => h('td', {}, String(value)))))
  return h('table', { class: 'figures' }, ...rows)
}

const valuesOf = ({ data }: ChartSpec) => [data ?? []].flat().flatMap((set) => (Array.isArray(set.values) ? (set.values as object[]) : []))

/** The chart in words for a screen reader: its title and each datum. */
function inWords(spec: ChartSpec): string {
  const { title, type } = spec
  const lines = valuesOf(spec)
    .slice(0, 60)
    .map((datum) => Object.values(datum).join(' '))
  return [title?.text ?? type, ...lines].join('; ')
}
