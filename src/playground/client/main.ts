import { brandBar, clockBar, tellTime } from './bars.ts'
import { layer, showToasts } from './dialogs.ts'
import { h } from './dom.ts'
import { createPane } from './pane.ts'
import { nameOf, onNews, prefs, refresh, say, store, unreadOf } from './store.ts'
import { tourBar } from './tour.ts'

const bars = h('div', { id: 'bars' })
const fronts = h('div', { id: 'fronts', role: 'group' })
const panes = [createPane(0), createPane(1)]
const app = h('div', { id: 'page' }, bars, fronts, h('main', {}, ...panes.map(({ node }) => node)))
document.querySelector('#app')?.append(app, layer)

onNews((isFresh) => {
  tellTime()
  if (!isFresh || !store.state) return
  const { documentElement: root } = document
  root.lang = prefs.language === 'zh' ? 'zh-CN' : 'en'
  root.dataset.theme = prefs.theme
  document.title = say('title')
  drawBars()
  for (const pane of panes) pane.draw()
  drawFronts()
  showToasts()
})

/** Menus that are open stay open, and what was focused keeps the focus. */
function drawBars(): void {
  const open = [...bars.querySelectorAll('details[open]')].map(({ id }) => id)
  const focused = bars.contains(document.activeElement) ? document.activeElement : null
  if (focused?.getAttribute('type') === 'datetime-local') return
  const [id, name] = [focused?.id, focused?.getAttribute('name')]
  bars.replaceChildren(...[brandBar(), clockBar(), tourBar()].filter((bar) => bar !== null))
  for (const one of open) bars.querySelector(`#${one}`)?.setAttribute('open', '')
  const again = name ? bars.querySelector<HTMLElement>(`[name="${name}"]`) : id ? bars.querySelector<HTMLElement>(`#${id}`) : null
  again?.focus()
}

/** On a phone one of the two is looked at. */
function drawFronts(): void {
  fronts.setAttribute('aria-label', say('person'))
  const picks = store.places.map(({ as }, index) => {
    const show = () => {
      store.front = index
      void refresh()
      for (const pane of panes) pane.draw()
      drawFronts()
    }
    const news = unreadOf(as)
    return h(
      'button',
      { type: 'button', 'aria-pressed': String(store.front === index), onclick: show },
      nameOf(as),
      news > 0 && h('i', { class: 'unread' }, news),
    )
  })
  fronts.replaceChildren(...picks)
}

/** Menus close when one clicks elsewhere or escapes. */
const menus = () => document.querySelectorAll<HTMLDetailsElement>('details:is(.menu, .several, .overflow)[open]')
document.addEventListener('click', ({ target }) => {
  for (const menu of menus()) if (!menu.contains(target as Node)) menu.open = false
})
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') for (const menu of menus()) menu.open = false
})

async function follow(): Promise<void> {
  await refresh()
  setTimeout(follow, 500)
}
void follow()
