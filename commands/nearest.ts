import * as z from 'zod'
import { say } from '../cards/home/say.ts'
import { chatById } from '../db/branches/chats.ts'
import { boundTo, lookUp, together } from '../db/client.ts'
import { claim } from '../db/ledgers/deliveries.ts'
import { peopleOfBranch } from '../db/roster/people.ts'
import { button, card, lines } from '../src/card.ts'
import type { Answer, Command } from '../src/command.ts'
import { type Context, reply } from '../src/context.ts'
import { id } from '../src/id.ts'
import { press } from '../src/press.ts'
import { refuse } from '../src/refusal.ts'
import type { Understanding } from '../src/rules/words/match.ts'
import { namesOf } from '../src/rules/words/names.ts'
import type { Called } from '../src/rules/words/slots.ts'
import { asWritten, both, clipped, listed, t } from '../src/text.ts'
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
    takes: z.object({
      said: z.string(),
      command: z.string(),
      rest: z.string(),
      isGroup: z.boolean(),
      offer: id,
      /** True for a sentence that was understood, whose deed waits for the tap. */
      isUnderstood: z.boolean().optional(),
      /** A second meaning that is as near. */
      or: z.object({ command: z.string(), rest: z.string() }).optional(),
    }),
    async show(_db, { said, command, rest, isGroup, offer, isUnderstood, or }) {
      const offered = [{ command, rest }, ...(or ? [or] : [])].flatMap((one) => {
        const meant = menu().find(({ name }) => name === one.command)
        return meant ? [{ meant, rest: one.rest }] : []
      })
      if (offered.length === 0) return null
      const words = asWritten(said)
      return card(isUnderstood ? t('是这个意思吗？', 'Is this meant?') : t('没有这个命令', 'No such command'), [
        lines(
          isUnderstood
            ? t(`你说「${words.zh}」。按一下才办：`, `You said “${words.en}”. It is done when you press:`)
            : t(`没看懂「${words.zh}」。你是不是想说：`, `I did not understand “${words.en}”. Did you mean:`),
        ),
        ...offered.flatMap(({ meant, rest }, nth) => {
          const label = both((l) => asWritten(clipped(`/${l === 'zh' ? meant.zh : meant.name} ${rest}`, 60))[l])
          const tap = button(label, run.value({ command: meant.name, rest, isGroup, offer }), {
            type: nth === 0 ? 'primary' : 'default',
            wide: true,
          })
          return [meant.needsWords && rest === '' ? null : tap, lines(both((l) => `${meant.summary[l]}\n${meant.usage[l]}`))]
        }),
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

/** Answers a line that names no command: by its meaning, or by the nearest command. */
export async function answerSentence(
  ctx: Context,
  line: string,
  menu: readonly Command[],
  offer: ReturnType<typeof nearMiss>['offer'],
): Promise<Answer> {
  const [{ understand }, { nearestTo }] = await Promise.all([
    import('../src/rules/words/match.ts'),
    import('../src/rules/words/nearest.ts'),
  ])
  const { chat, newId } = ctx
  const { isGroup } = chat
  const nothing: Understanding = { found: 'nothing', near: [] }
  const read = /^[／/]/u.test(line) ? nothing : understand(line, await namesHere(ctx, line), ctx.now)
  if (read.found === 'reply') return { say: read.say }
  if (read.found === 'clear' && !read.meant.isDeed) {
    const meant = menu.find(({ name }) => name === read.meant.command)
    if (meant) return (meant.ask ?? meant.answer)(ctx, read.meant.rest)
  }
  const near = nearestTo(line, menu)
  // A group is not bothered with guesses at talk that was half understood.
  const offered =
    read.found === 'clear' ? [read.meant] : read.found === 'choice' || (read.found === 'weak' && !isGroup && !near) ? read.all : []
  const [first, or] = offered.map(({ command, rest }) => ({ command, rest: clipped(rest, 200) }))
  if (first) return offer.args({ ...first, said: clipped(line, 60), isGroup, offer: newId(), isUnderstood: true, ...(or ? { or } : {}) })
  if (near) return offer.args({ ...near, isGroup, offer: newId() })
  const guess =
    ctx.assist && read.found === 'nothing'
      ? await (await import('../src/rules/words/masked.ts')).guessedBy(ctx.assist, line, ctx.mentions, await namesHere(ctx, line), menu)
      : null
  if (guess) return offer.args({ ...guess, said: clipped(line, 60), isGroup, offer: newId() })
  const nearby = listed(
    menu.filter(({ name }) => read.found === 'nothing' && read.near.includes(name)).map(({ zh, name }) => t(`「${zh}」`, `“${name}”`)),
  )
  const also = nearby.zh === '' ? t('', '') : t(`和这有关的，可以说${nearby.zh}。`, ` About this you can say ${nearby.en}.`)
  return { say: t(`没听懂。${also.zh}说「帮助」看看我能做什么。`, `I did not understand.${also.en} Say “help” to see what I can do.`) }
}

/** People of one’s own branch may be named without an @, and in letters: Zhang Wei is 张伟. */
async function namesHere({ db, actor, mentions }: Context, line: string): Promise<Called[]> {
  const [people] = actor?.branch ? await lookUp(db, [peopleOfBranch(db, actor.branch)]) : [[]]
  const names = [...people, ...mentions].map(({ name }) => name)
  const asWrittenDown = names.map((name) => ({ said: name.toLowerCase(), name }))
  if (!/[a-z]{2}/iu.test(line)) return asWrittenDown
  const { spellingsOf } = await import('../src/rules/roster/pinyin.ts')
  const spelt = names.flatMap((name) => spellingsOf(name).map((said) => ({ said, name })))
  // Two people with one spelling are not told apart here: the command that gets the spelling asks.
  const owners = Map.groupBy(spelt, ({ said }) => said)
  return [
    ...asWrittenDown,
    ...spelt.map((one) => (new Set(owners.get(one.said)?.map(({ name }) => name)).size > 1 ? { said: one.said, name: one.said } : one)),
  ]
}
