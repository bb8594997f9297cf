import type { Jump } from '../life/jumps.ts'
import { complain } from './dialogs.ts'
import { beijing, h } from './dom.ts'
import { faultsMenu } from './faults.ts'
import { ask, draw, inLanguage, prefer, prefs, refresh, say, store } from './store.ts'
import { talkMenu } from './talks.ts'

let isMoving = false

export async function moveTo(at: string | number): Promise<void> {
  if (isMoving) return
  isMoving = true
  draw()
  await ask('clock', { to: new Date(at).toISOString() }).catch(complain)
  isMoving = false
  await refresh()
  draw()
}

const now = h('b', { id: 'now' })
const kind = h('span', { id: 'kind' })

/** The clock, the kind of the day, and the moments to jump to, forward only. */
export function clockBar(): HTMLElement {
  const { jumps } = store.state ?? {}
  const named: Jump[] = ['hour', 'workday', 'deadline', 'month', 'quarter', 'year']
  const buttons = named.map((name) =>
    h(
      'button',
      {
        type: 'button',
        class: 'small',
        disabled: isMoving,
        id: `to-${name}`,
        title: beijing(jumps?.[name] ?? 0),
        onclick: () => void moveTo(store.state?.jumps[name] ?? 0),
      },
      say(name),
    ),
  )
  const { isPaused = false } = store.state ?? {}
  const pauses = () => void ask('pause', { on: !isPaused }).then(refresh, complain)
  tellTime()
  return h(
    'div',
    { id: 'clock', role: 'group', 'aria-label': say('today') },
    h('span', { class: 'when' }, now, kind),
    h(
      'button',
      { type: 'button', class: 'small', id: 'pause', title: say('pauseNote'), 'aria-pressed': String(isPaused), onclick: pauses },
      say(isPaused ? 'goesOn' : 'pause'),
    ),
    calendar(),
    ...buttons,
    isMoving && h('em', {}, say(store.state?.branches ? 'movingMany' : 'moving')),
  )
}

/** Shows the time each second and touches nothing else. */
export function tellTime(): void {
  if (!store.state) return
  const weekday = new Intl.DateTimeFormat(prefs.language === 'zh' ? 'zh-CN' : 'en-GB', { weekday: 'short', timeZone: 'Asia/Shanghai' })
  now.textContent = `${beijing(store.state.now)} ${weekday.format(new Date(store.state.now))}`
  kind.textContent = inLanguage(store.state.day)
  kind.className = `kind ${store.state.days.find(({ on }) => beijing(store.state?.now ?? 0).startsWith(on))?.kind ?? ''}`
}

const marks: Record<string, string> = { holiday: '休', makeup: '班' }

/** The calendar of this month with holidays and make-up days, and a field for any other moment. */
function calendar(): HTMLElement {
  const { days = [], today = '', now: at = 0 } = store.state ?? {}
  const weeks = Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7))
  const cells = ({ on, kind }: (typeof days)[number]) => {
    const go = () => void moveTo(`${on}T09:30:00+08:00`)
    const look = `${kind} ${on === today ? 'today' : ''}`
    return h(
      'td',
      {},
      h(
        'button',
        { type: 'button', class: look, disabled: on <= today, title: on, onclick: go },
        Number(on.slice(8)),
        h('sup', {}, marks[kind] ?? ''),
      ),
    )
  }
  const other = h('input', { type: 'datetime-local', 'aria-label': say('moment'), value: beijing(at).replace(' ', 'T') })
  const jump = (event: Event) => {
    event.preventDefault()
    if (other.value) void moveTo(`${other.value}:00+08:00`)
  }
  const table = h('table', {}, h('tbody', {}, ...weeks.map((week) => h('tr', {}, ...week.map(cells)))))
  return h(
    'details',
    { class: 'menu', id: 'calendar' },
    h('summary', { class: 'small' }, say('goTo')),
    h('div', {}, table, h('form', { id: 'jump', onsubmit: jump }, other, h('button', { class: 'small' }, say('go')))),
  )
}

export function brandBar(): HTMLElement {
  const isDark = prefs.theme === 'dark'
  const tool = (id: string, words: string, pressed: () => void, look: object = {}) =>
    h('button', { type: 'button', class: 'small', id, onclick: pressed, ...look }, words)
  return h(
    'header',
    { id: 'brand' },
    h('span', { class: 'face bot', 'aria-hidden': 'true' }, '支'),
    h('h1', {}, say('title')),
    h('small', {}, say(store.isLost ? 'lost' : 'offline')),
    h('span', { class: 'fill' }),
    tool(
      'hints',
      say('hints'),
      () => {
        prefer({ hints: !prefs.hints })
        draw()
      },
      { 'aria-pressed': String(prefs.hints) },
    ),
    faultsMenu(),
    talkMenu(),
    h('a', { class: 'small', id: 'to-gallery', href: '/#gallery', target: '_blank' }, say('gallery')),
    tool('theme', say(isDark ? 'light' : 'dark'), () => {
      prefer({ theme: isDark ? 'light' : 'dark' })
      draw()
    }),
    tool('language', say('language'), () => {
      prefer({ language: prefs.language === 'zh' ? 'en' : 'zh' })
      draw()
    }),
  )
}
