import { expect, test } from 'vitest'
import { anApp } from '../harness/app.ts'
import { aVotingBranch } from '../harness/ballots/ballots.ts'
import { openId, textOf } from '../harness/branch.ts'

/** A ballot whose cards stand in the voters’ direct chats, met through the whole door. */
async function atTheDoor(asked: { isSecret?: boolean } = {}, world: Parameters<typeof anApp>[1] = {}) {
  const it = await aVotingBranch()
  const ballot = await it.opens(asked)
  const app = anApp(it.store, world)
  await it.cardsStand(ballot)
  return {
    ...it,
    ballot,
    app,
    presses: (name: string, stance: string, messageId = `om_${ballot}_${name}`) =>
      app.presses(openId(name), { press: 'ballot.vote', ballot, stance }, { messageId }),
    /** Cards that are to be shown anew. */
    async toRefresh() {
      return (await it.rows("select to_id from outbox where to_kind = 'card' and state = 'waiting' order by to_id")).map(
        ({ to_id }) => to_id,
      )
    },
  }
}

const RECEIPT = /[A-Z2-7]{4}-[A-Z2-7]{4}/

test('a voter whose answer was lost learns that the vote is recorded', async () => {
  const { presses, count } = await atTheDoor()
  await presses('王芳', 'for')
  const { toast, card } = await presses('王芳', 'for')
  expect(toast).toMatchObject({ type: 'info', content: expect.stringContaining('已经记录') })
  expect(toast?.i18n.en_us).toMatch(/^Already recorded/)
  expect(card && textOf(card.data)).toContain('你已投票')
  expect(card && textOf(card.data)).not.toMatch(RECEIPT)
  expect([await count('turnout'), await count('marks')]).toEqual([1, 2])
})

test('after the close no counted voter hears that it was not', async () => {
  const it = await atTheDoor()
  await it.presses('王芳', 'for')
  await it.minute('2026-10-09', '17:01')
  it.app.at('2026-10-09', '17:02')
  expect((await it.presses('王芳', 'for')).toast?.content).toContain('已经记录')
  expect((await it.presses('张伟', 'for')).toast?.content).toContain('这一票没有记录')
})

test('a named vote changed too late leaves the one before', async () => {
  const it = await atTheDoor({ isSecret: false })
  await it.presses('王芳', 'for')
  it.app.at('2026-10-09', '17:00')
  expect((await it.presses('王芳', 'against')).toast?.content).toContain('以截止前的那一票为准')
  expect((await it.presses('张伟', 'for')).toast?.content).toContain('这一票没有记录')
})

test('on a forwarded copy the receipt is shown to the presser alone', async () => {
  const { presses, toRefresh, ballot } = await atTheDoor()
  const own = await presses('王芳', 'for')
  expect(own.card && textOf(own.card.data)).toMatch(RECEIPT)
  const copy = await presses('张伟', 'for', 'om_passed_on')
  expect(copy.toast?.content).toMatch(RECEIPT)
  expect(copy.card).toBeUndefined()
  const another = await presses('赵敏', 'for', `om_${ballot}_孙丽`)
  expect(another.toast?.content).toMatch(RECEIPT)
  expect(another.card).toBeUndefined()
  expect((await presses('赵敏', 'for', `om_${ballot}_孙丽`)).card).toBeUndefined()
  // Their own cards come to say so by themselves.
  expect(await toRefresh()).toEqual([`om_${ballot}_张伟`, `om_${ballot}_赵敏`])
})

/** The body of a request has a limit of its own. */
const WATCHDOG_MS = 2_500

test('a slow vote is in, and the card says so later', async () => {
  const bark: (() => void)[] = []
  const it = await atTheDoor(
    {},
    {
      wait: (ms, then) => {
        if (ms === WATCHDOG_MS) bark.push(then)
        return () => {}
      },
    },
  )
  const { write } = it.db.gate
  let open = () => {}
  const closed = new Promise<void>((done) => {
    open = done
  })
  Object.assign(it.db.gate, { write: (statements: Parameters<typeof write>[0]) => closed.then(() => write(statements)) })
  const pressed = it.presses('王芳', 'for')
  await expect.poll(() => bark.length).toBeGreaterThan(0)
  bark[0]?.()
  expect((await pressed).toast?.content).toContain('正在处理')
  open()
  await expect.poll(() => it.toRefresh()).toEqual([`om_${it.ballot}_王芳`])
  expect(await it.count('turnout')).toBe(1)
})
