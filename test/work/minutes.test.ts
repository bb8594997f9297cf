import { describe, expect, test } from 'vitest'
import { digestOf, minutesAsTheyStand } from '../../db/work/minutes.ts'
import { buttonsOf, textOf } from '../harness/branch.ts'
import { aClosedMeeting } from './meeting.ts'

test('from the close to the lock each does one thing', async () => {
  const it = await aClosedMeeting()
  const host = await it.hostCard()
  const [button] = buttonsOf(host.card).filter(({ press }) => press === 'minutes.open')
  expect((await it.press('李华', button ?? {})).toast.zh).toBe('会议记录已私聊发给你。')
  expect([await it.state(), await it.sent('王芳')]).toEqual(['draft', 1])
  const draft = await it.shown('王芳')
  for (const said of ['王芳', '三楼会议室', '学习贯彻会议精神', '应到']) expect(draft.text).toContain(said)
  const form = await it.does('王芳', 'write', undefined, { position: 2 })
  expect(textOf(form.card ?? expect.unreachable())).toContain('讨论活动室')
  await it.does('王芳', 'save', { words: '两人发言。\n同意添置书架。' }, { position: 2 })
  expect((await it.does('王芳', 'submit')).toast.zh).toBe('已送确认。')
  expect([await it.state(), await it.sent('李华')]).toEqual(['submitted', 2])
  expect((await it.does('李华', 'confirm')).toast.zh).toContain('会议记录已确认')
  expect(await it.state()).toBe('locked')
  const member = await it.shown('赵敏')
  expect(member.text).toContain('同意添置书架')
  expect(buttonsOf(member.card).map(({ press }) => press)).toEqual(['minutes.file'])
})

test('nobody reads minutes that are not confirmed but those they wait for', async () => {
  const it = await aClosedMeeting()
  expect((await it.shown('赵敏')).card).toBe(null)
  await it.does('李华', 'open')
  for (const name of ['赵敏', '钱进', '上级']) expect((await it.shown(name)).card).toBe(null)
  expect((await it.does('赵敏', 'show')).toast.zh).toContain('还没有确认')
  expect((await it.does('赵敏', 'file')).toast.zh).toContain('还没有确认')
  await it.does('王芳', 'submit')
  expect((await it.shown('赵敏')).card).toBe(null)
  await it.does('李华', 'confirm')
  expect((await it.shown('赵敏')).card).not.toBe(null)
  expect((await it.shown('上级')).card).toBe(null)
})

test('the recorder confirms nothing, nor does anybody who was absent', async () => {
  const it = await (await aClosedMeeting('general', ['李华', '王芳', '赵敏'])).submitted()
  expect((await it.does('王芳', 'confirm')).toast.zh).toContain('记录人不能确认自己的记录')
  expect((await it.does('张伟', 'confirm')).toast.zh).toContain('到会的支委')
  expect((await it.does('赵敏', 'confirm')).toast.zh).toContain('到会的支委')
  expect((await it.does('上级', 'confirm')).mood).toBe('warning')
  expect(await it.state()).toBe('submitted')
  expect((await it.does('李华', 'confirm')).mood).toBe('success')
  expect((await it.does('李华', 'confirm')).toast.zh).toContain('已经确认')
  expect(await it.count('minute_versions')).toBe(1)
})

test('minutes go back with a reason, and nothing moves while they wait', async () => {
  const it = await (await aClosedMeeting()).submitted()
  expect((await it.does('王芳', 'save', { words: '后来写的' }, { position: 1 })).toast.zh).toContain('已送确认，不能再改')
  expect((await it.does('李华', 'sendBack', { reason: ' ' })).toast.zh).toContain('请写明退回的原因')
  expect((await it.does('李华', 'askReturn')).mood).toBe('info')
  expect((await it.does('李华', 'sendBack', { reason: '补上发言要点' })).mood).toBe('success')
  expect([await it.state(), await it.sent('王芳')]).toEqual(['returned', 2])
  expect((await it.shown('王芳')).text).toContain('补上发言要点')
  await it.does('王芳', 'save', { words: '三人发言' }, { position: 1 })
  await it.does('王芳', 'submit')
  await it.does('李华', 'confirm')
  expect((await it.shown('赵敏')).text).toContain('三人发言')
})

test('the assessor gets minutes by the secretary’s hand alone', async () => {
  const it = await (await aClosedMeeting()).locked()
  const sent = { gathering: it.gathering, branch: 'branch' }
  const list = await it.shownView('minutesList', { branch: 'branch', viewer: 'm_上级' })
  const ask = buttonsOf(list.card).find(({ press }) => press === 'minutesAsked.ask') ?? expect.unreachable()
  expect((await it.press('上级', ask)).mood).toBe('success')
  const asked = await it.shownView('minutesAsked', { ...sent, by: 'm_上级', viewer: 'm_李华' })
  expect((await it.shownView('minutesAsked', { ...sent, by: 'm_上级', viewer: 'm_赵敏' })).card).toBe(null)
  const give = buttonsOf(asked.card).find(({ press }) => press === 'minutesAsked.provide') ?? expect.unreachable()
  expect((await it.press('王芳', give)).mood).toBe('warning')
  expect((await it.press('李华', { ...give, by: 'm_赵敏' })).toast.zh).toContain('不是上级考核人')
  expect((await it.outboxRows()).filter(({ view }) => view === 'minutesFile')).toEqual([])
  expect((await it.press('李华', give)).mood).toBe('success')
  expect((await it.outboxRows()).filter(({ view }) => view === 'minutesFile')).toHaveLength(1)
  expect(await it.rows("select actor from audit where deed = 'minutes.provide'")).toMatchObject([{ actor: 'm_李华' }])
})

test('another recorder is one of the committee who was there', async () => {
  const it = await aClosedMeeting()
  await it.does('李华', 'open')
  expect((await it.does('李华', 'assign', { recorder: 'm_赵敏' })).toast.zh).toContain('到会的支委')
  expect((await it.does('李华', 'assign', { recorder: 'm_张伟' })).mood).toBe('success')
  expect((await it.does('王芳', 'save', { words: '要点' }, { position: 1 })).toast.zh).toContain('记录人写')
  expect((await it.does('张伟', 'save', { words: '字'.repeat(1_001) }, { position: 1 })).toast.zh).toContain('最多 1000 字')
  expect((await it.does('张伟', 'save', { words: '要点' }, { position: 9 })).toast.zh).toContain('没有找到这项议题')
  expect((await it.does('张伟', 'submit')).mood).toBe('success')
  expect((await it.does('王芳', 'confirm')).mood).toBe('success')
})

describe('who confirms', () => {
  test('any full member who was there, beside a lone recorder', async () => {
    const it = await aClosedMeeting('general', ['李华', '赵敏', '钱进'])
    await it.does('李华', 'open')
    expect((await it.does('李华', 'submit')).mood).toBe('success')
    expect(await it.sent('赵敏')).toBe(1)
    expect((await it.shown('钱进')).card).not.toBe(null)
    expect((await it.does('钱进', 'confirm')).mood).toBe('success')
  })

  test('the assessor, where nobody of the committee was there', async () => {
    const it = await aClosedMeeting('general', ['赵敏', '钱进', '王芳'])
    await it.store.client.execute("update seats set until_at = 1 where member = 'm_王芳'")
    await it.does('李华', 'open')
    await it.does('李华', 'submit')
    expect(await it.sent('上级')).toBe(1)
    expect((await it.does('赵敏', 'confirm')).mood).toBe('warning')
    expect((await it.does('上级', 'confirm')).mood).toBe('success')
  })
})

/** Facts that are changed behind the product's back, each in another table. */
const meddling = [
  "update members set name = '改名' where id = 'm_赵敏'",
  "delete from arrivals where member = 'm_钱进'",
  "update agenda_items set words = '改了'",
  'update agenda_items set held_at = null, struck_at = 1 where position = 1',
  "update gatherings set place = '别处'",
  'update gathering_branches set is_quorate = 0',
]

test.each(meddling)('“%s” changes no byte of confirmed minutes', async (sql) => {
  const it = await (await aClosedMeeting()).locked()
  const before = [await it.rows('select * from minute_versions'), (await it.seen()).draft, (await it.shown('赵敏')).card]
  await it.store.client.execute('drop trigger if exists arrivals_locked')
  await it.store.client.execute(sql)
  expect([await it.rows('select * from minute_versions'), (await it.seen()).draft, (await it.shown('赵敏')).card]).toEqual(before)
  const [version] = await it.rows('select document, digest from minute_versions')
  expect(digestOf(String(version?.document))).toBe(version?.digest)
})

test('a re-opening corrects what was confirmed, and keeps the old text', async () => {
  const it = await (await aClosedMeeting('general', ['李华', '王芳', '赵敏'])).locked()
  const mark = () => it.press('李华', { press: 'host.mark', gathering: it.gathering }, { form: { people: ['m_钱进'] } })
  const [first] = await it.rows('select document, digest from minute_versions')
  expect((await mark()).toast.zh).toContain('会议记录已确认')
  expect((await it.press('李华', { press: 'agenda.settle', gathering: it.gathering }, { form: { struck: ['1'] } })).toast.zh).toContain(
    '会议记录已确认',
  )
  expect((await it.say('李华', '/重开'))?.text).toContain('10月9日（周五） 支部党员大会')
  expect((await it.reopen('漏记钱进')).mood).toBe('success')
  expect(await it.state()).toBe('reopened')
  expect((await it.shown('赵敏')).card).toBe(null)
  expect((await mark()).mood).toBe('success')
  expect((await it.does('王芳', 'confirm')).mood).toBe('warning')
  expect((await it.does('李华', 'confirm')).mood).toBe('success')
  const versions = await it.rows('select version, document, digest from minute_versions order by version')
  expect(versions.map(({ version }) => version)).toEqual([1, 2])
  expect([versions[0]?.document, versions[0]?.digest]).toEqual([first?.document, first?.digest])
  expect([String(versions[0]?.document).includes('钱进'), String(versions[1]?.document).includes('钱进')]).toEqual([false, true])
  expect((await it.shown('赵敏')).text).toContain('钱进')
  await expect(it.store.client.execute("update minute_versions set document = ''")).rejects.toThrow('minutes kept')
})

test('minutes of the committee are read by the committee alone', async () => {
  const it = await (await aClosedMeeting('committee', ['李华', '王芳', '张伟'])).locked()
  expect((await it.shown('张伟')).text).toContain('学习贯彻会议精神')
  for (const name of ['赵敏', '钱进', '上级']) {
    expect((await it.shown(name)).card).toBe(null)
    for (const what of ['show', 'file', 'open', 'confirm', 'askReturn']) expect((await it.does(name, what)).mood).toBe('warning')
    expect((await it.press(name, { press: 'minutesList.send', gathering: it.gathering, branch: 'branch' })).mood).toBe('warning')
    const listed = await it.say(name, '会议记录', { dm: true })
    expect(listed?.text ?? '').not.toContain(name === '上级' ? '学习贯彻会议精神' : '支委会')
  }
})

test('the card of the longest minutes fits, and the document has all', async () => {
  const item = (nth: number) => `${nth}${'-'.repeat(57)}`
  const it = await aClosedMeeting('general', ['李华', '王芳', '张伟'], Array.from({ length: 12 }, (_, i) => item(i)).join('\n'))
  await it.does('李华', 'open')
  for (let position = 1; position <= 12; position++) await it.does('王芳', 'save', { words: '<'.repeat(1_000) }, { position })
  expect((await it.shown('王芳')).text).toContain('还有一些没有列出')
  expect(JSON.stringify((await it.seen()).draft).match(/<{1000}/g)).toHaveLength(12)
  expect((await it.does('王芳', 'write', undefined, { position: 12 })).card).toBeDefined()
})

test('branches that met jointly have minutes of their own people', async () => {
  const it = await aClosedMeeting('lecture')
  const run = (sql: string) => it.store.client.execute(sql)
  await run("insert into branches (id, unit, committee, name, since) values ('other', 'unit', 'committee', '学生第二支部', '2026-01-01')")
  await run("insert into gathering_branches (gathering, branch, is_quorate) values ('it', 'other', 1)")
  await run("update expectations set branch = 'other' where member in ('m_赵敏', 'm_张伟')")
  await it.locked()
  const [own] = await it.rows("select document from minute_versions where branch = 'branch'")
  expect(['学生第二支部', '李华、王芳', '赵敏'].map((said) => String(own?.document).includes(said))).toEqual([true, false, false])
  expect(String(own?.document)).toContain('王芳、李华、钱进')
  const theirs = await minutesAsTheyStand(it.db, 'it', 'other')
  expect([theirs?.state, JSON.stringify(theirs?.draft).includes('张伟、赵敏')]).toEqual(['none', true])
  expect((await it.shown('赵敏')).card).not.toBe(null)
})

test('from the close to the lock: three taps, no field typed twice', async () => {
  const it = await aClosedMeeting()
  const tap = async (name: string, press: string) => {
    const { card } = press === 'minutes.open' ? await it.hostCard() : await it.shown(name)
    const button = buttonsOf(card).find((one) => one.press === press)
    return (await it.press(name, button ?? expect.unreachable())).mood
  }
  const taps = [await tap('李华', 'minutes.open'), await tap('王芳', 'minutes.submit'), await tap('李华', 'minutes.confirm')]
  expect(taps).toEqual(['success', 'success', 'success'])
  expect(await it.state()).toBe('locked')
  const messages = (await it.outboxRows()).filter(({ view, to_kind }) => view === 'minutes' && to_kind === 'person')
  expect(messages).toHaveLength(3)
})
