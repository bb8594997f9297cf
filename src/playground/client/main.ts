import { brandBar, clockBar, tellTime } from './bars.ts'
import { showToasts, toastLayer } from './dialogs.ts'
import { h, keepingFocus } from './dom.ts'
import { createPane } from './pane.ts'
import { nameOf, onState, prefs, refresh, say, store, unreadOf } from './store.ts'
import { tourBar } from './tour.ts'

const bars = h('div', { id: 'bars' })
const fronts = h('div', { id: 'fronts', role: 'group' })
const panes = [createPane(0), createPane(1)]
const guide = h('div', { id: 'guide' })
const app = h('div', { id: 'page' }, bars, guide, fronts, h('main', {}, ...panes.map(({ node }) => node)))
document.querySelector('#app')?.append(app, toastLayer)

onState((isFresh) => {
  tellTime()
  if (!isFresh || !store.state) return
  const { documentElement: root } = document
  root.lang = prefs.language === 'zh' ? 'zh-CN' : 'en'
  root.dataset.theme = prefs.theme
  document.title = say('title')
  keepingFocus(() => {
    drawBars()
    for (const pane of panes) pane.draw()
    drawFronts()
  })
  showToasts()
})

/** Open menus stay open; a date being typed is left alone. */
function drawBars(): void {
  const tour = tourBar()
  guide.replaceChildren(...(tour ? [tour] : []))
  const open = [...bars.querySelectorAll('details[open]')].map(({ id }) => id)
  if (bars.contains(document.activeElement) && document.activeElement?.getAttribute('type') === 'datetime-local') return
  bars.replaceChildren(brandBar(), clockBar())
  for (const one of open) bars.querySelector(`#${one}`)?.setAttribute('open', '')
}

/** A phone shows one of the two panes; the button of the other one turns to it. */
function drawFronts(): void {
  fronts.setAttribute('aria-label', say('person'))
  const picks = store.places.map(({ as }, index) => {
    const show = () => {
      store.front = index
      void refresh()
      keepingFocus(() => {
        for (const pane of panes) pane.draw()
        drawFronts()
      })
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

/** Menus close at a click elsewhere or at Escape. */
const menus = () => document.querySelectorAll<HTMLDetailsElement>('details:is(.menu, .several, .overflow)[open]')
document.addEventListener('click', ({ target }) => {
  for (const menu of menus()) if (!menu.contains(target as Node)) menu.open = false
})
document.addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape') return
  for (const menu of menus()) {
    if (menu.contains(document.activeElement)) menu.querySelector('summary')?.focus()
    menu.open = false
  }
})

async function follow(): Promise<void> {
  await refresh()
  setTimeout(follow, 500)
}
if (location.hash === '#gallery') void import('./gallery.ts').then(({ openGallery }) => openGallery())
else void follow()
addEventListener('hashchange', () => location.reload())
