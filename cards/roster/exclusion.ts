import * as z from 'zod'
import { lookUp, statementOf } from '../../db/client.ts'
import { personAsItStands } from '../../db/roster/people.ts'
import { endExclusion, exclusionById, requestExclusion } from '../../db/voters/exclusions.ts'
import { day } from '../../src/calendar.ts'
import { button, note } from '../../src/card.ts'
import { form, pickDay, select } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { exclusionReasonNames, exclusionReasons, exclusionScopeNames, exclusionScopes } from '../../src/rules/voters/exclusions.ts'
import { t } from '../../src/text.ts'
import { onPerson } from './buttons.ts'
import { chosenOnPerson, dayIn, personAnswer, personAsOfNow, personFor, type ShowPart } from './person-card.ts'

/** The branch asks; the reasons are a closed list, and the assessor's word puts the exclusion in force. */
export const exclusionForm: ShowPart = ({ id, exclusions, stage }, _viewer, now) => [
  ...exclusions.map((one) => {
    const what = exclusionScopeNames[one.scope]
    return button(
      one.isConfirmed
        ? t(`恢复：计入${what.zh}应到`, `Back into the base of ${what.en}`)
        : t(`撤回：不计入${what.zh}应到的申请`, `Withdraw the request on ${what.en}`),
      endExclusionPress.value({ person: id, exclusion: one.id }),
      { wide: true },
    )
  }),
  ...(stage === 'full' && exclusions.length < exclusionScopes.length
    ? [
        form(
          'exclusion',
          [
            select(
              'scope',
              t('哪种表决不计入', 'Left out of'),
              exclusionScopes
                .filter((scope) => !exclusions.some((one) => one.scope === scope))
                .map((scope) => ({ value: scope, label: exclusionScopeNames[scope] })),
              { required: true },
            ),
            select(
              'reason',
              t('哪种情形', 'Which case'),
              exclusionReasons.map((reason) => ({ value: reason, label: exclusionReasonNames[reason] })),
              { required: true },
            ),
            pickDay('from', t('从哪天起', 'From'), { chosen: day(now) }),
            pickDay('until', t('到哪天止（可不填）', 'Until (optional)')),
          ],
          { label: t('报上级确认', 'Ask the committee above'), value: askExclusion.value({ person: id }) },
        ),
      ]
    : []),
  note(
    t(
      '只有这几种情形可以不计入选举、接收和转正的应到；上级确认后召集的会才算，会前大会通过时可在「到会核对」里记下。',
      'Only these cases leave somebody out of elections, admissions and conversions. It counts in meetings called after the committee above has confirmed it.',
    ),
  ),
]

export const askExclusion = press({
  name: 'exclusion.ask',
  rights: ['requestExclusion'],
  sends: onPerson,
  fills: z.object({ scope: chosenOnPerson, reason: chosenOnPerson, from: chosenOnPerson, until: chosenOnPerson }),
  look: ({ db }, { person }) => [personAsItStands(db, person)] as const,
  async answer(ctx, _sent, [found], filled) {
    const { here, it } = personFor(ctx, 'requestExclusion', found)
    if (!it.isListed) return personAsOfNow(here, it)
    if (it.stage !== 'full') refuse('只有正式党员才有表决权。', 'Only full members have a vote.')
    const scope = exclusionScopes.find((one) => one === filled.scope) ?? refuse('请选择哪种表决不计入。', 'Please choose which votes.')
    const reason = exclusionReasons.find((one) => one === filled.reason) ?? refuse('请选择是哪种情形。', 'Please choose which case.')
    const [fromOn, untilOn] = [dayIn(filled.from, day(here.now)), dayIn(filled.until, '') || null]
    const asked = { id: here.newId(), branch: it.branch, lineage: it.lineage, member: it.id, scope, reason, fromOn, untilOn }
    await requestExclusion(here.db, asked, here.actor, here.now)
    const [after = it] = await lookUp(here.db, [personAsItStands(here.db, it.id)])
    return personAnswer(here, t('已报上级，确认后才生效。', 'Sent up; it is in force once confirmed.'), after)
  },
})

export const endExclusionPress = press({
  name: 'exclusion.end',
  rights: ['requestExclusion'],
  sends: onPerson.extend({ exclusion: id }),
  look: ({ db }, { person, exclusion }) => [personAsItStands(db, person), statementOf(exclusionById(db, exclusion))] as const,
  async answer(ctx, _sent, [found, [exclusion]]) {
    const { here, it } = personFor(ctx, 'requestExclusion', found)
    if (exclusion?.member !== it.id || exclusion.branch !== it.branch) return personAsOfNow(here, it)
    await endExclusion(here.db, exclusion, here.actor, here.now)
    const [after = it] = await lookUp(here.db, [personAsItStands(here.db, it.id)])
    return personAnswer(here, t('已结束；已经召集的会不变。', 'Ended; a meeting that is called already keeps its base.'), after)
  },
})
