import { reviewsWaiting } from '../../db/assessment/assessments.ts'
import { mattersOf } from '../../db/assessment/matters.ts'
import { helpedBy, lastTwiceOpen, supportsOver } from '../../db/assessment/year.ts'
import { waitingForVote } from '../../db/ballots/state.ts'
import { type Actor, memberById } from '../../db/branches/members.ts'
import { type Db, lookUp } from '../../db/client.ts'
import { type Alarm, alarmsFor } from '../../db/duties/alerts.ts'
import { evaluationsWaiting } from '../../db/evaluation/state.ts'
import { leavesToConfirm } from '../../db/gatherings/leaves.ts'
import { makeUpDaysOf, makeUpsOfMember } from '../../db/gatherings/make-ups.ts'
import { ofUsing } from '../../db/rulebook/using.ts'
import { papersOf } from '../../db/talks/papers.ts'
import { talksWaiting } from '../../db/talks/waiting.ts'
import { waitingFor } from '../../db/voices/waiting.ts'
import { tasksWaiting } from '../../db/work/state.ts'
import { day } from '../../src/calendar.ts'
import { button, type Card, card, fittingLines, lines, note } from '../../src/card.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { partOf } from '../../src/rules/standards/standards.ts'
import { spokenDay, spokenMoment, spokenPeriod, spokenQuarter } from '../../src/spoken.ts'
import { asWritten, both, labelled, listed, type Text, t } from '../../src/text.ts'
import { behindBelow } from '../../src/words/behind.ts'
import { evaluationName } from '../../src/words/evaluations.ts'
import { makeUpLine } from '../../src/words/make-ups.ts'
import { mattersShown, reviewDaySaid, untilSaid } from '../../src/words/matters.ts'
import { papersShown } from '../../src/words/talks.ts'
import { voicesSaid } from '../../src/words/voices/said.ts'
import { toVote } from '../../src/words/waiting-votes.ts'
import { tasksShown } from '../../src/words/work/tasks.ts'
import { matterButtons } from '../assessment/buttons.ts'
import { openVote } from '../ballots/buttons.ts'
import { openLeave, openLeavesAsked, openMakeUp } from '../gatherings/buttons.ts'
import { openPaper, openRequests } from '../talks/buttons.ts'
import { openInbox } from '../voices/buttons.ts'
import { openBranchTasks, openTasks } from '../work/buttons.ts'
import { appealsOf } from './mine-appeals.ts'
import { meetingsOf } from './mine-meetings.ts'
import { papersWaiting } from './mine-papers.ts'

export async function mineCard(db: Db, args: { unit: string; member: string }, now: Date): Promise<Card | null> {
  const [[member]] = await lookUp(db, [memberById(db, args.unit, args.member)])
  if (!member) return null
  const [owed] = await lookUp(db, [makeUpsOfMember(db, member.id, now, await makeUpDaysOf(db, member.id, now))])
  const toMakeUp = makeUpLine(owed, day(now))
  const meetings = await meetingsOf(db, member, now)
  const alarms = await alarmsFor(db, member.openId, now)
  const [below, own] = [alarms.filter(({ hearing }) => hearing === 'upper'), alarms.filter(({ hearing }) => hearing !== 'upper')]
  const due = dutiesSaid(own)
  const shown = fittingLines(due, DUTIES_BYTES)
  const toWrite = await evaluationsOf(db, member)
  const reviews = await reviewsOf(db, member, now)
  const helped = await helpedSaid(db, member, now)
  const matters = await mattersOf(db, member.openId, now)
  const [votes, asked, claimed, raised, onPaper] = await lookUp(db, [
    waitingForVote(db, member.id),
    leavesToConfirm(db, member.id, now),
    talksWaiting(db, member.id, now),
    waitingFor(db, member.openId),
    papersOf(db, member.openId, now),
  ])
  const [talks, papers] = [await ofUsing(db, 'talks', claimed, now), await ofUsing(db, 'talks', onPaper, now)]
  const [firstAsked] = asked
  const appeals = await appealsOf(db, member)
  const tasks = await tasksWaiting(db, member.openId)
  const written = await papersWaiting(db, member, now)
  return card(
    both((l) => (l === 'zh' ? `${asWritten(member.name).zh}的待办` : `${asWritten(member.name).en}’s to-dos`)),
    [
      votes.length > 0 ? lines(t('**投票**', '**Ballots**')) : null,
      ...toVote(votes, MOST_VOTES, (ballot) => openVote.value({ ballot })),
      votes.length > MOST_VOTES ? note(t('其余的说「投票」查看。', 'Say “ballot” to see the others.')) : null,
      talks.length > 0 ? lines(t('**谈心等你确认**', '**Talks to confirm**'), ...talks.map(talkAsked)) : null,
      talks.length > 0 ? button(t('去确认', 'Answer'), openRequests.value({ about: 'talks' }), { type: 'primary' }) : null,
      ...papersShown(papers, (talk) => openPaper.value({ talk })),
      ...tasksShown(tasks, { own: openTasks.value({ about: 'tasks' }), branch: (branch) => openBranchTasks.value({ branch }) }, day(now)),
      ...written,
      ...raised.flatMap((one) => [lines(voicesSaid(one)), button(t('去答复', 'Answer'), openInbox.value({ about: 'voices' }))]),
      toWrite.length > 0 ? lines(t('**民主评议**（说「评议」）', '**Evaluation** (say “evaluation”)'), ...toWrite) : null,
      ...mattersShown(matters, matterButtons),
      meetings.length > 0 ? lines(t('**会议**', '**Meetings**'), ...meetings.map(({ said }) => said)) : null,
      ...meetings
        .flatMap(({ excuse }) => excuse ?? [])
        .slice(0, MOST_EXCUSES)
        .map(({ id, label }) => button(label, openLeave.value({ gathering: id }))),
      appeals.length > 0 ? lines(t('**申诉**', '**Appeals**'), ...appeals) : null,
      asked.length > 0 ? lines(t('**请假待确认**', '**Leave to confirm**'), ...asked.map(askedSaid)) : null,
      firstAsked ? button(t('看请假', 'See who asks'), openLeavesAsked.value({ gathering: firstAsked.id })) : null,
      due.length > 0 ? lines(t('**该办的事**', '**Duties**'), ...shown) : null,
      due.length > shown.length ? note(t(`另有 ${due.length - shown.length} 项。`, `${due.length - shown.length} more.`)) : null,
      behindBelow(below, MOST_BELOW),
      reviews.length > 0 ? lines(t('**考核评定**（说「评定」）', '**Assessments** (say “review”)'), ...reviews) : null,
      helped.length > 0 ? lines(t('**我帮扶的支部**', '**Branches I help**'), ...helped) : null,
      toMakeUp ? lines(toMakeUp) : null,
      owed.length > 0 ? button(t('补课单', 'My make-ups'), openMakeUp.value({ form: 'makeUp' })) : null,
      [
        votes,
        talks,
        papers,
        raised,
        toWrite,
        meetings,
        appeals,
        asked,
        alarms,
        reviews,
        helped,
        owed,
        matters.owed,
        matters.toConfirm,
        tasks.due,
        tasks.toSettle,
        written,
      ].every((one) => one.length === 0)
        ? lines(t('眼下没有等你办的事。', 'Nothing is waiting for you.'))
        : null,
      note(t('开会时说「签到」，或按群里卡片上的按钮。', 'At a meeting say “checkin”, or press the button on the card in the group.')),
    ],
    { colour: 'wathet' },
  )
}

async function evaluationsOf(db: Db, member: Actor): Promise<Text[]> {
  const [waiting] = await lookUp(db, [evaluationsWaiting(db, member.id)])
  return waiting.flatMap(({ period, self, group }) => {
    const todo = [...(self ? [t('写自评', 'your own view')] : []), ...(group ? [t('填小组意见', 'the group’s view')] : [])]
    return todo.length === 0 ? [] : [both((l) => `· ${evaluationName(period)[l]} — ${listed(todo)[l]}`)]
  })
}

const talkAsked = ({ name, onDay }: { name: string; onDay: string }): Text =>
  t(`· ${asWritten(name).zh} ${spokenDay(onDay).zh}`, `· ${asWritten(name).en} ${spokenDay(onDay).en}`)

const askedSaid = ({ kind, startsAt, people }: Awaited<ReturnType<typeof leavesToConfirm>>[number]): Text =>
  t(
    `· ${spokenMoment(startsAt).zh} ${gatheringKinds[kind].name.zh} — ${people} 人`,
    `· ${spokenMoment(startsAt).en} ${gatheringKinds[kind].name.en} — ${people}`,
  )

/** A card holds 30 KB, and somebody may look after many branches. */
const DUTIES_BYTES = 9_000

const MOST_BELOW = 24

const MOST_VOTES = 3

const MOST_EXCUSES = 3

const REVIEWS_BYTES = 5_000

/** One line a thing. The branch is named where there are several; a line asked for several people carries their number. */
function dutiesSaid(alarms: readonly Alarm[]): Text[] {
  const isOneBranch = new Set(alarms.map(({ branch }) => branch.id)).size === 1
  const said = alarms.map(({ branch, duty, group }) => {
    const whose = [...(isOneBranch ? [] : [branch.name]), ...(group ? [group] : [])].map(asWritten)
    return both((l) => {
      const of = whose.length > 0 ? ` · ${whose.map((one) => one[l]).join(' · ')}` : ''
      return `· ${spokenPeriod(duty.period)[l]} ${partOf(duty.part).name[l]}${of} — ${dueSaid(duty)[l]}`
    })
  })
  return [...Map.groupBy(said, ({ zh }) => zh).values()].map((same) => {
    const [one] = same as [Text, ...Text[]]
    return same.length > 1 ? both((l) => `${one[l]} × ${same.length}`) : one
  })
}

async function helpedSaid(db: Db, { id: member }: Actor, now: Date): Promise<Text[]> {
  const [all] = await lookUp(db, [helpedBy(db, member)])
  return all.map(({ branchName, until }) => labelled(asWritten(`· ${branchName}`), untilSaid(until, day(now)), ' — '))
}

/** An assessor's waiting work: reviews to publish, appeals to answer, items to settle. */
async function reviewsOf(db: Db, { seats }: Actor, now: Date): Promise<readonly Text[]> {
  const committees = seats.flatMap(({ role, committee }) => (role === 'assessor' && committee ? [committee] : []))
  if (committees.length === 0) return []
  const [waiting, lastPlaces, supports] = await lookUp(db, [
    reviewsWaiting(db, committees, day(now)),
    lastTwiceOpen(db, committees),
    supportsOver(db, committees, day(now)),
  ])
  const reviews = waiting.map(({ name, quarter, publishedAt, reviewUntil, appealsWaiting }) => {
    const what = publishedAt
      ? t(`${appealsWaiting} 件申诉待答复`, `${appealsWaiting} appeal${appealsWaiting === 1 ? '' : 's'} to answer`)
      : reviewDaySaid(reviewUntil, day(now))
    return both((l) => `· ${asWritten(name)[l]} ${spokenQuarter(quarter)[l]} — ${what[l]}`)
  })
  return fittingLines(
    [
      ...reviews,
      ...lastPlaces.map(({ branchName, year }) => {
        const { zh, en } = asWritten(branchName)
        return t(
          `· ${zh} ${year} 年末位事项 — 待办结（说「评定 年度」）`,
          `· ${en}, last places of ${year} — to be closed (say “review year”)`,
        )
      }),
      ...supports.map(({ branchName, name, until }) => {
        const [branch, helper, on] = [asWritten(branchName), asWritten(name), spokenDay(until)]
        return t(
          `· ${branch.zh}的帮扶（${helper.zh}）${on.zh}已到期 — 请记录结果（说「评定 年度」）`,
          `· the support of ${branch.en} (${helper.en}) ended ${on.en} — record its outcome (say “review year”)`,
        )
      }),
    ],
    REVIEWS_BYTES,
  )
}

function dueSaid({ state, dueOn }: { state: string; dueOn: string }): Text {
  const { zh, en } = spokenDay(dueOn)
  return state === 'overdue' ? t(`${zh}已到期`, `was due ${en}`) : t(`${zh}到期`, `due ${en}`)
}
