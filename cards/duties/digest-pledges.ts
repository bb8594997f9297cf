import type { Db } from '../../db/client.ts'
import type { toldTo } from '../../db/duties/alerts.ts'
import { type PledgeLine, pledgeLines } from '../../db/pledges/waiting.ts'
import type { Day } from '../../src/calendar.ts'
import { button, type Element, lines } from '../../src/card.ts'
import { spokenDay } from '../../src/spoken.ts'
import { type Text, t } from '../../src/text.ts'
import { openPledge, openPledgeReview } from '../pledges/buttons.ts'

/** A line is told at each of its steps once. */
export async function pledgesIn(db: Db, person: string, told: Awaited<ReturnType<typeof toldTo>>, now: Date, today: Day) {
  const isRepeated = ({ branch, part, period, step }: PledgeLine) =>
    told.some((one) => one.branch === branch && one.part === part && one.period === period && one.step === step && one.toldOn < today)
  return (await pledgeLines(db, { person }, now)).filter((one) => !isRepeated(one))
}

/** The lines about pledges in a digest: the reader's own, and those that wait for the committee. */
export const pledgesShown = (all: readonly PledgeLine[], today: Day): Element[] =>
  all.flatMap((one) =>
    one.part === 'pledge'
      ? [lines(ownSaid(one, today)), button(t('写承诺', 'Write it'), openPledge.value({ about: 'pledge' }), { type: 'primary' })]
      : [lines(reviewSaid(one)), button(t('去审', 'Look at them'), openPledgeReview.value({ about: 'pledges' }), { type: 'primary' })],
  )

function ownSaid({ dueOn }: PledgeLine, today: Day): Text {
  const { zh, en } = spokenDay(dueOn)
  return today > dueOn
    ? t(`**今年的承诺还没有写**，${zh}到期`, `**This year’s pledge is not written**; it was due on ${en}`)
    : t(`**今年的承诺**：请在${zh}前写`, `**This year’s pledge**: please write it by ${en}`)
}

function reviewSaid({ pledges, dueOn }: PledgeLine): Text {
  const { zh, en } = spokenDay(dueOn)
  return t(`**承诺等支委会审** ${pledges} 份，最早${zh}前审`, `**Pledges to look at**: ${pledges}, the first by ${en}`)
}

export const pledgesTitle = ([first]: readonly PledgeLine[]): Text =>
  first?.part === 'pledgeReview' ? t('有承诺等你审', 'Pledges to look at') : t('今年的承诺还没有写', 'This year’s pledge')
