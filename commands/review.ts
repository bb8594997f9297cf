import { branchReviewOf, reviewOfCommittee } from '../cards/assessment/review.ts'
import { selfAssessmentFor } from '../cards/assessment/self-assessment.ts'
import { yearReview } from '../cards/assessment/year.ts'
import { inDirectChat } from '../cards/home/say.ts'
import { latestOpened } from '../db/assessment/assessments.ts'
import { branchesUnder, committeeById } from '../db/branches/units.ts'
import { lookUp } from '../db/client.ts'
import { addQuarters, day, isQuarter, isYear, type Quarter, quarter as quarterAt, yearOf } from '../src/calendar.ts'
import { branchHere } from '../src/chats/whereabouts.ts'
import { command } from '../src/command.ts'
import { foundOrRefuse, type KnownContext, mayOrRefuse, memberOrRefuse, placeOf } from '../src/context.ts'
import { refuse } from '../src/refusal.ts'
import { may } from '../src/rules/branches/rights.ts'
import { t } from '../src/text.ts'

export const review = command({
  name: 'review',
  zh: '评定',
  part: 'above',
  also: ['自评', 'assess'],
  summary: t(
    '季度考核：支部自评、上级评定（评定 年度 看全年）',
    'The quarter’s assessment: self-assessment, review (“review year” for the year)',
  ),
  usage: t('/评定 2026Q3 第一支部', '/review 2026Q3 First Branch'),
  rights: ['assess', 'submitSelf'],
  async answer(ctx, rest) {
    const here = memberOrRefuse(ctx)
    const said = rest.normalize('NFKC').trim()
    const shown = await asked(here, said)
    return here.chat.isGroup ? inDirectChat(here, shown) : shown
  },
})

/** An assessor gets the review of the committee meant; anybody else the self-assessment of their branch. */
async function asked(here: KnownContext, said: string) {
  const committee = await committeeHere(here)
  const { quarter, name, year } = wordsOf(said)
  if (!committee) {
    const branch = await branchHere(here)
    mayOrRefuse(here.actor, 'submitSelf', placeOf(branch))
    return selfAssessmentFor(here.actor, branch, quarter ?? (await quarterMeant(here, [branch.committee])))
  }
  if (year) return yearReview.args({ committee: committee.id, year: isYear(year) ? year : yearOf(day(here.now)) })
  const [branches] = await lookUp(here.db, [branchesUnder(here.db, committee.id)])
  const meant = quarter ?? (await quarterMeant(here, [committee.id, ...branches.map((one) => one.committee)]))
  if (name === '') return reviewOfCommittee(committee.id, meant)
  const found = branches.filter((one) => one.name.includes(name))
  const [only] = found.filter((one) => one.name === name).concat(found)
  if (!only) refuse('没有找到这个支部，请说全名。', 'There is no such branch here; please say its full name.')
  return branchReviewOf(only.id, meant)
}

/** The chat's committee, else the one whose assessor this is. */
async function committeeHere({ db, actor, chat }: KnownContext) {
  const id = chat.bound?.committee ?? actor.seats.find(({ role, committee }) => role === 'assessor' && committee)?.committee
  if (!id || (chat.bound && !chat.bound.committee)) return null
  const [[found]] = await lookUp(db, [committeeById(db, id)])
  if (!chat.bound) return found && may(actor, 'assess', found) ? found : null
  return foundOrRefuse(actor, 'assess', found, ({ unit, lineage }) => ({ unit, lineage }))
}

function wordsOf(said: string): { quarter: Quarter | null; year: string | null; name: string } {
  const [, year] = /^(?:年度|全年|year)\s*(\d{4})?$/iu.exec(said) ?? []
  if (/^(?:年度|全年|year)/iu.test(said)) return { quarter: null, year: year ?? 'this', name: '' }
  const [first = '', ...others] = said.split(/\s+/u)
  const quarter = first.toUpperCase()
  return isQuarter(quarter) ? { quarter, year: null, name: others.join(' ') } : { quarter: null, year: null, name: said }
}

/** The latest quarter that was opened; before the first, the quarter that is over. */
async function quarterMeant({ db, now }: KnownContext, committees: readonly string[]): Promise<Quarter> {
  const [[latest]] = await lookUp(db, [latestOpened(db, committees)])
  return latest?.quarter ?? addQuarters(quarterAt(now), -1)
}
