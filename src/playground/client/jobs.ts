import { type Text, t } from '../../text.ts'
import { inLanguage } from './store.ts'

/** The clock's jobs, in words. Their names are those of the timetable in `src/clock/schedule.ts`. */
const jobs: Record<string, Text> = {
  'remind-gatherings': t('会前提醒', 'the reminder before a meeting'),
  'close-gatherings': t('到时间结束会议', 'meetings that end at their time'),
  'close-assessments': t('考核到期', 'the end of an assessment'),
  'follow-undecided': t('跟进待定的事项', 'undecided items followed up'),
  'close-ballots': t('投票到期', 'ballots that end at their time'),
  'close-evaluations': t('评议到期', 'evaluations that end at their time'),
  forget: t('清理过期的记录', 'old records that go'),
  'open-assessments': t('新的季度考核开始', 'the quarter’s assessment opens'),
  'ask-assessors': t('请考核人评定', 'assessors are asked'),
  'send-digests': t('每天早上的提醒', 'the morning digest'),
  'remind-assessed': t('提醒支部自评', 'branches are reminded of their assessment'),
  'prepare-drafts': t('例会草稿', 'drafts of regular meetings'),
  'remind-voters': t('提醒还没投票的人', 'voters are reminded'),
  'renew-cards': t('快过期的卡片重发', 'cards that would expire are sent again'),
  'remind-evaluated': t('提醒写民主评议', 'members are reminded of the evaluation'),
  'post-scores': t('公布季度得分', 'the quarter’s scores'),
  'post-final-scores': t('公布最终得分', 'the final scores'),
}

export const jobSaid = (job: string): string => {
  const words = jobs[job]
  return words ? `${inLanguage(words)} (${job})` : job
}
