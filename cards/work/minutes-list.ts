import { actorById } from '../../db/branches/members.ts'
import { branchById } from '../../db/branches/units.ts'
import { lookUp, statementOf, together } from '../../db/client.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { type MinutesListed, minutesOfBranch } from '../../db/work/minutes.ts'
import * as messages from '../../db/work/minutes-messages.ts'
import { readingOf } from '../../db/work/minutes-readers.ts'
import { day } from '../../src/calendar.ts'
import { button, type Card, card, type Element, lines, note } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { press } from '../../src/press.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { spokenDate, spokenDay } from '../../src/spoken.ts'
import { asWritten, labelled, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { stateNames } from '../../src/words/work/minutes.ts'
import { askMinutes, openMinutes, openMinutesList, sendMinutes } from './buttons.ts'
import { minutesOrRefuse, refuseReading } from './minutes-guards.ts'

const MOST_MEETINGS = 8

/** The committee begins minutes, members read them, and the assessor asks for them. */
type Reader = 'committee' | 'assessor' | 'member'

/** The latest meetings; the committee begins minutes here, and others find those that they may read. */
export function minutesListCard(branch: { id: string; name: string }, all: readonly MinutesListed[], reader: Reader): Card {
  const keeps = reader === 'committee'
  const shown = all.filter(
    ({ kind, state }) => keeps || (state === 'locked' && (reader === 'assessor' || gatheringKinds[kind].roster !== 'committee')),
  )
  return card(
    t('会议记录', 'Minutes'),
    [
      ...shown.flatMap((one) => listed(branch.id, one, reader)),
      shown.length === 0
        ? lines(keeps ? t('还没有结束的会。', 'No meeting has ended yet.') : t('还没有确认了的会议记录。', 'No minutes are confirmed yet.'))
        : null,
      note(
        t(
          '会议结束后由记录人送确认，另一位支委确认后锁定。',
          'After a meeting the recorder sends them, and another of the committee confirms and locks them.',
        ),
      ),
    ],
    { subtitle: asWritten(branch.name) },
  )
}

function listed(branch: string, { gathering, kind, startsAt, state, dueOn }: MinutesListed, reader: Reader): Element[] {
  const due = dueOn && state !== 'locked' ? t(`，${spokenDay(dueOn).zh}前确认`, `, to be confirmed by ${spokenDay(dueOn).en}`) : t('', '')
  const sent = { gathering, branch }
  return [
    lines(
      labelled(spokenDate(day(startsAt)), gatheringKinds[kind].name, ' · '),
      t(`${stateNames[state].zh}${due.zh}`, `${stateNames[state].en}${due.en}`),
    ),
    reader === 'assessor'
      ? button(t('请支部提供', 'Ask the branch for them'), askMinutes.value(sent))
      : state === 'none'
        ? button(t('记这次会', 'Begin them'), openMinutes.value(sent))
        : button(t('打开', 'Open'), sendMinutes.value(sent)),
  ]
}

export const minutesList = view({
  message: messages.minutesList,
  async show(db, { branch, viewer }) {
    const [all, [[found], [actor]]] = await Promise.all([
      minutesOfBranch(db, branch, MOST_MEETINGS),
      lookUp(db, [branchById(db, branch), actorById(db, viewer)]),
    ])
    if (!found || !actor) return null
    const place = placeOf(found)
    return minutesListCard(
      found,
      all,
      may(actor, 'recordMinutes', place) ? 'committee' : may(actor, 'assess', place) ? 'assessor' : 'member',
    )
  },
})

export const sendMinutesPress = press({
  button: sendMinutes,
  rights: ['readMinutes'],
  async answer(ctx, sent) {
    const { actor, db, now, eventId } = memberOrRefuse(ctx)
    const seen = await minutesOrRefuse(db, sent, actor, 'readMinutes')
    if (!readingOf(actor, seen)) refuseReading()
    await together(db, [
      enqueue(db, {
        occasion: `minutes open ${eventId}`,
        to: { person: actor.openId },
        ...messages.minutesOf(sent.gathering, sent.branch, actor.id),
        dueAt: now,
        lane: 'answer',
      }),
    ])
    return { toast: t('会议记录已私聊发给你。', 'The minutes are in your direct chat.'), mood: 'success' }
  },
})

export const openMinutesListPress = press({
  button: openMinutesList,
  rights: ['readMinutes'],
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch))] as const,
  async answer(ctx, { branch }, [[found]]) {
    const { actor, db, now, eventId } = memberOrRefuse(ctx)
    foundOrRefuse(actor, 'readMinutes', found, placeOf)
    await together(db, [
      enqueue(db, {
        occasion: `minutes list ${eventId}`,
        to: { person: actor.openId },
        ...messages.minutesList({ branch, viewer: actor.id }),
        dueAt: now,
        lane: 'answer',
      }),
    ])
    return { toast: t('已私聊发给你。', 'It is in your direct chat.'), mood: 'success' }
  },
})
