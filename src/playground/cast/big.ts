import { type Text, t } from '../../text.ts'
import { jumpsFrom } from '../life/jumps.ts'
import type { TourStep } from '../tour.ts'
import type { Cast } from './cast.ts'
import { offices } from './sample.ts'

interface UnitPerson {
  openId: string
  name: string
  office: string
}

/** A generated unit: one committee with its assessor, its best and its weakest branch, and everybody in the unit. */
interface Showcase {
  name: string
  chat: string
  assessor?: UnitPerson | undefined
  branches: readonly { name: string; chat: string; people: readonly UnitPerson[] }[]
  everyone: readonly UnitPerson[]
}

const top = { key: 'party-committee', name: '示范大学党委', chat: 'oc_party_committee' }
const topAssessor = { key: 'assessor-1', name: '孙岩', openId: 'ou_assessor_1' }

/** The generator makes the rest of the unit under this committee. */
export const bigSeed = (tenantKey: string) => ({
  unit: { key: 'big-unit', name: '示范大学', tenantKey },
  committees: [{ key: top.key, name: top.name, chats: [top.chat], assessors: [{ ...topAssessor, seats: ['assessor', 'admin'] }] }],
  branches: [],
})

const played = ['secretary', 'organisation', 'full', 'probationer', 'activist']
const sameInBoth = (zh: string): Text => t(zh, zh)

/** The cast of a large unit: a visitor can be a few of its people; the directory holds all others. */
export function bigCast({ name, chat, assessor, branches, everyone }: Showcase, born: string): Cast {
  const role = (office: string) => offices[office] ?? sameInBoth(office)
  const assessing = (one: Pick<UnitPerson, 'openId' | 'name'>, of: string) => ({
    openId: one.openId,
    name: one.name,
    role: role('assessor'),
    of: sameInBoth(of),
  })
  const cast = branches.map((branch) => ({
    ...branch,
    faces: played.flatMap((office) => branch.people.find((one) => one.office === office) ?? []),
  }))
  const people = [
    ...(assessor ? [assessing(assessor, name)] : []),
    ...cast.flatMap(({ name: of, faces }) =>
      faces.map(({ openId, name, office }) => ({ openId, name, role: role(office), of: sameInBoth(of) })),
    ),
    assessing(topAssessor, top.name),
  ]
  const shown = new Set(people.map(({ openId }) => openId))
  const [best, weakest] = cast
  const secretaries = cast.flatMap(({ faces }) => faces[0]?.openId ?? [])
  const leaders = [assessor?.openId ?? [], ...secretaries, topAssessor.openId].flat()
  return {
    born,
    people,
    others: new Map(everyone.filter(({ openId }) => !shown.has(openId)).map(({ openId, name }) => [openId, name])),
    groups: [
      { name: `${name}工作群`, chatId: chat, members: leaders, hasBot: true },
      ...branches.map(({ name, chat, people }) => ({
        name,
        chatId: chat,
        members: people.map(({ openId }) => openId),
        hasBot: true,
      })),
      { name: `${top.name}工作群`, chatId: top.chat, members: leaders, hasBot: true },
    ],
    tour: (since) =>
      tour(
        since,
        assessor?.openId ?? '',
        chat,
        [best, weakest].map((branch) => branch?.faces[0]?.openId ?? ''),
      ),
  }
}

function tour(since: Date, assessor: string, chat: string, [best = '', weakest = '']: readonly string[]): TourStep[] {
  return [
    {
      words: t(
        '这是一个编出来的大单位，有一年的记录。先由考核人在党委的群里看积分榜。',
        'This is a large unit, made up, with a year of facts. First the assessor asks for the scoreboard in the committee’s chat.',
      ),
      as: assessor,
      chat,
      says: t('@支部 /排行', '@支部 /scoreboard'),
    },
    {
      words: t(
        '榜末支部的书记看看本支部的得分：差在哪，怎样提高。',
        'The secretary of its last branch looks at the score: what is lacking, and what would raise it.',
      ),
      as: weakest,
      chat: '',
      says: t('/得分', '/score'),
    },
    {
      words: t('榜首支部的书记也看一看。', 'So does the secretary of the first.'),
      as: best,
      chat: '',
      says: t('/得分', '/score'),
    },
    {
      words: t(
        '考核人在私聊里打开评定：进度、打分和要确认的事。',
        'The assessor opens the review: progress, points, and what waits to be confirmed.',
      ),
      as: assessor,
      chat: '',
      says: t('/评定', '/review'),
    },
    {
      words: t('到下个工作日上午，看看谁收到了每日汇总。', 'On to the next working day: who got a digest.'),
      as: weakest,
      chat: '',
      until: jumpsFrom(since).workday,
    },
  ]
}
