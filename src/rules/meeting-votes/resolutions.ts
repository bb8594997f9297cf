import { type Text, t } from '../../text.ts'

/** The kinds of resolution. Admission and conversion are voted in secret (发展党员工作细则, 2026 text, art. 20 and 32). */
export const matters = ['ordinary', 'admission', 'conversion'] as const
export type Matter = (typeof matters)[number]

export const matterNames: Readonly<Record<Matter, Text>> = {
  ordinary: t('一般事项', 'An ordinary matter'),
  admission: t('接收预备党员', 'Admission of a probationer'),
  conversion: t('预备党员转正', 'Conversion of a probationer'),
}

export const isVotedInSecret = (matter: Matter): boolean => matter !== 'ordinary'

/** Only on admission and conversion can absent voters hand in their views, and only there are ballots on paper counted. */
export const takesPapers = (matter: Matter): boolean => matter !== 'ordinary'

/** The longest text of a resolution, in characters. */
export const MOST_RESOLUTION_WORDS = 60

/** The ways to vote: by card, by hands that the host counts, or on paper that a scrutineer confirms. */
export const ways = ['secret', 'named', 'hands', 'paper'] as const
export type Way = (typeof ways)[number]

export const wayNames: Readonly<Record<Way, Text>> = {
  secret: t('卡片投票，无记名', 'By card, secret'),
  named: t('卡片投票，记名', 'By card, named'),
  hands: t('举手表决，由主持人填人数', 'A show of hands, entered by the host'),
  paper: t('纸质选票（接收、转正）', 'On paper (admission, conversion)'),
}

/** The counts of a show of hands. */
export interface Hands {
  for: number
  against: number
  abstain: number
}

/** Reads the figures of a show of hands; people who raised no hand are in none of them. */
export function handsOf(said: Readonly<Record<keyof Hands, string>>, presentVoters: number): Hands | { wrong: Text } {
  const read = (words: string, empty: string) => (words.normalize('NFKC').trim() || empty).replace(/^(\d+)\s*(?:人|票)$/u, '$1')
  const [approvals, against, abstain] = [read(said.for, ''), read(said.against, '0'), read(said.abstain, '0')]
  if (![approvals, against, abstain].every((one) => /^\d{1,4}$/.test(one)))
    return { wrong: t('人数请填整数，没有的填 0。', 'Please enter whole numbers, 0 where there are none.') }
  const hands = { for: Number(approvals), against: Number(against), abstain: Number(abstain) }
  const sum = hands.for + hands.against + hands.abstain
  if (sum === 0) return { wrong: t('请填举手的人数。', 'Please enter how many hands were raised.') }
  if (sum > presentVoters)
    return {
      wrong: t(
        `三项相加是 ${sum} 人，多于到会有表决权的 ${presentVoters} 人；有人没签到的，先标记到会。`,
        `Together that is ${sum}, more than the ${presentVoters} voters present; if somebody is not checked in, mark them present first.`,
      ),
    }
  return hands
}
