import { moveTo } from './bars.ts'
import { complain } from './dialogs.ts'
import { h } from './dom.ts'
import { acted, ask, chatsOf, draw, inLanguage, messagesIn, prefs, refresh, say, setPlace, store } from './store.ts'

type Step = NonNullable<typeof store.state>['tour'][number]

/** The next step on the way to a first meeting, and a button that does it where it can. */
export function tourBar(): HTMLElement | null {
  const steps = store.state?.tour ?? []
  if (!prefs.hints || steps.length === 0) return null
  const next = steps.findIndex(({ isDone }) => !isDone)
  const dots = steps.map(({ isDone, words }, index) =>
    h('li', { class: isDone ? 'done' : index === next ? 'next' : '', title: inLanguage(words) }, isDone ? '✓' : index + 1),
  )
  const step = steps[next]
  const words = step ? inLanguage(step.words) : say('tourDone')
  const help =
    step &&
    h(
      'button',
      { type: 'button', class: 'main', id: 'show-me', onclick: () => void show(step) },
      say(step.says || step.until ? 'doIt' : 'showMe'),
    )
  return h('aside', { id: 'tour', 'aria-label': say('hints') }, h('ol', {}, ...dots), h('p', {}, words), help)
}

/** Says words and moves the clock; for a press it only brings the visitor to the card. */
async function show({ as, chat, says, until, press }: Step): Promise<void> {
  if (until) await moveTo(until)
  const where = chat || chatsOf(as).find(({ mode }) => mode === 'p2p')?.chatId || ''
  const index = store.places.findIndex((place) => place.as === as)
  store.front = index < 0 ? 1 : index
  setPlace(store.front, { as, chat: where })
  await refresh()
  draw()
  if (says) {
    // The chat is open by now, and its stream waits for the answer.
    acted(store.front)
    await ask('say', { as, chat: where, text: inLanguage(says) }).catch(complain)
    return refresh()
  }
  const wanted = messagesIn(where)?.findLast(
    ({ type, deleted, content }) =>
      type === 'interactive' && !deleted && (!press || JSON.stringify(content).includes(`"press":"${press}"`)),
  )
  const message = document.querySelector<HTMLElement>(`.pane.front [data-message="${wanted?.id}"]`)
  // A tall card is shown from its head, where reading begins.
  message?.scrollIntoView({ block: 'start' })
  message?.querySelector('.card')?.classList.add('flash')
}
