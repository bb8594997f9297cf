import { sql } from 'drizzle-orm'
import type { Child } from 'hono/jsx'
import { type Db, lookUp } from '../../../db/client.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../../db/gatherings/state.ts'
import { votesStand } from '../../../db/gatherings/voters.ts'
import type { ElectionThere } from '../../../db/gatherings/votes-held.ts'
import { elections } from '../../../db/meeting-votes/tables.ts'
import { day, time } from '../../calendar.ts'
import { stanceNames } from '../../rules/ballots/uses.ts'
import { gatheringKinds } from '../../rules/gatherings/gatherings.ts'
import { isAmong, isRunOff, type Nominee, outcomeOf } from '../../rules/meeting-votes/elections.ts'
import { both, t } from '../../text.ts'
import { outcomeLines, roundTitle, writeInSaid } from '../../words/elections.ts'
import { Notice, Page } from '../page.tsx'
import { Figures, Section } from '../pieces.tsx'
import { Rich } from '../scoreboard/branch-standards.tsx'
import { DataTable } from '../table.tsx'
import type { Visit, WebPage } from '../visit.ts'

/** One vote of an election as a record for the file. It is filled in by hand before the count, and printed with its figures afterwards. */
export const tallySheetPage: WebPage = {
  kind: 'tallySheet',
  async show(visit) {
    const found = await electionAt(visit.db, visit.link.subject)
    if (!found) return null
    const { it, one } = found
    const { say } = visit
    const outcome = outcomeOf(one, it.elections)
    const title = roundTitle(one, it.elections)
    return (
      <Page
        frame={visit}
        title={t(`选举计票单 · ${title.zh}`, `Tally sheet · ${title.en}`)}
        of={t(it.branchName, it.branchName)}
        about={both((l) =>
          [gatheringKinds[it.kind].name[l], `${day(it.startsAt)} ${time(it.startsAt)}–${time(it.endsAt)}`, it.place]
            .filter(Boolean)
            .join(' · '),
        )}
        script="document.querySelector('#print').addEventListener('click', () => print())"
      >
        <p class="hint">
          <button type="button" id="print">
            {say(t('打印', 'Print'))}
          </button>
        </p>
        <Ballots visit={visit} one={one} />
        <Section id="votes" title={say(t('得票', 'Votes'))}>
          <Votes visit={visit} one={one} all={it.elections} />
        </Section>
        <Section id="outcome" title={say(t('结果', 'Result'))}>
          {outcome ? (
            outcomeLines(outcome).map((line) => (
              <p>
                <Rich text={line} frame={visit} />
              </p>
            ))
          ) : (
            <p class="blank">{say(t('当选：', 'Elected:'))}</p>
          )}
        </Section>
        <Section id="signed" title={say(t('签名', 'Signatures'))}>
          <div class="signed">
            <Signature of={say(t('监票人', 'Scrutineers'))} people={one.scrutineers} />
            <Signature of={say(t('计票人', 'Tellers'))} people={one.tellers} />
            <Signature of={say(t('会议主持人', 'Presiding'))} people={[]} />
            <Signature of={say(t('日期', 'Date'))} people={[]} />
          </div>
        </Section>
        {votesStand(it) === false && (
          <Notice tone="warning">{say(t('会议人数不足，选举不作数。', 'The meeting had no quorum; the election does not stand.'))}</Notice>
        )}
        {one.sheet && !one.ballot && (
          <Notice>
            {say(
              t(
                `数字由${one.sheetByName ?? ''}照计票人的报告填写，合计已核对。`,
                `Entered by ${one.sheetByName ?? ''} as the tellers reported them; the sums agree.`,
              ),
            )}
          </Notice>
        )}
      </Page>
    )
  },
}

/** A withdrawn round has no sheet. */
async function electionAt(db: Db, election: string): Promise<{ it: GatheringAsItStands; one: ElectionThere } | null> {
  const [[row]] = await lookUp(db, [
    db.select({ gathering: elections.gathering }).from(elections).where(sql`${elections.id} = ${election}`),
  ])
  const [it] = row ? await lookUp(db, [gatheringAsItStands(db, row.gathering)]) : []
  const one = it?.elections.find(({ id }) => id === election)
  return it && one ? { it, one } : null
}

const BLANK = '\u00a0'

function Ballots({ visit: { say }, one: { expectedVoters, presentVoters, sheet } }: { visit: Visit; one: ElectionThere }) {
  const counted = (figure: number | undefined) => (figure === undefined ? BLANK : String(figure))
  return (
    <Figures
      figures={[
        { figure: String(expectedVoters), of: say(t('应到有选举权', 'Voters expected')) },
        { figure: String(presentVoters), of: say(t('到会有选举权', 'Voters present')) },
        { figure: counted(sheet?.handedOut), of: say(t('发出选票', 'Handed out')) },
        { figure: counted(sheet?.returned), of: say(t('收回选票', 'Returned')) },
        { figure: counted(sheet?.invalid), of: say(t('废票', 'Invalid')) },
        { figure: counted(sheet && sheet.votes.length > 0 ? sheet.returned - sheet.invalid : undefined), of: say(t('有效票', 'Valid')) },
      ]}
    />
  )
}

interface Row {
  nth: string
  name: string
  votes: readonly (number | null)[]
  isElected: boolean
  /** Why a written-in name cannot be elected. */
  why?: string
}

function Votes({ visit, one, all }: { visit: Visit; one: ElectionThere; all: readonly ElectionThere[] }) {
  const { say } = visit
  const outcome = outcomeOf(one, all)
  const elected = outcome?.is === 'counted' ? outcome.elected : []
  const writtenIn = say(t('另选', 'Written in'))
  const rows: Row[] = [
    ...one.nominees.map((nominee, nth) => {
      const votes = one.sheet?.votes[nth]
      return {
        nth: String(nth + 1),
        name: nominee.name,
        votes: [votes?.for ?? null, votes?.against ?? null, votes?.abstain ?? null],
        isElected: isAmong(nominee, elected),
      }
    }),
    ...(one.sheet?.writeIns ?? []).map(({ name, meant, is, for: votes }) => ({
      nth: writtenIn,
      name,
      votes: [votes, null, null],
      isElected: meant !== null && isAmong(meant, elected),
      why: say(writeInSaid[is] ?? t('', '')),
    })),
    ...(one.sheet || isRunOff(one, all)
      ? []
      : [1, 2].map(() => ({ nth: writtenIn, name: BLANK, votes: [null, null, null], isElected: false }))),
  ]
  const figure = (stance: keyof typeof stanceNames, at: number) => ({
    key: stance,
    head: say(stanceNames[stance]),
    isNumber: true,
    cell: ({ votes }: Row) => votes[at] ?? BLANK,
  })
  return (
    <DataTable
      frame={visit}
      caption={say(t('候选人按姓氏笔画排列', 'Nominees in the order of their surnames’ strokes'))}
      rows={rows}
      empty=""
      columns={[
        { key: 'nth', head: say(t('序号', 'No.')), cell: ({ nth }) => nth },
        { key: 'name', head: say(t('姓名', 'Name')), isHead: true, cell: ({ name }) => name },
        figure('for', 0),
        figure('against', 1),
        figure('abstain', 2),
        {
          key: 'elected',
          head: say(t('当选', 'Elected')),
          cell: ({ isElected, why }) => (isElected ? say(t('✓ 当选', '✓ elected')) : why || BLANK),
        },
      ]}
    />
  )
}

const Signature = ({ of, people }: { of: string; people: readonly Nominee[] }): Child => (
  <p>
    <span>
      {of}
      {people.length > 0 && <small>{people.map(({ name }) => name).join('、')}</small>}
    </span>
  </p>
)
