import * as z from 'zod'
import { memberById } from '../../db/branches/members.ts'
import { type Branch, branchById } from '../../db/branches/units.ts'
import { lookUp, statementOf, together } from '../../db/client.ts'
import { type PersonListed, peopleOfBranch, personAsItStands, type TakenOff, takenOff } from '../../db/roster/people.ts'
import { button, type Card, card, type Element, figures, fitting, lines, note, row } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOf, privately, reply } from '../../src/context.ts'
import { form, OPTION_BYTES, select } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { branchSeats } from '../../src/rules/branches/rights.ts'
import { seatNames, stageNames } from '../../src/rules/roster/names.ts'
import { asWritten, clipped, joined, literal, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { openTerm } from '../duties/buttons.ts'
import { openPart, showPeople, turnPeople } from './buttons.ts'
import { personCard } from './person-card.ts'

/** A branch's people: how many of each stage, the holders of each seat, and a card for everybody. */
export function peopleCard(
  branch: Pick<Branch, 'id' | 'name'>,
  people: readonly PersonListed[],
  page = 0,
  gone: readonly Pick<TakenOff, 'id' | 'name'>[] = [],
): Card {
  const count = (of: (person: PersonListed) => boolean) => `${people.filter(of).length}`
  return card(
    t('支部成员', 'Members of the branch'),
    [
      figures(
        { figure: count(({ stage }) => stage === 'full'), of: t('正式', 'full') },
        { figure: count(({ stage }) => stage === 'probationer'), of: t('预备', 'probation') },
        { figure: count(({ stage }) => stage !== 'full' && stage !== 'probationer'), of: t('培养中', 'in training') },
        { figure: count(({ isAway }) => isAway), of: t('外出', 'away') },
      ),
      lines(...seatLines(people)),
      ...choosing(branch.id, people, page),
      button(t('支部任期', 'The branch’s term'), openTerm.value({ branch: branch.id })),
      ...leftLately(gone),
      note(
        t(
          '加人：在群里说「/成员 添加 @某人」。一次改很多人：说「/名单」用表格。分组：说「/党小组」。',
          'To add: “/member add @someone” in the group. Many at once: “/roster” for a spreadsheet. Groups: “/groups”.',
        ),
      ),
    ],
    { subtitle: asWritten(branch.name) },
  )
}

const MOST_GONE = 5

/** Each name opens the card on which the removal can be undone. */
function leftLately(gone: readonly Pick<TakenOff, 'id' | 'name'>[]): Element[] {
  if (gone.length === 0) return []
  const more = gone.length > MOST_GONE ? t('，最近的在前', ', the latest first') : t('', '')
  return [
    lines(
      t(
        `<font color='grey'>移出不满一天，可以撤销${more.zh}：</font>`,
        `<font color='grey'>Removed within a day, can be undone${more.en}:</font>`,
      ),
    ),
    row(...gone.slice(0, MOST_GONE).map(({ id, name }) => button(asWritten(clipped(name, 12)), openPart.value({ person: id })))),
  ]
}

/** A long list of holders would hide the vacant seats. */
const MOST_HOLDERS = 5

function seatLines(people: readonly PersonListed[]): Text[] {
  const held = branchSeats.flatMap((role) => {
    const holders = people.filter(({ seats }) => seats.some((seat) => seat.role === role)).map(({ name }) => name)
    const name = seatNames[role]
    return name && holders.length > 0 ? [{ name, holders }] : []
  })
  const vacant = branchSeats.flatMap((role) =>
    role !== 'committeeMember' && !people.some(({ seats }) => seats.some((seat) => seat.role === role)) ? (seatNames[role] ?? []) : [],
  )
  const names = (holders: readonly string[], between: string) =>
    holders.slice(0, MOST_HOLDERS).map(literal).join(between) + (holders.length > MOST_HOLDERS ? ' …' : '')
  const empty = joined(vacant, '、', ', ')
  return [
    ...held.map(({ name, holders }) => t(`**${name.zh}** ${names(holders, '、')}`, `**${name.en}** ${names(holders, ', ')}`)),
    ...(vacant.length > 0 ? [t(`<font color='grey'>空缺：${empty.zh}</font>`, `<font color='grey'>Vacant: ${empty.en}</font>`)] : []),
  ]
}

function choosing(branch: string, people: readonly PersonListed[], page: number): (Element | null)[] {
  const pages = pagesOf(people)
  const at = Math.min(page, pages.length - 1)
  const here = pages[at] ?? []
  if (here.length === 0) return [lines(t('名单上还没有人。', 'Nobody is on the roster yet.'))]
  const turn = (label: Text, to: number) => button(label, turnPeople.value({ branch, page: to }))
  return [
    form(
      'people',
      [
        select(
          'person',
          t('选一个人', 'Choose a person'),
          here.map(({ id, label }) => ({ label, value: id })),
          { required: true },
        ),
      ],
      { label: t('打开', 'Open'), value: openPerson.value({ branch }) },
    ),
    pages.length > 1
      ? row(
          ...(at > 0 ? [turn(t('上一页', 'Previous'), at - 1)] : []),
          ...(at < pages.length - 1 ? [turn(t('下一页', 'Next'), at + 1)] : []),
        )
      : null,
    pages.length > 1 ? note(t(`第 ${at + 1} / ${pages.length} 页`, `Page ${at + 1} of ${pages.length}`)) : null,
  ]
}

export interface Labelled {
  id: string
  label: Text
}

const MOST_ON_PAGE = 100
const PAGE_BYTES = 16_000

/** A select has room for so many people only, hence pages. */
export function pagesOf(people: readonly PersonListed[]): (readonly Labelled[])[] {
  const pages: (readonly Labelled[])[] = []
  for (let left: readonly Labelled[] = tellingApart(people); left.length > 0; ) {
    const fit = fitting(left.slice(0, MOST_ON_PAGE), ({ label: { zh, en } }) => zh + zh + en, PAGE_BYTES, OPTION_BYTES)
    pages.push(fit)
    left = left.slice(fit.length)
  }
  return pages
}

/** Namesakes are told apart by stage and group, and by a number where those are the same too. */
export function tellingApart(people: readonly PersonListed[]): Labelled[] {
  const times = new Map<string, number>()
  for (const { name } of people) times.set(name, (times.get(name) ?? 0) + 1)
  const seen = new Map<string, number>()
  return people.map(({ id, name, stage, groupName }) => {
    if (times.get(name) === 1) return { id, label: t(literal(name), literal(name)) }
    const group = groupName ? literal(groupName) : null
    const zh = [stage && stageNames[stage].zh, group].filter(Boolean).join('，')
    const en = [stage && stageNames[stage].en, group].filter(Boolean).join(', ')
    const nth = (seen.get(`${name} ${zh}`) ?? 0) + 1
    seen.set(`${name} ${zh}`, nth)
    const number = nth > 1 ? ` ${nth}` : ''
    return { id, label: t(`${literal(name)}（${zh}）${number}`, `${literal(name)} (${en})${number}`) }
  })
}

export const people = view({
  name: 'people',
  takes: z.object({ branch: id }),
  async show(db, { branch }, now) {
    const [[found], all, gone] = await lookUp(db, [branchById(db, branch), peopleOfBranch(db, branch), takenOff(db, branch, now)])
    return found ? peopleCard(found, all, 0, gone) : null
  },
})

export const turnPeoplePress = press({
  button: turnPeople,
  rights: ['seePeople'],
  look: ({ db, now }, { branch }) =>
    [statementOf(branchById(db, branch)), statementOf(peopleOfBranch(db, branch)), statementOf(takenOff(db, branch, now))] as const,
  async answer(ctx, { page }, [[found], all, gone]) {
    const { actor } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'seePeople', found, placeOf)
    return { toast: t('这是支部的成员。', 'These are the branch’s members.'), mood: 'info', card: peopleCard(branch, all, page, gone) }
  },
})

export const showPeoplePress = press({
  button: showPeople,
  rights: ['seePeople'],
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch))] as const,
  async answer(ctx, _sent, [[found]]) {
    const { actor, db } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'seePeople', found, placeOf)
    await together(db, [reply(privately(ctx), people.args({ branch: branch.id }))])
    return { toast: t('成员一览已私聊发给你。', 'The members are in our direct chat.'), mood: 'success' }
  },
})

export const openPerson = press({
  name: 'people.open',
  rights: ['seePeople'],
  sends: z.object({ branch: id }),
  fills: z.object({ person: z.string().max(40).nullish() }),
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch))] as const,
  async answer(ctx, _sent, [[found]], filled) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'seePeople', found, placeOf)
    const [person] = await lookUp(db, [personAsItStands(db, filled.person ?? '')])
    if (!filled.person) refuse('请先选一个人。', 'Please choose a person first.')
    if (person?.branch !== branch.id) refuse('这个人已经不在名单上了。', 'This person is on the roster no longer.')
    return { toast: t(person.name, person.name), mood: 'info', card: personCard(person, actor, now) }
  },
})

/** A person's card on its own, in answer to a name. */
export const person = view({
  name: 'person',
  takes: z.object({ unit: id, person: id, viewer: id }),
  async show(db, { unit, person, viewer }, now) {
    const [found, [actor]] = await lookUp(db, [personAsItStands(db, person), memberById(db, unit, viewer)])
    return found && actor ? personCard(found, actor, now) : null
  },
})
