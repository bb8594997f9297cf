import { expect, test } from 'vitest'
import { closeGathering } from '../../db/gatherings/close.ts'
import { resolveByCard, resolveByHands } from '../../db/meeting-votes/resolve.ts'
import { aMeetingThatVotes, fullMembers } from '../harness/ballots/voting-meeting.ts'
import { buttonsOf, openId } from '../harness/branch.ts'

const six = fullMembers.slice(0, 6)
const five = fullMembers.slice(0, 5)

test('more than half of the expected voters must be there', async () => {
  const it = await aMeetingThatVotes([...five, '钱进'])
  const refused = await it.resolves({ words: '选派李华参加培训', way: 'hands' })
  expect(refused.toast.zh).toBe('应到有表决权的 10 人，到会 5 人；须超过半数（至少 6 人）才能表决，还差 1 人。')
  expect(refused.toast.en).toContain('at least 6: 1 more')
  expect((await it.resolves({ words: '选派李华参加培训', way: 'secret' })).toast.zh).toContain('还差 1 人')
  await it.arrive('周杰')
  expect((await it.resolves({ words: '选派李华参加培训', way: 'hands' })).mood).toBe('info')
})

test.each([
  ['6', '通过', 'carried'],
  ['5', '未通过', 'not carried'],
])('of ten expected and six there, %s hands: %s', async (approvals, zh, en) => {
  const it = await aMeetingThatVotes(six)
  const entered = await it.raises({ words: '选派李华参加培训', hands_for: approvals, hands_against: '0', hands_abstain: '0' })
  expect(entered.mood).toBe('success')
  for (const text of [await it.group(), await it.host()]) {
    expect(text).toContain(`>${zh}</font>，赞成 ${approvals} · 不赞成 0 · 弃权 0（应到 10 人）`)
    expect(text).toContain(en)
  }
})

test('hands are whole numbers of those there, entered once with words', async () => {
  const it = await aMeetingThatVotes(six)
  const said = async (form: Record<string, unknown>) => (await it.raises({ words: '选派李华参加培训', ...form })).toast.zh
  expect(await said({ hands_for: '五' })).toContain('请填整数')
  expect(await said({ hands_for: '1.5' })).toContain('请填整数')
  expect(await said({ hands_for: '-1' })).toContain('请填整数')
  expect(await said({ hands_for: '0' })).toContain('请填举手的人数')
  expect(await said({ hands_for: '5', hands_against: '2' })).toContain('多于到会有表决权的 6 人')
  expect(await said({ words: ' ', hands_for: '5' })).toContain('请写明表决什么')
  expect(await it.count('resolutions')).toBe(0)
  const once = { id: 'same' }
  expect((await it.raises({ words: '选派李华参加培训', hands_for: '５人', hands_against: '1' }, once)).mood).toBe('success')
  expect((await it.raises({ words: '选派李华参加培训', hands_for: '4' }, once)).toast.zh).toContain('已经记下了')
  expect((await it.state()).resolutions).toMatchObject([{ votes: { for: 5, against: 1, abstain: 0 }, byName: '李华' }])
})

test('hands are corrected until attendance locks, and show who entered them', async () => {
  const it = await aMeetingThatVotes(six)
  await it.raises({ words: '选派李华参加培训', hands_for: '5' })
  const [{ id = '' } = {}] = (await it.state()).resolutions
  const amend = (form: Record<string, unknown>, by = '王芳') =>
    it.press(by, { press: 'hands.amend', gathering: it.gathering, resolution: id }, { form: { words: '选派王芳参加培训', ...form } })
  it.at('2026-10-09', '15:30')
  expect((await it.closes()).mood).toBe('success')
  expect((await it.resolves({ words: '再表决一次', way: 'hands' })).toast.zh).toContain('会议已经结束')
  expect((await amend({ hands_for: '7' })).toast.zh).toContain('多于到会有表决权的 6 人')
  expect((await amend({ hands_for: '6' }, '赵敏')).toast.zh).toContain('不归你办')
  expect((await amend({ hands_for: '6' })).mood).toBe('success')
  expect((await it.state()).resolutions).toMatchObject([{ words: '选派王芳参加培训', votes: { for: 6 }, byName: '王芳' }])
  expect(await it.group()).toContain('选派王芳参加培训')
  expect((await it.shown('resolve', { gathering: it.gathering, id: 'x', words: '' })).text).toContain('举手表决，王芳填写')
  it.at('2026-10-10', '15:30')
  expect((await amend({ hands_for: '5' })).toast.zh).toContain('24 小时')
  expect((await it.deeds()).filter((deed) => deed.startsWith('resolution.'))).toEqual(['resolution.hands', 'resolution.correct'])
})

test('a secret vote goes to those there, and its result everywhere', async () => {
  const it = await aMeetingThatVotes([...six, '钱进'])
  const opened = await it.resolves({ words: '选派李华参加培训', way: 'secret' }, { id: 'ballot' })
  expect(opened.toast.zh).toBe('投票已开始，选票私聊发给到会的 6 人。')
  expect((await it.sentTo('ballot')).sort()).toEqual(six.map(openId).sort())
  expect(await it.it('ballot')).toMatchObject({ expectedVoters: 10, presentVoters: 6, isSecret: true, gathering: it.gathering })
  expect((await it.it('ballot')).closesAt.toISOString()).toBe(new Date('2026-10-09T15:10:00+08:00').toISOString())
  expect(await it.group()).toContain('选派李华参加培训：正在投票')
  for (const name of six) await it.votes(name, 'ballot', 'for')
  expect(await it.group()).not.toContain('赞成 6')
  await it.press('李华', { press: 'ballotHost.close', ballot: 'ballot' })
  expect(await it.group()).toContain('正在计票')
  await it.count_()
  for (const text of [await it.group(), await it.host(), (await it.shown('turnout', { subject: 't', ballot: 'ballot' })).text])
    expect(text).toContain('赞成 6 · 不赞成 0 · 弃权 0')
  expect((await it.shown('turnout', { subject: 't', ballot: 'ballot' })).text).toContain('应到有表决权 10 人，到会 6 人')
  expect(await it.group()).toContain("<font color='green'>通过</font>")
})

test('a voter without a Feishu account is named at once', async () => {
  const it = await aMeetingThatVotes(six)
  await it.store.client.execute("update members set open_id = null where id = 'm_周杰'")
  const opened = await it.resolves({ words: '选派李华参加培训', way: 'secret' }, { id: 'ballot' })
  expect(opened.toast.zh).toContain('到会的 6 人里有 1 人没有飞书账号')
  expect(await it.it('ballot')).toMatchObject({ electors: 6, presentVoters: 6 })
})

test.each(['admission', 'conversion'])('%s is voted in secret and no other way', async (matter) => {
  const it = await aMeetingThatVotes(six)
  expect((await it.resolves({ words: '钱进', matter, way: 'hands' })).toast.zh).toContain('必须无记名投票')
  expect((await it.resolves({ words: '钱进', matter, way: 'named' })).toast.zh).toContain('必须无记名投票')
  expect(await it.count('ballots')).toBe(0)
  expect((await it.resolves({ words: '钱进', matter, way: 'secret' })).mood).toBe('success')
  expect(await it.group()).toMatch(matter === 'admission' ? /接收预备党员 · 钱进/ : /预备党员转正 · 钱进/)
})

test('a later arrival is added in one tap, and nobody else', async () => {
  const it = await aMeetingThatVotes(six)
  await it.resolves({ words: '选派李华参加培训', way: 'named' }, { id: 'ballot' })
  const add = () => it.press('李华', { press: 'inMeeting.addPresent', ballot: 'ballot' })
  expect((await add()).toast.zh).toContain('都在投票名单上了')
  const others = buttonsOf((await it.shown('ballotMore', { ballot: 'ballot' })).card).map(({ press }) => press)
  expect(others).not.toContain('ballotMore.add')
  await it.arrive('陈晨', '钱进')
  expect((await add()).toast.zh).toContain('已加入 1 人')
  expect((await it.votes('陈晨', 'ballot', 'for')).mood).toBe('success')
  expect((await it.votes('钱进', 'ballot', 'for')).toast.zh).toContain('不在这次投票的名单上')
  expect((await it.votes('黄磊', 'ballot', 'for')).toast.zh).toContain('不在这次投票的名单上')
  expect(await it.it('ballot')).toMatchObject({ presentVoters: 7, electors: 7 })
})

test('a vote by card ends with the meeting at the latest', async () => {
  const it = await aMeetingThatVotes(six)
  it.at('2026-10-09', '16:22')
  await it.resolves({ words: '选派李华参加培训', way: 'secret' }, { id: 'ballot' })
  const closes = async () => (await it.it('ballot')).closesAt.getTime()
  expect(await closes()).toBe(new Date('2026-10-09T16:30:00+08:00').getTime())
  expect((await it.press('李华', { press: 'inMeeting.longer', ballot: 'ballot' })).toast.zh).toContain('不能再延长')
  const extend = { form: { closes: '2026-10-09 17:00 +0800' } }
  expect((await it.press('李华', { press: 'ballotMore.extend', ballot: 'ballot' }, extend)).toast.zh).toContain('最晚到会议结束')
  it.at('2026-10-09', '16:29')
  it.now().setSeconds(30)
  expect((await it.resolves({ words: '来不及', way: 'secret' })).toast.zh).toContain('来不及用卡片投票')
})

test('no hand closes a meeting over an open vote; the clock does', async () => {
  const it = await aMeetingThatVotes(six)
  it.at('2026-10-09', '15:10')
  await it.resolves({ words: '选派李华参加培训', way: 'secret' }, { id: 'ballot' })
  await it.press('李华', { press: 'inMeeting.longer', ballot: 'ballot' })
  expect((await it.it('ballot')).closesAt.getTime()).toBe(new Date('2026-10-09T15:25:00+08:00').getTime())
  expect((await it.closes()).toast.zh).toContain('还有一项投票没有结束')
  expect(await it.count('closures')).toBe(0)
  for (const name of six) await it.votes(name, 'ballot', 'for')
  expect(await it.minute('2026-10-09', '16:31')).toEqual([])
  expect(await it.group()).toContain('到会人数够，计入标准')
  expect(await it.group()).toContain('赞成 6 · 不赞成 0')
})

test('entries at the very close are refused whole, and vice versa', async () => {
  const it = await aMeetingThatVotes(six)
  it.at('2026-10-09', '15:10')
  const [before, actor] = [await it.state(), await it.actorOf('李华')]
  await it.closes()
  const hands = { for: 6, against: 0, abstain: 0 }
  await expect(resolveByHands(it.db, before, { id: 'late', words: '迟到的表决' }, hands, actor, it.now())).rejects.toThrow(
    'The meeting is over',
  )
  const asked = { id: 'late', words: '迟到的表决', matter: 'ordinary', isSecret: true } as const
  await expect(resolveByCard(it.db, before, asked, actor, it.now(), it.box)).rejects.toThrow('The meeting is over')
  expect([await it.count('resolutions'), await it.count('ballots')]).toEqual([0, 0])

  const other = await aMeetingThatVotes(six)
  other.at('2026-10-09', '15:10')
  const stale = await other.state()
  await other.resolves({ words: '选派李华参加培训', way: 'secret' })
  await expect(closeGathering(other.db, stale, await other.actorOf('李华'), other.now())).rejects.toThrow('still open')
})

test('a meeting without a quorum has resolved nothing', async () => {
  const it = await aMeetingThatVotes(six)
  await it.raises({ words: '选派李华参加培训', hands_for: '6' })
  it.at('2026-10-09', '15:30')
  await it.press('李华', { press: 'corrections.unmark', gathering: it.gathering }, { form: { people: ['m_周杰'] } })
  await it.closes()
  for (const text of [await it.group(), await it.host()]) expect(text).toContain('会议人数不足，不作数')
})

test('no vote opens before the announced start, and one does at it', async () => {
  const it = await aMeetingThatVotes(six)
  it.at('2026-10-09', '14:59')
  const asked = { words: '选派李华参加培训' }
  for (const answer of [
    await it.resolves({ ...asked, way: 'secret' }),
    await it.raises({ ...asked, hands_for: '6' }),
    await it.press('李华', { press: 'electionForm.submit', gathering: it.gathering, id: 'e', after: null }, { form: { title: '支委' } }),
  ])
    expect(answer.toast.zh).toContain('2026-10-09 15:00 起可以表决和选举')
  expect([await it.count('resolutions'), await it.count('elections'), await it.count('ballots')]).toEqual([0, 0, 0])
  expect((await it.shown('resolve', { gathering: it.gathering, id: 'x', words: '' })).text).toContain('会议开始后才能投票：10月9日')
  it.at('2026-10-09', '15:00')
  expect((await it.raises({ ...asked, hands_for: '6' })).mood).toBe('success')
})

test('a press closes a vote once half of those there have voted', async () => {
  const it = await aMeetingThatVotes(six)
  await it.resolves({ words: '选派李华参加培训', way: 'secret' }, { id: 'ballot' })
  const close = () => it.press('李华', { press: 'ballotHost.close', ballot: 'ballot' })
  for (const name of six.slice(0, 2)) await it.votes(name, 'ballot', 'for')
  expect((await close()).toast.zh).toContain('满 3 人才能提前结束')
  await it.votes(six[2] ?? '', 'ballot', 'against')
  expect((await close()).mood).toBe('success')
  await it.count_()
  expect((await it.it('ballot')).result).toMatchObject({ outcome: 'counted', voted: 3 })
})

test('a small meeting is warned, and hears its counts all the same', async () => {
  const it = await aMeetingThatVotes(['李华', '王芳', '张伟'], { kind: '支委会' })
  await it.resolves({ words: '选派李华参加培训', way: 'secret' }, { id: 'ballot' })
  for (const text of [
    (await it.cardOf('王芳', 'ballot')).text,
    (await it.shown('ballotHost', { subject: 's', ballot: 'ballot', viewer: 'm_李华' })).text,
  ])
    expect(text).toContain('只有 3 人投票：从公布的票数可能猜得出谁投了什么')
  await it.votes('王芳', 'ballot', 'for')
  await it.minute('2026-10-09', '15:11')
  expect((await it.it('ballot')).result).toMatchObject({ outcome: 'counted', tally: { members: { counts: { 1: { for: 1 } } } } })
})

test('in a committee half may vote, and more than half carries', async () => {
  const committee = [
    { name: '李华', role: 'secretary' as const },
    { name: '王芳', role: 'organisation' as const },
    { name: '张伟', role: 'publicity' as const },
    { name: '赵敏', role: 'deputy' as const },
    { name: '孙丽' },
  ]
  const it = await aMeetingThatVotes(['李华'], { kind: '支委会', people: committee })
  expect((await it.resolves({ words: '年度计划', way: 'hands' })).toast.zh).toBe(
    '应到有表决权的 4 人，到会 1 人；须达到半数（至少 2 人）才能表决，还差 1 人。',
  )
  await it.arrive('王芳')
  expect((await it.raises({ words: '年度计划', hands_for: '2' })).mood).toBe('success')
  expect(await it.group()).toContain('未通过')
  await it.arrive('张伟')
  await it.resolves({ words: '分工', way: 'named' }, { id: 'ballot' })
  expect((await it.sentTo('ballot')).sort()).toEqual(['李华', '王芳', '张伟'].map(openId).sort())
  for (const name of ['李华', '王芳', '张伟']) await it.votes(name, 'ballot', 'for')
  await it.press('李华', { press: 'ballotHost.close', ballot: 'ballot' })
  await it.count_()
  expect((await it.state()).resolutions).toMatchObject([{ votes: { for: 2 } }, { votes: { for: 3 }, expectedVoters: 4 }])
})

test('“/resolve” finds the meeting and brings the form in private', async () => {
  const it = await aMeetingThatVotes(six)
  expect((await it.say('李华', '/表决 选派李华参加培训'))?.text).toContain('已私聊发给你')
  const row = (await it.outboxRows()).find(({ view }) => view === 'resolve')
  const { text, card } = await it.shown('resolve', JSON.parse(String(row?.args)))
  expect(JSON.stringify(card)).toContain('"default_value":"选派李华参加培训"')
  expect(text).toContain('赞成达到 6 人通过')
  expect((await it.say('李华', '/resolve', { dm: true }))?.view).toBe('resolve')
  expect((await it.say('赵敏', '/表决'))?.text).toContain('不归你办')
  it.at('2026-10-09', '14:29')
  expect((await it.say('李华', '/表决', { dm: true }))?.text).toContain('会外表决请说「/投票」')
})

test('the host’s card leads to votes from check-in on', async () => {
  const it = await aMeetingThatVotes(six)
  const presses = async () => buttonsOf((await it.shown('host', { subject: it.gathering })).card).map(({ press }) => press)
  expect(await presses()).toEqual(expect.arrayContaining(['resolve.open', 'electionForm.open']))
  it.at('2026-10-09', '14:00')
  expect(await presses()).not.toContain('resolve.open')
  await it.say('李华', '/会议 党课 周五 18:00 礼堂')
  it.at('2026-10-09', '18:10')
  const lecture = await it.latestGathering()
  const shown = buttonsOf((await it.shown('host', { subject: lecture })).card).map(({ press }) => press)
  expect(shown).not.toContain('resolve.open')
  const refused = await it.press('李华', { press: 'resolve.submit', gathering: lecture, id: 'x' }, { form: { words: '一', way: 'hands' } })
  expect(refused.toast.zh).toContain('党课上不作这种表决')
})
