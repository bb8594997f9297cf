import { addDays, day, moment } from '../../calendar.ts'
import { t } from '../../text.ts'
import { jumpsFrom } from '../life/jumps.ts'
import type { TourStep } from '../tour.ts'

interface Players {
  secretary: string
  member: string
  activist: string
  chat: string
}

/** A first meeting with a vote, then a talk, then the quarter's end. */
export function firstMeeting(since: Date, { secretary, member, activist, chat }: Players): TourStep[] {
  const meets = addDays(day(since), 1)
  const before = moment(meets, '16:00')
  return [
    {
      words: t(
        '这里是一个装着「支部」机器人的飞书群，两个人并排。先由书记李华叫一次会：在群里 @机器人，说一句话。',
        'This is a Feishu chat with the Zhibu bot in it, seen by two people. First the secretary, Li Hua (李华), calls a meeting by one sentence.',
      ),
      as: secretary,
      chat,
      says: t('@支部 /会议 支委会 明天 15:00 三楼会议室', '@支部 /meeting committee tomorrow 3pm room 3'),
    },
    {
      words: t(
        '会前 30 分钟开始签到。让时间走到会议当天 14:50。',
        'Check-in opens half an hour before. Let time pass until 14:50 on the day of the meeting.',
      ),
      as: secretary,
      chat,
      until: moment(meets, '14:50'),
    },
    {
      words: t(
        '现在你是组织委员王芳：在会议卡片上按「签到」。',
        'Now you are Wang Fang (王芳) of the committee: press Check in on the card.',
      ),
      as: member,
      chat,
      before,
      press: 'gathering.checkIn',
    },
    {
      words: t('李华自己也要签到：三位支委到了两位，会才算数。', 'Li Hua checks in, too: with two of the three there, the meeting counts.'),
      as: secretary,
      chat,
      before,
      press: 'gathering.checkIn',
    },
    {
      words: t('会开起来了。让时间走到 15:10。', 'The meeting is on. Let time pass until 15:10.'),
      as: secretary,
      chat,
      until: moment(meets, '15:10'),
    },
    {
      words: t('会上表决一件事：李华在私聊里对机器人说一句。', 'A vote in the meeting: Li Hua says one line in the direct chat.'),
      as: secretary,
      chat: '',
      before,
      says: t('/表决 选派王芳参加培训', '/resolve send Wang Fang to the training'),
    },
    {
      words: t(
        '在「怎样表决」里选卡片无记名，再按「开始表决」：到会的人各自收到选票。',
        'Under “How” choose the secret ballot by card, then press Vote: whoever is there gets a ballot.',
      ),
      as: secretary,
      chat: '',
      before,
      press: 'resolve.submit',
    },
    {
      words: t('王芳在自己的私聊里投票。谁也看不到她投了什么。', 'Wang Fang votes in her direct chat. Nobody sees what she chose.'),
      as: member,
      chat: '',
      before,
      press: 'ballot.vote',
    },
    {
      words: t('李华也投一票：三位支委里两票赞成，才算过半。', 'Li Hua votes, too: two approvals of three are more than half.'),
      as: secretary,
      chat: '',
      before,
      press: 'ballot.vote',
    },
    {
      words: t('让时间走到 15:40。', 'Let time pass until 15:40.'),
      as: secretary,
      chat,
      until: moment(meets, '15:40'),
    },
    {
      words: t(
        '主持人李华的私聊里有一张主持卡：看看谁没到，再按「结束会议」。',
        'The host’s card is in Li Hua’s direct chat: see who is missing, then close the meeting.',
      ),
      as: secretary,
      chat: '',
      before,
      press: 'host.close',
    },
    {
      words: t('再登记一次谈心：在李华的私聊里说一句。', 'Now a talk: say one line in Li Hua’s direct chat.'),
      as: secretary,
      chat: '',
      says: t('/谈心 郑凯', '/talk 郑凯'),
    },
    {
      words: t('读回来的这一句没错，就按「谈过了」。', 'If the line that is read back is right, press “We talked”.'),
      as: secretary,
      chat: '',
      press: 'talk.claim',
    },
    {
      words: t(
        '积极分子郑凯在自己的私聊里按「是，谈过」，这次谈心才算数。',
        'It counts when the activist Zheng Kai (郑凯) says yes in his own direct chat.',
      ),
      as: activist,
      chat: '',
      press: 'talk.yes',
    },
    {
      words: t('最后走到季度结算，看看支部的得分和依据。', 'Last, go past the quarter’s end for the branch’s score and what proves it.'),
      as: secretary,
      chat,
      until: jumpsFrom(moment(meets, '16:00')).quarter,
    },
  ]
}
