import { t } from '../../text.ts'
import type { Reply } from './meaning.ts'

const anything =
  'what howMany ask period result how where write start change whenAsked due who undone add mineOnly this all next meeting $kind $when $past download task wait raise hold seat date rules score due closed evidence missingYet member open notify cancel thing'

/** Things that the bot does not do, each with what to do instead, and small talk. A module that brings one takes its line away. */
export const replies: Readonly<Record<string, Reply>> = {
  dues: {
    takes: anything,
    frames: ['dues', 'dues howMany', 'dues who', 'dues write', 'dues notYet'],
    say: t(
      '党费还不在这里收和记，请照本单位原来的办法交。我能先做的：到期提醒里有「党费」的标准时，可由书记登记；说「待办」查看。',
      'Party dues are not collected or kept here yet; please pay as your unit does now. The secretary can attest what a standard asks: say “todo”.',
    ),
  },
  joining: {
    takes: anything,
    frames: ['joining', 'joining how', 'joining write', 'joining member', 'joining seat'],
    say: t(
      '入党申请、转正和思想汇报还不在这里办，请把材料交给组织委员。书记可以在「成员」里改一个人的阶段，我按阶段提醒谈话和考察。',
      'Applications, conversions and reports are not handled here yet; please hand the papers to the organisation member. A person’s stage is changed under “member”.',
    ),
  },
  transfer: {
    takes: anything,
    frames: ['transfer', 'transfer how', 'transfer write', 'transfer member'],
    say: t(
      '组织关系不在这里转接，请在党员信息系统里办。人到了以后，书记在群里说「/成员 添加 @某人」；走了的说「/成员 移除 @某人」。',
      'Memberships are not transferred here; use the national system. Then the secretary says “/member add @someone” or “/member remove @someone” in the group.',
    ),
  },
  honours: {
    takes: anything,
    frames: ['honours', 'honours what', 'honours who', 'honours write'],
    say: t(
      '表彰还不在这里登记。推荐和评选可以先投票：说「投票 推荐优秀党员」。',
      'Honours are not kept here yet. To choose people, open a ballot: “/ballot recommend …”.',
    ),
  },
  studying: {
    takes: anything,
    frames: ['studying', 'studying download', 'studying write', 'studying where', 'studying makeUp'],
    say: t(
      '学习资料和个人学习记录还不在这里。集中学习可以开成会：说「会议 党员学习 周五 15:00」，签到就是记录。',
      'Study material and records are not here yet. Hold the study as a meeting: “/meeting members’ study Fri 3pm”; checking in is the record.',
    ),
  },
  archive: {
    takes: anything,
    frames: ['archive', 'archive download', 'archive where', 'archive write'],
    say: t(
      '台账还不能整本导出。考核的依据和表格在「考核」里，名单在「名单」里，都可以下载。',
      'The archive cannot be exported as a whole yet. Evidence and sheets are under “score”, the list of people under “roster”.',
    ),
  },
  volunteer: {
    takes: anything,
    frames: ['volunteer', 'volunteer howMany', 'volunteer write'],
    say: t(
      '志愿服务时长还不在这里累计。志愿活动可以开成会来签到：说「会议 志愿服务 周六 9:00」。',
      'Volunteer hours are not added up here yet. Call the activity as a meeting and people check in: “/meeting volunteering Sat 9:00”.',
    ),
  },
  late: {
    takes: 'meeting $kind $when span move',
    frames: ['late'],
    say: t(
      '迟到不用请假：到了再签到，会记为迟到，仍算到会。来不了才说「请假」。',
      'No leave is needed to come late: check in when you arrive; it counts as late, and as present. Say “leave” if you cannot come.',
    ),
  },
  welcome: {
    takes: 'ask',
    frames: ['thanks'],
    say: t('不客气。', 'You are welcome.'),
  },
  languages: {
    takes: 'what howMany ask how start change this all move',
    frames: ['language', 'language change', 'language how', 'language ask'],
    say: t(
      '不用切换：卡片里中文、英文都有，飞书是什么语言就显示什么语言；说中文、说英文我都听。',
      'Nothing to switch: every card holds both languages and follows your Feishu; I understand Chinese and English.',
    ),
  },
}
