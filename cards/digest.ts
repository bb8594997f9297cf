import * as z from 'zod'
import { type Alarm, alarmsFor } from '../db/alerts.ts'
import { lookUp, statementOf, together } from '../db/client.ts'
import { type Coming, comingFor } from '../db/standing.ts'
import { branchById } from '../db/units.ts'
import { addDays, day, moment } from '../src/calendar.ts'
import { button, type Card, card, coloured, folded, lines, note } from '../src/card.ts'
import { known, placeOf, reply, theirs } from '../src/context.ts'
import { id, press } from '../src/press.ts'
import { callable, gatheringKinds } from '../src/rules/gatherings.ts'
import { partIds, partOf } from '../src/rules/standards.ts'
import { addWorkdays, workdaysBetween } from '../src/rules/workdays.ts'
import { spokenDay, spokenMoment, spokenPeriod } from '../src/spoken.ts'
import { asWritten, both, joined, type Text, t } from '../src/text.ts'
import { view } from '../src/view.ts'
import { callForm } from './call.ts'

/** The one unasked message a working day: what is coming due or overdue, each with the button that closes it and the reason it is asked. */
export function digestCard(alarms: readonly Alarm[], now: Date, coming: readonly Coming[] = []): Card {
  const overdue = alarms.filter(({ duty }) => duty.state === 'overdue').length
  return card(
    overdue > 0 ? t(`有 ${overdue} 件事已逾期`, `${overdue} overdue`) : t(`有 ${alarms.length} 件事快到期`, `${alarms.length} coming due`),
    [
      ...alarms.flatMap((alarm) => [
        lines(about(alarm, now)),
        button(t('现在就召集', 'Call it now'), openForm.value({ branch: alarm.branch.id, part: alarm.duty.part }), { type: 'primary' }),
      ]),
      coming.length > 0 ? lines(t('**接下来的会**', '**Coming meetings**'), ...coming.map(meetingSaid)) : null,
      folded(t('为什么提醒我？', 'Why am I asked?'), [lines(joined([...new Set(alarms.map(({ duty }) => partOf(duty.part).rule))], '\n'))]),
      note(t('每个工作日最多提醒一次；办完就不再提醒。', 'At most one message a working day; it stops the moment the duty is met.')),
    ],
    { colour: overdue > 0 ? 'orange' : 'yellow', subtitle: t('支部工作提醒', 'Branch work reminder') },
  )
}

const meetingSaid = ({ kind, place, startsAt }: Coming): Text =>
  both((l) => `· ${spokenMoment(startsAt)[l]} ${gatheringKinds[kind].name[l]}${place ? ` · ${asWritten(place)[l]}` : ''}`)

function about({ branch, duty }: Alarm, now: Date): Text {
  const what = both((l) => `**${asWritten(branch.name)[l]}** · ${spokenPeriod(duty.period)[l]} ${partOf(duty.part).name[l]}`)
  return joined([what, when(duty, now)], '\n')
}

function when(duty: Alarm['duty'], now: Date): Text {
  const provisional = duty.provisional ? t('（节假日未公布，暂定）', ' (provisional: holidays not published)') : t('', '')
  const [due, until] = [spokenDay(duty.dueOn), spokenDay(duty.graceEndsOn)]
  if (duty.state === 'overdue')
    return coloured(
      'orange',
      t(
        `${due.zh}已到期；除本期应开的以外再开一次，最迟${until.zh}，按补办计分${provisional.zh}`,
        `Was due ${due.en}; one more besides this period’s own, by ${until.en}, counts as made up${provisional.en}`,
      ),
    )
  const left = workdaysBetween(day(now), duty.dueOn)
  if (left <= 0) return t(`今天是最后一个工作日${provisional.zh}`, `Today is the last working day${provisional.en}`)
  return t(
    `${due.zh}到期，还剩 ${left} 个工作日${provisional.zh}`,
    `Due ${due.en}, ${left} working day${left === 1 ? '' : 's'} left${provisional.en}`,
  )
}

/** A card holds 30 KB; who looks after more branches than this sees the most pressing. */
const MOST_SHOWN = 15

export const digest = view({
  name: 'digest',
  takes: z.object({ person: z.string() }),
  async show(db, { person }, now) {
    const alarms = await alarmsFor(db, person, now)
    if (alarms.length === 0) return null
    const [coming] = await lookUp(db, [comingFor(db, person, ...tomorrow(now))])
    return digestCard(alarms.slice(0, MOST_SHOWN), now, coming)
  },
})

/** From midnight to the end of the next working day: the digest after it is too late for what is held before. */
const tomorrow = (now: Date): [Date, Date] => [moment(addDays(day(now), 1)), moment(addWorkdays(day(now), 1), '24:00')]

/** Opens the meeting form in the same chat, with the kind chosen. */
export const openForm = press({
  name: 'digest.call',
  rights: ['answerAlert'],
  sends: z.object({ branch: id, part: z.enum(partIds) }),
  look: ({ db }, sent) => [statementOf(branchById(db, sent.branch))] as const,
  async answer(ctx, sent, [[found]]) {
    const { actor, db, newId } = known(ctx)
    const branch = theirs(actor, 'answerAlert', found, placeOf)
    const kind = callable.find((one) => one === partOf(sent.part).gathering)
    await together(db, [reply(ctx, callForm.args({ branch: branch.id, gathering: newId(), kind }))])
    return { toast: t('表单已发在下面，填好时间就行。', 'The form is below; just fill in the time.'), mood: 'success' }
  },
})
