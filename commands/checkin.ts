import { arrivalSaid } from '../cards/gatherings/gathering.ts'
import { askCode } from '../cards/gatherings/room-code.ts'
import { say } from '../cards/home/say.ts'
import { lookUp, statementOf, together } from '../db/client.ts'
import { type OwnPart, ownPart } from '../db/gatherings/attendance.ts'
import { admitted, type CheckInFacts, checkIn, refuseUnexpected } from '../db/gatherings/check-in.ts'
import { checkInByCode, codeTries } from '../db/gatherings/room-code.ts'
import { openGatherings } from '../db/gatherings/state.ts'
import { command } from '../src/command.ts'
import { type KnownContext, memberOrRefuse, reply } from '../src/context.ts'
import { refuse } from '../src/refusal.ts'
import { punctualityAt } from '../src/rules/gatherings/attendance.ts'
import { gatheringKinds } from '../src/rules/gatherings/gatherings.ts'
import { type Text, t } from '../src/text.ts'

export const checkin = command({
  name: 'checkin',
  zh: '签到',
  part: 'everybody',
  also: ['打卡', '报到', 'check in', 'check-in'],
  summary: t('在正在开的会上签到', 'Check in to the meeting under way'),
  usage: t('签到，要现场码时私聊说「签到 1234」', 'checkin; with a room code, “checkin 1234” in the direct chat'),
  rights: ['checkIn'],
  async answer(ctx, rest) {
    const here = memberOrRefuse(ctx)
    const { actor, db, now } = here
    const { gathering, own } = await gatheringUnderway(here)
    if (!own.isExpected && !own.punctuality) refuseUnexpected()
    if (gathering.roomSecret) return byCode(here, { gathering, own }, rest)
    const punctuality = admitted({ gathering, own }, now)
    await checkIn(db, { gathering, own }, actor, now, 'word', [statementOf(reply(here, say.args(arrivedAt(gathering, punctuality))))])
    return undefined
  },
})

const arrivedAt = ({ kind }: CheckInFacts['gathering'], punctuality: 'on time' | 'late'): Text => {
  const [said, { name }] = [arrivalSaid(punctuality), gatheringKinds[kind]]
  return t(`${said.zh}（${name.zh}）`, `${said.en} (${name.en})`)
}

/** The digits are for people in the room. The direct chat takes them, where nobody else reads them. */
async function byCode(here: KnownContext, seen: CheckInFacts, digits: string) {
  const { db, actor, chat, now, tenantKey, openId } = here
  admitted(seen, now)
  if (chat.isGroup || digits === '') {
    const inChat = t('请在私聊里输入现场的 4 位数字。', 'Please enter the room’s 4 digits in our direct chat.')
    await together(db, [askCode(here, seen.gathering.id), ...(chat.isGroup ? [statementOf(reply(here, say.args(inChat)))] : [])])
    return undefined
  }
  const [[tried]] = await lookUp(db, [codeTries(db, seen.gathering.id, { tenantKey, openId })])
  const answer = (said: Text | 'on time' | 'late') =>
    statementOf(reply(here, say.args(typeof said === 'string' ? arrivedAt(seen.gathering, said) : said)))
  await checkInByCode(db, { ...seen, tries: tried?.tries ?? 0 }, digits, actor, now, 'word', (said) => [answer(said)])
  return undefined
}

/**
 * The meeting open for check-in that still expects this person, since a committee may sit just before the general meeting.
 * Without one, the person’s next meeting, so that the answer says why not. A reply to a card means its meeting.
 */
async function gatheringUnderway({ db, actor, chat, now, tenantKey, openId, about }: KnownContext): Promise<CheckInFacts> {
  const branch = chat.bound?.branch ?? actor.branch
  const all = branch ? await openGatherings(db, branch, new Date(now.getTime() - HOURS_BACK)) : []
  const replied = all.filter(({ id }) => id === about)
  const open = replied.length > 0 ? replied : all
  const owns =
    open.length > 0
      ? await lookUp(
          db,
          open.map(({ id }) => ownPart(db, id, { tenantKey, openId })),
        )
      : []
  const seen = open.map((gathering, i): CheckInFacts => ({ gathering, own: owns[i] as OwnPart }))
  const underway = seen.filter(({ gathering }) => ['on time', 'late'].includes(punctualityAt(gathering, now)))
  const theirs = underway.filter(({ own }) => own.isExpected)
  const ahead = seen.filter(({ own }) => own.isExpected)
  const [nearest] = [...theirs.filter(({ own }) => !own.punctuality), ...theirs, ...ahead, ...underway, ...seen]
  return (
    nearest ??
    refuse(
      '现在没有可以签到的会；如果会议刚结束，请联系主持人补记。',
      'No meeting is open for check-in now; if it has just closed, ask the host to enter you.',
    )
  )
}

/** A meeting just over and not yet closed still answers “the meeting is over”. */
const HOURS_BACK = 2 * 3_600_000
