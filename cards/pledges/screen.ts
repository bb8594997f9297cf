import * as z from 'zod'
import { type Actor, actorById } from '../../db/branches/members.ts'
import { type Branch, branchById } from '../../db/branches/units.ts'
import { type Db, lookUp, statementOf } from '../../db/client.ts'
import * as messages from '../../db/pledges/board-messages.ts'
import {
  approveLine as approve,
  lineById,
  linesOf,
  namedIn,
  pullLine as pull,
  type ScreenLine,
  submitLine as submit,
} from '../../db/pledges/screen.ts'
import { day, isDay, pickedDay } from '../../src/calendar.ts'
import type { Card } from '../../src/card.ts'
import { type Context, foundOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { press } from '../../src/press.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { approveLine, pullLine, submitLine } from './buttons.ts'
import { type Draft, screenCard } from './screen-card.ts'

interface Reading {
  actor: Actor | null
  isShared: boolean
}

async function shownFor(db: Db, branch: Branch, { actor, isShared }: Reading, now: Date, draft: Draft = {}): Promise<Card> {
  const [all] = await lookUp(db, [linesOf(db, branch.id, day(now))])
  return screenCard(branch, all, { isKeeper: may(actor, 'keepScreen', placeOf(branch)), id: isShared ? undefined : actor?.id }, now, draft)
}

/** A chat that is bound is a group. */
const readingOf = ({ actor, chat }: Context): Reading => ({ actor, isShared: chat.bound !== null })

const dayFrom = (said: string | undefined) => (said && isDay(said) ? said : null)

export const screen = view({
  message: messages.screen,
  async show(db, { branch: of, viewer, isShared = false, words, fromOn, untilOn }, now) {
    const [[branch], [actor]] = await lookUp(db, [statementOf(branchById(db, of)), statementOf(actorById(db, viewer))])
    const draft = words === undefined ? {} : { words, fromOn: dayFrom(fromOn), untilOn: dayFrom(untilOn) }
    return branch ? shownFor(db, branch, { actor: actor ?? null, isShared }, now, draft) : null
  },
})

export const submitLinePress = press({
  button: submitLine,
  rights: ['keepScreen'],
  fills: z.object({ words: z.string().max(500).nullish(), from: z.string().max(40).nullish(), until: z.string().max(40).nullish() }),
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch))] as const,
  async answer(ctx, { isAsked }, [[found]], { words: typed, from, until }) {
    const { db, now, actor, newId } = memberOrRefuse(ctx)
    const reading = readingOf(ctx)
    const branch = foundOrRefuse(actor, 'keepScreen', found, placeOf)
    const [words, fromOn, untilOn] = [typed ?? '', pickedDay(from), pickedDay(until)]
    const named = isAsked ? [] : await namedIn(db, branch.id, words)
    if (named.length > 0)
      return {
        toast: t('写了姓名，本人同意了吗？', 'It names somebody. Have they agreed?'),
        mood: 'info',
        card: await shownFor(db, branch, reading, now, { words, fromOn, untilOn, named }),
      }
    await submit(db, branch, { id: newId(), words, fromOn, untilOn }, actor, now)
    return {
      toast: t('已提交，请另一位说「/屏」同意。', 'Handed in; another has to say “/screen” and approve it.'),
      mood: 'success',
      card: await shownFor(db, branch, reading, now),
    }
  },
})

const placeOfLine = (it: Pick<ScreenLine, 'branch' | 'unit' | 'lineage'>) => placeOf({ ...it, id: it.branch })

export const approveLinePress = press({
  button: approveLine,
  rights: ['approveScreen'],
  look: ({ db }, { line }) => [statementOf(lineById(db, line))] as const,
  async answer(ctx, _sent, [[found]]) {
    const { db, now, actor } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'approveScreen', found, placeOfLine)
    await approve(db, it, actor, now)
    return { toast: t('已同意上屏。', 'Approved.'), mood: 'success', card: await after(db, it, readingOf(ctx), now) }
  },
})

export const pullLinePress = press({
  button: pullLine,
  rights: ['keepScreen'],
  look: ({ db }, { line }) => [statementOf(lineById(db, line))] as const,
  async answer(ctx, _sent, [[found]]) {
    const { db, now, actor } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'keepScreen', found, placeOfLine)
    await pull(db, it, actor, now)
    return { toast: t('已撤下。', 'Taken down.'), mood: 'success', card: await after(db, it, readingOf(ctx), now) }
  },
})

const after = (db: Db, it: ScreenLine, reading: Reading, now: Date) =>
  shownFor(db, { id: it.branch, unit: it.unit, lineage: it.lineage, committee: '', name: it.branchName, since: '' }, reading, now)
