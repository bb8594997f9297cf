import * as z from 'zod'
import { resultOf } from '../../db/assessment/close.ts'
import { type Branch, branchById, groupsOf } from '../../db/branches/units.ts'
import { lookUp, statementOf, together } from '../../db/client.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { supposing } from '../../db/scoreboard/score-sheet.ts'
import { type Day, day, isDay, isQuarter, moment, type Quarter } from '../../src/calendar.ts'
import { type Card, card, figures, lines, note } from '../../src/card.ts'
import { foundOrRefuse, type KnownContext, memberOrRefuse, placeOf } from '../../src/context.ts'
import { form, pickDay, select, selectSeveral } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { type AgendaTag, agendaTagNames, agendaTags } from '../../src/rules/gatherings/agenda.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { partOf } from '../../src/rules/standards/standards.ts'
import { addWorkdays, lastWorkdayOf } from '../../src/rules/time/workdays.ts'
import { points, spokenDay, spokenPeriod, spokenQuarter } from '../../src/spoken.ts'
import { asWritten, both, labelled, listed, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { openWhatIf, supposable } from './buttons.ts'

/** The thing supposed: a gathering of a kind, or the year's evaluation. */
export type Supposed = (typeof supposable)[number]
const nameOf = (kind: Supposed): Text =>
  kind === 'evaluation' ? t('年度民主评议', 'Democratic review of the year') : gatheringKinds[kind].name

const takes = z.object({
  branch: id,
  quarter: z.string().refine(isQuarter),
  kind: z.enum(supposable).optional(),
  on: z.string().refine(isDay).optional(),
  tags: z.array(z.enum(agendaTags)).optional(),
  group: z.string().max(40).optional(),
})
type Asked = z.infer<typeof takes>

interface WhatIfFacts {
  branch: Branch
  groups: readonly { id: string; name: string }[]
  found: Awaited<ReturnType<typeof supposing>> | null
}

/** The quarter's score if a meeting were held. Nothing is stored, and every line says that it is supposed. */
export function whatIfCard({ branch, groups, found }: WhatIfFacts, asked: Asked): Card {
  const { quarter, kind, on, tags = [], group } = asked
  return card(
    t('算一算：如果……', 'What if …'),
    [
      ...(found && kind && on ? answered(found, { kind, on, tags, group: groups.find((one) => one.id === group)?.name }) : []),
      form(
        'whatIf',
        [
          select(
            'kind',
            t('办什么', 'What is held'),
            supposable.map((one) => ({ label: nameOf(one), value: one })),
            {
              chosen: kind,
              required: true,
            },
          ),
          ...(groups.length > 0
            ? [
                select(
                  'group',
                  t('党小组会选小组', 'Which group, for a group meeting'),
                  groups.map((one) => ({ label: asWritten(one.name), value: one.id })),
                  { chosen: group },
                ),
              ]
            : []),
          pickDay('on', t('哪一天', 'On which day'), { chosen: on }),
          selectSeveral(
            'tags',
            t('议题（可不选）', 'Items (none needed)'),
            agendaTags.map((tag) => ({ label: agendaTagNames[tag], value: tag })),
          ),
        ],
        { label: t('算一算', 'Work it out'), value: tryWhatIf.value({ branch: branch.id, quarter }) },
      ),
      note(t('这是假设，不记录、不计分、不通知任何人。', 'This is supposed: nothing is kept, scored or told to anybody.')),
    ],
    { colour: 'wathet', subtitle: labelled(asWritten(branch.name), spokenQuarter(quarter), ' · ') },
  )
}

function answered(
  { present, reached, missed, alone, settles, gathered }: NonNullable<WhatIfFacts['found']>,
  { kind, on, tags, group }: { kind: NonNullable<Asked['kind']>; on: Day; tags: readonly AgendaTag[]; group?: string },
) {
  const [name, date] = [nameOf(kind), spokenDay(on)]
  const said = (tenths: number | null) => (tenths === null ? '–' : points(tenths))
  const settled: Text[] = settles.map(({ part, period, state }) =>
    both((l) => `✓ ${spokenPeriod(period)[l]} ${partOf(part).name[l]}${state === 'met late' ? t('（补办）', ' (late)')[l] : ''}`),
  )
  return [
    lines(
      kind === 'evaluation'
        ? t(
            `若${date.zh}把${name.zh}办到人人告知、随后办结：`,
            `If by ${date.en} everybody is told in the ${name.en.toLowerCase()}, and it then ends:`,
          )
        : meetingSupposed(name, date, asWritten(group ?? ''), listed(tags.map((tag) => agendaTagNames[tag]))),
    ),
    figures(
      { figure: said(present), of: t('现在', 'Now') },
      { figure: said(reached), of: t('若办成，其余不变', 'If held, all else as now') },
      ...(settles.length > 0 ? [{ figure: said(missed), of: t('若始终不办', 'If never held') }] : []),
    ),
    lines(
      ...(settled.length > 0
        ? settled
        : [
            t(
              '不会改变任何一项：那时已经办过，或不在期限内。',
              'It would settle nothing: it is met already, or the day is not within its time.',
            ),
          ]),
      ...(gathered.length > 0
        ? [labelled(t('也会作为依据供自评', 'It would also be gathered for'), listed(gathered.map(({ part }) => partOf(part).name)))]
        : []),
      alone === reached
        ? null
        : t(`如果到那天其他到期的事仍未办，则为 ${said(alone)} 分。`, `If nothing else that falls due is done by then: ${said(alone)}.`),
    ),
  ]
}

const meetingSupposed = (name: Text, date: Text, whose: Text, items: Text): Text =>
  t(
    `若${date.zh}开一次${whose.zh}${name.zh}${items.zh && `（${items.zh}）`}，到会过半：`,
    `If a ${name.en.toLowerCase()}${whose.en && ` of ${whose.en}`}${items.en && ` (${items.en})`} is held on ${date.en} with enough people present:`,
  )

export const whatIf = view({
  name: 'whatIf',
  takes,
  async show(db, asked, now) {
    const [[branch], groups] = await lookUp(db, [branchById(db, asked.branch), groupsOf(db, asked.branch)])
    if (!branch) return null
    const { kind, on, tags = [], group = '' } = asked
    if (!kind || !on || refusedDay(asked.quarter, on, now)) return whatIfCard({ branch, groups, found: null }, asked)
    // A meeting supposed today is held now; on another day, at noon.
    const at = new Date(Math.max(now.getTime(), moment(on, '12:00').getTime()))
    return whatIfCard({ branch, groups, found: await supposing(db, branch, asked.quarter, { kind, group, tags, at }, now) }, asked)
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

const toThem = ({ actor, db, eventId, now }: KnownContext, asked: Asked) =>
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
export function groupMeant(kind: NonNullable<Asked['kind']>, groups: readonly { id: string }[], chosen: string): string | undefined {
  if (kind !== 'group') return undefined
  const [only, ...more] = groups
  const group = groups.find((one) => one.id === chosen) ?? (more.length === 0 ? only : undefined)
  if (!group) refuse('请选哪个党小组。', 'Please choose which group.')
  return group.id
}
