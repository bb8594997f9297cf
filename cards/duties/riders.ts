import * as z from 'zod'
import { assessmentOf, assessmentOfBranch, submissionsOf } from '../../db/assessment/assessments.ts'
import { assessedBranch } from '../../db/assessment/branch-quarter.ts'
import type { ridersOf } from '../../db/assessment/digests.ts'
import * as messages from '../../db/assessment/messages.ts'
import { branchById, committeeById } from '../../db/branches/units.ts'
import { type Db, lookUp } from '../../db/client.ts'
import { scoreOfAccount } from '../../db/duties/score.ts'
import { day } from '../../src/calendar.ts'
import { button, type Element, lines } from '../../src/card.ts'
import { points, spokenQuarter } from '../../src/spoken.ts'
import { asWritten, type Text, t } from '../../src/text.ts'
import { reviewDaySaid, selfDaysSaid, untilSaid } from '../../src/words/matters.ts'
import { openAppeal, openReview, openSelf } from '../assessment/buttons.ts'

type Rider = Awaited<ReturnType<typeof ridersOf>>[number]

/** The cards that ride in a digest: a line each, with the button that opens the whole card. */
export async function ridersShown(db: Db, riders: readonly Rider[], now: Date): Promise<Element[]> {
  const shown: Element[] = []
  for (const { view, args } of riders.slice(0, MOST)) {
    const known = ofBranch.safeParse(args)
    const above = ofCommittee.safeParse(args)
    if (known.success) shown.push(...(view === messages.result.view ? await result(db, known.data, now) : await self(db, known.data, now)))
    else if (above.success) shown.push(...(await review(db, above.data, now)))
  }
  return shown
}

const MOST = 5

const ofBranch = z.object({ branch: z.string(), quarter: z.string() })
const ofCommittee = z.object({ committee: z.string(), quarter: z.string() })

async function result(db: Db, { branch: id, quarter }: z.infer<typeof ofBranch>, now: Date): Promise<Element[]> {
  const [[branch]] = await lookUp(db, [branchById(db, id)])
  if (!branch) return []
  const it = await assessedBranch(db, branch, quarter, now)
  const [name, of, score] = [asWritten(branch.name), spokenQuarter(quarter), scoreOfAccount(it)]
  const until = it.assessment?.appealsUntil ? untilSaid(it.assessment.appealsUntil, day(now)) : null
  const got = score.tenths === null ? '–' : points(score.tenths)
  const says = until
    ? t(
        `**${name.zh} ${of.zh}考核结果**：${got} 分（计入 ${score.weightAsked} 分），申诉${until.zh}。`,
        `**${name.en}, result of ${of.en}**: ${got} of ${score.weightAsked} judged points; appeals ${until.en}.`,
      )
    : t(
        `**${name.zh} ${of.zh}考核待定**：上级还没有确认完，先不公布、不扣分。`,
        `**${name.en}, ${of.en} is undecided**: the upper level has not decided all of it; nothing is lost by that.`,
      )
  return shownWith(says, button(t('看结果', 'See the result'), openAppeal.value({ branch: id, quarter }), { type: 'primary' }))
}

/** A branch that has sent its quarter up by now has nothing to be told. */
async function self(db: Db, { branch: id, quarter }: z.infer<typeof ofBranch>, now: Date): Promise<Element[]> {
  const [[branch], [assessment], [sentUp]] = await lookUp(db, [
    branchById(db, id),
    assessmentOfBranch(db, id, quarter),
    submissionsOf(db, [id], quarter),
  ])
  if (!branch || !assessment || sentUp) return []
  const [name, of, until] = [asWritten(branch.name), spokenQuarter(quarter), selfDaysSaid(assessment.selfUntil, day(now))]
  return shownWith(
    t(
      `**${name.zh} ${of.zh}自评开始了**，${until.zh}；已预填，看一遍就能报。`,
      `**${name.en}: the self-assessment of ${of.en} is open**, ${until.en}; it is filled in, look it over and send it up.`,
    ),
    button(t('现在自评', 'Assess now'), openSelf.value({ branch: id, quarter }), { type: 'primary' }),
  )
}

async function review(db: Db, { committee: id, quarter }: z.infer<typeof ofCommittee>, now: Date): Promise<Element[]> {
  const [[committee], [assessment]] = await lookUp(db, [committeeById(db, id), assessmentOf(db, id, quarter)])
  if (!committee || !assessment || assessment.publishedAt) return []
  const [name, of, until] = [asWritten(committee.name), spokenQuarter(quarter), reviewDaySaid(assessment.reviewUntil, day(now))]
  return shownWith(
    t(
      `**${name.zh} ${of.zh}可以评定了**：支部自评期已过，${until.zh}。`,
      `**${name.en}, ${of.en} is ready to be judged**: the branches’ days are over; ${until.en}.`,
    ),
    button(t('打开评定', 'Open the review'), openReview.value({ quarter, shown: `c ${id}` }), { type: 'primary' }),
  )
}

const shownWith = (says: Text, one: Element): Element[] => [lines(says), one]
