import * as z from 'zod'
import { lookUp } from '../../db/client.ts'
import { personAsItStands } from '../../db/roster/people.ts'
import { endSuspension, suspend } from '../../db/voters/suspensions.ts'
import { day } from '../../src/calendar.ts'
import { button, note } from '../../src/card.ts'
import { form, pickDay, select } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { suspensionKindNames, suspensionKinds } from '../../src/rules/voters/suspensions.ts'
import { t } from '../../src/text.ts'
import { onPerson } from './buttons.ts'
import { chosenOnPerson, dayIn, lookAtPerson, personAnswer, personAsOfNow, personFor, type ShowPart } from './person-card.ts'

/** The assessor enters a decision that was taken elsewhere: the bot decides and announces nothing. */
export const suspensionForm: ShowPart = ({ id, suspensions, stage }, _viewer, now) => [
  ...suspensions.map((one) =>
    button(
      t(`恢复表决权（${one.fromOn} 起的）`, `Restore the right (from ${one.fromOn})`),
      endSuspensionPress.value({ person: id, suspension: one.id }),
      {
        wide: true,
      },
    ),
  ),
  ...(stage === 'full'
    ? [
        form(
          'suspension',
          [
            select(
              'kind',
              t('哪种情形', 'Which kind'),
              suspensionKinds.map((kind) => ({ value: kind, label: suspensionKindNames[kind] })),
              { required: true },
            ),
            pickDay('from', t('从哪天起', 'From'), { chosen: day(now) }),
            pickDay('until', t('到哪天止（可不填）', 'Until (optional)')),
          ],
          { label: t('登记中止表决权', 'Enter the suspension'), value: enterSuspension.value({ person: id }) },
        ),
      ]
    : []),
  note(
    t(
      '照常参加会议，没有表决权，不计入表决应到，不发选票；机器人不通知任何人。',
      'They attend as before, have no vote, are in no base and get no ballot. The bot tells nobody.',
    ),
  ),
]

export const enterSuspension = press({
  name: 'suspension.enter',
  rights: ['suspendVote'],
  sends: onPerson,
  fills: z.object({ kind: chosenOnPerson, from: chosenOnPerson, until: chosenOnPerson }),
  look: ({ db }, { person }) => lookAtPerson(db, person),
  async answer(ctx, _sent, [found, open], filled) {
    const { here, it } = personFor(ctx, 'suspendVote', found)
    if (!it.isListed) return personAsOfNow(here, it)
    if (it.stage !== 'full') refuse('只有正式党员才有表决权。', 'Only full members have a vote.')
    const kind = suspensionKinds.find((one) => one === filled.kind) ?? refuse('请选择是哪种情形。', 'Please choose which kind.')
    const [fromOn, untilOn] = [dayIn(filled.from, day(here.now)), dayIn(filled.until, '') || null]
    await suspend(here.db, { id: here.newId(), branch: it.branch, member: it.id, kind, fromOn, untilOn }, open, here.actor, here.now)
    const [after = it] = await lookUp(here.db, [personAsItStands(here.db, it.id)])
    return personAnswer(here, t('已登记。', 'Entered.'), after)
  },
})

export const endSuspensionPress = press({
  name: 'suspension.end',
  rights: ['suspendVote'],
  sends: onPerson.extend({ suspension: id }),
  look: ({ db }, { person }) => lookAtPerson(db, person),
  async answer(ctx, { suspension }, [found, open]) {
    const { here, it } = personFor(ctx, 'suspendVote', found)
    if (!it.suspensions.some((one) => one.id === suspension)) return personAsOfNow(here, it)
    await endSuspension(here.db, suspension, open, here.actor, here.now)
    const [after = it] = await lookUp(here.db, [personAsItStands(here.db, it.id)])
    return personAnswer(here, t('表决权已恢复。', 'The right is restored.'), after)
  },
})
