import { type Branch, branchById, branchesOfUnit, groupsOf } from '../../db/branches/units.ts'
import { lookUp, statementOf, together } from '../../db/client.ts'
import { MOST_OTHERS } from '../../db/gatherings/joint.ts'
import type { Understood } from '../../db/gatherings/messages.ts'
import * as messages from '../../db/gatherings/messages.ts'
import { pickedMoment } from '../../src/calendar.ts'
import { button, type Card, card, fitting, lines, note } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOf, reply } from '../../src/context.ts'
import { form, input, OPTION_BYTES, pickDateTime, select, selectSeveral } from '../../src/form.ts'
import { press } from '../../src/press.ts'
import {
  type AgendaTag,
  agendaTagNames,
  agendaTags,
  itemsIn,
  MOST_ITEM_WORDS,
  MOST_ITEMS,
  tagsOf,
} from '../../src/rules/gatherings/agenda.ts'
import { callable, gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { spokenMoment } from '../../src/spoken.ts'
import { asWritten, labelled, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { callForDuty } from './buttons.ts'
import { MOST_OFFERED, submitCall } from './call.ts'
import { creditsOfKind } from './credit-lines.ts'

type Named = { id: string; name: string }

/** The form opens when a line leaves something out or can be read two ways. It is filled in as far as the line was understood. */
export function callFormCard(branchName: string, groups: readonly Named[], asked: Understood, others: readonly Named[] = []): Card {
  const { branch, gathering, kind, group, only, startsAt, place, needsCode } = asked
  const offered = groups.filter(({ id }) => !only || only.includes(id))
  return card(
    t('召集会议', 'Call a meeting'),
    [
      lines(...asks(asked)),
      ...offersOf(asked),
      kind ? creditsOfKind(kind, itemsIn(asked.agenda ?? '').flatMap(tagsOf)) : null,
      form(
        'call',
        [
          select('kind', t('什么会', 'Which meeting'), kinds(offered.length > 0, only !== undefined), { chosen: kind, required: true }),
          ...(offered.length > 0
            ? [
                select(
                  'group',
                  t('哪个党小组（党小组会才选）', 'Which group (for a group meeting)'),
                  offered.slice(0, MOST_GROUPS).map(({ id, name }) => ({ label: t(name, name), value: id })),
                  { chosen: group },
                ),
              ]
            : []),
          pickDateTime('starts', t('什么时间', 'When'), { chosen: startsAt, required: true }),
          input('place', t('地点', 'Where'), { value: place, most: 60 }),
          agendaInput(asked.agenda),
          selectSeveral(
            'tags',
            t('议题里还有（选了就各加一项）', 'Also on the agenda (each chosen adds an item)'),
            agendaTags.map((tag) => ({ label: agendaTagNames[tag], value: tag })),
          ),
          ...(others.length > 0 && !only ? [chooseOthers(others, asked.others ?? [])] : []),
          select('code', t('签到要不要现场码', 'Room code at check-in'), codes, { chosen: needsCode ? 'yes' : undefined }),
        ],
        { label: t('召集', 'Call'), value: submitCall.value({ branch, gathering, ...seenIn(asked) }) },
      ),
      note(
        t(
          '下次可以一句话：/会议 支委会 周五 15:00 三楼会议室 议题 学习条例；工会工作',
          'Next time in one line: /meeting committee Fri 3pm room 3 agenda reading; union',
        ),
      ),
    ],
    { subtitle: asWritten(branchName) },
  )
}

/** The doubt first, then what is worth a second look; the form calls all the same. */
function asks({ why, cautions = [] }: Understood): Text[] {
  const said = cautions.map(({ says }) => labelled(t('⚠', '⚠'), says, ' '))
  const anyway = t('要改就在下面改；还是这样开就按「召集」。', 'Change it below, or press “Call” to hold it all the same.')
  if (said.length > 0) return [...(why ? [why] : []), ...said, anyway]
  return [why ?? t('请补全下面几项，再按「召集」。', 'Please fill in what is missing, then press “Call”.')]
}

const seenIn = ({ cautions = [] }: Understood) => (cautions.length > 0 ? { seen: cautions.map(({ code }) => code) } : {})

/** 3点 is asked with a button for each time that could be meant. */
function offersOf({ branch, gathering, kind, group, place, needsCode, agenda, others, offers = [] }: Understood) {
  if (!kind) return []
  return offers.map((starts, i) => {
    const said = { kind, group, starts, place, agenda, others, code: needsCode ? 'yes' : 'no' }
    const at = pickedMoment(starts)
    const label = at ? t(`${spokenMoment(at).zh} 召集`, `Call it for ${spokenMoment(at).en}`) : t(starts, starts)
    return button(label, submitCall.value({ branch, gathering, said }), { type: i === 0 ? 'primary' : 'default', wide: true })
  })
}

const agendaInput = (agenda: string | undefined) => ({
  ...input('agenda', t('议题，每行一项（可不填）', 'Agenda, one item a line (optional)'), {
    value: agenda,
    most: MOST_ITEMS * MOST_ITEM_WORDS,
  }),
  input_type: 'multiline_text',
  rows: 3,
})

/** A unit may have thousands of branches; the named ones come first. */
const OTHERS_BYTES = 5_000

function chooseOthers(others: readonly Named[], chosen: readonly string[]) {
  const first = [...others.filter(({ id }) => chosen.includes(id)), ...others.filter(({ id }) => !chosen.includes(id))]
  const offered = fitting(first.slice(0, MOST_OFFERED), ({ name }) => name, OTHERS_BYTES, OPTION_BYTES)
  const named = chosen.filter((id) => offered.some((one) => one.id === id))
  return {
    ...selectSeveral(
      'others',
      offered.length < others.length
        ? t(
            `联合哪些支部（最多 ${MOST_OTHERS} 个；没列出的说「/会议 党课 周五 15:00 联合 支部名」）`,
            `Jointly with (at most ${MOST_OTHERS}; of others say “/meeting lecture Fri 3pm jointly with NAME”)`,
          )
        : t(
            `联合哪些支部（可不选，最多 ${MOST_OTHERS} 个；党课、主题党日等）`,
            `Jointly with (optional, at most ${MOST_OTHERS}; lectures, theme days and the like)`,
          ),
      offered.map(({ id, name }) => ({ label: t(name, name), value: id })),
    ),
    ...(named.length > 0 ? { selected_values: named } : {}),
  }
}

/** A card holds 30 KB; a branch has at most fifty people. */
const MOST_GROUPS = 30

const kinds = (hasGroups: boolean, isLeaderOnly: boolean) =>
  callable
    .filter((kind) => (kind === 'group' ? hasGroups : !isLeaderOnly))
    .map((kind) => ({ label: gatheringKinds[kind].name, value: kind }))

const codes = [
  { label: t('不用现场码', 'No room code'), value: 'no' },
  { label: t('要现场码：到场的人输入 4 位数字', 'Room code: whoever is in the room enters 4 digits'), value: 'yes' },
]

export const callForm = view({
  message: messages.callForm,
  async show(db, args) {
    const [[branch], groups] = await lookUp(db, [branchById(db, args.branch), groupsOf(db, args.branch)])
    if (!branch) return null
    const [all] = await lookUp(db, [branchesOfUnit(db, branch.unit)])
    return callFormCard(branch.name, groups, args, neighboursOf(branch, all))
  },
})

/** The other branches of the unit; branches under the same committee come first. */
export const neighboursOf = (branch: Branch, all: readonly Branch[]) =>
  all
    .filter(({ id }) => id !== branch.id)
    .sort((a, b) => Number(b.committee === branch.committee) - Number(a.committee === branch.committee))

/** Opens the meeting form in the same chat, with the kind and the items chosen. */
export const callForDutyPress = press({
  button: callForDuty,
  rights: ['answerAlert'],
  look: ({ db }, sent) => [statementOf(branchById(db, sent.branch))] as const,
  async answer(ctx, sent, [[found]]) {
    const { actor, db, newId } = memberOrRefuse(ctx)
    const group = sent.group || undefined
    const branch = foundOrRefuse(actor, 'answerAlert', found, (one) => ({ ...placeOf(one), group }))
    await together(db, [
      reply(ctx, messages.callForm({ branch: branch.id, gathering: newId(), kind: sent.kind, group, agenda: itemsNamed(sent.tags ?? []) })),
    ])
    return { toast: t('表单已发在下面，填好时间就行。', 'The form is below; just fill in the time.'), mood: 'success' }
  },
})

/** The items by name, one a line, as the form takes them. */
const itemsNamed = (tags: readonly AgendaTag[]) => (tags.length > 0 ? tags.map((tag) => agendaTagNames[tag].zh).join('\n') : undefined)
