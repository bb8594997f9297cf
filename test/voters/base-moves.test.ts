import { expect, test } from 'vitest'
import { receiptsOf } from '../../db/ballots/voter-cards.ts'
import { moment } from '../../src/calendar.ts'
import { verify } from '../../src/scripts/verify-ballot.ts'
import { exportOf } from '../../src/words/ballot-export.ts'
import { aMeetingThatVotes, fullMembers } from '../harness/ballots/voting-meeting.ts'
import { rule } from '../harness/rulebook.ts'

const there = fullMembers.slice(0, 9)

/** Two are out of elections and one has no vote; all of it was entered before the call. */
const aMeeting = () =>
  aMeetingThatVotes(there.slice(0, 7), {
    agenda: '选举支部委员会',
    before: async (branch) => {
      for (const name of ['丁一', '欧阳娜']) {
        await branch.press('李华', { press: 'exclusion.ask', person: `m_${name}` }, { form: { scope: 'elections', reason: 'abroad' } })
        const [row] = await branch.rows('select id from exclusions order by rowid desc')
        await branch.press('上级', { press: 'exclusionAsked.confirm', exclusion: String(row?.id) })
      }
      await branch.press('上级', { press: 'suspension.enter', person: 'm_黄磊' }, { form: { kind: 'probation' } })
    },
  })

const excluded = '选举不计入应到 2 人（李华 10月8日（周四）提出，上级 10月8日（周四）确认）'
const suspended = '表决权中止、不计入应到 1 人（上级 10月8日（周四）登记）'

test('the group’s card says who moved a base, and names nobody', async () => {
  const it = await aMeeting()
  const said = await it.group()
  expect(said).toContain(excluded)
  expect(said).toContain(suspended)
  expect(said).toContain('2 out of the base of elections (asked by 李华')
  for (const hidden of ['丁一', '欧阳娜', '黄磊', '出国']) expect(said).not.toContain(hidden)
})

test('a vote’s cards tell the moves of its own base alone', async () => {
  const it = await aMeeting()
  expect((await it.resolves({ words: '选派李华参加培训', way: 'secret' }, { id: 'plain' })).mood).toBe('success')
  expect((await it.resolves({ words: '钱进', matter: 'admission', way: 'secret' }, { id: 'admits' })).mood).toBe('success')
  const cards = (ballot: string) =>
    Promise.all([
      it.shown('ballot', { subject: 's', ballot, member: 'm_王芳' }),
      it.shown('turnout', { subject: 's', ballot }),
      it.shown('ballotHost', { subject: 's', ballot, viewer: 'm_李华' }),
    ])
  for (const ballot of ['plain', 'admits'])
    for (const { text } of await cards(ballot)) {
      expect(text).toContain(suspended)
      expect(text).not.toContain('选举不计入')
    }
})

test('somebody who has left moves no base', async () => {
  const it = await aMeeting()
  await it.store.client.execute("update members set left_on = '2026-10-08', branch = null where id in ('m_丁一', 'm_黄磊')")
  const said = await it.group()
  expect(said).toContain('选举不计入应到 1 人')
  expect(said).not.toContain('表决权中止')
})

test('an election’s export carries what moved its base', async () => {
  const it = await aMeeting()
  const nominees = ['m_王芳', 'm_张伟']
  const form = { title: '支委', seats: '1', nominees, scrutineers: ['m_周杰'], tellers: ['m_陈晨'], way: 'card' }
  await rule(it.store.client, { electionsByCard: true })
  await it.press('李华', { press: 'electionForm.submit', gathering: it.gathering, id: 'e', after: null }, { form })
  const ballot = 'e'
  for (const name of there.slice(0, 7)) expect((await it.votes(name, ballot, { for: ['1'] })).toast.zh).toContain('已投票')
  await it.minute('2026-10-09', '16:31')
  const file = exportOf(await it.it(ballot), await receiptsOf(it.db, ballot))
  const at = moment('2026-10-08', '09:00').toISOString()
  expect(file?.baseMoves).toEqual([
    { scope: 'elections', people: 2, at, by: 'm_李华', confirmedAt: at, confirmedBy: 'm_上级' },
    { scope: null, people: 1, at, by: 'm_上级', confirmedAt: null, confirmedBy: null },
  ])
  expect(verify(JSON.stringify(file)).isGood).toBe(true)
})

test('an exclusion that came after the call is on no card', async () => {
  const it = await aMeetingThatVotes(there, { agenda: '选举支部委员会' })
  await it.press('李华', { press: 'exclusion.ask', person: 'm_欧阳娜' }, { form: { scope: 'elections', reason: 'abroad' } })
  const [row] = await it.rows('select id from exclusions')
  await it.press('上级', { press: 'exclusionAsked.confirm', exclusion: String(row?.id) })
  expect(await it.group()).not.toContain('不计入应到')
})
