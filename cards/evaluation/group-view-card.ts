import { actorById } from '../../db/branches/members.ts'
import { type Db, lookUp } from '../../db/client.ts'
import { refuseGraded } from '../../db/evaluation/run.ts'
import { type EvaluationAsItStands, evaluationById, type PersonEvaluated } from '../../db/evaluation/state.ts'
import { saveGroupViews } from '../../db/evaluation/views.ts'
import { button, type Card, card, type Element, fittingLines, folded, lines, note, strong } from '../../src/card.ts'
import { type Context, foundOrRefuse, memberOrRefuse } from '../../src/context.ts'
import { form } from '../../src/form.ts'
import type { PressAnswer } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { gradesPicked } from '../../src/rules/ballots/marks.ts'
import { type Grade, gradeNames, grades } from '../../src/rules/ballots/uses.ts'
import { may, type Place } from '../../src/rules/branches/rights.ts'
import { asWritten, both, capital, counted, joined, labelled, literal, type Text, t } from '../../src/text.ts'
import { evaluationName } from '../../src/words/evaluations.ts'
import { gradeFields } from '../../src/words/grade-fields.ts'
import { againViews, chooseViews, type GradeLists, type GradeReasons, lookAgain, setViews } from './buttons.ts'
import { type Differing, namesSaid, reasonsCard, reasonsIn } from './grade-form.ts'
import { cancelledCard, placeOfEvaluation } from './guards.ts'
import { pledgesBeside } from './pledged.ts'

interface Lot {
  group: string | null
  people: readonly PersonEvaluated[]
}

export const lotIn = ({ people }: Pick<EvaluationAsItStands, 'people'>, group: string | null): Lot => ({
  group,
  people: people.filter((one) => one.group === group && !one.isGone),
})

const lotName = ({ people, group }: Lot): Text =>
  group === null ? t('未编入党小组的党员', 'Members in no group') : asWritten(people[0]?.groupName ?? '')

const titleOf = ({ period }: EvaluationAsItStands, { group }: Lot): Text => {
  const what = group === null ? t('互评意见', 'The members’ view') : t('小组意见', 'The group’s view')
  return labelled(what, evaluationName(period), ' · ')
}

const SELF_BYTES = 4_500

/** A group's view of its members, entered by its leader. The lists hold only people who are not simply qualified. */
export function groupViewCard(it: EvaluationAsItStands, lot: Lot, viewer: string): Card {
  const asked = lot.people.filter(({ member }) => member !== viewer)
  const isOpen = !it.closedAt && it.people.every(({ grade }) => grade === null)
  const isDone = lot.people.every(({ view }) => view !== null)
  const chosen = new Map(asked.flatMap(({ key, view }) => (view ? [[key, view.grade] as const] : [])))
  return card(
    titleOf(it, lot),
    [
      isDone && (!isOpen || asked.length === 0) ? lines(doneSaid(lot)) : null,
      ...(isOpen ? (asked.length > 0 ? asking(it, lot, asked, chosen) : [onlyOwn(it, lot)]) : []),
      isOpen ? pledgesBeside(it, asked.length) : null,
      note(
        isOpen
          ? t(
              '记下评议时大家的意见，支委评定之前都可以改。不记自己：自己先记为合格，可由书记改。',
              'Enter what was said together; it can be changed until the committee sets the grades. Nobody enters themself: you stand at qualified, which the secretary may change.',
            )
          : t('支委已经评定等次，小组意见不能再改。', 'The committee has set the grades; this can no longer be changed.'),
      ),
    ],
    { colour: isOpen ? (isDone ? 'green' : 'blue') : 'grey', subtitle: both((l) => `${literal(it.branchName)} · ${lotName(lot)[l]}`) },
  )
}

function doneSaid({ people }: Lot): Text {
  const said = grades
    .filter((grade) => grade !== 'qualified')
    .flatMap((grade) => {
      const names = people.filter(({ view }) => view?.grade === grade).map(({ name }) => name)
      return names.length === 0 ? [] : [labelled(gradeNames[grade], namesSaid(names))]
    })
  if (said.length === 0) return t('**已提出**　都是合格。', '**Given**  All are qualified.')
  const all = joined(said, '；', '; ')
  return t(`**已提出**　${all.zh}；其余合格。`, `**Given**  ${capital(all).en}; the others are qualified.`)
}

function asking(it: EvaluationAsItStands, lot: Lot, asked: readonly PersonEvaluated[], chosen: ReadonlyMap<string, Grade>): Element[] {
  const views = fittingLines(
    asked.flatMap(({ name, self }) => (self ? [selfSaid(name, self)] : [])),
    SELF_BYTES,
  )
  return [
    ...(views.length > 0
      ? [folded(t(`各人的自评（${views.length}）`, `What they say of themselves (${views.length})`), [lines(...views)])]
      : []),
    ...(asked.every(({ self }) => self)
      ? []
      : [button(t('看各人的自评', 'See what they wrote'), lookAgain.value({ evaluation: it.id, group: lot.group }))]),
    lines(
      lot.people.every(({ view }) => view !== null) && doneSaid(lot),
      t(
        `共 ${lot.people.length} 人。选出优秀、基本合格、不合格的同志，没有选到的都是合格。`,
        `${counted(lot.people.length, 'person', 'people')}. Pick the excellent, the basically qualified and the unqualified; all others are qualified.`,
      ),
    ),
    form('group', gradeFields(asked, null, chosen), {
      label: t('下一步', 'Next'),
      value: chooseViews.value({ evaluation: it.id, group: lot.group }),
    }),
  ]
}

const selfSaid = (name: string, { grade, words }: NonNullable<PersonEvaluated['self']>): Text =>
  labelled(joined([strong(asWritten(name)), gradeNames[grade]], ' '), asWritten(words))

const onlyOwn = (it: EvaluationAsItStands, lot: Lot): Element =>
  form('group', [lines(t('这里只有你自己，先记为合格。', 'There is nobody here but you; you stand at qualified.'))], {
    label: t('确认', 'Confirm'),
    value: chooseViews.value({ evaluation: it.id, group: lot.group }),
  })

/** A leader acts for groups of this evaluation alone. The button may name a leader's own group beside an evaluation of elsewhere. */
export const placeOfLot = (it: EvaluationAsItStands, group: string | null): Place => ({
  ...placeOfEvaluation(it),
  group: group !== null && it.people.some((one) => one.group === group) ? group : undefined,
})

type Shown = { evaluation: string; group: string | null; viewer: string }

export async function groupViewShown(db: Db, { evaluation, group, viewer }: Shown): Promise<Card | null> {
  const it = await evaluationById(db, evaluation)
  if (!it) return cancelledCard()
  const [[actor]] = await lookUp(db, [actorById(db, viewer)])
  const lot = lotIn(it, group)
  if (!actor || lot.people.length === 0 || !may(actor, 'enterGroupView', placeOfLot(it, group))) return null
  return groupViewCard(it, lot, actor.id)
}

async function lotFor(ctx: Context, evaluation: string, group: string | null) {
  const here = memberOrRefuse(ctx)
  const it = foundOrRefuse(here.actor, 'enterGroupView', await evaluationById(here.db, evaluation), (found) => placeOfLot(found, group))
  const lot = lotIn(it, group)
  if (lot.people.length === 0) refuse('这个小组没有要评议的人。', 'Nobody of this group is evaluated.')
  if (it.people.some(({ grade }) => grade !== null)) refuseGraded()
  return { ...here, it, lot, asked: lot.people.filter(({ member }) => member !== here.actor.id) }
}

type LotHere = Awaited<ReturnType<typeof lotFor>>

function differingIn({ asked }: LotHere, filled: GradeLists): Differing[] {
  const picked = gradesPicked(asked, filled)
  if ('wrong' in picked) refuse(picked.wrong.zh, picked.wrong.en)
  return asked.flatMap(({ key, name, view }) => {
    const to = picked.get(key) ?? 'qualified'
    return to === 'qualified' ? [] : [{ key, name, from: null, to, reason: view?.grade === to ? view.words : '' }]
  })
}

async function save(here: LotHere, differing: readonly Differing[], words: ReadonlyMap<string, string>): Promise<PressAnswer> {
  const { db, it, lot, asked, actor, now } = here
  const views = asked.map(({ key, member }) => ({
    member,
    grade: differing.find((one) => one.key === key)?.to ?? ('qualified' as const),
    words: words.get(key) ?? '',
  }))
  await saveGroupViews(db, it, views, asked.length < lot.people.length, actor, now)
  const said = new Map(views.map((one) => [one.member, one]))
  const people = lot.people.map((one) => ({ ...one, view: said.get(one.member) ?? one.view ?? { grade: 'qualified' as const, words: '' } }))
  return {
    toast: t('小组意见已提出，评定之前都可以改。', 'Entered; it can be changed until the grades are set.'),
    mood: 'success',
    card: groupViewCard(it, { ...lot, people }, actor.id),
  }
}

export async function choseViews(
  ctx: Context,
  { evaluation, group }: { evaluation: string; group: string | null },
  filled: GradeLists,
): Promise<PressAnswer> {
  const here = await lotFor(ctx, evaluation, group)
  const differing = differingIn(here, filled)
  const { it, lot, asked } = here
  if (differing.length === 0) return asked.length === 0 ? save(here, [], new Map()) : { ...askedOnce, card: allQualified(here) }
  return {
    toast: t('请为他们各写一句意见。', 'Please write a sentence for each of them.'),
    mood: 'info',
    card: reasonsCard({
      title: titleOf(it, lot),
      subtitle: both((l) => `${literal(it.branchName)} · ${lotName(lot)[l]}`),
      asks: t('为什么是这个等次，各写一句：', 'Why this grade, a sentence for each:'),
      rest: t('没有列出的都是合格，不用写。', 'Those not listed are qualified and need no words.'),
      differing,
      submit: { label: t('提交小组意见', 'Enter the group’s view'), value: setViews.value({ evaluation, group, picked: filled }) },
      back: againViews.value({ evaluation, group }),
    }),
  }
}

const askedOnce = { toast: t('一个都没选，请再确认一次。', 'Nobody is chosen; please confirm.'), mood: 'info' as const }

/** A form that was sent by mistake would enter everybody as qualified, hence the question. */
const allQualified = ({ it, lot, asked }: LotHere): Card =>
  card(
    titleOf(it, lot),
    [
      lines(
        t(
          `优秀、基本合格、不合格都没有选人：${asked.length} 位同志都记为合格？`,
          `Nobody is picked as excellent, basically qualified or unqualified: enter all ${asked.length} as qualified?`,
        ),
      ),
      button(t('是，都记为合格', 'Yes, all qualified'), setViews.value({ evaluation: it.id, group: lot.group, picked: {} }), {
        type: 'primary_filled',
        wide: true,
      }),
      button(t('返回重选', 'Choose again'), againViews.value({ evaluation: it.id, group: lot.group })),
    ],
    { subtitle: both((l) => `${literal(it.branchName)} · ${lotName(lot)[l]}`) },
  )

export async function savedViews(
  ctx: Context,
  { evaluation, group, picked }: { evaluation: string; group: string | null; picked: GradeLists },
  written: GradeReasons,
): Promise<PressAnswer> {
  const here = await lotFor(ctx, evaluation, group)
  const differing = differingIn(here, picked)
  const words = reasonsIn(differing, written)
  const without = differing.find(({ key }) => words.get(key) === '')
  if (without) refuse(`请写一句对${without.name}的意见。`, `Please write a sentence on ${without.name}.`)
  return save(here, differing, words)
}

export async function lookedAgain(ctx: Context, { evaluation, group }: { evaluation: string; group: string | null }): Promise<PressAnswer> {
  const { it, lot, asked, actor } = await lotFor(ctx, evaluation, group)
  const written = asked.filter(({ self }) => self).length
  return {
    toast: t(`自评已交 ${written} / ${asked.length} 人。`, `${written} of ${asked.length} have written.`),
    mood: 'info',
    card: groupViewCard(it, lot, actor.id),
  }
}

export async function chooseViewsAgain(
  ctx: Context,
  { evaluation, group }: { evaluation: string; group: string | null },
): Promise<PressAnswer> {
  const { it, lot, actor } = await lotFor(ctx, evaluation, group)
  return { toast: t('请重新选择。', 'Please choose again.'), mood: 'info', card: groupViewCard(it, lot, actor.id) }
}
