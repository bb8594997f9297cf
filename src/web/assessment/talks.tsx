import type { AssessmentTable } from '../../../db/assessment/table.ts'
import { lookUp } from '../../../db/client.ts'
import { assessmentIn } from '../../../db/pages/links.ts'
import { type Coverage, coverageOf } from '../../../db/talks/coverage.ts'
import { isUsed } from '../../rules/rulebook/modules.ts'
import { timeOfCoverage } from '../../rules/talks/planner.ts'
import { spokenQuarter } from '../../spoken.ts'
import { t } from '../../text.ts'
import { Section } from '../pieces.tsx'
import { type Column, DataTable } from '../table.tsx'
import type { Visit } from '../visit.ts'

/** Talks as the level above sees them. Numbers of each branch name no person, no kind and no day. */
export async function talksPart(visit: Visit, { rows }: AssessmentTable) {
  const { say, db, link, now } = visit
  const using = rows.filter(({ rulebook }) => isUsed('talks', rulebook))
  if (using.length === 0) return null
  const { quarter } = assessmentIn(link)
  const time = timeOfCoverage(now, quarter)
  const ids = using.map(({ branch }) => branch.id)
  const [covered] = await lookUp(db, [coverageOf(db, ids, time)])
  const of = (met: number, all: number) => (all === 0 ? '–' : `${met}/${all}`)
  const columns: Column<Coverage>[] = [
    { key: 'talksOf', head: say(t('支部', 'Branch')), cell: ({ name }) => name, by: ({ name }) => name, isHead: true },
    {
      key: 'activists',
      head: say(t(`积极分子（${spokenQuarter(quarter).zh}）`, `Activists (${spokenQuarter(quarter).en})`)),
      cell: (one) => of(one.activistsMet, one.activists),
      by: (one) => one.activistsMet - one.activists,
    },
    {
      key: 'members',
      head: say(t(`党员（${time.year}年）`, `Members (${time.year})`)),
      cell: (one) => of(one.membersMet, one.members),
      by: (one) => one.membersMet - one.members,
    },
    {
      key: 'pairs',
      head: say(t(`支委之间（${time.year}年）`, `Committee pairs (${time.year})`)),
      cell: (one) => of(one.pairsMet, one.pairs),
      by: (one) => one.pairsMet - one.pairs,
    },
  ]
  return (
    <Section id="talks" title={say(t('谈心谈话覆盖', 'Talks: who was reached'))}>
      <DataTable
        frame={visit}
        name="talks"
        caption={say(t('只有数，没有名字和内容', 'Figures only, no names and nothing that was said'))}
        columns={columns}
        rows={covered}
        empty={say(t('还没有支部。', 'There are no branches yet.'))}
      />
    </Section>
  )
}
