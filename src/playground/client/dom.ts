type Child = Node | string | number | null | undefined | false
type Props = Record<string, unknown>

/** Creates an element. Text stays text, and `css` sets properties one by one: the page's policy allows no style attributes. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  props: Props = {},
  ...children: (Child | readonly Child[])[]
): HTMLElementTagNameMap[Tag] {
  const node = document.createElement(tag)
  for (const [key, value] of Object.entries(props)) set(node, key, value)
  node.append(...children.flat().flatMap((child) => (child === null || child === undefined || child === false ? [] : [asNode(child)])))
  return node
}

const asNode = (child: Node | string | number): Node | string => (typeof child === 'number' ? String(child) : child)

function set(node: HTMLElement, key: string, value: unknown): void {
  if (value === undefined || value === null || value === false) return
  if (typeof value === 'function') node.addEventListener(key.slice(2), value as EventListener)
  else if (key === 'css') for (const [name, held] of Object.entries(value as Record<string, string>)) node.style.setProperty(name, held)
  else if (key === 'class') node.className = String(value)
  else if (key === 'value' && 'value' in node) node.value = value
  else node.setAttribute(key, value === true ? '' : String(value))
}

const shapes: [RegExp, string][] = [
  [/down|expand|fold/, 'M4 6l4 4 4-4'],
  [/increase|up-/, 'M8 13V3M4 7l4-4 4 4'],
  [/member|person|group|community/, 'M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.5 14a5.5 5.5 0 0 1 11 0z'],
  [/history|time|clock/, 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 5v3.5l2.5 1.5'],
  [/chat|message|comment/, 'M2.5 3h11v8H8l-3.5 2.5V11h-2z'],
  [/file|doc|report|sheet|card|signature/, 'M4 2h6l3 3v9H4zM6 7h5M6 10h5'],
  [/todo|check|done|yes|thumbs/, 'M3 8.5l3.5 3.5L13 5'],
  [/forward|share|link/, 'M6 10a5 5 0 0 1 7-4M10 3l3 3-3 3'],
  [/add|plus/, 'M8 3v10M3 8h10'],
  [/calendar|date/, 'M3 4h10v9H3zM3 7h10M6 2v3M10 2v3'],
  [/clip/, 'M11 5v6a3 3 0 0 1-6 0V4.5a2 2 0 0 1 4 0V11'],
  [/play/, 'M5 3.5l8 4.5-8 4.5z'],
  [/sound/, 'M3 6v4h2l3 3V3L5 6zM11 5.5a4 4 0 0 1 0 5'],
]

/** Draws about what the token names: the platform's own icons are not ours to ship. */
export function icon(token: string, css: Record<string, string> = {}): HTMLElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', '0 0 16 16')
  const path = svg.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'path'))
  path.setAttribute('d', shapes.find(([fits]) => fits.test(token))?.[1] ?? 'M3 3h10v10H3zM6 6h4v4H6z')
  return h('span', { class: 'icon', 'aria-hidden': 'true', css }, svg)
}

const hueOf = (id: string): number => [...id].reduce((hue, one) => (hue * 31 + one.charCodeAt(0)) % 360, 7)

export const avatarNode = (name: string, id: string, kind = ''): HTMLElement =>
  h(
    'span',
    { class: `face ${kind}`, 'aria-hidden': 'true', css: { '--hue': String((hueOf(id) * 137) % 360) } },
    [...name].at(kind === 'bot' ? 0 : -1) ?? '',
  )

/** Draws a placeholder for a picture: hills under a sun, in a colour of its own. */
export function pictureBox(key: string, alt: string, css: Record<string, string> = {}): HTMLElement {
  const label = alt ? { role: 'img', 'aria-label': alt } : { 'aria-hidden': 'true' }
  return h('span', { class: 'art', title: alt || undefined, ...label, css: { '--hue': String(hueOf(key)), ...css } })
}

const Z = 8 * 3_600_000
/** Returns Beijing time as "2026-10-08 09:00", whatever the browser's zone. */
export const beijing = (at: string | number): string => new Date(new Date(at).getTime() + Z).toISOString().slice(0, 16).replace('T', ' ')

const reachable = 'a[href], button, input, select, textarea, summary, [tabindex]'

/** Draws anew and keeps the focus: on the control of the same name, else the same place, else its container. */
export function keepingFocus(draw: () => void): void {
  const was = document.activeElement
  const part = was?.closest<HTMLElement>('[data-message], .chats, .where, .pane, #fronts, #guide, #bars')
  const among = part ? [...part.querySelectorAll<HTMLElement>(reachable)] : []
  const at = among.indexOf(was as HTMLElement)
  const pane = part?.closest('.pane')
  const found = part?.dataset.message ? `[data-message="${part.dataset.message}"]` : part?.id ? `#${part.id}` : `.${part?.classList[0]}`
  draw()
  if (!was || !part || was.isConnected || at < 0) return
  const now = part.isConnected ? part : (pane ?? document).querySelector<HTMLElement>(found)
  const anew = now ? [...now.querySelectorAll<HTMLElement>(reachable)] : []
  const name = (one: Element) => one.id || one.getAttribute('name') || one.textContent
  const same = anew.filter((one) => name(one) === name(was))
  const next = same.find((one) => anew.indexOf(one) === at) ?? same[0] ?? anew[at] ?? anew.at(-1) ?? now
  next?.focus({ preventScroll: true })
}
