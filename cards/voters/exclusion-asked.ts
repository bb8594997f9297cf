import * as z from 'zod'
import { actorById } from '../../db/branches/members.ts'
import { type Db, lookUp, statementOf } from '../../db/client.ts'
import { answerExclusion, type Exclusion, exclusionById } from '../../db/voters/exclusions.ts'
import * as messages from '../../db/voters/messages.ts'
import { button, type Card, card, lines, note, row, sentence } from '../../src/card.ts'
import { type Context, foundOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { type PressAnswer, press } from '../../src/press.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { exclusionReasonNames, exclusionScopeNames } from '../../src/rules/voters/exclusions.ts'
import { spokenDate, spokenMoment } from '../../src/spoken.ts'
import { asWritten, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'

/** The assessor's card: who, which base, which case, since when; two buttons. */
export function exclusionAskedCard(it: Exclusion): Card {
  const isOpen = !it.confirmedAt && !it.refusedAt && !it.endedAt
  const what = exclusionScopeNames[it.scope]
  return card(
    titleOf(it),
    [
      lines(...factsOf(it)),
      isOpen
        ? row(
            button(t('确认', 'Confirm'), confirmExclusion.value({ exclusion: it.id }), { type: 'primary' }),
            button(t('不同意', 'Refuse'), refuseExclusion.value({ exclusion: it.id })),
          )
        : lines(stateSaid(it)),
      note(
        t(
          `确认后召集的会，${what.zh}的应到不再计这位党员；已经召集的会不变。仍可以到会。`,
          `In meetings called after the confirmation the base of ${what.en} counts this member no more; one that is called already stays as it is. They may still attend.`,
        ),
      ),
    ],
    { colour: isOpen ? 'orange' : 'grey', subtitle: asWritten(it.branchName) },
  )
}

function titleOf({ confirmedAt, refusedAt, endedAt }: Exclusion): Text {
  if (endedAt) return t('不计入应到：已结束', 'Exclusion ended')
  if (confirmedAt) return t('不计入应到：已确认', 'Exclusion confirmed')
  return refusedAt ? t('不计入应到：没有同意', 'Exclusion refused') : t('不计入应到：待确认', 'Exclusion to confirm')
}

function factsOf(it: Exclusion): Text[] {
  const [who, asker, what, why] = [
    asWritten(it.memberName),
    asWritten(it.requesterName),
    exclusionScopeNames[it.scope],
    exclusionReasonNames[it.reason],
  ]
  const [from, until, asked] = [spokenDate(it.fromOn), it.untilOn && spokenDate(it.untilOn), spokenMoment(it.requestedAt)]
  return [
    t(`**党员** ${who.zh}`, `**Member** ${who.en}`),
    t(`**不计入** ${what.zh}的应到`, `**Left out of** the base of ${what.en}`),
    t(`**情形** ${why.zh}`, `**Case** ${why.en}`),
    until
      ? t(`**时间** ${from.zh}至${until.zh}`, `**Time** ${from.en} to ${until.en}`)
      : t(`**时间** ${from.zh}起`, `**Time** from ${from.en}`),
    t(`**提出** ${asker.zh}，${asked.zh}`, `**Asked by** ${asker.en}, ${asked.en}`),
  ]
}

function stateSaid({ confirmedAt, refusedAt, answeredBy, endedAt }: Exclusion): Text {
  if (endedAt) return t('支部已经撤回或结束。', 'The branch has withdrawn or ended it.')
  const [by, at] = [asWritten(answeredBy ?? ''), spokenMoment(confirmedAt ?? refusedAt ?? new Date(0))]
  return confirmedAt
    ? t(`已确认：${by.zh}，${at.zh}`, `Confirmed: ${by.en}, ${at.en}`)
    : t(`没有同意：${by.zh}，${at.zh}`, `Refused: ${by.en}, ${at.en}`)
}

const placeOfExclusion = ({ branch, unit, lineage }: Exclusion) => placeOf({ id: branch, unit, lineage })

export const exclusionAsked = view({
  message: messages.exclusionAsked,
  async show(db, { exclusion, viewer }) {
    const [[it], [actor]] = await lookUp(db, [statementOf(exclusionById(db, exclusion)), statementOf(actorById(db, viewer))])
    return it && may(actor ?? null, 'confirmExclusion', placeOfExclusion(it)) ? exclusionAskedCard(it) : null
  },
})

export const exclusionAnswered = view({
  message: messages.exclusionAnswered,
  async show(db, { exclusion, isOwn }) {
    const [[it]] = await lookUp(db, [statementOf(exclusionById(db, exclusion))])
    if (!it) return null
    const [who, what, why] = [asWritten(it.memberName), exclusionScopeNames[it.scope], exclusionReasonNames[it.reason]]
    if (isOwn)
      return sentence(
        t(
          `上级已确认：你${why.zh}期间，${what.zh}的应到不计入你；你仍可以到会。不对的话请告诉书记。`,
          `The committee above has confirmed: ${why.en}. You are out of the base of ${what.en} meanwhile and may still attend. If this is wrong, tell the secretary.`,
        ),
      )
    return sentence(
      it.confirmedAt
        ? t(
            `上级已确认：${who.zh}不计入${what.zh}应到，以后召集的会生效。`,
            `Confirmed: ${who.en} is out of the base of ${what.en} in meetings called from now on.`,
          )
        : t(`上级没有同意：${who.zh}仍计入${what.zh}应到。`, `Refused: ${who.en} stays in the base of ${what.en}.`),
    )
  },
})

const sends = z.object({ exclusion: id })
const look = ({ db }: { db: Db }, { exclusion }: z.infer<typeof sends>) => [statementOf(exclusionById(db, exclusion))] as const

export const confirmExclusion = press({
  name: 'exclusionAsked.confirm',
  rights: ['confirmExclusion'],
  sends,
  look,
  answer: (ctx, _sent, [[found]]) => answered(ctx, found, 'confirm', t('已确认。', 'Confirmed.')),
})

export const refuseExclusion = press({
  name: 'exclusionAsked.refuse',
  rights: ['confirmExclusion'],
  sends,
  look,
  answer: (ctx, _sent, [[found]]) => answered(ctx, found, 'refuse', t('已退回，仍计入应到。', 'Refused; they stay in the base.')),
})

async function answered(ctx: Context, found: Exclusion | undefined, answer: 'confirm' | 'refuse', toast: Text): Promise<PressAnswer> {
  const { actor, db, now } = memberOrRefuse(ctx)
  const it = foundOrRefuse(actor, 'confirmExclusion', found, placeOfExclusion)
  await answerExclusion(db, it, answer, actor, now)
  const moment = answer === 'confirm' ? { confirmedAt: now } : { refusedAt: now }
  return { toast, mood: 'success', card: exclusionAskedCard({ ...it, ...moment, answeredBy: actor.name }) }
}
