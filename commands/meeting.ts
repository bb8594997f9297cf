import { asPicked, called, callForm, type Understood } from '../cards/call.ts'
import { say } from '../cards/say.ts'
import { statementOf } from '../db/client.ts'
import { callGathering } from '../db/conduct.ts'
import type { Branch } from '../db/units.ts'
import { command } from '../src/command.ts'
import { type KnownContext, known, mayOrRefuse, placeOf, reply } from '../src/context.ts'
import { refuse } from '../src/refusal.ts'
import { callable, gatheringKinds, kindOf } from '../src/rules/gatherings.ts'
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
    mayOrRefuse(here.actor, 'callGathering', placeOf(branch))

    const understood = understand(rest, branch, here)
    if (!isComplete(understood)) return callForm.args(understood)
    return call(here, branch, understood)
  },
})

interface Complete {
  kind: (typeof callable)[number]
  at: Date
  place: string
}

async function call(here: KnownContext, branch: Branch, { kind, at, place }: Complete) {
  const { db, actor, now, chat } = here
  const inOwnGroup = chat.isGroup && chat.bound?.branch === branch.id
  const said = called(gatheringKinds[kind].name, at, 1)
  const answer = inOwnGroup ? [] : [statementOf(reply(here, say.args(said)))]
  await callGathering(db, { id: here.newId(), branch: branch.id, kind, place, startsAt: at }, actor, now, answer)
  return undefined
}

const isComplete = (understood: Understood | Complete): understood is Complete => 'at' in understood

/** Kind first, then the time; what is left is the place. Anything missing or in doubt goes to the form, never to a guess. */
function understand(words: string, branch: Branch, { now, newId, mentions }: KnownContext): Understood | Complete {
  const line = words.replace(/@_user_\d+/g, (key) => `@${mentions.find((one) => one.key === key)?.name ?? ''}`)
  const spoken = kindOf(line)
  const when = readWhen(spoken ? spoken.rest : line, now)
  const kind = callable.find((one) => one === spoken?.kind)
  const place = clipped(when.rest, 60)
  if (spoken && !kind)
    refuse(
      `「${gatheringKinds[spoken.kind].name.zh}」还不能在这里召集，现在可以召集支委会和支部党员大会。`,
      `“${gatheringKinds[spoken.kind].name.en}” cannot be called here yet; committee and general meetings can.`,
    )
  if (kind && when.found === 'moment') return { kind, at: when.at, place }
  const startsAt = when.found === 'moment' ? asPicked(when.at) : halfSaid(when)
  return { branch: branch.id, gathering: newId(), kind, startsAt, place, why: doubt(kind, when) }
}

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
