import { ridersOf } from '../../db/assessment/digests.ts'
import { type Matters, mattersOf } from '../../db/assessment/matters.ts'
import { type Db, lookUp } from '../../db/client.ts'
import { type Alarm, alarmsFor, saidBefore, toldTo, wanted } from '../../db/duties/alerts.ts'
import { mutedBy, snoozedOn } from '../../db/duties/quiet.ts'
import { type Coming, comingFor } from '../../db/gatherings/expected.ts'
import { type MakeUp, makeUpDaysOf, makeUpsOf } from '../../db/gatherings/make-ups.ts'
import { recordsLeftLying } from '../../db/papers/records.ts'
import type { PledgeLine } from '../../db/pledges/waiting.ts'
import { ofUsing } from '../../db/rulebook/using.ts'
import { papersOf } from '../../db/talks/papers.ts'
import { ledBy, unansweredBy } from '../../db/talks/waiting.ts'
import { type WaitingVoices, waitingFor } from '../../db/voices/waiting.ts'
import { branchesLed, tasksDue } from '../../db/work/state.ts'
import { addDays, type Day, day, moment } from '../../src/calendar.ts'
import { button, type Card, card, type Element, folded, lines, note, oneMain, row } from '../../src/card.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { makeUpDueOn } from '../../src/rules/gatherings/make-ups.ts'
import { isCoverageDay, repeatedUpTo } from '../../src/rules/talks/reminders.ts'
import { addWorkdays } from '../../src/rules/time/workdays.ts'
import { daysReached } from '../../src/rules/work/tasks.ts'
import { spokenMoment } from '../../src/spoken.ts'
import { asWritten, both, joined, type Text, t } from '../../src/text.ts'
import { behindBelow, behindSaid, rulesBehind } from '../../src/words/behind.ts'
import { makeUpLine } from '../../src/words/make-ups.ts'
import { entriesToConfirm, mattersShown } from '../../src/words/matters.ts'
import { areNoTalks, noTalks, type TalkLines, talksShown, talksTitle } from '../../src/words/talks.ts'
import { voicesSaid } from '../../src/words/voices/said.ts'
import { areNoTasks, noTasks, type TaskLines, tasksShown, tasksTitle } from '../../src/words/work/tasks.ts'
import { matterButtons } from '../assessment/buttons.ts'
import { openMakeUp } from '../gatherings/buttons.ts'
import { openPaper, openPlanner, openRequests } from '../talks/buttons.ts'
import { openInbox } from '../voices/buttons.ts'
import { openBranchTasks, openTasks } from '../work/buttons.ts'
import { digestLater, openQuieting, stepButtons } from './buttons.ts'
import { pledgesIn, pledgesShown, pledgesTitle } from './digest-pledges.ts'
import { isRepeated, recordsIn, tasksIn, whyTasks } from './digest-tasks.ts'
import { ridersShown } from './riders.ts'
import { isUnsure, stepsOf } from './steps.ts'

interface Digest {
  alarms: readonly Alarm[]
  missed?: readonly MakeUp[]
  coming?: readonly Coming[]
  matters?: Matters
  talks?: TalkLines
  voices?: readonly WaitingVoices[]
  tasks?: TaskLines
  /** The short records that were left without an answer. */
  records?: readonly Element[]
  pledges?: readonly PledgeLine[]
  /** The cards of the same morning, as lines with their buttons. */
  riders?: readonly Element[]
  /** How many more were told before and have not reached their next step. */
  toldBefore?: number
}

/** The one unasked message a working day. The fewest gatherings that meet the duties come first, each with its button and its reason. */
export function digestCard(
  {
    alarms,
    missed = [],
    coming = [],
    matters = { owed: [], toConfirm: [] },
    talks = noTalks,
    voices = [],
    tasks = noTasks,
    records = [],
    pledges = [],
    riders = [],
    toldBefore = 0,
  }: Digest,
  now: Date,
): Card {
  const [below, own] = [alarms.filter(({ hearing }) => hearing === 'upper'), alarms.filter(({ hearing }) => hearing !== 'upper')]
  const shown = own.slice(0, MOST_SHOWN)
  const why = [
    ...(areNoTalks(talks) ? [] : [whyTalks]),
    ...(areNoTasks(tasks) ? [] : [whyTasks]),
    ...(missed.length > 0 ? [whyMakeUp] : []),
    ...(alarms.length > 0 ? [rulesBehind(alarms.slice(0, MOST_SHOWN))] : []),
  ]
  const overdue = own.filter(({ duty }) => duty.state === 'overdue').length
  return card(
    titleOf(own.length, overdue, below, missed, matters, talks, tasks, voices, records.length > 0 && riders.length === 0, pledges),
    oneMain([
      ...riders,
      ...mattersShown(matters, matterButtons),
      ...talksShown(talks, talkButtons),
      ...voices.flatMap((one) => [lines(voicesSaid(one)), button(t('去答复', 'Answer'), openInbox.value({ about: 'voices' }))]),
      ...tasksShown(tasks, taskButtons, day(now)),
      ...records,
      ...pledgesShown(pledges, day(now)),
      ...stepsOf(shown, now, stepButtons),
      own.length > shown.length
        ? note(t(`另有 ${own.length - shown.length} 件，说「我的」查看。`, `${own.length - shown.length} more: say “mine”.`))
        : null,
      toldBefore > 0
        ? note(
            t(
              `早先提醒过、还没办的另有 ${toldBefore} 件，说「我的」查看。`,
              `${toldBefore} told of before ${toldBefore === 1 ? 'is' : 'are'} still open: say “mine”.`,
            ),
          )
        : null,
      behindBelow(below, MOST_BELOW, own.length === 0),
      missed.length > 0 ? lines(makeUpLine(missed, day(now))) : null,
      missed.length > 0 ? button(t('补课单', 'My make-ups'), openMakeUp.value({ form: 'makeUp' })) : null,
      coming.length > 0 ? lines(t('**接下来的会**', '**Coming meetings**'), ...coming.map(meetingSaid)) : null,
      lines(t('稍后再提醒我：', 'Remind me again:')),
      row(
        button(t('1 小时后', 'In 1 hour'), digestLater.value({ until: 'hour' })),
        button(t('明天', 'Tomorrow'), digestLater.value({ until: 'tomorrow' })),
        button(t('下周一', 'Next Monday'), digestLater.value({ until: 'monday' })),
      ),
      why.length > 0 ? folded(t('为什么提醒我？', 'Why am I asked?'), [lines(joined(why, '\n'))]) : null,
      alarms.length > 0
        ? row(button(t('哪些不用提醒…', 'What not to remind me of…'), openQuieting.value({ form: 'quieting' }), { type: 'text' }))
        : null,
      note(t('每个工作日最多提醒一次；办完就不再提醒。', 'At most one message a working day; it stops the moment the duty is met.')),
      shown.some(({ duty }) => isUnsure(duty))
        ? note(t('暂定：那一年的放假安排还没有公布。', 'Provisional: that year’s holidays are not published yet.'))
        : null,
    ]),
    { colour: overdue > 0 ? 'orange' : 'yellow', subtitle: t('支部工作提醒', 'Branch work reminder') },
  )
}

const talkButtons = {
  answer: openRequests.value({ about: 'talks' }),
  plan: openPlanner.value({ about: 'talks' }),
  paper: (talk: string) => openPaper.value({ talk }),
}

const taskButtons = { own: openTasks.value({ about: 'tasks' }), branch: (branch: string) => openBranchTasks.value({ branch }) }

function titleOf(
  own: number,
  overdue: number,
  below: readonly Alarm[],
  missed: readonly MakeUp[],
  { owed, toConfirm }: Matters,
  talks: TalkLines,
  tasks: TaskLines,
  [voices]: readonly WaitingVoices[],
  hasRecords: boolean,
  pledges: readonly PledgeLine[],
): Text {
  if (overdue > 0) return t(`有 ${overdue} 件事已逾期`, `${overdue} overdue`)
  if (own > 0) return t(`有 ${own} 件事快到期`, `${own} coming due`)
  if (owed.length > 0) return t('自评还没有上报', 'The self-assessment is not sent up')
  if (toConfirm.length > 0) return waitingTitle(toConfirm)
  if (below.length + missed.length === 0 && !areNoTasks(tasks) && areNoTalks(talks)) return tasksTitle(tasks)
  if (below.length + missed.length === 0 && areNoTalks(talks) && voices)
    return t(`有 ${voices.voices} 条反映等你答复`, `${voices.voices} to answer`)
  if (below.length + missed.length === 0 && areNoTalks(talks) && hasRecords) return t('有记录等你确认', 'Records to confirm')
  if (below.length + missed.length === 0 && areNoTalks(talks) && pledges.length > 0) return pledgesTitle(pledges)
  if (below.length + missed.length === 0) return areNoTalks(talks) ? t('考核有新消息', 'News of the assessment') : talksTitle(talks)
  if (below.length === 0) return t(`有 ${missed.length} 次会议要补课`, `${missed.length} to make up`)
  return behindSaid(new Set(below.map(({ branch }) => branch.id)).size)
}

/** Two quarters of one committee may hold the same entry, hence their sum is not told. */
function waitingTitle(toConfirm: Matters['toConfirm']): Text {
  if (new Set(toConfirm.map(({ committee }) => committee)).size < toConfirm.length) return t('有登记待确认', 'Entries to confirm')
  return entriesToConfirm(toConfirm.reduce((sum, one) => sum + one.entries, 0))
}

const meetingSaid = ({ kind, place, startsAt }: Coming): Text =>
  both((l) => `· ${spokenMoment(startsAt)[l]} ${gatheringKinds[kind].name[l]}${place ? ` · ${asWritten(place)[l]}` : ''}`)

/** A card holds 30 KB: a reader with more duties than this sees the most pressing. */
const MOST_SHOWN = 24

const MOST_BELOW = 12

export async function digestFor(db: Db, person: string, now: Date): Promise<Card | null> {
  // Asked for at once, they share round trips.
  const [all, matters, [owed, coming, muted, told, snoozed, waiting, papers, ridingToday, due, led, voices, asking], covered] =
    await Promise.all([
      alarmsFor(db, person, now),
      mattersOf(db, person, now),
      lookUp(db, [
        makeUpsOf(db, person, now),
        comingFor(db, person, ...tomorrow(now)),
        mutedBy(db, [person]),
        toldTo(db, [person]),
        snoozedOn(db, day(now)),
        unansweredBy(db, person, repeatedUpTo(now), now),
        papersOf(db, person, now, true),
        ridersOf(db, person, day(now)),
        tasksDue(db, { person }, daysReached(day(now))),
        branchesLed(db, person),
        waitingFor(db, person),
        recordsLeftLying(db, person, repeatedUpTo(now)),
      ]),
      isCoverageDay(day(now)) ? coveredBy(db, person, now) : [],
    ])
  const toldAt = snoozed.find((one) => one.person === person)?.at ?? now
  const [riding] = day(toldAt) === day(now) ? [ridingToday] : await lookUp(db, [ridersOf(db, person, day(toldAt))])
  const open = wanted(all, muted)
  // A line is told again only at a step that says something new. A snoozed digest says what the one before it said.
  const alarms = open.filter((alarm) => !saidBefore(alarm, told, day(toldAt)))
  const before = makeUpsTold(told, day(toldAt))
  const missed = (owed.length > 0 ? await stillToMakeUp(db, owed, now) : []).filter(({ gathering }) => !before.has(`makeUp ${gathering}`))
  const riders = await ridersShown(db, riding, now)
  const isNews = (what: string) => (one: { talk: string }) => !isRepeated(told, `${what} ${one.talk}`, day(toldAt))
  const [asked, toSee] = [waiting.filter(isNews('talkRequest')), papers.filter(isNews('talkPaper'))]
  const [toAnswer, toAttest] = await Promise.all([ofUsing(db, 'talks', asked, now), ofUsing(db, 'talks', toSee, now)])
  const talks = { waiting: toAnswer, papers: toAttest, covered }
  const pledges = await pledgesIn(db, person, told, now, day(toldAt))
  const tasks = await tasksIn(db, due, led, told, now, day(toldAt))
  const records = await recordsIn(db, asking, told, now, day(toldAt))
  const counts = [alarms, missed, matters.owed, matters.toConfirm, riders, voices, records, pledges]
  const isNothing = counts.every((one) => one.length === 0) && areNoTalks(talks) && areNoTasks(tasks)
  const beside = { talks, tasks, pledges, voices, records, riders }
  return isNothing ? null : digestCard({ alarms, missed, coming, matters, ...beside, toldBefore: open.length - alarms.length }, now)
}

/** The year's coverage of the branches that a person looks after. Two days a year want these figures; they are loaded then. */
async function coveredBy(db: Db, person: string, now: Date): Promise<TalkLines['covered']> {
  const [led] = await lookUp(db, [ledBy(db, person)])
  const ids = led.map(({ branch }) => branch)
  return ids.length > 0 ? (await import('../../db/talks/coverage.ts')).uncoveredNow(db, ids, now) : []
}

/** A make-up is told when it is owed, and once more on its last day. */
function makeUpsTold(told: Awaited<ReturnType<typeof toldTo>>, today: Day): ReadonlySet<string> {
  const latest = new Map<string, string>()
  for (const { part, toldOn } of told) if ((latest.get(part) ?? '') < toldOn) latest.set(part, toldOn)
  return new Set([...latest].filter(([part, on]) => part.startsWith('makeUp ') && on < today).map(([part]) => part))
}

/** The make-ups not reported yet, each with its last day; none where the committee gives no days for them. */
async function stillToMakeUp(db: Db, owed: readonly MakeUp[], now: Date): Promise<MakeUp[]> {
  const [first] = owed
  const days = first ? await makeUpDaysOf(db, first.member, now) : 0
  const open = owed.filter(({ way }) => way === null)
  return days === 0 ? [] : open.map((one) => ({ ...one, dueOn: makeUpDueOn(one.closedAt, days) }))
}

const whyMakeUp = t(
  '党员大会、支委会、党小组会、党课、组织生活会缺席的，会后补课（本单位规定）；主持人确认后了结。',
  'Who is absent from a general, committee or group meeting, a lecture or a life meeting makes it up afterwards (a rule of this unit); it is settled when the host confirms.',
)

const whyTalks = t(
  '谈心由谈的两个人都确认才算数，收不到飞书消息的由支委看双方签字；支委之间、支委和党员、党员之间一般每年谈心不少于一次（《中国共产党支部工作条例（试行）》）。',
  'A talk counts once both confirm it, or somebody of the committee has seen the paper that both signed. Committee members, members and both together generally talk once a year at least (Regulations on the Work of Party Branches).',
)

/** From midnight to the end of the next working day. The digest after it would come too late for these meetings. */
const tomorrow = (now: Date): [Date, Date] => [moment(addDays(day(now), 1)), moment(addWorkdays(day(now), 1), '24:00')]
