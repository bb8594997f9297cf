import { describe, expect, test } from 'vitest'
import { lookUp } from '../../db/client.ts'
import { missingPeople } from '../../db/gatherings/attendance.ts'
import { comingFor } from '../../db/gatherings/expected.ts'
import { makeUpsOfMember } from '../../db/gatherings/make-ups.ts'
import { votersFor } from '../../db/gatherings/voters.ts'
import { moment } from '../../src/calendar.ts'
import type { aVotingBranch } from '../harness/ballots/ballots.ts'
import { aMeetingThatVotes, fullMembers, type VotingMeeting } from '../harness/ballots/voting-meeting.ts'
import { openId } from '../harness/branch.ts'

type Branch = Awaited<ReturnType<typeof aVotingBranch>>

const there = fullMembers.slice(0, 5)
const absent = fullMembers.slice(5)

const away = (it: Pick<Branch, 'press'>, name: string, by = '李华') =>
  it.press(by, { press: 'place.away', person: `m_${name}` }, { form: {} })

/** The branch asks and the assessor confirms, at nine in the morning of the eighth. */
async function excluded(it: Branch, name: string, scope: string, { reason = 'abroad', until = '' } = {}) {
  await it.press('李华', { press: 'exclusion.ask', person: `m_${name}` }, { form: { scope, reason, until } })
  const [row] = await it.rows(`select id from exclusions where member = 'm_${name}' and scope = '${scope}' order by rowid desc`)
  return it.press('上级', { press: 'exclusionAsked.confirm', exclusion: String(row?.id) })
}

const suspended = (it: Pick<Branch, 'press'>, name: string, form: object = {}) =>
  it.press('上级', { press: 'suspension.enter', person: `m_${name}` }, { form: { kind: 'probation', ...form } })

/** The three bases and who is present for each. */
async function bases(it: VotingMeeting) {
  const found = await it.state()
  const [ordinary, admission, election] = (['ordinary', 'admission', 'election'] as const).map((on) => votersFor(found, on))
  return [ordinary, admission, election].map((one) => `${one?.presentVoters}/${one?.expectedVoters}`).join(' ')
}

describe('who is away stays an expected voter', () => {
  test('five presses of 记为人不在 carry no admission with three of ten', async () => {
    const it = await aMeetingThatVotes(there, {
      before: async (branch) => {
        for (const name of absent) expect((await away(branch, name)).mood).toBe('success')
      },
    })
    expect(await bases(it)).toBe('5/10 5/10 5/10')
    const refused = await it.resolves({ words: '钱进', matter: 'admission', way: 'secret' })
    expect(refused.toast.zh).toBe(
      '应到有表决权的 10 人，到会 5 人；须超过半数（至少 6 人）才能表决，还差 1 人。只算输了现场码的，和主持人标记、监票人核对过的。',
    )
    await it.arrive(absent[0] ?? '')
    await it.resolves({ words: '钱进', matter: 'admission', way: 'secret' }, { id: 'vote' })
    for (const name of there.slice(0, 3)) await it.votes(name, 'vote', 'for')
    for (const name of [...there.slice(3), absent[0] ?? '']) await it.votes(name, 'vote', 'against')
    await it.press('李华', { press: 'ballotHost.close', ballot: 'vote' })
    await it.count_()
    expect(await it.group()).toContain('未通过')
    expect(await it.group()).toContain('（应到 10 人）')
  })

  test('ten voters, seven away: two hands carry nothing, six are needed', async () => {
    const it = await aMeetingThatVotes(fullMembers.slice(0, 3), {
      before: async (branch) => {
        for (const name of fullMembers.slice(3)) await away(branch, name)
      },
    })
    const hands = (n: string) => it.raises({ words: '选派李华参加培训', hands_for: n })
    expect((await hands('2')).toast.zh).toContain('至少 6 人')
    await it.arrive(...fullMembers.slice(3, 6))
    await hands('5')
    expect(await it.group()).toContain('未通过')
    await hands('6')
    expect(await it.group()).toContain("<font color='green'>通过</font>")
  })

  test('the standards count those in place; who comes counts again', async () => {
    const it = await aMeetingThatVotes(there.slice(0, 3), {
      before: async (branch) => {
        for (const name of absent) await away(branch, name)
      },
    })
    expect(await it.state()).toMatchObject({ expected: 11, away: 5, present: 3 })
    expect(await it.group()).toContain('计入标准：在岗 6 人，需到 4 人，实到 3 人，还差 1 人')
    expect(await it.group()).toContain("**5**\n<font color='grey'>其中外出")
    expect(await it.host()).toContain('**外出**：周杰、陈晨、黄磊、丁一、欧阳娜')
    await it.arrive(absent[0] ?? '')
    expect(await it.state()).toMatchObject({ expected: 11, away: 4, present: 4 })
    expect(await it.group()).toContain('到会人数够，计入标准（在岗 7 人，需到 4 人，实到 4 人）')
    it.at('2026-10-09', '15:30')
    await it.closes()
    const [closure] = await it.rows('select expected, away, present, is_quorate from closures')
    expect(closure).toMatchObject({ expected: 11, away: 4, present: 4, is_quorate: 1 })
  })

  test('they are not reminded, and owe no make-up', async () => {
    const it = await aMeetingThatVotes(there, { before: async (branch) => void (await away(branch, '欧阳娜')) })
    const reminded = async (name: string) =>
      (await lookUp(it.db, [comingFor(it.db, openId(name), moment('2026-10-09'), moment('2026-10-10'))]))[0].length
    expect([await reminded('欧阳娜'), await reminded('丁一')]).toEqual([0, 1])
    it.at('2026-10-09', '15:30')
    await it.closes()
    const owed = async (name: string) => (await lookUp(it.db, [makeUpsOfMember(it.db, `m_${name}`, moment('2026-10-12'))]))[0].length
    expect([await owed('欧阳娜'), await owed('丁一')]).toEqual([0, 1])
    await it.press('李华', { press: 'place.back', person: 'm_欧阳娜' })
    expect(await owed('欧阳娜')).toBe(0)
  })

  test('a correction after the close counts who was away again', async () => {
    const it = await aMeetingThatVotes(there, { before: async (branch) => void (await away(branch, '欧阳娜')) })
    it.at('2026-10-09', '15:30')
    await it.closes()
    const marked = await it.press('李华', { press: 'host.mark', gathering: it.gathering }, { form: { people: ['m_欧阳娜'] } })
    expect(marked.mood).toBe('success')
    expect((await it.rows('select away, present from closures'))[0]).toMatchObject({ away: 0, present: 6 })
    await it.press('李华', { press: 'corrections.unmark', gathering: it.gathering }, { form: { people: ['m_欧阳娜'] } })
    expect((await it.rows('select away, present from closures'))[0]).toMatchObject({ away: 1, present: 5 })
  })
})

describe('the bases are frozen', () => {
  test('being marked away after the call changes nothing in that meeting', async () => {
    const it = await aMeetingThatVotes(there)
    for (const name of absent) await away(it, name)
    expect(await it.state()).toMatchObject({ expected: 11, away: 0, expectedVoters: 10 })
    expect((await lookUp(it.db, [missingPeople(it.db, it.gathering)]))[0].some(({ isAway }) => isAway)).toBe(false)
    expect((await it.shown('inRoom', { subject: it.gathering, viewer: 'm_李华' })).text).toContain(
      '周杰：召集后记为外出，这次不变（李华 10月9日（周五）15:00）',
    )
  })

  test('being marked back after the call changes nothing either', async () => {
    const it = await aMeetingThatVotes(there, { before: async (branch) => void (await away(branch, '欧阳娜')) })
    await it.press('李华', { press: 'place.back', person: 'm_欧阳娜' })
    expect(await it.state()).toMatchObject({ expected: 11, away: 1 })
  })

  test('who is a full member is taken at the announced start', async () => {
    const it = await aMeetingThatVotes(there)
    const stage = (name: string, to: string) =>
      it.press('李华', { press: 'stage.change', person: `m_${name}` }, { form: { stage: to, on: '2026-10-09 +0800' } })
    expect((await stage('钱进', 'full')).mood).toBe('success')
    expect(await bases(it)).toBe('5/11 5/11 5/11')
    it.at('2026-10-09', '15:05')
    await stage('欧阳娜', 'probationer')
    expect(await bases(it)).toBe('5/11 5/11 5/11')
    expect((await it.shown('inRoom', { subject: it.gathering, viewer: 'm_李华' })).text).toContain('欧阳娜：会议开始后改了阶段')
  })

  test('who is taken off the roster meanwhile stays in the base', async () => {
    const it = await aMeetingThatVotes(there)
    it.at('2026-10-09', '15:05')
    for (const name of absent)
      expect((await it.press('李华', { press: 'leaving.remove', person: `m_${name}` }, { form: { reason: 'moved' } })).mood).toBe('success')
    expect(await bases(it)).toBe('5/10 5/10 5/10')
  })

  test('an imported roster changes nothing in the meeting under way', async () => {
    const it = await aMeetingThatVotes(there)
    await it.store.client.execute(`insert into person_changes select 'c', 'branch', m.id, 'roster.change', ${it.now().getTime() + 1}, 'm_李华',
      json_object('stage', 'full', 'branch', 'branch', 'awaySince', null, 'leftOn', null), null, null from members m where m.id = 'm_欧阳娜'`)
    await it.store.client.execute("update members set away_since = '2026-10-09' where id = 'm_欧阳娜'")
    expect(await it.state()).toMatchObject({ expected: 11, away: 0 })
  })
})

describe('an exclusion', () => {
  test('takes four out of elections and nobody out of a resolution', async () => {
    const it = await aMeetingThatVotes(there, {
      before: async (branch) => {
        for (const name of fullMembers.slice(6)) expect((await excluded(branch, name, 'elections')).mood).toBe('success')
      },
    })
    expect(await bases(it)).toBe('5/10 5/10 5/6')
    await it.arrive('欧阳娜')
    expect(await bases(it)).toBe('6/10 6/10 5/6')
    const { text } = await it.shown('inRoom', { subject: it.gathering, viewer: 'm_李华' })
    expect(text).toContain('欧阳娜：不计入选举应到，自费出国半年以上（李华 10月8日（周四）09:00 提出，上级 10月8日（周四）09:00 确认）')
  })

  test('for admissions leaves the base of admissions alone', async () => {
    const it = await aMeetingThatVotes(fullMembers.slice(0, 6), {
      before: async (branch) => void (await excluded(branch, '欧阳娜', 'admissions')),
    })
    expect(await bases(it)).toBe('6/10 6/9 6/10')
    await it.arrive('欧阳娜')
    await it.resolves({ words: '钱进', matter: 'admission', way: 'secret' }, { id: 'vote' })
    expect(await it.it('vote')).toMatchObject({ expectedVoters: 9, presentVoters: 6, electors: 6 })
  })

  test('counts only where it was confirmed before the call', async () => {
    const it = await aMeetingThatVotes(there)
    await excluded(it, '欧阳娜', 'elections')
    expect(await bases(it)).toBe('5/10 5/10 5/10')
    expect((await it.shown('inRoom', { subject: it.gathering, viewer: 'm_李华' })).text).toContain(
      '欧阳娜：召集后才确认不计入选举应到，这次仍计入',
    )
  })

  test('asked for and not confirmed, or refused, changes nothing', async () => {
    const it = await aMeetingThatVotes(there, {
      before: async (branch) => {
        const ask = (name: string) =>
          branch.press('李华', { press: 'exclusion.ask', person: `m_${name}` }, { form: { scope: 'elections', reason: 'ill' } })
        await ask('欧阳娜')
        await ask('丁一')
        const [row] = await branch.rows("select id from exclusions where member = 'm_丁一'")
        expect((await branch.press('上级', { press: 'exclusionAsked.refuse', exclusion: String(row?.id) })).mood).toBe('success')
        expect((await branch.press('上级', { press: 'exclusionAsked.confirm', exclusion: String(row?.id) })).toast.zh).toContain(
          '已经办过了',
        )
      },
    })
    expect(await bases(it)).toBe('5/10 5/10 5/10')
  })

  test.each([
    ['2026-10-08', 10],
    ['2026-10-09', 9],
  ])('until %s leaves an election of the ninth %i voters', async (until, left) => {
    const it = await aMeetingThatVotes(there, {
      before: async (branch) => void (await excluded(branch, '欧阳娜', 'elections', { until })),
    })
    expect(await bases(it)).toBe(`5/10 5/10 5/${left}`)
  })

  test('ended after the call still counts in that meeting', async () => {
    const it = await aMeetingThatVotes(there, { before: async (branch) => void (await excluded(branch, '欧阳娜', 'elections')) })
    const [row] = await it.rows('select id from exclusions')
    const ended = await it.press('李华', { press: 'exclusion.end', person: 'm_欧阳娜', exclusion: String(row?.id) })
    expect(ended.mood).toBe('success')
    expect(await bases(it)).toBe('5/10 5/10 5/9')
  })

  test('is noted as adopted once, which is no condition', async () => {
    const it = await aMeetingThatVotes(there, { before: async (branch) => void (await excluded(branch, '欧阳娜', 'elections')) })
    const adopt = () => it.press('李华', { press: 'inRoom.adopt', gathering: it.gathering })
    expect((await adopt()).mood).toBe('success')
    expect((await adopt()).toast.zh).toContain('没有要记的')
    expect(await bases(it)).toBe('5/10 5/10 5/9')
    expect(await it.deeds()).toContain('gathering.adoptExclusions')
  })

  test('goes to another assessor than the one who asked, with a card', async () => {
    const it = await aMeetingThatVotes([], {
      before: async (branch) => {
        await branch.store.client.execute(
          "insert into seats (id, member, role, committee, from_at) values ('s_both', 'm_李华', 'assessor', 'committee', 0)",
        )
        await branch.press('李华', { press: 'exclusion.ask', person: 'm_欧阳娜' }, { form: { scope: 'elections', reason: 'ill' } })
      },
    })
    expect(await it.sentTo('exclusionAsked')).toEqual([openId('上级')])
    const [row] = await it.rows('select id from exclusions')
    const exclusion = String(row?.id)
    expect((await it.press('李华', { press: 'exclusionAsked.confirm', exclusion })).toast.zh).toContain('请另一位考核人来办')
    const { text } = await it.shown('exclusionAsked', { subject: 's', exclusion, viewer: 'm_上级' })
    for (const words of ['**党员** 欧阳娜', '选举的应到', '患病不能表达本人意志', '李华']) expect(text).toContain(words)
    expect((await it.press('上级', { press: 'exclusionAsked.confirm', exclusion })).mood).toBe('success')
    expect((await it.sentTo('exclusionAnswered')).sort()).toEqual([openId('李华'), openId('欧阳娜')].sort())
  })

  test('the database keeps an exclusion to its hands, whatever the code does', async () => {
    const it = await aMeetingThatVotes([])
    const run = (sql: string) => it.store.client.execute(sql)
    const values = "'branch', 'm_欧阳娜', 'elections', 'ill', '2026-10-08', null, 'm_李华', 1"
    await expect(
      run(`insert into exclusions (id, branch, member, scope, reason, from_on, until_on, requested_by, requested_at, confirmed_by, confirmed_at)
        values ('born', ${values}, 'm_上级', 1)`),
    ).rejects.toThrow('exclusion unconfirmed')
    await run(
      `insert into exclusions (id, branch, member, scope, reason, from_on, until_on, requested_by, requested_at) values ('x', ${values})`,
    )
    const confirm = (by: string) => run(`update exclusions set confirmed_by = '${by}', confirmed_at = 2 where id = 'x'`)
    await expect(confirm('m_李华')).rejects.toThrow('own exclusion')
    await expect(confirm('m_欧阳娜')).rejects.toThrow('own exclusion')
    await confirm('m_上级')
    await expect(confirm('m_上级')).rejects.toThrow('exclusion answered')
    await expect(run("update exclusions set reason = 'abroad'")).rejects.toThrow('exclusion stands')
    await expect(run('delete from exclusions')).rejects.toThrow('exclusion stands')
  })
})

describe('a suspended right', () => {
  test('attends, is in no base, and gets no ballot', async () => {
    const it = await aMeetingThatVotes(fullMembers.slice(0, 6), {
      before: async (branch) => void (await suspended(branch, '周杰')),
    })
    expect(await it.state()).toMatchObject({ expected: 11, present: 6, expectedVoters: 9, presentVoters: 5 })
    await it.resolves({ words: '选派李华参加培训', way: 'secret' }, { id: 'vote' })
    expect(await it.it('vote')).toMatchObject({ expectedVoters: 9, electors: 5 })
    expect(await it.sentTo('ballot')).not.toContain(openId('周杰'))
    expect((await it.shown('inRoom', { subject: it.gathering, viewer: 'm_李华' })).text).toContain(
      '周杰：表决权中止，不计入（上级 10月8日（周四）09:00 登记）',
    )
  })

  test.each([
    ['from the next day', { from: '2026-10-10 +0800' }, 10],
    ['from the day itself', { from: '2026-10-09 +0800' }, 9],
    ['until the day before', { from: '2026-10-01 +0800', until: '2026-10-08 +0800' }, 10],
    ['until the day itself', { from: '2026-10-01 +0800', until: '2026-10-09 +0800' }, 9],
  ])('%s leaves the meeting of the ninth its voters', async (_name, form, left) => {
    const it = await aMeetingThatVotes(there, { before: async (branch) => void (await suspended(branch, '欧阳娜', form)) })
    expect((await it.state()).expectedVoters).toBe(left)
  })

  test('entered after the start changes nothing in that meeting', async () => {
    const it = await aMeetingThatVotes(there)
    it.at('2026-10-09', '15:05')
    await suspended(it, '欧阳娜')
    expect(await bases(it)).toBe('5/10 5/10 5/10')
  })

  test('is entered and ended by the assessor alone, and told to nobody', async () => {
    const it = await aMeetingThatVotes([])
    const before = (await it.outboxRows()).length
    const own = await it.press('李华', { press: 'suspension.enter', person: 'm_欧阳娜' }, { form: { kind: 'probation' } })
    expect(own.toast.zh).toContain('不归你办')
    expect((await suspended(it, '欧阳娜')).mood).toBe('success')
    expect((await suspended(it, '欧阳娜')).toast.zh).toContain('已经登记过了')
    const [row] = await it.rows('select id from suspensions')
    const end = await it.press('上级', { press: 'suspension.end', person: 'm_欧阳娜', suspension: String(row?.id) })
    expect(end.mood).toBe('success')
    expect((await it.state()).expectedVoters).toBe(10)
    expect((await it.outboxRows()).filter(({ occasion }) => !String(occasion).startsWith('refresh')).length).toBe(before)
  })

  test('no ballot outside a meeting either, but for a pulse', async () => {
    const it = await aMeetingThatVotes([])
    await suspended(it, '欧阳娜')
    const open = async (use: string, id: string) => {
      await it.press(
        '李华',
        { press: 'ballotForm.submit', id, branch: 'branch', committee: null },
        {
          form: { use, title: '测一测', subjects: '甲\n乙', most: '1', secrecy: 'secret', whose: 'all', closes: '2026-10-10 17:00 +0800' },
        },
      )
      return (await it.rows(`select member from electorates where ballot = '${id}'`)).map(({ member }) => String(member))
    }
    const [pulse, award] = [await open('pulse', 'b1'), await open('award', 'b2')]
    expect(pulse).toContain('m_欧阳娜')
    expect(award).toContain('m_丁一')
    expect(award).not.toContain('m_欧阳娜')
  })
})
