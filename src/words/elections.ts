import { isRunOff, type NomineeVotes, type Outcome, outcomeOf, type Round } from '../rules/meeting-votes/elections.ts'
import type { MatchedWriteIn } from '../rules/meeting-votes/write-ins.ts'
import { inStrokeOrder } from '../rules/roster/surname-order.ts'
import { literal, type Text, t } from '../text.ts'

/** Says who is elected, who shares the last seat and how many seats are left. The meeting decides what follows. */
export function outcomeLines(outcome: Outcome): Text[] {
  if (outcome.is === 'void')
    return outcome.why === 'few'
      ? [t('**无效**：到会有选举权的不足五分之四。', '**Void**: fewer than four fifths of the voters were present.')]
      : [
          t(
            '**无效**：收回的选票多于发出的选票，须重新投票。',
            '**Void**: more ballots came back than were handed out, so the vote is held again.',
          ),
        ]
  if (outcome.is === 'asked') {
    const names = outcome.names.map(literal)
    return [
      t(
        `**还没有结果**：等计票人确认另写的 ${names.join('、')} 是谁。`,
        `**No result yet**: the tellers are asked who ${names.join(', ')} is, written in.`,
      ),
    ]
  }
  const { elected, tied, seatsTied, seatsLeft } = outcome
  return [
    ...(elected.length > 0 ? [named(t('**当选**：', '**Elected**: '), elected)] : []),
    ...(tied.length > 0
      ? [
          named(t('**票数相等**：', '**Tied**: '), tied),
          t(
            `剩余 ${seatsTied} 名，在他们中再次投票。`,
            `The vote is held again between them, for ${seatsTied === 1 ? '1 seat' : `${seatsTied} seats`}.`,
          ),
        ]
      : []),
    ...(seatsLeft > 0
      ? [
          t(
            `${elected.length === 0 ? '没有人' : `还有 ${seatsLeft} 名没有人`}得票超过到会人数的一半。`,
            elected.length === 0
              ? 'Nobody has more than half of the voters present.'
              : `For ${seatsLeft} more, nobody has more than half of the voters present.`,
          ),
        ]
      : []),
  ]
}

/** Why a written-in name cannot be elected; null for one that can. */
export const writeInSaid: Readonly<Record<MatchedWriteIn['is'], Text | null>> = {
  member: null,
  ineligible: t('无被选举权', 'cannot be elected'),
  unread: t('未能辨认', 'not made out'),
  asked: t('待计票人确认', 'the tellers are asked'),
}

/** `郑凯（无被选举权）`, or the name of the member meant where another one was written. */
export function writeInName({ name, is, meant }: Pick<MatchedWriteIn, 'name' | 'is' | 'meant'>): Text {
  const own = meant && meant.name !== name ? t(literal(meant.name), literal(meant.name)) : null
  const why = writeInSaid[is] ?? own
  return why ? t(`${literal(name)}（${why.zh}）`, `${literal(name)} (${why.en})`) : t(literal(name), literal(name))
}

const named = (title: Text, people: readonly NomineeVotes[]): Text => {
  const names = inStrokeOrder(people)
  return t(
    `${title.zh}${names.map(({ name, votes }) => `${literal(name)}（${votes} 票）`).join('、')}`,
    `${title.en}${names.map(({ name, votes }) => `${literal(name)} (${votes})`).join(', ')}`,
  )
}

/** `支部委员会委员（应选 3 名）`; a later round names its kind. */
export function roundTitle(round: Round & { title: string }, all: readonly Round[]): Text {
  const { title, seats } = round
  const why = whyAgain(round, all)
  return t(
    `${literal(title)}${why ? ` · ${why.zh}` : ''}（应选 ${seats} 名）`,
    `${literal(title)}${why ? ` · ${why.en}` : ''} (${seats} to be elected)`,
  )
}

function whyAgain(round: Round, all: readonly Round[]): Text | null {
  const before = all.find(({ id }) => id === round.after)
  if (!before) return null
  if (isRunOff(round, all)) return t('再次投票', 'between those who tied')
  return outcomeOf(before, all)?.is === 'counted' ? t('另行选举', 'for the seats left') : t('重新投票', 'voted again')
}
