import { expect, test } from 'vitest'
import { render } from '../../src/bot.ts'
import { anApp } from '../harness/app.ts'
import { aBranch, buttonsOf, openId } from '../harness/branch.ts'

const people = [
  { name: '李华', role: 'secretary' as const },
  { name: '王芳', role: 'organisation' as const },
  { name: '张伟', role: 'publicity' as const },
  { name: '赵敏' },
]

async function inBranch() {
  const { store } = await aBranch(people)
  const app = anApp(store)
  const answer = async (name: string, text: string, more = {}) => (await app.says(openId(name), text, more)).answer()
  const count = async (table: string) => (await store.client.execute(`select count(*) as n from ${table}`)).rows[0]?.n
  return { ...app, answer, count }
}

test('a sentence that calls a meeting only fills the form', async () => {
  const { answer, count, presses } = await inBranch()
  for (const dm of [true, false]) {
    const shown = await answer('李华', '通知大家周五下午三点在三楼会议室开支委会', { dm })
    expect(shown?.view).toBe('callForm')
    const json = JSON.stringify(shown?.card)
    for (const filled of ['"initial_option":"committee"', '"initial_datetime":"2026-10-09 15:00"', '三楼会议室'])
      expect(json).toContain(filled)
    expect(await count('gatherings')).toBe(0)
  }
  const [submit] = buttonsOf((await answer('李华', '周五下午三点开支委会', { dm: true }))?.card)
  await presses(openId('李华'), submit, { form: { kind: 'committee', starts: '2026-10-09 15:00 +0800' } })
  expect(await count('gatherings')).toBe(1)
})

test('a sentence moves and excuses nobody; it opens the form', async () => {
  const { answer, count, says, client } = await inBranch()
  await says(openId('李华'), '/会议 支委会 周五 15:00')
  expect((await answer('李华', '把周五的会改到下周二下午三点', { dm: true }))?.view).toBe('reschedule')
  const { rows } = await client.execute('select starts_at from gatherings')
  expect(rows[0]?.starts_at).toBe(Date.parse('2026-10-09T15:00+08:00'))
  const slip = await answer('王芳', '我病了，周五的会来不了', { dm: true })
  expect([slip?.view, JSON.stringify(slip?.card).includes('"initial_option":"sick"')]).toEqual(['leave', true])
  expect(await count('leaves')).toBe(0)
  expect((await answer('王芳', '我下周三的会参加不了', { dm: true }))?.text).toContain('没有需要你参加的这次会')
})

test('a deed is one button, and a second meaning another', async () => {
  const { answer, count } = await inBranch()
  const shown = await answer('李华', '每月第一个周五下午三点开支委会', { dm: true })
  expect([shown?.view, buttonsOf(shown?.card).map(({ command }) => command)]).toEqual(['nearMiss', ['rhythm']])
  expect(shown?.text).toContain('按一下才办')
  expect(await count('rhythms')).toBe(0)
})

test.each(['大家都签到了，辛苦', '帮王芳签到', '谁签到了', '我还没签到'])('“%s” checks nobody in', async (line) => {
  const { answer, count, says } = await inBranch()
  await says(openId('李华'), '/会议 党员大会 今天 9:20')
  await answer('赵敏', line, { dm: true })
  expect(await count('arrivals')).toBe(0)
  await answer('赵敏', '【签到】', { dm: true })
  expect(await count('arrivals')).toBe(1)
})

test('a thing that is not here yet is answered by name', async () => {
  const { answer } = await inBranch()
  expect((await answer('赵敏', '党费怎么交', { dm: true }))?.text).toContain('党费还不在这里收')
  expect((await answer('赵敏', '帮我写会议纪要', { dm: true }))?.view).toBe('minutesList')
})

test('half a sentence names what is near, as words alone', async () => {
  const { answer } = await inBranch()
  const near = await answer('赵敏', '公司考核太难了', { dm: true })
  expect([near?.text.includes('和这有关的，可以说「考核」'), buttonsOf(near?.card)]).toEqual([true, []])
  expect(buttonsOf((await answer('赵敏', '公司考核太难了'))?.card)).toEqual([])
})

test.each([
  ['audio', '语音我听不了'],
  ['image', '支部名单请发表格'],
  ['sticker', '收到。要办什么请打字说'],
  ['location', '位置不能用来签到'],
  ['hongbao', '这种消息我读不了'],
])('a message of type %s gets one line', async (message_type, said) => {
  const { deliver, client, db, now } = await inBranch()
  const sender = { sender_id: { open_id: openId('赵敏') }, sender_type: 'user' }
  const message = { message_id: 'om_m', chat_id: 'oc_dm', chat_type: 'p2p', message_type, content: '{}' }
  await deliver('im.message.receive_v1', { sender, message }, { event_id: 'event-m' })
  const { rows } = await client.execute("select view, args from outbox where occasion = 'answer event-m'")
  const card = await render(db, String(rows[0]?.view), JSON.parse(String(rows[0]?.args)), now())
  expect(JSON.stringify(card)).toContain(said)
})

test('a reply to a card means its meeting', async () => {
  const { answer, says, client } = await inBranch()
  await says(openId('李华'), '/会议 支委会 周五 15:00')
  await says(openId('李华'), '/会议 党员大会 10月10日 15:00')
  const { rows } = await client.execute("select id from gatherings where kind = 'general'")
  const id = String(rows[0]?.id)
  await client.execute({
    sql: "insert into posts values ('om_card', 'chat:oc_branch', 'gathering', ?, ?, 0)",
    args: [id, JSON.stringify({ subject: id })],
  })
  const replyTo = 'om_card'
  expect((await answer('王芳', '请假', { dm: true }))?.text).toContain('支委会')
  expect((await answer('王芳', '请假', { dm: true, replyTo }))?.text).toContain('支部党员大会')
  expect((await answer('李华', '谁没来', { dm: true }))?.text).toContain('支委会')
  expect((await answer('李华', '谁没来', { dm: true, replyTo }))?.text).toContain('支部党员大会')
  expect((await answer('李华', '改期', { dm: true, replyTo }))?.text).toContain('支部党员大会')
})

test('checking in answers for one’s own next meeting', async () => {
  const { answer, says } = await inBranch()
  await says(openId('李华'), '/会议 支委会 今天 9:20')
  expect((await answer('赵敏', '签到', { dm: true }))?.text).toContain('不在这次会议的应到名单上')
  await says(openId('李华'), '/会议 党员大会 10月10日 15:00')
  expect((await answer('赵敏', '签到', { dm: true }))?.text).toContain('还没到签到时间')
})

test('one’s own list offers leave beside each meeting, and waiting appeals', async () => {
  const { answer, says, presses, client } = await inBranch()
  await says(openId('李华'), '/会议 支委会 周五 15:00')
  await says(openId('李华'), '/会议 党员大会 10月10日 15:00')
  const shown = await answer('王芳', '我的', { dm: true })
  const excuses = buttonsOf(shown?.card).filter(({ press }) => press === 'leave.open')
  expect(excuses).toHaveLength(2)
  expect((await presses(openId('王芳'), excuses[1])).toast?.content).toContain('请假单已私聊发给你')
  await client.execute(
    "insert into assessments (committee, quarter, opened_at, self_until, review_until, published_at, appeals_until) values ('committee', '2026Q3', 0, '2026-10-05', '2026-10-06', 1, '2026-12-31')",
  )
  await client.execute(
    "insert into appeals (id, branch, quarter, standard, words, \"by\", at) values ('ap', 'branch', '2026Q3', 1, '少记一次', 'm_李华', 0)",
  )
  expect((await answer('李华', '我的', { dm: true }))?.text).toContain('本支部对考核的申诉 1 件，等上级答复')
  expect((await answer('赵敏', '我的', { dm: true }))?.text).not.toContain('申诉')
})

test.each(['待办', 'todo', '本月', '本月还有什么没做'])('“%s” lists what the branch still owes', async (line) => {
  const { answer } = await inBranch()
  const shown = await answer('李华', line, { dm: true })
  expect([shown?.view, /到期/.test(shown?.text ?? '')]).toEqual(['todo', true])
  expect(buttonsOf(shown?.card).map(({ press }) => press)).toContain('attest.open')
})
