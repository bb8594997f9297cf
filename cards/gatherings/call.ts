import * as z from 'zod'
import { type Branch, branchById, branchesOfUnit, groupsOf } from '../../db/branches/units.ts'
import { lookUp, statementOf } from '../../db/client.ts'
import { callGathering } from '../../db/gatherings/call.ts'
import { MOST_OTHERS } from '../../db/gatherings/joint.ts'
import type { Understood } from '../../db/gatherings/messages.ts'
import * as messages from '../../db/gatherings/messages.ts'
import { pickedMoment } from '../../src/calendar.ts'
import { type Card, card, fitting, lines, note, sentence } from '../../src/card.ts'
import { foundOrRefuse, type KnownContext, memberOrRefuse, placeOf } from '../../src/context.ts'
import { form, input, OPTION_BYTES, pickDateTime, select, selectSeveral } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { may } from '../../src/rules/branches/rights.ts'
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
import { asWritten, both, nameFrom, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { creditsOfKind } from './credit-lines.ts'

type Named = { id: string; name: string }

/** The form opens when a line leaves something out or can be read two ways. It is filled in as far as the line was understood. */
export function callFormCard(branchName: string, groups: readonly Named[], asked: Understood, others: readonly Named[] = []): Card {
  const { branch, gathering, kind, group, only, startsAt, place, needsCode, why } = asked
  const offered = groups.filter(({ id }) => !only || only.includes(id))
  return card(
    t('召集会议', 'Call a meeting'),
    [
      why ? lines(why) : lines(t('请补全下面几项，再按「召集」。', 'Please fill in what is missing, then press “Call”.')),
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
        { label: t('召集', 'Call'), value: submitCall.value({ branch, gathering }) },
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
const MOST_OFFERED = 30

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
const neighboursOf = (branch: Branch, all: readonly Branch[]) =>
  all
    .filter(({ id }) => id !== branch.id)
    .sort((a, b) => Number(b.committee === branch.committee) - Number(a.committee === branch.committee))

/** A branch joins at once where the caller may answer for it too. */
export const askedToJoin = ({ actor }: KnownContext, others: readonly Branch[]) =>
  others.map((branch) => ({ branch, joinsAtOnce: may(actor, 'joinGathering', placeOf(branch)) }))

/** The written items, and one more item for each chosen subject that no written item covers. */
function agendaOf(written: string, chosen: readonly AgendaTag[]) {
  const items = itemsIn(written).map((words) => ({ words, tags: tagsOf(words) }))
  const more = chosen.filter((tag) => !items.some(({ tags }) => tags.includes(tag)))
  return [...items, ...more.map((tag) => ({ words: agendaTagNames[tag].zh, tags: [tag] }))]
}

export const submitCall = press({
  name: 'call.submit',
  rights: ['callGathering'],
  sends: z.object({ branch: id, gathering: id }),
  fills: z.object({
    kind: z.string().nullish(),
    group: z.string().nullish(),
    starts: z.string().nullish(),
    place: z.string().nullish(),
    code: z.string().nullish(),
    agenda: z.string().max(2_000).nullish(),
    tags: z.array(z.string()).max(50).nullish(),
    others: z.array(z.string()).max(MOST_OFFERED).nullish(),
  }),
  look: ({ db }, sent) => [statementOf(branchById(db, sent.branch)), statementOf(groupsOf(db, sent.branch))] as const,
  async answer(ctx, sent, [[found], groups], filled) {
    const here = memberOrRefuse(ctx)
    const { actor, db, now, newId } = here
    const kind = callable.find((one) => one === filled.kind)
    const group = kind === 'group' ? chosenGroup(groups, filled.group) : null
    const branch = foundOrRefuse(actor, 'callGathering', found, (branch) => ({ ...placeOf(branch), group: group ?? undefined }))
    if (!kind) refuse('请选择开什么会。', 'Please choose which meeting.')
    if (kind === 'group' && !group) refuse('请选择哪个党小组。', 'Please choose which group.')
    const startsAt = pickedMoment(filled.starts)
    if (!startsAt) refuse('请选择日期和时间。', 'Please choose a date and a time.')

    const place = nameFrom(filled.place ?? '', 60)
    const roomSecret = filled.code === 'yes' ? `${newId()}${newId()}` : null
    const others = filled.others?.length ? (await lookUp(db, [branchesOfUnit(db, actor.unit)]))[0] : []
    const call = {
      id: sent.gathering,
      branch: branch.id,
      group,
      kind,
      place,
      startsAt,
      roomSecret,
      others: askedToJoin(
        here,
        others.filter(({ id }) => id !== branch.id && filled.others?.includes(id)),
      ),
      agenda: agendaOf(
        filled.agenda ?? '',
        agendaTags.filter((tag) => filled.tags?.includes(tag)),
      ),
    }
    const { postedTo } = await callGathering(db, call, actor, now)
    const said = calledSaid(gatheringKinds[kind].name, startsAt, postedTo)
    return { toast: said, mood: 'success', card: sentence(said) }
  },
})

const chosenGroup = (groups: readonly { id: string }[], chosen: string | null | undefined): string | null =>
  groups.find(({ id }) => id === chosen)?.id ?? (groups.length === 1 ? groups[0]?.id : undefined) ?? null

export const calledSaid = (kind: Text, startsAt: Date, postedTo: number): Text =>
  both((l) =>
    l === 'zh'
      ? `已召集：${kind.zh}，${spokenMoment(startsAt).zh}。${postedTo > 0 ? '签到卡片已发到群里。' : '支部还没有绑定群，请在群里说「/绑定」。'}`
      : `Called: ${kind.en}, ${spokenMoment(startsAt).en}. ${postedTo > 0 ? 'The check-in card is in the group.' : 'No chat is bound to the branch yet; say “/bind” in the group.'}`,
  )
