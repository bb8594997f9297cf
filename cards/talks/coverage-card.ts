import { branchesOf, committeeById } from '../../db/branches/units.ts'
import { type Db, lookUp } from '../../db/client.ts'
import { type Coverage, coverageOf } from '../../db/talks/coverage.ts'
import { day, firstDayOf, lastDay, periodMonths, quarter, yearOf } from '../../src/calendar.ts'
import { type Card, card, fittingLines, lines, note } from '../../src/card.ts'
import { spokenQuarter } from '../../src/spoken.ts'
import { asWritten, both, type Text, t } from '../../src/text.ts'

const LINES_BYTES = 22_000

/** Coverage for the level above: numbers of each branch, no name of a person and no kind of talk. */
export function coverageCard(committee: string, branches: readonly Coverage[], now: Date): Card {
  const shown = fittingLines(branches.map(branchSaid), LINES_BYTES)
  const year = yearOf(day(now))
  return card(
    t('谈心谈话覆盖', 'Talks: who was reached'),
    [
      branches.length === 0 ? lines(t('还没有支部。', 'There are no branches yet.')) : lines(...shown),
      branches.length > shown.length
        ? note(t(`另有 ${branches.length - shown.length} 个支部。`, `And ${branches.length - shown.length} more branches.`))
        : null,
      note(
        t(
          `积极分子按${spokenQuarter(quarter(now)).zh}，党员和支委之间按${year}年；只有数，没有名字和内容。`,
          `Activists in ${spokenQuarter(quarter(now)).en}, members and committee pairs in ${year}; figures only, no names and nothing said.`,
        ),
      ),
    ],
    { colour: 'wathet', subtitle: asWritten(committee) },
  )
}

/** A branch without activists, or without a committee, says nothing of them. */
function branchSaid(it: Coverage): Text {
  const parts: [number, number, Text][] = [
    [it.activistsMet, it.activists, t('积极分子', 'activists')],
    [it.membersMet, it.members, t('党员', 'members')],
    [it.pairsMet, it.pairs, t('支委之间', 'committee pairs')],
  ]
  return both((l) => {
    const said = parts.filter(([, of]) => of > 0).map(([n, of, name]) => `${name[l]} ${n}/${of}`)
    return `**${asWritten(it.name)[l]}**　${said.join(' · ')}`
  })
}

export const timeOf = (now: Date) => ({
  quarterFrom: firstDayOf(quarter(now)),
  quarterTo: lastDay(periodMonths(quarter(now)).at(-1) ?? ''),
  year: yearOf(day(now)),
  today: day(now),
})

export async function shownCoverage(db: Db, { committee }: { committee: string }, now: Date): Promise<Card | null> {
  const [[found], below] = await lookUp(db, [committeeById(db, committee), branchesOf(db, committee)])
  if (!found) return null
  const ids = below.map((one) => one.id)
  const [covered] = await lookUp(db, [coverageOf(db, ids, timeOf(now))])
  return coverageCard(found.name, covered, now)
}
