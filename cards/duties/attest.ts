import * as z from 'zod'
import { selfSubject } from '../../db/assessment/assessments.ts'
import { type Assessed, assessedBranch, toAttest } from '../../db/assessment/branch-quarter.ts'
import { refusedAttestation } from '../../db/assessment/review.ts'
import { type AttestedAsItStands, attest, withdrawAttestation } from '../../db/assessment/self-assessment.ts'
import { branchById } from '../../db/branches/units.ts'
import { lookUp, statementOf, together } from '../../db/client.ts'
import * as messages from '../../db/duties/messages.ts'
import { addQuarters, isQuarter, type Quarter, quarter as quarterAt } from '../../src/calendar.ts'
import { button, type Card, card, coloured, fittingLines, lines, note } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOf, privately, reply } from '../../src/context.ts'
import { fittingOptions, form, select } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { type Duty, type DutyState, dutyKey } from '../../src/rules/duties/duty.ts'
import { partOf } from '../../src/rules/standards/standards.ts'
import { spokenDay, spokenPeriod, spokenQuarter } from '../../src/spoken.ts'
import { asWritten, labelled, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { dutyNamed, fieldsFor, filledFields, readGiven } from '../../src/words/attest-fields.ts'
import { openAttest, termAsked } from './buttons.ts'
import { sayNone } from './none.ts'

/** A card holds 30 KB: the rest appears when these are entered. */
const MOST_AT_ONCE = 10
const LISTED_BYTES = 6_000
const OFFERED_BYTES = 4_000
const quarterSent = z.string().refine(isQuarter)
const keys = z.array(z.string().max(80)).max(40)

/**
 * Dates and references for duties that our own records do not prove. It names activists, so it goes to the secretary's
 * direct chat only.
 */
function attestCard(it: readonly Assessed[], now: Date): Card | null {
  const [first] = it
  if (!first) return null
  const { branch, quarter } = first
  const open = openIn(it, now)
  const given = it.flatMap((one) => one.given).filter((one, i, all) => all.findIndex(({ id }) => id === one.id) === i)
  // A term has a form of its own.
  const fields = open.filter(({ part }) => part !== '4.term')
  const shown = fields.slice(0, MOST_AT_ONCE)
  return card(
    t('登记日期和依据', 'Enter date and reference'),
    [
      shown.length > 0
        ? form('attest', fieldsFor(shown, namesIn(it)), {
            label: t('登记', 'Enter'),
            value: submitAttest.value({ branch: branch.id, quarters: it.map((one) => one.quarter), given: shown.map(dutyKey) }),
          })
        : open.length === 0
          ? lines(t('没有要登记的了。', 'Nothing is left to enter.'))
          : null,
      fields.length > shown.length
        ? note(t(`另有 ${fields.length - shown.length} 项，登记后接着显示。`, `${fields.length - shown.length} more will follow these.`))
        : null,
      termAsked(branch.id, open),
      ...sayingNone(branch.id, it, open),
      given.length > 0
        ? lines(
            t('**已登记**', '**Entered**'),
            ...fittingLines(
              given.toReversed().map((one) => givenLine(one, namesIn(it))),
              LISTED_BYTES,
            ),
          )
        : null,
      ...takingBack(branch.id, quarter, given, namesIn(it)),
      note(
        t(
          '登记后由上级确认才计分，显示为“已登记”，不当作机器人证明的。不写与此无关的个人情况。',
          'It counts once the upper level has confirmed it, and is shown as attested, never as proved. Please write nothing personal that does not belong here.',
        ),
      ),
    ],
    { subtitle: asWritten(branch.name) },
  )
}

/** Due duties come first, then coming ones. A missed duty can be entered only if it was done in time. */
const urgency: Partial<Record<DutyState, number>> = { overdue: 0, 'due soon': 0, upcoming: 1 }

const openIn = (it: readonly Assessed[], now: Date): Duty[] => {
  const open = it.flatMap((one) => toAttest(one, now))
  return [...new Map(open.map((duty) => [dutyKey(duty), duty])).values()].sort((a, b) => (urgency[a.state] ?? 2) - (urgency[b.state] ?? 2))
}
/** Development is asked only where something is due; a press says that nothing was. */
const sayingNone = (branch: string, it: readonly Assessed[], open: readonly Duty[]) =>
  it
    .filter(({ duties }) =>
      duties.some((duty) => partOf(duty.part).onlyWith === 'development' && open.some((one) => dutyKey(one) === dutyKey(duty))),
    )
    .map(({ quarter }) => {
      const said = spokenQuarter(quarter)
      return button(t(`（25）（26）${said.zh}没有`, `(25) (26) none in ${said.en}`), sayNone.value({ branch, quarter }))
    })

const namesIn = (it: readonly Assessed[]) => it[0]?.names ?? new Map<string, string>()

export function givenLine(one: AttestedAsItStands, names: ReadonlyMap<string, string>): Text {
  const [what, on, reference] = [dutyNamed(one, names), spokenDay(one.on), asWritten(one.reference)]
  const state = one.confirmedAt
    ? coloured('green', t('已确认', 'confirmed'))
    : one.refusedAt
      ? coloured('orange', labelled(t('已退回', 'refused'), asWritten(one.refusedBecause ?? '')))
      : t('待上级确认', 'to be confirmed')
  return t(`· ${what.zh}：${on.zh}，${reference.zh} — ${state.zh}`, `· ${what.en}: ${on.en}, ${reference.en} — ${state.en}`)
}

function takingBack(branch: string, quarter: Quarter, given: readonly AttestedAsItStands[], names: ReadonlyMap<string, string>) {
  const waiting = given.filter(({ confirmedAt, refusedAt }) => !confirmedAt && !refusedAt).toReversed()
  if (waiting.length === 0) return []
  return [
    form(
      'withdraw',
      [
        select(
          'attestation',
          t('登记错了的', 'Entered by mistake'),
          fittingOptions(
            waiting.map((one) => ({ label: dutyNamed(one, names), value: one.id })),
            OFFERED_BYTES,
          ),
          { required: true },
        ),
      ],
      { label: t('撤回这一条', 'Take it back'), value: withdrawAttest.value({ branch, quarter }) },
    ),
  ]
}

export const attestView = view({
  name: 'attest',
  takes: z.object({ subject: z.string(), branch: id, quarters: z.array(quarterSent).min(1).max(2) }),
  async show(db, args, now) {
    const [[branch]] = await lookUp(db, [branchById(db, args.branch)])
    if (!branch) return null
    const all: Assessed[] = []
    for (const quarter of args.quarters) all.push(await assessedBranch(db, branch, quarter, now))
    return attestCard(all, now)
  },
})

/** A quarter's self-assessment leads here, or a digest. The digest asks for all open duties of this quarter and the last. */
export const openAttestPress = press({
  button: openAttest,
  rights: ['attest'],
  look: ({ db }, sent) => [statementOf(branchById(db, sent.branch))] as const,
  async answer(ctx, sent, [[found]]) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'attest', found, placeOf)
    const quarters = sent.quarter ? [sent.quarter] : [addQuarters(quarterAt(now), -1), quarterAt(now)]
    const subject = selfSubject(branch.id, quarters[0] as Quarter)
    await together(db, [reply(privately(ctx), attestView.args({ subject, branch: branch.id, quarters }))])
    return { toast: t('表单已私聊发给你。', 'The form is in our direct chat.'), mood: 'success' }
  },
})

export const submitAttest = press({
  name: 'attest.submit',
  rights: ['attest'],
  sends: z.object({ branch: id, quarters: z.array(quarterSent).min(1).max(2), given: keys }),
  fills: filledFields,
  look: ({ db }, sent) => [statementOf(branchById(db, sent.branch))] as const,
  async answer(ctx, sent, [[found]], filled) {
    const { actor, db, now, newId } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'attest', found, placeOf)
    const all: Assessed[] = []
    for (const quarter of sent.quarters) all.push(await assessedBranch(db, branch, quarter, now))
    const given = readGiven(sent.given, filled, openIn(all, now), now, newId)
    if (given.length === 0) refuse('还没有填写，或刚刚已经登记。', 'Nothing is filled in, or it was entered just now.')
    await attest(db, branch, sent.quarters[0] as Quarter, given, actor, now)
    return {
      toast: t(`已登记 ${given.length} 项，等上级确认。`, `${given.length} entered; the upper level will confirm.`),
      mood: 'success',
    }
  },
})

export const withdrawAttest = press({
  name: 'attest.withdraw',
  rights: ['attest'],
  sends: z.object({ branch: id, quarter: quarterSent }),
  fills: z.object({ attestation: id.nullish() }),
  look: ({ db }, sent) => [statementOf(branchById(db, sent.branch))] as const,
  async answer(ctx, { quarter }, [[found]], { attestation }) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'attest', found, placeOf)
    const { given } = await assessedBranch(db, branch, quarter, now)
    if (!attestation || !given.some((one) => one.id === attestation && !one.confirmedAt && !one.refusedAt))
      refuse('请选择一条还没有确认的登记。', 'Please choose an entry that is not confirmed yet.')
    await withdrawAttestation(db, branch, quarter, attestation, actor, now)
    return { toast: t('已撤回，可以重新登记。', 'Taken back; it can be entered anew.'), mood: 'success' }
  },
})

/** The branch is told of a refusal once, with the reason and a button to enter it anew. */
export const attestRefused = view({
  message: messages.refused,
  async show(db, { attestation }) {
    const [[one]] = await lookUp(db, [refusedAttestation(db, attestation)])
    if (!one) return null
    const [{ name, standard }, period, on] = [partOf(one.part), spokenPeriod(one.period), spokenDay(one.on)]
    return card(
      t('一条登记被退回', 'An entry was returned'),
      [
        lines(
          t(`（${standard}）${name.zh} · ${period.zh}，${on.zh}`, `(${standard}) ${name.en} · ${period.en}, ${on.en}`),
          labelled(t('**理由**', '**Reason**'), asWritten(one.because ?? '')),
        ),
        button(t('重新登记', 'Enter it anew'), openAttest.value({ branch: one.branch }), { type: 'primary' }),
      ],
      { colour: 'orange', subtitle: asWritten(one.branchName) },
    )
  },
})
