import type { ShownMessage } from '../state.ts'
import { cardNode } from './containers.ts'
import type { CardContext, Field } from './content.ts'
import { confirmed, openInspector, toast } from './dialogs.ts'
import { avatarNode, beijing, h, icon } from './dom.ts'
import { drawnFor } from './markdown.ts'
import type { Part } from './part.ts'
import { acted, ask, draw, nameOf, prefs, refresh, say, spoken, store } from './store.ts'
import type { Word } from './words.ts'

const drawn = new Map<string, { key: string; node: HTMLElement }>()
/** The page's own remarks on a message, such as that the bot did not hear it. */
export const remarks = new Map<string, Word>()

/** A message is redrawn only after a change: half-filled fields keep their content. */
export function messageNode(message: ShownMessage, as: string, pane: number): HTMLElement {
  const place = `${pane} ${message.id}`
  const age = Date.parse(store.state?.now ?? '') - Date.parse(message.at)
  const isExpired = age > 14 * 86_400_000
  const remark = remarks.get(message.id)
  const key = [as, message.versions, message.deleted, prefs.language, prefs.theme, remark, isExpired].join()
  const before = drawn.get(place)
  if (before?.key === key) return before.node
  const redraw = () => {
    drawn.delete(place)
    draw()
  }
  const isCard = message.type === 'interactive' && !message.deleted
  const notes = [message.versions > 1 && say('edited'), remark && say(remark), isCard && isExpired && say('expired')].filter(Boolean)
  const byBot = message.senderKind === 'app'
  const by = byBot ? (store.state?.bot.name ?? '') : nameOf(message.sender)
  const tools = h(
    'button',
    {
      type: 'button',
      class: 'quiet',
      'aria-label': `${say('inspect')} ${by} ${beijing(message.at).slice(11)}`,
      onclick: () => openInspector(message.id),
    },
    say('inspect'),
  )
  const inner = h(
    'div',
    {},
    h('div', { class: 'by' }, `${by}  ${beijing(message.at).slice(11)}  `, ...notes.map((note) => h('em', {}, note)), tools),
    bodyOf(message, as, pane, redraw),
  )
  const node = h(
    'div',
    { class: `message ${message.sender === as ? 'mine' : ''}`, 'data-message': message.id },
    avatarNode(by, message.sender, byBot ? 'bot' : ''),
    inner,
  )
  drawn.set(place, { key, node })
  return node
}

function bodyOf(message: ShownMessage, as: string, pane: number, redraw: () => void): HTMLElement {
  if (message.deleted) return h('div', { class: 'bubble' }, say('gone'))
  if (message.type === 'interactive') {
    drawnFor(message.at)
    const press: CardContext['press'] = (element, path, entered, node, form) =>
      void pressed({ message, as, pane, element, path, entered, node, form })
    return cardNode(message.content as Part, { message, press, redraw })
  }
  if (message.type === 'file') return fileNode(message)
  return bubble(message)
}

function fileNode({ id, file = '' }: ShownMessage): HTMLElement {
  const href = `/playground/file?${new URLSearchParams({ message: id })}`
  return h('a', { class: 'bubble file', href, download: file }, icon('file'), h('b', {}, file))
}

function bubble({ type, content }: ShownMessage): HTMLElement {
  const text = type === 'text' ? String((content as { text?: unknown }).text ?? '') : postText(content as Post)
  const names = [...(store.state?.people ?? []), ...(store.state ? [store.state.bot] : [])].map(({ name }) => name)
  const node = h('div', { class: 'bubble' })
  for (const piece of text.split(/(<at user_id="[^"]*">[^<]*<\/at>|@[^\s@]+)/)) {
    const id = /^<at user_id="([^"]*)">/.exec(piece)?.[1]
    const name = piece.startsWith('@') ? names.find((one) => piece.slice(1).startsWith(one)) : undefined
    if (id) node.append(h('span', { class: 'mention' }, `@${nameOf(id)}`))
    else if (name) node.append(h('span', { class: 'mention' }, `@${name}`), piece.slice(1 + name.length))
    else node.append(piece)
  }
  return node
}

interface Post {
  title?: string
  content?: { text?: string }[][]
  zh_cn?: Post
  en_us?: Post
}
function postText(post: Post): string {
  const { title, content = [] } = (prefs.language === 'zh' ? post.zh_cn : post.en_us) ?? post.zh_cn ?? post
  return [title, ...content.map((line) => line.map(({ text = '' }) => text).join(''))].filter(Boolean).join('\n')
}

interface Pressing {
  message: ShownMessage
  as: string
  pane: number
  element: Part
  path: string
  entered: object
  node: HTMLElement
  form: CardContext['form']
}

/** Acts as the client at a press. It follows a link, asks to confirm, refuses gaps in a form, then tells the bot. */
async function pressed({ message, as, pane, element, path, entered, node, form }: Pressing): Promise<void> {
  const behaviors = element.behaviors ?? []
  const url = behaviors.find(({ type }) => type === 'open_url')?.default_url ?? element.url
  if (url && /^https?:/.test(url)) window.open(url, '_blank', 'noopener')
  if (url && !behaviors.some(({ type }) => type === 'callback')) return
  if (element.confirm && !(await confirmed(spoken(element.confirm.title), spoken(element.confirm.text)))) return
  const fields = form?.fields ?? new Map<string, Field>()
  // An emptied field is sent as empty; left out, it would get its initial value.
  const filled = Object.fromEntries([...fields].map(([name, { read }]) => [name, read()]))
  node.setAttribute('aria-busy', 'true')
  acted(pane)
  try {
    const answer = await ask<{ delivered: boolean; body?: { missing?: string[] } }>('press', {
      as,
      message: message.id,
      path,
      form: filled,
      ...entered,
    })
    markMissing(fields, (!answer.delivered && answer.body?.missing) || [])
  } catch (error) {
    toast('error', error instanceof Error ? error.message : say('lost'))
  }
  node.removeAttribute('aria-busy')
  await refresh()
}

function markMissing(fields: Map<string, Field>, missing: string[]): void {
  for (const [name, { node }] of fields) node.classList.toggle('missing', missing.includes(name))
  if (missing.length > 0) toast('warning', say('required'))
}
