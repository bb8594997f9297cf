import { expect, test } from 'vitest'
import type { Gate } from '../../db/client.ts'
import { closures } from '../../db/gatherings/tables.ts'
import { closeGatherings } from '../../src/jobs/close-gatherings.ts'
import { anApp } from '../harness/app.ts'
import { aBranch, buttonsOf, openId, type TestBranch } from '../harness/branch.ts'
import { nodeHost, SECRETARY } from '../harness/host.ts'

const committee = [
  { name: '李华', role: 'secretary' as const },
  { name: '王芳', role: 'organisation' as const },
  { name: '张伟', role: 'publicity' as const },
  { name: '赵敏', role: 'discipline' as const },
  { name: '钱进' },
]

/** A committee meeting of four, 15:00 to 16:00 on 9 October. */
async function aCommitteeMeeting() {
  const branch = await aBranch(committee)
  await branch.at('2026-10-08', '09:00').say('李华', '/会议 支委会 周五 15:00')
  const gathering = await branch.latestGathering()
  const on = (time: string, day = '2026-10-09') => branch.at(day, time)
  return {
    branch,
    gathering,
    checkIn: (name: string, time: string) => on(time).press(name, { press: 'gathering.checkIn', gathering }),
    mark: (names: string[], time: string, day?: string) =>
      on(time, day).press('李华', { press: 'host.mark', gathering }, { form: { people: names.map((name) => `m_${name}`) } }),
    close: (time: string, name = '李华') => on(time).press(name, { press: 'host.close', gathering }),
    byTheClock: (time: string, day?: string) =>
      on(time, day) && closeGatherings({ db: branch.db, slot: branch.now(), now: branch.now(), isLate: false }),
    card: (view: 'host' | 'gathering') => branch.shown(view, { subject: gathering }),
    closure: async () => (await branch.db.select().from(closures))[0],
  }
}

const scoreSaid = async (branch: TestBranch) => (await branch.say('李华', '考核', { dm: true }))?.text ?? ''

test('the host alone sees all names before anybody comes', async () => {
  const { card } = await aCommitteeMeeting()
  expect((await card('host')).text).toContain('**未到**：李华、王芳、张伟、赵敏')
  expect((await card('gathering')).text).not.toContain('王芳')
})

test('where nobody is expected, both cards say so', async () => {
  const branch = await aBranch([{ name: '总管', role: 'admin' as const, branch: null }])
  await branch.at('2026-10-08', '09:00').say('总管', '/会议 支委会 周五 15:00')
  const subject = await branch.latestGathering()
  const host = await branch.shown('host', { subject })
  expect(host.text).toContain('名单上还没有该到会的人')
  expect(host.text).not.toContain('全部到齐')
  const group = await branch.shown('gathering', { subject })
  expect(group.text).toContain('名单上还没有该到会的人')
  expect(group.text).not.toContain('法定人数')
})

test('on the host’s card one thing stands out, code before names', async () => {
  const branch = await aBranch(committee)
  await branch.at('2026-10-08', '09:00').say('李华', '/会议 支委会 周五 15:00 三楼 现场码 议题 学习条例')
  const { card } = await branch.shown('host', { subject: await branch.latestGathering() })
  const written = JSON.stringify(card)
  expect(written.match(/primary_filled/g)).toHaveLength(1)
  expect(written.indexOf('看现场码')).toBeLessThan(written.indexOf('**未到**'))
})

test('the host marks people without a phone, and the marker is kept', async () => {
  const { branch, mark, card } = await aCommitteeMeeting()
  expect((await mark(['王芳', '张伟'], '15:10')).toast.zh).toBe('已标记 2 人到会。')
  const { rows } = await branch.store.client.execute('select member, way, "by", punctuality from arrivals order by member')
  expect(rows).toMatchObject([
    { member: 'm_张伟', way: 'mark', by: 'm_李华', punctuality: 'on time' },
    { member: 'm_王芳', way: 'mark', by: 'm_李华', punctuality: 'on time' },
  ])
  expect((await card('host')).text).toContain('**未到**：李华、赵敏')
})

test.each([
  ['nobody chosen', [], '请先选出到会的人'],
  ['somebody of no committee', ['钱进'], '已经签到或标记过了'],
  ['somebody who is already there', ['王芳'], '已经签到或标记过了'],
])('marking %s is answered with one sentence and writes nothing', async (_who, names, sentence) => {
  const { branch, mark, checkIn } = await aCommitteeMeeting()
  await checkIn('王芳', '14:50')
  const before = await branch.count('audit')
  expect((await mark(names, '15:10')).toast.zh).toContain(sentence)
  expect([await branch.count('audit'), await branch.count('arrivals')]).toEqual([before, 1])
})

test('nobody is marked present before check-in opens', async () => {
  const { branch, mark } = await aCommitteeMeeting()
  expect((await mark(['王芳'], '14:29')).toast.zh).toContain('还没到签到时间')
  expect(await branch.count('arrivals')).toBe(0)
  expect((await mark(['王芳'], '14:30')).toast.zh).toContain('已标记 1 人')
})

test('a meeting is closed once, and never before it begins', async () => {
  const { close, byTheClock, closure } = await aCommitteeMeeting()
  expect((await close('14:59')).toast.zh).toContain('会议还没开始')
  expect((await close('15:00')).toast.zh).toContain('会议已结束，到会人数已记录')
  expect((await close('15:01', '王芳')).toast.zh).toContain('这次会议已经结束了')
  await byTheClock('16:30')
  expect(await closure()).toMatchObject({ by: 'm_李华', at: new Date('2026-10-09T15:00:00+08:00') })
})

test('the clock closes a forgotten meeting at its own end', async () => {
  const { byTheClock, closure, close, checkIn, card } = await aCommitteeMeeting()
  for (const name of ['李华', '王芳']) await checkIn(name, '14:50')
  await byTheClock('15:59')
  expect(await closure()).toBeUndefined()
  await byTheClock('16:07')
  expect(await closure()).toMatchObject({
    by: 'clock',
    at: new Date('2026-10-09T16:00:00+08:00'),
    present: 2,
    expected: 4,
    isQuorate: true,
  })
  expect((await close('16:10')).toast.zh).toContain('这次会议已经结束了')
  expect(buttonsOf((await card('gathering')).card)).toEqual([])
  expect(buttonsOf((await card('host')).card).map(({ press }) => press)).toEqual([
    'host.mark',
    'makeUps.open',
    'minutes.open',
    'corrections.open',
    'inRoom.open',
  ])
})

test('a mark within 24 hours makes the meeting quorate, its duty met', async () => {
  const { branch, checkIn, close, mark, closure, card } = await aCommitteeMeeting()
  await checkIn('李华', '14:50')
  await close('15:30')
  expect(await closure()).toMatchObject({ present: 1, isQuorate: false })
  expect((await card('gathering')).text).toContain('人数不足，不计入标准（12）')
  expect(await scoreSaid(branch)).toContain('○ 10月：未到期')

  expect((await mark(['王芳'], '15:29', '2026-10-10')).toast.zh).toContain('已标记 1 人')
  expect(await closure()).toMatchObject({ present: 2, presentVoters: 2, isQuorate: true })
  expect((await card('gathering')).text).toContain('已计入标准（12）')
  expect(await scoreSaid(branch)).toContain('支委会　✓ 10月9日（周五）召开')

  const refused = await mark(['张伟'], '15:30', '2026-10-10')
  expect(refused.toast.zh).toContain('考勤已锁定')
  expect(await closure()).toMatchObject({ present: 2 })
  expect((await card('host')).text).toContain('考勤已锁定')
  expect(buttonsOf((await card('host')).card).map(({ press }) => press)).toEqual(['makeUps.open', 'minutes.open'])
})

test('who joins the roster after the close is not expected any more', async () => {
  const { branch, checkIn, close, card } = await aCommitteeMeeting()
  await checkIn('李华', '14:50')
  await close('15:30')
  await branch.say('李华', '/成员 添加 委员', { mentions: [{ openId: openId('新人'), name: '新人' }] })
  expect((await card('host')).text).not.toContain('新人')
  expect((await branch.press('新人', { press: 'gathering.checkIn', gathering: await branch.latestGathering() })).toast.zh).toContain(
    '你不在这次会议的应到名单上',
  )
})

test('of several closers one closes, and the others are told', async () => {
  const { branch, checkIn, close } = await aCommitteeMeeting()
  await checkIn('李华', '14:50')
  const answers = await Promise.all(['李华', '王芳', '张伟'].map((name) => close('15:30', name)))
  expect(answers.map(({ toast }) => toast.zh).sort()).toEqual([
    '会议已结束，到会人数已记录。',
    expect.stringContaining('这次会议已经结束了'),
    expect.stringContaining('这次会议已经结束了'),
  ])
  expect(await branch.count('closures')).toBe(1)
})

/** Lets somebody in between the look at the headcount and the close, so many times. */
function intruding(gate: Gate, arrive: (() => Promise<unknown>)[]): Gate {
  return {
    read: gate.read,
    write: async (statements) => {
      if (statements.some(({ sql }) => sql.includes('closures'))) await arrive.shift()?.()
      return gate.write(statements)
    },
  }
}

test('arrivals between the look and the close are counted', async () => {
  for (const how of ['host', 'clock'] as const) {
    const { branch, gathering, checkIn, closure } = await aCommitteeMeeting()
    const arriving = ['李华', '王芳', '张伟'].map((name) => () => checkIn(name, '15:10'))
    const db = Object.assign(Object.create(branch.db), { gate: intruding(branch.db.gate, arriving) })
    const app = anApp({ db, client: branch.store.client })
    app.at('2026-10-09', '15:20')
    if (how === 'host') expect((await app.presses(openId('李华'), { press: 'host.close', gathering })).toast?.type).toBe('success')
    else
      for (let minute = 0; minute < 4; minute++) {
        const now = new Date(`2026-10-09T16:0${minute}:00+08:00`)
        await closeGatherings({ db, slot: now, now, isLate: false })
      }
    expect(await closure()).toMatchObject({ present: 3, presentVoters: 3, isQuorate: true })
  }
})

test('two marks after the close: one asks to press again', async () => {
  const { branch, checkIn, close, mark, closure } = await aCommitteeMeeting()
  await checkIn('李华', '14:50')
  await close('15:30')
  const answers = await Promise.all([mark(['王芳'], '15:40'), mark(['张伟'], '15:40')])
  expect(answers.map(({ toast }) => toast.zh).sort()).toEqual(['名单刚刚有变化，请再按一次。', '已标记 1 人到会。'])
  expect(await closure()).toMatchObject({ present: 2 })
  expect([
    await branch.count('arrivals'),
    (await branch.store.client.execute("select count(*) as n from audit where deed = 'attendance.mark'")).rows[0]?.n,
  ]).toEqual([2, 1])
})

test('presses, words and marks at once leave cards equal to the database', async () => {
  const host = await nodeHost()
  try {
    const { feishu } = host
    host.at('2026-10-08', '09:00')
    feishu.addPerson('李华', { openId: SECRETARY })
    const others = Array.from({ length: 12 }, (_, i) => feishu.addPerson(`党员${i}`).openId)
    const group = feishu.addChat('第一支部', [SECRETARY, ...others], { chatId: 'oc_group000000000000000000000000' }).chatId
    const cardsIn = (chat: string, words: string) =>
      feishu.messages.filter(
        ({ chatId, sender, content }) => chatId === chat && sender.kind === 'app' && JSON.stringify(content).includes(words),
      )
    const until = async (holds: () => boolean) => {
      for (let turns = 0; turns < 200 && !holds(); turns++) await host.turn()
      expect(holds()).toBe(true)
    }
    await feishu.addBot(group, SECRETARY)
    await feishu.say(SECRETARY, group, '@支部 /绑定 第一支部')
    await feishu.say(SECRETARY, group, '@支部 /成员 添加 @李华 书记')
    await feishu.say(SECRETARY, group, `@支部 /成员 添加 ${others.map((_, i) => `@党员${i}`).join(' ')}`)
    await feishu.say(SECRETARY, group, '@支部 /会议 党员大会 今天 15:00 礼堂')
    const dm = feishu.dm(SECRETARY)
    await until(() => cardsIn(group, '礼堂').length === 1 && cardsIn(dm, '改期…').length === 1)
    const [card] = cardsIn(group, '礼堂')
    const [own] = cardsIn(dm, '改期…')
    const [, marked] = /"content":"党员10".*?"value":"(\w+)"/.exec(JSON.stringify(own?.content)) ?? []

    host.at('2026-10-08', '14:50')
    await Promise.all([
      ...others.slice(0, 9).map((who) => feishu.press(who, card?.id ?? '', '签到')),
      feishu.say(others[9] ?? '', group, '@支部 签到'),
      feishu.press(SECRETARY, own?.id ?? '', 'mark_submit', { form: { people: [marked] } }),
    ])
    host.forward(5_000)
    await host.turn()
    host.forward(15_000)
    await host.turn()
    const [last, ownLast] = [feishu.message(card?.id ?? ''), feishu.message(own?.id ?? '')]
    const present = 11
    for (const shown of [last, ownLast]) expect(JSON.stringify(shown?.content)).toContain(`"content":"**${present}**"`)
    expect(JSON.stringify(ownLast?.content)).toMatch(/\*\*未到\*\*：李华、党员11"/)
  } finally {
    await host.stop()
  }
})
