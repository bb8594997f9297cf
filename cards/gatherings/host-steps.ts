import type { GatheringAsItStands } from '../../db/gatherings/state.ts'
import { button, type Element, fitting, lines, note, row } from '../../src/card.ts'
import { form, selectSeveral } from '../../src/form.ts'
import { itemLine } from '../../src/rules/gatherings/agenda.ts'
import { opensAt } from '../../src/rules/gatherings/attendance.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { clipped, t } from '../../src/text.ts'
import { openHarvest } from '../voices/buttons.ts'
import { openMinutes } from '../work/buttons.ts'
import { openAgenda, settleItem } from './agenda.ts'
import { mayCallOff, openCallOff, openGatheringCorrections } from './corrections.ts'
import { openMakeUps } from './make-ups-of-meeting.ts'
import { openReschedule } from './reschedule.ts'
import { voteButtons } from './voter-lines.ts'

/** Before the meeting, while people arrive for it, under way, and after it. Each phase has one main button. */
export type Phase = 'before' | 'arriving' | 'under way' | 'after'

export function phaseAt(it: GatheringAsItStands, now: Date): Phase {
  if (it.closedAt || it.cancelledAt) return 'after'
  if (now >= it.startsAt) return 'under way'
  return it.roomSecret && now >= opensAt(it) ? 'arriving' : 'before'
}

const AGENDA_BYTES = 2_500

export function agendaRows(it: GatheringAsItStands, isFinal: boolean): (Element | null)[] {
  if (it.agenda.length === 0) return []
  const said = it.agenda.map((item, i) => itemLine(item, i + 1, it.closedAt !== null))
  const shown = fitting(said, ({ zh, en }) => `${zh}${zh}${en}`, AGENDA_BYTES, 10)
  return [
    lines(t('**议题**', '**Agenda**'), ...shown),
    shown.length < it.agenda.length ? note(t('其余见「议题…」。', 'The rest is behind “Agenda…”.')) : null,
    isUnsaid(it) && !isFinal
      ? note(t('会议到时间自动结束了，请确认哪些议题进行了。', 'The meeting ended by the clock; please confirm which items were held.'))
      : null,
  ]
}

const isUnsaid = (it: GatheringAsItStands) => it.closedAt !== null && it.agenda.some(({ wasHeld }) => wasHeld === null)

/** The steps of the phase, the main one first. `close` is the value of the button that ends the meeting. */
export function stepsOf(it: GatheringAsItStands, phase: Phase, isFinal: boolean, now: Date, close: object): (Element | null)[] {
  if (it.cancelledAt) return [note(t('会议已取消。', 'Cancelled.'))]
  if (phase === 'after') return afterIt(it, isFinal, now)
  if (phase === 'under way') return underWay(it, now, close)
  const isMain = phase === 'before'
  return [
    isMain ? button(t('议题…', 'Agenda…'), openAgenda.value({ gathering: it.id }), { type: 'primary_filled', wide: true }) : null,
    row(
      ...(isMain ? [] : [agendaButton(it)]),
      button(t('改期…', 'Reschedule…'), openReschedule.value({ gathering: it.id })),
      ...(it.present > 0 ? [correctButton(it)] : []),
      ...(mayCallOff(it, now) ? [button(t('取消会议…', 'Cancel…'), openCallOff.value({ gathering: it.id }), { type: 'text' })] : []),
    ),
    voteButtons(it, now),
  ]
}

const agendaButton = (it: GatheringAsItStands) => button(t('议题…', 'Agenda…'), openAgenda.value({ gathering: it.id }))
const correctButton = (it: GatheringAsItStands) => button(t('更正…', 'Correct…'), openGatheringCorrections.value({ gathering: it.id }))

const underWay = (it: GatheringAsItStands, now: Date, close: object): (Element | null)[] => [
  it.agenda.length > 0 ? settleForm(it, false) : null,
  voteButtons(it, now),
  button(t('结束会议', 'Close the meeting'), close, {
    type: 'primary_filled',
    wide: true,
    confirm: {
      title: t('结束会议？', 'Close the meeting?'),
      text: t('签到随之停止，到会人数将被记录。', 'Check-in ends and the headcount is recorded.'),
    },
  }),
  row(agendaButton(it), correctButton(it)),
]

function afterIt(it: GatheringAsItStands, isFinal: boolean, now: Date): (Element | null)[] {
  const isMissed = gatheringKinds[it.kind].rigid && it.present > 0 && it.present < it.expected - it.away
  const asksItems = !isFinal && isUnsaid(it)
  const toMakeUp = isMissed
    ? button(t('补课…', 'Make-ups…'), openMakeUps.value({ gathering: it.id }), {
        type: asksItems ? 'default' : 'primary_filled',
        wide: true,
      })
    : null
  const toHarvest =
    it.kind === 'talkGathering' ? button(t('记下大家说的…', 'Note what people said…'), openHarvest.value({ gathering: it.id })) : null
  const toRecord = minutesButton(it, it.branch, !asksItems && !isMissed)
  if (isFinal)
    return [
      toMakeUp,
      toRecord,
      toHarvest,
      note(
        it.isMinuted
          ? t(
              '会议记录已确认，考勤随之锁定；更正请书记说「/重开」。',
              'The minutes are confirmed, and attendance is locked. The secretary can say “/reopen”.',
            )
          : t('会议已结束，考勤已锁定；更正请书记说「/重开」。', 'Closed; attendance is locked. The secretary can say “/reopen”.'),
      ),
    ]
  return [
    it.agenda.length > 0 ? settleForm(it, asksItems) : null,
    toMakeUp,
    toRecord,
    toHarvest,
    row(correctButton(it), ...(it.agenda.length > 0 ? [agendaButton(it)] : [])),
    voteButtons(it, now),
    note(
      it.reopenedAt
        ? t('考勤已重新打开，24 小时内可以更正。', 'Attendance is open again for 24 hours.')
        : t('会议已结束；24 小时内还可以补记到会。', 'Closed. Attendance can still be corrected for 24 hours.'),
    ),
  ]
}

/** The minutes of one of the branches that met. It is the main step until they are confirmed, where no other step is. */
const minutesButton = (it: GatheringAsItStands, branch: string, isMain: boolean): Element | null =>
  it.present === 0
    ? null
    : button(t('会议记录', 'Minutes'), openMinutes.value({ gathering: it.id, branch }), {
        type: isMain && !it.minuted.includes(branch) ? 'primary_filled' : 'default',
        wide: true,
      })

const settleForm = (it: GatheringAsItStands, isMain: boolean) => {
  const struck = it.agenda.filter(({ wasHeld }) => wasHeld === false).map(({ position }) => String(position))
  return form(
    'agenda',
    [
      selectSeveral(
        'struck',
        t('未进行的议题（全部进行则不选）', 'Items not held (choose none if all were)'),
        it.agenda.map(({ position, words }) => ({ label: t(clipped(words, 20), clipped(words, 20)), value: String(position) })),
        struck,
      ),
    ],
    {
      label: it.closedAt ? t('确认进行了哪些议题', 'Confirm what was held') : t('记下未进行的', 'Note what was not held'),
      value: settleItem.value({ gathering: it.id }),
      type: isMain ? 'primary_filled' : 'default',
    },
  )
}
