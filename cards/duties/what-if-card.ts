import type { Branch } from '../../db/branches/units.ts'
import type { supposing } from '../../db/scoreboard/score-sheet.ts'
import type { Day, Quarter } from '../../src/calendar.ts'
import { type Card, card, figures, lines, note } from '../../src/card.ts'
import { form, pickDay, select, selectSeveral } from '../../src/form.ts'
import { type AgendaTag, agendaTagNames, agendaTags } from '../../src/rules/gatherings/agenda.ts'
import { type GatheringKind, gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { partOf } from '../../src/rules/standards/standards.ts'
import { points, spokenDay, spokenPeriod, spokenQuarter } from '../../src/spoken.ts'
import { asWritten, both, labelled, listed, type Text, t } from '../../src/text.ts'
import { aGathering } from '../../src/words/steps.ts'
import { supposable } from './buttons.ts'

/** The thing supposed: a gathering of a kind, or the year's evaluation. */
export type Supposed = (typeof supposable)[number]
const nameOf = (kind: Supposed): Text => (kind === 'evaluation' ? t('年度民主评议', 'Evaluation of the year') : gatheringKinds[kind].name)

interface Asked {
  quarter: Quarter
  kind?: Supposed
  on?: Day
  tags?: readonly AgendaTag[]
  group?: string
}

interface WhatIfFacts {
  branch: Branch
  groups: readonly { id: string; name: string }[]
  found: Awaited<ReturnType<typeof supposing>> | null
}

/** The quarter's score if a meeting were held. Nothing is stored, and every line says that it is supposed. */
export function whatIfCard({ branch, groups, found }: WhatIfFacts, asked: Asked, again: object): Card {
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
        { label: t('算一算', 'Work it out'), value: again },
      ),
      note(t('这是假设，不记录、不计分、不通知任何人。', 'This is supposed: nothing is kept, scored or told to anybody.')),
    ],
    { colour: 'wathet', subtitle: labelled(asWritten(branch.name), spokenQuarter(quarter), ' · ') },
  )
}

function answered(
  { present, reached, missed, alone, settles, gathered }: NonNullable<WhatIfFacts['found']>,
  { kind, on, tags, group }: { kind: Supposed; on: Day; tags: readonly AgendaTag[]; group?: string },
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
        : meetingSupposed(kind, date, asWritten(group ?? ''), listed(tags.map((tag) => agendaTagNames[tag]))),
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

const meetingSupposed = (kind: GatheringKind, date: Text, whose: Text, items: Text): Text =>
  t(
    `若${date.zh}开一次${whose.zh}${gatheringKinds[kind].name.zh}${items.zh && `（${items.zh}）`}，到会过半：`,
    `If ${aGathering(kind)}${whose.en && ` of ${whose.en}`}${items.en && ` (${items.en})`} is held on ${date.en} with enough people present:`,
  )
