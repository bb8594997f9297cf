import { sendSlip, slipOf } from '../cards/gatherings/leave.ts'
import { say } from '../cards/home/say.ts'
import { lookUp, statementOf, together } from '../db/client.ts'
import { ownPart } from '../db/gatherings/attendance.ts'
import type { CheckInFacts } from '../db/gatherings/check-in.ts'
import { askLeave, confirmerOfLeave, gatheringsSince, refuseLeave } from '../db/gatherings/leaves.ts'
import { gatheringAsItStands } from '../db/gatherings/state.ts'
import { DAY_MS } from '../src/calendar.ts'
import { command } from '../src/command.ts'
import { type KnownContext, memberOrRefuse, reply } from '../src/context.ts'
import { refuse } from '../src/refusal.ts'
import { gatheringKinds } from '../src/rules/gatherings/gatherings.ts'
import { type LeaveReason, leaveReasonIn } from '../src/rules/gatherings/leaves.ts'
import { meetingSaid } from '../src/rules/gatherings/meeting-said.ts'
import { spokenMoment } from '../src/spoken.ts'
import { t } from '../src/text.ts'

export const leave = command({
  name: 'leave',
  zh: '请假',
  part: 'everybody',
  also: ['请个假', 'ask for leave'],
  summary: t('向主持人请假，事由不会发到群里', 'Ask the host for leave; the reason never goes to the group'),
  usage: t('/请假 病假', '/leave sick'),
  rights: ['askLeave'],
  ask: async (ctx, rest) => {
    const here = memberOrRefuse(ctx)
    const [first = '', ...others] = rest.split(' ')
    const reason = leaveReasonIn(first)
    const seen = await meant(here, reason === 'sick', reason ? others.join(' ') : rest)
    if (!seen.own.leave) refuseLeave(seen, here.now)
    return inOwnChat(here, seen, reason ?? undefined)
  },
  async answer(ctx, rest) {
    const here = memberOrRefuse(ctx)
    const { db, actor, chat, now } = here
    const reason = leaveReasonIn(rest)
    const seen = await meant(here, reason === 'sick', '')
    if (!reason && seen.own.leave) return inOwnChat(here, seen)
    refuseLeave(seen, now)
    if (!reason) return inOwnChat(here, seen)

    const { kind, startsAt, id } = seen.gathering
    const said = t(
      `已提交请假：${gatheringKinds[kind].name.zh}，${spokenMoment(startsAt).zh}，等主持人确认。`,
      `Leave asked for: ${gatheringKinds[kind].name.en}, ${spokenMoment(startsAt).en}; the host has yet to confirm.`,
    )
    const answer = chat.isGroup ? [sendSlip(here, id), reply(here, say.args(said))] : [reply(here, slipOf(id, actor.id))]
    const [[host]] = await lookUp(db, [confirmerOfLeave(db, id, actor.openId)])
    await askLeave(db, seen, reason, host, actor, now, answer.map(statementOf))
    return undefined
  },
})

/** The group learns only that the slip was sent; the slip with the reasons is the person's own. */
async function inOwnChat(here: KnownContext, { gathering }: CheckInFacts, reason?: LeaveReason) {
  if (!here.chat.isGroup) return slipOf(gathering.id, here.actor.id, reason)
  await together(here.db, [
    sendSlip(here, gathering.id, reason),
    statementOf(reply(here, say.args(t('请假单已私聊发给你。', 'The leave slip is in our direct chat.')))),
  ])
  return undefined
}

/** The next meeting that expects this person. A sick person may mean the one that has just been held. */
async function meant(here: KnownContext, isSick: boolean, which: string): Promise<CheckInFacts> {
  const { now } = here
  const isMeant = await meetingSaid(which, now)
  const found = await gatheringsOf(here)
  const replied = found.filter(({ gathering }) => gathering.id === here.about)
  const all = replied.length > 0 ? replied : found.filter(({ gathering }) => isMeant(gathering))
  const theirs = all.filter(({ own }) => own.isExpected && !own.punctuality)
  const coming = theirs.filter(({ gathering }) => gathering.startsAt > now)
  const past = theirs.filter(({ gathering }) => gathering.startsAt <= now).reverse()
  const asked = [...coming, ...past].filter(({ own }) => own.leave)
  const open = [...coming, ...(isSick || coming.length === 0 ? past : [])].filter(({ own }) => !own.leave)
  const [nearest] = [...open, ...asked, ...all.filter(({ own }) => own.isExpected)]
  if (!nearest && which !== '') refuse('没有需要你参加的这次会，不用请假。', 'You are expected at no such meeting; no leave is needed.')
  return nearest ?? refuse('眼下没有需要你参加的会，不用请假。', 'You are expected at no meeting now; no leave is needed.')
}

async function gatheringsOf({ db, actor, chat, now, tenantKey, openId }: KnownContext): Promise<CheckInFacts[]> {
  const branch = chat.bound?.branch ?? actor.branch
  // A host may close a meeting long before its end. Two days back is past every lock that matters here.
  const [rows] = branch ? await lookUp(db, [gatheringsSince(db, branch, new Date(now.getTime() - 2 * DAY_MS))]) : [[]]
  if (rows.length === 0) return []
  const [found, owns] = await Promise.all([
    lookUp(
      db,
      rows.map(({ id }) => gatheringAsItStands(db, id)),
    ),
    lookUp(
      db,
      rows.map(({ id }) => ownPart(db, id, { tenantKey, openId })),
    ),
  ])
  return found.flatMap((gathering, i): CheckInFacts[] => {
    const own = owns[i]
    return gathering && own ? [{ gathering, own }] : []
  })
}
