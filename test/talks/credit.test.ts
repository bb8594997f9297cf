import { beforeEach, describe, expect, test } from 'vitest'
import { together } from '../../db/client.ts'
import { accountOf } from '../../db/duties/account.ts'
import { miscredited, recountCredits } from '../../db/ledgers/credits.ts'
import { rulebooks } from '../../db/rulebook/tables.ts'
import { creditTalks } from '../../db/talks/credit.ts'
import { opinions, talks } from '../../db/talks/tables.ts'
import { halfOf, moment, quarterOf } from '../../src/calendar.ts'
import type { OwnRulebook } from '../../src/rules/rulebook/rulebook.ts'
import { opinionDueOn } from '../../src/rules/talks/due.ts'
import { aBranchWithContact, type TalkingBranch } from './company.ts'

const ours = { id: 'branch', unit: 'unit', committee: 'committee', name: '', since: '2026-01-01', lineage: ['committee'] }
let it: TalkingBranch
beforeEach(async () => {
  it = await aBranchWithContact()
})

const justBefore = (at: Date) => new Date(at.getTime() - 1)
const endOf = (on: string) => moment(on, '24:00')

interface Held {
  on?: string
  by?: string
  confirmedAt?: Date | null
  filedAt?: Date | null
  kind?: 'activist' | 'care'
}

/** A talk of 王芳 with the contact, unless it is said otherwise, and the opinion of its quarter. */
async function held({
  on = '2026-11-20',
  by = '吴勇',
  confirmedAt = moment(on, '18:00'),
  filedAt = moment(on, '19:00'),
  kind = 'activist',
}: Held = {}) {
  const id = await it.talked(by, '王芳', { on, kind, confirmedAt })
  const quarter = quarterOf(on.slice(0, 7))
  await together(it.db, [
    ...(filedAt
      ? [
          it.db.insert(opinions).values({
            id: `o${id}`,
            branch: 'branch',
            activist: 'm_王芳',
            writer: 'm_吴勇',
            half: halfOf(quarter),
            quarter,
            verdict: 'goOn',
            sealed: '',
            kid: '',
            version: 1,
            filedAt,
          }),
        ]
      : []),
    ...creditTalks(it.db, ['m_王芳']),
  ])
  return id
}

const duty = async (quarter = '2026Q4', now = '2027-03-01') => {
  const { duties } = await accountOf(it.db, ours, quarter, moment(now))
  return duties.find(({ part, subject }) => part === '24.talk' && subject === 'm_王芳')
}
const stateIn = async (quarter?: string, now?: string) => (await duty(quarter, now))?.state
const differ = async () => (await miscredited(it.db, 'branch'))[0]?.rows

describe('a quarter’s edge', () => {
  const due = '2027-01-15'
  test('ten working days after new year’s eve end in the next quarter', () => {
    expect(opinionDueOn('2026-12-31')).toBe(due)
  })

  test.each([
    ['both at the last millisecond', justBefore(endOf(due)), justBefore(endOf(due)), 'met'],
    ['the opinion a millisecond late', justBefore(endOf(due)), endOf(due), 'missed'],
    ['the confirmation a millisecond late', endOf(due), justBefore(endOf(due)), 'missed'],
  ] as const)('%s', async (_what, confirmedAt, filedAt, state) => {
    await held({ on: '2026-12-31', confirmedAt, filedAt })
    expect(await stateIn()).toBe(state)
    expect(await stateIn('2027Q1')).toBe('upcoming')
    expect(await differ()).toBe(0)
  })

  test('a talk of new year’s day is the next quarter’s', async () => {
    await held({ on: '2027-01-01' })
    expect([await stateIn(), await stateIn('2027Q1')]).toEqual(['missed', 'met'])
  })

  test.each([
    ['met late', justBefore(endOf(due))],
    ['missed', endOf(due)],
  ] as const)('a late opinion at the end of the grace is %s', async (state, filedAt) => {
    await held({ on: '2026-12-01', filedAt })
    expect(await stateIn()).toBe(state)
  })
})

test('in time after the quarter is met, however short the grace', async () => {
  const said = { graceWorkdays: 0 }
  await it.db.insert(rulebooks).values({ committee: 'committee', version: 1, from: '2026-01-01', said, by: 'test', at: it.now() })
  await held({ on: '2026-12-31', filedAt: moment('2027-01-10') })
  expect(await stateIn()).toBe('met')
})

test.each([
  ['in time', {}, 'met'],
  ['the opinion after its ten days', { on: '2026-10-20', filedAt: moment('2026-12-01') }, 'met late'],
  ['the opinion before the talk was confirmed', { filedAt: moment('2026-11-20', '17:30') }, 'met'],
  ['no opinion', { filedAt: null }, 'missed'],
  ['unconfirmed', { confirmedAt: null }, 'missed'],
  ['with the secretary', { by: '李华' }, 'met'],
  ['with a committee member', { by: '孙丽' }, 'met'],
  ['with another activist', { by: '张伟' }, 'missed'],
  ['care', { kind: 'care' }, 'missed'],
] as const)('a talk counts: %s', async (_what, how, state) => {
  await held(how)
  expect(await stateIn()).toBe(state)
  expect(await differ()).toBe(0)
})

test('an opinion of one quarter proves no other', async () => {
  await held({ on: '2026-09-30', filedAt: null })
  await held({ on: '2026-10-09' })
  expect([await stateIn('2026Q3'), await stateIn('2026Q4')]).toEqual(['missed', 'met'])
})

test('whoever looks after nobody proves nothing, until named contact', async () => {
  await it.store.client.execute("update contacts set until_on = '2026-11-01', ended_at = 1")
  await held({ by: '吴勇' })
  expect(await stateIn()).toBe('missed')
  await it.store.client.execute("update contacts set from_on = '2026-11-25', until_on = null, ended_at = null")
  await together(it.db, creditTalks(it.db, ['m_王芳']))
  expect(await stateIn()).toBe('met')
})

test('one credit a quarter, of the best talk; one opinion suffices', async () => {
  await held({ on: '2026-10-12', filedAt: moment('2026-11-30') })
  expect(await stateIn()).toBe('met late')
  const later = await held({ on: '2026-11-23', filedAt: null })
  expect(await it.count('credits')).toBe(1)
  expect(await duty()).toMatchObject({ state: 'met', evidence: { source: later, sourceKind: 'talk', at: moment('2026-11-23') } })
  expect(await differ()).toBe(0)
})

test('a seat or contact that ends, and a deleted opinion, change nothing', async () => {
  await held()
  await it.store.client.execute('update contacts set ended_at = 1, until_on = from_on')
  await it.store.client.execute('delete from opinions')
  await together(it.db, [...creditTalks(it.db, ['m_王芳']), ...recountCredits(it.db, 'branch')])
  expect([await stateIn(), await differ()]).toEqual(['met', 0])
})

test('a talk taken back is no credit', async () => {
  const id = await held()
  await it.db.update(talks).set({ withdrawnAt: it.now() })
  expect(await differ()).toBe(1)
  await together(it.db, creditTalks(it.db, ['m_王芳']))
  expect([id, await stateIn(), await differ()]).toEqual([id, 'missed', 0])
})

test.each([[{ switches: { '24.talk': 'attested' } }], [{ modules: { talks: false } }]] as const)(
  'the module changes no score under %j',
  async (said: OwnRulebook) => {
    await together(it.db, [
      it.db.insert(rulebooks).values({ committee: 'committee', version: 1, from: '2026-01-01', said, by: 'test', at: it.now() }),
    ])
    const { duties } = await accountOf(it.db, ours, '2026Q4', moment('2027-03-01'))
    await held()
    expect((await accountOf(it.db, ours, '2026Q4', moment('2027-03-01'))).duties).toEqual(duties)
    expect(await it.count('credits')).toBe(1)
  },
)

test('by presses: confirmed by both, and an opinion filed', async () => {
  it.at('2026-10-12', '10:00')
  const line = { press: 'talkPlanner.had', with: 'm_王芳' }
  expect((await it.press('吴勇', line)).mood).toBe('success')
  const [{ id: talk } = { id: '' }] = (await it.store.client.execute('select id from talks')).rows as unknown as { id: string }[]
  await it.press('王芳', { press: 'talk.yes', talk })
  expect(await stateIn('2026Q4', '2026-10-13')).toBe('upcoming')
  await it.files('吴勇', talk, '学习认真，能主动汇报思想。')
  expect(await stateIn('2026Q4', '2026-10-13')).toBe('met')
  expect(await differ()).toBe(0)
})

test('a module that is left out says so to word and press', async () => {
  const noted = await it.talked('吴勇', '王芳', { on: '2026-10-07' })
  expect((await it.writes('吴勇', noted, '记下一句')).mood).toBe('success')
  await together(it.db, [
    it.db
      .insert(rulebooks)
      .values({ committee: 'committee', version: 1, from: '2026-01-01', said: { modules: { talks: false } }, by: 'test', at: it.now() }),
  ])
  const said = await it.say('吴勇', '/谈心 王芳', { dm: true })
  expect(said?.text).toContain('本单位没有启用')
  const talk = await it.talked('吴勇', '王芳')
  const unanswered = await it.talked('孙丽', '王芳', { isConfirmed: false })
  const presses = [
    await it.press('吴勇', { press: 'talkPlanner.open', about: 'talks' }),
    await it.press('吴勇', { press: 'talkPlanner.had', with: 'm_王芳' }),
    await it.press('王芳', { press: 'talk.yes', talk: unanswered }),
    await it.files('吴勇', talk, '很好。'),
    await it.writes('吴勇', talk, '又一句'),
    await it.press('吴勇', { press: 'worry.ask', talk }, { form: { worry: '活动室漏雨' } }),
    await it.press('李华', { press: 'talkContacts.save', branch: 'branch' }, { form: { member: 'm_张伟', contacts: ['m_吴勇'] } }),
    await it.press('王芳', { press: 'talkPlanner.ask', with: 'm_吴勇' }),
  ]
  for (const { toast } of presses) expect(toast.zh).toBe('本单位没有启用。')
  // A talk that somebody wrote or claimed before stays theirs to take away.
  expect((await it.press('吴勇', { press: 'note.delete', talk: noted })).mood).toBe('success')
  expect((await it.press('孙丽', { press: 'talk.takeBack', talk: unanswered })).mood).toBe('success')
})
