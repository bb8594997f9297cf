import * as z from 'zod'
import * as messages from '../../db/assessment/messages.ts'
import { supportOutcomes } from '../../db/assessment/tables.ts'
import { endSupport, helpersFor, support, supportById, supportsOf } from '../../db/assessment/year.ts'
import { branchById } from '../../db/branches/units.ts'
import { lookUp, statementOf } from '../../db/client.ts'
import { day, isYear, pickedDay, type Year } from '../../src/calendar.ts'
import { card, type Element, lines, note } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { form, pickDay, select } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { spokenDay } from '../../src/spoken.ts'
import { asWritten, both, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'

/** A weak branch gets a named helper for a time, with an outcome at the end. The year's card shows it, and the helper is told. */
export type Support = Awaited<ReturnType<typeof supportsOf>>[number]

interface Here {
  branch: string
  year: Year
}

const outcomeNames: Record<(typeof supportOutcomes)[number], Text> = {
  recovered: t('已改进', 'recovered'),
  extended: t('延长', 'extended'),
  'leadership to be adjusted': t('建议调整班子', 'leadership to be adjusted'),
}

export function supportLine({ name, from, until, outcome }: Support): Text {
  const [who, since, to] = [asWritten(name), spokenDay(from), spokenDay(until)]
  const said = outcome ? outcomeNames[outcome] : t('进行中', 'under way')
  return t(`· ${who.zh}：${since.zh} – ${to.zh} — ${said.zh}`, `· ${who.en}: ${since.en} – ${to.en} — ${said.en}`)
}

export const supportForm = (here: Here, helpers: readonly { id: string; name: string }[], now: Date): Element =>
  form(
    'support',
    [
      select(
        'helper',
        t('帮扶人', 'Helper'),
        helpers.map((one) => ({ label: asWritten(one.name), value: one.id })),
        { required: true },
      ),
      pickDay('from', t('从', 'From'), { chosen: day(now), required: true }),
      pickDay('until', t('到', 'Until'), { required: true }),
    ],
    { label: t('安排帮扶', 'Begin the support'), value: beginSupport.value(here) },
  )

export const outcomeForm = (here: Here, { id: running }: Support): Element =>
  form(
    'outcome',
    [
      select(
        'outcome',
        t('帮扶结果', 'Outcome'),
        supportOutcomes.map((value) => ({ label: outcomeNames[value], value })),
        { required: true },
      ),
      pickDay('extended', t('延长到（延长时填）', 'Extended until (if extended)')),
    ],
    { label: t('记录结果', 'Record it'), value: concludeSupport.value({ ...here, support: running }) },
  )

/** The helper is told which branch to help, and until when. */
export const helping = view({
  message: messages.helping,
  async show(db, args) {
    const [[one]] = await lookUp(db, [supportById(db, args.support)])
    if (!one) return null
    const [from, until] = [spokenDay(one.from), spokenDay(one.until)]
    return card(
      t('请你帮扶一个支部', 'You are asked to help a branch'),
      [
        lines(
          both((l) => `**${asWritten(one.branchName)[l]}**`),
          t(`${from.zh} 至 ${until.zh}`, `${from.en} to ${until.en}`),
        ),
        note(
          t('由党委考核组安排；到期由考核组记录结果。', 'The committee’s assessors arranged it, and record the outcome when it is over.'),
        ),
      ],
      { subtitle: asWritten(one.committeeName) },
    )
  },
})

const sent = z.object({ branch: id, year: z.string().refine(isYear) })

export const beginSupport = press({
  name: 'support.begin',
  rights: ['assess'],
  sends: sent,
  fills: z.object({ helper: id.nullish(), from: z.string().nullish(), until: z.string().nullish() }),
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch)), statementOf(supportsOf(db, branch))] as const,
  async answer(ctx, _sent, [[found], ours], filled) {
    const { actor, db, now, newId } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'assess', found, placeOf)
    const [helpers] = await lookUp(db, [helpersFor(db, branch)])
    const helper = helpers.find(({ id }) => id === filled.helper)
    const [from, until] = [pickedDay(filled.from), pickedDay(filled.until)]
    if (ours.some(({ outcome }) => outcome === null))
      refuse('已经在帮扶，请先记录结果。', 'Support is under way; please record its outcome first.')
    if (!helper) refuse('请选择帮扶人。', 'Please choose a helper.')
    if (!from || !until || until < from) refuse('请选择起止日期，止不早于起。', 'Please choose both dates, the end not before the start.')
    await support(db, branch, { id: newId(), helper: helper.id, from, until }, helper.openId, actor, now)
    return { toast: t('帮扶已安排，并告诉了帮扶人。', 'The support begins, and the helper is told.'), mood: 'success' }
  },
})

export const concludeSupport = press({
  name: 'support.conclude',
  rights: ['assess'],
  sends: sent.extend({ support: id }),
  fills: z.object({ outcome: z.string().nullish(), extended: z.string().nullish() }),
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch)), statementOf(supportsOf(db, branch))] as const,
  async answer(ctx, sent, [[found], ours], filled) {
    const { actor, db, now, newId } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'assess', found, placeOf)
    const running = ours.find(({ id }) => id === sent.support)
    const outcome = supportOutcomes.find((one) => one === filled.outcome)
    if (!running || !outcome) refuse('请选择帮扶结果。', 'Please choose the outcome.')
    const until = pickedDay(filled.extended)
    if (outcome === 'extended' && (!until || until <= running.until))
      refuse('延长到的日期要晚于原来的。', 'The new end must be later than the old one.')
    const next = outcome === 'extended' && until ? { id: newId(), helper: running.helper, from: running.until, until } : null
    await endSupport(db, branch, { id: running.id, outcome, next }, running.openId, actor, now)
    return { toast: t('已记录。', 'Recorded.'), mood: 'success' }
  },
})
