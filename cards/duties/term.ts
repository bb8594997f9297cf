import * as z from 'zod'
import { attest } from '../../db/assessment/self-assessment.ts'
import { type Branch, branchById } from '../../db/branches/units.ts'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { type Elected, electionsOf, startTerm, termOf } from '../../db/duties/term.ts'
import { addYears, day, isDay, isQuarter, lastDay, periodMonths, type Quarter, quarter as quarterAt } from '../../src/calendar.ts'
import { type Card, card, lines, note } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOf, privately, reply } from '../../src/context.ts'
import { form, input, pickDay, select } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { attestableDays } from '../../src/rules/duties/attestable.ts'
import { spokenDate } from '../../src/spoken.ts'
import { asWritten, clipped, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { openTerm } from './buttons.ts'

const LONGEST_REFERENCE = 80
/** The quarter whose duty asks for the term; none where the branch's own card leads here. */
const asked = z.object({ branch: id, quarter: z.string().refine(isQuarter).optional() })

type Term = NonNullable<Awaited<ReturnType<typeof termOf>>[number]>

/** The branch's term: an election held here proves it, one on paper is entered and confirmed by the assessor. */
export function termCard(branch: Pick<Branch, 'id' | 'name'>, term: Term, held: readonly Elected[], quarter?: Quarter): Card {
  return card(
    t('支部任期', 'The branch’s term'),
    [
      lines(...termSaid(term)),
      held.length > 0
        ? form(
            'held',
            [
              select(
                'election',
                t('本支部在这里办的换届选举', 'The election held here'),
                held.map((one) => ({ label: electionSaid(one), value: one.id })),
                { required: true },
              ),
            ],
            { label: t('任期从这次选举算起', 'The term begins with it'), value: termFromElection.value({ branch: branch.id }) },
          )
        : null,
      form(
        'paper',
        [
          pickDay('on', t('选举日（纸面办的换届）', 'Day of the election, held on paper')),
          input('reference', t('依据（如：上级批复第 3 号）', 'Reference (say: approval no. 3)'), { most: LONGEST_REFERENCE }),
        ],
        { label: t('登记，等上级确认', 'Enter it, to be confirmed'), value: termFromPaper.value({ branch: branch.id, quarter }) },
      ),
      note(
        t(
          '在这里办的选举算已证明；纸面的由上级确认后生效，显示为“已登记”。',
          'An election held here proves the term; one on paper counts once the upper level has confirmed it, and is shown as attested.',
        ),
      ),
    ],
    { subtitle: asWritten(branch.name) },
  )
}

const electionSaid = ({ title, on }: Elected): Text => {
  const said = spokenDate(on)
  return t(`${said.zh} ${clipped(title, 20)}`, `${said.en} ${clipped(title, 20)}`)
}

function termSaid({ startedOn, confirmedOn, waitingOn, years }: Term): Text[] {
  const [last] = [startedOn, confirmedOn]
    .filter((on) => on !== null)
    .sort()
    .toReversed()
  const waiting = waitingOn && spokenDate(waitingOn)
  const [from, until] = [last && spokenDate(last), last && spokenDate(addYears(last, years))]
  return [
    from && until
      ? t(
          `本届从${from.zh}算起，${years} 年，到${until.zh}届满。`,
          `The term began ${from.en}; it lasts ${years} years, until ${until.en}.`,
        )
      : t('还没有登记任期从哪天算起。', 'The day on which the term began is not recorded.'),
    ...(waiting ? [t(`${waiting.zh}的选举已登记，待上级确认。`, `The election of ${waiting.en} is entered and to be confirmed.`)] : []),
  ]
}

export const term = view({
  name: 'term',
  takes: asked,
  async show(db, args) {
    const [[branch], [found]] = await lookUp(db, [branchById(db, args.branch), termOf(db, args.branch)])
    return branch && found ? termCard(branch, found, await electionsOf(db, branch.id), args.quarter) : null
  },
})

export const openTermPress = press({
  button: openTerm,
  rights: ['attest'],
  look: ({ db }, sent) => [statementOf(branchById(db, sent.branch))] as const,
  async answer(ctx, sent, [[found]]) {
    const { actor, db } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'attest', found, placeOf)
    await together(db, [reply(privately(ctx), term.args({ branch: branch.id, quarter: sent.quarter }))])
    return { toast: t('表单已私聊发给你。', 'The form is in our direct chat.'), mood: 'success' }
  },
})

/** The card says what was entered; the form alone would look as if nothing had happened. */
async function shownAnew(db: Db, branch: Branch, quarter?: Quarter) {
  const [found] = (await lookUp(db, [termOf(db, branch.id)]))[0]
  return found ? { card: termCard(branch, found, await electionsOf(db, branch.id), quarter) } : {}
}

export const termFromElection = press({
  name: 'term.held',
  rights: ['attest'],
  sends: z.object({ branch: id }),
  fills: z.object({ election: id.nullish() }),
  look: ({ db }, sent) => [statementOf(branchById(db, sent.branch))] as const,
  async answer(ctx, _sent, [[found]], filled) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'attest', found, placeOf)
    const election = (await electionsOf(db, branch.id)).find((one) => one.id === filled.election)
    if (!election) refuse('请选一次已经计票、有人当选的选举。', 'Please choose an election that is counted and elected somebody.')
    await startTerm(db, branch, election, actor, now)
    const on = spokenDate(election.on)
    return { toast: t(`任期从${on.zh}算起。`, `The term begins ${on.en}.`), mood: 'success', ...(await shownAnew(db, branch)) }
  },
})

export const termFromPaper = press({
  name: 'term.paper',
  rights: ['attest'],
  sends: asked,
  fills: z.object({ on: z.string().nullish(), reference: z.string().nullish() }),
  look: ({ db }, sent) => [statementOf(branchById(db, sent.branch))] as const,
  async answer(ctx, sent, [[found]], filled) {
    const { actor, db, now, newId } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'attest', found, placeOf)
    const [on, reference] = [(filled.on ?? '').slice(0, 10), clipped(filled.reference ?? '', LONGEST_REFERENCE)]
    if (!isDay(on) || reference === '') refuse('选举日和依据都要填。', 'The day and a reference are both needed.')
    const period = sent.quarter ?? quarterAt(now)
    const graceEndsOn = lastDay(periodMonths(period).at(-1) ?? '')
    const { from } = attestableDays({ part: '4.term', period, graceEndsOn })
    if (on < from || on > day(now))
      refuse('选举日应在过去五年之内，不晚于今天。', 'The day of the election is within the last five years, and not after today.')
    await attest(db, branch, period, [{ id: newId(), part: '4.term', subject: '', period, on, reference, replaces: null }], actor, now)
    const toast = t('已登记，上级确认后生效。', 'Entered; it counts once the upper level has confirmed it.')
    return { toast, mood: 'success', ...(await shownAnew(db, branch, sent.quarter)) }
  },
})
