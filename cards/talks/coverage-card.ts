import { actorById } from '../../db/branches/members.ts'
import { branchById, branchesOf, committeeById } from '../../db/branches/units.ts'
import { type Db, lookUp } from '../../db/client.ts'
import { type Coverage, coverageOf } from '../../db/talks/coverage.ts'
import { type TalkFact, talkFactsFor } from '../../db/talks/evidence.ts'
import { day, type Quarter, quarter, yearOf } from '../../src/calendar.ts'
import { button, type Card, card, type Element, fitting, fittingLines, lines, note } from '../../src/card.ts'
import { timeOfCoverage } from '../../src/rules/talks/planner.ts'
import { spokenDay, spokenQuarter } from '../../src/spoken.ts'
import { asWritten, both, joined, labelled, type Text, t } from '../../src/text.ts'
import { sendTalk } from './buttons.ts'

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

export async function shownCoverage(db: Db, { committee }: { committee: string }, now: Date): Promise<Card | null> {
  const [[found], below] = await lookUp(db, [committeeById(db, committee), branchesOf(db, committee)])
  if (!found) return null
  const ids = below.map((one) => one.id)
  const [covered] = await lookUp(db, [coverageOf(db, ids, timeOfCoverage(now))])
  return coverageCard(found.name, covered, now)
}

const FACTS_BYTES = 12_000

/** The talks that prove a quarter, as facts: who, when, and the day of the opinion. The reader's own open from here. */
export async function shownFacts(
  db: Db,
  { branch, quarter: of, viewer }: { branch: string; quarter: Quarter; viewer: string },
): Promise<Card | null> {
  const [[place], [reader]] = await lookUp(db, [branchById(db, branch), actorById(db, viewer)])
  if (!place || !reader) return null
  const all = await talkFactsFor(db, place, of, reader)
  const shown = fitting(all, ({ aName, bName }) => `${aName}${bName}`.repeat(6), FACTS_BYTES, 400)
  return card(
    labelled(t('谈心依据', 'Talks that count'), spokenQuarter(of), ' · '),
    [
      all.length === 0 ? lines(t('没有你能看的谈心。', 'There are no talks here that you may see.')) : null,
      ...shown.flatMap((one): Element[] => [
        lines(factSaid(one)),
        ...(one.a === viewer || one.b === viewer ? [button(t('打开', 'Open'), sendTalk.value({ talk: one.id }))] : []),
      ]),
      all.length > shown.length ? note(t(`另有 ${all.length - shown.length} 次。`, `${all.length - shown.length} more.`)) : null,
      note(
        t(
          '这里只有事实：谁和谁、哪天、意见哪天交。谈了什么不在这里。',
          'Facts alone: who, on which day, and when the appraisal came. What was said is not here.',
        ),
      ),
    ],
    { colour: 'turquoise', subtitle: asWritten(place.name) },
  )
}

function factSaid({ aName, bName, onDay, opinionAt, isAttested }: TalkFact): Text {
  const filed = opinionAt && spokenDay(day(opinionAt))
  return joined(
    [
      t(`**${asWritten(aName).zh}** 和 **${asWritten(bName).zh}**`, `**${asWritten(aName).en}** and **${asWritten(bName).en}**`),
      spokenDay(onDay),
      ...(filed ? [t(`考察意见 ${filed.zh}`, `appraisal ${filed.en}`)] : []),
      ...(isAttested ? [t('凭签字登记', 'by signed paper')] : []),
    ],
    ' · ',
  )
}
