import * as z from 'zod'
import { electorsOfBranch, electorsOfSeats, electorsUnder } from '../../db/ballots/electors.ts'
import { ballotsDueAt, type Elector, openBallot } from '../../db/ballots/open.ts'
import { branchById, committeeById } from '../../db/branches/units.ts'
import { type Db, lookUp, together } from '../../db/client.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { peopleOfBranch } from '../../db/roster/people.ts'
import { rulebookFor, rulebooksAbove } from '../../db/rulebook/versions.ts'
import { asPicked, day, moment, pickedMoment, quarter } from '../../src/calendar.ts'
import { type Card, card, lines, note, sentence } from '../../src/card.ts'
import { type KnownContext, mayOrRefuse, memberOrRefuse } from '../../src/context.ts'
import { fittingOptions, form, input, pickDateTime, select, selectSeveral } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { type ElectorateKind, electorateKinds } from '../../src/rules/ballots/electorate.ts'
import { type FormUse, formUses, LONGEST_TITLE, questionOf } from '../../src/rules/ballots/form.ts'
import { mustBeSecret, uses } from '../../src/rules/ballots/uses.ts'
import type { Place } from '../../src/rules/branches/rights.ts'
import { addWorkdays } from '../../src/rules/time/workdays.ts'
import { spokenMoment } from '../../src/spoken.ts'
import { asWritten, capital, clipped, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { electorateNames } from '../../src/words/electorate.ts'

const whoseNames: Readonly<Record<ElectorateKind, Text>> = {
  all: capital(electorateNames.all),
  committee: capital(electorateNames.committee),
  chosen: t('下面选出的人', 'Those chosen below'),
}

interface Owner {
  branch: string | null
  committee: string | null
}

type Person = { id: string; name: string }

/** A card holds 30 KB. */
const PEOPLE_BYTES = 9_000

/** Most votes need no longer than this. */
const USUAL_WORKDAYS = 3

/** The form that opens a ballot: its use, the question, who votes, until when. */
export function ballotFormCard(
  of: Owner & { id: string; name: string },
  people: readonly Person[],
  said: { title: string },
  now: Date,
): Card {
  const whose = of.branch ? electorateKinds : (['all'] as const)
  const options = fittingOptions(
    people.map(({ id, name }) => ({ label: t(name, name), value: id })),
    PEOPLE_BYTES,
  )
  return card(
    t('发起投票', 'Open a ballot'),
    [
      form(
        'ballot',
        [
          label(t('做什么用', 'What for')),
          select(
            'use',
            t('请选择', 'Please choose'),
            formUses.map((use) => ({ label: uses[use].name, value: use })),
            { required: true, ...(said.title === '' ? {} : { chosen: 'resolution' }) },
          ),
          input('title', t('投什么', 'What is voted on'), { value: said.title, required: true, most: LONGEST_TITLE }),
          input(
            'subjects',
            t('候选、问题或项目，一行一个（表决不用填）', 'Candidates, questions or projects, one a line (none for a resolution)'),
            {
              rows: 4,
              most: 1000,
              hint: t('一行一个', 'One a line'),
            },
          ),
          input('most', t('评优：最多选几个（不填为 1）', 'Award: how many may be chosen (1 if empty)'), {
            most: 2,
            hint: t('个数', 'How many'),
          }),
          label(t('记名还是无记名', 'Secret or named')),
          select(
            'secrecy',
            t('请选择', 'Please choose'),
            [
              { label: t('无记名', 'Secret'), value: 'secret' },
              { label: t('记名', 'Named'), value: 'named' },
            ],
            { chosen: 'secret' },
          ),
          label(t('谁来投', 'Who votes')),
          select(
            'whose',
            t('请选择', 'Please choose'),
            whose.map((one) => ({ label: whoseNames[one], value: one })),
            { chosen: 'all' },
          ),
          ...(of.branch && options.length > 0
            ? [selectSeveral('people', t('上面选了「下面选出的人」时，选出他们', 'Those people, if it is those chosen below'), options)]
            : []),
          label(t('截止时间', 'Closes')),
          pickDateTime('closes', t('截止时间', 'Closes'), { chosen: asPicked(usualClose(now)), required: true }),
        ],
        { label: t('发起', 'Open'), value: submitBallot.value({ id: of.id, branch: of.branch, committee: of.committee }) },
      ),
      note(
        t(
          '民意测评必须无记名。无记名投票至少 3 人，选人来投至少 5 人；选出的人投的只是意见，不是决议。一经有人投票，题目就不能再改；名单只能加，不能减。民主评议说「/评议」，选举说「/选举」。',
          'A pulse is always secret. A secret ballot takes at least 3 voters, and 5 where they are chosen; chosen people give an opinion and decide nothing. Once somebody has voted the question stands; the list only grows. For an evaluation say “/evaluation”, for an election “/election”.',
        ),
      ),
    ],
    { subtitle: asWritten(of.name) },
  )
}

/** A select with a value hides its placeholder, so the label stands above it. */
const label = (text: Text) => lines(text)

const usualClose = (now: Date) => moment(addWorkdays(day(now), USUAL_WORKDAYS), '17:00')

async function ownerOf(db: Db, { branch, committee }: Owner): Promise<{ name: string; place: Place; lineage: readonly string[] } | null> {
  const [[ofBranch], [ofCommittee]] = await lookUp(db, [branchById(db, branch ?? ''), committeeById(db, committee ?? '')])
  const found = ofBranch ?? ofCommittee
  if (!found) return null
  return { name: found.name, lineage: found.lineage, place: { unit: found.unit, branch: ofBranch?.id, lineage: found.lineage } }
}

export const ballotForm = view({
  name: 'ballotForm',
  takes: z.object({ id, branch: id.nullable(), committee: id.nullable(), title: z.string() }),
  async show(db, { id, branch, committee, title }, now) {
    const owner = await ownerOf(db, { branch, committee })
    if (!owner) return null
    const [people] = await lookUp(db, [peopleOfBranch(db, branch ?? '')])
    const voters = people.filter(({ stage }) => stage === 'full' || stage === 'probationer')
    return ballotFormCard({ id, branch, committee, name: owner.name }, voters, { title }, now)
  },
})

const optional = z.string().max(1_200).nullish()

export const submitBallot = press({
  name: 'ballotForm.submit',
  rights: ['openBallot'],
  sends: z.object({ id, branch: id.nullable(), committee: id.nullable() }),
  fills: z.object({
    use: z.enum(formUses).nullish(),
    title: optional,
    subjects: optional,
    most: optional,
    secrecy: z.enum(['secret', 'named']).nullish(),
    whose: z.enum(electorateKinds).nullish(),
    people: z.array(z.string().max(40)).max(100).nullish(),
    closes: optional,
  }),
  async answer(ctx, { id, branch, committee }, _seen, filled) {
    const here = memberOrRefuse(ctx)
    const owner = await ownerOf(here.db, { branch, committee })
    mayOrRefuse(here.actor, 'openBallot', owner?.place ?? { unit: '' })
    const { use } = filled
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
