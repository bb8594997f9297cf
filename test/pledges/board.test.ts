import { expect, test } from 'vitest'
import { forget } from '../../src/jobs/forget.ts'
import { textOf } from '../harness/branch.ts'
import { aShownBranch } from './board-company.ts'

type Branch = Awaited<ReturnType<typeof aShownBranch>>

const looks = ['', '?kiosk', '?print', '?lines', '?lang=en', '?kiosk&lang=en', '?print&lang=en']

/** Every byte that the boards and the cards say to anybody. */
async function everything(it: Branch): Promise<{ unit: string; public: string; card: string }> {
  const read = async (scope: 'unit' | 'public') => {
    const { read } = await it.hung(scope)
    return (await Promise.all(looks.map((more) => read(more)))).join('\n')
  }
  const { card } = await it.shown('boardPeople', { subject: 's', branch: 'branch', page: 0, madeAt: it.now().getTime() })
  return { unit: await read('unit'), public: await read('public'), card: JSON.stringify(card) }
}

async function aFullBranch() {
  const it = await aShownBranch()
  await it.press(
    '李华',
    { press: 'areas.add', branch: 'branch' },
    { form: { name: '三号楼', place: '东侧', people: ['m_赵敏', 'm_钱进'] } },
  )
  await it.pledged('赵敏', ['每周三整理活动室'], { kept: [0] })
  await it.pledged('钱进', ['带好两名新员工'])
  return it
}

test('nothing of a person stands anywhere without their consent', async () => {
  const it = await aFullBranch()
  const where = (all: Awaited<ReturnType<typeof everything>>, word: string) =>
    Object.entries(all).flatMap(([place, said]) => (said.includes(word) ? [place] : []))
  const of = async (...words: string[]) => {
    const all = await everything(it)
    return words.map((word) => where(all, word))
  }
  expect(await of('赵敏', '每周三整理活动室', '钱进', '李华')).toEqual([[], [], [], []])
  expect(await of('三号楼')).toEqual([['unit', 'public']])
  await it.shows('赵敏', 'branch')
  expect(await of('赵敏', '每周三整理活动室')).toEqual([['card'], ['card']])
  await it.shows('赵敏', 'unit')
  expect(await of('赵敏', '每周三整理活动室')).toEqual([
    ['unit', 'card'],
    ['unit', 'card'],
  ])
  await it.shows('赵敏', 'public')
  expect(await of('赵敏', '每周三整理活动室', '钱进', '带好两名新员工')).toEqual([
    ['unit', 'public', 'card'],
    ['unit', 'public', 'card'],
    [],
    [],
  ])
  await it.shows('赵敏', 'none')
  expect(await of('赵敏', '每周三整理活动室')).toEqual([[], []])
  // Each change ended one row and began another.
  expect(await it.rows('select scope, until is null as runs from showings order by rowid')).toMatchObject(
    ['branch', 'unit', 'public'].map((scope) => ({ scope, runs: 0 })),
  )
})

test('only the newest accepted version of this year stands', async () => {
  const it = await aFullBranch()
  await it.shows('赵敏', 'public')
  await it.pledged('赵敏', ['每月家访一次'], { version: 2, isAccepted: false })
  const board = await it.hung('public')
  expect([(await board.read()).includes('每周三整理活动室'), (await board.read()).includes('每月家访一次')]).toEqual([true, false])
  await it.pledged('赵敏', ['每月讲一课'], { version: 3 })
  expect([(await board.read()).includes('每周三整理活动室'), (await board.read()).includes('每月讲一课')]).toEqual([false, true])
})

test('whoever leaves is off the board at once', async () => {
  const it = await aFullBranch()
  await it.shows('赵敏', 'public')
  await it.store.client.execute("update members set left_on = '2026-10-08' where id = 'm_赵敏'")
  const all = await everything(it)
  expect(Object.values(all).some((said) => said.includes('赵敏') || said.includes('每周三整理活动室'))).toBe(false)
})

test('a consent that is changed refreshes the cards within a minute', async () => {
  const it = await aFullBranch()
  await it.shows('赵敏', 'branch')
  await it.store.client.execute(
    `insert into posts (message_id, recipient, subject, view, args, posted_at) values ('om_board', 'oc_branch', 'boardPeople branch', 'boardPeople', '{}', ${it.now().getTime()})`,
  )
  await it.shows('赵敏', 'none')
  const [row] = (await it.outboxRows()).filter(({ occasion }) => occasion === 'refresh om_board')
  expect(Number(row?.due_at) - it.now().getTime()).toBeLessThan(60_000)
})

test('every night the cards are drawn anew', async () => {
  const it = await aFullBranch()
  await it.store.client.execute(
    `insert into posts (message_id, recipient, subject, view, args, posted_at) values ('om_board', 'oc_branch', 'boardPeople branch', 'boardPeople', '{}', ${it.now().getTime()})`,
  )
  it.at('2026-10-20', '03:17')
  await forget({ db: it.db, slot: it.now(), now: it.now(), isLate: false })
  expect((await it.outboxRows()).map(({ occasion }) => occasion)).toContain('refresh om_board')
})

test('a card with names is empty on its twelfth day', async () => {
  const it = await aFullBranch()
  await it.shows('赵敏', 'branch')
  const args = { subject: 's', branch: 'branch', page: 0, madeAt: it.now().getTime() }
  it.at('2026-10-19', '23:59')
  expect((await it.shown('boardPeople', args)).text).toContain('赵敏')
  it.at('2026-10-20', '00:00')
  expect((await it.shown('boardPeople', args)).text).not.toContain('赵敏')
})

test('a board shows no other branch, and a revoked one nothing', async () => {
  const it = await aFullBranch()
  await it.shows('赵敏', 'public')
  await it.store.client.execute(
    "insert into branches select 'other', unit, committee, '第二支部', kind, since, term_started_on, term_years, contact_point from branches",
  )
  await it.store.client.execute("update members set branch = 'other' where id = 'm_赵敏'")
  const board = await it.hung('public')
  expect(await board.read()).not.toContain('赵敏')
  const opened = await board.open()
  expect([opened.status, opened.headers.get('set-cookie'), opened.headers.get('x-robots-tag')]).toEqual([200, null, 'noindex, nofollow'])
  expect((await it.press('李华', { press: 'board.revoke', branch: 'branch', scope: 'public' })).mood).toBe('success')
  for (const more of looks) expect((await board.open(more)).status).toBe(410)
  expect((await (await it.hung('public')).open()).status).toBe(200)
})

test('in the branch’s chat it hangs as cards, eight people each', async () => {
  const many = Array.from({ length: 18 }, (_, nth) => ({ name: `同志${nth}` }))
  const it = await aShownBranch([{ name: '李华', role: 'secretary' }, ...many])
  for (const { name } of many) await it.consent(name, 'branch')
  await it.say('李华', '/展板 发')
  const sent = (await it.outboxRows()).filter(({ view }) => view === 'boardPeople')
  expect(sent).toHaveLength(3)
  const cards = await Promise.all(sent.map(({ args }) => it.shown('boardPeople', JSON.parse(String(args)))))
  expect(cards.map(({ text }) => text.match(/同志\d+/gu)?.length)).toEqual([8, 8, 2])
})

test('a member chooses alone, by the own card', async () => {
  const it = await aShownBranch()
  const shown = await it.say('赵敏', '/展板', { dm: true })
  expect(shown?.text).toContain('现在不展示你的任何信息')
  const answer = await it.press('赵敏', it.buttonFor(shown?.card, 'board.show'))
  expect(textOf(answer.card as never)).toContain('现在展示到：**仅本支部**')
  expect((await it.press('赵敏', { press: 'board.hang', branch: 'branch', scope: 'public' })).mood).toBe('warning')
  expect((await it.press('李华', { press: 'board.hang', branch: 'branch', scope: 'public' })).toast.zh).toContain('没有网址')
})
