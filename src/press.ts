import type * as z from 'zod'
import { lookUp, type Statement } from '../db/client.ts'
import { isCardOf } from '../db/ledgers/outbox.ts'
import { isBranded } from './brand.ts'
import type { Card } from './card.ts'
import type { Context } from './context.ts'
import type { Right } from './rules/branches/rights.ts'
import { type Text, t } from './text.ts'

/** The answer to a press: a toast and, for everyone who sees the card, its new state. */
export interface PressAnswer {
  toast: Text
  mood?: 'success' | 'info' | 'warning'
  card?: Card
  /** More work than fits into an answer waits in the database; it goes on behind the answer. */
  goesOn?: boolean
}

/** The end of a press that a card shows: its name and the value it sends. */
export interface Button<Sends> {
  name: string
  /** Ids only: the value comes back from the client. Facts are looked up again, and the actor’s right is asked again. */
  sends: z.ZodType<Sends>
  /** The value of a button that brings `sent` to the answer when pressed. */
  value(sent: Sends): object
}

/**
 * Declares a button apart from its answer, in a folder's `buttons.ts`, so that other features' cards can show it.
 * The press in the card's file is made from it: `press({ button: openPerson, … })`.
 */
export const buttonOf = <Sends extends object>(name: string, sends: z.ZodType<Sends>): Button<Sends> => ({
  name,
  sends,
  value: (sent) => ({ press: name, ...sent }),
})

type Ends<Sends> = { button: Button<Sends> } | Pick<Button<Sends>, 'name' | 'sends'>

interface Answering<Sends, Fills, Seen> {
  /** The rights it asks for; a test goes through every role. */
  rights: readonly [Right, ...Right[]]
  /** Marks a card meant for one person. Pressed on a forwarded copy, it is answered with a word and shows nothing. */
  isPersonal?: true
  /** The fields that a member fills into the form. */
  fills?: z.ZodType<Fills>
  /** Statements read in the same round trip as the actor, so that a press costs one read and one write. */
  look?(ctx: Pick<Context, 'db' | 'now' | 'tenantKey' | 'openId'>, sent: Sends): { [K in keyof Seen]: Statement<Seen[K]> }
  answer(ctx: Context, sent: Sends, seen: Seen, filled: Fills): Promise<PressAnswer>
}

export interface Press<Sends> extends Omit<Button<Sends>, 'sends'> {
  readonly is: 'press'
  rights: readonly [Right, ...Right[]]
  /** Understands a value that came back; null for one that this press no longer means. */
  read(value: unknown, form: unknown): Pressed | null
}

/** A press that was understood: the reads it asks for, and its answer. */
export interface Pressed {
  look(ctx: Pick<Context, 'db' | 'now' | 'tenantKey' | 'openId'>): readonly Statement[]
  answer(ctx: Context, seen: readonly unknown[]): Promise<PressAnswer>
}

/** Declares a button’s two ends in one value: the value it sends, and the answer that receives exactly that. */
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

/** A form that was to be filled in next stands on the person’s own card. */
const unseen = ({ card: _, ...answered }: PressAnswer): PressAnswer =>
  answered.mood === 'info'
    ? { toast: t('请在机器人私聊发给你的那张卡片上按。', 'Please press it on the card that the bot sent to you.'), mood: 'info' }
    : answered

export const isPress = (it: unknown): it is Press<never> => isBranded(it, 'press')
