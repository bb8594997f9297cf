import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { commands } from '../commands/index.ts'
import { render } from '../src/bot.ts'
import type { Card } from '../src/card.ts'
import { commandsReadme } from '../src/scripts/docs.ts'
import { anApp } from './harness/app.ts'
import { aBranch, buttonsOf, openId } from './harness/branch.ts'

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
  const gatherings = async () => (await store.client.execute('select * from gatherings order by called_at, rowid')).rows
  return { ...app, answer, gatherings }
}

test.each(['帮助', '/帮助', '／帮助', '/ 帮助', 'help', '/HELP', '/Help', '菜单', '?', '？', '你好', '   ', '　'])(
  '“%s” shows the help',
  async (line) => {
    const { answer } = await inBranch()
    for (const dm of [true, false]) expect(await answer('赵敏', line, { dm })).toMatchObject({ view: 'help' })
  },
)

test('help lists every command in both languages, for strangers too', async () => {
  const { answer } = await inBranch()
  const { text = '' } = (await answer('路人', '帮助', { dm: true })) ?? {}
  for (const words of ['签到', 'checkin', '/会议 支委会 周五 15:00 三楼会议室', '/meeting committee Fri 3pm', '/考核 上季度', '/成员 添加'])
    expect(text).toContain(words)
})

/** The folds of a card, by their titles: whether they are open, and the labels of their buttons. */
const foldsOf = (card: Card | null | undefined) =>
  (card?.body.elements ?? [])
    .filter(({ tag }) => tag === 'collapsible_panel')
    .map((fold) => [(fold.header as { title: { content: string } }).title.content, fold.expanded])

test('on the help card every command is a tap, common ones first', async () => {
  const { answer } = await inBranch()
  const shown = await answer('赵敏', '帮助', { dm: true })
  const offered = buttonsOf(shown?.card).flatMap(({ command }) => (command ? [command] : []))
  expect(offered.slice(0, 2)).toEqual(['mine', 'score'])
  // The code of a claim has to be typed, and help is what one is looking at.
  expect(new Set([...offered, 'claim', 'help'])).toEqual(new Set(commands.map(({ name }) => name)))
  const closed = ['人人可用', '支部工作', '第一次使用', '党委和管理员'].map((part) => [part, false])
  for (const name of ['赵敏', '李华']) expect(foldsOf((await answer(name, '帮助', { dm: true }))?.card)).toEqual(closed)
  expect(foldsOf((await answer('路人', '帮助', { dm: true }))?.card)[2]).toEqual(['第一次使用', true])
})

test('help shows first what is the reader’s and likely now', async () => {
  const it = await inBranch()
  const first = async (name: string) => {
    const row = (await it.answer(name, '帮助', { dm: true }))?.card?.body.elements[0]
    return buttonsOf({ body: { elements: [row] } } as Card).map(({ command }) => command)
  }
  expect(await first('李华')).toEqual(['meeting', 'todo', 'mine', 'score'])
  await it.answer('李华', '/会议 支委会 周五 15:00 三楼')
  expect(await first('李华')).toEqual(['meeting', 'todo', 'mine', 'score', 'leave'])
  it.at('2026-10-09', '14:40')
  expect(await first('赵敏')).toEqual(['checkin', 'mine', 'score', 'leave'])
  it.at('2026-10-09', '15:10')
  expect(await first('赵敏')).toEqual(['checkin', 'mine', 'score'])
  await it.client.execute("insert into seats (id, member, role, from_at) values ('sa', 'm_赵敏', 'admin', 0)")
  expect(await first('赵敏')).toEqual(['checkin', 'review', 'mine', 'roles'])
})

test('a help button does what its word does, every time', async () => {
  const { answer, presses, client } = await inBranch()
  const [mine] = buttonsOf((await answer('赵敏', '帮助'))?.card)
  for (const _ of [1, 2]) expect((await presses(openId('赵敏'), mine)).toast?.type).toBe('success')
  const { rows } = await client.execute("select to_id from outbox where view = 'mine'")
  expect(rows.map(({ to_id }) => to_id)).toEqual([openId('赵敏'), openId('赵敏')])
  const meeting = buttonsOf((await answer('赵敏', '帮助'))?.card).find(({ command }) => command === 'meeting')
  expect((await presses(openId('赵敏'), meeting)).toast?.type).toBe('warning')
})

test('a first direct chat is greeted with the help that is theirs', async () => {
  const { deliver, client, db } = await inBranch()
  await deliver('im.chat.access_event.bot_p2p_chat_entered_v1', { chat_id: 'oc_dm', operator_id: { open_id: openId('李华') } })
  const { rows } = await client.execute("select view, args from outbox where occasion like 'hello %'")
  const card = await render(db, String(rows[0]?.view), JSON.parse(String(rows[0]?.args)), new Date(0))
  expect(buttonsOf(card)[0]).toMatchObject({ command: 'meeting' })
})

test('a direct chat opened for a card already there is not greeted', async () => {
  const { deliver, client } = await inBranch()
  const enters = () =>
    deliver('im.chat.access_event.bot_p2p_chat_entered_v1', { chat_id: 'oc_dm', operator_id: { open_id: openId('李华') } })
  await client.execute(`insert into posts values ('om_ballot', 'person:${openId('李华')}', 'ballot', 'voter b m', '{}', 0)`)
  await enters()
  expect((await client.execute("select 1 from outbox where occasion like 'hello %'")).rows).toEqual([])
  await client.execute('delete from posts')
  // A form keeps no post, and may still be on its way.
  await client.execute(
    `insert into outbox (occasion, lane, due_at, to_kind, to_id, recipient, view, args) values
      ('code e1', 0, 0, 'person', '${openId('李华')}', 'person:${openId('李华')}', 'codeForm', '{}')`,
  )
  await enters()
  expect((await client.execute("select 1 from outbox where occasion like 'hello %'")).rows).toEqual([])
  await client.execute("update outbox set state = 'sent', tried_at = 0")
  await enters()
  expect((await client.execute("select 1 from outbox where occasion like 'hello %'")).rows).toHaveLength(1)
})

test.each([
  ['mine', 'mine'],
  ['checkin', 'say'],
  ['help', 'help'],
  ['meeting', 'callForm'],
])('the bot’s menu entry “%s” runs that command for the person', async (key, view) => {
  const { deliver, client } = await inBranch()
  await deliver('application.bot.menu_v6', { operator: { operator_id: { open_id: openId('李华') } }, event_key: key, timestamp: 1 })
  const { rows } = await client.execute('select view, to_kind, to_id from outbox')
  expect(rows).toMatchObject([{ view, to_kind: 'person', to_id: openId('李华') }])
})

test('a near miss offers the whole line that will be said', async () => {
  const { answer } = await inBranch()
  const { card } = (await answer('李华', '/会仪 支委会 周五 15:00')) ?? {}
  expect(JSON.stringify(card)).toContain('"/会议 支委会 周五 15:00"')
})

test.each([
  ['/会仪 支委会 周五 15:00', 'meeting', '支委会 周五 15:00'],
  ['／会义 支委会 周五 15:00', 'meeting', '支委会 周五 15:00'],
  ['meetign committee Fri 3pm', 'meeting', 'committee Fri 3pm'],
  ['/chekin', 'checkin', ''],
  ['签道', 'checkin', ''],
  ['/帮住', 'help', ''],
  ['/scroe last', 'score', 'last'],
])('“%s” is near enough to offer /%s as a button', async (line, command, rest) => {
  const { answer } = await inBranch()
  for (const dm of [true, false]) {
    const shown = await answer('李华', line, { dm })
    expect(buttonsOf(shown?.card)).toEqual([{ press: 'command.run', command, rest, isGroup: !dm, offer: expect.any(String) }])
  }
})

test.each(['今天天气不错', 'the quick brown fox', '/订餐', '🎉🎉🎉', '@', '\ud800', 'x'.repeat(5_000)])(
  '“%s” is no command: one sentence says what to do',
  async (line) => {
    const { answer, deeds } = await inBranch()
    expect((await answer('李华', line))?.text).toContain('没听懂。说「帮助」看看我能做什么。')
    expect(await deeds()).toEqual([])
  },
)

test.each(['me too', 'call me tomorrow', '好的', '收到'])('“%s” is said in passing: no command, and nothing is offered', async (line) => {
  const { answer, deeds } = await inBranch()
  for (const dm of [true, false]) {
    const shown = await answer('李华', line, { dm })
    expect([shown?.view, buttonsOf(shown?.card)]).toEqual(['say', []])
  }
  expect(await deeds()).toEqual([])
})

test('in an unbound group a score goes to its asker alone', async () => {
  const { answer, client } = await inBranch()
  const group = await answer('李华', '/考核', { chat: 'oc_elsewhere' })
  expect([group?.view, group?.text]).toEqual(['say', expect.stringContaining('已私聊发给你')])
  const { rows } = await client.execute("select to_kind, to_id from outbox where view = 'score'")
  expect(rows).toMatchObject([{ to_kind: 'person', to_id: openId('李华') }])
})

test('a newly bound chat gets the card of the called meeting', async () => {
  const { answer, client } = await inBranch()
  await answer('李华', '/会议 支委会 周五 15:00')
  await answer('李华', '/绑定 第一支部', { chat: 'oc_new' })
  const { rows } = await client.execute("select to_id from outbox where view = 'gathering' order by id")
  expect(rows.map(({ to_id }) => to_id)).toEqual(['oc_branch', 'oc_new'])
})

test('without a bound chat the answer claims no card', async () => {
  const { answer, client } = await inBranch()
  const said = (at: string) => answer('李华', `/会议 支委会 周五 ${at}`, { dm: true })
  expect((await said('15:00'))?.text).toContain('签到卡片已发到群里')
  await client.execute('delete from chats')
  const { text = '' } = (await said('16:30')) ?? {}
  expect(text).toContain('已召集')
  expect(text).toContain('还没有绑定群')
  expect(text).not.toMatch(/已发到群里|is in the group/)
})

test.each([
  ['in the group', { dm: false, chat: 'oc_branch' }],
  ['in a direct chat', { dm: true, chat: `oc_dm_${openId('李华')}` }],
])('the near miss runs when its button is pressed, %s', async (_where, { dm, chat }) => {
  const { answer, presses, gatherings, deeds } = await inBranch()
  const [offer] = buttonsOf((await answer('李华', '/会仪 支委会 周五 15:00 三楼', { dm }))?.card)
  expect((await presses(openId('赵敏'), offer, { chat })).toast?.type).toBe('warning')
  expect((await presses(openId('李华'), offer, { chat })).toast).toMatchObject({ type: 'success' })
  expect(await gatherings()).toMatchObject([{ kind: 'committee', place: '三楼' }])
  expect(await deeds()).toEqual(['gathering.call'])
})

test('a colleague may be named before or after the bot', async () => {
  const { answer } = await inBranch()
  const mentions = [{ openId: openId('王芳'), name: '王芳' }]
  expect(await answer('李华', '帮助', { mentions })).toMatchObject({ view: 'help' })
  expect(await answer('李华', '@_user_2 帮助', { mentions })).toMatchObject({ view: 'help' })
})

test('what waits for me is sent to me; the group hears so', async () => {
  const { answer, client, says } = await inBranch()
  await says(openId('李华'), '/会议 支委会 明天 15:00 三楼')
  const dm = await answer('王芳', '我的', { dm: true })
  expect(dm).toMatchObject({ view: 'mine' })
  expect(dm?.text).toContain('10月9日（周五）15:00 支委会 · 三楼 — 未签到')
  expect((await answer('赵敏', '我的', { dm: true }))?.text).toContain('眼下没有等你办的事')
  const group = await answer('王芳', '我的')
  expect(group?.text).toContain('已私聊发给你')
  const { rows } = await client.execute("select to_kind, to_id from outbox where occasion like 'direct %'")
  expect(rows).toMatchObject([{ to_kind: 'person', to_id: openId('王芳') }])
})

test.each([
  ['/会议', undefined, undefined, '请选择开什么会、什么时间'],
  ['/会议 支委会', 'committee', undefined, '还差日期和时间'],
  ['/会议 支委会 周五', 'committee', '2026-10-09 09:00', '还差具体时间'],
  ['/会议 周五 15:00 三楼', undefined, '2026-10-09 15:00', '请选择开什么会'],
  ['/会议 支委会 8:00', 'committee', undefined, '还差日期'],
  ['/会议 支委会 周五 3点', 'committee', '2026-10-09 15:00', '3点是上午还是下午'],
])('“%s” opens the form, filled with what was understood', async (line, kind, starts, why) => {
  const { answer, gatherings } = await inBranch()
  const shown = await answer('李华', line)
  expect(shown).toMatchObject({ view: 'callForm' })
  expect(shown?.text).toContain(why)
  const json = JSON.stringify(shown?.card)
  if (kind) expect(json).toContain(`"initial_option":"${kind}"`)
  else expect(json).not.toContain('initial_option')
  if (starts) expect(json).toContain(`"initial_datetime":"${starts}"`)
  expect(await gatherings()).toEqual([])
})

test.each([
  [{ kind: '', starts: '2026-10-09 15:00 +0800' }, '请选择开什么会'],
  [{ kind: 'party', starts: '2026-10-09 15:00 +0800' }, '请选择开什么会'],
  [{ kind: 'committee' }, '请选择日期和时间'],
  [{ kind: 'committee', starts: 'tomorrow' }, '请选择日期和时间'],
  [{ kind: 'committee', starts: '2026-13-45 99:99 +0800' }, '请选择日期和时间'],
  [{ kind: 'committee', starts: '2026-02-30 10:00 +0800' }, '请选择日期和时间'],
  [{ kind: 'committee', starts: '2026-10-08 08:59 +0800' }, '这个时间已经过了'],
  [{ kind: 'committee', starts: '2026-10-08 09:00 +0800' }, '这个时间已经过了'],
])('the form with %o is answered with one sentence and calls nothing', async (form, sentence) => {
  const { answer, presses, gatherings } = await inBranch()
  const [submit] = buttonsOf((await answer('李华', '/会议'))?.card)
  const { toast, card } = await presses(openId('李华'), submit, { form })
  expect(toast).toMatchObject({ type: 'warning', content: expect.stringContaining(sentence) })
  expect(card).toBeUndefined()
  expect(await gatherings()).toEqual([])
})

test('the filled form calls the meeting and becomes a sentence', async () => {
  const { answer, presses, gatherings } = await inBranch()
  const [submit] = buttonsOf((await answer('李华', '/会议 支委会', { dm: true }))?.card)
  const form = { kind: 'general', starts: '2026-10-09 15:00 +0800', place: ' 二楼 ' }
  const { toast, card } = await presses(openId('李华'), submit, { form, chat: `oc_dm_${openId('李华')}` })
  expect(toast?.content).toBe('已召集：支部党员大会，10月9日（周五）15:00。签到卡片已发到群里。')
  expect(JSON.stringify(card)).toContain('已召集')
  expect(await gatherings()).toMatchObject([{ kind: 'general', place: '二楼' }])
})

test.each(['/会议 支委会 昨天 15:00', '/会议 支委会 今天 08:00'])('“%s” is past, and one sentence says so', async (line) => {
  const { answer, gatherings } = await inBranch()
  const shown = await answer('李华', line)
  expect(shown?.text ?? '').toMatch(/已经过了|过去/)
  expect(await gatherings()).toEqual([])
})

const nasty = [
  '<at id=all></at>',
  '**粗体** _斜_ ~~删~~',
  '[点我](https://evil.example)',
  "<font color='red'>红</font>",
  '`code` $x^2$ # 标题',
  '😀'.repeat(40),
  '楼'.repeat(500),
  '\ud800断\udc00',
  '&#60;at id=all&#62;',
  '- 列表 1. 项 > 引用',
]

test.each(nasty)('a place “%s” stands on every card as it was typed', async (place) => {
  const { answer, presses, gatherings, says, db, now } = await inBranch()
  const [submit] = buttonsOf((await answer('李华', '/会议'))?.card)
  await presses(openId('李华'), submit, { form: { kind: 'committee', starts: '2026-10-09 15:00 +0800', place } })
  await says(openId('李华'), `/会议 党员大会 10月10日 15:00 ${place}`)
  expect(await gatherings()).toHaveLength(2)
  for (const { id, place: kept } of await gatherings()) {
    expect(String(kept).isWellFormed() && [...String(kept)].length <= 60).toBe(true)
    for (const view of ['gathering', 'host', 'mine']) {
      const args = view === 'mine' ? { unit: 'unit', member: 'm_李华' } : { subject: id }
      const card = JSON.stringify(await render(db, view, args, now()))
      expect(card).not.toMatch(/<at|\*\*粗体|\]\(https|<font color='red'|`code`|~~删|\$x/)
    }
  }
})

test('somebody named in the place is there by name', async () => {
  const { answer, gatherings } = await inBranch()
  const mentions = [{ openId: openId('王芳'), name: '王芳' }]
  await answer('李华', '/会议 支委会 明天 15:00 @_user_2 的办公室', { mentions })
  expect((await gatherings()).at(-1)?.place).toContain('@王芳 的办公室')
})

test('digits after a command’s English name are heard without a slash', async () => {
  const { answer } = await inBranch()
  expect((await answer('李华', 'checkin 1234', { dm: true }))?.text).toContain('现在没有可以签到的会')
})

test('commands/README.md says what the commands say', () => {
  const written = readFileSync(new URL('../commands/README.md', import.meta.url), 'utf8')
  expect(written, 'npm run docs writes it anew').toBe(commandsReadme())
  expect(written.split('\n').filter((line) => line.length > 400)).toEqual([])
})
