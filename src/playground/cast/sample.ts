import { type Text, t } from '../../text.ts'
import type { Cast } from './cast.ts'
import { firstMeeting } from './guide.ts'

const numbered = (prefix: string, number: number): string => prefix + String(number).padStart(32, '0')
const top = { key: 'party-committee', name: '明德学院党委' }
const below = { key: 'services', name: '后勤与机关党总支', parent: top.key }

/** The rosters, each person as `姓名:office:stage:group`; a bare name is a full member. The first branch has somebody of every stage. */
const roster: readonly [branch: string, committee: typeof top, people: string][] = [
  [
    '教工第一支部',
    top,
    '李华:secretary+admin 王芳:organisation 张伟:publicity 赵敏 钱进 周洁::probationer 吴静::prospect 郑凯::activist 冯雪::applicant',
  ],
  ['教工第二支部', top, '陈晨:secretary 褚卫:organisation 蒋丽:publicity 沈阳:deputy 韩梅::probationer'],
  ['学生第一支部', top, '杨帆:secretary 朱琳:organisation 秦朗:publicity 尤佳::probationer 许诺::prospect 何苗::activist'],
  ['机关支部', below, '吕明:secretary::1 施雯:organisation+leader::2 孔杰:publicity::1 曹颖:leader::1 严松:::2'],
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
  deputy: t('副书记', 'deputy'),
  leader: t('党小组长', 'group leader'),
  'organisation+leader': t('组织委员、党小组长', 'organisation, group leader'),
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
    const [called = '', office = '', stage = '', nth = ''] = written.split(':')
    count += 1
    return {
      key: `person-${count}`,
      name: called,
      openId: numbered('ou_', count),
      office,
      stage: stage || 'full',
      group: nth && `group-${index + 1}-${nth}`,
    }
  }),
}))
const committees = [top, below].map((committee, index) => ({
  ...committee,
  chat: chatIdOf(11 + index),
  assessor: { key: `assessor-${index + 1}`, name: assessors[committee.key] ?? '', openId: numbered('ou_', 91 + index) },
}))

const sameInBoth = (zh: string): Text => t(zh, zh)

/** The seats that make more work for the whole unit: a year of the sample is measured without them. */
const besides = ['deputy', 'leader']

const seatsIn = (office: string, isPlain: boolean): string[] =>
  office.split('+').filter((seat) => seat !== '' && !(isPlain && besides.includes(seat)))

/** The people of the sample unit and their chats. One more chat has no bot and no roster, to found a branch with. */
export function sampleCast(born = '', { isPlain = false } = {}): Cast {
  const [first] = branches
  const members = first?.people ?? []
  const idOf = (name: string) => members.find((one) => one.name === name)?.openId ?? ''
  return {
    born,
    people: [
      ...branches.flatMap(({ name, people }) =>
        people.map(({ name: called, openId, office, stage }) => ({
          name: called,
          openId,
          role: offices[seatsIn(office, isPlain).join('+') || stage],
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
    tour: (since) =>
      firstMeeting(since, { secretary: idOf('李华'), member: idOf('王芳'), activist: idOf('郑凯'), chat: first?.chat ?? '' }),
  }
}

/** The same unit in the form of the product's seed file. A plain one has neither groups nor a deputy. */
export const sampleSeed = (tenantKey: string, { isPlain = false } = {}) => ({
  unit: { key: 'sample-unit', name: '明德学院', tenantKey },
  committees: committees.map(({ assessor, chat, ...committee }) => ({ ...committee, chats: [chat], assessors: [assessor] })),
  branches: branches.map(({ key, name, committee, chat, people }) => ({
    key,
    name,
    committee: committee.key,
    kind: name.startsWith('学生') ? 'student' : name.startsWith('离退休') ? 'retired' : 'staff',
    since: '2026-01-01',
    chats: [chat],
    groups: isPlain ? [] : groupsOf(people),
    members: people.map(({ office, group, ...person }) => ({
      ...person,
      ...(group && !isPlain ? { group } : {}),
      seats: seatsIn(office, isPlain),
    })),
  })),
})

const groupsOf = (people: readonly { group: string }[]) =>
  [...new Set(people.flatMap(({ group }) => group || []))]
    .sort()
    .map((key) => ({ key, name: `第${key.endsWith('1') ? '一' : '二'}党小组` }))
