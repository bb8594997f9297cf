import type { Actor } from '../../db/branches/members.ts'
import type { Db } from '../../db/client.ts'
import { type GroupAsItStands, groupAsItStands, type InGroup } from '../../db/roster/groups.ts'
import { button, type Card, card, type Element, fitting, lines, row } from '../../src/card.ts'
import { type Context, foundOrRefuse, type KnownContext, memberOrRefuse, placeOf } from '../../src/context.ts'
import { OPTION_BYTES } from '../../src/form.ts'
import type { PressAnswer } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { may, type Right } from '../../src/rules/branches/rights.ts'
import { asWritten, literal, nameFrom, type Text, t } from '../../src/text.ts'
import { groupParts, openGroup, showGroups } from './buttons.ts'

/** One group, with at most one part unfolded to be changed. */
export function groupCard(it: GroupAsItStands, viewer: Actor, opened?: { part: GroupPart; show: ShowGroupPart }): Card {
  const own = it.endedOn ? [] : groupParts.filter((one) => may(viewer, rightFor(one), placeOfGroup(it)))
  const isOpen = opened !== undefined && own.includes(opened.part)
  return card(
    asWritten(it.name),
    [
      lines(...factLines(it)),
      ...(isOpen ? opened.show(it) : own.length > 0 ? [row(...own.map((one) => partButton(it, one)))] : []),
      button(
        isOpen ? t('收起', 'Back') : t('返回党小组', 'Back to the groups'),
        isOpen ? openGroup.value({ group: it.id }) : showGroups.value({ branch: it.branch }),
        { type: 'text' },
      ),
    ],
    { subtitle: asWritten(it.branchName), colour: it.endedOn ? 'grey' : 'blue' },
  )
}

export type GroupPart = (typeof groupParts)[number]

const partNames: Record<GroupPart, Text> = {
  name: t('改名', 'Rename'),
  leader: t('组长', 'Leader'),
  in: t('调入', 'Move in'),
  out: t('调出', 'Move out'),
  end: t('解散', 'Dissolve'),
}

const rightFor = (part: GroupPart): Right => (part === 'leader' ? 'grantSeat' : 'manageGroups')

const partButton = ({ id }: GroupAsItStands, part: GroupPart) => button(partNames[part], openGroup.value({ group: id, part }))

const MOST_NAMED = 60
const NAMED_BYTES = 8_000

function factLines({ people, others, endedOn }: GroupAsItStands): Text[] {
  if (endedOn) return [t('这个党小组已解散。', 'This group is dissolved.')]
  const leader = [...people, ...others].find(({ leads }) => leads)
  const named = fitting(
    people.slice(0, MOST_NAMED).map(({ name }) => literal(name)),
    (name) => name.repeat(3),
    NAMED_BYTES,
    6,
  )
  const more = people.length > named.length ? ' …' : ''
  return [
    leader ? t(`**组长** ${literal(leader.name)}`, `**Leader** ${literal(leader.name)}`) : t('**组长** 还没有', '**Leader** none yet'),
    people.length > 0
      ? t(`**${people.length} 人** ${named.join('、')}${more}`, `**${peopleSaid(people.length)}** ${named.join(', ')}${more}`)
      : t('**0 人**', '**Nobody in it**'),
  ]
}

export const peopleSaid = (count: number) => (count === 1 ? '1 person' : `${count} people`)

export const peopleOffered = (people: readonly InGroup[]) => {
  const options = people.slice(0, MOST_PEOPLE_OFFERED).map(({ id, name, groupName }) => ({
    value: id,
    label: asWritten(groupName ? `${name}（${groupName}）` : name),
  }))
  return fitting(options, ({ label }) => label.zh, OFFERED_BYTES, OPTION_BYTES)
}

export const MOST_PEOPLE_OFFERED = 100
const OFFERED_BYTES = 16_000

const placeOfGroup = ({ branch, unit, lineage }: GroupAsItStands) => placeOf({ id: branch, unit, lineage })

export const lookAtGroup = (db: Db, group: string) => [groupAsItStands(db, group)] as const

/** The group that a press names; refuses an actor without the right. */
export function groupFor(ctx: Context, right: Right, found: GroupAsItStands | undefined) {
  const here = memberOrRefuse(ctx)
  return { here, it: foundOrRefuse(here.actor, right, found, placeOfGroup) }
}

export const groupAnswer = (
  { actor }: KnownContext,
  toast: Text,
  it: GroupAsItStands,
  mood: PressAnswer['mood'] = 'success',
): PressAnswer => ({ toast, mood, card: groupCard(it, actor) })

export const groupIsOver = (here: KnownContext, it: GroupAsItStands) =>
  groupAnswer(here, t('这个党小组已解散，没有改动。', 'This group is dissolved; nothing has changed.'), it, 'info')

/** The elements of one part, unfolded. */
export type ShowGroupPart = (it: GroupAsItStands) => Element[]

export const LONGEST_GROUP_NAME = 30

export function groupNameIn(written: string | null | undefined): string {
  const name = nameFrom(written ?? '', LONGEST_GROUP_NAME)
  if (name === '') refuse('请填写党小组的名称。', 'Please give the group a name.')
  return name
}
