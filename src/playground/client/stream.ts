import { beijing, h } from './dom.ts'
import { messageNode } from './message.ts'
import { chatOf, lastMessage, messagesIn, prefs, say, showEarlier, store } from './store.ts'

/** Nearer to the end than this counts as being there. */
const NEAR_PX = 90
const TOP_PX = 40

type Speak = (said: string) => void

/** One chat’s messages and the way they scroll. It follows an answer to an act, and else stays where its reader is. */
export function createStream(pane: number, speak: Speak) {
  const list = h('div', { class: 'stream', role: 'log', tabindex: 0 })
  const pill = h('button', { type: 'button', class: 'main pill', hidden: true, onclick: toEnd })
  const earlier = h('button', { type: 'button', class: 'small earlier', onclick: () => showEarlier(shown.chat) })
  const node = h('div', { class: 'scroller' }, list, pill)
  let shown = { as: '', chat: '' }
  /** The last message before the act whose answer is awaited. */
  let actedAfter: string | null = null
  /** The last message that was here when the reader was at the end. */
  let read = ''
  let top = 0

  document.addEventListener('acts', ({ detail }: CustomEventInit) => {
    if (detail === pane) actedAfter = lastMessage(shown.chat)?.id ?? ''
  })
  list.addEventListener('scroll', () => {
    // A reader who scrolls up wants to read there.
    if (list.scrollTop < top - 8) actedAfter = null
    top = list.scrollTop
    if (top < TOP_PX && list.firstElementChild === earlier) showEarlier(shown.chat)
    countBelow()
  })

  const isAtEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_PX
  const nodeOf = (id: string) => list.querySelector<HTMLElement>(`[data-message="${id}"]`)
  /** How far below the upper edge of the list a message begins. */
  const depthOf = (one: Element) => one.getBoundingClientRect().top - list.getBoundingClientRect().top

  function scrollTo(to: number): void {
    list.scrollTop = to
    top = list.scrollTop
  }
  function toEnd(): void {
    scrollTo(list.scrollHeight)
    countBelow()
  }

  function draw(as: string, chat: string, isOther: boolean): void {
    const messages = messagesIn(chat)
    if (!messages && !isOther) return
    shown = { as, chat }
    earlier.textContent = say('earlier')
    const nodes: HTMLElement[] = messages && messages.length < (chatOf(chat)?.count ?? 0) ? [earlier] : []
    let day = ''
    for (const message of messages ?? []) {
      const on = beijing(message.at).slice(0, 10)
      if (on !== day) nodes.push(h('div', { class: 'day' }, on))
      day = on
      nodes.push(messageNode(message, as, pane))
    }
    const before = [...list.children]
    const isSame =
      nodes.length === before.length &&
      nodes.every((one, at) => one === before[at] || (one.className === 'day' && before[at]?.textContent === one.textContent))
    const isEmpty = messages?.length === 0 && before[0]?.className === 'nothing' && list.lang === prefs.language
    if (isEmpty && !isOther) return
    list.lang = prefs.language
    if (isSame && nodes.length > 0) return
    const wasAtEnd = isAtEnd()
    const anchor = before.find((one) => one instanceof HTMLElement && one.dataset.message && depthOf(one) + one.offsetHeight > 0)
    const depth = anchor ? depthOf(anchor) : 0
    list.replaceChildren(...(nodes.length > 0 || !messages ? nodes : [invitation(chat, speak)]))
    if (isOther) actedAfter = null
    const isAnswered = showAnswer()
    if (isOther || (!isAnswered && wasAtEnd)) {
      toEnd()
      return
    }
    const anew = anchor instanceof HTMLElement ? nodeOf(anchor.dataset.message ?? '') : null
    if (anew && !isAnswered) scrollTo(list.scrollTop + depthOf(anew) - depth)
    countBelow()
  }

  /** Scrolls to the answer, and not past its head: a tall card is read from there. */
  function showAnswer(): boolean {
    if (actedAfter === null) return false
    const messages = messagesIn(shown.chat) ?? []
    const first = messages[messages.findIndex(({ id }) => id === actedAfter) + 1]
    const head = first && nodeOf(first.id)
    if (!head) return false
    scrollTo(Math.min(list.scrollHeight, list.scrollTop + depthOf(head) - 10))
    return true
  }

  function countBelow(): void {
    const messages = messagesIn(shown.chat) ?? []
    if (isAtEnd()) read = messages.at(-1)?.id ?? ''
    const unread = messages.slice(messages.findIndex(({ id }) => id === read) + 1)
    const below = unread.filter(({ id }) => {
      const one = nodeOf(id)
      return one && depthOf(one) > list.clientHeight - 24
    }).length
    pill.hidden = below === 0
    pill.textContent = `${below} ${say(below === 1 ? 'newMessage' : 'newMessages')} ↓`
  }
  return { node, list, draw }
}

/** An empty chat offers first words to say. */
function invitation(chat: string, speak: Speak): HTMLElement {
  const at = chatOf(chat)?.mode === 'p2p' ? '' : `@${store.state?.bot.name} `
  const first = chatOf(chat)?.hasBot ? [say('sayHelp'), say('sayMine')] : []
  const picks = first.map((words) => h('button', { type: 'button', class: 'small', onclick: () => speak(at + words) }, at + words))
  return h('div', { class: 'nothing' }, h('span', {}, say('empty')), ...picks)
}
