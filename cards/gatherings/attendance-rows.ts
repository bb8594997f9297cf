import type { Missing } from '../../db/gatherings/attendance.ts'
import type { GatheringAsItStands } from '../../db/gatherings/state.ts'
import { button, type Element, fitting, lines, note } from '../../src/card.ts'
import { form, OPTION_BYTES, selectSeveral } from '../../src/form.ts'
import { isOpen } from '../../src/rules/gatherings/gatherings.ts'
import { leaveReasonNames } from '../../src/rules/gatherings/leaves.ts'
import { asWritten, both, literal, type Text, t } from '../../src/text.ts'

/** A card holds 30 KB: among many absentees only the first are named, and fewer are offered to be marked. */
export const MOST_ABSENT_OFFERED = 90
export const ATTENDANCE_BYTES = { named: 4_000, onLeave: 1_000, offered: 8_000 }
/** Leaves that wait for confirmation stand in rows with a button each, and take room from the other lists. */
const MOST_LEAVES = 8
const LEAVES_BYTES = 6_500
const LEAVE_ROW_BYTES = 800
export const BYTES_BESIDE_LEAVES = { named: 1_500, onLeave: 600, offered: 6_500 }
/** An agenda, other branches or a second list take room as well. */
export const BYTES_BESIDE_MORE = { named: 1_200, onLeave: 500, offered: 2_000 }
type Room = typeof ATTENDANCE_BYTES

/** The headcount of a whole gathering, or of one of its branches. */
export type Counted = Pick<GatheringAsItStands, 'kind' | 'expected' | 'away' | 'present' | 'onLeave'>

export function headcount(it: Counted) {
  const present = { figure: String(it.present), of: t('实到', 'Present') }
  if (isOpen(it.kind)) return [present]
  return [
    { figure: String(it.expected), of: t('应到', 'Expected') },
    ...(it.away > 0 ? [{ figure: String(it.away), of: t('其中外出', 'Away') }] : []),
    present,
    ...(it.onLeave > 0 ? [{ figure: String(it.onLeave), of: t('请假', 'On leave') }] : []),
    { figure: String(it.expected - it.away - it.present - it.onLeave), of: t('未到', 'Missing') },
  ]
}

/** An open gathering has no absentees; elsewhere people on leave, and people who are away, are named apart. */
export function namesOf(it: Counted, notHere: readonly Missing[], room: Room): Element[] {
  if (isOpen(it.kind)) return []
  const away = notHere.filter(({ isAway }) => isAway)
  const onLeave = notHere.filter(({ leave, isAway }) => leave?.isConfirmed && !isAway)
  const missing = notHere.filter(({ leave, isAway }) => !leave?.isConfirmed && !isAway)
  if (it.expected === 0)
    return [
      lines(
        t(
          '名单上还没有该到会的人：用「/名单」或「/成员」把人加进来，定好职务。',
          'Nobody on the roster is expected yet: add people and seats with “/roster” or “/member”.',
        ),
      ),
    ]
  return [
    missing.length > 0
      ? lines(named(t('**未到**：', '**Missing**: '), missing, room.named))
      : onLeave.length === 0
        ? lines(t('全部到齐。', 'Everybody is here.'))
        : null,
    onLeave.length > 0 ? lines(named(t('**请假**：', '**On leave**: '), onLeave, room.onLeave)) : null,
    away.length > 0 ? lines(named(t('**外出**：', '**Away**: '), away, room.onLeave)) : null,
  ].filter((element) => element !== null)
}

/** A card has one main button: on the host's own it is another. */
type Weight = 'primary' | 'default'

export function leaveRows(asking: readonly Missing[], confirm: (member: string) => object, weight: Weight = 'primary'): (Element | null)[] {
  const shown = fitting(asking.slice(0, MOST_LEAVES), ({ name }) => literal(name).repeat(3), LEAVES_BYTES, LEAVE_ROW_BYTES)
  const rest = asking.length - shown.length
  return [
    ...shown.flatMap((one) => leaveRow(one, confirm(one.id), weight)),
    rest > 0 ? note(t(`另有 ${rest} 人请假，确认后依次显示。`, `${rest} more ask for leave; they follow as these are confirmed.`)) : null,
  ]
}

function leaveRow({ name, leave }: Missing, confirm: object, type: Weight): Element[] {
  const reason = leaveReasonNames[leave?.reason ?? 'other']
  return [
    lines(t(`**${literal(name)}** 请假：${reason.zh}`, `**${literal(name)}** asks for leave: ${reason.en}`)),
    button(t('确认请假', 'Confirm leave'), confirm, { type }),
  ]
}

function named(title: Text, people: readonly Missing[], most: number): Text {
  const shown = fitting(people, ({ name }) => literal(name), most, 0)
  const rest = people.length - shown.length
  return both((l) => {
    const names = shown.map(({ name }) => literal(name)).join(l === 'zh' ? '、' : ', ')
    const more = t(`，另有 ${rest} 人`, ` and ${rest} more`)[l]
    return `${title[l]}${names}${rest > 0 ? more : ''}`
  })
}

export const markForm = (missing: readonly Missing[], most: number, mark: object, weight: Weight = 'primary') =>
  form(
    'mark',
    [
      selectSeveral(
        'people',
        t('选出已到会但没有手机的人', 'Who is here without a phone'),
        fitting(missing.slice(0, MOST_ABSENT_OFFERED), ({ name }) => name, most, OPTION_BYTES).map(({ id, name }) => ({
          label: t(name, name),
          value: id,
        })),
      ),
    ],
    { label: t('标记到会', 'Mark present'), value: mark, type: weight === 'primary' ? 'primary_filled' : 'default' },
  )

const BRANCHES_BYTES = 1_500

const answers = {
  declined: t('不参加', 'declined'),
  withdrawn: t('已退出', 'withdrew'),
  asked: t('已邀请，等答复', 'asked, no answer yet'),
}

/** How many came of each branch, and what the others that were asked have said. */
export function byBranch(it: GatheringAsItStands): readonly Text[] {
  const here = it.branches.map(({ name, present, expected }) => {
    const said = isOpen(it.kind)
      ? t(`${present} 人`, `${present}`)
      : t(`${present}/${expected} 人到会`, `${present} of ${expected} present`)
    return both((l) => `· ${asWritten(name)[l]} ${said[l]}`)
  })
  const asked = it.asked.map(({ name, answer }) => both((l) => `· ${asWritten(name)[l]} ${answers[answer ?? 'asked'][l]}`))
  return fitting([...here, ...asked], ({ zh, en }) => `${zh}${zh}${en}`, BRANCHES_BYTES, 10)
}
