import { type Answer, command } from '../src/command.ts'
import { type Context, memberOrRefuse } from '../src/context.ts'
import { t } from '../src/text.ts'

export const meeting = command({
  name: 'meeting',
  zh: '会议',
  part: 'branch',
  also: ['开会', '召集', 'meet', 'call'],
  summary: t('一句话召集会议，群里出签到卡片', 'Call a meeting in one line; the check-in card goes to the group'),
  usage: t('/会议 支委会 周五 15:00 三楼会议室', '/meeting committee Fri 3pm room 3'),
  rights: ['callGathering', 'markPresent'],
  keepsLines: true,
  answer: (ctx, rest) => carryOut(ctx, rest, false),
  ask: (ctx, rest) => carryOut(ctx, rest, true),
})

async function carryOut(ctx: Context, rest: string, isSentence: boolean): Promise<Answer> {
  const here = memberOrRefuse(ctx)
  return (await import('./meeting-said.ts')).answerMeeting(here, rest, isSentence)
}
