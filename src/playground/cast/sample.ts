import { addDays, day, moment } from '../../calendar.ts'
import { type Text, t } from '../../text.ts'
import { jumpsFrom } from '../life/jumps.ts'
import type { TourStep } from '../tour.ts'
import type { Cast } from './cast.ts'

const numbered = (prefix: string, number: number): string => prefix + String(number).padStart(32, '0')
const top = { key: 'party-committee', name: '明德学院党委' }
const below = { key: 'services', name: '后勤与机关党总支', parent: top.key }

/** The rosters, each person as `姓名:office:stage`; a bare name is a full member. The first branch has somebody of every stage. */
const roster: readonly [branch: string, committee: typeof top, people: string][] = [
  [
    '教工第一支部',
    top,
    '李华:secretary+admin 王芳:organisation 张伟:publicity 赵敏 钱进 周洁::probationer 吴静::prospect 郑凯::activist 冯雪::applicant',
  ],
  ['教工第二支部', top, '陈晨:secretary 褚卫:organisation 蒋丽:publicity 沈阳 韩梅::probationer'],
  ['学生第一支部', top, '杨帆:secretary 朱琳:organisation 秦朗:publicity 尤佳::probationer 许诺::prospect 何苗::activist'],
  ['机关支部', below, '吕明:secretary 施雯:organisation 孔杰:publicity 曹颖 严松'],
  ['后勤支部', below, '金辉:secretary 魏东:organisation 陶然:publicity 姜海 戚芸::applicant'],
  ['离退休支部', below, '谢安:secretary 邹平:organisation 喻红:publicity 柏青 水生'],
]

/** These people stand on no roster: a visitor founds a branch with them. */
const founders = {
  name: '新支部筹备群',
  chat: numbered('oc_', 20),
  people: ['方远', '丁宁', '罗琪', '贺川'].map((name, index) => ({ name, openId: numbered('ou_', 81 + index) })),
}
const assessors = { [top.key]: '孙岩', [below.key]: '章程' }

export const offices: Record<string, Text> = {
  'secretary+admin': t('书记（管理员）', 'secretary (administrator)'),
  secretary: t('书记', 'secretary'),
  organisation: t('组织委员', 'organisation'),
  publicity: t('宣传委员', 'publicity'),
  probationer: t('预备党员', 'probationer'),
  prospect: t('发展对象', 'prospect'),
  activist: t('入党积极分子', 'activist'),
  applicant: t('入党申请人', 'applicant'),
  full: t('党员', 'member'),
  assessor: t('党委考核人', 'assessor'),
}

const chatIdOf = (number: number): string => numbered('oc_', number)

let count = 0
const branches = roster.map(([name, committee, people], index) => ({
  key: `branch-${index + 1}`,
  name,
  committee,
  chat: chatIdOf(index + 1),
  people: people.split(' ').map((written) => {
    const [called = '', office = '', stage = 'full'] = written.split(':')
    count += 1
    return { key: `person-${count}`, name: called, openId: numbered('ou_', count), office, stage }
  }),
}))
const committees = [top, below].map((committee, index) => ({
  ...committee,
  chat: chatIdOf(11 + index),
  assessor: { key: `assessor-${index + 1}`, name: assessors[committee.key] ?? '', openId: numbered('ou_', 91 + index) },
}))

const sameInBoth = (zh: string): Text => t(zh, zh)

/** The people of the sample unit and their chats. One more chat has no bot and no roster, to found a branch with. */
export function sampleCast(born = ''): Cast {
  const [first] = branches
  const members = first?.people ?? []
  return {
    born,
    people: [
      ...branches.flatMap(({ name, people }) =>
        people.map(({ name: called, openId, office, stage }) => ({
          name: called,
          openId,
          role: offices[office || stage],
          of: sameInBoth(name),
        })),
      ),
      ...committees.map(({ name, assessor }) => ({
        name: assessor.name,
        openId: assessor.openId,
        role: offices.assessor,
        of: sameInBoth(name),
      })),
      ...founders.people.map((one) => ({ ...one, role: t('还不在名单上', 'on no roster yet'), of: sameInBoth(founders.name) })),
    ],
    groups: [
      ...branches.map(({ name, chat, people }) => ({ name, chatId: chat, members: people.map(({ openId }) => openId), hasBot: true })),
      ...committees.map(({ key, name, chat, assessor }) => ({
        name: `${name}工作群`,
        chatId: chat,
        members: [assessor, ...branches.filter(({ committee }) => committee.key === key).map(({ people }) => people[0])].flatMap(
          (it) => it?.openId ?? [],
        ),
        hasBot: true,
      })),
      { name: founders.name, chatId: founders.chat, members: [members[0], ...founders.people].flatMap((it) => it?.openId ?? []) },
    ],
    tour: (since) => tour(since, members[0]?.openId ?? '', members[1]?.openId ?? '', first?.chat ?? ''),
  }
}

function tour(since: Date, secretary: string, member: string, chat: string): TourStep[] {
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
    },
    {
      words: t('李华自己也要签到：三位支委到了两位，会才算数。', 'Li Hua checks in, too: with two of the three there, the meeting counts.'),
      as: secretary,
      chat,
      before,
    },
    {
      words: t('会开起来了。让时间走到 15:40。', 'The meeting is on. Let time pass until 15:40.'),
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
      shows: t('主持', 'Host'),
    },
    {
      words: t(
        '再登记一次谈心：在李华的私聊里说一句，读回来按「谈过了」；郑凯在自己的私聊里按「是，谈过」，才算数。',
        'Now a talk: say one line in Li Hua’s direct chat and press “We talked”; it counts when Zheng Kai (郑凯) confirms it in his own.',
      ),
      as: secretary,
      chat: '',
      says: t('/谈心 郑凯', '/talk 郑凯'),
    },
    {
      words: t('最后走到季度结算，看看支部的得分和依据。', 'Last, go past the quarter’s end for the branch’s score and what proves it.'),
      as: secretary,
      chat,
      until: jumpsFrom(moment(meets, '16:00')).quarter,
    },
  ]
}

/** The same unit in the form of the product's seed file. */
export const sampleSeed = (tenantKey: string) => ({
  unit: { key: 'sample-unit', name: '明德学院', tenantKey },
  committees: committees.map(({ assessor, chat, ...committee }) => ({ ...committee, chats: [chat], assessors: [assessor] })),
  branches: branches.map(({ key, name, committee, chat, people }) => ({
    key,
    name,
    committee: committee.key,
    kind: name.startsWith('学生') ? 'student' : name.startsWith('离退休') ? 'retired' : 'staff',
    since: '2026-01-01',
    chats: [chat],
    members: people.map(({ office, ...person }) => ({ ...person, seats: office ? office.split('+') : [] })),
  })),
})
