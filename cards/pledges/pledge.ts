import * as z from 'zod'
import type { Actor } from '../../db/branches/members.ts'
import { branchById } from '../../db/branches/units.ts'
import { type Db, lookUp, together } from '../../db/client.ts'
import * as messages from '../../db/pledges/messages.ts'
import { isAccepted, type Pledge, pledgesOf } from '../../db/pledges/pledges.ts'
import * as deeds from '../../db/pledges/submit.ts'
import { runningYear } from '../../db/pledges/submit.ts'
import { refuseUnlessUsed } from '../../db/rulebook/used.ts'
import { addPeriods, type Year } from '../../src/calendar.ts'
import { type Context, mayOrRefuse, memberOrRefuse, placeOf, privately, reply } from '../../src/context.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { isVague, pointsFrom } from '../../src/rules/pledges/points.ts'
import { t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { askNotKept, openPledge, sayKept, submitPledge, writePledge } from './buttons.ts'
import { pointsIn } from './parts.ts'
import { type OwnPledge, pledgeCard, pledgeFormCard } from './pledge-card.ts'

/** The id of the next version: a form that is pressed twice then submits one. */
const nextId = (member: string, { year, versions }: Pick<OwnPledge, 'year' | 'versions'>) =>
  `${member.slice(-30)} ${year.slice(2)}.${versions.length + 1}`

async function ownPledges(db: Db, member: string, year: Year, now: Date): Promise<OwnPledge> {
  const before = addPeriods(year, -1)
  const [all] = await lookUp(db, [pledgesOf(db, member, [before, year])])
  const last = all.filter((one) => one.year === before).findLast(isAccepted)
  return {
    year,
    versions: all.filter((one) => one.year === year),
    unkept: last?.points.flatMap(({ isKept, words }) => (isKept === true ? [] : [words])) ?? [],
    isFrozen: year !== runningYear(now),
  }
}

const formOf = (own: OwnPledge, member: string, typed: readonly string[] = [], vague: readonly number[] = []) =>
  pledgeFormCard(own, { typed, vague, id: nextId(member, own) })

export const pledgeView = view({
  message: messages.ownPledge,
  async show(db, { member, year }, now) {
    const own = await ownPledges(db, member, year, now)
    return own.versions.length > 0 || own.isFrozen ? pledgeCard(own) : formOf(own, member)
  },
})

async function authorOf(ctx: Context) {
  const here = memberOrRefuse(ctx)
  const { actor, db, now } = here
  const [[branch]] = actor.branch ? await lookUp(db, [branchById(db, actor.branch)]) : [[]]
  if (!branch) refuse('你不在支部的名单上，不用承诺。', 'You are on no branch’s roster and need not pledge.')
  mayOrRefuse(actor, 'pledge', placeOf(branch))
  await refuseUnlessUsed(db, 'pledges', branch.id, now)
  return { ...here, branch }
}

export const openPledgePress = press({
  button: openPledge,
  rights: ['pledge'],
  async answer(ctx) {
    const here = await authorOf(ctx)
    const { actor, db, now } = here
    const shown = messages.ownPledge({ subject: messages.ownPledgeSubject(actor.id), member: actor.id, year: runningYear(now) })
    await together(db, [reply(privately(here), shown)])
    return { toast: t('已私聊发给你。', 'It is in our direct chat.'), mood: 'success' }
  },
})

export const writePledgePress = press({
  button: writePledge,
  rights: ['pledge'],
  isPersonal: true,
  async answer(ctx, { year, isAgain }) {
    const { db, actor, now } = await authorOf(ctx)
    deeds.refuseFrozen(year, now)
    const own = await ownPledges(db, actor.id, year, now)
    const typed = isAgain ? own.unkept : (own.versions.at(-1)?.points.map(({ words }) => words) ?? [])
    return { toast: t('请填好再提交。', 'Please fill it in.'), mood: 'info', card: formOf(own, actor.id, typed.slice(0, 5)) }
  },
})

const fills = z.object({
  p1: z.string().max(2_000).nullish(),
  p2: z.string().max(2_000).nullish(),
  p3: z.string().max(2_000).nullish(),
  p4: z.string().max(2_000).nullish(),
  p5: z.string().max(2_000).nullish(),
})

export const submitPledgePress = press({
  button: submitPledge,
  rights: ['pledge'],
  isPersonal: true,
  fills,
  async answer(ctx, { year, pledge, isSure }, _seen, filled) {
    const { db, actor, now, branch } = await authorOf(ctx)
    const typed = pointsIn(filled)
    const said = pointsFrom(typed)
    const vague = 'points' in said && !isSure ? said.points.flatMap((point, nth) => (isVague(point) ? [nth] : [])) : []
    if ('points' in said && vague.length > 0) {
      const own = await ownPledges(db, actor.id, year, now)
      return {
        toast: t('写清做什么、到什么时候，大家更好监督。', 'Say what will be done and by when.'),
        mood: 'info',
        card: pledgeFormCard(own, { typed: said.points, vague, id: pledge }),
      }
    }
    await deeds.submitPledge(db, { id: pledge, branch: branch.id, member: actor.id, year, typed }, actor, now)
    return {
      toast: t('已提交，等支委会审。', 'Handed in; the committee looks at it.'),
      mood: 'success',
      card: pledgeCard(await ownPledges(db, actor.id, year, now)),
    }
  },
})

/** The person's own accepted pledge; another's id finds nothing. */
async function ownOne(ctx: Context, pledge: string): Promise<{ actor: Actor; it: Pledge; own: OwnPledge; db: Db; now: Date }> {
  const { db, actor, now } = await authorOf(ctx)
  const own = await ownPledges(db, actor.id, runningYear(now), now)
  const it = own.versions.find(({ id }) => id === pledge)
  if (!it) refuse('没有找到你今年的这份承诺。', 'This year’s pledge of yours was not found.')
  return { actor, it, own, db, now }
}

export const askNotKeptPress = press({
  button: askNotKept,
  rights: ['pledge'],
  isPersonal: true,
  async answer(ctx, { pledge, nth }) {
    const { own } = await ownOne(ctx, pledge)
    return { toast: t('请写一句。', 'Please write a sentence.'), mood: 'info', card: pledgeCard(own, nth) }
  },
})

export const sayKeptPress = press({
  button: sayKept,
  rights: ['pledge'],
  isPersonal: true,
  fills: z.object({ because: z.string().max(2_000).nullish() }),
  async answer(ctx, { pledge, nth, isKept }, _seen, { because }) {
    const { db, actor, now, it, own } = await ownOne(ctx, pledge)
    const versions = await deeds.sayKept(db, it, { nth, isKept, because: because ?? '' }, actor, now)
    return { toast: t('已记下。', 'Noted.'), mood: 'success', card: pledgeCard({ ...own, versions }) }
  },
})
