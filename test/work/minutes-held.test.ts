import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { minuteFacts } from '../../db/work/minutes-facts.ts'
import { draftOf } from '../../src/rules/work/minutes-draft.ts'
import { aMeetingThatVotes, fullMembers } from '../harness/ballots/voting-meeting.ts'

const nine = fullMembers.filter((name) => name !== '欧阳娜')
const ids = (...names: string[]) => names.map((name) => `m_${name}`)

const election = {
  title: '支部委员会委员',
  seats: '2',
  nominees: ids('黄磊', '王芳', '张伟'),
  scrutineers: ids('周杰'),
  tellers: ids('陈晨'),
}

/** A general meeting as the bot knows it: leave, a latecomer, a vote, a tie and its second round. */
async function aLongMeeting() {
  const it = await aMeetingThatVotes(nine.slice(0, 8), { agenda: '学习条例；增补支委' })
  const { gathering } = it
  const run = (sql: string) => it.store.client.execute(sql)
  it.at('2026-10-09', '15:05')
  await it.arrive('丁一')
  expect((await it.raises({ words: '选派李华参加培训', hands_for: '9', hands_against: '0', hands_abstain: '0' })).mood).toBe('success')
  const counts = (id: string, form: object) =>
    it.press(
      '李华',
      { press: 'election.count', gathering, election: id },
      { form: { invalid: '0', handedOut: '9', returned: '9', ...form } },
    )
  await it.press('李华', { press: 'electionForm.submit', gathering, id: 'first', after: null }, { form: election })
  await counts('first', { votes_0: '5 4 0', votes_1: '6 3 0', votes_2: '5 4 0' })
  await it.press('李华', { press: 'electionAgain.begin', gathering, election: 'first' })
  const second = (await it.state()).elections.at(-1)?.id ?? ''
  await counts(second, { votes_0: '4 5 0', votes_1: '5 4 0' })
  it.at('2026-10-09', '15:40')
  expect((await it.closes()).mood).toBe('success')
  await run(
    `insert into leaves (gathering, member, reason, asked_at, confirmed_by, confirmed_at) values ('${gathering}', 'm_欧阳娜', 'travel', 0, 'm_李华', 0)`,
  )
  return { ...it, run }
}

test('minutes of a long meeting read as the golden text', async () => {
  const it = await aLongMeeting()
  const { gathering } = it
  const decide = (nth: number, more: Record<string, string>) =>
    it.run(
      `insert into decisions (id, gathering, branch, nth, "by", at${Object.keys(more)
        .map((column) => `, ${column}`)
        .join('')})
        values ('d${nth}', '${gathering}', 'branch', ${nth}, 'm_李华', 0${Object.values(more)
          .map((value) => `, '${value}'`)
          .join('')})`,
    )
  await decide(1, { words: '整理活动室', owner: 'm_王芳', due_on: '2026-12-20' })
  await decide(2, {})
  const [resolution] = (await it.state()).resolutions
  await decide(3, { resolution: resolution?.id ?? '', owner: 'm_张伟', due_on: '2026-11-01' })
  await decide(4, { words: '作废的一条', struck_at: '1' })
  await it.press('李华', { press: 'minutes.open', gathering, branch: 'branch' })
  await it.press(
    '王芳',
    { press: 'minutes.save', gathering, branch: 'branch', position: 1 },
    { form: { words: '领学半小时。\n三人发言。' } },
  )
  const read = (await minuteFacts(it.db, gathering, 'branch')) ?? expect.unreachable()
  const { title, lines } = draftOf(read.facts)
  const written = `${[title, ...lines.map(({ head, says }) => `${head}：${says.join('\n    ')}`)].join('\n')}\n`
  const file = new URL('../golden/minutes-held.txt', import.meta.url)
  if (process.env.UPDATE_GOLDEN) writeFileSync(file, written)
  expect(written).toBe(readFileSync(file, 'utf8'))
})

test('the next meeting of the kind finds what became of the tasks', async () => {
  const it = await aLongMeeting()
  const task = (id: string, more: string, at = 0) =>
    it.run(
      `insert into tasks (id, unit, branch, origin, origin_id, words, owner, due_on, "by", at, done_at, checked_at, checked_in)
        values ('${id}', 'unit', 'branch', 'decision', '${id}', '${id}', 'm_王芳', '2026-10-20', 'm_李华', ${at}, ${more})`,
    )
  const earlier = 'before'
  await it.run(
    `insert into gatherings (id, branch, kind, place, starts_at, ends_at, called_by, called_at) values ('${earlier}', 'branch', 'general', '', 1000, 2000, 'm_李华', 0)`,
  )
  await it.run(`insert into gathering_branches (gathering, branch, is_quorate) values ('${earlier}', 'branch', 1)`)
  for (const [nth, id] of ['办完的', '没办的', '早就看过的', '这次定的'].entries())
    await it.run(
      `insert into decisions (id, gathering, branch, nth, words, "by", at) values ('${id}', '${id === '这次定的' ? it.gathering : earlier}', 'branch', ${nth + 1}, '${id}', 'm_李华', 0)`,
    )
  await task('办完的', '5000, null, null')
  await task('没办的', 'null, null, null')
  await task('早就看过的', `5000, 6000, '${earlier}'`)
  await task('这次定的', 'null, null, null', it.now().getTime())
  const read = (await minuteFacts(it.db, it.gathering, 'branch')) ?? expect.unreachable()
  expect(read.facts.earlier.map(({ words, isDone }) => [words, isDone])).toEqual([
    ['办完的', true],
    ['没办的', false],
  ])
})
