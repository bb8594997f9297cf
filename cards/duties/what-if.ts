import * as z from 'zod'
import { resultOf } from '../../db/assessment/close.ts'
import { branchById, groupsOf } from '../../db/branches/units.ts'
import { lookUp, statementOf, together } from '../../db/client.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { type Day, day, isDay, isQuarter, moment, type Quarter } from '../../src/calendar.ts'
import { foundOrRefuse, type KnownContext, memberOrRefuse, placeOf } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { agendaTags } from '../../src/rules/gatherings/agenda.ts'
import { addWorkdays, lastWorkdayOf } from '../../src/rules/time/workdays.ts'
import { spokenDay, spokenQuarter } from '../../src/spoken.ts'
import { type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { openWhatIf, supposable } from './buttons.ts'
import type { Supposed } from './what-if-card.ts'

const takes = z.object({
  branch: id,
  quarter: z.string().refine(isQuarter),
  kind: z.enum(supposable).optional(),
  on: z.string().refine(isDay).optional(),
  tags: z.array(z.enum(agendaTags)).optional(),
  group: z.string().max(40).optional(),
})
type WhatIfAsked = z.infer<typeof takes>

export const whatIf = view({
  name: 'whatIf',
  takes,
  async show(db, asked, now) {
    const [[branch], groups] = await lookUp(db, [branchById(db, asked.branch), groupsOf(db, asked.branch)])
    if (!branch) return null
    const { supposing, whatIfCard } = await import('./drawn.ts')
    const again = tryWhatIf.value({ branch: branch.id, quarter: asked.quarter })
    const { kind, on, tags = [], group = '' } = asked
    if (!kind || !on || refusedDay(asked.quarter, on, now)) return whatIfCard({ branch, groups, found: null }, asked, again)
    // A meeting supposed today is held now; on another day, at noon.
    const at = new Date(Math.max(now.getTime(), moment(on, '12:00').getTime()))
    return whatIfCard({ branch, groups, found: await supposing(db, branch, asked.quarter, { kind, group, tags, at }, now) }, asked, again)
  },
})

/** A later event could no longer count for the quarter. */
const GRACE_AT_MOST = 15

export function refusedDay(quarter: Quarter, on: Day, now: Date): Text | null {
  if (on < day(now)) return t('这一天已经过了，请选今天或以后。', 'That day has passed; please choose today or later.')
  const last = addWorkdays(lastWorkdayOf(quarter), GRACE_AT_MOST)
  if (on <= last) return null
  return t(
    `这一天办的算不进${spokenQuarter(quarter).zh}，请选${spokenDay(last).zh}以前。`,
    `What is held then no longer counts for ${spokenQuarter(quarter).en}; please choose a day before ${spokenDay(last).en}.`,
  )
}

const toThem = ({ actor, db, eventId, now }: KnownContext, asked: WhatIfAsked) =>
  together(db, [
    statementOf(
      enqueue(db, { occasion: `direct ${eventId}`, to: { person: actor.openId }, ...whatIf.args(asked), dueAt: now, lane: 'answer' }),
    ),
  ])

export const openWhatIfPress = press({
  button: openWhatIf,
  rights: ['seeScore'],
  look: ({ db }, sent) => [statementOf(branchById(db, sent.branch))] as const,
  async answer(ctx, { quarter, kind }, [[found]]) {
    const here = memberOrRefuse(ctx)
    const branch = foundOrRefuse(here.actor, 'seeScore', found, placeOf)
    await toThem(here, { branch: branch.id, quarter, kind })
    return {
      toast: t('已私聊发给你，选好办什么和哪天就能算。', 'Sent to you in a direct message: choose what and on which day.'),
      mood: 'success',
    }
  },
})

export const tryWhatIf = press({
  name: 'whatIf.try',
  rights: ['seeScore'],
  sends: z.object({ branch: id, quarter: z.string().refine(isQuarter) }),
  fills: z.object({
    kind: z.enum(supposable),
    on: z.string().optional(),
    tags: z.array(z.enum(agendaTags)).nullish(),
    group: z.string().max(40).nullish(),
  }),
  look: ({ db }, { branch, quarter }) =>
    [statementOf(branchById(db, branch)), statementOf(groupsOf(db, branch)), statementOf(resultOf(db, branch, quarter))] as const,
  async answer(ctx, { quarter }, [[found], groups, [closed]], { kind, on: picked, tags, group: chosen }) {
    const here = memberOrRefuse(ctx)
    const branch = foundOrRefuse(here.actor, 'seeScore', found, placeOf)
    if (closed) refuse('这个季度的考核已经结束，成绩不再变。', 'The assessment of this quarter is closed; its result stays.')
    const on = picked?.slice(0, 10) ?? ''
    if (!isDay(on)) refuse('请选哪一天。', 'Please choose the day.')
    const why = refusedDay(quarter, on, here.now)
    if (why) refuse(why.zh, why.en)
    const group = groupMeant(kind, groups, chosen ?? '')
    await toThem(here, { branch: branch.id, quarter, kind, on, tags: tags ?? [], group })
    return { toast: t('算好了，见下面的卡片。', 'Worked out: see the card below.'), mood: 'success' }
  },
})

/** The group whose meeting is supposed. A branch's only group need not be chosen. */
export function groupMeant(kind: Supposed, groups: readonly { id: string }[], chosen: string): string | undefined {
  if (kind !== 'group') return undefined
  const [only, ...more] = groups
  const group = groups.find((one) => one.id === chosen) ?? (more.length === 0 ? only : undefined)
  if (!group) refuse('请选哪个党小组。', 'Please choose which group.')
  return group.id
}
