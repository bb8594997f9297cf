import { branchById } from '../../db/branches/units.ts'
import { lookUp } from '../../db/client.ts'
import { opinionById, opinionsOfBranch, readOpinion, toAppraise } from '../../db/talks/opinions.ts'
import { addQuarters, day, quarter } from '../../src/calendar.ts'
import { button, type Card, card, type Element, lines, note, row, words } from '../../src/card.ts'
import { type Context, foundOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import type { PressAnswer } from '../../src/press.ts'
import { verdictNames } from '../../src/rules/talks/kinds.ts'
import { spokenDay, spokenQuarter } from '../../src/spoken.ts'
import { asWritten, labelled, literal, t } from '../../src/text.ts'
import { openOpinion, openOpinions, readOpinion as read } from './buttons.ts'
import { typedLines } from './note-card.ts'

const MOST_PEOPLE = 8
/** The half-year before can still be read back from the card. */
const QUARTERS_SHOWN = 3

type Person = { id: string; name: string; hasContact: boolean; talk: string | null }
type Filed = { id: string; activist: string; writerName: string; quarter: string; filedAt: Date; isReview: boolean }

export function opinionsCard(
  branch: { id: string; name: string },
  people: readonly Person[],
  filed: readonly Filed[],
  { now, mayFile }: { now: Date; mayFile: boolean },
): Card {
  const shown = people.slice(0, MOST_PEOPLE)
  return card(
    t('考察意见', 'Appraisals of activists'),
    [
      ...shown.flatMap((person) =>
        personSaid(
          person,
          filed.filter(({ activist }) => activist === person.id),
          quarter(now),
          mayFile,
        ),
      ),
      people.length === 0 ? lines(t('本支部眼下没有入党积极分子。', 'The branch has no activists now.')) : null,
      people.length > shown.length ? note(t(`另有 ${people.length - shown.length} 人。`, `${people.length - shown.length} more.`)) : null,
      note(
        t(
          '每次打开一份都有记录。半年里最后一份就是这半年的考察。',
          'Each appraisal that is opened is recorded. The last one of a half-year is that half-year’s.',
        ),
      ),
    ],
    { colour: 'turquoise', subtitle: asWritten(branch.name) },
  )
}

function personSaid({ name, talk, hasContact }: Person, filed: readonly Filed[], current: string, mayFile: boolean): Element[] {
  const isMissing = !filed.some((one) => one.quarter === current)
  const buttons = [
    ...filed.slice(0, QUARTERS_SHOWN).map(({ id, quarter: of }) => {
      const { zh, en } = spokenQuarter(of)
      return button(t(`看${zh}`, `Read ${en}`), read.value({ opinion: id }))
    }),
    ...(isMissing && talk && mayFile && !hasContact ? [button(t('填考察意见…', 'File an appraisal…'), openOpinion.value({ talk }))] : []),
  ]
  return [
    lines(
      t(`**${literal(name)}**`, `**${literal(name)}**`),
      isMissing ? t('本季度还没有意见', 'None this quarter yet') : null,
      ...filed.slice(0, QUARTERS_SHOWN).map(({ writerName, quarter: of, filedAt, isReview }) => {
        const [when, on] = [spokenQuarter(of), spokenDay(day(filedAt))]
        return t(
          `${when.zh} · ${literal(writerName)} ${on.zh}交${isReview ? ' · 半年考察' : ''}`,
          `${when.en} · ${literal(writerName)}, ${on.en}${isReview ? ' · half-yearly review' : ''}`,
        )
      }),
    ),
    ...(buttons.length > 0 ? [row(...buttons)] : []),
  ]
}

export async function openedOpinions(ctx: Context, sent: { branch: string }): Promise<PressAnswer> {
  const { actor, db, now } = memberOrRefuse(ctx)
  const [[found], people, filed] = await lookUp(db, [
    branchById(db, sent.branch),
    toAppraise(db, sent.branch),
    opinionsOfBranch(db, sent.branch, addQuarters(quarter(now), -2)),
  ])
  const branch = foundOrRefuse(actor, 'readOpinions', found, placeOf)
  const mayFile = actor.seats.some((seat) => seat.branch === branch.id && (seat.role === 'secretary' || seat.role === 'organisation'))
  return {
    toast: t('考察意见', 'Appraisals of activists'),
    mood: 'info',
    card: opinionsCard(branch, people, filed, { now, mayFile }),
  }
}

/** One opinion with its words. Another’s id, and one of elsewhere, are refused alike. */
export async function readOne(ctx: Context, sent: { opinion: string }): Promise<PressAnswer> {
  const { actor, db, now, box } = memberOrRefuse(ctx)
  const found = await opinionById(db, sent.opinion)
  const [[place]] = await lookUp(db, [branchById(db, found?.opinion.branch ?? '')])
  const branch = foundOrRefuse(actor, 'readOpinions', place, placeOf)
  if (!found) throw new Error('a branch was found by an opinion that was not')
  const { verdict, words: said } = await readOpinion(db, await box.sealing.vault(), found, actor, now)
  const isOwn = found.opinion.writer === actor.id
  return {
    toast: isOwn ? t('这是你填的。', 'This is your own.') : t('这次查看已经记录。', 'This reading is recorded.'),
    mood: 'info',
    card: card(
      labelled(t('考察意见', 'Appraisal'), labelled(asWritten(found.activistName), spokenQuarter(found.opinion.quarter), ' · '), ' · '),
      [
        lines(t(`**${verdictNames[verdict].zh}**`, `**${verdictNames[verdict].en}**`)),
        words(typedLines(said)),
        row(button(t('返回', 'Back'), openOpinions.value({ branch: branch.id }))),
      ],
      { colour: 'turquoise', subtitle: asWritten(branch.name) },
    ),
  }
}
