import { complain } from './dialogs.ts'
import { h } from './dom.ts'
import { ask, prefs, refresh, say, store } from './store.ts'

const faultNames: Record<string, [string, string]> = {
  429: ['太频繁 429', 'too fast, 429'],
  500: ['服务器错误 500', 'server error, 500'],
  lostReply: ['做了，但回应丢失', 'done, but the reply is lost'],
  timeout: ['不回应', 'no reply at all'],
  down: ['接口全部中断（直到关闭）', 'API down (until switched off)'],
  late: ['机器人回答晚于 3 秒', 'the bot’s answer comes after 3 s'],
  twice: ['每个事件送两次（直到关闭）', 'every event comes twice (until switched off)'],
  reorder: ['后说的先送到（直到关闭）', 'events overtake each other (until switched off)'],
  committed: ['杀进程：已提交，还没发送', 'process killed: committed, nothing sent yet'],
  sent: ['杀进程：已发送，还没记下', 'process killed: sent, not yet noted'],
}

/** A switch for each fault; below it, losses and doubles so far, counted on Feishu's side. */
export function faultsMenu(): HTMLElement {
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
