import type { Jump } from '../life/jumps.ts'
import { complain, confirmed, showLines, toast, waitFor } from './dialogs.ts'
import { beijing, h } from './dom.ts'
import { ask, draw, inLanguage, prefer, prefs, refresh, say, store } from './store.ts'

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
  const named: Jump[] = ['hour', 'workday', 'deadline', 'quarter', 'year']
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
  tellTime()
  return h(
    'div',
    { id: 'clock', role: 'group', 'aria-label': say('today') },
    h('span', { class: 'when' }, now, kind),
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

/** Saves the talk as a file, plays a saved one, or begins anew. */
function talkMenu(): HTMLElement {
  const start = async () => {
    if (await confirmed(say('reset'), say('resetSure'))) await ask('reset', {}).then(refresh, complain)
  }
  const grow = async () => {
    if (await confirmed(say('bigUnit'), say('bigNote'))) await waitFor(say('bigUnit'), say('making'), ask('reset', { branches: 484 }))
  }
  const file = h('input', { type: 'file', accept: '.json', hidden: true, onchange: () => file.files?.[0] && void playAgain(file.files[0]) })
  const inside = h(
    'div',
    {},
    h('p', {}, say('saveNote')),
    h('a', { class: 'small', id: 'save', href: '/playground/talk', download: 'talk.json' }, say('save')),
    h('p', {}, say('replayNote')),
    h('button', { type: 'button', class: 'small', id: 'replay', onclick: () => file.click() }, say('replay')),
    file,
    h('p', {}, say('resetSure')),
    h('button', { type: 'button', class: 'small', id: 'reset', onclick: () => void start() }, say('reset')),
    h('p', {}, say('bigNote')),
    h('button', { type: 'button', class: 'small', id: 'big-unit', onclick: () => void grow() }, say('bigUnit')),
  )
  return h('details', { class: 'menu right', id: 'talk' }, h('summary', { class: 'small' }, say('talkMenu')), inside)
}

async function playAgain(file: File): Promise<void> {
  document.querySelector('#talk')?.removeAttribute('open')
  toast('info', say('replaying'))
  try {
    const { steps, differences } = await ask<{ steps: number; differences: string[] }>('replay', JSON.parse(await file.text()))
    const lines = differences.length > 0 ? [say('differs'), ...differences] : [say('asExpected')]
    await showLines(`${say('replayed')} · ${steps} ${say('stepsDone')}`, ...lines)
  } catch (error) {
    complain(error)
  }
}

const faultNames: Record<string, [string, string]> = {
  429: ['太频繁 429', 'too fast, 429'],
  500: ['服务器错误 500', 'server error, 500'],
  lostReply: ['做了，但回应丢失', 'done, but the reply is lost'],
  timeout: ['不回应', 'no reply at all'],
  down: ['接口全部中断（直到关闭）', 'API down (until switched off)'],
  late: ['机器人回答晚于 3 秒', 'the bot’s answer comes after 3 s'],
  committed: ['杀进程：已提交，还没发送', 'process killed: committed, nothing sent yet'],
  sent: ['杀进程：已发送，还没记下', 'process killed: sent, not yet noted'],
}

/** A switch for each fault; below it, losses and doubles so far, counted on Feishu's side. */
function faultsMenu(): HTMLElement {
  const { faults = [], proof, deaths = [], waiting = 0 } = store.state ?? {}
  const switches = Object.entries(faultNames).map(([kind, [zh, en]]) => {
    const box = h('input', { type: 'checkbox', name: kind, checked: (faults as string[]).includes(kind) })
    box.onchange = () => void ask('fault', { kind, on: box.checked }).then(refresh, complain)
    return h('label', {}, box, ` ${prefs.language === 'zh' ? zh : en}`)
  })
  const { calls = 0, failed = 0, meant = 0, arrived = 0, doubled = 0 } = proof ?? {}
  const open = Math.max(0, meant - arrived)
  const lost = waiting > 0 ? 0 : open
  const facts = [
    [say('calls'), calls],
    [say('failed'), failed],
    [say('meant'), meant],
    [say('arrived'), arrived],
    [say('waiting'), open - lost],
    [say('doubled'), doubled],
    [say('missing'), lost],
  ] as const
  const rows = facts.map(([words, figure]) => h('tr', {}, h('th', { scope: 'row' }, words), h('td', {}, figure)))
  const inside = h(
    'div',
    {},
    h('p', {}, say('faultsNote')),
    ...switches,
    h('h3', {}, say('proof')),
    h('table', { id: 'proof' }, h('tbody', {}, ...rows)),
    ...deaths.slice(-3).map(deathNode),
  )
  return h(
    'details',
    { class: 'menu right', id: 'faults' },
    h('summary', { class: `small ${faults.length > 0 ? 'alarm' : ''}` }, say('faults')),
    inside,
  )
}

function deathNode({ at, moment, restarted, sent, repeated }: NonNullable<typeof store.state>['deaths'][number]): HTMLElement {
  const time = (moment: string) => new Date(Date.parse(moment) + 8 * 3_600_000).toISOString().slice(11, 19)
  const story = [
    `${time(at)} ${say('killed')}: ${say(moment)}`,
    restarted && `${time(restarted.at)} ${say('restarted')}: ${restarted.waiting}`,
    restarted && `${say('sentSince')}: ${sent}`,
    restarted && `${say('repeatedSince')}: ${repeated}`,
  ]
  return h('ul', { class: 'death' }, ...story.map((line) => line && h('li', {}, line)))
}
