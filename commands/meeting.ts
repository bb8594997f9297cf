import { askedToJoin, calledSaid, callForm } from '../cards/gatherings/call.ts'
import { callOff } from '../cards/gatherings/corrections.ts'
import { host } from '../cards/gatherings/host.ts'
import { ownBranchOf } from '../cards/gatherings/own-branch.ts'
import { cautionsOfMove, changesSaid, rescheduleOf } from '../cards/gatherings/reschedule.ts'
import { inDirectChat, say } from '../cards/home/say.ts'
import { type Branch, branchesOfUnit } from '../db/branches/units.ts'
import { lookUp, statementOf } from '../db/client.ts'
import { callGathering } from '../db/gatherings/call.ts'
import type { Understood } from '../db/gatherings/messages.ts'
import { reschedule } from '../db/gatherings/reschedule.ts'
import { type GatheringAsItStands, openGatherings } from '../db/gatherings/state.ts'
import { asPicked, day, time } from '../src/calendar.ts'
import { type Groups, groupMeant, groupsHere } from '../src/chats/led-groups.ts'
import { branchHere } from '../src/chats/whereabouts.ts'
import { type Answer, command } from '../src/command.ts'
import { type Context, type KnownContext, mayOrRefuse, memberOrRefuse, placeOf, placeOfGathering, reply } from '../src/context.ts'
import { refuse } from '../src/refusal.ts'
import { may } from '../src/rules/branches/rights.ts'
import { tagsOf } from '../src/rules/gatherings/agenda.ts'
import { type GatheringKind, gatheringKinds } from '../src/rules/gatherings/gatherings.ts'
import { meetingSaid } from '../src/rules/gatherings/meeting-said.ts'
import type { When } from '../src/rules/time/when.ts'
import { spokenMoment } from '../src/spoken.ts'
import { labelled, listed, type Text, t } from '../src/text.ts'

export const meeting = command({
  name: 'meeting',
  zh: '会议',
  part: 'branch',
  also: ['开会', '召集', 'meet', 'call'],
  summary: t('一句话召集会议，群里出签到卡片', 'Call a meeting in one line; the check-in card goes to the group'),
  usage: t('/会议 支委会 周五 15:00 三楼会议室', '/meeting committee Fri 3pm room 3'),
  rights: ['callGathering', 'markPresent', 'cancelGathering'],
  keepsLines: true,
  answer: (ctx, rest) => carryOut(ctx, rest, false),
  ask: (ctx, rest) => carryOut(ctx, rest, true),
})

/** Hosts, changes or calls, as the words behind the command say. A plain sentence only fills the form, and does nothing by itself. */
async function carryOut(ctx: Context, rest: string, isSentence: boolean): Promise<Answer> {
  const here = memberOrRefuse(ctx)
  const branch = await branchHere(here)
  const hosted = HOST.exec(rest)
  if (hosted) return hostsCard(here, branch, hosted.groups?.which ?? '')
  if (CHANGE.test(rest)) return change(here, branch, rest.replace(CHANGE, ''), isSentence)
  const calledOff = CALL_OFF.exec(rest)
  if (calledOff) return callOffForm(here, branch, calledOff.groups?.which ?? '')
  const understood = await read(here, branch, rest)
  if (!isComplete(understood)) return callForm.args(understood)
  const cautions = await cautionsOf(here, branch, understood)
  if (!isSentence && cautions.length === 0) return call(here, branch, understood)
  return callForm.args({ ...asFilled(understood, branch, here), cautions, why: cautions.length > 0 ? undefined : complete })
}

async function read(here: KnownContext, branch: Branch, line: string) {
  const whose = await groupsHere(here, branch, 'callGathering')
  const { partsSaid } = await import('../src/rules/gatherings/call-said.ts')
  const parts = partsSaid(named(line, here), await othersOf(here, branch))
  return understand(parts.rest, branch, whose, here, parts)
}

const complete = t('看一下对不对，再按「召集」。', 'Please check it, then press “Call”.')

async function cautionsOf({ db, newId, now }: KnownContext, branch: Branch, { kind, group, place, at }: Complete) {
  const { cautionsAbout } = await import('../src/words/gatherings/cautions.ts')
  return cautionsAbout(db, { id: newId(), branch: branch.id, group, kind, place, startsAt: at }, now)
}

function asFilled({ kind, group, at, place, needsCode, others, items }: Complete, branch: Branch, here: KnownContext): Understood {
  const more = { others: others.map(({ id }) => id), agenda: items.length > 0 ? items.join('\n') : undefined }
  return { branch: branch.id, gathering: here.newId(), kind, group: group ?? undefined, startsAt: asPicked(at), place, needsCode, ...more }
}

interface Complete {
  kind: GatheringKind
  group: string | null
  at: Date
  place: string
  needsCode: boolean
  others: readonly Branch[]
  items: readonly string[]
}

/** The parts taken out of the line before kind, time and place are read. */
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
    inOwnGroup ? [] : [statementOf(reply(here, say.args(calledSaid(gatheringKinds[kind].name, at, postedTo, now))))]
  const roomSecret = needsCode ? `${here.newId()}${here.newId()}` : null
  const agenda = items.map((words) => ({ words, tags: tagsOf(words) }))
  const joint = askedToJoin(here, others)
  const gathering = { id: here.newId(), branch: branch.id, group, kind, place, startsAt: at, roomSecret, others: joint, agenda }
  await callGathering(db, gathering, actor, now, answer)
  return undefined
}

const isComplete = (understood: Understood | Complete): understood is Complete => 'at' in understood

/** Missing or doubtful parts go to the form, never to a guess. */
async function understand(
  line: string,
  branch: Branch,
  whose: Groups,
  here: KnownContext,
  besides: Besides,
): Promise<Understood | Complete> {
  const { callSaid } = await import('../src/rules/gatherings/call-said.ts')
  const said = callSaid(line, whose.groups, here.now)
  const kind = said.kind ?? (whose.isLeaderOnly ? 'group' : undefined)
  if (whose.isLeaderOnly && kind !== 'group') mayOrRefuse(here.actor, 'callGathering', placeOf(branch))
  if (kind === 'group' && whose.groups.length === 0)
    refuse('本支部还没有设党小组，可以召集支部党员大会。', 'This branch has no groups yet; a general meeting can be called.')
  const group = kind === 'group' ? (said.group?.id ?? groupMeant(whose, here)) : undefined
  const { at, place, needsCode, startsAt, offers } = said
  const { branches: others, isUnclear } = besides
  const items = said.topic ? [...besides.items, said.topic] : besides.items
  const isWhole = said.kind !== undefined && (kind !== 'group' || group !== undefined)
  if (said.kind && isWhole && at && !isUnclear) return { kind: said.kind, group: group ?? null, at, place, needsCode, others, items }
  const only = whose.isLeaderOnly ? whose.groups.map(({ id }) => id) : undefined
  const why = kind === 'group' && !group && at ? whichGroup : isUnclear && isWhole ? whichBranches : said.whyNot(kind)
  const more = { others: others.map(({ id }) => id), agenda: items.length > 0 ? items.join('\n') : undefined }
  const offered = isWhole && !isUnclear && offers.length > 0 ? { offers } : {}
  return { branch: branch.id, gathering: here.newId(), kind, group, only, startsAt, place, needsCode, why, ...more, ...offered }
}

const whichBranches = t('没认出要联合的支部，请在下面选。', 'The other branch was not recognised; please choose it below.')
const whichGroup = t('请选择哪个党小组。', 'Please choose which group.')

const HOST = /^\s*(?:主持(?:卡片)?|host(?:\s+card)?)(?:\s+(?<which>.+))?\s*$/iu

/** Shows the host's card of the meeting under way or next, or one's branch's part of a joint one. It names people: never into a group. */
async function hostsCard(here: KnownContext, branch: Branch, which: string) {
  const { db, actor, now, chat } = here
  const open = await openGatherings(db, branch.id, new Date(now.getTime() - HOURS_BACK))
  const isMeant = await meetingSaid(which, now)
  const replied = open.filter(({ id }) => id === here.about)
  const cards = (replied.length > 0 ? replied : open.filter(isMeant)).flatMap((it) => {
    if (may(actor, 'markPresent', placeOfGathering(it))) return [host.args({ subject: it.id, viewer: actor.id })]
    return may(actor, 'markPresent', placeOf(branch)) ? [ownBranchOf(it.id, branch.id, actor.id)] : []
  })
  const [shown] = cards
  if (!shown && which !== '') refuse('没有由你主持的这次会。', 'You host no such meeting.')
  if (!shown) refuse('本支部眼下没有由你主持的会。', 'There is no meeting of this branch for you to host now.')
  return chat.isGroup ? inDirectChat(here, shown) : shown
}

/** A meeting that is just over waits for the clock to close it. */
const HOURS_BACK = 2 * 3_600_000

const CHANGE = /^\s*(?:改期|改时间|改地点|reschedule|move)(?![a-z])\s*(?:到|为|至|to(?![a-z]))?\s*/iu

/** 周五的会 改到 周一: the words before the verb say which meeting. */
const WHICH_TO = /^(?<which>.+?)\s*(?:改到|改至|改为|改成|挪到|推迟到|提前到)\s*(?<to>.+)$/u

/** A complete time changes the meeting at once. A partial, doubtful or unwise one goes to the form. */
async function change(here: KnownContext, branch: Branch, line: string, isSentence: boolean) {
  const { db, actor, now } = here
  const { changeSaid } = await import('../src/rules/gatherings/call-said.ts')
  const { which = '', to: toSaid = line } = WHICH_TO.exec(line)?.groups ?? {}
  const { kind, when, place: named } = changeSaid(toSaid, now)
  const isMeant = await meetingSaid(which, now)
  const it = await toChange(here, branch, (one) => (!kind || one.kind === kind) && isMeant(one), 'callGathering')
  const place = named || it.place
  if (when.found !== 'moment') return rescheduleInChat(here, it, { ...halfChanged(when, it), place })
  const to = { startsAt: when.at, place }
  if (isSentence || (await cautionsOfMove(db, it, to, now)).length > 0)
    return rescheduleInChat(here, it, { since: it.startsAt.getTime(), startsAt: asPicked(when.at), place })
  const isTold = here.chat.isGroup && (here.chat.bound?.branch === branch.id || (it.group !== null && here.chat.bound?.group === it.group))
  const answer = isTold ? [] : [statementOf(reply(here, say.args(changed(it, to))))]
  await reschedule(db, it, to, actor, now, answer)
  return undefined
}

const changed = (it: GatheringAsItStands, to: { startsAt: Date; place: string }): Text => {
  const [said, { name }] = [changesSaid(it, to), gatheringKinds[it.kind]]
  return t(`已改：${name.zh}${said.zh}。`, `Changed: ${name.en}, ${said.en}.`)
}

function halfChanged(when: When, { startsAt }: GatheringAsItStands) {
  const [on, at] = ['day' in when ? when.day : undefined, 'time' in when ? when.time : undefined]
  const said = on || at ? { startsAt: `${on ?? day(startsAt)} ${at ?? time(startsAt)}` } : {}
  return { since: startsAt.getTime(), ...said, ...(when.found === 'unclear' ? { why: when.why } : {}) }
}

const rescheduleInChat = (here: KnownContext, it: GatheringAsItStands, said: Parameters<typeof rescheduleOf>[1]) =>
  here.chat.isGroup ? inDirectChat(here, rescheduleOf(it.id, said)) : rescheduleOf(it.id, said)

const CALL_OFF = /^\s*(?:取消|cancel|call off)(?![a-z])\s*(?<which>.*?)\s*$/iu

/** A meeting is called off with a reason, on a form of its own in the direct chat. */
async function callOffForm(here: KnownContext, branch: Branch, which: string) {
  const it = await toChange(here, branch, await meetingSaid(which, here.now), 'cancelGathering')
  const shown = callOff.args({ gathering: it.id })
  return here.chat.isGroup ? inDirectChat(here, shown) : shown
}

/** The meeting that has not begun; among several, the one whose kind or day is said. */
async function toChange(
  { db, actor, now, about }: KnownContext,
  branch: Branch,
  isMeant: (it: GatheringAsItStands) => boolean,
  right: 'callGathering' | 'cancelGathering',
) {
  const open = await openGatherings(db, branch.id, now)
  const coming = open.filter((it) => it.branch === branch.id && it.startsAt > now && may(actor, right, placeOfGathering(it)))
  const replied = coming.filter(({ id }) => id === about)
  const meant = replied.length > 0 ? replied : coming.filter(isMeant)
  const [it, another] = meant
  if (!it) refuse('没有由你召集、还没开始的这种会。', 'There is no such meeting of yours still to come.')
  if (another) {
    const all = listed(meant.map((one) => labelled(spokenMoment(one.startsAt), gatheringKinds[one.kind].name, ' ')))
    refuse(
      `还没开的会有：${all.zh}。请写明是哪种会、哪天的会，或在主持卡片上按。`,
      `Still to come: ${all.en}. Please name its kind or day, or press on the host’s card.`,
    )
  }
  return it
}
