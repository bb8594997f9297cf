import type { Understood } from '../../../db/gatherings/messages.ts'
import { fitting } from '../../card.ts'
import { input, OPTION_BYTES, selectSeveral } from '../../form.ts'
import { MOST_ITEM_WORDS, MOST_ITEMS } from '../../rules/gatherings/agenda.ts'
import { callable, gatheringKinds } from '../../rules/gatherings/gatherings.ts'
import { type Text, t } from '../../text.ts'
import { cautionLines } from './caution.ts'

type Named = { id: string; name: string }

/** The doubt first, then what is worth a second look; the form calls all the same. */
export function asks({ why, cautions = [] }: Understood): Text[] {
  const said = cautionLines(cautions)
  const anyway = t('要改就在下面改；还是这样开就按「召集」。', 'Change it below, or press “Call” to hold it all the same.')
  if (said.length > 0) return [...(why ? [why] : []), ...said, anyway]
  return [why ?? t('请补全下面几项，再按「召集」。', 'Please fill in what is missing, then press “Call”.')]
}

export const agendaInput = (agenda: string | undefined) => ({
  ...input('agenda', t('议题，每行一项（可不填）', 'Agenda, one item a line (optional)'), {
    value: agenda,
    most: MOST_ITEMS * MOST_ITEM_WORDS,
  }),
  input_type: 'multiline_text',
  rows: 3,
})

/** The other branches that a form offers. */
export const MOST_OFFERED = 30
/** A unit may have thousands of branches; the named ones come first. */
const OTHERS_BYTES = 5_000

export function chooseOthers(others: readonly Named[], chosen: readonly string[], most: number) {
  const first = [...others.filter(({ id }) => chosen.includes(id)), ...others.filter(({ id }) => !chosen.includes(id))]
  const offered = fitting(first.slice(0, MOST_OFFERED), ({ name }) => name, OTHERS_BYTES, OPTION_BYTES)
  const named = chosen.filter((id) => offered.some((one) => one.id === id))
  return {
    ...selectSeveral(
      'others',
      offered.length < others.length
        ? t(
            `联合哪些支部（最多 ${most} 个；没列出的说「/会议 党课 周五 15:00 联合 支部名」）`,
            `Jointly with (at most ${most}; of others say “/meeting lecture Fri 3pm jointly with NAME”)`,
          )
        : t(
            `联合哪些支部（可不选，最多 ${most} 个；党课、主题党日等）`,
            `Jointly with (optional, at most ${most}; lectures, theme days and the like)`,
          ),
      offered.map(({ id, name }) => ({ label: t(name, name), value: id })),
    ),
    ...(named.length > 0 ? { selected_values: named } : {}),
  }
}

/** A card holds 30 KB; a branch has at most fifty people. */
export const MOST_GROUPS = 30

export const kinds = (hasGroups: boolean, isLeaderOnly: boolean) =>
  callable
    .filter((kind) => (kind === 'group' ? hasGroups : !isLeaderOnly))
    .map((kind) => ({ label: gatheringKinds[kind].name, value: kind }))

export const codes = [
  { label: t('不用现场码', 'No room code'), value: 'no' },
  { label: t('要现场码：到场的人输入 4 位数字', 'Room code: whoever is in the room enters 4 digits'), value: 'yes' },
]
