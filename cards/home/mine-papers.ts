import type { Actor } from '../../db/branches/members.ts'
import { type Db, lookUp } from '../../db/client.ts'
import { recordsAsked } from '../../db/papers/records.ts'
import { ofUsing } from '../../db/rulebook/using.ts'
import { minutesWaiting } from '../../db/work/minutes-waiting.ts'
import { button, type Element, lines, row } from '../../src/card.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { spokenDay, spokenMoment } from '../../src/spoken.ts'
import { asWritten, type Text, t } from '../../src/text.ts'
import { answerRecord } from '../papers/buttons.ts'
import { sendMinutes } from '../work/buttons.ts'

/** What waits for a person's hand on paper: minutes to write or to confirm, and short records to confirm. */
export async function papersWaiting(db: Db, { id, branch }: Actor, now: Date): Promise<Element[]> {
  const [waiting, asked] = await lookUp(db, [minutesWaiting(db, id, branch), recordsAsked(db, id)])
  const [minutes, records] = [
    await ofUsing(db, 'minutes', waiting, now),
    branch
      ? await ofUsing(
          db,
          'papers',
          asked.map((one) => ({ ...one, branch })),
          now,
        )
      : [],
  ]
  return [
    ...minutes.flatMap((one) => [
      lines(minutesSaid(one)),
      button(
        one.isOwn ? t('去记', 'Write them') : t('去确认', 'Confirm them'),
        sendMinutes.value({ gathering: one.gathering, branch: one.branch }),
      ),
    ]),
    ...records.flatMap((one) => [
      lines(recordSaid(one)),
      row(
        button(t('属实', 'It is so'), answerRecord.value({ record: one.id, isTrue: true })),
        button(t('我不清楚', 'I do not know'), answerRecord.value({ record: one.id, isTrue: false })),
      ),
    ]),
  ]
}

function minutesSaid({
  kind,
  startsAt,
  dueOn,
  isOwn,
}: {
  kind: keyof typeof gatheringKinds
  startsAt: Date
  dueOn: string
  isOwn: boolean
}): Text {
  const [{ name }, when, by] = [gatheringKinds[kind], spokenMoment(startsAt), spokenDay(dueOn)]
  return isOwn
    ? t(
        `**会议记录待送确认** ${when.zh} ${name.zh} — ${by.zh}前确认`,
        `**Minutes to send** ${when.en} ${name.en} — to be confirmed by ${by.en}`,
      )
    : t(`**会议记录等你确认** ${when.zh} ${name.zh} — ${by.zh}前`, `**Minutes to confirm** ${when.en} ${name.en} — by ${by.en}`)
}

const recordSaid = ({ byName, on, words }: { byName: string; on: string; words: string }): Text => {
  const [writer, when, what] = [asWritten(byName), spokenDay(on), asWritten(words)]
  return t(`**${writer.zh}请你确认** ${when.zh} ${what.zh}`, `**${writer.en} asks you to confirm** ${when.en} ${what.en}`)
}
