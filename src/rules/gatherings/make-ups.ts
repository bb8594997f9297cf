import { addDays, type Day, day } from '../../calendar.ts'
import { type Text, t } from '../../text.ts'

/** The ways to make up an absence from a compulsory meeting. */
export const makeUpWays = ['minutes', 'talk', 'recording', 'otherSession'] as const
export type MakeUpWay = (typeof makeUpWays)[number]

export const makeUpWayNames: Readonly<Record<MakeUpWay, Text>> = {
  minutes: t('看了会议记录和材料', 'Read the minutes and papers'),
  talk: t('和主持人谈过会议内容', 'Talked it through with the host'),
  recording: t('听了录音或看了录像', 'Heard or watched the recording'),
  otherSession: t('参加了另一场', 'Attended another session'),
}

/** The reasons for not asking for it. */
export const excuses = ['longIllness', 'birth', 'longTravel', 'bereavement', 'frail'] as const
export type Excuse = (typeof excuses)[number]

export const excuseNames: Readonly<Record<Excuse, Text>> = {
  longIllness: t('长期患病', 'Long illness'),
  birth: t('孕产期', 'Around a birth'),
  longTravel: t('长期外派、出国', 'Long posting or abroad'),
  bereavement: t('家中变故', 'Bereavement or family emergency'),
  frail: t('年老体弱', 'Old age or frailty'),
}

/** The default; a rulebook may set another number of days. */
export const MAKE_UP_DAYS = 7

/** The last day for making up, in calendar days from the close. */
export const makeUpDueOn = (closedAt: Date, days: number = MAKE_UP_DAYS): Day => addDays(day(closedAt), days)
