import type * as z from 'zod'
import { lookUp, type Statement } from '../db/client.ts'
import { isCardOf } from '../db/ledgers/outbox.ts'
import { isBranded } from './brand.ts'
import type { Card } from './card.ts'
import type { Context } from './context.ts'
import type { Right } from './rules/branches/rights.ts'
import { type Text, t } from './text.ts'

/** What a press is answered with: a word and, for everyone who sees the card, its new state. */
export interface PressAnswer {
  toast: Text
  mood?: 'success' | 'info' | 'warning'
  card?: Card
  /** There is more to do than fits into an answer; it is in the database and goes on behind it. */
  goesOn?: boolean
}

/** The end of a press that a card shows: its name and what it sends. */
export interface Button<Sends> {
  name: string
  /** Ids only: the value comes back from the client, so facts are looked up again and the actor's right is asked again. */
  sends: z.ZodType<Sends>
  /** The value for a button that, pressed, brings `sent` to the answer. */
  value(sent: Sends): object
}

/**
 * Declares a button apart from its answer, in a folder's `buttons.ts`, so that the cards of other features can show it.
 * The press in the card's file is made from it: `press({ button: openPerson, … })`.
 */
export const buttonOf = <Sends extends object>(name: string, sends: z.ZodType<Sends>): Button<Sends> => ({
  name,
  sends,
  value: (sent) => ({ press: name, ...sent }),
})

type Ends<Sends> = { button: Button<Sends> } | Pick<Button<Sends>, 'name' | 'sends'>

interface Answering<Sends, Fills, Seen> {
  /** What it asks the table of rights; a test goes through every role. */
  rights: readonly [Right, ...Right[]]
  /** The card shows what is for one person alone: pressed on a copy that was passed on, it is answered with a word and shows nothing. */
  isPersonal?: true
  /** What a form is filled with. */
  fills?: z.ZodType<Fills>
  /** Read in the same round trip as the actor, so that a press costs one read and one write. */
  look?(ctx: Pick<Context, 'db' | 'now' | 'tenantKey' | 'openId'>, sent: Sends): { [K in keyof Seen]: Statement<Seen[K]> }
  answer(ctx: Context, sent: Sends, seen: Seen, filled: Fills): Promise<PressAnswer>
}

export interface Press<Sends> extends Omit<Button<Sends>, 'sends'> {
  readonly is: 'press'
  rights: readonly [Right, ...Right[]]
  /** Understands a value that came back, or null for one that this press no longer means. */
  read(value: unknown, form: unknown): Pressed | null
}

/** A press, understood: what it wants to see, and what it does. */
export interface Pressed {
  look(ctx: Pick<Context, 'db' | 'now' | 'tenantKey' | 'openId'>): readonly Statement[]
  answer(ctx: Context, seen: readonly unknown[]): Promise<PressAnswer>
}

/** A button's two ends in one value: what it sends, and what is done with exactly that. */
export function press<Sends extends object, Fills = undefined, const Seen extends readonly unknown[] = []>(
  definition: Ends<Sends> & Answering<Sends, Fills, Seen>,
): Press<Sends> {
  const { rights, fills, look } = definition
  const button = 'button' in definition ? definition.button : buttonOf(definition.name, definition.sends)
  const { sends } = button
  return {
    is: 'press',
    name: button.name,
    value: button.value,
    rights,
    read(value, form) {
      const sent = sends.safeParse(value)
      const filled = fills ? fills.safeParse(form ?? {}) : { success: true as const, data: undefined as Fills }
      if (!sent.success || !filled.success) return null
      return {
        look: (ctx) => (look ? (look(ctx, sent.data) as unknown as Statement[]) : []),
        async answer(ctx, seen) {
          const answered = await definition.answer(ctx, sent.data, seen as unknown as Seen, filled.data as Fills)
          return definition.isPersonal && answered.card && !(await isOwn(ctx)) ? unseen(answered) : answered
        },
      }
    },
  }
}

async function isOwn({ db, actor, pressedOn }: Context): Promise<boolean> {
  if (pressedOn === undefined) return true
  const [own] = await lookUp(db, [isCardOf(db, { messageId: pressedOn, member: actor?.id ?? '' })])
  return own.length > 0
}

/** What was only to be filled in next is to be found on one’s own card. */
const unseen = ({ card: _, ...answered }: PressAnswer): PressAnswer =>
  answered.mood === 'info'
    ? { toast: t('请在机器人私聊发给你的那张卡片上按。', 'Please press it on the card that the bot sent to you.'), mood: 'info' }
    : answered

export const isPress = (it: unknown): it is Press<never> => isBranded(it, 'press')
