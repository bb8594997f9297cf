import * as z from 'zod'
import { lookUp } from '../../db/client.ts'
import * as messages from '../../db/roster/messages.ts'
import { namesOf, seatsTold } from '../../db/roster/people.ts'
import { grantSeat, vacateSeat } from '../../db/roster/person.ts'
import { button, card, lines, note } from '../../src/card.ts'
import { form, select } from '../../src/form.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { branchSeats, may, type SeatRole } from '../../src/rules/branches/rights.ts'
import { seatNames } from '../../src/rules/roster/names.ts'
import { literal, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { onPerson } from './buttons.ts'
import {
  chosenOnPerson,
  decisionOf,
  lookAtPerson,
  MOST_ON_COMMITTEE,
  mayAppoint,
  personAfter,
  personAnswer,
  personAsOfNow,
  personFor,
  placeOfPerson,
  type ShowPart,
  seatSaid,
  tooMany,
} from './person-card.ts'

export const seatForms: ShowPart = (it, viewer) => {
  const mayAppoint = may(viewer, 'grantSecretary', placeOfPerson(it))
  const offered = branchSeats.filter((role) => !it.seats.some((seat) => seat.role === role) && (mayAppoint || role !== 'secretary'))
  return [
    ...it.seats
      .filter(({ role }) => mayAppoint || role !== 'secretary')
      .map((seat) => {
        const name = seatSaid(seat)
        return button(t(`免去${name.zh}`, `Vacate: ${name.en}`), endSeat.value({ person: it.id, seat: seat.id }), {
          wide: true,
          confirm: {
            title: t(`免去${name.zh}？`, `Vacate ${name.en}?`),
            text: t(`会私聊告诉${literal(it.name)}。`, `${literal(it.name)} is told by direct message.`),
          },
        })
      }),
    it.stage === 'full'
      ? form(
          'seat',
          [
            select(
              'role',
              t('任命为', 'Appoint as'),
              offered.map((role) => ({ value: role, label: seatNames[role] ?? t(role, role) })),
              { required: true },
            ),
          ],
          { label: t('任命', 'Appoint'), value: appointToSeat.value({ person: it.id }) },
        )
      : lines(t('只有正式党员才能担任支部职务。', 'Only full members may hold a seat.')),
    note(
      mayAppoint
        ? t('本人会收到私聊。党小组长在「/党小组」里定。', 'They are told by direct message. Group leaders are set under “/groups”.')
        : t(
            '本人会收到私聊。书记由上级党委考核人或管理员任免；党小组长在「/党小组」里定。',
            'They are told by direct message. The secretary is appointed by the committee’s assessor or an administrator; group leaders under “/groups”.',
          ),
    ),
  ]
}

export const appointToSeat = press({
  name: 'seats.appoint',
  rights: ['grantSeat', 'grantSecretary'],
  sends: onPerson,
  fills: z.object({ role: chosenOnPerson }),
  look: ({ db }, { person }) => lookAtPerson(db, person),
  async answer(ctx, _sent, [found, open], filled) {
    const { here, it } = personFor(ctx, 'grantSeat', found)
    const role = branchSeats.find((one) => one === filled.role)
    if (!role) refuse('请选择职务。', 'Please choose a seat.')
    mayAppoint(here, it, role)
    if (!it.isListed || it.seats.some((seat) => seat.role === role)) return personAsOfNow(here, it)
    const after = await grantSeat(here.db, it, role, here.newId(), decisionOf(here, open))
    const name = seatNames[role] as Text
    const done = t(`${it.name}已任${name.zh}。`, `${it.name} is ${name.en} now.`)
    if (!after || after.committeeSize <= MOST_ON_COMMITTEE) return personAfter(here, it, after, done)
    const warning = tooMany(after.committeeSize)
    return personAnswer(here, t(done.zh + warning.zh, `${done.en} ${warning.en}`), after, 'warning')
  },
})

export const endSeat = press({
  name: 'seats.vacate',
  rights: ['grantSeat', 'grantSecretary'],
  sends: onPerson.extend({ seat: z.string().min(1).max(120) }),
  look: ({ db }, { person }) => lookAtPerson(db, person),
  async answer(ctx, sent, [found, open]) {
    const { here, it } = personFor(ctx, 'grantSeat', found)
    const seat = it.seats.find(({ id }) => id === sent.seat)
    if (!seat) return personAsOfNow(here, it)
    mayAppoint(here, it, seat.role)
    const after = await vacateSeat(here.db, it, seat, decisionOf(here, open))
    const name = seatSaid(seat)
    return personAfter(here, it, after, t(`${it.name}不再任${name.zh}。`, `${it.name} is no longer ${name.en}.`))
  },
})

/** The person who gained or lost a seat is told the state at the moment of sending. */
export const seatTold = view({
  message: messages.seatTold,
  async show(db, { seats, was, by }) {
    const [found, doers] = await lookUp(db, [seatsTold(db, seats), namesOf(db, by)])
    const moved = found.filter((seat) => !was || was.includes(seat.id) !== seat.isHeld)
    if (moved.length === 0) return null
    const name = doers.map((doer) => literal(doer.name)).join('、')
    return card(t('职务变动', 'Change of seat'), [
      lines(
        ...moved.map(({ role, place, isHeld }) => {
          const [seat, where] = [officeNames[role], literal(place ?? '')]
          return isHeld
            ? t(`你现在担任「${where}」的**${seat.zh}**。`, `You are now **${seat.en}** of “${where}”.`)
            : t(`你不再担任「${where}」的**${seat.zh}**。`, `You are no longer **${seat.en}** of “${where}”.`)
        }),
      ),
      note(t(`由${name}办理；有疑问请直接联系。`, `Done by ${name}; please ask there if it is not right.`)),
    ])
  },
})

const officeNames: Record<SeatRole, Text> = {
  ...(seatNames as Record<SeatRole, Text>),
  assessor: t('党委考核人', 'assessor'),
  admin: t('管理员', 'administrator'),
}
