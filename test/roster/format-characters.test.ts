import { expect, test } from 'vitest'
import { seedFile } from '../../db/roster/seeding.ts'
import { peopleIn } from '../../src/feishu/api/files.ts'
import { nameIn } from '../../src/rules/roster/person-words.ts'
import { anApp } from '../harness/app.ts'
import { aBranch, openId } from '../harness/branch.ts'

/** Invisible ones, and those that turn the direction of writing. */
const hidden = ['\u200b', '\u200d', '\u202e', '\u2066', '\ufeff', '\u00ad']
const dirty = (name: string) => [...name].map((letter, nth) => letter + hidden[nth % hidden.length]).join('')

/** A branch behind its door, with one person who may do everything that gives a name or a place. */
async function aDoor() {
  const { store } = await aBranch([
    { name: '李华', role: 'secretary' },
    { name: '管理员', role: 'admin', branch: null },
  ])
  const app = anApp(store)
  const only = async (sql: string) => (await store.client.execute(sql)).rows.map((row) => String(Object.values(row)[0]))
  return { ...app, only }
}
type Door = Awaited<ReturnType<typeof aDoor>>

const ways: Record<string, { name: string; comesIn(door: Door, name: string): Promise<unknown>; stored: string }> = {
  'a mention in words': {
    name: '王小明',
    comesIn: ({ says }, name) => says(openId('李华'), '/成员 添加 正式', { mentions: [{ openId: 'ou_new', name }] }),
    stored: "select name from members where open_id = 'ou_new'",
  },
  'a person who joins the chat': {
    name: '王小明',
    comesIn: ({ deliver }, name) =>
      deliver('im.chat.member.user.added_v1', { chat_id: 'oc_branch', users: [{ name, user_id: { open_id: 'ou_new' } }] }),
    stored: 'select name from roster_proposals',
  },
  'a place in words': {
    name: '三楼会议室',
    comesIn: ({ says }, place) => says(openId('李华'), `/会议 支委会 周五 15:00 ${place}`),
    stored: 'select place from gatherings',
  },
  'a place in the meeting’s form': {
    name: '三楼会议室',
    comesIn: ({ presses }, place) =>
      presses(
        openId('李华'),
        { press: 'call.submit', branch: 'branch', gathering: 'g' },
        { form: { kind: 'general', starts: '2026-10-09 15:00 +0800', place } },
      ),
    stored: 'select place from gatherings',
  },
  'a place in the form that moves it': {
    name: '三楼会议室',
    async comesIn({ says, presses, only }, place) {
      await says(openId('李华'), '/会议 支委会 周五 15:00 礼堂')
      const [gathering] = await only('select id from gatherings')
      return presses(openId('李华'), { press: 'reschedule.submit', gathering }, { form: { starts: '2026-10-09 16:00 +0800', place } })
    },
    stored: 'select place from gatherings',
  },
  'a regular place in words': {
    name: '三楼会议室',
    comesIn: ({ says }, place) => says(openId('李华'), `/例会 支委会 每月10日 15:00 ${place}`),
    stored: 'select place from rhythms',
  },
  'a regular place in its form': {
    name: '三楼会议室',
    comesIn: ({ presses }, place) =>
      presses(
        openId('李华'),
        { press: 'rhythm.set', branch: 'branch', rhythm: 'r' },
        { form: { kind: 'committee', every: 'month', which: 'date 10', time: '15:00', place } },
      ),
    stored: 'select place from rhythms',
  },
  'a branch in words': {
    name: '第二支部',
    comesIn: ({ says }, name) => says(openId('管理员'), `/绑定 ${name}`, { chat: 'oc_new' }),
    stored: "select name from branches where id <> 'branch'",
  },
  'a group in its form': {
    name: '青年党小组',
    comesIn: ({ presses }, name) => presses(openId('李华'), { press: 'groups.make', branch: 'branch' }, { form: { name } }),
    stored: 'select name from "groups"',
  },
}

test.each(Object.keys(ways))('no format character stays on %s', async (way) => {
  const { name, comesIn, stored } = ways[way] as (typeof ways)[string]
  const door = await aDoor()
  await comesIn(door, dirty(name))
  expect(await door.only(stored)).toEqual([name])
})

test('no format character stays on a spreadsheet’s or Feishu’s list', async () => {
  expect(nameIn(dirty('王小明'))).toBe('王小明')
  expect(nameIn(dirty('Anna Li'))).toBe('Anna Li')
  const body = { code: 0, data: { items: [{ member_id: 'ou_1', name: dirty('王小明') }] } }
  expect(await peopleIn(async () => ({ status: 200, code: 0, msg: '', body }))).toEqual([{ openId: 'ou_1', name: '王小明' }])
})

test('no format character stays on names of a unit’s file', () => {
  const unit = { key: 'u', name: dirty('某大学'), tenantKey: 't' }
  expect(seedFile.parse({ unit, committees: [{ key: 'c', name: dirty('党委') }], branches: [] })).toMatchObject({
    unit: { name: '某大学' },
    committees: [{ name: '党委' }],
  })
})
