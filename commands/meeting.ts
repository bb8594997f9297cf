import { command } from '../src/command.ts'
import { memberOrRefuse } from '../src/context.ts'
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
  async answer(ctx, rest) {
    const here = memberOrRefuse(ctx)
    const { answerMeeting } = await import('./meeting-said.ts')
    return answerMeeting(here, rest)
  },
  async hears(ctx, line) {
    if (!ctx.actor || !MAY_MEAN.test(line)) return null
    const { answerSentence } = await import('./meeting-said.ts')
    return answerSentence(memberOrRefuse(ctx), line)
  },
})

/** Other sentences need not load the readers of times. */
const MAY_MEAN =
  /[会课学动育议改移推延]|党日|志愿|meeting|lecture|lesson|study|gathering|theme|education|activity|volunteer|move|postpone/iu
