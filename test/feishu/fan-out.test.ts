import { expect, test } from 'vitest'
import { type FanOut, fanOut } from '../bench/fan-out.ts'
import { proved } from '../proofs/sizes.ts'

/** More than a minute’s worth; `FAN_OUT=10000 vitest run test/feishu/fan-out.test.ts` is the whole of T23 and T53. */
const people = Number(process.env.FAN_OUT ?? 1_500)

async function measured(task: Parameters<typeof proved>[0], how: FanOut, id = 'T23') {
  const it = await fanOut(how)
  proved(
    task,
    id,
    `${Object.entries(how)
      .map(([what, size]) => `${what} ${size}`)
      .join(', ')}: ${it.sent} sent in ${it.seconds.toFixed(0)} s, ${it.refused} refused, ${it.lost} lost, ${it.doubled} doubled`,
  )
  return it
}

// T23: a fan-out meets no refusal
test('a fan-out is refused nothing, and near the limits’ own pace', async ({ task }) => {
  const it = await measured(task, { people })
  expect(it).toMatchObject({ sent: people, doubled: 0, lost: 0, refused: 0 })
  expect(it.leastSeconds).toBe(60 * Math.floor((people - 1) / 1_000) + Math.floor(((people - 1) % 1_000) / 50))
  expect(it.seconds).toBeLessThanOrEqual(1.1 * it.leastSeconds)
})

test('mixed recipients, direct chats and groups among them, are refused nothing', async ({ task }) => {
  const it = await measured(task, { people, isMixed: true })
  expect(it).toMatchObject({ sent: people, doubled: 0, lost: 0, refused: 0 })
  expect(it.seconds).toBeLessThanOrEqual(1.15 * it.leastSeconds)
})

test('spread digests are out as soon as the last is due', async ({ task }) => {
  const it = await measured(task, { people, isSpread: true })
  expect(it).toMatchObject({ sent: people, doubled: 0, lost: 0, refused: 0, isInOrder: true })
  expect(it.seconds).toBeLessThanOrEqual(1.1 * it.leastSeconds)
})

// T23: every twentieth call fails, none lost or doubled
test('with every twentieth call failing nothing is lost or doubled', async ({ task }) => {
  const it = await measured(task, { people, faultEach: 20 })
  expect(it).toMatchObject({ sent: people, doubled: 0, lost: 0 })
  expect(it.faults).toBeGreaterThan(people / 25)
})

// T53: two hours’ outage, all in order afterwards
test('after two hours’ outage all goes out in order, within limits', async ({ task }) => {
  const waiting = process.env.FAN_OUT ? people : 300
  const it = await measured(task, { people: waiting, isSpread: true, downMs: 2 * 3_600_000 }, 'T53')
  expect(it).toMatchObject({ sent: waiting, doubled: 0, lost: 0, refused: 0, isInOrder: true })
  expect(it.seconds).toBeGreaterThan(7_200)
})
