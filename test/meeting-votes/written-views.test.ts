import { describe, expect, test } from 'vitest'
import { receiptsOf } from '../../db/ballots/voter-cards.ts'
import { tallyOf, toldOf, withHandedIn } from '../../src/rules/ballots/tally.ts'
import { viewsApart, viewsOf, withViews } from '../../src/rules/meeting-votes/written-views.ts'
import { verify } from '../../src/scripts/verify-ballot.ts'
import { exportOf } from '../../src/words/ballot-export.ts'
import { aMeetingThatVotes, fullMembers, type VotingMeeting } from '../harness/ballots/voting-meeting.ts'
import { buttonsOf, openId } from '../harness/branch.ts'

const six = fullMembers.slice(0, 6)
const ids = (...names: string[]) => names.map((name) => `m_${name}`)

describe('the sums of the views', () => {
  test.each([
    [{ for: '2', against: '1', abstain: '' }, 3, { for: 2, against: 1, abstain: 0 }],
    [{ for: '２', against: '', abstain: '' }, 2, { for: 2, against: 0, abstain: 0 }],
    [{ for: '', against: '', abstain: '' }, 0, { for: 0, against: 0, abstain: 0 }],
  ])('%o of %i are taken', (said, listed, views) => {
    expect(viewsOf(said, listed)).toEqual(views)
  })

  test.each([
    [{ for: '2', against: '1', abstain: '' }, 2, '名单上是 2 人，三项相加是 3 份'],
    [{ for: '1', against: '', abstain: '' }, 2, '三项相加是 1 份'],
    [{ for: '-1', against: '', abstain: '' }, 1, '请填整数'],
    [{ for: '一', against: '', abstain: '' }, 1, '请填整数'],
  ])('%o of %i are refused', (said, listed, why) => {
    expect(viewsOf(said, listed)).toMatchObject({ wrong: { zh: expect.stringContaining(why) } })
  })

  test('are votes among the votes, and told apart from three on', () => {
    const [two, three] = [
      { for: 1, against: 1, abstain: 0 },
      { for: 1, against: 1, abstain: 1 },
    ]
    expect(withViews({ for: 5, against: 1, abstain: 0 }, three)).toEqual({ for: 6, against: 2, abstain: 1 })
    expect([viewsApart(two), viewsApart(three)]).toEqual([null, three])
  })

  test('stand in the tally that is kept, and nothing beside it', () => {
    const question = { scale: 'stances' as const, subjects: [{ key: '1', name: '钱进' }] }
    const kind = { use: 'resolution' as const, isSecret: true, electorate: 'all' as const, gathering: 'g' }
    const mark = { is: 'mark' as const, circle: 'members' as const, subject: '1', value: 'for' }
    const tally = tallyOf(question, [mark, mark])
    const told = toldOf(question, kind, tally, { members: 2, public: 0, own: {} })
    expect(withHandedIn(told, { for: 1, against: 1, abstain: 0 }).members?.counts).toEqual({ 1: { against: 1, for: 3 } })
    expect(withHandedIn(told, null)).toBe(told)
  })
})

async function prepared(present: readonly string[] = six) {
  const it = await aMeetingThatVotes(present)
  const sent = { gathering: it.gathering, resolution: 'vote' }
  const started = await it.resolves({ words: '钱进', matter: 'admission', views: 'some' }, { id: 'vote' })
  const press = (what: string, more: object = {}, form: Record<string, unknown> = {}, by = '李华') =>
    it.press(by, { press: what, ...sent, ...more }, { form })
  return {
    ...it,
    started,
    enters: (people: string[], sums: Record<string, string>) => press('writtenViews.enter', {}, { people: ids(...people), ...sums }),
    begins: (manner = 'card') => press('writtenViews.open', { manner }),
    withdraws: () => press('writtenViews.withdraw'),
    objects: (by: string, objects = true) => it.press(by, { press: 'ownView.object', resolution: 'vote', objects }),
    card: async () => (await it.shown('writtenViews', { subject: 's', ...sent, viewer: 'm_李华' })).text,
    own: async (name: string) => (await it.shown('ownView', { subject: 's', resolution: 'vote', member: `m_${name}` })).text,
    ends: async () => {
      await it.press('李华', { press: 'ballotHost.close', ballot: 'vote' })
      await it.count_()
    },
  }
}

const votesOf = async (it: VotingMeeting) => (await it.state()).resolutions[0]?.votes

describe('written views', () => {
  test('are handed in before the vote, and their voters are told', async () => {
    const it = await prepared()
    expect(it.started.mood).toBe('info')
    expect(await it.sentTo('writtenViews')).toEqual([openId('李华')])
    expect((await it.enters(['黄磊', '丁一'], { views_for: '2' })).mood).toBe('success')
    expect((await it.sentTo('ownView')).sort()).toEqual(['黄磊', '丁一'].map(openId).sort())
    expect(await it.own('黄磊')).toContain('你的书面意见已交到大会')
    expect(await it.own('黄磊')).not.toContain('赞成')
    expect(await it.card()).toContain('**交了书面意见**：黄磊、丁一')
    expect(await it.count('ballots')).toBe(0)
  })

  test('are taken of absent expected voters alone, and of ordinary matters never', async () => {
    const it = await prepared()
    for (const who of ['赵敏', '钱进', '郑凯'])
      expect((await it.enters([who], { views_for: '1' })).toast.zh).toContain('已经到会或提出异议')
    expect((await it.enters(['黄磊'], { views_for: '2' })).toast.zh).toContain('名单上是 1 人，三项相加是 2 份')
    expect((await it.resolves({ words: '培训', matter: 'ordinary', views: 'some' })).toast.zh).toContain('只用于接收预备党员和转正')
    expect(await it.count('written_views')).toBe(0)
  })

  test('count as votes, and four hands of ten carry with two', async () => {
    const it = await prepared()
    await it.enters(['黄磊', '丁一'], { views_for: '2' })
    expect((await it.begins()).mood).toBe('success')
    expect(await it.it('vote')).toMatchObject({ electors: 6, presentVoters: 6, expectedVoters: 10 })
    for (const [nth, name] of six.entries()) await it.votes(name, 'vote', nth < 4 ? 'for' : 'against')
    await it.ends()
    expect(await votesOf(it)).toEqual({ for: 6, against: 2, abstain: 0 })
    expect(await it.group()).toContain('通过</font>，赞成 6 · 不赞成 2 · 弃权 0（应到 10 人），含书面意见 2 份')
    const result = (await it.shown('ballotResult', { ballot: 'vote', viewer: 'm_李华' })).text
    expect(result).toContain('赞成 6 · 不赞成 2')
    expect(result).toContain('含书面意见 2 份')
    for (const text of [result, await it.group()]) expect(text).not.toContain('书面意见 2 份：')
  })

  test('make no quorum: with five present of ten nothing opens', async () => {
    const it = await prepared(fullMembers.slice(0, 5))
    await it.enters(['黄磊', '丁一'], { views_for: '2' })
    expect((await it.begins()).toast.zh).toContain('到会 5 人；须超过半数（至少 6 人）')
  })

  test('are told by stance from three on', async () => {
    const it = await prepared()
    await it.enters(['黄磊', '丁一', '欧阳娜'], { views_for: '2', views_abstain: '1' })
    await it.begins()
    for (const name of six) await it.votes(name, 'vote', 'for')
    await it.ends()
    expect(await it.group()).toContain('含书面意见 3 份：赞成 2 · 不赞成 0 · 弃权 1')
  })

  test('leave their voters without a ballot, also who comes later', async () => {
    const it = await prepared()
    await it.enters(['黄磊'], { views_for: '1' })
    await it.begins()
    expect((await it.sentTo('ballot')).sort()).toEqual(six.map(openId).sort())
    await it.arrive('黄磊', '丁一')
    expect((await it.press('李华', { press: 'inMeeting.addPresent', ballot: 'vote' })).toast.zh).toContain('已加入 1 人')
    expect((await it.votes('黄磊', 'vote', 'for')).toast.zh).toContain('不在这次投票的名单上')
  })

  test('are struck when the voter comes first, and the sums asked anew', async () => {
    const it = await prepared()
    await it.enters(['黄磊', '丁一'], { views_for: '1', views_against: '1' })
    await it.arrive('黄磊')
    expect((await it.begins()).toast.zh).toContain('请先按名单重新填写三项份数')
    expect(await it.card()).toContain('**到会，作废**：黄磊')
    expect(await it.card()).toContain('份数和名单对不上')
    expect((await it.enters(['丁一'], { views_for: '1' })).mood).toBe('success')
    expect((await it.begins()).mood).toBe('success')
    expect(await it.sentTo('ballot')).toContain(openId('黄磊'))
  })

  test('may be objected to until the vote opens; the host hears', async () => {
    const it = await prepared()
    await it.enters(['黄磊', '丁一'], { views_for: '2' })
    expect((await it.objects('赵敏')).toast.zh).toContain('名单上没有你的书面意见')
    expect((await it.objects('黄磊')).mood).toBe('success')
    expect(await it.sentTo('writtenViews')).toHaveLength(2)
    expect(await it.card()).toContain('**提出异议，作废**：黄磊')
    expect((await it.begins()).toast.zh).toContain('请先按名单重新填写')
    expect((await it.enters(['黄磊', '丁一'], { views_for: '2' })).toast.zh).toContain('提出异议')
    expect((await it.objects('黄磊', false)).mood).toBe('success')
    expect((await it.begins()).mood).toBe('success')
    expect((await it.objects('黄磊')).toast.zh).toContain('投票已经开始，书面意见不能再改')
    expect((await it.enters(['丁一'], { views_for: '1' })).toast.zh).toContain('投票已经开始')
  })

  test('are taken back where the only one of them is objected to', async () => {
    const it = await prepared(fullMembers.filter((name) => name !== '欧阳娜'))
    await it.enters(['欧阳娜'], { views_for: '1' })
    await it.objects('欧阳娜')
    expect((await it.begins()).toast.zh).toContain('请先按名单重新填写')
    const shown = await it.shown('writtenViews', { subject: 's', gathering: it.gathering, resolution: 'vote', viewer: 'm_李华' })
    expect(buttonsOf(shown.card)).toContainEqual({ press: 'writtenViews.enter', gathering: it.gathering, resolution: 'vote' })
    expect((await it.enters([], { views_for: '0', views_against: '0', views_abstain: '0' })).mood).toBe('success')
    expect((await it.begins('paper')).mood).toBe('success')
  })

  test('the database keeps them once the vote is open', async () => {
    const it = await prepared()
    await it.enters(['黄磊'], { views_for: '1' })
    const run = (sql: string) => it.store.client.execute(sql)
    await expect(run("update resolutions set manner = 'card', views = null where id = 'vote'")).rejects.toThrow('views moved')
    await it.begins()
    await expect(run('delete from written_views')).rejects.toThrow('vote open')
    await expect(run('update written_views set struck_at = 1')).rejects.toThrow('vote open')
    await expect(run(`update resolutions set views = '{"for":0}'`)).rejects.toThrow('vote open')
  })

  test('are gone with a vote that is withdrawn', async () => {
    const it = await prepared()
    await it.enters(['黄磊'], { views_for: '1' })
    expect((await it.withdraws()).mood).toBe('success')
    expect([await it.count('resolutions'), await it.count('written_views')]).toEqual([0, 0])
    expect(await it.own('黄磊')).toContain('已不在名单上')
    expect(await it.card()).toContain('已经撤销')
  })

  test('fit the export, which is counted again', async () => {
    const it = await prepared()
    await it.enters(['黄磊', '丁一'], { views_for: '2' })
    await it.begins()
    for (const name of six) await it.votes(name, 'vote', 'for')
    await it.ends()
    const told = exportOf(await it.it('vote'), await receiptsOf(it.db, 'vote'))
    expect(told?.resolution).toMatchObject({ isCarried: true, writtenViews: 2 })
    expect(verify(JSON.stringify(told))).toMatchObject({ isGood: true })
  })
})
