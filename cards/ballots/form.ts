import * as z from 'zod'
import { electorsOfBranch, electorsOfSeats, electorsUnder } from '../../db/ballots/electors.ts'
import { ballotsDueAt, type Elector, openBallot } from '../../db/ballots/open.ts'
import { branchById, committeeById } from '../../db/branches/units.ts'
import { type Db, lookUp, together } from '../../db/client.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { peopleOfBranch } from '../../db/roster/people.ts'
import { rulebookFor, rulebooksAbove } from '../../db/rulebook/versions.ts'
import { asPicked, day, moment, pickedMoment, quarter } from '../../src/calendar.ts'
import { button, type Card, card, lines, note, row, sentence } from '../../src/card.ts'
import { type KnownContext, mayOrRefuse, memberOrRefuse } from '../../src/context.ts'
import { form } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { type ElectorateKind, electorateKinds } from '../../src/rules/ballots/electorate.ts'
import { type FormUse, formUses, LONGEST_TITLE, questionOf, useOf } from '../../src/rules/ballots/form.ts'
import { mustBeSecret, uses } from '../../src/rules/ballots/uses.ts'
import type { Place } from '../../src/rules/branches/rights.ts'
import { addWorkdays } from '../../src/rules/time/workdays.ts'
import { spokenMoment } from '../../src/spoken.ts'
import { asWritten, clipped, labelled, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import type { Person } from './form-fields.ts'

interface Owner {
  branch: string | null
  committee: string | null
}

const ofOwner = { id, branch: id.nullable(), committee: id.nullable() }

/** Most votes need no longer than this. */
const USUAL_WORKDAYS = 3

/** The form that opens a ballot. Its use comes first, and the form asks only for what that use needs. */
export async function ballotFormCard(
  of: Owner & { id: string; name: string },
  people: readonly Person[],
  said: { title: string; use?: FormUse | undefined },
  now: Date,
): Promise<Card> {
  const { fieldsOf, noteOn, useSaid } = await import('./form-fields.ts')
  const { id, branch, committee } = of
  const use = said.use ?? useOf(said.title)
  const press = (one: FormUse) => chooseUse.value({ id, branch, committee, title: said.title, use: one })
  return card(
    use ? labelled(t('发起投票', 'Open a ballot'), uses[use].name, ' · ') : t('发起投票', 'Open a ballot'),
    use
      ? [
          form('ballot', fieldsOf(use, of.branch !== null, people, said.title, asPicked(usualClose(now))), {
            label: t('发起', 'Open'),
            value: submitBallot.value({ id, branch, committee, use }),
          }),
          note(noteOn(use)),
          lines(t('不是这一种？换成：', 'Another kind instead:')),
          row(...formUses.filter((one) => one !== use).map((one) => button(uses[one].name, press(one)))),
        ]
      : [
          lines(t('投票做什么用？', 'What is the ballot for?')),
          ...formUses.flatMap((one) => [button(uses[one].name, press(one), { wide: true }), note(useSaid[one])]),
          note(t('民主评议说「/评议」，选举说「/选举」。', 'For an evaluation say “/evaluation”, for an election “/election”.')),
        ],
    { subtitle: asWritten(of.name) },
  )
}

const usualClose = (now: Date) => moment(addWorkdays(day(now), USUAL_WORKDAYS), '17:00')

async function ownerOf(db: Db, { branch, committee }: Owner): Promise<{ name: string; place: Place; lineage: readonly string[] } | null> {
  const [[ofBranch], [ofCommittee]] = await lookUp(db, [branchById(db, branch ?? ''), committeeById(db, committee ?? '')])
  const found = ofBranch ?? ofCommittee
  if (!found) return null
  return { name: found.name, lineage: found.lineage, place: { unit: found.unit, branch: ofBranch?.id, lineage: found.lineage } }
}

export const ballotForm = view({
  name: 'ballotForm',
  takes: z.object({ ...ofOwner, title: z.string() }),
  async show(db, args, now) {
    const owner = await ownerOf(db, args)
    return owner ? formShown(db, args, owner.name, now) : null
  },
})

type Asked = Owner & { id: string; title: string; use?: FormUse }

async function formShown(db: Db, { title, use, ...of }: Asked, name: string, now: Date): Promise<Card> {
  const [people] = await lookUp(db, [peopleOfBranch(db, of.branch ?? '')])
  const voters = people.filter(({ stage }) => stage === 'full' || stage === 'probationer')
  return ballotFormCard({ ...of, name }, voters, { title, use }, now)
}

export const chooseUse = press({
  name: 'ballotForm.use',
  rights: ['openBallot'],
  sends: z.object({ ...ofOwner, title: z.string().max(1_200), use: z.enum(formUses) }),
  async answer(ctx, sent) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const owner = await ownerOf(db, sent)
    mayOrRefuse(actor, 'openBallot', owner?.place ?? { unit: '' })
    return { toast: uses[sent.use].name, mood: 'info', card: await formShown(db, sent, owner?.name ?? '', now) }
  },
})

const optional = z.string().max(1_200).nullish()

export const submitBallot = press({
  name: 'ballotForm.submit',
  rights: ['openBallot'],
  sends: z.object({ ...ofOwner, use: z.enum(formUses).optional() }),
  fills: z.object({
    /** Cards that were sent before have the use as a field. */
    use: z.enum(formUses).nullish(),
    title: optional,
    subjects: optional,
    most: optional,
    secrecy: z.enum(['secret', 'named']).nullish(),
    whose: z.enum(electorateKinds).nullish(),
    people: z.array(z.string().max(40)).max(100).nullish(),
    closes: optional,
  }),
  async answer(ctx, { id, branch, committee, use: chosen }, _seen, filled) {
    const here = memberOrRefuse(ctx)
    const owner = await ownerOf(here.db, { branch, committee })
    mayOrRefuse(here.actor, 'openBallot', owner?.place ?? { unit: '' })
    const use = chosen ?? filled.use
    if (!use) refuse('请选择做什么用。', 'Please choose what it is for.')
    const title = clipped(filled.title ?? '', LONGEST_TITLE + 1)
    const question = questionOf(use, title, filled.subjects ?? '', (filled.most ?? '').normalize('NFKC').trim())
    if ('wrong' in question) refuse(question.wrong.zh, question.wrong.en)
    const closesAt = pickedMoment(filled.closes)
    if (!closesAt) refuse('请选择截止时间。', 'Please choose when it closes.')
    const isSecret = filled.secrecy !== 'named'
    if (!isSecret && mustBeSecret(use)) refuse(`${uses[use].name.zh}必须无记名。`, `${uses[use].name.en}: this must be secret.`)
    const { electors, electorate } = await electorsFor(
      here,
      use,
      { branch, committee },
      owner?.lineage[0] ?? '',
      filled.whose ?? 'all',
      filled.people ?? [],
    )
    await openBallot(
      here.db,
      { id, unit: here.actor.unit, branch, committee, use, isSecret, electorate, title, question, closesAt },
      electors,
      here.actor,
      here.now,
      here.box,
    )
    const dueAt = ballotsDueAt({ gathering: null, closesAt }, here.now)
    const when = dueAt > here.now ? spokenMoment(dueAt) : t('', '')
    const said = t(
      `投票已发起，选票${when.zh}私聊发给 ${electors.length} 人。`,
      `The ballot is open; ${electors.length} voters get it in a direct chat${when.en ? ` on ${when.en}` : ''}.`,
    )
    return { toast: said, mood: 'success', card: sentence(said) }
  },
})

async function electorsFor(
  { db, now }: KnownContext,
  use: FormUse,
  { branch, committee }: Owner,
  nearest: string,
  whose: ElectorateKind,
  people: readonly string[],
): Promise<{ electors: Elector[]; electorate: ElectorateKind }> {
  const [above] = await lookUp(db, [rulebooksAbove(db, nearest)])
  const probationers = rulebookFor(above, quarter(now)).probationersVote
  const of = { use, probationers, on: day(now) }
  if (!branch) return { electors: (await lookUp(db, [electorsUnder(db, committee ?? '', of)]))[0], electorate: 'all' }
  const [electors] = await lookUp(db, [whose === 'committee' ? electorsOfSeats(db, branch, of) : electorsOfBranch(db, branch, of)])
  if (whose !== 'chosen') return { electors, electorate: whose }
  const chosen = electors.filter(({ member }) => people.includes(member))
  if (chosen.length === 0) refuse('请选出投票的人。', 'Please choose who votes.')
  // A choice of everybody leaves nobody out.
  return { electors: chosen, electorate: chosen.length === electors.length ? 'all' : 'chosen' }
}

/** The list of ballots leads here; the form comes by direct message. */
export const beginBallot = press({
  name: 'ballotForm.open',
  rights: ['openBallot'],
  sends: z.object({ id, branch: id.nullable(), committee: id.nullable() }),
  async answer(ctx, sent) {
    const { actor, db, now, eventId } = memberOrRefuse(ctx)
    const owner = await ownerOf(db, sent)
    mayOrRefuse(actor, 'openBallot', owner?.place ?? { unit: '' })
    const shown = ballotForm.args({ ...sent, title: '' })
    await together(db, [
      enqueue(db, { occasion: `ballotForm ${eventId}`, to: { person: actor.openId }, ...shown, dueAt: now, lane: 'answer' }),
    ])
    return { toast: t('已发在私聊里。', 'It is in your direct chat.'), mood: 'success' }
  },
})
