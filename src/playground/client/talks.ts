import { complain, confirmed, showLines, toast, waitFor } from './dialogs.ts'
import { h } from './dom.ts'
import { ask, draw, refresh, remember, remembered, say } from './store.ts'

/** Saves the talk as a file, as a test or in this browser, plays a saved one, or begins anew. */
export function talkMenu(): HTMLElement {
  const start = async () => {
    if (await confirmed(say('reset'), say('resetSure'))) await ask('reset', {}).then(refresh, complain)
  }
  const grow = async () => {
    if (await confirmed(say('bigUnit'), say('bigNote'))) await waitFor(say('bigUnit'), say('making'), ask('reset', { branches: 484 }))
  }
  const file = h('input', { type: 'file', accept: '.json', hidden: true, onchange: () => file.files?.[0] && void playFile(file.files[0]) })
  const inside = h(
    'div',
    {},
    h('p', {}, say('saveNote')),
    h('a', { class: 'small', id: 'save', href: '/playground/talk', download: 'talk.json' }, say('save')),
    ' ',
    h(
      'a',
      { class: 'small', id: 'save-test', href: '/playground/talk-test', download: 'talk.test.ts', title: say('asTestNote') },
      say('asTest'),
    ),
    h('p', {}, say('keepNote')),
    keeping(),
    keptTalks(),
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

/** The talks that this browser keeps, by the names that were given to them. */
const kept = (): Record<string, object> => {
  try {
    return JSON.parse(remembered('talks') || '{}')
  } catch {
    return {}
  }
}
const keep = (talks: Record<string, object>): void => {
  remember('talks', JSON.stringify(talks))
  draw()
}

/** A redrawn menu shows the same field: a name being typed is left alone. */
const named = h('input', { id: 'keep-name', maxlength: 40 })

function keeping(): HTMLElement {
  const saves = async (event: Event) => {
    event.preventDefault()
    const name = named.value.trim()
    if (name === '') return
    try {
      keep({ ...kept(), [name]: await ask<object>('talk') })
      named.value = ''
    } catch (error) {
      complain(error)
    }
  }
  named.placeholder = say('keepName')
  named.setAttribute('aria-label', say('keepName'))
  return h('form', { class: 'keeping', onsubmit: saves }, named, h('button', { class: 'small', id: 'keep' }, say('keep')))
}

function keptTalks(): HTMLElement | null {
  const talks = kept()
  const rows = Object.entries(talks).map(([name, talk]) => {
    const { [name]: _, ...others } = talks
    const plays = () => void playAgain(talk)
    return h(
      'li',
      {},
      h('span', {}, name),
      h('button', { type: 'button', class: 'small', 'aria-label': `${say('replayKept')} ${name}`, onclick: plays }, say('replayKept')),
      h('button', { type: 'button', class: 'small', 'aria-label': `${say('forget')} ${name}`, onclick: () => keep(others) }, say('forget')),
    )
  })
  return rows.length > 0 ? h('ul', { class: 'kept' }, ...rows) : null
}

async function playFile(file: File): Promise<void> {
  try {
    await playAgain(JSON.parse(await file.text()))
  } catch (error) {
    complain(error)
  }
}

async function playAgain(talk: object): Promise<void> {
  document.querySelector('#talk')?.removeAttribute('open')
  toast('info', say('replaying'))
  try {
    const { steps, differences } = await ask<{ steps: number; differences: string[] }>('replay', talk)
    const lines = differences.length > 0 ? [say('differs'), ...differences] : [say('asExpected')]
    await showLines(`${say('replayed')} · ${steps} ${say('stepsDone')}`, ...lines)
  } catch (error) {
    complain(error)
  }
}
