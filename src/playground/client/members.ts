import { complain } from './dialogs.ts'
import { avatarNode, h } from './dom.ts'
import { ask, chatOf, inLanguage, nameOf, refresh, say, store } from './store.ts'

/** People added while the page was open: their invitation can be withdrawn. */
const invited = new Set<string>()

/** Lists the people of a chat with buttons to remove and add. The bot is told of each change as on the platform. */
export function peopleOf(as: string, chat: string, redraw: () => void): Node[] {
  const here = chatOf(chat)?.members ?? []
  const change = async (what: string, body: object) => {
    await ask(what, { as, chat, ...body }).catch(complain)
    await refresh()
    redraw()
  }
  const rows = here.map((openId) => {
    const name = nameOf(openId)
    const isInvited = invited.has(`${chat} ${openId}`)
    const out = () => void change('members', { people: [openId], what: isInvited ? 'withdrawn' : 'deleted' })
    const words = say(isInvited ? 'withdraw' : 'takeOut')
    return h(
      'li',
      {},
      avatarNode(name, openId),
      h('span', {}, name),
      h('button', { type: 'button', class: 'small', 'aria-label': `${words} ${name}`, disabled: here.length === 1, onclick: out }, words),
    )
  })
  const others = (store.state?.people ?? []).filter(({ openId }) => !here.includes(openId))
  const options = others.map(({ openId, name, of }) => new Option([name, of && inLanguage(of)].filter(Boolean).join(' · '), openId))
  const chosen = h('select', { 'aria-label': say('fromElsewhere') }, new Option(say('fromElsewhere'), ''), ...options)
  const named = h('input', { maxlength: 20, 'aria-label': say('newcomer'), placeholder: say('newcomer') })
  const add = async () => {
    const name = named.value.trim()
    for (const openId of chosen.value ? [chosen.value] : []) invited.add(`${chat} ${openId}`)
    if (chosen.value) await change('members', { people: [chosen.value], what: 'added' })
    if (name) await change('people', { name })
  }
  const button = h('button', { type: 'button', class: 'main', onclick: () => void add() }, say('addPerson'))
  return [h('ul', { class: 'members' }, ...rows), h('div', { class: 'adding' }, chosen, named, button)]
}
