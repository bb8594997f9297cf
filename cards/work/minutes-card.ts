import type { Actor } from '../../db/branches/members.ts'
import type { MinutesAsTheyStand } from '../../db/work/minutes.ts'
import { mayConfirm, readingOf } from '../../db/work/minutes-readers.ts'
import { day } from '../../src/calendar.ts'
import { button, type Card, card, type Element, fitting, lines, note, opens, row, words } from '../../src/card.ts'
import { form, input, select } from '../../src/form.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { type MinuteDraft, readableBy } from '../../src/rules/work/minutes-draft.ts'
import { type MinutesState, MOST_POINTS, MOST_REASON, recorders } from '../../src/rules/work/minutes-state.ts'
import { spokenDay, spokenMoment, spokenSpan } from '../../src/spoken.ts'
import { asWritten, clipped, labelled, literal, type Text, t } from '../../src/text.ts'
import { stateNames } from '../../src/words/work/minutes.ts'
import * as buttons from './buttons.ts'

/** The lines of the record are long: a card shows those that fit, and the document has them all. */
const RECORD_BYTES = 13_000

/** The minutes as one person sees them, with what they can do now. Null for somebody who may not read them. */
export function minutesCard(seen: MinutesAsTheyStand, viewer: Actor, page: string | null): Card | null {
  const reading = readingOf(viewer, seen)
  if (!reading) return null
  const { it, own, state } = seen
  return card(
    labelled(t('会议记录', 'Minutes'), gatheringKinds[it.kind].name, ' · '),
    [
      lines(spokenSpan(it.startsAt, it.endsAt)),
      lines(...standing(seen)),
      ...recordShown(readableBy(seen.draft, reading === 'all')),
      ...steps(seen, viewer),
      row(
        ...(page ? [opens(t('在网页上看和打印', 'Read and print on a page'), page)] : []),
        button(t('要 Word 文档', 'As a Word document'), buttons.sendMinutesFile.value({ gathering: it.id, branch: own.id })),
      ),
      state === 'locked'
        ? note(lockedNote(seen))
        : note(
            t(
              '只有会上发生、机器人知道的才写进来；聊天里说的不收。',
              'Only what happened in the bot is written; nothing is taken from chats.',
            ),
          ),
    ],
    {
      colour: colours[state],
      subtitle: asWritten(own.name),
      tag: { text: stateNames[state], colour: state === 'locked' ? 'green' : 'neutral' },
    },
  )
}

const colours: Record<MinutesState, 'blue' | 'orange' | 'green' | 'grey'> = {
  none: 'grey',
  draft: 'blue',
  returned: 'orange',
  submitted: 'blue',
  reopened: 'orange',
  locked: 'green',
}

function standing({ state, row, recorder: kept, locked, confirmers }: MinutesAsTheyStand): Text[] {
  const by = asWritten(kept?.name ?? '')
  const recorder = kept === null ? [] : [labelled(t('**记录人**', '**Recorder**'), by, '  ')]
  const due = row?.dueOn && state !== 'locked' ? [labelled(t('**确认期限**', '**Confirm by**'), spokenDay(row.dueOn), '  ')] : []
  const because = (reason: string | null) => (reason ? [labelled(t('**原因**', '**Reason**'), asWritten(reason), '  ')] : [])
  const who =
    confirmers === null
      ? t('上级考核人', 'the assessor')
      : asWritten(
          confirmers
            .map(({ name }) => name)
            .slice(0, 5)
            .join('、'),
        )
  switch (state) {
    case 'returned':
      return [...recorder, ...due, ...because(row?.returnedBecause ?? null)]
    case 'reopened':
      return [...recorder, labelled(t('**可确认的人**', '**May confirm**'), who, '  '), ...because(row?.reopenedBecause ?? null)]
    case 'submitted':
      return [...recorder, ...due, labelled(t('**可确认的人**', '**May confirm**'), who, '  ')]
    case 'locked':
      return [
        ...recorder,
        labelled(
          t('**确认**', '**Confirmed**'),
          locked
            ? t(`${literal(locked.byName)}，${spokenMoment(locked.at).zh}`, `${literal(locked.byName)}, ${spokenMoment(locked.at).en}`)
            : t('', ''),
          '  ',
        ),
      ]
    default:
      return [...recorder, ...due]
  }
}

const lockedNote = ({ locked }: MinutesAsTheyStand): Text =>
  t(
    `第 ${locked?.version} 版，校验码 ${locked?.digest.slice(0, 16)}。以后改动数据不改变这份记录；要更正请书记说「/重开」。`,
    `Version ${locked?.version}, fingerprint ${locked?.digest.slice(0, 16)}. Later changes alter nothing here; to correct it the secretary says “/reopen”.`,
  )

/** The record is a Chinese document; each heading stands over its lines, and long ones are cut between two lines. */
function recordShown({ lines: all }: MinuteDraft): Element[] {
  const said = all.flatMap(({ head, says }) => {
    const [first = '', ...rest] = says.map(literal)
    return says.length === 1 ? [`**${head}**  ${first}`] : [`**${head}**`, first, ...rest]
  })
  const shown = fitting(said, (one) => one, RECORD_BYTES, 4)
  const record = shown.join('\n')
  return [
    words({ zh: record, en: record }),
    ...(shown.length < said.length
      ? [note(t('还有一些没有列出，文档里是全的。', 'Some lines are left out here; the document has them all.'))]
      : []),
  ]
}

function steps(seen: MinutesAsTheyStand, viewer: Actor): (Element | null)[] {
  const { it, own, state, row: kept, there } = seen
  const sent = { gathering: it.id, branch: own.id }
  if (state === 'draft' || state === 'returned') {
    const isRecorder = kept?.recorder === viewer.id
    return [
      ...(isRecorder
        ? [
            button(t('送确认', 'Send for confirmation'), buttons.sendForConfirmation.value(sent), { type: 'primary_filled', wide: true }),
            row(...itemsOf(seen).map(({ position, label }) => button(label, buttons.writeItem.value({ ...sent, position })))),
          ]
        : []),
      readingOf(viewer, seen) === 'all' ? recorderForm(seen, there) : null,
    ]
  }
  if ((state === 'submitted' || state === 'reopened') && mayConfirm(viewer, seen))
    return [
      button(t('确认', 'Confirm'), buttons.confirmNow.value(sent), { type: 'primary_filled', wide: true }),
      row(button(t('退回…', 'Send back…'), buttons.askReturn.value(sent))),
    ]
  return []
}

/** The items under which the recorder may write, and one field where there is no agenda. */
function itemsOf({ it }: MinutesAsTheyStand): { position: number; label: Text }[] {
  if (it.agenda.length === 0) return [{ position: 0, label: t('写要点…', 'Write the points…') }]
  return it.agenda.flatMap(({ position, words: said, wasHeld }, i) =>
    wasHeld === false ? [] : [{ position, label: t(`写要点 ${i + 1}：${clipped(said, 8)}`, `Points ${i + 1}: ${clipped(said, 8)}`) }],
  )
}

function recorderForm({ it, own, row: kept }: MinutesAsTheyStand, there: MinutesAsTheyStand['there']): Element | null {
  const others = recorders(there).filter(({ id }) => id !== kept?.recorder)
  if (others.length === 0) return null
  return form(
    'recorder',
    [
      select(
        'recorder',
        t('换一位记录人', 'Another recorder'),
        others.map(({ id, name }) => ({ label: t(name, name), value: id })),
      ),
    ],
    {
      label: t('换记录人', 'Change the recorder'),
      value: buttons.changeRecorder.value({ gathering: it.id, branch: own.id }),
      type: 'default',
    },
  )
}

/** The form for the points of one item, in the place of the card. */
export function pointsCard(seen: MinutesAsTheyStand, position: number): Card {
  const { it, own, points } = seen
  const sent = { gathering: it.id, branch: own.id }
  const item = it.agenda.find((one) => one.position === position)
  return card(
    t('讨论要点', 'Points of the discussion'),
    [
      lines(item ? asWritten(item.words) : gatheringKinds[it.kind].name, spokenDay(day(it.startsAt))),
      form(
        'points',
        [
          input('words', t(`要点（可以不写，最多 ${MOST_POINTS} 字）`, `Points (optional, ${MOST_POINTS} characters at most)`), {
            value: points.get(position) ?? '',
            rows: 8,
            most: MOST_POINTS,
          }),
        ],
        { label: t('存下', 'Save'), value: buttons.saveItem.value({ ...sent, position }) },
      ),
      row(button(t('返回', 'Back'), buttons.showMinutes.value(sent))),
    ],
    { subtitle: asWritten(own.name) },
  )
}

/** Asks for the reason before the minutes go back. */
export function returnCard(seen: MinutesAsTheyStand): Card {
  const { it, own } = seen
  const sent = { gathering: it.id, branch: own.id }
  return card(
    t('退回会议记录', 'Send the minutes back'),
    [
      lines(gatheringKinds[it.kind].name, spokenSpan(it.startsAt, it.endsAt)),
      form(
        'return',
        [
          input('reason', t('哪里要改（记录人看得到）', 'What is to be changed (the recorder sees it)'), {
            required: true,
            most: MOST_REASON,
          }),
        ],
        { label: t('退回', 'Send back'), value: buttons.returnNow.value(sent) },
      ),
      row(button(t('返回', 'Back'), buttons.showMinutes.value(sent))),
    ],
    { colour: 'orange', subtitle: asWritten(own.name) },
  )
}
