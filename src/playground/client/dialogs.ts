import type { WireLine } from '../inspect.ts'
import { beijing, h } from './dom.ts'
import { jobSaid } from './jobs.ts'
import { ask, refresh, say, store } from './store.ts'

const toasts = h('div', { id: 'toasts', role: 'status' })
export const toastLayer = toasts

export function toast(kind: string, words: string): void {
  const node = toasts.appendChild(h('div', { class: `toast ${/^[a-z]+$/.test(kind) ? kind : ''}` }, words))
  setTimeout(() => node.remove(), 4500)
}

export const complain = (error: unknown): void => toast('error', error instanceof Error ? error.message : say('lost'))

/** Shows a dialog until it is closed; returns the value of the closing button. */
function showDialog(look: string, title: string, ...inside: (Node | string)[]): Promise<string> {
  const dialog = h('dialog', { class: look, 'aria-label': title }, h('form', { method: 'dialog' }, h('h2', {}, title), ...inside))
  document.body.append(dialog)
  dialog.showModal()
  return new Promise((answer) => {
    dialog.onclose = () => {
      dialog.remove()
      answer(dialog.returnValue)
    }
  })
}

const choices = (): HTMLElement =>
  h(
    'menu',
    {},
    h('button', { class: 'small', value: '', formnovalidate: true }, say('cancel')),
    h('button', { class: 'main', value: 'yes' }, say('confirm')),
  )

export const confirmed = async (title: string, words: string): Promise<boolean> =>
  (await showDialog('asks', title, h('p', {}, words), choices())) === 'yes'

/** Blocks the page until the work is done. */
export async function waitFor(title: string, words: string, work: Promise<unknown>): Promise<void> {
  const dialog = h(
    'dialog',
    { class: 'asks', 'aria-label': title, oncancel: (event: Event) => event.preventDefault() },
    h('h2', {}, title),
    h('p', { role: 'status' }, words),
    h('progress', { 'aria-label': words }),
  )
  document.body.append(dialog)
  dialog.showModal()
  await work.then(refresh, complain)
  dialog.remove()
}

const closing = (): HTMLElement => h('menu', {}, h('button', { class: 'main', value: '' }, say('close')))

export const showLines = (title: string, ...lines: string[]): Promise<string> =>
  showDialog('asks', title, ...lines.map((line) => h('p', {}, line)), closing())

/** The content of this dialog can be redrawn while it is open. */
export async function openDialog(title: string, inside: (redraw: () => void) => Node[]): Promise<void> {
  const body = h('div', {})
  const draw = () => body.replaceChildren(...inside(draw))
  draw()
  await showDialog('asks', title, body, closing())
}

/** Shows the wire log of a message and its consequences. */
export async function openInspector(message: string): Promise<void> {
  try {
    const lines = await ask<WireLineJson[]>(`inspect?${new URLSearchParams({ message })}`)
    const entries = lines.length > 0 ? lines.map(entry) : [h('p', {}, say('nothingSent'))]
    await showDialog('inspects', say('inspect'), ...entries, closing())
  } catch (error) {
    complain(error)
  }
}
type WireLineJson = Omit<WireLine, 'at' | 'cause'> & { at: string; cause?: { job: string; at: string } }

function entry(line: WireLineJson): HTMLElement {
  const toBot = line.to === 'bot'
  const isGood = line.status === 200 && !line.code
  const verdict = toBot ? ` · ${say(isGood ? 'verified' : 'notVerified')}` : ''
  const facts = [
    beijing(line.at),
    `${line.ms.toFixed(0)} ms`,
    line.bytes && `${line.bytes} B`,
    line.written && `${line.written.trips} ${say('trips')}`,
  ]
  const caused = line.caused.map(({ path, status, code, ms }) =>
    h('li', {}, `${short(path)} → ${status}${code ? ` (${code})` : ''}, ${ms.toFixed(0)} ms`),
  )
  const result = h('p', { class: 'again' })
  const again =
    line.eventId && h('button', { type: 'button', class: 'small', onclick: () => deliverAgain(line.eventId ?? '', result) }, say('again'))
  return h(
    'section',
    { class: `wire ${isGood ? 'good' : 'bad'}` },
    h(
      'h3',
      {},
      `${toBot ? '→' : '←'} ${short(line.path)}  `,
      h('b', {}, `${line.status || '—'}${line.code ? ` (${line.code})` : ''}`),
      verdict,
    ),
    h('p', { class: 'soft' }, facts.filter(Boolean).join(' · ')),
    decidedBy(line),
    line.cause ? h('p', { class: 'cause' }, `${say('byClock')}${jobSaid(line.cause.job)} · ${beijing(line.cause.at)}`) : null,
    ...rowsOf(line),
    line.assist !== undefined && h('p', { class: 'assist' }, say('assisted')),
    line.assist !== undefined && source(line.assist),
    caused.length > 0 && h('p', {}, say('caused')),
    caused.length > 0 && h('ul', {}, ...caused),
    source(line.wire),
    line.answer !== undefined && source(line.answer),
    again || null,
    result,
  )
}

/** The deeds as the audit names them, then the words of the toast in the answer. */
function decidedBy({ written, answer }: WireLineJson): HTMLElement | null {
  const { toast } = (answer ?? {}) as { toast?: { i18n?: Record<string, string>; content?: string } }
  const words = toast && (toast.i18n?.[document.documentElement.lang === 'en' ? 'en_us' : 'zh_cn'] ?? toast.content)
  const decided = [written?.deeds.join(', '), words].filter(Boolean)
  return decided.length > 0 ? h('p', { class: 'decided' }, `${say('decided')}${decided.join(' · ')}`) : null
}

function rowsOf({ written }: WireLineJson): HTMLElement[] {
  if (!written) return []
  const rows = Object.entries(written.rows)
  if (rows.length === 0) return [h('p', {}, say('noRows'))]
  const list = rows.map(([what, many]) => h('span', { class: 'tag neutral' }, `${what} × ${many}`))
  return [h('p', {}, say('rows')), h('p', { class: 'tags' }, ...list)]
}

const short = (path: string): string => path.replace('/open-apis', '').replace(/(om_|ou_|oc_)(\w{4})\w+/g, '$1$2…')
const source = (json: unknown): HTMLElement => h('pre', { tabindex: 0 }, JSON.stringify(json, null, 2) ?? '')

/** Delivers the same event again; the count beside the button proves that nothing is doubled. */
async function deliverAgain(event: string, result: HTMLElement): Promise<void> {
  const { status, before, after } = await ask<{ status: number; before: number; after: number }>('again', { event })
  result.textContent = `${status} · ${say('copies')}: ${before} → ${after} · ${say('doubled')} ${after - before}`
  await refresh()
}

let toastsShown = -1
/** Shows each toast once, if its person is on the page. */
export function showToasts(): void {
  const { toasts = [], toastCount = 0 } = store.state ?? {}
  for (const { number, openId, type, i18n, content, error } of toasts) {
    if (toastsShown < 0 || number < toastsShown || !store.places.some(({ as }) => as === openId)) continue
    const translations = i18n as Record<string, string>
    const own = document.documentElement.lang === 'en' ? translations.en_us : translations.zh_cn
    toast(String(type), error ? `${say('wrong')} (${error})` : String(own ?? content ?? Object.values(translations)[0]))
  }
  const death = store.state?.deaths.at(-1)
  const news = death ? `${death.at} ${death.restarted?.at}` : ''
  if (death && toastsShown >= 0 && news !== deathShown) {
    const { moment, restarted } = death
    toast(restarted ? 'success' : 'warning', restarted ? `${say('restarted')}: ${restarted.waiting}` : `${say('killed')}: ${say(moment)}`)
  }
  deathShown = news
  toastsShown = toastCount
}
let deathShown = ''
