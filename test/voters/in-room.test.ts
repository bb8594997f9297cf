import { describe, expect, test } from 'vitest'
import { roomCode } from '../../src/rules/gatherings/room-code.ts'
import { aMeetingThatVotes, fullMembers, type VotingMeeting } from '../harness/ballots/voting-meeting.ts'
import { openId } from '../harness/branch.ts'

const six = fullMembers.slice(0, 6)
const nine = fullMembers.slice(0, 9)

const admits = (it: VotingMeeting, id?: string) => it.resolves({ words: '钱进', matter: 'admission', way: 'secret' }, { id })

const inRoom = (it: VotingMeeting) => it.shown('inRoom', { subject: it.gathering, viewer: 'm_李华' })

const asks = (it: VotingMeeting, people: readonly string[], scrutineer: string, by = '李华') =>
  it.press(
    by,
    { press: 'inRoom.ask', gathering: it.gathering },
    {
      form: { people: people.map((name) => `m_${name}`), scrutineer: `m_${scrutineer}` },
    },
  )

const confirms = (it: VotingMeeting, who: string, people: readonly string[]) =>
  it.press(who, { press: 'marks.confirm', gathering: it.gathering }, { form: { people: people.map((name) => `m_${name}`) } })

/** A meeting without a room code, to which everybody pressed from wherever they are. */
async function fromAfar(names: readonly string[] = nine, agenda = '') {
  const it = await aMeetingThatVotes([], { hasCode: false, agenda })
  for (const name of names) await it.pressFromAfar(name)
  return it
}

async function entersCode(it: VotingMeeting, name: string) {
  const { roomSecret } = await it.state()
  return it.press(name, { press: 'roomCode.enter', gathering: it.gathering }, { form: { digits: roomCode(roomSecret ?? '', it.now()) } })
}

describe('a meeting that elects, admits or converts', () => {
  test('counts no press from far away as presence for its vote', async () => {
    const it = await fromAfar()
    expect((await it.resolves({ words: '选派李华参加培训', way: 'hands' })).mood).toBe('info')
    expect((await admits(it)).toast.zh).toContain('到会 0 人；须超过半数（至少 6 人）才能表决，还差 6 人。只算输了现场码的')
    const election = await it.press('李华', { press: 'electionForm.submit', gathering: it.gathering, id: 'e', after: null }, { form: {} })
    expect(election.toast.zh).toContain('到会 0 人；须达到五分之四')
    expect((await it.state()).present).toBe(9)
  })

  test.each([
    ['选举支部委员会', true],
    ['接收钱进为预备党员', true],
    ['钱进转正', true],
    ['学习条例', false],
  ])('is known by its agenda: %s', async (item, is) => {
    const it = await fromAfar(nine, item)
    expect((await it.state()).votesInRoom).toBe(is)
    expect((await it.group()).includes('在外地按「签到」只记考勤')).toBe(is)
    expect((await it.resolves({ words: '选派李华参加培训', way: 'hands' })).mood).toBe(is ? 'warning' : 'info')
  })

  test('starts its code on the way, for those who pressed too', async () => {
    const it = await fromAfar()
    expect((await inRoom(it)).text).toContain('启用现场码')
    expect((await it.press('李华', { press: 'inRoom.startCode', gathering: it.gathering })).mood).toBe('success')
    expect((await it.pressFromAfar('王芳')).toast.zh).toContain('请在私聊里输入现场的 4 位数字')
    for (const name of six) expect((await entersCode(it, name)).mood).toBe('success')
    expect((await entersCode(it, '王芳')).toast.zh).toContain('你已签到')
    expect(await it.state()).toMatchObject({ present: 9, inRoom: { voters: 6 } })
    expect((await admits(it, 'vote')).mood).toBe('success')
    expect(await it.it('vote')).toMatchObject({ electors: 6, presentVoters: 6, expectedVoters: 10 })
  })

  test('adds to its open vote only who is in the room', async () => {
    const it = await aMeetingThatVotes(six)
    await admits(it, 'vote')
    await it.press('李华', { press: 'host.mark', gathering: it.gathering }, { form: { people: ['m_陈晨'] } })
    const add = () => it.press('李华', { press: 'inMeeting.addPresent', ballot: 'vote' })
    expect((await add()).toast.zh).toContain('都在投票名单上了')
    await asks(it, ['陈晨'], '赵敏')
    await confirms(it, '赵敏', ['陈晨'])
    expect((await add()).mood).toBe('success')
    expect(await it.it('vote')).toMatchObject({ electors: 7, presentVoters: 7 })
  })
})

describe('a host’s mark', () => {
  test('is attendance alone until a scrutineer has confirmed it', async () => {
    const it = await aMeetingThatVotes(fullMembers.slice(0, 5))
    await it.press('李华', { press: 'host.mark', gathering: it.gathering }, { form: { people: ['m_周杰', 'm_陈晨'] } })
    expect((await it.state()).present).toBe(7)
    expect((await admits(it)).toast.zh).toContain('到会 5 人')
    expect((await asks(it, ['周杰', '陈晨'], '赵敏')).toast.zh).toBe('已请赵敏核对 2 人。')
    expect(await it.sentTo('marks')).toEqual([openId('赵敏')])
    expect((await it.shown('marks', { subject: 's', gathering: it.gathering, viewer: 'm_赵敏' })).text).toContain('主持人说这些人在场')
    expect((await admits(it)).toast.zh).toContain('到会 5 人')
    expect((await confirms(it, '赵敏', ['周杰'])).toast.zh).toBe('已确认 1 人在场。')
    expect((await it.state()).inRoom.voters).toBe(6)
    expect((await inRoom(it)).text).toContain('**等监票人核对**：陈晨（赵敏）')
    expect((await admits(it)).mood).toBe('success')
    expect((await it.deeds()).filter((deed) => deed.startsWith('attendance.'))).toEqual(
      expect.arrayContaining(['attendance.mark', 'attendance.askScrutineer', 'attendance.confirmMark']),
    )
  })

  test('is confirmed by nobody but the scrutineer who was asked', async () => {
    const it = await aMeetingThatVotes(fullMembers.slice(0, 5))
    await it.press('李华', { press: 'host.mark', gathering: it.gathering }, { form: { people: ['m_周杰'] } })
    expect((await asks(it, ['周杰'], '李华')).toast.zh).toContain('不是主持人也不是候选人')
    expect((await asks(it, ['周杰'], '王芳', '王芳')).toast.zh).toContain('不是主持人也不是候选人')
    expect((await asks(it, ['周杰'], '周杰')).toast.zh).toContain('不是主持人也不是候选人')
    expect((await asks(it, ['周杰'], '欧阳娜')).toast.zh).toContain('不是主持人也不是候选人')
    expect((await asks(it, ['周杰'], '赵敏', '孙丽')).toast.zh).toContain('不归你办')
    await asks(it, ['周杰'], '赵敏')
    for (const name of ['李华', '孙丽', '周杰']) expect((await confirms(it, name, ['周杰'])).toast.zh).toContain('没有等你核对的人')
    expect((await it.state()).inRoom.voters).toBe(5)
  })

  test('is not confirmed by a nominee, before or after they stand', async () => {
    const it = await aMeetingThatVotes(fullMembers.slice(0, 8))
    const begins = (nominees: string[], id: string) =>
      it.press(
        '李华',
        { press: 'electionForm.submit', gathering: it.gathering, id, after: null },
        {
          form: {
            title: '委员',
            seats: '1',
            nominees: nominees.map((name) => `m_${name}`),
            scrutineers: ['m_周杰'],
            tellers: ['m_陈晨'],
          },
        },
      )
    await it.press('李华', { press: 'host.mark', gathering: it.gathering }, { form: { people: ['m_丁一'] } })
    await asks(it, ['丁一'], '赵敏')
    await confirms(it, '赵敏', ['丁一'])
    expect((await begins(['赵敏', '孙丽'], 'one')).toast.zh).toContain('赵敏是候选人，却核对过到会')
    expect((await begins(['王芳', '孙丽'], 'two')).mood).toBe('success')
    expect((await asks(it, ['丁一'], '孙丽')).toast.zh).toContain('不是主持人也不是候选人')
  })

  test('the database refuses a mark that its own hands confirm', async () => {
    const it = await aMeetingThatVotes(['李华', '赵敏'])
    await it.press('李华', { press: 'host.mark', gathering: it.gathering }, { form: { people: ['m_周杰'] } })
    const set = (what: string) => it.store.client.execute(`update arrivals set ${what} where member = 'm_周杰'`)
    await expect(set('confirmed_at = 1')).rejects.toThrow('no scrutineer')
    for (const name of ['李华', '周杰']) await expect(set(`scrutineer = 'm_${name}', confirmed_at = 1`)).rejects.toThrow('no scrutineer')
    await set("scrutineer = 'm_赵敏', confirmed_at = 1")
    await expect(set("scrutineer = 'm_李华'")).rejects.toThrow('no scrutineer')
  })
})
