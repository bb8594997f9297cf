import { complain, openDialog } from './dialogs.ts'
import { avatarNode, h, icon } from './dom.ts'
import { peopleOf } from './members.ts'
import { remarks } from './message.ts'
import { recalling } from './recall.ts'
import {
  acted,
  ask,
  chatOf,
  chatsOf,
  inLanguage,
  markRead,
  messagesIn,
  personOf,
  prefs,
  draw as redraw,
  refresh,
  say,
  setPlace,
  spoken,
  store,
  unread,
  unreadOf,
} from './store.ts'
import { createStream } from './stream.ts'

interface Pane {
  node: HTMLElement
  draw(): void
}

/** One person's Feishu: the person, their chats, and the open chat. */
export function createPane(index: number): Pane {
  const who = h('select', { class: 'who', onchange: () => choose(who.value) })
  const chats = h('nav', { class: 'chats' })
  const where = h('div', { class: 'where' })
  const stream = createStream(index, (said) => void speak(said))
  const text = h('input', { autocomplete: 'off', maxlength: 2000 })
  const tools = h('span', { class: 'tools' })
  const form = h('form', { class: 'say', onsubmit: send }, tools, text, h('button', { class: 'main' }))
  const node = h('section', { class: 'pane' }, h('div', { class: 'me' }, who), chats, h('div', { class: 'talk' }, where, stream.node, form))
  const place = () => store.places[index] ?? { as: '', chat: '' }
  recalling(text, () => wordsOf(place().as, place().chat))
  let drawnAs = ''

  /** Known state is drawn before the answer: a quick second click must not hit the previous person's chats. */
  function turnTo(to: Partial<ReturnType<typeof place>>): void {
    setPlace(index, to)
    redraw()
    void refresh()
  }
  const choose = (as: string): void => turnTo({ as, chat: chatsOf(as)[0]?.chatId ?? '' })
  function open(chatId: string): void {
    if (chatOf(chatId)?.mode === 'p2p') ask('enter', { as: place().as }).catch(complain).then(refresh)
    turnTo({ chat: chatId })
  }
  function send(event: Event): void {
    event.preventDefault()
    const said = text.value.trim()
    if (said) void speak(said)
    text.value = ''
  }
  async function speak(said: string): Promise<void> {
    const { as, chat } = place()
    acted(index)
    try {
      const answer = await ask<{ delivered: boolean; error?: number; messageId: string }>('say', { as, chat, text: said })
      if (!answer.delivered) remarks.set(answer.messageId, 'unheard')
      else if (answer.error) remarks.set(answer.messageId, 'unanswered')
    } catch (error) {
      complain(error)
    }
    await refresh()
    // The message may have been drawn before its remark was known.
    redraw()
  }

  function draw(): void {
    const { people = [], bot, born } = store.state ?? {}
    if (!people.some(({ openId }) => openId === place().as))
      setPlace(index, { as: people[index]?.openId ?? people[0]?.openId ?? '', chat: '' })
    const { as } = place()
    const mine = chatsOf(as)
    if (!mine.some(({ chatId }) => chatId === place().chat)) setPlace(index, { chat: mine[0]?.chatId ?? '' })
    const { chat } = place()
    if (index === 0 || index === store.front || !matchMedia('(max-width: 900px)').matches) markRead(as, chat)
    node.classList.toggle('front', index === store.front)
    node.setAttribute('aria-label', personOf(as)?.name ?? '')
    drawWho(as, people)
    chats.setAttribute('aria-label', say('chats'))
    chats.replaceChildren(...mine.map((one) => chatPick(one, one.chatId === chat, as, open)))
    drawWhere(where, as, chat)
    drawTools(tools, text, as, chat, bot?.name ?? '', () => acted(index))
    text.placeholder = say('placeholder')
    text.setAttribute('aria-label', say('placeholder'))
    stream.list.setAttribute('aria-label', say('talk'))
    if (form.lastElementChild) form.lastElementChild.textContent = say('send')
    const now = `${born} ${as} ${chat}`
    // A phone shows the chats in a row wider than the screen.
    if (drawnAs !== now) chats.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    stream.draw(as, chat, drawnAs !== now)
    if (messagesIn(chat)) drawnAs = now
  }

  function drawWho(as: string, people: People): void {
    const groups = new Map<string, HTMLElement[]>()
    for (const { openId, name, role, of } of people) {
      const news = unreadOf(openId)
      const words = [name, role && inLanguage(role), news > 0 && `(${news})`].filter(Boolean).join(' ')
      const group = of ? inLanguage(of) : ''
      groups.set(group, [...(groups.get(group) ?? []), new Option(words, openId, false, openId === as)])
    }
    const key = [...groups.values()]
      .flat()
      .map((option) => option.textContent)
      .join()
    who.setAttribute('aria-label', say('person'))
    if (who.dataset.key !== key)
      who.replaceChildren(...[...groups].flatMap(([label, options]) => (label ? h('optgroup', { label }, ...options) : options)))
    Object.assign(who.dataset, { key })
    who.value = as
  }
  return { node, draw }
}

/** The texts that a person said in a chat, the last one last. */
const wordsOf = (as: string, chat: string): string[] =>
  (messagesIn(chat) ?? []).flatMap(({ sender, type, content, deleted }) =>
    sender === as && type === 'text' && !deleted ? [String((content as { text?: unknown }).text ?? '')] : [],
  )

type People = NonNullable<typeof store.state>['people']
type Chat = NonNullable<ReturnType<typeof chatOf>>

function chatPick({ chatId, name, mode, last }: Chat, isOpen: boolean, as: string, open: (chatId: string) => void): HTMLElement {
  const direct = mode === 'p2p'
  const title = direct ? say('direct') : name
  const news = unread(as, chatId)
  const preview = last ? spoken(last.words).replace(/&#\d+;/g, '') : ''
  return h(
    'button',
    { type: 'button', class: 'pick', 'aria-current': isOpen ? 'true' : undefined, onclick: () => open(chatId) },
    avatarNode(direct ? (store.state?.bot.name ?? '') : (title[0] ?? ''), chatId, direct ? 'bot' : 'crowd'),
    h('span', {}, h('b', {}, title), h('small', {}, preview)),
    news > 0 && h('i', { class: 'unread' }, news > 99 ? '99+' : news),
  )
}

function drawWhere(where: HTMLElement, as: string, chatId: string): void {
  const chat = chatOf(chatId)
  if (!chat) return
  const direct = chat.mode === 'p2p'
  const lacksBot = !chat.hasBot && chat.status === 'normal'
  const note = lacksBot
    ? say('withoutBot')
    : chat.status === 'dissolved'
      ? say('dissolved')
      : direct
        ? ''
        : `${chat.members.length} ${say('members')}`
  const key = [as, chatId, chat.name, note, prefs.language].join()
  if (where.dataset.key === key) return
  Object.assign(where.dataset, { key })
  const invite = () => ask('invite', { as, chat: chatId }).then(refresh, complain)
  const people = () => void openDialog(`${say('peopleHere')} · ${chat.name}`, (redraw) => peopleOf(as, chatId, redraw))
  where.replaceChildren(
    h('b', {}, direct ? say('direct') : chat.name),
    h('small', { class: lacksBot || chat.status === 'dissolved' ? '' : 'count' }, note),
    ...(lacksBot ? [h('button', { type: 'button', class: 'main', onclick: invite }, say('invite'))] : []),
    ...(direct ? [] : [h('button', { type: 'button', class: 'small people-here', onclick: people }, say('peopleHere'))]),
  )
}

function drawTools(tools: HTMLElement, text: HTMLInputElement, as: string, chat: string, bot: string, acts: () => void): void {
  const mention = () => {
    if (!text.value.startsWith(`@${bot} `)) text.value = `@${bot} ${text.value}`
    text.focus()
  }
  const sends = () => {
    acts()
    if (file.files?.[0]) void sendFile(as, chat, file.files[0])
  }
  const file: HTMLInputElement = h('input', { type: 'file', hidden: true, onchange: sends })
  const key = [as, chat, prefs.language].join()
  if (tools.dataset.key === key) return
  Object.assign(tools.dataset, { key })
  const isDirect = chatOf(chat)?.mode === 'p2p'
  tools.replaceChildren(
    isDirect ? botMenu(as, acts) : h('button', { type: 'button', class: 'small mention-bot', onclick: mention }, say('mention')),
    h(
      'button',
      { type: 'button', class: 'small', 'aria-label': say('file'), title: say('file'), onclick: () => file.click() },
      icon('clip'),
    ),
    file,
  )
}

/** The menu matches the README's app: an entry's key is the English name of a command. */
const entries = { mine: 'menuMine', checkin: 'menuCheckin', score: 'menuScore', help: 'menuHelp' } as const

function botMenu(as: string, acts: () => void): HTMLElement {
  const options = Object.entries(entries).map(([key, word]) => new Option(say(word), key))
  const menu = h('select', { class: 'small bot-menu', 'aria-label': say('botMenu') }, new Option(say('botMenu'), ''), ...options)
  menu.onchange = () => {
    const key = menu.value
    menu.value = ''
    acts()
    void ask('menu', { as, key }).then(refresh, complain)
  }
  return menu
}

async function sendFile(as: string, chat: string, file: File): Promise<void> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  await ask('file', { as, chat, name: file.name, base64: btoa(binary) }).then(refresh, complain)
}
