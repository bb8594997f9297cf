import type * as z from 'zod'
import { lookUp, type Statement } from '../db/client.ts'
import { isCardOf } from '../db/ledgers/outbox.ts'
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

interface Definition<Sends, Fills, Seen> {
  name: string
  /** What it asks the table of rights; a test goes through every role. */
  rights: readonly [Right, ...Right[]]
  /** What the button sends. It comes back from the client: ids only, looked up again, and the actor's right asked again. */
  sends: z.ZodType<Sends>
  /** The card shows what is for one person alone: pressed on a copy that was passed on, it is answered with a word and shows nothing. */
  isPersonal?: true
  /** What a form is filled with. */
  fills?: z.ZodType<Fills>
  /** Read in the same round trip as the actor, so that a press costs one read and one write. */
  look?(ctx: Pick<Context, 'db' | 'now' | 'tenantKey' | 'openId'>, sent: Sends): { [K in keyof Seen]: Statement<Seen[K]> }
  answer(ctx: Context, sent: Sends, seen: Seen, filled: Fills): Promise<PressAnswer>
}

export interface Press<Sends> {
  name: string
  rights: readonly [Right, ...Right[]]
  /** The value for a button that, pressed, brings `sent` to `answer`. */
  value(sent: Sends): object
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
  definition: Definition<Sends, Fills, Seen>,
): Press<Sends> {
  const { name, rights, sends, fills, look } = definition
  return {
    name,
    rights,
    value: (sent) => ({ press: name, ...sent }),
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
