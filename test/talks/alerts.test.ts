import { beforeEach, expect, test } from 'vitest'
import { alarmsFor } from '../../db/duties/alerts.ts'
import { rulebooks } from '../../db/rulebook/tables.ts'
import { creditTalks } from '../../db/talks/credit.ts'
import { openId } from '../harness/branch.ts'
import { aBranchWithContact, type TalkingBranch } from './company.ts'

let it: TalkingBranch
beforeEach(async () => {
  it = await aBranchWithContact()
  it.at('2026-12-30', '09:00')
})

const talksOf = async (name: string) =>
  (await alarmsFor(it.db, openId(name), it.now())).filter(({ duty, opening }) => duty.part === '24.talk' && opening === 'talks')
const heardBy = async (name: string) => (await talksOf(name)).map(({ activist }) => activist?.name)
const digestOf = (name: string) => it.shown('digest', { person: openId(name) })

test('the contact hears of the own activist alone, the secretary of all', async () => {
  expect(await heardBy('吴勇')).toEqual(['王芳'])
  expect((await heardBy('李华')).sort()).toEqual(['张伟', '王芳'])
  expect(await heardBy('赵敏')).toEqual([])
})

test('the alert names activist and contact, and the talk is pressed there', async () => {
  const { text, card } = await digestOf('吴勇')
  expect(text).toContain('王芳 2026年第四季度还没谈（联系人：吴勇）')
  expect(text).not.toContain('张伟')
  expect(JSON.stringify(card)).toContain('"press":"talkPlanner.had","with":"m_王芳"')
  const { toast } = await it.press('吴勇', { press: 'talkPlanner.had', with: 'm_王芳' })
  expect(toast.zh).toContain('等王芳确认')
  expect((await digestOf('吴勇')).text).toContain('的谈心等一方确认')
})

test('after both it asks the contact for the opinion, nobody else', async () => {
  const talk = await it.talked('吴勇', '王芳')
  for (const one of creditTalks(it.db, ['m_王芳'])) await it.store.client.execute({ sql: one.sql, args: one.args as never })
  await it.store.client.execute("update talks set opinion_due_on = '2027-01-14'")
  const contact = await digestOf('吴勇')
  expect(contact.text).toContain('谈过，还差考察意见，1月14日（周四）前填算按期（联系人：吴勇）')
  expect(JSON.stringify(contact.card)).toContain(`"press":"opinion.open","talk":"${talk}"`)
  expect(JSON.stringify((await digestOf('李华')).card)).not.toContain('opinion.open')
  await it.files('吴勇', talk, '学习认真，能主动汇报思想。')
  expect(await heardBy('吴勇')).toEqual([])
  expect(await heardBy('李华')).toEqual(['张伟'])
})

test.each([{ switches: { '24.talk': 'attested' as const } }, { modules: { talks: false } }])(
  'under %j the secretary attests as before',
  async (said) => {
    await it.db.insert(rulebooks).values({ committee: 'committee', version: 1, from: '2026-01-01', said, by: 'test', at: it.now() })
    expect(await alarmsFor(it.db, openId('吴勇'), it.now())).toEqual([])
    expect((await alarmsFor(it.db, openId('李华'), it.now())).filter(({ duty }) => duty.part === '24.talk')).toHaveLength(2)
    const { text } = await digestOf('李华')
    expect(text).toContain('与积极分子谈心、填写考察意见（24）')
    expect(text).not.toContain('还没谈')
  },
)

test('the score card offers the talks', async () => {
  const { text } = await it.shown('standard', { branch: 'branch', quarter: '2026Q4', standard: 24 })
  expect(text).toContain('与 2 名积极分子谈心、填写考察意见（说「谈心」）')
})
