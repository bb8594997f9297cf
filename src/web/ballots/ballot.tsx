import { type BallotAsItStands, type BallotResult, ballotAsItStands } from '../../../db/ballots/state.ts'
import { type NamedVote, namedVotesOf, receiptsOf } from '../../../db/ballots/voter-cards.ts'
import { type Db, lookUp } from '../../../db/client.ts'
import { placeOfBallot } from '../../context.ts'
import { Refusal } from '../../refusal.ts'
import { type Circle, circles } from '../../rules/ballots/pieces.ts'
import { type CircleTally, trimmedMeanTenths } from '../../rules/ballots/tally.ts'
import { markName, scales, uses } from '../../rules/ballots/uses.ts'
import { may } from '../../rules/branches/rights.ts'
import { spokenMoment } from '../../spoken.ts'
import { both, joined, plainly, type Text, t } from '../../text.ts'
import { circleNames, isOfYear, namedLines, secrecySaid, shortTitle, subjectSaid, tooFew } from '../../words/ballots.ts'
import { decisionLines } from '../../words/decisions.ts'
import { changesSaid, electorsSaid } from '../../words/electorate.ts'
import { withheldSaid } from '../../words/withheld.ts'
import { Bars } from '../charts.tsx'
import { Notice, Page } from '../page.tsx'
import { Figures, Section } from '../pieces.tsx'
import { Rich } from '../scoreboard/branch-standards.tsx'
import type { Visit, WebPage } from '../visit.ts'

/** The result of a ballot. Where it is not for everybody, the link is one person's, who must still be entitled to it. */
export const ballotPage: WebPage = {
  kind: 'ballot',
  async show(visit) {
    const it = await mayBeSeen(visit)
    if (!it?.result) return null
    const { say } = visit
    const withheld = withheldSaid(it)
    const [named] = await lookUp(visit.db, [namedVotesOf(visit.db, it.id)])
    return (
      <Page frame={visit} title={shortTitle(it)} of={ownerSaid(it)} about={closedSaid(it)}>
        <Turnout visit={visit} it={it} />
        {withheld && <Notice tone="warning">{say(withheld)}</Notice>}
        {circles.map((circle) => circleShown(visit, it, it.result as BallotResult, circle))}
        {decisionLines(it).map((line) => (
          <Notice>{say(line).replaceAll('**', '')}</Notice>
        ))}
        <Named visit={visit} it={it} votes={named} />
        <Changes visit={visit} it={it} />
        <Receipts visit={visit} receipts={await receiptsOf(visit.db, it.id)} />
        {it.isSecret && <Notice>{say(secrecySaid(it))}</Notice>}
      </Page>
    )
  },
}

/** Voters who may not see the result can still check that their vote was counted. */
export const receiptsPage: WebPage = {
  kind: 'receipts',
  async show(visit) {
    const it = await ballotOf(visit.db, visit.link.subject)
    if (!it?.result) return null
    return (
      <Page frame={visit} title={shortTitle(it)} of={ownerSaid(it)} about={closedSaid(it)}>
        <Turnout visit={visit} it={it} />
        <Changes visit={visit} it={it} />
        <Receipts visit={visit} receipts={await receiptsOf(visit.db, it.id)} />
      </Page>
    )
  },
}

const ownerSaid = (it: BallotAsItStands): Text => both((l) => [it.ownerName, ...(isOfYear(it) ? [] : [uses[it.use].name[l]])].join(' · '))

const ballotOf = async (db: Db, ballot: string) => (await lookUp(db, [ballotAsItStands(db, ballot)]))[0]

async function mayBeSeen({ db, link, actor }: Visit): Promise<BallotAsItStands | undefined> {
  const it = await ballotOf(db, link.subject)
  if (it && uses[it.use].toldTo === 'organisers' && !may(actor, 'openBallot', placeOfBallot(it)))
    throw new Refusal(t('这次投票的结果已不归你查看。', 'The result of this ballot is no longer yours to see.'))
  return it
}

const closedSaid = ({ closedAt }: BallotAsItStands): Text | undefined =>
  closedAt ? joined([spokenMoment(closedAt), t('截止', 'closed')], ' ') : undefined

function Turnout({ visit: { say }, it: { result } }: { visit: Visit; it: BallotAsItStands }) {
  if (!result) return null
  return (
    <Figures
      figures={[
        { figure: String(result.voted), of: say(t('已投', 'Voted')), isMain: true },
        { figure: String(result.expected), of: say(t('应投', 'Entitled')) },
        ...(result.codes > 0 ? [{ figure: `${result.codesUsed} / ${result.codes}`, of: say(t('凭码', 'By code')) }] : []),
      ]}
    />
  )
}

function circleShown(visit: Visit, it: BallotAsItStands, result: BallotResult, circle: 'members' | 'public') {
  const { say } = visit
  if (result.outcome !== 'counted' || (circle === 'public' && result.codes === 0)) return null
  const tally = result.tally[circle]
  const title = result.codes > 0 ? circleNames[circle] : t('结果', 'The result')
  return (
    <Section id={circle} title={say(title)}>
      {tally ? <Counts visit={visit} it={it} tally={tally} circle={circle} /> : <p>{say(tooFew(it, circle))}</p>}
    </Section>
  )
}

function Counts({ visit, it, tally, circle }: { visit: Visit; it: BallotAsItStands; tally: CircleTally; circle: Circle }) {
  const { say } = visit
  const { scale, subjects } = it.question
  const told = (key: string) => plainly(subjectSaid(it, tally, key, circle))[visit.language]
  const named = subjects.map(({ key, name }) => ({ name, counts: tally.counts[key] ?? {}, said: told(key) }))
  const writeIns = Object.entries(tally.writeIns).filter(([name]) => name !== '')
  const plain = (text: Text) => plainly(text)[visit.language]
  if (scale === 'chosen')
    return (
      <Bars
        caption={say(t('得票', 'Votes'))}
        most={Math.max(1, ...named.map(({ counts }) => counts.chosen ?? 0))}
        bars={named
          .toSorted((a, b) => (b.counts.chosen ?? 0) - (a.counts.chosen ?? 0))
          .map(({ name, counts, said }) => ({ label: name, value: counts.chosen ?? 0, written: said }))}
      />
    )
  if (scale === 'score')
    return (
      <Bars
        caption={say(t('平均分（去掉一个最高分、一个最低分）', 'Mean score, the highest and the lowest dropped'))}
        most={100}
        bars={named.map(({ name, counts, said }) => ({ label: name, value: (trimmedMeanTenths(counts) ?? 0) / 10, written: said }))}
      />
    )
  return (
    <>
      {named.map(({ name, counts, said }) => (
        <Spread visit={visit} it={it} name={subjects.length > 1 || scale !== 'stances' ? name : ''} counts={counts} said={said} />
      ))}
      {writeIns.length > 0 && (
        <p>
          {say(t('另选：', 'Written in: ')) +
            writeIns.map(([name, count]) => `${name} ${count}`).join(visit.language === 'zh' ? '，' : ', ')}
        </p>
      )}
      <p class="rule">{plain(legendSaid(scale))}</p>
    </>
  )
}

const legendSaid = (scale: keyof typeof scales): Text =>
  both((l) => scales[scale].values.map((value) => markName(scale, value)[l]).join(' → '))

const TONES = ['best', 'good', 'fair', 'poor', 'worst']

interface Spreading {
  visit: Visit
  it: BallotAsItStands
  name: string
  counts: Record<string, number>
  said: string
}

/** The marks of one subject side by side, in proportion. Figures that must not be told are replaced by words. */
function Spread({ visit, it, name, counts, said }: Spreading) {
  const { values } = scales[it.question.scale]
  const sum = Object.values(counts).reduce((all, count) => all + count, 0)
  const isTold = values.some((value) => said.includes(`${markName(it.question.scale, value)[visit.language]} ${counts[value] ?? 0}`))
  let from = 0
  return (
    <figure class="spread">
      <figcaption>
        {name && <b>{name}</b>} {said}
      </figcaption>
      {isTold && sum > 0 && (
        <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
          {values.map((value, nth) => {
            const width = ((counts[value] ?? 0) / sum) * 100
            const x = from
            from += width
            return <rect class={TONES[nth]} x={String(x)} width={String(width)} height="4" />
          })}
        </svg>
      )}
    </figure>
  )
}

function Named({ visit, it, votes }: { visit: Visit; it: BallotAsItStands; votes: readonly NamedVote[] }) {
  if (votes.length === 0 || it.result?.outcome !== 'counted') return null
  return (
    <Section id="named" title={visit.say(t('谁投了什么', 'Who chose what'))}>
      <ul class="steps">
        {namedLines(it, votes).map((line) => (
          <li>{visit.say(line)}</li>
        ))}
      </ul>
    </Section>
  )
}

/** A card tells the latest alone; here stand all of them. */
function Changes({ visit, it }: { visit: Visit; it: BallotAsItStands }) {
  return (
    <Section id="changes" title={visit.say(t('名单和变动', 'The list, and what changed'))}>
      <ul class="steps">
        {[electorsSaid(it), ...changesSaid(it, Number.POSITIVE_INFINITY)].map((line) => (
          <li>
            <Rich text={line} frame={visit} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

export function Receipts({ visit: { say }, receipts }: { visit: Visit; receipts: readonly string[] }) {
  if (receipts.length === 0) return null
  return (
    <Section id="receipts" title={say(t(`全部回执（${receipts.length}）`, `All receipts (${receipts.length})`))}>
      <p class="hint">
        {say(
          t(
            '按字母排序。找到自己的回执，说明这一票计入了；回执不说明投了什么。',
            'In alphabetical order. Finding yours shows that your vote was counted; a receipt does not say how you voted.',
          ),
        )}
      </p>
      <ul class="receipts">
        {receipts.map((code) => (
          <li>{code}</li>
        ))}
      </ul>
    </Section>
  )
}
