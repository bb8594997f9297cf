import { describe, expect, test } from 'vitest'
import { paperOf } from '../../src/rules/meeting-votes/tally-sheet.ts'
import { aMeetingThatVotes, fullMembers } from '../harness/ballots/voting-meeting.ts'
import { openId } from '../harness/branch.ts'

const six = fullMembers.slice(0, 6)
const good = { handedOut: '6', returned: '6', invalid: '0', votes_0: '6 0 0' }

describe('the figures of a count on paper', () => {
  test.each([
    [good, { handedOut: 6, returned: 6, invalid: 0, votes: { for: 6, against: 0, abstain: 0 } }],
    [
      { ...good, returned: '5', invalid: '1', votes_0: '3 1 0' },
      { handedOut: 6, returned: 5, invalid: 1, votes: { for: 3, against: 1, abstain: 0 } },
    ],
    [
      { ...good, handedOut: '5' },
      { handedOut: 5, returned: 6, invalid: 0, votes: null },
    ],
  ])('%o are taken', (filled, sheet) => {
    expect(paperOf(filled, 6)).toEqual(sheet)
  })

  test.each([
    [{ ...good, handedOut: '7' }, '多于核对过到会的 6 人'],
    [{ ...good, returned: '' }, '「收回的选票」请填整数'],
    [{ ...good, invalid: '7' }, '多于收回的 6 张'],
    [{ ...good, votes_0: '5 0 0' }, '三项相加是 5，有效票是 6 张'],
    [{ ...good, votes_0: '6' }, '请填三个整数'],
  ])('%o are refused', (filled, why) => {
    expect(paperOf(filled, 6)).toMatchObject({ wrong: { zh: expect.stringContaining(why) } })
  })
})

async function onPaper(matter = 'conversion') {
  const it = await aMeetingThatVotes(six)
  const sent = { gathering: it.gathering, resolution: 'vote' }
  const opened = await it.resolves({ words: '钱进', matter, way: 'paper' }, { id: 'vote' })
  const there = async () => (await it.state()).resolutions[0]
  return {
    ...it,
    opened,
    there,
    enters: (form: object = {}, by = '李华', scrutineer = '赵敏') =>
      it.press(by, { press: 'paperCount.enter', ...sent }, { form: { ...good, scrutineer: `m_${scrutineer}`, ...form } }),
    answers: async (by: string, isRight = true, entered?: number) =>
      it.press(by, { press: 'paperConfirm.answer', ...sent, isRight, entered: entered ?? (await there())?.paper?.at ?? 0 }),
    card: async () => (await it.shown('paperCount', { subject: 's', ...sent, viewer: 'm_李华' })).text,
    own: async (name: string) => (await it.shown('paperConfirm', { subject: 's', ...sent, viewer: `m_${name}` })).text,
  }
}

describe('on paper', () => {
  test('a count is a result once a scrutineer has confirmed it', async () => {
    const it = await onPaper()
    expect(it.opened.mood).toBe('success')
    expect(await it.sentTo('paperCount')).toEqual([openId('李华')])
    expect((await it.enters()).mood).toBe('success')
    expect(await it.sentTo('paperConfirm')).toEqual([openId('赵敏')])
    expect(await it.group()).toContain('纸质选票，等赵敏核对')
    expect((await it.there())?.votes).toBeNull()
    expect(await it.own('赵敏')).toContain('赞成 **6** · 不赞成 **0** · 弃权 **0**')
    expect(await it.own('孙丽')).toContain('没有等你核对的计票')
    expect((await it.answers('赵敏')).mood).toBe('success')
    expect(await it.group()).toContain('通过</font>，赞成 6 · 不赞成 0 · 弃权 0（应到 10 人）')
    expect((await it.deeds()).slice(-2)).toEqual(['resolution.enterPaper', 'resolution.confirmPaper'])
  })

  test('a matter is on paper once, until it has a result', async () => {
    const it = await onPaper()
    const again = (id: string) => it.resolves({ words: '钱进', matter: 'conversion', way: 'paper' }, { id })
    expect((await again('second')).toast.zh).toBe('「钱进」正在表决，还没有结果；请先结束那一次。')
    expect((await it.state()).resolutions).toHaveLength(1)
    await it.enters()
    expect((await again('second')).mood).not.toBe('success')
    await it.answers('赵敏')
    expect((await again('second')).mood).toBe('success')
  })

  test('a voter without a Feishu account has a vote, by card none', async () => {
    const it = await aMeetingThatVotes(six)
    await it.store.client.execute("update members set open_id = null where id = 'm_周杰'")
    const refused = await it.resolves({ words: '钱进', matter: 'admission', way: 'secret' })
    expect(refused.toast.zh).toBe('到会的人里有 1 人没有飞书账号，用卡片投不了票，请用纸质选票。')
    expect((await it.resolves({ words: '钱进', matter: 'admission', way: 'paper' })).mood).toBe('success')
    expect((await it.state()).resolutions).toMatchObject([{ manner: 'paper', presentVoters: 6 }])
  })

  test('the host, and whoever entered the figures, confirm nothing', async () => {
    const it = await onPaper()
    expect((await it.enters({}, '李华', '李华')).toast.zh).toContain('不是主持人的监票人')
    expect((await it.enters({}, '王芳', '李华')).toast.zh).toContain('不是主持人的监票人')
    expect((await it.enters({}, '王芳', '王芳')).toast.zh).toContain('不是主持人的监票人')
    expect((await it.enters({}, '李华', '丁一')).toast.zh).toContain('不是主持人的监票人')
    await it.enters()
    for (const name of ['李华', '王芳', '孙丽']) expect((await it.answers(name)).toast.zh).toContain('没有等你核对的计票')
    const run = (by: string) => it.store.client.execute(`update resolutions set scrutineer = 'm_${by}', confirmed_at = 1 where id = 'vote'`)
    await expect(run('李华')).rejects.toThrow('no scrutineer')
    expect((await it.there())?.votes).toBeNull()
  })

  test('corrected figures are confirmed anew, and old ones by nobody', async () => {
    const it = await onPaper()
    await it.enters()
    const first = (await it.there())?.paper?.at ?? 0
    it.now().setSeconds(30)
    await it.enters({ votes_0: '5 1 0' })
    expect((await it.answers('赵敏', true, first)).toast.zh).toContain('数字刚刚改过')
    await it.answers('赵敏')
    expect((await it.there())?.votes).toEqual({ for: 5, against: 1, abstain: 0 })
    it.now().setSeconds(40)
    await it.enters()
    expect((await it.there())?.votes).toBeNull()
  })

  test('a scrutineer who disagrees sends the figures back', async () => {
    const it = await onPaper()
    await it.enters()
    expect((await it.answers('赵敏', false)).toast.zh).toContain('已退回')
    expect((await it.there())?.paper).toBeNull()
    expect(await it.sentTo('paperCount')).toHaveLength(2)
    expect(await it.group()).toContain('纸质选票，正在投票、计票')
  })

  test('more ballots than handed out make the vote void', async () => {
    const it = await onPaper()
    await it.enters({ handedOut: '5' })
    expect(await it.own('赵敏')).toContain('这次投票无效')
    await it.answers('赵敏')
    expect(await it.group()).toContain('无效：收回的选票多于发出的选票')
    expect((await it.there())?.votes).toBeNull()
  })

  test('who comes behind the opening has a ballot too', async () => {
    const it = await onPaper()
    expect((await it.enters({ handedOut: '7', returned: '7', votes_0: '7 0 0' })).toast.zh).toContain('多于核对过到会的 6 人')
    await it.arrive('陈晨')
    expect((await it.enters({ handedOut: '7', returned: '7', votes_0: '7 0 0' })).mood).toBe('success')
    expect(await it.there()).toMatchObject({ presentVoters: 7 })
  })

  test('the written views are added to the count', async () => {
    const it = await aMeetingThatVotes(six)
    const sent = { gathering: it.gathering, resolution: 'vote' }
    const press = (what: string, more: object, form: Record<string, unknown> = {}, by = '李华') =>
      it.press(by, { press: what, ...sent, ...more }, { form })
    await it.resolves({ words: '钱进', matter: 'admission', views: 'some' }, { id: 'vote' })
    await press('writtenViews.enter', {}, { people: ['m_黄磊'], views_for: '1' })
    await press('writtenViews.open', { manner: 'paper' })
    await it.arrive('黄磊')
    const figures = { handedOut: '7', returned: '7', invalid: '0', votes_0: '5 2 0', scrutineer: 'm_赵敏' }
    expect((await press('paperCount.enter', {}, figures)).toast.zh).toContain('多于核对过到会的 6 人')
    await press('paperCount.enter', {}, { ...figures, handedOut: '6', returned: '6', votes_0: '5 1 0' })
    await press('paperConfirm.answer', { isRight: true, entered: (await it.state()).resolutions[0]?.paper?.at ?? 0 }, {}, '赵敏')
    expect((await it.state()).resolutions).toMatchObject([{ votes: { for: 6, against: 1 }, presentVoters: 6 }])
    expect(await it.group()).toContain('含书面意见 1 份')
  })

  test('ordinary matters, and committees, vote in their own ways', async () => {
    expect((await onPaper('ordinary')).opened.toast.zh).toContain('纸质选票只用于党员大会上的接收预备党员和预备党员转正')
  })
})
