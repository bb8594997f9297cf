import { branches, chats, members, seats } from '../../../db/branches/tables.ts'
import { together } from '../../../db/client.ts'
import { rescheduleSubject } from '../../../db/gatherings/reschedule.ts'
import { rosterDrafts, rosterProposals } from '../../../db/roster/tables.ts'
import { render } from '../../../src/bot.ts'
import { moment } from '../../../src/calendar.ts'
import type { Card } from '../../../src/card.ts'
import { tick } from '../../../src/clock/schedule.ts'
import { t } from '../../../src/text.ts'
import type { Pages } from '../../../src/view.ts'
import { aBranch, GROUP, openId } from '../branch.ts'

const people = [
  { name: '李华', role: 'secretary' as const },
  { name: '王芳', role: 'organisation' as const },
  { name: '张伟', role: 'publicity' as const },
  { name: '赵敏' },
  { name: '钱进', stage: 'probationer' as const },
  { name: '郑凯', stage: 'activist' as const },
  { name: '总管', role: 'admin' as const, branch: null },
]

/** Every page has an address here. */
export const pages: Pages = { url: async () => 'https://zhibu.example/p/abc', plain: (page) => `https://zhibu.example/${page}` }

export interface Hung {
  name: string
  card: Card
}

/** Hangs every view of a branch in the middle of its life, and several as they stand at different times. */
export async function theGallery(): Promise<Hung[]> {
  const branch = await aBranch(people, { since: '2026-07-01' })
  const { db, say, press, store } = branch
  const at = (on: string, time: string) => void branch.at(on, time)
  const hung: Hung[] = []
  const hang = async (name: string, args: Record<string, unknown>, as = name) => {
    const card = await render(db, name, args, branch.now(), pages)
    if (!card) throw new Error(`“${as}” has nothing to show`)
    hung.push({ name: as, card })
    return card
  }
  const keep = (as: string, card: Card | undefined | null) => {
    if (!card) throw new Error(`“${as}” has no card`)
    hung.push({ name: as, card })
  }
  const clock = (on: string, time: string) => {
    at(on, time)
    return tick(db, moment(on, time), () => {})
  }
  const argsOf = async (view: string, containing = '') => {
    const row = (await branch.outboxRows()).findLast((one) => one.view === view && String(one.args).includes(containing))
    return JSON.parse(String(row?.args ?? '{}')) as Record<string, unknown>
  }

  await together(db, [
    db.insert(branches).values({ id: 'students', unit: 'unit', committee: 'committee', name: '学生第二支部', since: '2026-07-01' }),
    db.insert(chats).values({ chatId: 'oc_students', unit: 'unit', branch: 'students', boundBy: 'test', boundAt: new Date(0) }),
    db.insert(members).values({
      id: 'm_陈晨',
      unit: 'unit',
      branch: 'students',
      openId: openId('陈晨'),
      name: '陈晨',
      stage: 'full',
      joinedOn: '2026-01-01',
      addedAt: new Date(9),
    }),
    db.insert(seats).values({ id: 's_陈晨', member: 'm_陈晨', role: 'secretary', branch: 'students', from: new Date(0) }),
  ])

  // The branch, its groups, people and roles.
  at('2026-10-08', '08:30')
  await press('李华', { press: 'groups.make', branch: 'branch' }, { form: { name: '第一党小组' } })
  const group = String((await store.client.execute('select id from groups')).rows[0]?.[0])
  await press('李华', { press: 'groupPeople.moveIn', group }, { form: { people: ['m_赵敏', 'm_钱进'] } })
  await hang('groups', { branch: 'branch' })
  keep('a group', (await press('李华', { press: 'group.open', group })).card)
  for (const part of ['leader', 'in', 'out']) keep(`a group: ${part}`, (await press('李华', { press: 'group.open', group, part })).card)
  await hang('people', { branch: 'branch' })
  await hang('person', { unit: 'unit', person: 'm_赵敏', viewer: 'm_李华' })
  for (const part of ['stage', 'group', 'place', 'seats', 'leaving'])
    keep(`a person: ${part}`, (await press('总管', { press: 'person.part', person: 'm_赵敏', part })).card)
  keep('a person with a new seat', (await press('李华', { press: 'seats.appoint', person: 'm_赵敏' }, { form: { role: 'deputy' } })).card)
  await hang('seatTold', await argsOf('seatTold'))
  await hang('roles', { unit: 'unit', committee: null, viewer: 'm_总管' })
  await hang('welcome', { chat: 'oc_new', tenantKey: 'tenant_test' })
  await hang('bound', { branch: 'branch', viewer: 'm_总管' })
  keep('help', (await say('李华', '帮助'))?.card)
  keep('help, for a stranger', (await say('路人', '帮助'))?.card)
  keep('nearMiss', (await say('李华', '/会仪 支委会'))?.card)
  await hang('say', t('已签到。', 'You are checked in.'))
  await hang('undelivered', { recipient: `person:${openId('赵敏')}`, code: 230013 })
  await hang(
    'undelivered',
    { recipient: `person:${openId('赵敏')}`, code: 230013, isOwnMember: true },
    'undelivered, told to the secretary',
  )
  await hang('mine', { unit: 'unit', member: 'm_李华' })
  await hang('todo', { branch: 'branch' })
  await db.insert(rosterProposals).values({
    chat: GROUP,
    openId: openId('孙丽'),
    id: 'proposal',
    unit: 'unit',
    branch: 'branch',
    name: '孙丽',
    what: 'joined',
    at: branch.now(),
  })
  await hang('proposals', { subject: 'proposals branch', branch: 'branch', person: openId('李华') })

  // A list that was read.
  const base = { row: 5, name: '孙丽', member: null, isNew: true, facts: { name: '孙丽', stage: 'full' as const }, grant: [], vacate: [] }
  const known = {
    ...base,
    row: 6,
    name: '王芳',
    isNew: false,
    member: 'm_王芳',
    changes: [t('转正 空 → 2012-07-01', 'full none → 2012-07-01')],
  }
  const wrong = [{ row: 9, name: '周洁', why: t('日期读不懂', 'the date cannot be read') }]
  await db.insert(rosterDrafts).values({
    id: 'list',
    file: 'om_file',
    branch: 'branch',
    by: 'm_李华',
    madeAt: branch.now(),
    tally: {
      added: 1,
      changed: 1,
      same: 3,
      wrong: 1,
      failed: 0,
      more: { fileKey: 'file', sheets: [{ at: 1, name: '预备党员', people: 3 }] },
    },
    rows: {
      people: [
        { ...base, id: 'new', candidates: [openId('孙丽'), openId('赵敏')], changes: [] },
        { ...known, id: 'm_王芳', candidates: [] },
      ],
      wrong,
      notes: [t('没有读取的列：手机号', 'Columns not read: 手机号'), t('一人在群里有同名。', 'One has a namesake in the chat.')],
    },
  })
  await hang('rosterGuide', { branch: 'branch' })
  await hang('rosterPreview', { subject: 'list' })

  // Rhythms and their drafts.
  keep('rhythms', (await say('李华', '/例会 支委会 每月14日 15:00 三楼会议室'))?.card)
  keep('rhythmForm', (await say('李华', '/例会 支委会 每月第一个周五'))?.card)
  await clock('2026-10-08', '09:10')
  await hang('draft', await argsOf('draft'))

  // A joint lecture with a room code and an agenda.
  keep('callForm', (await say('李华', '/会议 支委会 周五'))?.card)
  await say('李华', '/会议 党课 周五 15:00 礼堂 联合 学生第二支部 现场码 议题 学习条例；工会工作；年度计划')
  const gathering = await branch.latestGathering()
  const subject = { subject: gathering }
  const leaveOf = (name: string) => ({ subject: `leave ${name}`, gathering, member: `m_${name}` })
  await hang('gathering', subject)
  await hang('agenda', { subject: 'a', gathering })
  await hang('invitation', { subject: 'i', gathering, branch: 'students' })
  await press('陈晨', { press: 'joint.join', gathering, branch: 'students' })
  await hang('reschedule', { subject: rescheduleSubject(gathering), gathering })
  await hang('leave', leaveOf('赵敏'))
  for (const [name, reason] of [
    ['赵敏', 'travel'],
    ['钱进', 'sick'],
  ] as const)
    await press(name, { press: 'leave.ask', gathering }, { form: { reason } })
  await hang('leave', leaveOf('赵敏'), 'leave, asked for')
  await hang('leaves', { subject: `leaves ${gathering}`, gathering, viewer: 'm_李华' })
  await hang('host', subject)
  await press('李华', { press: 'host.leave', gathering, member: 'm_赵敏' })
  at('2026-10-09', '14:40')
  await hang('reminder', { gathering })
  await hang('renewed', {})
  await hang('codeForm', { gathering })
  await press('李华', { press: 'host.mark', gathering }, { form: { people: ['m_李华', 'm_王芳', 'm_陈晨'] } })
  await hang('host', subject, 'host, as people arrive')
  keep('host, with its code', (await press('李华', { press: 'host.code', gathering })).card)
  await hang('corrections', { gathering })
  await hang('ownBranch', { subject: gathering, branch: 'students', viewer: 'm_陈晨' })
  at('2026-10-09', '15:40')
  await hang('host', subject, 'host, under way')
  await press('李华', { press: 'host.close', gathering })
  await hang('gathering', subject, 'gathering, closed')
  await hang('host', subject, 'host, closed')
  at('2026-10-12', '09:00')
  await hang('host', subject, 'host, locked')
  await hang('makeUp', { subject: 'm', member: 'm_张伟' })
  await press('张伟', { press: 'makeUp.done', gathering }, { form: { way: 'talk' } })
  await hang('makeUps', { subject: 'm', gathering })
  await hang('reopenForm', { branch: 'branch' })
  await say('李华', '/会议 支委会 周五 10:00 三楼')
  const second = await branch.latestGathering()
  await hang('gathering', { subject: second }, 'gathering, called')
  await press('李华', { press: 'reschedule.submit', gathering: second }, { form: { starts: '2026-10-16 14:00 +0800', place: '五楼' } })
  await hang('rescheduled', await argsOf('rescheduled'))
  await hang('host', { subject: second, viewer: 'm_李华' }, 'host, before')
  await hang('callOff', { gathering: second })
  await press('李华', { press: 'corrections.cancel', gathering: second }, { form: { reason: '改期' } })
  await hang('gathering', { subject: second }, 'gathering, cancelled')

  // Duties come due, and the quarter ends.
  at('2026-10-26', '09:00')
  await hang('digest', { person: openId('李华') })
  const quarter = '2026Q4'
  await hang('score', { branch: 'branch', quarter })
  await hang('score', { branch: 'branch', quarter, isShort: true }, 'score, in the group')
  await hang('score', { branch: 'branch', quarter: '2026Q3' }, 'score, last quarter')
  await hang('order', { committee: 'committee', quarter })
  return hung
}
