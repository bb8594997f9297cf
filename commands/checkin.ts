import { arrivalSaid } from '../cards/gathering.ts'
import { say } from '../cards/say.ts'
import { ownPart } from '../db/attendance.ts'
import { lookUp, statementOf } from '../db/client.ts'
import { checkIn } from '../db/conduct.ts'
import { type GatheringAsItStands, openGatherings } from '../db/standing.ts'
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
  async answer(ctx) {
    const here = known(ctx)
    const { actor, db, now, tenantKey, openId } = here
    const gathering = await gatheringUnderway(here)
    const [own] = await lookUp(db, [ownPart(db, gathering.id, { tenantKey, openId })])
    const standing = standingAt(gathering, now)
    const said = standing === 'late' || standing === 'on time' ? arrivalSaid(standing) : t('', '')
    const which = both(
      (l) => `${said[l]}${l === 'zh' ? `（${gatheringKinds[gathering.kind].name.zh}）` : ` (${gatheringKinds[gathering.kind].name.en})`}`,
    )

    await checkIn(db, { gathering, own }, actor, now, 'word', [statementOf(reply(here, say.args(which)))])
    return undefined
  },
})

/** The one that is open for check-in now; else the nearest, so that the answer says why not. */
async function gatheringUnderway({ db, actor, chat, now }: KnownContext): Promise<GatheringAsItStands> {
  const branch = chat.bound?.branch ?? actor.branch
  const open = branch ? await openGatherings(db, branch, new Date(now.getTime() - HOURS_BACK)) : []
  const underway = open.filter((one) => ['on time', 'late'].includes(standingAt(one, now)))
  const [nearest] = [...underway, ...open]
  return nearest ?? refuse('现在没有可以签到的会。', 'No meeting is open for check-in now.')
}

/** A meeting that is just over and not yet closed still answers "the meeting is over". */
const HOURS_BACK = 2 * 3_600_000
