import type { Branch } from '../../db/branches/units.ts'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { attestationById } from '../../db/duties/evidence.ts'
import { evidence } from '../../db/scoreboard/evidence.ts'
import type { ScoreSheet } from '../../db/scoreboard/score-sheet.ts'
import { pairsBetween } from '../../db/talks/coverage.ts'
import { problemsOn } from '../../db/work/problems.ts'
import { addDays, type Day, day, type Quarter } from '../../src/calendar.ts'
import { button, type Card, card, type Element, lines, row, strong } from '../../src/card.ts'
import { type Context, foundOrRefuse, memberOrRefuse, placeOf, privately, reply } from '../../src/context.ts'
import { form, select } from '../../src/form.ts'
import type { PressAnswer } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import type { Duty } from '../../src/rules/duties/duty.ts'
import { type EvidenceKind, evidenceKinds } from '../../src/rules/duties/facts.ts'
import type { StandardScore } from '../../src/rules/duties/scoring.ts'
import { type PartId, partOf } from '../../src/rules/standards/standards.ts'
import { kindOfPeriod, spokenDay, spokenPeriod } from '../../src/spoken.ts'
import { asWritten, clipped, joined, labelled, type Text, t } from '../../src/text.ts'
import { openEvidence } from './buttons.ts'

interface Piece {
  kind: EvidenceKind
  source: string
  on: Day
  subject: string
}

/** Everything that stands behind some duties, each piece once. */
function piecesOf(duties: readonly Duty[]): Piece[] {
  const all = duties.flatMap(({ evidence: held, attested, gathered = [], subject }): Piece[] => [
    ...[...(held ? [held] : []), ...gathered].map(({ sourceKind, source, at }) => ({ kind: sourceKind, source, on: day(at), subject })),
    ...(attested && !held ? [{ kind: 'attestation' as const, source: attested.id, on: attested.on, subject }] : []),
  ])
  return [...new Map(all.map((piece) => [piece.source, piece])).values()]
}

const MOST_BUTTONS = 3
const MOST_OPTIONS = 60
const LONGEST_GROUP = 10

/** Opens what stands behind a part: a button for each piece, a choice where there are many. */
export function evidenceButtons({ branch, quarter, groups }: ScoreSheet, part: PartId, duties: readonly Duty[]): Element[] {
  const pieces = piecesOf(duties)
  const listed = pieces.filter(({ kind }) => evidence[kind].isListed).slice(-MOST_OPTIONS)
  const whole = [...new Set(pieces.map(({ kind }) => kind))].filter((kind) => !evidence[kind].isListed)
  const opens = (piece?: string) => openEvidence.value({ branch: branch.id, quarter, ...(piece ? { piece } : {}) })
  const named = ({ on, subject }: Piece, nth: number): Text => {
    // The day of an activist's entry is the day of a talk, which is not everybody's.
    if (partOf(part).per === 'activist') return t(`登记 ${nth + 1}`, `Entry ${nth + 1}`)
    const group = groups.get(subject)
    const when = spokenDay(on)
    return group ? joined([when, asWritten(clipped(group, LONGEST_GROUP))], ' ') : when
  }
  const sent = ({ kind, source }: Piece) => `${kind} ${source}`
  const single = listed.map((piece, nth) => {
    const { zh, en } = named(piece, nth)
    return button(t(`看依据：${zh}`, `Open ${en}`), opens(sent(piece)))
  })
  const choice = () =>
    form(
      `evidence${part.replace(/\W/g, '')}`,
      [
        select(
          `piece${part.replace(/\W/g, '')}`,
          t('哪一次', 'Which one'),
          listed.map((piece, nth) => ({ label: named(piece, nth), value: sent(piece) })),
          { required: true },
        ),
      ],
      { label: t('看依据', 'Open it'), value: opens(), type: 'default' },
    )
  return [
    ...(single.length > MOST_BUTTONS ? [choice()] : single.length > 0 ? [row(...single)] : []),
    ...whole.map((kind) => button(t('看依据…', 'Open the evidence…'), opens(`${kind} `))),
  ]
}

const DAYS_BEFORE = 30

/** Beside a life meeting's evidence stand the pairs that talked in the thirty days before, and the problems put right. */
async function talksBefore(db: Db, { parts }: StandardScore<Duty>, branch: string): Promise<Text[]> {
  const held = parts.flatMap(({ part, duties }) => (part === '7.life' ? duties.flatMap(({ evidence: one }) => one ?? []) : []))
  const days = [...new Set(held.map(({ at }) => day(at)))]
  const found = await lookUp(
    db,
    days.map((on) => statementOf(pairsBetween(db, branch, addDays(on, -DAYS_BEFORE), on))),
  )
  const problems = await lookUp(
    db,
    days.map((on) => statementOf(problemsOn(db, branch, on))),
  )
  return days.flatMap((on, nth) => {
    const [when, pairs] = [spokenDay(on), found[nth]?.[0]?.pairs ?? 0]
    const { found: many = 0, putRight = 0 } = problems[nth]?.[0] ?? {}
    return [
      t(`${when.zh}会前 ${DAYS_BEFORE} 天谈心 ${pairs} 对`, `Talks in the ${DAYS_BEFORE} days before ${when.en}: ${pairs} pairs`),
      ...(many > 0 ? [t(`查摆问题 ${many} 个，已整改 ${putRight} 个`, `Problems found: ${many}, put right: ${putRight}`)] : []),
    ]
  })
}

/** An analysis may have been held by word of mouth. A written one is shown with its measures. */
async function analysed(db: Db, { parts }: StandardScore<Duty>): Promise<Text[]> {
  const held = parts.flatMap(({ part, duties }) => (part === '20.analysis' ? duties.flatMap(({ evidence: one }) => one?.source ?? []) : []))
  if (held.length === 0) return []
  const { analysesHeld } = await import('../../db/voices/analysis.ts')
  const found = await analysesHeld(db, held)
  if (found.length === 0) return [t('口头分析，没有写下来。', 'Analysed by word of mouth; nothing was written.')]
  return found.flatMap(({ topics }) => {
    const done = topics.filter(({ isDone }) => isDone === true).length
    const made = topics.filter(({ isDone }) => isDone !== null).length
    return [
      ...topics.map(({ words }) => asWritten(`· ${words}`)),
      t(`${topics.length} 条，措施 ${made} 项，已办 ${done} 项`, `${topics.length} topics, ${made} measures, ${done} done`),
    ]
  })
}

/** The lines that a standard has beside its evidence. */
export const besidesOf = async (db: Db, scored: StandardScore<Duty>, branch: string): Promise<Text[]> => [
  ...(await talksBefore(db, scored, branch)),
  ...(await analysed(db, scored)),
]

interface Sent {
  branch: string
  quarter: Quarter
  piece?: string
}

/** The feature whose evidence it is gives the card, and it goes to the presser alone. */
export async function openedEvidence(
  ctx: Context,
  { quarter, piece }: Sent,
  found: Branch | undefined,
  filled: Readonly<Record<string, unknown>>,
): Promise<PressAnswer> {
  const { actor, db } = memberOrRefuse(ctx)
  const branch = foundOrRefuse(actor, 'seeScore', found, placeOf)
  const chosen = piece ?? Object.values(filled).find((value) => typeof value === 'string') ?? ''
  const [said, source = ''] = String(chosen).split(' ')
  const kind = evidenceKinds.find((one) => one === said)
  if (!kind) refuse('请先选一次。', 'Please choose one first.')
  const shown = await evidence[kind].open(db, { branch, quarter, source, reader: actor })
  await together(db, [reply(privately(ctx), shown)])
  return { toast: t('已私聊发给你。', 'It is in our direct chat.'), mood: 'success' }
}

/** An entry of the branch: the day, the reference, and who stands by it. */
export async function attestedCard(db: Db, attestation: string): Promise<Card | null> {
  const [[it]] = await lookUp(db, [attestationById(db, attestation)])
  if (!it) return null
  const { name, standard } = partOf(it.part)
  const [on, given] = [spokenDay(it.on), spokenDay(day(it.at))]
  return card(
    t(`（${standard}）${name.zh}`, `(${standard}) ${name.en}`),
    [
      lines(
        labelled(strong(kindOfPeriod(it.period).name), spokenPeriod(it.period), '  '),
        it.saysNone ? t('**登记**  没有这件事', '**Entry**  there was nothing to do') : labelled(t('**日期**', '**Day**'), on, '  '),
        it.reference !== '' && labelled(t('**依据**', '**Reference**'), asWritten(it.reference), '  '),
        labelled(t('**登记人**', '**Entered by**'), joined([asWritten(it.byName ?? ''), given], ' · '), '  '),
        it.confirmedAt
          ? labelled(
              t('**确认人**', '**Confirmed by**'),
              joined([asWritten(it.confirmedByName ?? ''), spokenDay(day(it.confirmedAt))], ' · '),
              '  ',
            )
          : t('等上级确认。', 'Waiting to be confirmed by the upper level.'),
      ),
    ],
    { colour: it.confirmedAt ? 'turquoise' : 'grey' },
  )
}
