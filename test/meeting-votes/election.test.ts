import { serve } from '@hono/node-server'
import { expect, onTestFinished, test } from 'vitest'
import { enterSheet, withdrawElection } from '../../db/meeting-votes/count-election.ts'
import { openElection } from '../../db/meeting-votes/elect.ts'
import { newId } from '../../src/app.ts'
import { render } from '../../src/bot.ts'
import type { TallySheet } from '../../src/rules/meeting-votes/elections.ts'
import { noPages } from '../../src/view.ts'
import { pagesAt } from '../../src/web/address.ts'
import { openPage } from '../../src/web/door.tsx'
import { address } from '../harness/app.ts'
import { aMeetingThatVotes, fullMembers, type VotingMeeting } from '../harness/ballots/voting-meeting.ts'
import { buttonsOf, openId, seeded, textOf } from '../harness/branch.ts'
import { aBrowser, overhang } from '../harness/browser/browse.ts'
import { barriers, seen } from '../harness/browser/looked.ts'
import { freePort } from '../harness/host.ts'
import { rule } from '../harness/rulebook.ts'

const nine = fullMembers.filter((name) => name !== '欧阳娜')
const ids = (...names: string[]) => names.map((name) => `m_${name}`)

/** Two of three: 王芳, 张伟, 黄磊; 周杰 looks on, 陈晨 counts. */
const twoOfThree = {
  title: '支部委员会委员',
  seats: '2',
  nominees: ids('黄磊', '王芳', '张伟'),
  scrutineers: ids('周杰'),
  tellers: ids('陈晨'),
}

/** An election that the host of a general meeting begins, nine of ten voters being there. */
async function anElection(form: Record<string, unknown> = twoOfThree, present: readonly string[] = nine) {
  const it = await aMeetingThatVotes(present)
  const { gathering } = it
  const begins = (more: Record<string, unknown> = {}, { by = '李华', id = it.newId(), after = null as string | null } = {}) =>
    it.press(by, { press: 'electionForm.submit', gathering, id, after }, { form: { ...form, ...more } })
  const begun = await begins({}, { id: 'first' })
  const on = (what: string, election: string, form?: Record<string, unknown>, by = '李华') =>
    it.press(by, { press: what === 'again' ? 'electionAgain.begin' : `election.${what}`, gathering, election }, { form })
  return {
    ...it,
    begun,
    begins,
    on,
    counts: (election: string, form: Record<string, unknown>, by?: string) => on('count', election, { invalid: '0', ...form }, by),
    card: (election: string) => it.shown('election', { subject: 's', gathering, election }),
    /** The latest round. */
    latest: async () => (await it.state()).elections.at(-1)?.id ?? '',
  }
}

const full = { handedOut: '9', returned: '9' }

/** Nominees stand as 王芳, 张伟, 黄磊. */
const clear = { ...full, votes_0: '9 0 0', votes_1: '6 3 0', votes_2: '3 6 0' }
const tie = { ...full, votes_0: '5 4 0', votes_1: '6 3 0', votes_2: '5 4 0' }

test('four fifths must be there, and the refusal says how many lack', async () => {
  const it = await anElection(twoOfThree, [...nine.slice(0, 7), '钱进'])
  expect(it.begun.toast.zh).toBe(
    '应到有选举权的 10 人，到会 7 人；须达到五分之四（至少 8 人）才能选举，还差 1 人。只算输了现场码的，和主持人标记、监票人核对过的。',
  )
  expect(it.begun.toast.en).toContain('four fifths, at least 8: 1 more')
  await it.arrive('黄磊')
  expect((await it.begins()).mood).toBe('success')
})

test('what an election lacks is one sentence, and nothing begins', async () => {
  const it = await anElection({ ...twoOfThree, title: '' })
  expect(it.begun.toast.zh).toContain('请写明选举什么')
  const said = async (form: Record<string, unknown>) => (await it.begins({ title: '委员', ...form })).toast.zh
  expect(await said({ seats: '两' })).toContain('应选名额请填整数')
  expect(await said({ seats: '3' })).toContain('至少 4 名；现有 3 名')
  expect(await said({ scrutineers: [] })).toContain('请选出监票人')
  expect(await said({ tellers: null })).toContain('请选出计票人')
  expect(await said({ scrutineers: ids('周杰', '王芳') })).toBe('王芳是候选人，不能当监票人或计票人，请另选一位。')
  expect(await said({ tellers: ids('张伟') })).toContain('张伟是候选人')
  expect(await said({ scrutineers: ids('欧阳娜') })).toContain('请选出监票人')
  expect(await said({ typed: '钱进' })).toContain('「钱进」不在本支部有被选举权的党员名单上')
  expect(await said({ way: 'card' })).toContain('没有开放用卡片选举')
  expect(await it.count('elections')).toBe(0)
  expect((await it.begins({ title: '委员', seats: '2', nominees: ids('王芳'), typed: '黄磊\n张 伟' })).mood).toBe('success')
})

test('nominees are listed by surname strokes; the host gets the count card', async () => {
  const it = await anElection()
  expect(it.begun.mood).toBe('success')
  expect((await it.state()).elections).toMatchObject([
    { nominees: [{ name: '王芳' }, { name: '张伟' }, { name: '黄磊' }], presentVoters: 9 },
  ])
  expect(await it.sentTo('election')).toEqual([openId('李华')])
  const { text } = await it.card('first')
  expect(text).toContain('**候选人**（按姓氏笔画）：王芳、张伟、黄磊')
  expect(text).toContain('**监票人**：周杰')
  expect(text).toContain('王芳：赞成 不赞成 弃权')
  expect(await it.group()).toContain('支部委员会委员（应选 2 名）\n正在投票、计票')
  expect((await it.begins({}, { id: 'first' })).toast.zh).toContain('已经开始了')
})

test('consistent figures are taken; the elected show, and no seat fills', async () => {
  const it = await anElection()
  const before = await it.count('seats')
  expect((await it.counts('first', { ...clear, votes_1: '6 2 0' })).toast.zh).toBe('张伟的三项相加是 8，有效票是 9 张，请核对。')
  expect((await it.state()).elections[0]?.sheet).toBeNull()
  const counted = await it.counts('first', clear)
  const text = counted.card ? textOf(counted.card) : ''
  expect(text).toContain('**当选**：王芳（9 票）、张伟（6 票）')
  expect(text).toContain('发出 9 张，收回 9 张，废票 0 张；李华填写')
  expect(text).toContain('职务不会自动任命')
  for (const shown of [await it.group(), await it.host()]) expect(shown).toContain('**当选**：王芳（9 票）、张伟（6 票）')
  expect(await it.count('seats')).toBe(before)
})

test('a tie at the last seat is voted again among the tied', async () => {
  const it = await anElection()
  await it.counts('first', tie)
  expect((await it.card('first')).text).toContain('**票数相等**：王芳（5 票）、黄磊（5 票）')
  expect(await it.group()).toContain('剩余 1 名，在他们中再次投票')
  expect((await it.on('again', 'first')).mood).toBe('success')
  const second = await it.latest()
  expect((await it.state()).elections.at(-1)).toMatchObject({ after: 'first', seats: 1, nominees: [{ name: '王芳' }, { name: '黄磊' }] })
  expect((await it.on('again', 'first')).toast.zh).toContain('下一轮选举已经按这个结果进行了')
  expect((await it.counts('first', clear)).toast.zh).toContain('下一轮选举已经按这个结果进行了')
  expect((await it.card(second)).text).toContain('支部委员会委员 · 再次投票（应选 1 名）')
  expect(buttonsOf((await it.card('first')).card).map(({ press }) => press)).not.toContain('electionAgain.begin')
  await it.counts(second, { ...full, votes_0: '4 5 0', votes_1: '3 6 0' })
  expect((await it.card(second)).text).toContain('**当选**：王芳（4 票）')
  expect((await it.on('again', second)).toast.zh).toContain('没有票数相等的人')
})

test('more ballots than handed out void it, for the same people', async () => {
  const it = await anElection()
  const counted = await it.counts('first', { handedOut: '9', returned: '10' })
  expect(counted.toast.zh).toContain('无效')
  expect(await it.group()).toContain('**无效**：收回的选票多于发出的选票')
  await it.on('again', 'first')
  const again = await it.latest()
  expect((await it.state()).elections.at(-1)).toMatchObject({ after: 'first', seats: 2, scrutineers: [{ name: '周杰' }] })
  await it.counts(again, clear)
  expect((await it.card(again)).text).toContain('重新投票（应选 2 名）')
  expect(await it.group()).toContain('**当选**：王芳（9 票）、张伟（6 票）')
})

test('unfilled seats offer another vote or fewer seats', async () => {
  const it = await anElection()
  await it.counts('first', { ...full, votes_0: '9 0 0', votes_1: '4 5 0', votes_2: '3 6 0' })
  const { text, card } = await it.card('first')
  expect(text).toContain('还有 1 名没有人得票超过到会人数的一半')
  expect(text).toContain('由大会决定')
  expect(buttonsOf(card).map(({ press }) => press)).toContain('electionForm.open')
  const { card: form } = await it.shown('electionForm', { gathering: it.gathering, id: 'x', title: '', after: 'first' })
  expect(JSON.stringify(form)).toContain(`"selected_values":${JSON.stringify(ids('张伟', '黄磊'))}`)
  const more = { nominees: ids('张伟', '黄磊', '孙丽') }
  expect((await it.begins({ ...more, seats: '2' }, { after: 'first' })).toast.zh).toContain('不足的名额是 1 名')
  expect((await it.begins({ ...more, seats: '1' }, { after: 'first', id: 'second' })).mood).toBe('success')
  expect((await it.begins({ ...more, seats: '1' }, { after: 'first' })).toast.zh).toContain('没有不足的名额')
  expect((await it.card('second')).text).toContain('另行选举（应选 1 名）')
  await it.counts('second', { ...full, votes_0: '4 5 0', votes_1: '3 6 0', votes_2: '2 7 0' })
  expect((await it.card('second')).text).toContain('没有人得票超过到会人数的一半')
})

test('a written-in winner is elected, and looks on no longer', async () => {
  const it = await anElection({ ...twoOfThree, scrutineers: ids('周杰', '孙丽') })
  await it.counts('first', { ...full, votes_0: '6 3 0', votes_1: '5 4 0', votes_2: '0 9 0', writeIns: '周杰 5' })
  expect((await it.card('first')).text).toContain('另选 周杰')
  await it.on('again', 'first')
  expect((await it.state()).elections.at(-1)).toMatchObject({
    nominees: [{ name: '张伟' }, { name: '周杰', member: 'm_周杰' }],
    scrutineers: [{ name: '孙丽' }],
  })
})

test('the count is corrected until attendance locks, visibly', async () => {
  const it = await anElection()
  await it.counts('first', clear)
  const correcting = await it.on('correct', 'first', undefined, '王芳')
  expect(JSON.stringify(correcting.card)).toContain('"default_value":"6 3 0"')
  it.at('2026-10-09', '15:40')
  await it.closes()
  expect((await it.counts('first', { ...clear, votes_1: '4 5 0', votes_2: '5 4 0' }, '王芳')).mood).toBe('success')
  expect((await it.card('first')).text).toContain('王芳填写')
  expect(await it.group()).toContain('**当选**：王芳（9 票）、黄磊（5 票）')
  expect((await it.counts('first', clear, '赵敏')).toast.zh).toContain('不归你办')
  it.at('2026-10-10', '15:40')
  expect((await it.counts('first', clear)).toast.zh).toContain('24 小时')
  expect((await it.on('recount', 'first')).toast.zh).toContain('24 小时')
  expect((await it.deeds()).filter((deed) => deed.startsWith('election.'))).toEqual(['election.open', 'election.count', 'election.correct'])
})

test('attendance is counted again before the ballots go out', async () => {
  const it = await anElection()
  expect((await it.counts('first', { ...clear, handedOut: '10' })).toast.zh).toContain('多于到会有选举权的 9 人')
  expect((await it.on('recount', 'first')).toast.zh).toContain('到会人数没有变化')
  await it.arrive('欧阳娜')
  expect((await it.on('recount', 'first')).mood).toBe('success')
  await it.counts('first', { handedOut: '10', returned: '10', votes_0: '10 0 0', votes_1: '5 5 0', votes_2: '3 7 0' })
  expect((await it.card('first')).text).toContain('还有 1 名没有人得票超过到会人数的一半')
})

test('attendance that is put right below four fifths makes the election void', async () => {
  const it = await anElection()
  await it.counts('first', clear)
  await it.press('李华', { press: 'corrections.unmark', gathering: it.gathering }, { form: { people: ids('李华', '周杰') } })
  await it.on('recount', 'first')
  expect((await it.card('first')).text).toContain('到会有选举权的不足五分之四')
})

test('a mistaken election is withdrawn until it is counted', async () => {
  const it = await anElection()
  expect((await it.on('withdraw', 'first')).mood).toBe('success')
  expect((await it.state()).elections).toEqual([])
  expect((await it.card('first')).text).toContain('已经撤销')
  expect((await it.counts('first', clear)).toast.zh).toContain('已经撤销')
  await it.begins({}, { id: 'second' })
  await it.counts('second', clear)
  expect((await it.on('withdraw', 'second')).toast.zh).toContain('已经计票')
})

test('of two that go on from one round one does', async () => {
  const it = await anElection()
  await it.counts('first', tie)
  const [before, actor] = [await it.state(), await it.actorOf('李华')]
  await it.on('again', 'first')
  const [first] = before.elections
  if (!first?.sheet) throw new Error('not counted')
  const round = {
    title: '委员',
    after: 'first',
    seats: 1,
    nominees: first.nominees.slice(0, 2),
    scrutineers: first.scrutineers,
    tellers: first.tellers,
  }
  await expect(openElection(it.db, before, { ...round, id: 'other', isRunOff: true }, actor, it.now(), null)).rejects.toThrow(
    'The next round has gone by this result',
  )
  await expect(enterSheet(it.db, before, first, first.entered as TallySheet, actor, it.now())).rejects.toThrow(
    'The next round has gone by this result',
  )
  await expect(withdrawElection(it.db, before, { ...first, sheet: null }, actor, it.now())).rejects.toThrow('is counted')
  expect(await it.count('elections')).toBe(2)
})

test('an election needs a general meeting and the branch’s own committee', async () => {
  const it = await anElection()
  expect((await it.begins({}, { by: '赵敏' })).toast.zh).toContain('不归你办')
  expect((await it.begins({}, { by: '总管' })).toast.zh).toContain('不归你办')
  it.at('2026-10-09', '15:30')
  await it.closes()
  expect((await it.begins()).toast.zh).toContain('会议已经结束')
  expect((await it.say('李华', '/选举', { dm: true }))?.text).toContain('现在没有正在开的党员大会')
  const committee = await aMeetingThatVotes(['李华', '王芳', '张伟'], { kind: '支委会' })
  const begin = { press: 'electionForm.submit', gathering: committee.gathering, id: 'x', after: null }
  expect((await committee.press('李华', begin, { form: twoOfThree })).toast.zh).toContain('支委会上不作这种表决')
})

test('“/election” brings the form in private, filled in', async () => {
  const it = await aMeetingThatVotes(nine)
  expect((await it.say('李华', '/选举 支部委员会委员'))?.text).toContain('已私聊发给你')
  const form = await it.say('王芳', '/election secretary', { dm: true })
  expect(form?.view).toBe('electionForm')
  expect(JSON.stringify(form?.card)).toContain('"default_value":"secretary"')
  expect(form?.text).not.toContain('怎样投票')
  expect((await it.say('赵敏', '/选举'))?.text).toContain('不归你办')
})

/** By card, where the committee above allows it. */
async function byCard() {
  const it = await aMeetingThatVotes(nine)
  await rule(it.store.client, { electionsByCard: true })
  const begins = (id: string) =>
    it.press('李华', { press: 'electionForm.submit', gathering: it.gathering, id, after: null }, { form: { ...twoOfThree, way: 'card' } })
  const card = (election: string) => it.shown('election', { subject: 's', gathering: it.gathering, election })
  const close = async (ballot: string) => {
    const answer = await it.press('李华', { press: 'ballotHost.close', ballot })
    await it.count_()
    return answer
  }
  const again = (election: string) => it.press('李华', { press: 'electionAgain.begin', gathering: it.gathering, election })
  return { ...it, begins, card, close, again }
}

test('by card voters elect in secret, by the same rules', async () => {
  const it = await byCard()
  expect((await it.shown('electionForm', { gathering: it.gathering, id: 'x', title: '', after: null })).text).toContain('怎样投票')
  expect((await it.begins('e')).mood).toBe('success')
  expect((await it.sentTo('ballot')).sort()).toEqual(nine.map(openId).sort())
  expect(await it.it('e')).toMatchObject({ use: 'election', isSecret: true, question: { most: 2, writeIns: 2 }, presentVoters: 9 })
  expect((await it.votes('王芳', 'e', { for: ['1', '2', '3'] })).toast.zh).toContain('最多选 2 人')
  for (const name of nine)
    expect((await it.votes(name, 'e', { for: name === '李华' ? ['1'] : ['1', '2'], write_0: name === '李华' ? '周杰' : '' })).mood).toBe(
      'success',
    )
  expect((await it.card('e')).text).not.toContain('当选')
  expect((await it.closes()).mood).toBe('warning')
  await it.close('e')
  for (const text of [(await it.card('e')).text, await it.group(), (await it.shown('turnout', { subject: 't', ballot: 'e' })).text])
    expect(text).toContain('**当选**：王芳（9 票）、张伟（8 票）')
  expect((await it.card('e')).text).toContain('另选 周杰')
  expect((await it.press('李华', { press: 'election.count', gathering: it.gathering, election: 'e' }, { form: clear })).toast.zh).toContain(
    '不能更正',
  )
})

test('by card nobody elects where somebody has no Feishu account', async () => {
  const it = await byCard()
  await it.store.client.execute("update members set open_id = null where id = 'm_周杰'")
  expect((await it.begins('e')).toast.zh).toContain('请在会场发纸质选票')
  expect(await it.count('ballots')).toBe(0)
})

test('by card a tie is voted again among the tied alone', async () => {
  const it = await byCard()
  await it.begins('e')
  const pairs = [
    ['1', '2'],
    ['2', '3'],
    ['1', '3'],
  ]
  for (const [nth, name] of nine.entries()) await it.votes(name, 'e', { for: pairs[nth % 3] })
  await it.close('e')
  expect((await it.card('e')).text).toContain('**票数相等**：王芳（6 票）、张伟（6 票）、黄磊（6 票）')
  expect((await it.again('e')).mood).toBe('success')
  const second = (await it.state()).elections.at(-1)?.id ?? ''
  expect(await it.it(second)).toMatchObject({ question: { most: 2, writeIns: 0, isRunOff: true }, presentVoters: 9 })
  for (const [nth, name] of nine.entries()) await it.votes(name, second, { for: [nth < 4 ? '1' : nth < 7 ? '2' : '3'] })
  await it.close(second)
  for (const text of [(await it.card(second)).text, (await it.shown('turnout', { subject: 't', ballot: second })).text])
    expect(text).toContain('**当选**：王芳（4 票）、张伟（3 票）')
})

test('by card without votes there is no result, and another try', async () => {
  const it = await byCard()
  await it.begins('e')
  expect((await it.close('e')).toast.zh).toContain('投的还不够')
  await it.minute('2026-10-09', '15:11')
  expect((await it.card('e')).text).toContain('没有人投票')
  expect((await it.again('e')).mood).toBe('success')
  expect((await it.state()).elections.at(-1)).toMatchObject({ after: 'e', seats: 2, ballot: { state: 'open' } })
})

const base = 'https://zhibu.example'
const worldOf = (it: VotingMeeting) => ({
  db: it.db,
  address,
  pages: noPages,
  box: it.box,
  clock: it.now,
  random: seeded(4),
  newId: () => newId(seeded(9)),
  log: () => {},
})
async function sheetUrl(it: VotingMeeting, election: string) {
  const pages = pagesAt(base, address, it.db, () => newId(seeded(8 + election.length)))
  const card = await render(it.db, 'election', { subject: 's', gathering: it.gathering, election }, it.now(), pages)
  return /"default_url":"([^"]+)"/.exec(JSON.stringify(card))?.[1] ?? ''
}

test('the tally sheet has room for figures, then the figures', async () => {
  const it = await anElection()
  const url = await sheetUrl(it, 'first')
  const read = async (more = '') => (await openPage(worldOf(it), new Request(url + more))).text()
  const blank = await read()
  for (const said of [
    '选举计票单 · 支部委员会委员（应选 2 名）',
    '第一支部',
    '三楼会议室',
    '监票人',
    '周杰',
    '计票人',
    '陈晨',
    '会议主持人',
    '另选',
  ])
    expect(blank).toContain(said)
  expect(blank.indexOf('>王芳<')).toBeLessThan(blank.indexOf('>张伟<'))
  expect(blank.indexOf('>张伟<')).toBeLessThan(blank.indexOf('>黄磊<'))
  expect(blank).not.toContain('✓ 当选')
  await it.counts('first', { ...clear, votes_2: '2 7 0', writeIns: '周杰 1' })
  const filled = await read()
  expect(filled.match(/✓ 当选/g)).toHaveLength(2)
  expect(filled).toContain('数字由李华照计票人的报告填写')
  expect(await read('?lang=en')).toContain('Tally sheet · 支部委员会委员 (2 to be elected)')
  await it.begins({}, { id: 'second' })
  const other = await sheetUrl(it, 'second')
  await it.on('withdraw', 'second')
  expect((await openPage(worldOf(it), new Request(other))).status).toBe(410)
})

const browse = aBrowser()

seen('the tally sheet bars nobody and prints on one sheet', async () => {
  const it = await anElection()
  const port = await freePort()
  const server = serve({ fetch: (request) => openPage(worldOf(it), request), port, hostname: '127.0.0.1' })
  onTestFinished(() => void server.close())
  const here = async () => (await sheetUrl(it, 'first')).replace(base, `http://127.0.0.1:${port}`)
  for (const isCounted of [false, true]) {
    if (isCounted) await it.counts('first', clear)
    for (const how of [{}, { width: 1280, height: 800, dark: true }]) {
      const { page, errors } = await browse(`${await here()}?lang=${isCounted ? 'en' : 'zh'}`, how)
      expect(await barriers(page)).toEqual([])
      expect(await overhang(page)).toBeLessThanOrEqual(0)
      expect(errors).toEqual([])
    }
  }
  const { page } = await browse(await here())
  const sheets = (await page.pdf({ preferCSSPageSize: true, format: 'A4' })).toString('latin1').match(/\/Type \/Page\b/g) ?? []
  expect(sheets).toHaveLength(1)
  await page.emulateMedia({ media: 'print' })
  expect(await page.evaluate('getComputedStyle(document.querySelector("#print").parentElement).display')).toBe('none')
})
