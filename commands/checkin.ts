import { arrivalSaid, refuseUnexpected } from '../cards/gathering.ts'
import { say } from '../cards/say.ts'
import { type OwnPart, ownPart } from '../db/attendance.ts'
import { lookUp, statementOf } from '../db/client.ts'
import { checkIn, type Seen } from '../db/conduct.ts'
import { openGatherings } from '../db/standing.ts'
import { command } from '../src/command.ts'
import { type KnownContext, known, reply } from '../src/context.ts'
import { refuse } from '../src/refusal.ts'
import { standingAt } from '../src/rules/attendance.ts'
import { gatheringKinds } from '../src/rules/gatherings.ts'
import { both, t } from '../src/text.ts'

export const checkin = command({
  name: 'checkin',
  zh: '签到',
  also: ['打卡', '报到', 'check in', 'check-in'],
  summary: t('在正在开的会上签到', 'Check in to the meeting under way'),
  usage: t('签到', 'checkin'),
  rights: ['checkIn'],
  async answer(ctx) {
    const here = known(ctx)
    const { actor, db, now } = here
    const { gathering, own } = await gatheringUnderway(here)
    if (!own.isExpected && !own.standing) refuseUnexpected()
    const standing = standingAt(gathering, now)
    const said = standing === 'late' || standing === 'on time' ? arrivalSaid(standing) : t('', '')
    const which = both(
      (l) => `${said[l]}${l === 'zh' ? `（${gatheringKinds[gathering.kind].name.zh}）` : ` (${gatheringKinds[gathering.kind].name.en})`}`,
    )

    await checkIn(db, { gathering, own }, actor, now, 'word', [statementOf(reply(here, say.args(which)))])
    return undefined
  },
})

/**
 * Of those open for check-in now, the one that still expects this person: a committee may sit just before the general meeting.
 * Else the nearest, so that the answer says why not.
 */
async function gatheringUnderway({ db, actor, chat, now, tenantKey, openId }: KnownContext): Promise<Seen> {
  const branch = chat.bound?.branch ?? actor.branch
  const open = branch ? await openGatherings(db, branch, new Date(now.getTime() - HOURS_BACK)) : []
  const owns =
    open.length > 0
      ? await lookUp(
          db,
          open.map(({ id }) => ownPart(db, id, { tenantKey, openId })),
        )
      : []
  const seen = open.map((gathering, i): Seen => ({ gathering, own: owns[i] as OwnPart }))
  const underway = seen.filter(({ gathering }) => ['on time', 'late'].includes(standingAt(gathering, now)))
  const theirs = underway.filter(({ own }) => own.isExpected)
  const [nearest] = [...theirs.filter(({ own }) => !own.standing), ...theirs, ...underway, ...seen]
  return nearest ?? refuse('现在没有可以签到的会。', 'No meeting is open for check-in now.')
}

/** A meeting that is just over and not yet closed still answers "the meeting is over". */
const HOURS_BACK = 2 * 3_600_000
