import type { Actor } from '../../db/branches/members.ts'
import { type Db, lookUp } from '../../db/client.ts'
import { recordsAsked } from '../../db/papers/records.ts'
import { ofUsing } from '../../db/rulebook/using.ts'
import { type MinutesWaiting, minutesWaiting } from '../../db/work/minutes-waiting.ts'
import { button, type Element, lines } from '../../src/card.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { spokenDay, spokenMoment } from '../../src/spoken.ts'
import { type Text, t } from '../../src/text.ts'
import { recordsAskedShown } from '../../src/words/papers/records-asked.ts'
import { answerRecord } from '../papers/buttons.ts'
import { sendMinutes } from '../work/buttons.ts'

/** Papers that wait for a person's hand: minutes to write or to confirm, and short records to confirm. */
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
    ...recordsAskedShown(records, (record, isTrue) => answerRecord.value({ record, isTrue })),
  ]
}

function minutesSaid({ kind, startsAt, dueOn, isOwn }: MinutesWaiting): Text {
  const [{ name }, when, by] = [gatheringKinds[kind], spokenMoment(startsAt), spokenDay(dueOn)]
  return isOwn
    ? t(
        `**会议记录待送确认** ${when.zh} ${name.zh} — ${by.zh}前确认`,
        `**Minutes to send** ${when.en} ${name.en} — to be confirmed by ${by.en}`,
      )
    : t(`**会议记录等你确认** ${when.zh} ${name.zh} — ${by.zh}前`, `**Minutes to confirm** ${when.en} ${name.en} — by ${by.en}`)
}
