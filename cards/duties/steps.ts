import type { Alarm } from '../../db/duties/alerts.ts'
import { type Day, day } from '../../src/calendar.ts'
import { button, coloured, type Element, lines, row } from '../../src/card.ts'
import { type Called, cheapest, type Step } from '../../src/rules/duties/cheapest.ts'
import { type AgendaTag, agendaTagNames } from '../../src/rules/gatherings/agenda.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { partOf } from '../../src/rules/standards/standards.ts'
import { isProvisional, workdaysBetween } from '../../src/rules/time/workdays.ts'
import { kindOfPeriod, spokenDay, spokenPeriod } from '../../src/spoken.ts'
import { asWritten, both, listed, type Text, t } from '../../src/text.ts'
import { breachesSaid } from '../../src/words/behind.ts'
import type { StepButtons } from '../../src/words/gains.ts'
import { aGathering, debtFirst, gatheringSaid } from '../../src/words/steps.ts'

type Owed = Alarm['duty'] & { alarm: Alarm }

/** The steps a branch can take, the fewest gatherings first, each with the duties it closes and its button. */
export function stepsOf(alarms: readonly Alarm[], now: Date, buttons: StepButtons): Element[] {
  return [...Map.groupBy(alarms, ({ branch }) => branch.id).values()].flatMap((ours) => {
    const [first] = ours
    if (!first) return []
    const owed: Owed[] = ours.map((alarm) => ({ ...alarm.duty, alarm }))
    const steps = cheapest(owed, first.called, {
      mayHold: (kind) => kind !== 'group' || ours.some(({ duty }) => duty.subject !== ''),
      evaluating: ({ alarm }) => alarm.evaluating,
      opening: ({ alarm }) => alarm.opening,
    })
    const heading = asWritten(first.branch.name)
    return [lines(both((l) => `**${heading[l]}**`)), ...steps.flatMap((step) => stepShown(step, first.branch.id, now, buttons))]
  })
}

function stepShown(step: Step<Owed>, branch: string, now: Date, buttons: StepButtons): Element[] {
  const closes = dutyLines(step.closes, now)
  switch (step.do) {
    case 'add':
      return [
        lines(added(step.gathering, step.tags), ...closes),
        row(
          ...step.tags.map((tag) =>
            button(t(`加「${agendaTagNames[tag].zh}」`, `Add “${agendaTagNames[tag].en}”`), buttons.add(step.gathering.gathering, tag), {
              type: 'primary',
            }),
          ),
        ),
      ]
    case 'call':
      return [lines(toCall(step), ...closes), button(t('现在就召集', 'Call it now'), buttons.call(branch, step), { type: 'primary' })]
    case 'evaluate':
      return [
        lines(toEvaluate(step), ...closes, toldInTime(step.closes)),
        row(
          button(step.isUnderWay ? t('接着办', 'Go on') : t('现在开展', 'Open it now'), buttons.evaluate(branch, step.period), {
            type: 'primary',
          }),
          ...(step.isUnderWay ? [] : [button(t('已另行开展，登记', 'Held otherwise: enter it'), buttons.attest(branch))]),
        ),
      ]
    case 'open':
      if (step.by === 'papers') return papersToWrite(step.closes, branch, now, buttons)
      if (step.by === 'minutes')
        return [
          lines(t('**把会议记录确认完**', '**Have the minutes confirmed**'), ...closes, ...breachesSaid(step.closes)),
          button(t('打开会议记录', 'Open the minutes'), buttons.minutes(branch), { type: 'primary' }),
        ]
      if (step.by === 'pledges')
        return [
          lines(t('**廉政承诺和检查**', '**Integrity pledges and their check**'), ...closes, ...breachesSaid(step.closes)),
          button(t('打开', 'Open'), buttons.integrity(branch), { type: 'primary' }),
        ]
      return talksToHold(step.closes, branch, now, buttons)
    case 'attest':
      return [
        lines(t('**登记日期和依据**', '**Enter date and reference**'), ...closes, ...breachesSaid(step.closes)),
        button(t('现在登记', 'Enter them'), buttons.attest(branch)),
      ]
    case 'put right':
      return [
        lines(t('**把名单和职务补齐**', '**Bring roster and seats up to date**'), ...closes, ...breachesSaid(step.closes)),
        button(t('打开成员和职务', 'Open members and seats'), buttons.putRight(branch), { type: 'primary' }),
      ]
  }
}

const toldInTime = (closes: readonly Owed[]): Text =>
  closes.some(({ state }) => state === 'overdue')
    ? t('在那之前告知到每个人，就算补办。', 'It is made up when everybody has been told by then.')
    : t('在那之前告知到每个人，就算按期。', 'It is on time when everybody has been told by then.')

/** Each activist of a quarter with the next thing to do, and the button that does it. */
function talksToHold(closes: readonly Owed[], branch: string, now: Date, buttons: StepButtons): Element[] {
  return [
    lines(t('**与积极分子谈心、填写考察意见**', '**Talk with the activists, and file the appraisals**'), ...dutyLines(closes, now)),
    ...closes.flatMap(({ alarm, period }) => {
      const { activist, hearing } = alarm
      if (!activist) return []
      const said = lines(talkOwed(activist, spokenPeriod(period), day(now)))
      if (!activist.talk) return [said, button(t('谈过了', 'We talked'), buttons.talked(activist.id), { type: 'primary' })]
      if (!activist.talk.isConfirmed || hearing !== 'owner') return [said]
      return [said, button(t('填考察意见…', 'File the appraisal…'), buttons.opinion(activist.talk.id), { type: 'primary' })]
    }),
    row(
      button(t('打开谈心', 'Open talks'), buttons.talks(), { type: 'text' }),
      button(t('另有书面记录，登记', 'On paper: enter it'), buttons.attest(branch), { type: 'text' }),
    ),
  ]
}

/** The plan or the summary of a year; its card registers one on paper too. */
function papersToWrite(closes: readonly Owed[], branch: string, now: Date, buttons: StepButtons): Element[] {
  return [
    lines(t('**写好年度计划、总结，由支委会通过**', '**Write the year’s plan or summary, and adopt it**'), ...dutyLines(closes, now)),
    row(
      ...closes.map((duty) => {
        const { zh, en } = partOf(duty.part).name
        return button(t(`写${zh}`, `Write: ${en}`), buttons.paper(branch, duty), { type: 'primary' })
      }),
    ),
  ]
}

function talkOwed({ name, contacts, talk }: NonNullable<Alarm['activist']>, period: Text, today: Day): Text {
  const who = asWritten(name)
  const by = listed(contacts.map(asWritten))
  const whose = t(by.zh && `（联系人：${by.zh}）`, by.en && ` (contact: ${by.en})`)
  if (!talk) return t(`${who.zh} ${period.zh}还没谈${whose.zh}`, `${who.en}: no talk yet in ${period.en}${whose.en}`)
  const on = spokenDay(talk.on)
  if (!talk.isConfirmed)
    return t(`${who.zh} ${on.zh}的谈心等一方确认${whose.zh}`, `${who.en}: the talk of ${on.en} waits to be confirmed${whose.en}`)
  const due = opinionDueSaid(talk.opinionDueOn, today)
  return t(
    `${who.zh} ${on.zh}谈过，还差考察意见${due.zh}${whose.zh}`,
    `${who.en}: talked on ${on.en}, the appraisal is missing${due.en}${whose.en}`,
  )
}

function opinionDueSaid(dueOn: Day | null, today: Day): Text {
  if (!dueOn) return t('', '')
  const { zh, en } = spokenDay(dueOn)
  return today <= dueOn ? t(`，${zh}前填算按期`, `, in time until ${en}`) : t(`，${zh}已过，填了算逾期`, `, late since ${en}`)
}

const toEvaluate = ({ isUnderWay }: { isUnderWay: boolean }): Text =>
  isUnderWay ? t('**把民主评议办完**', '**Finish the evaluation of members**') : t('**开展民主评议**', '**Hold the evaluation of members**')

/** The month or quarter that runs, by the cadence of the duty that is owed. */
const ownOf = (closes: readonly Owed[]): Text => kindOfPeriod(closes.find(({ state }) => state === 'overdue')?.period ?? '').running

const named = (tags: readonly AgendaTag[]) => listed(tags.map((tag) => agendaTagNames[tag]))

function toCall({ kind, tags, isMakingUp, paysDebt, closes }: Extract<Step<Owed>, { do: 'call' }>): Text {
  const { zh } = gatheringKinds[kind].name
  const [first] = closes
  const group = first?.alarm.group ? asWritten(first.alarm.group) : null
  const items = tags.length > 0 ? named(tags) : null
  const isBeside = isMakingUp && !paysDebt
  const how = paysDebt ? debtFirst : t('', '')
  return t(
    `**${isBeside ? `除${ownOf(closes).zh}应开的以外，再开一次` : isMakingUp ? '补开一次' : '开一次'}${group ? `${group.zh} ` : ''}${zh}**${items ? `，议题：${items.zh}` : ''}${how.zh}`,
    `**${isBeside ? `Besides ${ownOf(closes).en}’s, hold one more ${gatheringSaid(kind)}` : `${isMakingUp ? 'Make up' : 'Hold'} ${aGathering(kind)}`}${group ? ` of ${group.en}` : ''}**${items ? ` with: ${items.en}` : ''}${how.en}`,
  )
}

function added({ kind, startsAt }: Called, tags: readonly AgendaTag[]): Text {
  const [on, name, items] = [spokenDay(day(startsAt)), gatheringKinds[kind].name, named(tags)]
  return t(`**在${on.zh}的${name.zh}上加一个议题：${items.zh}**`, `**Add to the ${gatheringSaid(kind)} on ${on.en}: ${items.en}**`)
}

/** One line a date, with the duties due then: one event closes many, and a phone is narrow. */
const dutyLines = (duties: readonly Owed[], now: Date): Text[] =>
  [...Map.groupBy(duties, ({ dueOn, state, graceEndsOn }) => `${dueOn} ${state} ${graceEndsOn}`).values()].flatMap((same) => {
    const [first] = same
    if (!first) return []
    const [due, names] = [dueSaid(first, now), listed([...Map.groupBy(same, nameSaid).values()].map(([duty]) => dutyName(duty as Owed)))]
    return t(`· ${due.zh}：${names.zh}`, `· ${due.en}: ${names.en}`)
  })

const nameSaid = (duty: Owed) => `${duty.part} ${duty.period}`

/** A monthly duty is named with its month; for any other the date says enough. */
function dutyName(duty: Owed): Text {
  const { name, standard } = partOf(duty.part)
  const period = duty.period.includes('-') ? spokenPeriod(duty.period) : null
  return t(`${period ? `${period.zh} ` : ''}${name.zh}（${standard}）`, `${name.en}${period ? `, ${period.en}` : ''} (${standard})`)
}

/** The due day; for an overdue duty, the last day on which it can be made up. */
const dayOf = ({ state, dueOn, graceEndsOn }: Alarm['duty']) => (state === 'overdue' ? graceEndsOn : dueOn)

/** The holidays of that day's year are not published, hence the day may still move. */
export const isUnsure = (duty: Alarm['duty']): boolean => isProvisional(dayOf(duty))

function dueSaid(duty: Owed, now: Date): Text {
  const provisional = isUnsure(duty) ? t('（暂定）', ' (provisional)') : t('', '')
  const [due, until] = [spokenDay(duty.dueOn), spokenDay(duty.graceEndsOn)]
  if (duty.state === 'overdue') {
    const ending = endingSaid(workdaysBetween(day(now), duty.graceEndsOn))
    return coloured(
      'orange',
      t(
        `${due.zh}已到期，最迟${until.zh}补办${ending.zh}${provisional.zh}`,
        `was due ${due.en}, can be made up by ${until.en}${ending.en}${provisional.en}`,
      ),
    )
  }
  const left = workdaysBetween(day(now), duty.dueOn)
  if (left === 1) return t(`下个工作日到期（${due.zh}）${provisional.zh}`, `due the next working day, ${due.en}${provisional.en}`)
  if (left <= 0) return t(`今天是最后一个工作日${provisional.zh}`, `today is the last working day${provisional.en}`)
  return t(`${due.zh}到期，还剩 ${left} 个工作日${provisional.zh}`, `due ${due.en}, ${left} working days left${provisional.en}`)
}

/** The days in which a late duty can still be made up are said when few are left. */
function endingSaid(left: number): Text {
  if (left > FEW_DAYS) return t('', '')
  return left <= 0
    ? t('，今天是最后一天', ', today is the last day')
    : t(`，只剩 ${left} 个工作日`, `, ${left} working day${left === 1 ? '' : 's'} left for that`)
}

const FEW_DAYS = 3
