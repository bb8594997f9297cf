import * as z from 'zod'
import { say } from '../cards/home/say.ts'
import { chatById } from '../db/branches/chats.ts'
import { boundTo, lookUp, together } from '../db/client.ts'
import { claim } from '../db/ledgers/deliveries.ts'
import { button, card, lines } from '../src/card.ts'
import type { Command } from '../src/command.ts'
import { reply } from '../src/context.ts'
import { id } from '../src/id.ts'
import { press } from '../src/press.ts'
import { refuse } from '../src/refusal.ts'
import { asWritten, both, clipped, t } from '../src/text.ts'
import { view } from '../src/view.ts'

/** Answers a misspelt word with the nearest command as a button. `menu` is a function, since the menu lists what this file runs. */
export function nearMiss(menu: () => readonly Command[]) {
  const run = press({
    name: 'command.run',
    /** The command that is run asks its own rights. */
    rights: ['help'],
    sends: z.object({ command: z.string().max(20), rest: z.string().max(200), isGroup: z.boolean(), offer: id.optional() }),
    async answer(pressed, { command, rest, isGroup, offer }) {
      const meant = menu().find(({ name }) => name === command)
      if (!meant) refuse('这个按钮已经过时，请直接说一遍。', 'This button is out of date; please just say it again.')
      const [[bound]] = await lookUp(pressed.db, [chatById(pressed.db, { chatId: pressed.chat.id })])
      // A line is done once by each presser: a second press of the same button asks for a lost answer.
      const { eventId, openId, now } = pressed
      const db = offer
        ? boundTo(pressed.db, claim(pressed.db, { eventId, messageId: `${offer} ${openId}`, at: now.getTime() }))
        : pressed.db
      const ctx = { ...pressed, db, chat: { id: pressed.chat.id, isGroup, bound: bound ?? null } }
      const answer = await meant.answer(ctx, rest)
      if (answer) await together(ctx.db, [reply(ctx, 'say' in answer ? say.args(answer.say) : answer)])
      return { toast: t('好的，答复已发出。', 'Done; the answer is in the chat.'), mood: 'success' }
    },
  })

  const offer = view({
    name: 'nearMiss',
    takes: z.object({ said: z.string(), command: z.string(), rest: z.string(), isGroup: z.boolean(), offer: id }),
    async show(_db, { said, command, rest, isGroup, offer }) {
      const meant = menu().find(({ name }) => name === command)
      if (!meant) return null
      const label = both((l) => asWritten(clipped(`/${l === 'zh' ? meant.zh : meant.name} ${rest}`, 60))[l])
      return card(t('没有这个命令', 'No such command'), [
        lines(
          both((l) =>
            l === 'zh' ? `没看懂「${asWritten(said).zh}」。你是不是想说：` : `I did not understand “${asWritten(said).en}”. Did you mean:`,
          ),
        ),
        button(label, run.value({ command, rest, isGroup, offer }), { type: 'primary', wide: true }),
        lines(both((l) => `${meant.summary[l]}\n${meant.usage[l]}`)),
      ])
    },
  })
  return { run, offer }
}

export interface Heard {
  command: Command
  rest: string
}

/**
 * Finds the command of a line. A name without a slash must stand alone, be Chinese, or have only digits after it
 * (“checkin 1234”).
 */
export function heard(line: string, menu: readonly Command[]): Heard | null {
  const said = line.replace(/^[／]/u, '/').trim()
  const bare = said.replace(/^\/\s*/, '').trim()
  const whole = menu.find((command) => namesOf(command).includes(bare.toLowerCase()))
  if (whole) return { command: whole, rest: '' }
  const [word = ''] = bare.split(/\s/, 1)
  const byWord = menu.find((command) => namesOf(command).includes(word.toLowerCase()))
  const hasSlash = said.startsWith('/')
  const rest = bare.slice(word.length).trim()
  if (byWord && (hasSlash || /\p{Script=Han}/u.test(word) || /^\d+$/.test(rest))) return { command: byWord, rest }
  if (!hasSlash) return null
  const glued = menu.find((command) => [command.zh, ...command.also].some((name) => /\p{Script=Han}/u.test(name) && bare.startsWith(name)))
  if (!glued) return null
  const name = [glued.zh, ...glued.also].filter((one) => bare.startsWith(one)).sort((a, b) => b.length - a.length)[0] ?? ''
  return { command: glued, rest: bare.slice(name.length).trim() }
}

/** The command that a plain sentence means, with what it says for it. */
export function meantBy(line: string, menu: readonly Command[]): Heard | null {
  for (const command of menu)
    for (const sentence of command.meant ?? []) {
      const said = sentence.exec(line.trim())
      if (said) return { command, rest: [said.groups?.rest, said.groups?.more].filter(Boolean).join(' ').trim() }
    }
  return null
}

const namesOf = ({ name, zh, also }: Command) => [name, zh, ...also].map((one) => one.toLowerCase())

/** The nearest command to a word that is none, or null. A Chinese word said in passing is no misspelling: 好的 is not 我的. */
export function nearestTo(line: string, menu: readonly Command[]): { command: string; said: string; rest: string } | null {
  const bare = line.replace(/^[／/]\s*/u, '').trim()
  const hasSlash = bare !== line.trim()
  const [word = ''] = bare.split(/\s/, 1)
  if (!hasSlash && isEverydayWord(word, menu)) return null
  const ranked = menu
    .flatMap((command) => namesOf(command).map((name) => ({ command: command.name, away: distance(word.toLowerCase(), name), name })))
    .filter(({ away, name }) => away <= Math.max(1, Math.floor([...name].length / 2.5)) && away < [...name].length)
    .filter(({ name }) => hasSlash || !/^\p{Script=Han}{2}$/u.test(name) || name[0] === word[0])
    .sort((a, b) => a.away - b.away)
  const [best] = ranked
  return best ? { command: best.command, said: clipped(word, 20), rest: clipped(bare.slice(word.length), 200) } : null
}

/** A command's other name that opens a sentence, as in “me too” or “call me tomorrow”, is no misspelt command. */
const isEverydayWord = (word: string, menu: readonly Command[]) => menu.some(({ also }) => also.includes(word.toLowerCase()))

/** The number of letters to change, add, drop or swap with a neighbour. */
function distance(from: string, to: string): number {
  const [a, b] = [[...from].slice(0, 24), [...to].slice(0, 24)]
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  const at = (i: number, j: number) => rows[i]?.[j] ?? Number.POSITIVE_INFINITY
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    rows.push(row)
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY
      row.push(Math.min(at(i - 1, j) + 1, (row[j - 1] ?? 0) + 1, at(i - 1, j - 1) + same, swapped))
    }
  }
  return at(a.length, b.length)
}
