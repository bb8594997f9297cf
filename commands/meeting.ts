import { askedToJoin, asPicked, called, callForm, type Understood } from '../cards/call.ts'
import { say } from '../cards/say.ts'
import { lookUp, statementOf } from '../db/client.ts'
import { callGathering } from '../db/conduct.ts'
import { type Branch, branchesOfUnit } from '../db/units.ts'
import { command } from '../src/command.ts'
import { type KnownContext, known, mayOrRefuse, placeOf, reply } from '../src/context.ts'
import { type Groups, groupMeant, groupsHere } from '../src/led-groups.ts'
import { refuse } from '../src/refusal.ts'
import { agendaSaid, tagsOf } from '../src/rules/agenda.ts'
import { type GatheringKind, gatheringKinds, kindOf } from '../src/rules/gatherings.ts'
import { branchesNamed } from '../src/rules/named-branches.ts'
import { groupNamed } from '../src/rules/named-group.ts'
import { readWhen, type When } from '../src/rules/when.ts'
import { clipped, type Text, t } from '../src/text.ts'
import { branchHere } from '../src/whereabouts.ts'

export const meeting = command({
  name: 'meeting',
  zh: '会议',
  also: ['开会', '召集', 'meet', 'call'],
  summary: t('一句话召集会议，群里出签到卡片', 'Call a meeting in one line; the check-in card goes to the group'),
  usage: t('/会议 支委会 周五 15:00 三楼会议室', '/meeting committee Fri 3pm room 3'),
  rights: ['callGathering'],
  async answer(ctx, rest) {
    const here = known(ctx)
    const branch = await branchHere(here)
    const whose = await groupsHere(here, branch, 'callGathering')
    const said = agendaSaid(named(rest, here))
    const joint = branchesNamed(said.before, await othersOf(here, branch))
    const understood = understand(joint.rest, branch, whose, here, { ...joint, items: said.items })
    if (!isComplete(understood)) return callForm.args(understood)
    return call(here, branch, understood)
  },
})

interface Complete {
  kind: GatheringKind
  group: string | null
  at: Date
  place: string
  needsCode: boolean
  others: readonly Branch[]
  items: readonly string[]
}

/** What was taken out of the line before the kind, the time and the place are read. */
interface Besides {
  branches: readonly Branch[]
  isUnclear: boolean
  items: readonly string[]
}

const named = (words: string, { mentions }: KnownContext) =>
  words.replace(/@_user_\d+/g, (key) => `@${mentions.find((one) => one.key === key)?.name ?? ''}`)

const othersOf = async ({ db, actor }: KnownContext, branch: Branch) =>
  (await lookUp(db, [branchesOfUnit(db, actor.unit)]))[0].filter(({ id }) => id !== branch.id)

async function call(here: KnownContext, branch: Branch, { kind, group, at, place, needsCode, others, items }: Complete) {
  const { db, actor, now, chat } = here
  const inOwnGroup = chat.isGroup && chat.bound?.branch === branch.id
  const answer = (postedTo: number) =>
    inOwnGroup ? [] : [statementOf(reply(here, say.args(called(gatheringKinds[kind].name, at, postedTo))))]
  const roomSecret = needsCode ? `${here.newId()}${here.newId()}` : null
  const agenda = items.map((words) => ({ words, tags: tagsOf(words) }))
  const joint = askedToJoin(here, others)
  const gathering = { id: here.newId(), branch: branch.id, group, kind, place, startsAt: at, roomSecret, others: joint, agenda }
  await callGathering(db, gathering, actor, now, answer)
  return undefined
}

const isComplete = (understood: Understood | Complete): understood is Complete => 'at' in understood

/** Group and kind first, then the time; what is left is the place. Anything missing or in doubt goes to the form, never to a guess. */
function understand(line: string, branch: Branch, whose: Groups, here: KnownContext, besides: Besides): Understood | Complete {
  const withoutCode = line.replace(ROOM_CODE, ' ')
  const named = groupNamed(withoutCode, whose.groups)
  const spoken = kindOf(named?.rest ?? withoutCode)
  const when = readWhen(spoken ? spoken.rest : withoutCode, here.now)
  const kind = spoken?.kind ?? (whose.isLeaderOnly ? 'group' : undefined)
  if (whose.isLeaderOnly && kind !== 'group') mayOrRefuse(here.actor, 'callGathering', placeOf(branch))
  if (kind === 'group' && whose.groups.length === 0)
    refuse('本支部还没有设党小组，可以召集支部党员大会。', 'This branch has no groups yet; a general meeting can be called.')
  const group = kind === 'group' ? (named?.group.id ?? groupMeant(whose, here)) : undefined
  const place = clipped(when.rest, 60)
  const needsCode = withoutCode !== line
  const isWhole = spoken !== null && (kind !== 'group' || group !== undefined)
  const { branches: others, items, isUnclear } = besides
  if (isWhole && when.found === 'moment' && !isUnclear)
    return { kind: spoken.kind, group: group ?? null, at: when.at, place, needsCode, others, items }
  const startsAt = when.found === 'moment' ? asPicked(when.at) : halfSaid(when)
  const only = whose.isLeaderOnly ? whose.groups.map(({ id }) => id) : undefined
  const why = kind === 'group' && !group && when.found === 'moment' ? whichGroup : isUnclear && isWhole ? whichBranches : doubt(kind, when)
  const more = { others: others.map(({ id }) => id), agenda: items.length > 0 ? items.join('\n') : undefined }
  return { branch: branch.id, gathering: here.newId(), kind, group, only, startsAt, place, needsCode, why, ...more }
}

const ROOM_CODE = /[,，、;；]?\s*(?:(?:需要|要|用|带|with\s+(?:a\s+)?)?\s*(?:现场码|签到码|(?<![a-z])room\s*code(?![a-z])))\s*/iu

/** The chat's own group, the one that the person leads, or the only one. */
const whichBranches = t('没认出要联合的支部，请在下面选。', 'The other branch was not recognised; please choose it below.')
const whichGroup = t('请选择哪个党小组。', 'Please choose which group.')

/** A day without a time, or a time without a day, still fills what a picker can show: the day at nine. */
const halfSaid = (when: When) =>
  'day' in when && when.day ? `${when.day} ${'time' in when && when.time ? when.time : '09:00'}` : undefined

function doubt(kind: Complete['kind'] | undefined, when: When): Text {
  if (when.found === 'unclear') return when.why
  if (when.found === 'day')
    return t('还差具体时间，请在下面选好再按「召集」。', 'The time of day is missing; please choose it below and press “Call”.')
  if (when.found === 'time')
    return t('还差日期，请在下面选好再按「召集」。', 'The day is missing; please choose it below and press “Call”.')
  if (when.found === 'nothing')
    return kind
      ? t('还差日期和时间。', 'The day and time are missing.')
      : t('请选择开什么会、什么时间。', 'Please choose which meeting, and when.')
  return t('请选择开什么会。', 'Please choose which meeting.')
}
