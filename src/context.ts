import type { BallotDeps } from '../db/ballots/cast.ts'
import type { BallotAsItStands } from '../db/ballots/state.ts'
import type { Chat } from '../db/branches/chats.ts'
import type { Actor } from '../db/branches/members.ts'
import type { Branch } from '../db/branches/units.ts'
import type { Db } from '../db/client.ts'
import type { Message } from '../db/ledgers/message.ts'
import { enqueue, type To } from '../db/ledgers/outbox.ts'
import { refuse } from './refusal.ts'
import { may, type Place, type Right } from './rules/branches/rights.ts'
import type { Text } from './text.ts'
import type { Pages } from './view.ts'

/** A person named in the words; `key` (`@_user_2`) stands for them there. */
export interface Mention {
  key?: string
  openId: string
  name: string
}

/** Asks the optional language model what is meant, in masked words. Null where it has no answer. */
export type Assist = (
  words: string,
  commands: readonly { name: string; zh: string; summary: Text; usage: Text }[],
) => Promise<string | null>

/** Everything a handler knows: who, where, when, and the database bound to this delivery. */
export interface Context {
  db: Db
  /** One moment for the whole request, taken at the door. */
  now: Date
  eventId: string
  tenantKey: string
  openId: string
  /** Null for a person on no roster. */
  actor: Actor | null
  chat: { id: string; isGroup: boolean; bound: Chat | null }
  /** The people named with @, without the bot. */
  mentions: readonly Mention[]
  /** The place where words are answered. */
  answerTo: To
  newId(): string
  pages: Pages
  box: BallotDeps
  /** Absent where no model is configured, which is usual. */
  assist?: Assist | undefined
  /** The meeting on whose card the words are a reply. */
  about?: string
  /** The message id of the card whose button was pressed. */
  pressedOn?: string
}

/** A context whose actor is on a roster. */
export type KnownContext = Context & { actor: Actor }

export function memberOrRefuse(ctx: Context): KnownContext {
  if (!ctx.actor)
    refuse(
      `你还不在任何支部的名单上，请让书记用「/成员 添加」把你加进来。你的编号：${ctx.openId}`,
      `You are on no branch’s roster yet; ask the secretary to add you with “/member add”. Your id: ${ctx.openId}`,
    )
  return ctx as KnownContext
}

/** Refuses with one sentence, whatever the right is. */
export function mayOrRefuse(actor: Actor | null, right: Right, place: Place) {
  if (!may(actor, right, place)) refuseRight()
}

/** Gives back a thing that was found by an id from a card. A missing thing and another’s thing are refused alike. */
export function foundOrRefuse<T>(actor: Actor, right: Right, found: T | undefined, place: (found: T) => Place): T {
  if (found === undefined || !may(actor, right, place(found))) refuseRight()
  return found
}

function refuseRight(): never {
  return refuse(
    '这件事不归你办，请和支部书记、上级考核人或管理员说一声。',
    'This is not yours to do; please ask the branch secretary, the committee’s assessor or an administrator.',
  )
}

/** A group meeting also belongs to the group’s leader. */
export const placeOfGathering = ({
  branch,
  group,
  unit,
  lineage,
}: {
  branch: string
  group: string | null
  unit: string
  lineage: readonly string[]
}): Place => ({
  ...placeOf({ id: branch, unit, lineage }),
  group: group ?? undefined,
})

/** The place of a ballot: its branch, or a committee with all branches below it. */
export const placeOfBallot = ({ unit, branch, lineage }: Pick<BallotAsItStands, 'unit' | 'branch' | 'lineage'>): Place => ({
  unit,
  branch: branch ?? undefined,
  lineage,
})

export const placeOf = (branch: Pick<Branch, 'id' | 'unit' | 'lineage'>): Place => ({
  unit: branch.unit,
  branch: branch.id,
  lineage: branch.lineage,
})

/** Answers to the person alone. A card may be forwarded, so others may read where it was pressed. */
export const privately = <C extends Context>(ctx: C): C => ({ ...ctx, answerTo: { person: ctx.openId } })

/** The answer to words as a statement for the deed’s own batch. */
export const reply = ({ db, eventId, answerTo, now }: Context, shown: Message) =>
  enqueue(db, { occasion: `answer ${eventId}`, to: answerTo, ...shown, dueAt: now, lane: 'answer' })
