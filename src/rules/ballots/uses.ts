import { type Text, t } from '../../text.ts'

/** The uses of a ballot. One engine holds them all; this table says how they differ. */
export const ballotUses = ['evaluation', 'resolution', 'election', 'award', 'review', 'pulse'] as const
export type BallotUse = (typeof ballotUses)[number]

interface Use {
  name: Text
  /** `secret` is compulsory; with `either` the person who opens the ballot chooses. */
  secrecy: 'secret' | 'either'
  /** With fewer votes in a circle, only the turnout is told; 0 where counts are always announced. */
  least: number
  /** The result goes to the whole branch, or only to people who may open ballots there. */
  toldTo: 'everyone' | 'organisers'
  /** Full members alone (支部工作条例, art. 11; 基层组织选举工作条例, art. 5), or probationers too. */
  voters: 'full' | 'members'
  scale: ScaleName
}

export const uses = {
  evaluation: {
    name: t('民主测评', 'Evaluation'),
    secrecy: 'secret',
    least: 3,
    toldTo: 'organisers',
    voters: 'members',
    scale: 'grades',
  },
  resolution: { name: t('表决', 'Resolution'), secrecy: 'either', least: 0, toldTo: 'everyone', voters: 'full', scale: 'stances' },
  election: { name: t('选举', 'Election'), secrecy: 'secret', least: 0, toldTo: 'everyone', voters: 'full', scale: 'stances' },
  award: { name: t('评优推荐', 'Award'), secrecy: 'either', least: 3, toldTo: 'everyone', voters: 'members', scale: 'chosen' },
  review: { name: t('项目评审', 'Project review'), secrecy: 'either', least: 3, toldTo: 'organisers', voters: 'members', scale: 'score' },
  pulse: { name: t('民意测评', 'Opinion poll'), secrecy: 'secret', least: 5, toldTo: 'organisers', voters: 'members', scale: 'agreement' },
} as const satisfies Record<BallotUse, Use>

/** Some uses are secret whatever the form asks for. */
export const mustBeSecret = (use: BallotUse): boolean => uses[use].secrecy === 'secret'

export const grades = ['excellent', 'qualified', 'basic', 'unqualified'] as const
export type Grade = (typeof grades)[number]

export const gradeNames: Readonly<Record<Grade, Text>> = {
  excellent: t('优秀', 'excellent'),
  qualified: t('合格', 'qualified'),
  basic: t('基本合格', 'basically qualified'),
  unqualified: t('不合格', 'unqualified'),
}

export const stances = ['for', 'against', 'abstain'] as const
export type Stance = (typeof stances)[number]

/** A button sends these: one length, because an encrypted request is still as long as what it says. */
export const stanceCodes = ['s1', 's2', 's3'] as const
export type StanceCode = (typeof stanceCodes)[number]

export const stanceCode = (stance: Stance): StanceCode => stanceCodes[stances.indexOf(stance)] ?? 's3'

/** Cards that were sent before there were codes have the words. */
export const stanceSent = (sent: Stance | StanceCode): Stance =>
  stances.find((stance) => stance === sent || stanceCode(stance) === sent) ?? 'abstain'

export const stanceNames: Readonly<Record<Stance, Text>> = {
  for: t('赞成', 'for'),
  against: t('不赞成', 'against'),
  abstain: t('弃权', 'abstain'),
}

const scores = Array.from({ length: 101 }, (_, nth) => String(100 - nth))

const scale = (values: readonly string[], names: Readonly<Record<string, Text>>) => ({ values, names })

/** The marks that a subject can get, best first, with their names. A score is a whole number from 0 to 100. */
export const scales = {
  grades: scale(grades, gradeNames),
  stances: scale(stances, stanceNames),
  chosen: scale(['chosen', 'passed'], { chosen: t('推荐', 'chosen'), passed: t('未选', 'not chosen') }),
  agreement: scale(['5', '4', '3', '2', '1'], {
    5: t('很满意', 'very satisfied'),
    4: t('满意', 'satisfied'),
    3: t('一般', 'neutral'),
    2: t('不满意', 'dissatisfied'),
    1: t('很不满意', 'very dissatisfied'),
  }),
  score: scale(scores, {}),
} as const
export type ScaleName = keyof typeof scales

export const markName = (scale: ScaleName, value: string): Text => scales[scale].names[value] ?? t(value, value)
