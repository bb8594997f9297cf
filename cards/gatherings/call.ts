import * as z from 'zod'
import { type Branch, branchById, branchesOfUnit, groupsOf } from '../../db/branches/units.ts'
import { lookUp, statementOf } from '../../db/client.ts'
import { callGathering } from '../../db/gatherings/call.ts'
import { MOST_OTHERS } from '../../db/gatherings/joint.ts'
import type { Understood } from '../../db/gatherings/messages.ts'
import * as messages from '../../db/gatherings/messages.ts'
import { asPicked, pickedMoment } from '../../src/calendar.ts'
import { button, type Card, card, lines, note, sentence } from '../../src/card.ts'
import { foundOrRefuse, type KnownContext, memberOrRefuse, placeOf } from '../../src/context.ts'
import { form, input, pickDateTime, select, selectSeveral } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { type AgendaTag, agendaTagNames, agendaTags, itemsIn, tagsOf } from '../../src/rules/gatherings/agenda.ts'
import { callable, gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { spokenMoment, spokenYear } from '../../src/spoken.ts'
import { asWritten, nameFrom, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { agendaInput, asks, chooseOthers, codes, kinds, MOST_GROUPS, MOST_OFFERED } from '../../src/words/gatherings/call-fields.ts'
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
          ...(others.length > 0 && !only ? [chooseOthers(others, asked.others ?? [], MOST_OTHERS)] : []),
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

const filledIn = z.object({
  kind: z.string().nullish(),
  group: z.string().nullish(),
  starts: z.string().nullish(),
  place: z.string().nullish(),
  code: z.string().nullish(),
  agenda: z.string().max(2_000).nullish(),
  tags: z.array(z.string()).max(50).nullish(),
  others: z.array(z.string()).max(MOST_OFFERED).nullish(),
})

export const submitCall = press({
  name: 'call.submit',
  rights: ['callGathering'],
  sends: z.object({ branch: id, gathering: id, seen: z.array(z.string().max(100)).max(20).optional(), said: filledIn.optional() }),
  fills: filledIn,
  look: ({ db }, sent) => [statementOf(branchById(db, sent.branch)), statementOf(groupsOf(db, sent.branch))] as const,
  async answer(ctx, sent, [[found], groups], form) {
    const filled = sent.said ?? form
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
    const [all] = await lookUp(db, [branchesOfUnit(db, actor.unit)])
    const others = filled.others?.length ? all : []
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
    const joint = call.others.map(({ branch }) => branch.id)
    const { cautionsAbout } = await import('../../src/words/gatherings/cautions.ts')
    const cautions = startsAt > now ? await cautionsAbout(db, call, now) : []
    const [unseen] = cautions.filter(({ code }) => !sent.seen?.includes(code))
    if (unseen) {
      const agenda = call.agenda.map(({ words }) => words).join('\n')
      const only = may(actor, 'callGathering', placeOf(branch)) || !group ? undefined : [group]
      const again = {
        kind,
        group: group ?? undefined,
        only,
        startsAt: asPicked(startsAt),
        place,
        needsCode: roomSecret !== null,
        agenda,
        cautions,
      }
      const asked = { branch: branch.id, gathering: sent.gathering, ...again, others: joint }
      return { toast: unseen.says, mood: 'warning', card: callFormCard(branch.name, groups, asked, neighboursOf(branch, all)) }
    }
    const { postedTo } = await callGathering(db, call, actor, now)
    const said = calledSaid(gatheringKinds[kind].name, startsAt, postedTo, now)
    return { toast: said, mood: 'success', card: sentence(said) }
  },
})

const chosenGroup = (groups: readonly { id: string }[], chosen: string | null | undefined): string | null =>
  groups.find(({ id }) => id === chosen)?.id ?? (groups.length === 1 ? groups[0]?.id : undefined) ?? null

/** The year is said where it is neither this one nor the next. */
export function calledSaid(kind: Text, startsAt: Date, postedTo: number, now: Date): Text {
  const at = spokenMoment(startsAt)
  const year = spokenYear(startsAt, now)
  return postedTo > 0
    ? t(
        `已召集：${kind.zh}，${year.zh}${at.zh}。签到卡片已发到群里。`,
        `Called: ${kind.en}, ${at.en}${year.en}. The check-in card is in the group.`,
      )
    : t(
        `已召集：${kind.zh}，${year.zh}${at.zh}。支部还没有绑定群，请在群里说「/绑定」。`,
        `Called: ${kind.en}, ${at.en}${year.en}. No chat is bound to the branch yet; say “/bind” in the group.`,
      )
}
