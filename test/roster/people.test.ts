import { expect, test } from 'vitest'
import { claimHash } from '../../commands/claim.ts'
import { together } from '../../db/client.ts'
import { keepClaimCode } from '../../db/roster/claim-codes.ts'
import { offerClaimCode } from '../../src/at-start.ts'
import { anApp } from '../harness/app.ts'
import { aBranch, buttonsOf, openId, seeded } from '../harness/branch.ts'
import { aStore } from '../harness/database.ts'

/** Nobody and nothing there yet, but a claim code in the log. */
async function atFirstStart(admins: string[] = []) {
  const store = await aStore()
  const app = anApp(store, { admins })
  const code = (await offerClaimCode(store.db, seeded(3), app.now(), true)) ?? ''
  const answer = async (who: string, text: string, more = {}) => (await app.says(who, text, more)).answer()
  const admin = async () =>
    (
      await store.client.execute(
        "select m.open_id from seats s join members m on m.id = s.member where s.role = 'admin' and s.until_at is null",
      )
    ).rows.map(({ open_id }) => open_id)
  return { ...app, store, code, answer, admin }
}

const people = [
  { name: '李华', role: 'secretary' as const },
  { name: '王芳', role: 'organisation' as const },
  { name: '赵敏' },
  { name: '外人', branch: null },
]

async function inBranch() {
  const { store } = await aBranch(people)
  const app = anApp(store)
  const answer = async (name: string, text: string, more = {}) => (await app.says(openId(name), text, more)).answer()
  const named = (...names: string[]) => ({ mentions: names.map((name) => ({ openId: openId(name), name })) })
  const member = async (name: string) =>
    (
      await store.client.execute({
        sql: 'select m.branch, m.stage, m.name, (select group_concat(role) from seats s where s.member = m.id) as seats from members m where open_id = ?',
        args: [openId(name)],
      })
    ).rows[0]
  return { ...app, store, answer, named, member }
}

test.each([
  ['as printed', (code: string) => code],
  ['in small letters', (code: string) => code.toLowerCase()],
  ['without the dash', (code: string) => code.replace('-', '')],
  ['with blanks around and within', (code: string) => `  ${code.replace('-', ' - ')}  `],
  ['with a long dash', (code: string) => code.replace('-', '—')],
])('the claim code makes an administrator, %s, and only once', async (_how, typed) => {
  const { answer, admin, code, deeds, counts } = await atFirstStart()
  expect((await answer('ou_first', `/认领 ${typed(code)}`, { dm: true }))?.text).toContain('你现在是管理员了')
  expect(await admin()).toEqual(['ou_first'])
  expect((await answer('ou_second', `/claim ${code}`, { dm: true }))?.text).toContain('认领码不对或已经用过')
  expect(await admin()).toEqual(['ou_first'])
  expect(await deeds()).toEqual(['unit.claim'])
  expect(await counts()).toMatchObject({ units: 1, committees: 1, members: 1, seats: 1, claim_codes: 0 })
})

test.each(['', 'ABCD-EFGH', '----', '0000-0000', "' or 1=1 --"])('the wrong code “%s” shows one’s own id and what to do', async (wrong) => {
  const { answer, admin, deeds } = await atFirstStart()
  const { text = '' } = (await answer('ou_stranger', `/认领 ${wrong}`, { dm: true })) ?? {}
  expect(text).toMatch(/认领码不对或已经用过.*ADMINS.*ou_stranger/s)
  expect([await admin(), await deeds()]).toEqual([[], []])
})

test('twenty who claim at once with the right code make one administrator', async () => {
  const { answer, admin, code } = await atFirstStart()
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => answer(`ou_${i}`, `/认领 ${code}`, { dm: true })))
  expect(await admin()).toHaveLength(1)
  expect(answers.filter((one) => one?.text.includes('你现在是管理员了'))).toHaveLength(1)
})

test('an administrator who claims again is told so', async () => {
  const { answer, admin, code, db, now } = await atFirstStart()
  await answer('ou_first', `/认领 ${code}`, { dm: true })
  await together(db, [keepClaimCode(db, claimHash('AAAA-BBBB'), now())])
  expect((await answer('ou_first', '/认领 AAAA-BBBB', { dm: true }))?.text).toContain('你已经是管理员了')
  expect(await admin()).toEqual(['ou_first'])
})

test('somebody named in ADMINS is administrator from the first word', async () => {
  for (const first of ['words', 'press']) {
    const { says, presses, admin, deeds, answer, logs } = await atFirstStart(['ou_boss'])
    await Promise.all(
      Array.from({ length: 10 }, () =>
        first === 'words' ? says('ou_boss', '帮助', { dm: true }) : presses('ou_boss', { press: 'gathering.checkIn', gathering: 'x' }),
      ),
    )
    expect(await admin()).toEqual(['ou_boss'])
    expect(await deeds()).toEqual(['unit.claim'])
    expect(logs).toEqual([])
    expect((await answer('ou_boss', '/绑定 第一支部', { chat: 'oc_new' }))?.text).toContain('本群已绑定到「第一支部」')
  }
})

test.each(['/绑定 第一支部', '/会议 支委会 周五 15:00', '签到', '我的', '考核', '/成员 添加'])(
  'a stranger who says “%s” hears their id and what to do',
  async (line) => {
    const { says, client, deeds } = await inBranch()
    const { answer } = await says('ou_newcomer', line)
    expect((await answer())?.text).toMatch(/不在任何支部的名单上.*成员 添加.*ou_newcomer/s)
    expect(await deeds()).toEqual([])
    expect((await client.execute("select * from members where open_id = 'ou_newcomer'")).rows).toEqual([])
  },
)

test('a new branch says under which committee, with another to choose', async () => {
  const { presses, client, answer } = await inBranch()
  await client.execute("insert into seats (id, member, role, from_at) values ('sa', 'm_外人', 'admin', 0)")
  await client.execute("insert into committees (id, unit, parent, name) values ('second', 'unit', 'committee', '二分党委')")
  const bound = await answer('外人', '/绑定 第九支部', { chat: 'oc_new' })
  expect(bound?.text).toContain('本群已绑定到「第九支部」（属于机关党委）')
  const [under] = buttonsOf(bound?.card)
  const home = async () => (await client.execute("select committee from branches where name = '第九支部'")).rows[0]?.committee
  expect((await presses(openId('外人'), under, { form: { committee: 'nowhere' }, chat: 'oc_new' })).toast?.content).toContain('请选择党委')
  expect((await presses(openId('赵敏'), under, { form: { committee: 'second' }, chat: 'oc_new' })).toast?.type).toBe('warning')
  expect(await home()).toBe('committee')
  expect((await presses(openId('外人'), under, { form: { committee: 'second' }, chat: 'oc_new' })).toast?.content).toContain(
    '现在属于二分党委',
  )
  expect(await home()).toBe('second')
  const branch = String((under as { branch: string }).branch)
  await client.execute(
    `insert into gatherings (id, branch, kind, place, starts_at, ends_at, called_by, called_at) values ('g', '${branch}', 'general', '', 0, 1, 'm_外人', 0)`,
  )
  await client.execute(`insert into gathering_branches (gathering, branch) values ('g', '${branch}')`)
  expect((await presses(openId('外人'), under, { form: { committee: 'committee' }, chat: 'oc_new' })).toast?.content).toContain(
    '不能再改换党委',
  )
  expect(await home()).toBe('second')
})

test('a new group is welcomed with a form that binds it', async () => {
  const { deliver, presses, client, answer } = await inBranch()
  await client.execute("insert into seats (id, member, role, from_at) values ('sa', 'm_外人', 'admin', 0)")
  await deliver('im.chat.member.bot.added_v1', { chat_id: 'oc_new', operator_id: { open_id: openId('外人') }, name: '新群' })
  const { rows } = await client.execute("select view, to_id from outbox where occasion like 'welcome %'")
  expect(rows).toMatchObject([{ view: 'welcome', to_id: 'oc_new' }])

  const [submit] = buttonsOf((await answer('外人', '/绑定', { chat: 'oc_new' }))?.card)
  expect((await presses(openId('赵敏'), submit, { form: { branch: 'branch' }, chat: 'oc_new' })).toast?.type).toBe('warning')
  expect((await presses(openId('外人'), submit, { form: {}, chat: 'oc_new' })).toast?.content).toContain('请选择或填写一个支部')
  // Whose people are known is not told to add them.
  expect((await presses(openId('外人'), submit, { form: { branch: 'branch', name: '' }, chat: 'oc_new' })).toast?.content).toMatch(
    /「第一支部」（属于机关党委）。今后支部的会议/,
  )
  expect((await presses(openId('外人'), submit, { form: { name: '第二支部（机关）' }, chat: 'oc_new' })).toast?.content).toMatch(
    /「第二支部（机关）」（属于机关党委）。接着把人加进名单：说「\/名单」/,
  )
  expect((await presses(openId('外人'), submit, { form: { branch: 'branch' }, chat: 'oc_dm' })).toast?.content).toContain(
    '请在要绑定的群里按',
  )
  expect((await client.execute("select count(*) as n from chats where chat_id = 'oc_dm'")).rows[0]?.n).toBe(0)
})

test('binding is asked in the group, and branches win over committees', async () => {
  const { answer, client } = await inBranch()
  await client.execute("insert into seats (id, member, role, from_at) values ('sa', 'm_外人', 'admin', 0)")
  expect((await answer('外人', '/绑定 第一支部', { dm: true }))?.text).toContain('请在要绑定的群里 @我 说')
  expect((await answer('外人', '/绑定', { dm: true }))?.view).toBe('say')
  expect((await answer('外人', '/绑定 党委办公室支部', { chat: 'oc_1' }))?.text).toContain('「党委办公室支部」')
  expect((await answer('外人', '/绑定 党委', { chat: 'oc_2' }))?.text).toContain('「机关党委」')
  expect((await answer('外人', '/bind committee 机关党委', { chat: 'oc_2' }))?.text).toContain('「机关党委」')
  expect((await answer('外人', '/绑定 党委 没有的党委', { chat: 'oc_3' }))?.text).toContain('没有找到这个党委')
})

test('a chat that the bot leaves is unbound, and audited', async () => {
  const { deliver, client, deeds } = await inBranch()
  await deliver('im.chat.member.bot.deleted_v1', { chat_id: 'oc_branch' })
  await deliver('im.chat.disbanded_v1', { chat_id: 'oc_branch' })
  expect((await client.execute('select * from chats')).rows).toEqual([])
  expect(await deeds()).toEqual(['chat.unbind'])
})

test.each([
  ['/成员 添加', 'full', null],
  ['/成员 添加 正式', 'full', null],
  ['/成员 加入 预备党员', 'probationer', null],
  ['/member add activist', 'activist', null],
  ['/成员 add 发展对象', 'prospect', null],
  ['/成员 加 申请人', 'applicant', null],
  ['/成员 添加 正式 宣传委员', 'full', 'publicity'],
  ['/成员 添加 纪检委员', 'full', 'discipline'],
  ['/member add full deputy', 'full', 'deputy'],
])('“%s” puts those named on the roster', async (line, stage, seats) => {
  const { answer, named, member, deeds } = await inBranch()
  const { text } = (await answer('李华', line, named('新人', '新人', '外人'))) ?? {}
  expect(text).toMatch(/已加入名单：新人（[^）]+）、外人（/)
  for (const name of ['新人', '外人']) expect(await member(name)).toMatchObject({ branch: 'branch', stage, seats, name })
  expect(await deeds()).toEqual(seats ? ['roster.add', 'seat.grant', 'roster.add', 'seat.grant'] : ['roster.add', 'roster.add'])
})

test.each([
  ['/成员', ['新人'], '可以说「添加」或「移除」'],
  ['/成员 添加', [], '请 @ 到具体的人'],
  ['/成员 删除', ['新人'], '不在本支部的名单上'],
  ['/成员 添加 团员', ['新人'], '没看懂「团员」'],
  ['/成员 添加 **党员**', ['新人'], '没看懂'],
  ['/成员 添加 预备 书记', ['新人'], '只有正式党员才能担任支部职务'],
  ['/成员 添加 组织委员', ['王芳'], '已经担任这个职务'],
  ['/成员 添加 书记', ['赵敏'], '书记由上级党委考核人或管理员任免'],
  ['/成员 移除', ['李华'], '不能移除自己'],
  ['/成员 添加', ['别人'], '已在别的支部的名单上'],
])('“%s” of %o is refused in one sentence, and nobody joins', async (line, names, sentence) => {
  const { answer, named, client, deeds, counts } = await inBranch()
  await client.execute("insert into branches (id, unit, committee, name, since) values ('b2', 'unit', 'committee', '二', '2026-01-01')")
  await client.execute(
    `insert into members (id, unit, branch, open_id, name, joined_on, added_at) values ('o', 'unit', 'b2', '${openId('别人')}', '别人', '2026-01-01', 0)`,
  )
  const before = await counts()
  expect((await answer('李华', line, named(...names)))?.text).toContain(sentence)
  const { members, seats } = await counts()
  expect({ members, seats }).toEqual({ members: before.members, seats: before.seats })
  expect(await deeds()).toEqual([])
})

test('a roster keeper who is not secretary grants no seat', async () => {
  const { answer, named, deeds } = await inBranch()
  expect((await answer('王芳', '/成员 添加', named('新人')))?.text).toContain('已加入名单')
  expect((await answer('王芳', '/成员 添加 正式 宣传委员', named('又一人')))?.text).toContain('授予职务由书记或管理员来办')
  expect((await answer('赵敏', '/成员 添加', named('又一人')))?.text).toContain('这件事不归你办')
  expect(await deeds()).toEqual(['roster.add'])
})

test('a name with markup in it is shown as it is written', async () => {
  const { answer, client } = await inBranch()
  const mentions = [{ openId: 'ou_x', name: "<at id=all></at>**王*'" }]
  const shown = await answer('李华', '/成员 添加', { mentions })
  expect(JSON.stringify(shown?.card)).not.toMatch(/<at|"tag":"markdown","content":"[^"]*\*\*王/)
  expect((await client.execute("select name from members where open_id = 'ou_x'")).rows).toMatchObject([{ name: "<at id=all></at>**王*'" }])
})

test('an unsaid stage stays; removal ends seats, and adding brings back', async () => {
  const branch = await aBranch([
    { name: '李华', role: 'secretary' },
    { name: '钱进', stage: 'probationer' },
    { name: '王芳', role: 'organisation' },
  ])
  const named = (name: string) => ({ mentions: [{ openId: openId(name), name }] })
  const of = async (name: string) =>
    (await branch.store.client.execute({ sql: 'select stage, left_on from members where name = ? order by added_at desc', args: [name] }))
      .rows[0]
  expect((await branch.say('李华', '/成员 添加', named('钱进')))?.text).toContain('钱进（预备党员）')
  expect((await of('钱进'))?.stage).toBe('probationer')
  expect((await branch.say('李华', '/成员 添加 书记', named('钱进')))?.text).toContain('只有正式党员才能担任支部职务')

  expect((await branch.say('李华', '/成员 移除', named('王芳')))?.text).toContain('已移出名单：王芳')
  expect((await of('王芳'))?.left_on).toBe('2026-10-08')
  expect(await branch.count("seats where member = 'm_王芳' and until_at is null")).toBe(0)
  expect((await branch.say('李华', '/成员 移除', named('王芳')))?.text).toContain('不在本支部的名单上')
  expect((await branch.say('王芳', '我的', { dm: true }))?.text).toContain('还不在任何支部的名单上')
  expect((await branch.say('李华', '/member add full publicity', named('王芳')))?.text).toContain('王芳 (full member, publicity member)')
  expect((await branch.say('李华', '/成员 移除', named('李华')))?.text).toContain('不能移除自己')
})

test('a group’s own chat hears of its meetings, and no other', async () => {
  const branch = await aBranch([{ name: '李华', role: 'secretary' }, { name: '王芳' }, { name: '赵敏' }])
  const { client } = branch.store
  const bind = async (words: string) => (await branch.say('李华', words))?.text
  await client.execute('delete from chats')
  expect(await bind('/绑定 党小组 第一党小组')).toContain('支部还没有党小组')
  await client.execute("insert into groups (id, branch, name) values ('g1', 'branch', '第一党小组')")
  expect(await bind('/绑定 党小组')).toContain('请说哪个党小组：第一党小组')
  expect(await bind('/绑定 党小组 第一党小组')).toContain('本群已绑定到「第一党小组」')
  await client.execute("update members set group_id = 'g1' where name <> '李华'")
  await branch.say('李华', '/会议 第一党小组会 明天 15:00')
  const posted = (await branch.outboxRows()).filter(({ view }) => view === 'gathering')
  expect(posted.map(({ to_id }) => to_id)).toEqual(['oc_branch'])
})
