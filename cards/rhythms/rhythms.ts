import * as z from 'zod'
import { branchById } from '../../db/branches/units.ts'
import { type Db, lookUp, statementOf } from '../../db/client.ts'
import { resumeRhythm, stopRhythm } from '../../db/rhythms/change-rhythms.ts'
import { type Rhythm, rhythmById, rhythmList, rhythmsOf } from '../../db/rhythms/rhythms.ts'
import { DAY_MS, day, time } from '../../src/calendar.ts'
import { button, type Card, card, drawnThatFit, type Element, lines, note, row, strong } from '../../src/card.ts'
import { onlyLed } from '../../src/chats/led-groups.ts'
import { type Context, foundOrRefuse, memberOrRefuse, placeOfGathering } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { type PressAnswer, press } from '../../src/press.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { nextOccurrences, type Occurrence, spokenRhythm } from '../../src/rules/rhythms/rhythms.ts'
import { spokenDay, spokenMove } from '../../src/spoken.ts'
import { asWritten, both, joined, labelled, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { changeRhythm, newRhythm } from './buttons.ts'

/** A branch's rhythms, each with its next days. `only` limits a leader to their own groups. */
export function rhythmsCard(branch: { id: string; name: string }, all: readonly Rhythm[], now: Date, only?: readonly string[]): Card {
  const own = all.filter(({ group }) => !only || (group !== null && only.includes(group)))
  const shown = drawnThatFit(own.slice(0, MOST_LISTED), (one) => rhythmLines(one, now), LIST_BYTES)
  const left = own.length - shown.length
  return card(
    t('例会', 'Regular meetings'),
    [
      ...(own.length === 0 ? [lines(t('还没有定例会。', 'No rhythm is set yet.'))] : shown.flat()),
      left > 0 ? lines(t(`还有 ${left} 个，停掉几个再列出。`, `And ${left} more, listed when some are stopped.`)) : null,
      button(t('定一个例会', 'Set a regular meeting'), newRhythm.value({ branch: branch.id }), { wide: true }),
      note(
        t(
          '一句话就能定：/例会 支委会 每月第一个周五 15:00 三楼会议室。每次会前 5 个工作日请你确认，不会自动召集。',
          'In one line: /rhythm committee first Friday of each month 3pm room 3. Five working days ahead you are asked to confirm; nothing is called by itself.',
        ),
      ),
    ],
    { subtitle: asWritten(branch.name) },
  )
}

const SHOWN_AHEAD = 3
const MOST_LISTED = 15
const LIST_BYTES = 26_000

function rhythmLines(it: Rhythm, now: Date): Element[] {
  const what = lines(strong(nameOf(it)), joined([spokenRhythm(it), ...(it.place ? [asWritten(it.place)] : [])], ' · '))
  if (it.endedAt) return [what, lines(t('已停。', 'Stopped.')), button(t('恢复', 'Resume'), resumeRhythmPress.value({ rhythm: it.id }))]
  const ahead = nextOccurrences(it.rule, day(now), SHOWN_AHEAD + 1).filter(({ on }) => `${on} ${it.time}` > `${day(now)} ${time(now)}`)
  return [
    what,
    lines(...ahead.slice(0, SHOWN_AHEAD).map((one) => both((l) => `· ${dayOf(one)[l]}`))),
    row(
      button(t('改', 'Change'), changeRhythm.value({ rhythm: it.id })),
      button(t('停', 'Stop'), stopRhythmPress.value({ rhythm: it.id })),
    ),
  ]
}

const nameOf = ({ kind, groupName }: Pick<Rhythm, 'kind' | 'groupName'>): Text =>
  groupName === null ? gatheringKinds[kind].name : labelled(asWritten(groupName), gatheringKinds[kind].name, ' · ')

/** The day of the meeting, and the reason where it is not the day that the rule names. */
function dayOf({ on, named, isProvisional }: Occurrence): Text {
  const moved = on === named ? null : spokenMove(named, on)
  const provisional = isProvisional ? t('节假日未公布，暂定', 'provisional: holidays not published') : null
  const why = [moved, provisional].filter((one) => one !== null)
  if (why.length === 0) return spokenDay(on)
  return both((l) => (l === 'zh' ? `${spokenDay(on).zh}（${joined(why, '；').zh}）` : `${spokenDay(on).en} (${joined(why, '', '; ').en})`))
}

const listed = z.object({ subject: z.string(), branch: id, only: z.array(id).optional() })

export const rhythmsView = view({
  name: 'rhythms',
  takes: listed,
  show: (db, { branch, only }, now) => rhythmsCardNow(db, branch, only, now),
})

export const rhythmsOfBranch = (branch: string, only?: string[]) =>
  rhythmsView.args({ subject: rhythmList(branch), branch, ...(only ? { only } : {}) })

export async function rhythmsCardNow(db: Db, id: string, only: readonly string[] | undefined, now: Date): Promise<Card | null> {
  const [[branch], all] = await lookUp(db, [branchById(db, id), rhythmsOf(db, id, new Date(now.getTime() - DAY_MS))])
  return branch ? rhythmsCard(branch, all, now, only) : null
}

export const lookAtRhythm = ({ db }: { db: Db }, sent: { rhythm: string }) => [statementOf(rhythmById(db, sent.rhythm))] as const

/** Does the deed on the rhythm that was found, and shows the list as it is then. */
async function changed(ctx: Context, found: Rhythm | undefined, deed: typeof stopRhythm, toast: Text): Promise<PressAnswer> {
  const { actor, db, now } = memberOrRefuse(ctx)
  const it = foundOrRefuse(actor, 'setRhythm', found, placeOfGathering)
  await deed(db, it, actor, now)
  const card = await rhythmsCardNow(db, it.branch, onlyLed(actor, 'setRhythm', it).only, now)
  return { toast, mood: 'success', ...(card ? { card } : {}) }
}

export const stopRhythmPress = press({
  name: 'rhythms.stop',
  rights: ['setRhythm'],
  sends: z.object({ rhythm: id }),
  look: lookAtRhythm,
  answer: (ctx, _sent, [[found]]) =>
    changed(ctx, found, stopRhythm, t('已停；按错了可以恢复。', 'Stopped; press “Resume” if that was a mistake.')),
})

export const resumeRhythmPress = press({
  name: 'rhythms.resume',
  rights: ['setRhythm'],
  sends: z.object({ rhythm: id }),
  look: lookAtRhythm,
  answer: (ctx, _sent, [[found]]) => changed(ctx, found, resumeRhythm, t('已恢复。', 'Resumed.')),
})
